// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/pairs.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE void refuse_index(char const* rule, char const* side, std::size_t position,
                                std::string const& found) {
  detail::refuse<std::out_of_range>({rule, ": expected a ", side,
                                     " index from 0 to 4294967295 at position ", position,
                                     ", found ", found});
}

NERNST_INLINE void check_indices(char const* rule, std::vector<std::uint32_t> const& indices,
                                 std::uint32_t size, char const* side) {
  for (std::size_t k = 0; k < indices.size(); ++k)
    if (indices[k] >= size)
      detail::refuse<std::out_of_range>({rule, ": expected a ", side, " index below ", size,
                                         " at position ", k, ", found ", indices[k]});
}

}  // namespace detail

NERNST_INLINE pairs_rule::pairs_rule(std::vector<std::uint32_t> sources,
                                     std::vector<std::uint32_t> targets)
    : sources_(std::move(sources)), targets_(std::move(targets)) {
  if (sources_.size() != targets_.size())
    detail::refuse<std::invalid_argument>({"pairs: expected two lists of the same length, found ",
                                           sources_.size(), " sources and ", targets_.size(),
                                           " targets"});
}

NERNST_INLINE connection_list pairs_rule::build(executor const&,
                                                connection_request const& request) const {
  detail::check_indices("pairs", sources_, request.sources, "source");
  detail::check_indices("pairs", targets_, request.targets, "target");
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  for (std::uint32_t const source : sources_) ++list.row_begin[std::size_t{source} + 1];
  for (std::size_t source = 0; source < request.sources; ++source)
    list.row_begin[source + 1] += list.row_begin[source];
  if (std::is_sorted(sources_.begin(), sources_.end())) {
    list.target = targets_;
    return list;
  }
  list.target.resize(targets_.size());
  list.creation.resize(targets_.size());
  std::vector<std::uint64_t> next(list.row_begin.begin(), list.row_begin.end() - 1);
  for (std::size_t k = 0; k < sources_.size(); ++k) {
    std::uint64_t const place = next[sources_[k]]++;
    list.target[place] = targets_[k];
    list.creation[place] = k;
  }
  return list;
}

}  // namespace nernst
