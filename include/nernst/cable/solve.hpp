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
  crank_nicolson,  ///< NEURON's secondorder = 1: half a step of backward Euler, then as far again;
                   ///< of order 2
  crank_nicolson_with_ions,  ///< NEURON's secondorder = 2: the same, and currents of ions are those
                             ///< at the voltage in the middle of the step
};

/// A compartment in the order of elimination: its row, and that of its parent.
struct eliminated_row {
  int row = 0, parent = -1;    ///< negative for a root
  bool is_end = false;         ///< nobody has it as its parent
  bool begins_parent = false;  ///< it is the first in order with that parent
  /// What flows in it, and in its parent, beside what is steady: through the membrane, at places.
  bool has_density = true, parent_has_density = true;
  bool has_points = true, parent_has_points = true;
};

/// Trees of compartments.
struct forest {
  eliminated_row const* order = nullptr;  ///< from the ends to the roots
  int compartments = 0;
  int cells = 1;  ///< side by side
  /// Ends at which nothing happens, which have the voltage of their parents.
  eliminated_row const* tips = nullptr;
  int tip_count = 0;
  /// The cells that are treated: threads take some each, which changes no bit of a result.
  int first = 0, last = cells;
};

/// The linear equations of a step, by row and cell.
template <class Real>
struct cable_equation {
  Real const* axial = nullptr;  ///< the conductance to the parent, in S
  /// The sum of those to all neighbours, of the capacitance in F times `change_rate`, and of the
  /// steady conductance.
  Real const* diagonal = nullptr;
  /// What flows through the membrane in the same way in all steps: `steady_conductance` v -
  /// `steady_inflow`, in S and A.
  Real const *steady_conductance = nullptr, *steady_inflow = nullptr;
  Real const* area = nullptr;  ///< of the membrane, in m^2
  /// Out through the membrane, at the present voltage, and the derivative by the voltage: per area
  /// in A/m^2 and S/m^2, and at places in A and S.
  Real const *current_density = nullptr, *conductance_density = nullptr;
  Real const *current = nullptr, *conductance = nullptr;

  /// That of the compartments from a place on.
  NERNST_CALLABLE cable_equation from(std::size_t k) const {
    return {.axial = axial + k,
            .diagonal = diagonal + k,
            .steady_conductance = steady_conductance + k,
            .steady_inflow = steady_inflow + k,
            .area = area + k,
            .current_density = current_density + k,
            .conductance_density = conductance_density + k,
            .current = current + k,
            .conductance = conductance + k};
  }
};

/// The rate in 1/s by which capacitances are multiplied.
constexpr double change_rate(step_scheme scheme, double dt) {
  return (scheme == step_scheme::backward_euler ? 1 : 2) / dt;
}

namespace detail {

/// What is done with some cells at a time, as many as `Value` has.
template <class Value, class Real>
struct cable_solver {
  cable_equation<Real> of;  // a copy: its pointers stay in registers
  Real *v, *inverse, *rest;

  static NERNST_FUNCTION Value at(Real const* from, std::ptrdiff_t k) {
    return kernel::load_anywhere<Value>(from + k);
  }
  static NERNST_FUNCTION void put(Real* to, std::ptrdiff_t k, Value const& x) {
    kernel::store_anywhere<Value>(to + k, x);
  }

  /// The diagonal and the right-hand side for a compartment alone.
  NERNST_FUNCTION void begin(std::ptrdiff_t k, bool has_density, bool has_points, Value& d,
                             Value& r) const {
    d = at(of.diagonal, k);
    r = at(of.steady_inflow, k) - at(of.steady_conductance, k) * at(v, k);
    if (has_density) {
      Value const a = at(of.area, k);
      d = d + at(of.conductance_density, k) * a;
      r = r - at(of.current_density, k) * a;
    }
    if (!has_points) return;
    d = d + at(of.conductance, k);
    r = r - at(of.current, k);
  }
  NERNST_FUNCTION void assemble(eliminated_row const& now, std::ptrdiff_t here) const {
    Value d, r;
    begin(here, now.has_density, now.has_points, d, r);
    put(inverse, here, d);
    put(rest, here, r);
  }
  template <bool IsEnd, bool BeginsParent>
  NERNST_FUNCTION void eliminate(eliminated_row const& now, std::ptrdiff_t here,
                                 std::ptrdiff_t up) const {
    Value d, r, d_up, r_up;
    if constexpr (IsEnd) {
      begin(here, now.has_density, now.has_points, d, r);
    } else {
      d = at(inverse, here);
      r = at(rest, here);
    }
    if constexpr (BeginsParent) {
      begin(up, now.parent_has_density, now.parent_has_points, d_up, r_up);
    } else {
      d_up = at(inverse, up);
      r_up = at(rest, up);
    }
    Value const g = at(of.axial, here), flow = g * (at(v, up) - at(v, here));
    Value const one_by_d = Value(Real(1)) / d, q = g * one_by_d;
    r = r + flow;
    put(inverse, here, one_by_d);
    put(rest, here, r);
    put(inverse, up, d_up - q * g);
    put(rest, up, r_up - flow + q * r);
  }
  template <bool IsEnd>
  NERNST_FUNCTION void eliminate_root(eliminated_row const& now, std::ptrdiff_t here) const {
    Value d = at(inverse, here), r = at(rest, here);
    if constexpr (IsEnd) {
      begin(here, now.has_density, now.has_points, d, r);
      put(rest, here, r);
    }
    put(inverse, here, Value(Real(1)) / d);
  }
  NERNST_FUNCTION void enter(std::ptrdiff_t here, Value const& x, bool doubles) const {
    put(rest, here, x);
    put(v, here, at(v, here) + (doubles ? x + x : x));
  }
  NERNST_FUNCTION void solve(std::ptrdiff_t here, std::ptrdiff_t up, bool doubles) const {
    enter(here, (at(rest, here) + at(of.axial, here) * at(rest, up)) * at(inverse, here), doubles);
  }
  NERNST_FUNCTION void solve_root(std::ptrdiff_t here, bool doubles) const {
    enter(here, at(rest, here) * at(inverse, here), doubles);
  }
  NERNST_FUNCTION void follow(std::ptrdiff_t here, std::ptrdiff_t up) const {
    put(v, here, at(v, up));
  }
};

/// Lets `work(solver, k)` be done for all cells `k` of a forest, as many at a time as a pack has.
template <class Real>
NERNST_FUNCTION auto each_of(forest const& trees, cable_equation<Real> const& of, Real* v,
                             Real* inverse, Real* rest) {
  constexpr int width = static_cast<int>(kernel::pack_width<Real>);
  int const first = trees.first, last = trees.last;
  int const whole = first + (last - first) / width * width;
  return [=](auto const& work) NERNST_INLINED {
    cable_solver<kernel::pack<Real>, Real> const packs{of, v, inverse, rest};
    for (int k = first; k < whole; k += width) work(packs, k);
    if constexpr (width > 1) {
      cable_solver<Real, Real> const single{of, v, inverse, rest};
      for (int k = whole; k < last; ++k) work(single, k);
    }
  };
}
NERNST_FUNCTION std::ptrdiff_t place_of(forest const& trees, int row) {
  return static_cast<std::ptrdiff_t>(row) * trees.cells;
}

}  // namespace detail

