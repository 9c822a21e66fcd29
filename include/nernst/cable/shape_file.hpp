// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartments.hpp>

#include <string>
#include <vector>

namespace nernst {

namespace cable::detail {
/// The truncated cones that compartments consist of, side by side: number of the compartment, tag,
/// the ends in space (three numbers each), the radii of both.
struct cones {
  std::vector<int> compartment, tag;
  std::vector<double> begin, end, radius;

  void append(int number, frustum const& of, double from, double to);
  /// What of a branch is in a stretch of it.
  void append(int number, branch const& of, stretch const& in);
};
cones cones_of(compartments const& all);
}  // namespace cable::detail

/// Writes compartments, and the truncated cones in space that they consist of, to a .npz file, for
/// plots: of each compartment `parent`, `branch`, `distance`, `area` and so on, of each cone
/// `cone_compartment`, `cone_tag`, and its ends `cone_begin`, `cone_end` (cones, 3) with
/// `cone_radius` (cones, 2). Numbers are in SI units.
/// \throws std::invalid_argument for another ending, std::runtime_error when it cannot be written.
void save_shape(compartments const& of, std::string const& path);

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/shape_file-inl.hpp>
#endif
