// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/scheme.hpp>

namespace nernst::integrate {

/// The classical Runge-Kutta method, of order 4.
struct rk4 {
  static constexpr ir::method_id id = ir::method_id::rk4;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr scheme formula{"k_1 = dt*f(x,t);"
                                  "k_2 = dt*f(x + k_1/2, t + dt/2);"
                                  "k_3 = dt*f(x + k_2/2, t + dt/2);"
                                  "k_4 = dt*f(x + k_3, t + dt);"
                                  "x_new = x + (k_1 + 2*k_2 + 2*k_3 + k_4)/6"};
  static constexpr ir::string_view wants = formula.wants();

  static constexpr verdict accepts(system& f) { return formula.accepts(f); }
  static constexpr plan advance(system& f) { return formula.advance(f); }
};

}  // namespace nernst::integrate
