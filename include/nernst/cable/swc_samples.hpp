// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/branch.hpp>

#include <string_view>
#include <utility>

namespace nernst::cable {

/// A line of an SWC file.
struct swc_sample {
  int id = 0;
  int type = 0;       ///< 1 soma, 2 axon, 3 basal, 4 apical dendrite, others are one's own
  point where;        ///< in metres
  int parent_id = 0;  ///< negative for the root
  int parent = none;  ///< its place among the samples
  int line = 0;
};

/// A text with a name, for messages.
struct swc_source {
  std::string_view text, name;
};

/// The samples, by ascending identifiers: those of parents are smaller, and the first is the root.
/// Comments begin with #, blank lines do not count, nor does what stands behind seven numbers.
/// \throws std::runtime_error, naming file and line, for what cannot be read, numbers that are not
/// finite, radii that are not above 0, identifiers that stand twice, parents that are not there or
/// not before their children, loops, several roots, and no sample.
std::vector<swc_sample> read_samples(swc_source const& source);

}  // namespace nernst::cable

namespace nernst::cable::detail {

/// Says what stands in a line, and what was expected. \throws std::runtime_error
[[noreturn]] void swc_error(swc_source const& source, int line, std::string const& expected,
                            std::string const& found);

/// A branch between samples. Frusta of no length and equal radii are left out.
branch branch_between(std::vector<point> const& points, std::vector<int> const& tags);
/// \throws std::runtime_error for a branch (`what`: "section") between two samples that has no
/// length.
void require_length(branch const& one, swc_source const& source, int line, char const* what,
                    std::pair<int, int> between);

}  // namespace nernst::cable::detail

#if NERNST_HEADER_ONLY
#include <nernst/cable/swc_samples-inl.hpp>
#endif
