// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/solve.hpp>

// The cable equation of cells that joints join to others: see `joined_cells`. Nothing is checked
// and nothing is allocated: kernels call this.

namespace nernst::cable {

/// Cells of one structure side by side, of which some are joined: eliminate `to_joints`, then the
/// trees of cells, and the others `alone`, then substitute `from_joints`. Arrays begin with row 0.
template <class Real>
struct held_solver {
  forest free, begun, held;  ///< see `held_rows`
  cable_equation<Real> of = {};
  Real *v = nullptr, *inverse = nullptr, *rest = nullptr;

  /// What can be done in the cells [first, last) before others are known: no voltage changes.
  NERNST_CALLABLE void to_joints(int first, int last) const {
    eliminate(some(free, first, last), of, v, inverse, rest);
    assemble(some(begun, first, last), of, v, inverse, rest);
  }
  /// The rest of the elimination in cells that no joint joins.
  NERNST_CALLABLE void alone(int first, int last, step_scheme scheme) const {
    advance(some(held, first, last), scheme, of, v, inverse, rest);
  }
  NERNST_CALLABLE void from_joints(int first, int last, step_scheme scheme) const {
    substitute(some(free, first, last), scheme, of, v, inverse, rest);
  }

 private:
  static NERNST_FUNCTION forest some(forest of, int first, int last) {
    of.first = first;
    of.last = last;
    return of;
  }
};

/// An end of a joint that closes a ring of cells: it sees the voltage that the other one has at the
/// beginning of the step.
struct ring_end {
  std::uint32_t here, there;  ///< places
  double conductance;

  /// Adds what flows out of the compartment to currents and conductances, by place.
  template <class Real>
  NERNST_FUNCTION void add_to(Real* currents, Real* conductances, Real const* v) const {
    auto const g = static_cast<Real>(conductance);
    currents[here] += g * (v[here] - v[there]);
    conductances[here] += g;
  }
};

}  // namespace nernst::cable
