// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate {

/// The explicit Euler method, of order 1.
struct euler {
  static constexpr std::string_view name = "euler";
  static constexpr std::string_view wants = "equations without random numbers";
  static constexpr ir::method_id id = ir::method_id::euler;

  static constexpr verdict accepts(ir::model& m) {
    verdict v = deterministic(m);
    if (v.ok) v.reason = "accepts everything deterministic";
    return v;
  }
  static constexpr plan advance(system& f) { return f.state() + f.dt() * f(f.state(), f.t()); }
};

}  // namespace nernst::integrate
