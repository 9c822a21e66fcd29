// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/executor.hpp>

#include <cstdint>
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

/// What a connection rule is asked for: `rule.build(executor, request)`.
struct connection_request {
  std::uint32_t sources, targets;
  std::uint64_t seed = 0;
  std::uint32_t object = 0;  ///< the number of the projection, below 2^16
};

/// The most synapses that one call of connect may make.
inline constexpr std::uint64_t synapse_limit = 2'147'483'647;

namespace detail {
/// \throws std::length_error above `synapse_limit`.
void check_synapse_count(char const* rule, std::uint64_t count);
}  // namespace detail

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/connection_list-inl.hpp>
#endif
