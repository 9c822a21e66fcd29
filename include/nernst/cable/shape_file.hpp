// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartments.hpp>

#include <string>

namespace nernst {

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
