// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/row_random.hpp>

namespace nernst::detail {

/// Which synapses a rule may make, as in NEST.
struct allowed_synapses {
  bool autapses = true;   ///< of an element with itself
  bool multapses = true;  ///< several of one pair
};

/// Fills rows of given sizes, `list.row_begin`, with random targets in ascending order.
void fill_random_rows(executor const& run, connection_request const& request,
                      allowed_synapses allowed, connection_list& list);
/// Draws `degree` sources for each target, and sorts them by source. Beside the list this takes
/// about two bytes a synapse.
connection_list draw_random_sources(executor const& run, connection_request const& request,
                                    allowed_synapses allowed, std::uint32_t degree);

/// How many of the sources [begin, end) are targets, too.
std::uint32_t count_autapses(connection_request const& request, std::uint32_t begin,
                             std::uint32_t end);
/// \throws std::invalid_argument where an element cannot have `degree` synapses with
/// `from` (`what`: "sources").
void check_degree(char const* rule, std::uint32_t degree, connection_request const& request,
                  allowed_synapses allowed, std::uint32_t from, char const* what);
/// \throws std::invalid_argument
[[noreturn]] void refuse_number(char const* rule, char const* what, std::int64_t found);
/// A number that a user gave. \throws std::invalid_argument where it is negative or above
/// `synapse_limit`.
constexpr std::uint32_t checked_number(char const* rule, char const* what, std::int64_t given) {
  if (given < 0 || given > std::int64_t{synapse_limit}) refuse_number(rule, what, given);
  return static_cast<std::uint32_t>(given);
}

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/random_rows-inl.hpp>
#endif
