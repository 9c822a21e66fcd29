// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>
#include <nernst/refuse.hpp>

#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace nernst {

NERNST_INLINE synapse_limit synapse_limit::listed() const {
  synapse_limit lists;
  lists.of = of;
  return most <= lists.most ? *this : lists;
}

}  // namespace nernst

namespace nernst::detail {

NERNST_INLINE void check_synapse_count(std::string_view rule, std::uint64_t count,
                                       synapse_limit const& limit) {
  if (count > limit.most)
    detail::refuse<std::length_error>({limit.of, limit.of.empty() ? "" : ", ", rule,
                                       ": expected at most ", limit.most, " synapses", limit.why,
                                       ", found ", count});
}

NERNST_INLINE void check_row(std::string_view rule, std::uint64_t count) {
  if (count > degree_limit)
    detail::refuse<std::length_error>(
        {rule, ": expected at most ", degree_limit, " synapses of one element, found ", count});
}

NERNST_INLINE void add_up_rows(char const* rule, connection_list& list,
                               synapse_limit const& limit) {
  for (std::size_t row = 1; row < list.row_begin.size(); ++row) {
    check_row(rule, list.row_begin[row]);
    list.row_begin[row] += list.row_begin[row - 1];
  }
  check_synapse_count(rule, list.row_begin.back(), limit);
}

NERNST_INLINE void spread_rows(connection_list& list, element_set const& sources) {
  std::size_t const rows = list.row_begin.size();
  if (rows != std::size_t{sources.size()} + 1)
    detail::refuse<std::invalid_argument>(
        {"connect: expected the beginning of ", sources.size(),
         " rows, one for each source, and the end of the last, found ", rows, " numbers"});
  std::vector<std::uint64_t> spread{0};
  std::size_t row = 0;
  for (std::uint32_t element = sources.begin(); element < sources.end(); ++element) {
    if (sources.contains(element)) ++row;
    spread.push_back(list.row_begin[row]);
  }
  list.row_begin = std::move(spread);
}

NERNST_INLINE void spread_targets(connection_list& list, element_set const& targets) {
  for (std::uint32_t& t : list.target) {
    if (t >= targets.size())
      detail::refuse<std::out_of_range>(
          {"connect: expected a target index below ", targets.size(), ", found ", t});
    t = targets[t] - targets.begin();
  }
}

NERNST_INLINE void move_rows(connection_list& list, std::vector<std::uint32_t> const& place,
                             std::size_t rows) {
  connection_list moved;
  moved.row_begin.resize(rows + 1);
  for (std::size_t s = 0; s < place.size(); ++s)
    moved.row_begin[place[s] + 1] = list.row_begin[s + 1] - list.row_begin[s];
  std::partial_sum(moved.row_begin.begin(), moved.row_begin.end(), moved.row_begin.begin());
  moved.target.resize(list.target.size());
  moved.creation.resize(list.target.size());
  for (std::size_t s = 0; s < place.size(); ++s) {
    std::uint64_t to = moved.row_begin[place[s]];
    for (std::uint64_t k = list.row_begin[s]; k < list.row_begin[s + 1]; ++k, ++to) {
      moved.target[to] = list.target[k];
      moved.creation[to] = list.creation.empty() ? k : list.creation[k];
    }
  }
  list = std::move(moved);
}

}  // namespace nernst::detail
