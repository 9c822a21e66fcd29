// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartments.hpp>

namespace nernst {

/// Where an extracellular electrode is, or by how much a cell is moved.
struct position {
  cable::length x{0.0}, y{0.0}, z{0.0};
};

namespace cable {

/// The potential in V at a position for 1 A that leaves each compartment through its membrane, in a
/// medium of so many S/m without an end: evenly along the line from one end of the compartment to
/// the other, but no nearer than the radius (Holt GR, Koch C (1999) J Comput Neurosci 6:169-184);
/// spheres and compartments without a length are points. `moved` is where the cell is.
std::vector<double> line_source_weights(compartments const& of, position const& electrode,
                                        position const& moved, double conductivity);

}  // namespace cable
}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/line_source-inl.hpp>
#endif
