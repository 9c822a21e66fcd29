// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/scheme.hpp>

namespace nernst::integrate {

/// The explicit midpoint method, of order 2.
struct rk2 {
  static constexpr ir::method_id id = ir::method_id::rk2;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr scheme formula{"k = dt*f(x,t); x_new = x + dt*f(x + k/2, t + dt/2)"};
  static constexpr ir::string_view wants = formula.wants();

  static constexpr verdict accepts(system& f) { return formula.accepts(f); }
  static constexpr plan advance(system& f) { return formula.advance(f); }
};

}  // namespace nernst::integrate
