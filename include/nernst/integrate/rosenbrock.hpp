// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/backward_euler.hpp>

namespace nernst::integrate {

/// ROS3 of Sandu, Verwer, Blom, Spee, Carmichael and Potra (Atmospheric Environment 31, 1997):
/// linearly implicit, L-stable, of order 3, and of order 2 in what is much faster than dt. Its
/// three stages share the factors of 1/gamma - dt J and take two evaluations of f.
struct rosenbrock {
  static constexpr ir::method_id id = ir::method_id::rosenbrock;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr ir::string_view wants = "differentiable equations, no noise";

  static constexpr verdict accepts(system& f) { return backward_euler::accepts(f); }

  static constexpr plan advance(system& f) {
    constexpr double gamma = 0.435866521508458999416;
    auto const x = f.state();
    auto const t = f.t(), dt = f.dt();
    jacobian const j(f);
    elimination factors = detail::factorise(f, j, 1 / gamma);
    auto const solve = [&](stage const& slope, double by_time) {
      return detail::solve(factors, drifting(f, j, slope, by_time));
    };
    auto const k_1 = solve(dt * f(x, t), gamma);
    auto const slope = dt * f(x + k_1, t + gamma * dt);
    auto const k_2 = solve(slope - 1.0156171083877702092 * k_1, 0.24291996454816804367);
    auto const k_3 = solve(slope + 4.0759956452537699825 * k_1 + 9.2076794298330791242 * k_2,
                           2.1851380027664058512);
    return x + k_1 + 6.1697947043828245593 * k_2 - 0.42772256543218573326 * k_3;
  }

 private:
  /// s + factor dt^2 df/dt
  static constexpr stage drifting(system& f, jacobian const& j, stage s, double factor) {
    if (j.is_autonomous()) return s;
    ir::graph& g = f.model().nodes;
    int const scale = (factor * f.dt() * f.dt()).node;
    for (int row = 0; row < j.size(); ++row)
      if (j.by_time(row) != ir::none)
        s.nodes[row] = g.add(s.nodes[row], g.multiply(scale, j.by_time(row)));
    return s;
  }
};

}  // namespace nernst::integrate
