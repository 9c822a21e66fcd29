// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>
#include <nernst/network/connect/row_random.hpp>

namespace nernst::detail {

/// Which synapses a rule may make, as in NEST.
struct allowed_synapses {
  bool autapses = true;   ///< of an element with itself
  bool multapses = true;  ///< several of one pair
};

/// Rows of given sizes, of which `row_begin` has the ends, with random targets.
connection_rows random_rows(char const* rule, connection_request const& request,
                            allowed_synapses allowed, std::vector<std::uint64_t> row_begin);
/// `degree` random sources for each target.
connection_columns random_columns(char const* rule, connection_request const& request,
                                  allowed_synapses allowed, std::uint32_t degree);

/// How many of the sources [begin, end) are targets, too.
std::uint32_t count_autapses(connection_request const& request, std::uint32_t begin,
                             std::uint32_t end);
/// \throws std::invalid_argument where an element cannot have `degree` synapses with
/// `from` (`what`: "sources").
void check_degree(char const* rule, std::uint32_t degree, connection_request const& request,
                  allowed_synapses allowed, std::uint32_t from, char const* what);
/// \throws std::invalid_argument
[[noreturn]] void refuse_number(char const* rule, char const* what, std::uint64_t most,
                                std::int64_t found);
/// A number that a user gave. \throws std::invalid_argument where it is negative or above `most`.
constexpr std::uint64_t checked_number(char const* rule, char const* what, std::int64_t given,
                                       std::uint64_t most) {
  auto const number = static_cast<std::uint64_t>(given);
  if (given < 0 || number > most) refuse_number(rule, what, most, given);
  return number;
}
/// The same of synapses of one element. \throws std::invalid_argument also above `degree_limit`.
constexpr std::uint32_t checked_degree(char const* rule, std::int64_t given) {
  return static_cast<std::uint32_t>(checked_number(rule, "degree", given, degree_limit));
}

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/random_rows-inl.hpp>
#endif
