// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Kokkos_Core.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace nernst {

/// The synapses that a connection rule makes between a slice of source elements and a slice of
/// target elements, in rows by source. Elements are counted from the beginning of their slice.
struct connection_list {
  /// Row s is [row_begin[s], row_begin[s + 1]); one entry more than there are sources.
  std::vector<std::uint64_t> row_begin;
  /// The target of each synapse; within a row in the order of creation.
  std::vector<std::uint32_t> target;
  /// The place of each synapse in the order in which the user gave them; empty where that is the
  /// order of `target`.
  std::vector<std::uint64_t> creation;
};

/// The most synapses that one call of connect may make.
inline constexpr std::uint64_t synapse_limit = 2'147'483'647;

namespace detail {

/// The space itself where it reaches host memory, else Kokkos' default host space: connections are
/// made on the host.
template <class ExecutionSpace>
using connecting_space =
    std::conditional_t<Kokkos::SpaceAccessibility<ExecutionSpace, Kokkos::HostSpace>::accessible,
                       ExecutionSpace, Kokkos::DefaultHostExecutionSpace>;

/// \throws std::length_error above `synapse_limit`.
inline void check_synapse_count(char const* rule, std::uint64_t count) {
  if (count > synapse_limit) {
    throw std::length_error(std::string(rule) + ": expected at most " +
                            std::to_string(synapse_limit) + " synapses, found " +
                            std::to_string(count));
  }
}

}  // namespace detail
}  // namespace nernst
