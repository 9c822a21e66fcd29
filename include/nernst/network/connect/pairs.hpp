// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>

#include <concepts>
#include <string>
#include <utility>

namespace nernst {

namespace detail {
/// \throws std::out_of_range
[[noreturn]] void refuse_index(char const* rule, char const* side, std::size_t position,
                               std::string const& found);
/// \throws std::out_of_range where an index is not below `size`.
void check_indices(char const* rule, std::vector<std::uint32_t> const& indices, std::uint32_t size,
                   char const* side);

template <std::integral Integer>
std::vector<std::uint32_t> to_indices(char const* rule, std::vector<Integer> const& given,
                                      char const* side) {
  std::vector<std::uint32_t> indices(given.size());
  for (std::size_t k = 0; k < given.size(); ++k) {
    if (!std::in_range<std::uint32_t>(given[k]))
      refuse_index(rule, side, k, std::to_string(given[k]));
    indices[k] = static_cast<std::uint32_t>(given[k]);
  }
  return indices;
}
}  // namespace detail

/// One synapse for each entry of two lists of indices, in their order; a pair that is listed twice
/// gets two synapses.
class pairs_rule {
 public:
  /// \throws std::invalid_argument where the lengths differ.
  pairs_rule(std::vector<std::uint32_t> sources, std::vector<std::uint32_t> targets);

  /// \throws std::out_of_range where an index is not below `sources` or `targets`.
  connection_list build(executor const& run, connection_request const& request) const;

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
  return pairs_rule(nernst::detail::to_indices("pairs", sources, "source"),
                    nernst::detail::to_indices("pairs", targets, "target"));
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/pairs-inl.hpp>
#endif
