// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <cstddef>
#include <cstdint>

// The cable equation in compartments, C dv/dt = -I(v) + sum g (v_neighbour - v), in SI units, for
// cells of the same structure side by side. Arrays have a number for each compartment and cell;
// those of a compartment stand together. Nothing is checked and nothing is allocated: kernels call
// this.

namespace nernst::cable {

/// How a step goes from v(t) to v(t + dt), where the conductances are those of t + dt/2, or of the
/// old or the new time, as whoever computes them likes.
enum class step_scheme : std::uint8_t {
  backward_euler,  ///< NEURON's secondorder = 0, Arbor and Brian 2; of order 1
  crank_nicolson,  ///< NEURON's secondorder = 1 and 2: half a step of backward Euler, then as far
                   ///< again; of order 2
};

/// Trees of compartments, in each of which parents stand before their children.
struct forest {
  int compartments = 0;
  int cells = 1;                ///< side by side
  int const* parent = nullptr;  ///< by compartment; negative for a root
  /// The cells that are treated: threads take some each, which changes no bit of a result.
  int first = 0, last = cells;
};

namespace detail {
/// Where the cells of a compartment begin.
NERNST_FUNCTION std::ptrdiff_t row(forest const& of, int compartment) {
  return static_cast<std::ptrdiff_t>(compartment) * of.cells;
}
}  // namespace detail

/// Assembles the equations for how much voltages change in a step (in half a one of Crank and
/// Nicolson): the diagonal, in S, and the right-hand side, in A. Their other coefficients are the
/// axial conductances, with a minus.
/// `axial`: to the parent, in S. `capacitance` in F, `current` outwards through the membrane at v
/// in A, `conductance` its derivative in S; `v` in V, `dt` in s.
template <class Real>
NERNST_CALLABLE void assemble(forest const& of, step_scheme scheme, Real dt, Real const* axial,
                              Real const* capacitance, Real const* conductance, Real const* current,
                              Real const* v, Real* diagonal, Real* change) {
  Real const rate = (scheme == step_scheme::backward_euler ? Real(1) : Real(2)) / dt;
  for (int c = 0; c < of.compartments; ++c) {
    std::ptrdiff_t const here = detail::row(of, c);
    for (int k = of.first; k < of.last; ++k) {
      diagonal[here + k] = conductance[here + k] + rate * capacitance[here + k];
      change[here + k] = -current[here + k];
    }
  }
  for (int c = 0; c < of.compartments; ++c) {
    if (of.parent[c] < 0) continue;
    std::ptrdiff_t const here = detail::row(of, c), up = detail::row(of, of.parent[c]);
    for (int k = of.first; k < of.last; ++k) {
      Real const g = axial[here + k], flow = g * (v[up + k] - v[here + k]);
      diagonal[here + k] += g;
      diagonal[up + k] += g;
      change[here + k] += flow;
      change[up + k] -= flow;
    }
  }
}

/// Solves such equations by elimination from the ends to the roots and back, as M. Hines, Int. J.
/// Biomed. Comput. 15, 69 (1984). The right-hand side becomes the solution, the diagonal is lost.
template <class Real>
NERNST_CALLABLE void solve(forest const& of, Real const* axial, Real* diagonal, Real* change) {
  for (int c = of.compartments - 1; c >= 0; --c) {
    if (of.parent[c] < 0) continue;
    std::ptrdiff_t const here = detail::row(of, c), up = detail::row(of, of.parent[c]);
    for (int k = of.first; k < of.last; ++k) {
      Real const g = axial[here + k], q = g / diagonal[here + k];
      diagonal[up + k] -= q * g;
      change[up + k] += q * change[here + k];
    }
  }
  for (int c = 0; c < of.compartments; ++c) {
    std::ptrdiff_t const here = detail::row(of, c);
    bool const is_root = of.parent[c] < 0;
    std::ptrdiff_t const up = is_root ? here : detail::row(of, of.parent[c]);
    for (int k = of.first; k < of.last; ++k) {
      Real const from_parent = is_root ? Real(0) : axial[here + k] * change[up + k];
      change[here + k] = (change[here + k] + from_parent) / diagonal[here + k];
    }
  }
}

/// Adds a solution to the voltages.
template <class Real>
NERNST_CALLABLE void advance(forest const& of, step_scheme scheme, Real const* change, Real* v) {
  Real const times = scheme == step_scheme::backward_euler ? Real(1) : Real(2);
  for (int c = 0; c < of.compartments; ++c) {
    std::ptrdiff_t const here = detail::row(of, c);
    for (int k = of.first; k < of.last; ++k) v[here + k] += times * change[here + k];
  }
}

}  // namespace nernst::cable