/// The diagonals and right-hand sides of compartments alone, for `eliminate` to begin with.
template <class Real>
NERNST_CALLABLE void assemble(forest const& trees, cable_equation<Real> const& of, Real* v,
                              Real* inverse, Real* rest) {
  auto const each = detail::each_of(trees, of, v, inverse, rest);
  for (int c = 0; c < trees.compartments; ++c) {
    eliminated_row const& now = trees.order[c];
    std::ptrdiff_t const here = detail::place_of(trees, now.row);
    each([&](auto const& s, int k) NERNST_INLINED { s.assemble(now, here + k); });
  }
}

/// Elimination from the ends of trees to the roots.
template <class Real>
NERNST_CALLABLE void eliminate(forest const& trees, cable_equation<Real> const& of, Real* v,
                               Real* inverse, Real* rest) {
  auto const each = detail::each_of(trees, of, v, inverse, rest);
  for (int c = 0; c < trees.compartments; ++c) {
    eliminated_row const& now = trees.order[c];
    std::ptrdiff_t const here = detail::place_of(trees, now.row),
                         up = detail::place_of(trees, now.parent);
    if (now.parent < 0 && now.is_end)
      each([&](auto const& s, int k)
               NERNST_INLINED { s.template eliminate_root<true>(now, here + k); });
    else if (now.parent < 0)
      each([&](auto const& s, int k)
               NERNST_INLINED { s.template eliminate_root<false>(now, here + k); });
    else if (now.is_end && now.begins_parent)
      each([&](auto const& s, int k)
               NERNST_INLINED { s.template eliminate<true, true>(now, here + k, up + k); });
    else if (now.is_end)
      each([&](auto const& s, int k)
               NERNST_INLINED { s.template eliminate<true, false>(now, here + k, up + k); });
    else if (now.begins_parent)
      each([&](auto const& s, int k)
               NERNST_INLINED { s.template eliminate<false, true>(now, here + k, up + k); });
    else
      each([&](auto const& s, int k)
               NERNST_INLINED { s.template eliminate<false, false>(now, here + k, up + k); });
  }
}
/// The way back, to how much the voltages change.
template <class Real>
NERNST_CALLABLE void substitute(forest const& trees, step_scheme scheme,
                                cable_equation<Real> const& of, Real* v, Real* inverse,
                                Real* rest) {
  auto const each = detail::each_of(trees, of, v, inverse, rest);
  bool const doubles = scheme != step_scheme::backward_euler;
  for (int c = trees.compartments - 1; c >= 0; --c) {
    eliminated_row const& now = trees.order[c];
    std::ptrdiff_t const here = detail::place_of(trees, now.row),
                         up = detail::place_of(trees, now.parent);
    if (now.parent < 0)
      each([&](auto const& s, int k) NERNST_INLINED { s.solve_root(here + k, doubles); });
    else
      each([&](auto const& s, int k) NERNST_INLINED { s.solve(here + k, up + k, doubles); });
  }
  for (int t = 0; t < trees.tip_count; ++t) {
    eliminated_row const& now = trees.tips[t];
    std::ptrdiff_t const here = detail::place_of(trees, now.row),
                         up = detail::place_of(trees, now.parent);
    each([&](auto const& s, int k) NERNST_INLINED { s.follow(here + k, up + k); });
  }
}

/// A step: solves the equations for how much the voltages change (of Crank and Nicolson: up to the
/// middle, and goes as far again) by elimination from the ends to the roots and back, as M. Hines,
/// Int. J. Biomed. Comput. 15, 69 (1984). `v` in V; `inverse` and `rest` are memory to work in.
template <class Real>
NERNST_CALLABLE void advance(forest const& trees, step_scheme scheme,
                             cable_equation<Real> const& of, Real* v, Real* inverse, Real* rest) {
  eliminate(trees, of, v, inverse, rest);
  substitute(trees, scheme, of, v, inverse, rest);
}

}  // namespace nernst::cable
