// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/elimination.hpp>
#include <nernst/integrate/jacobian.hpp>

namespace nernst::integrate {

namespace detail {

/// The factors of scale - dt J.
constexpr elimination factorise(system const& f, jacobian const& j, double scale) {
  ir::graph& g = f.model().nodes;
  ir::simplifier make(g);
  int const dt = f.dt().node, pure = g.literal(scale);
  ir::list<elimination::entry> entries;
  for (int row = 0; row < j.size(); ++row) {
    int diagonal = pure;
    for (auto const& e : j.row(row)) {
      int const scaled = make.multiply(dt, e.node);
      if (e.column == row)
        diagonal = make.subtract(pure, scaled);
      else
        entries.push_back({row, e.column, make.negate(scaled)});
    }
    entries.push_back({row, row, diagonal});
  }
  return {g, j.size(), entries};
}

constexpr stage solve(elimination& factors, stage b) {
  b.nodes = factors.solve(b.nodes);
  return b;
}

}  // namespace detail

/// The implicit Euler method x_new = x + dt f(x_new, t + dt), of order 1 and L-stable: what decays
/// much faster than dt is gone after a step. Newton's iteration starts from the old states; a fixed
/// number of iterations is unrolled, one where f is linear in the states. Nothing is tested while
/// the simulation runs: where they do not suffice, x_new is what the last one gave.
struct backward_euler {
  static constexpr ir::method_id id = ir::method_id::backward_euler;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr ir::string_view wants = "differentiable equations, no noise";
  static constexpr int iterations = 2;

  static constexpr verdict accepts(system& f) {
    verdict v = deterministic(f);
    if (v.ok) v = differentiable(f);
    if (v.ok) v.reason = "accepts everything deterministic";
    return v;
  }
  static constexpr plan advance(system& f) {
    auto const x = f.state();
    auto const dt = f.dt();
    jacobian const j(f);
    scalar const later = j.is_autonomous() ? f.t() : f.t() + dt;
    stage now = x + newton_step(f, j, x, later, dt * f(x, later));
    int const enough = j.is_linear(f) ? 1 : iterations;
    for (int k = 1; k < enough; ++k)
      now = now + newton_step(f, j, now, later, x + dt * f(now, later) - now);
    return now;
  }

 private:
  /// What brings x + dt f(now) - now, which is `missing`, to zero where f is replaced by its
  /// tangent.
  static constexpr stage newton_step(system& f, jacobian const& j, stage const& now, scalar later,
                                     stage const& missing) {
    elimination factors = detail::factorise(f, j.at(f, now, later), 1);
    return detail::solve(factors, missing);
  }
};

}  // namespace nernst::integrate
