// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate {

/// The explicit midpoint method, of order 2.
struct rk2 {
  static constexpr std::string_view name = "rk2";
  static constexpr std::string_view wants = "equations without random numbers";
  static constexpr ir::method_id id = ir::method_id::rk2;

  static constexpr verdict accepts(ir::model& m) {
    verdict v = deterministic(m);
    if (v.ok) v.reason = "accepts everything deterministic";
    return v;
  }
  static constexpr plan advance(system& f) {
    auto const x = f.state();
    auto const t = f.t(), dt = f.dt();
    auto const k = dt * f(x, t);
    return x + dt * f(x + k / 2, t + dt / 2);
  }
};

}  // namespace nernst::integrate
