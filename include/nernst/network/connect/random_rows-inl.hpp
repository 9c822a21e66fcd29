// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/synapse_rows.hpp>
#include <nernst/network/connect/random_rows.hpp>
#include <nernst/network/connect/rising_order.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

namespace nernst::detail {

/// The targets of one source after the other.
class random_targets {
 public:
  random_targets(connection_request const& request, allowed_synapses allowed,
                 std::shared_ptr<std::vector<std::uint64_t> const> const& row_begin)
      : request_(request), allowed_(allowed), draw_(allowed.multapses), row_begin_(row_begin) {}

  void operator()(std::uint32_t source, std::vector<std::uint32_t>& row) {
    auto const& begin = *row_begin_;
    std::size_t const before = row.size();
    row.resize(before + static_cast<std::size_t>(begin[source + 1] - begin[source]));
    candidates from{request_.targets};
    if (!allowed_.autapses) from.left_out = request_.target_like(source);
    row_random random(key_of(request_, connecting_draw::rows), source);
    draw_(random, from, static_cast<std::uint32_t>(row.size() - before), row.data() + before);
    sort_(row.data() + before, row.data() + row.size(), request_.targets);
  }

 private:
  connection_request request_;
  allowed_synapses allowed_;
  candidate_draw draw_;
  rising_order sort_;
  std::shared_ptr<std::vector<std::uint64_t> const> row_begin_;  ///< of all threads
};

NERNST_INLINE connection_rows random_rows(char const* rule, connection_request const& request,
                                          allowed_synapses allowed,
                                          std::vector<std::uint64_t> row_begin) {
  double const expected = static_cast<double>(row_begin.back()) / std::max(1U, request.sources);
  auto const rows = std::make_shared<std::vector<std::uint64_t> const>(std::move(row_begin));
  connection_law const law{.what = connection_law::kind::drawn,
                           .autapses = allowed.autapses,
                           .multapses = allowed.multapses,
                           .request = request,
                           .key = key_of(request, connecting_draw::rows),
                           .row_begin = rows};
  return {rule, request.sources, expected, random_targets(request, allowed, rows), request.limit,
          law};
}

/// The sources of one target after the other.
class random_sources {
 public:
  random_sources(connection_request const& request, allowed_synapses allowed, std::uint32_t degree)
      : request_(request), allowed_(allowed), draw_(allowed.multapses), drawn_(degree) {}

  std::vector<std::uint32_t> const& operator()(std::uint32_t target) {
    candidates from{request_.sources};
    if (!allowed_.autapses) from.left_out = request_.source_like(target);
    row_random random(key_of(request_, connecting_draw::rows), target);
    draw_(random, from, static_cast<std::uint32_t>(drawn_.size()), drawn_.data());
    return drawn_;
  }

 private:
  connection_request request_;
  allowed_synapses allowed_;
  candidate_draw draw_;
  std::vector<std::uint32_t> drawn_;
};

NERNST_INLINE connection_columns random_columns(char const* rule, connection_request const& request,
                                                allowed_synapses allowed, std::uint32_t degree) {
  return {.rule = rule,
          .sources = request.sources,
          .targets = request.targets,
          .degree = degree,
          .column = random_sources(request, allowed, degree),
          .limit = request.limit,
          .to_rows = &rows_of_columns,
          .to_list = &list_of_columns,
          .law = {.what = connection_law::kind::drawn,
                  .by_target = true,
                  .autapses = allowed.autapses,
                  .multapses = allowed.multapses,
                  .request = request,
                  .key = key_of(request, connecting_draw::rows),
                  .degree = degree}};
}

NERNST_INLINE std::uint32_t count_autapses(connection_request const& request, std::uint32_t begin,
                                           std::uint32_t end) {
  if (!request.one_population || begin == end) return 0;
  element_set const& from = request.source_set;
  element_set const& to = request.target_set;
  if (from.is_slice() && to.is_slice()) {
    std::uint32_t const first = std::max(from[begin], to.begin());
    std::uint32_t const last = std::min(from[end], to.end());
    return std::max(first, last) - first;
  }
  std::uint32_t count = 0;
  for (std::uint32_t k = begin; k < end; ++k) count += to.contains(from[k]) ? 1 : 0;
  return count;
}

NERNST_INLINE void check_degree(char const* rule, std::uint32_t degree,
                                connection_request const& request, allowed_synapses allowed,
                                std::uint32_t from, char const* what) {
  bool const loses_one = !allowed.autapses && count_autapses(request, 0, request.sources) > 0;
  std::uint32_t const others = loses_one ? from - 1 : from;
  std::uint32_t const needed = allowed.multapses ? std::min(degree, 1U) : degree;
  if (needed <= others) return;
  char const* const beside = loses_one ? " beside the element itself" : "";
  if (others == 0)
    refuse<std::invalid_argument>(
        {rule, ": expected ", what, " to draw from", beside, ", found none"});
  refuse<std::invalid_argument>(
      {rule, ": expected at least ", needed, " different ", what, beside, ", found ", others});
}

NERNST_INLINE void refuse_number(char const* rule, char const* what, std::uint64_t most,
                                 std::int64_t found) {
  refuse<std::invalid_argument>(
      {rule, ": expected a ", what, " from 0 to ", most, ", found ", found});
}

}  // namespace nernst::detail
