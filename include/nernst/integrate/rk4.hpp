// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate {

/// The classical Runge-Kutta method, of order 4.
struct rk4 {
  static constexpr std::string_view name = "rk4";
  static constexpr std::string_view wants = "equations without random numbers";
  static constexpr ir::method_id id = ir::method_id::rk4;

  static constexpr verdict accepts(ir::model& m) {
    verdict v = deterministic(m);
    if (v.ok) v.reason = "accepts everything deterministic";
    return v;
  }
  static constexpr plan advance(system& f) {
    auto const x = f.state();
    auto const t = f.t(), dt = f.dt();
    auto const k_1 = dt * f(x, t);
    auto const k_2 = dt * f(x + k_1 / 2, t + dt / 2);
    auto const k_3 = dt * f(x + k_2 / 2, t + dt / 2);
    auto const k_4 = dt * f(x + k_3, t + dt);
    return x + (k_1 + 2 * k_2 + 2 * k_3 + k_4) / 6;
  }
};

}  // namespace nernst::integrate
