// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace nernst {
namespace detail {

template <std::integral Integer>
std::vector<std::uint32_t> to_indices(std::vector<Integer> const& given, char const* side) {
  std::vector<std::uint32_t> indices(given.size());
  for (std::size_t k = 0; k < given.size(); ++k) {
    if (!std::in_range<std::uint32_t>(given[k])) {
      throw std::out_of_range(std::string("pairs: expected a ") + side +
                              " index from 0 to 4294967295 at position " + std::to_string(k) +
                              ", found " + std::to_string(given[k]));
    }
    indices[k] = static_cast<std::uint32_t>(given[k]);
  }
  return indices;
}

inline void check_indices(std::vector<std::uint32_t> const& indices, std::uint32_t size,
                          char const* side) {
  auto const found = std::find_if(indices.begin(), indices.end(),
                                  [size](std::uint32_t index) { return index >= size; });
  if (found != indices.end()) {
    throw std::out_of_range(std::string("pairs: expected a ") + side + " index below " +
                            std::to_string(size) + " at position " +
                            std::to_string(found - indices.begin()) + ", found " +
                            std::to_string(*found));
  }
}

}  // namespace detail

/// One synapse for each entry of two lists of indices, in their order; a pair that is listed twice
/// gets two synapses.
class pairs_rule {
 public:
  /// \throws std::invalid_argument where the lengths differ, std::length_error above
  /// `synapse_limit`.
  pairs_rule(std::vector<std::uint32_t> sources, std::vector<std::uint32_t> targets)
      : sources_(std::move(sources)), targets_(std::move(targets)) {
    if (sources_.size() != targets_.size()) {
      throw std::invalid_argument("pairs: expected two lists of the same length, found " +
                                  std::to_string(sources_.size()) + " sources and " +
                                  std::to_string(targets_.size()) + " targets");
    }
    detail::check_synapse_count("pairs", sources_.size());
  }

  /// \throws std::out_of_range where an index is not below `sources` or `targets`.
  template <class ExecutionSpace>
  connection_list build(std::uint32_t sources, std::uint32_t targets, std::uint64_t /*seed*/,
                        std::uint32_t /*object*/) const {
    detail::check_indices(sources_, sources, "source");
    detail::check_indices(targets_, targets, "target");
    connection_list list;
    list.row_begin.assign(std::size_t{sources} + 1, 0);
    for (std::uint32_t const source : sources_) {
      ++list.row_begin[std::size_t{source} + 1];
    }
    for (std::size_t source = 0; source < sources; ++source) {
      list.row_begin[source + 1] += list.row_begin[source];
    }
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

 private:
  std::vector<std::uint32_t> sources_, targets_;
};

namespace dsl {
/// Connects `sources[k]` to `targets[k]` for each k; indices count from the beginning of the slice.
/// Braced lists of integers will do.
/// \throws std::invalid_argument where the lengths differ, std::out_of_range where an index is
/// negative or not below 2^32.
template <std::integral Source = std::int64_t, std::integral Target = std::int64_t>
pairs_rule pairs(std::vector<Source> const& sources, std::vector<Target> const& targets) {
  return pairs_rule(nernst::detail::to_indices(sources, "source"),
                    nernst::detail::to_indices(targets, "target"));
}
}  // namespace dsl

}  // namespace nernst
