// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_set.hpp>
#include <nernst/engine/element_values.hpp>
#include <nernst/engine/executor.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace nernst {

/// The synapses that a connection rule makes between some source elements and some target elements,
/// in rows by source. Elements are counted within their slice or set.
struct connection_list {
  /// Row s is [row_begin[s], row_begin[s + 1]); one entry more than there are sources.
  std::vector<std::uint64_t> row_begin;
  /// The target of each synapse; within a row in the order of creation.
  std::vector<std::uint32_t> target;
  /// The place of each synapse in the order in which the user gave them; empty where that is the
  /// order of `target`.
  std::vector<std::uint64_t> creation;
};

/// The most synapses of one element, or of a pair, that rules take.
inline constexpr std::uint64_t degree_limit = 2'147'483'647;

/// How many synapses there may be: at first, so many as lists of them may have, whose places are
/// below 2^32, with those that stay empty between partitions.
struct synapse_limit {
  std::uint64_t most = 0xFFFF'0000;
  std::string_view of = {};  ///< the projection, for messages
  std::string_view why = ", as they are listed one by one";

  /// That of synapses of the projection that are listed.
  synapse_limit listed() const;
};

/// What a connection rule is asked for: `rule.build(executor, request)`.
struct connection_request {
  std::uint32_t sources, targets;
  std::uint64_t seed = 0;
  std::uint32_t object = 0;  ///< the number of the projection, below 2^16
  /// Whether both are of one population, so that an element may be source and target.
  bool one_population = false;
  /// The sources and targets among the elements of their populations.
  element_set source_set = {}, target_set = {};
  element_values of_sources = {}, of_targets = {};
  synapse_limit limit = {};

  /// The target that is the same element as a source, or `nobody`.
  std::uint32_t target_like(std::uint32_t source) const {
    return like(source_set[source], target_set);
  }
  /// The source that is the same element as a target, or `nobody`.
  std::uint32_t source_like(std::uint32_t target) const {
    return like(target_set[target], source_set);
  }

  static constexpr std::uint32_t nobody = 0xFFFF'FFFF;

 private:
  std::uint32_t like(std::uint32_t element, element_set const& others) const {
    return one_population && others.contains(element) ? others.number_of(element) : nobody;
  }
};

namespace detail {
/// \throws std::length_error above the limit.
void check_synapse_count(std::string_view rule, std::uint64_t count, synapse_limit const& limit);
/// \throws std::length_error for more synapses of one element than `degree_limit`.
void check_row(std::string_view rule, std::uint64_t count);
/// Makes ends of rows out of their sizes: of row s in `row_begin[s + 1]`.
/// \throws std::length_error above the limit, and for a row above `degree_limit`.
void add_up_rows(char const* rule, connection_list& list, synapse_limit const& limit);
/// Lets rows be those of all elements between the first of a set and the last.
/// \throws std::invalid_argument unless there is a row for each element of the set.
void spread_rows(connection_list& list, element_set const& sources);
/// Lets targets count from the first of a set, whatever is between its elements.
/// \throws std::out_of_range for a target that is not there.
void spread_targets(connection_list& list, element_set const& targets);
/// Lets row s become row `place[s]` of so many; the order of creation stays.
void move_rows(connection_list& list, std::vector<std::uint32_t> const& place, std::size_t rows);
}  // namespace detail

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/connection_list-inl.hpp>
#endif
