// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>
#include <nernst/kernel/pack.hpp>

#include <cstddef>
#include <cstdint>

// The cable equation in compartments, C dv/dt = -I(v) + sum g (v_neighbour - v), in SI units, for
// cells of the same structure side by side. Arrays have a number for each compartment and cell;
// those of a compartment, a row, stand together. Nothing is checked and nothing is allocated:
// kernels call this.

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
  int const* row = nullptr;     ///< by compartment: which row is its; null where that is the same
  /// The cells that are treated: threads take some each, which changes no bit of a result.
  int first = 0, last = cells;
};

/// What flows through the membrane, by row and cell: outwards, at the present voltage, and the
/// derivative by the voltage.
template <class Real>
struct membrane {
  Real const* capacitance = nullptr;          ///< in F
  Real const* area = nullptr;                 ///< in m^2
  Real const* current_density = nullptr;      ///< in A/m^2
  Real const* conductance_density = nullptr;  ///< in S/m^2
  Real const* current = nullptr;              ///< at places, in A; null where there is none
  Real const* conductance = nullptr;          ///< the same in S
};

namespace detail {
/// Where the cells of a compartment begin.
NERNST_FUNCTION std::ptrdiff_t begin_of(forest const& of, int compartment) {
  int const row = of.row == nullptr ? compartment : of.row[compartment];
  return static_cast<std::ptrdiff_t>(row) * of.cells;
}

/// The equations for how much voltages change, of some cells as one value, in terms of the
/// compartments that are eliminated.
template <class Value, class Real>
struct elimination {
  Real const* axial;
  Real *v, *diagonal, *change;

  static NERNST_FUNCTION Value at(Real const* from, std::ptrdiff_t k) {
    return kernel::load_anywhere<Value>(from + k);
  }
  static NERNST_FUNCTION void put(Real* to, std::ptrdiff_t k, Value const& x) {
    kernel::store_anywhere<Value>(to + k, x);
  }

  NERNST_FUNCTION void begin(membrane<Real> const& m, Value rate, std::ptrdiff_t k) const {
    Value const a = at(m.area, k);
    Value g = at(m.conductance_density, k) * a, i = at(m.current_density, k) * a;
    if (m.current != nullptr) {
      g = g + at(m.conductance, k);
      i = i + at(m.current, k);
    }
    put(diagonal, k, g + rate * at(m.capacitance, k));
    put(change, k, -i);
  }
  /// From the ends to the root: what is left of a compartment is 1 over its diagonal.
  NERNST_FUNCTION void eliminate(std::ptrdiff_t here, std::ptrdiff_t up) const {
    Value const g = at(axial, here), flow = g * (at(v, up) - at(v, here));
    Value const inverse = Value(Real(1)) / (at(diagonal, here) + g), own = at(change, here) + flow;
    Value const q = g * inverse;
    put(diagonal, here, inverse);
    put(change, here, own);
    put(diagonal, up, at(diagonal, up) + (g - q * g));
    put(change, up, at(change, up) - flow + q * own);
  }
  NERNST_FUNCTION void eliminate_root(std::ptrdiff_t here) const {
    put(diagonal, here, Value(Real(1)) / at(diagonal, here));
  }
  NERNST_FUNCTION void solve(std::ptrdiff_t here, std::ptrdiff_t up, Value gain) const {
    Value const x = (at(change, here) + at(axial, here) * at(change, up)) * at(diagonal, here);
    put(change, here, x);
    put(v, here, at(v, here) + gain * x);
  }
  NERNST_FUNCTION void solve_root(std::ptrdiff_t here, Value gain) const {
    Value const x = at(change, here) * at(diagonal, here);
    put(change, here, x);
    put(v, here, at(v, here) + gain * x);
  }
};

/// Calls `work(value, offset)` for the cells of a row, as many at once as there are lanes.
template <class Real, class Work>
NERNST_FUNCTION void for_cells(forest const& of, Work const& work) {
  constexpr int width = static_cast<int>(kernel::pack_width<Real>);
  int k = of.first;
  for (; k + width <= of.last; k += width) work(kernel::pack<Real>(Real(0)), k);
  for (; k < of.last; ++k) work(Real(0), k);
}
}  // namespace detail

/// A step: solves the equations for how much voltages change (in half a step of Crank and Nicolson)
/// by elimination from the ends to the roots and back, as M. Hines, Int. J. Biomed. Comput. 15, 69
/// (1984), and adds that to the voltages. `axial`: the conductance to the parent, in S; `v` in V,
/// `dt` in s. `diagonal` and `change` are memory to work in; `change` is the solution.
template <class Real>
NERNST_CALLABLE void advance(forest const& of, step_scheme scheme, Real dt, Real const* axial,
                             membrane<Real> const& through, Real* v, Real* diagonal, Real* change) {
  bool const is_implicit = scheme == step_scheme::backward_euler;
  Real const rate = (is_implicit ? Real(1) : Real(2)) / dt, gain = is_implicit ? Real(1) : Real(2);
  for (int c = 0; c < of.compartments; ++c) {
    std::ptrdiff_t const here = detail::begin_of(of, c);
    detail::for_cells<Real>(of, [&](auto zero, int k) {
      using value = decltype(zero);
      detail::elimination<value, Real>{axial, v, diagonal, change}.begin(through, value(rate),
                                                                         here + k);
    });
  }
  for (int c = of.compartments - 1; c >= 0; --c) {
    bool const is_root = of.parent[c] < 0;
    std::ptrdiff_t const here = detail::begin_of(of, c);
    std::ptrdiff_t const up = is_root ? here : detail::begin_of(of, of.parent[c]);
    detail::for_cells<Real>(of, [&](auto zero, int k) {
      detail::elimination<decltype(zero), Real> const work{axial, v, diagonal, change};
      is_root ? work.eliminate_root(here + k) : work.eliminate(here + k, up + k);
    });
  }
  for (int c = 0; c < of.compartments; ++c) {
    bool const is_root = of.parent[c] < 0;
    std::ptrdiff_t const here = detail::begin_of(of, c);
    std::ptrdiff_t const up = is_root ? here : detail::begin_of(of, of.parent[c]);
    detail::for_cells<Real>(of, [&](auto zero, int k) {
      using value = decltype(zero);
      detail::elimination<value, Real> const work{axial, v, diagonal, change};
      is_root ? work.solve_root(here + k, value(gain)) : work.solve(here + k, up + k, value(gain));
    });
  }
}

}  // namespace nernst::cable
