// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>
#include <nernst/ir/linear.hpp>

namespace nernst::integrate {

/// x after a step of dx/dt = slope x + offset with both held at their values at the start of the step; `rhs` is slope x + offset.
constexpr int exponential_step(ir::graph& g, int x, int rhs, ir::affine const& in, int dt) {
  if (g.is_literal(in.slope, 0)) return g.add(x, g.multiply(dt, rhs));
  int const exponent = g.multiply(in.slope, dt);
  if (g.is_literal(in.offset, 0)) return g.multiply(x, g.make(ir::op::exp, exponent));
  return g.add(x, g.multiply(g.multiply(dt, rhs), g.make(ir::op::exprel, exponent)));
}

/// The exponential Euler method (Rush and Larsen 1978), of order 1: each equation is solved exactly with all other states held at the
/// start of the step.
///
/// In dv/dt = A v + B it sets v to v + dt (A v + B) exprel(A dt), which is the same as the usual (v + B/A) exp(A dt) - B/A but also
/// holds where A becomes zero; to v exp(A dt) where B is structurally zero and to v + dt B where A is.
struct exponential_euler {
  static constexpr std::string_view name = "exponential_euler";
  static constexpr std::string_view wants = "dx/dt linear in x itself";
  static constexpr ir::method_id id = ir::method_id::exponential_euler;

  static constexpr verdict accepts(ir::model& m) {
    verdict v = deterministic(m);
    for (std::size_t i = 0; v.ok && i < m.equations.size(); ++i) {
      int const e = static_cast<int>(i), symbol = m.equations[i].symbol;
      if (!ir::affine_in(m.nodes, m.equations[i].rhs, symbol).affine) v = {false, about(m, e, " is not linear in "), e};
      if (!v.ok) v.reason += m.at(symbol).id;
    }
    if (v.ok) v.reason = "each equation is linear in its own variable";
    return v;
  }
  static constexpr plan advance(system& f) {
    ir::model& m = f.model();
    stage x = f.state();
    for (std::size_t i = 0; i < m.equations.size(); ++i) {
      auto const& e = m.equations[i];
      int const next = exponential_step(m.nodes, x.nodes[static_cast<int>(i)], e.rhs, ir::affine_in(m.nodes, e.rhs, e.symbol), f.dt().node);
      x.nodes[static_cast<int>(i)] = e.unless_refractory ? m.nodes.select(m.not_refractory(), next, x.nodes[static_cast<int>(i)]) : next;
    }
    return x;
  }
};

}  // namespace nernst::integrate
