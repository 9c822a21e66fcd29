// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/scheme.hpp>

namespace nernst::integrate {

/// The stochastic Heun method, which finds the solution in the sense of Stratonovich. Slopes are
/// taken as by `euler`.
struct heun {
  static constexpr ir::method_id id = ir::method_id::heun;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr scheme formula{"x_support = x + g(x,t)*dW;"
                                  "g_support = g(x_support, t + dt);"
                                  "x_new = x + dt*f(x,t) + .5*dW*(g(x,t) + g_support)"};
  static constexpr ir::string_view wants = formula.wants();

  static constexpr verdict accepts(system& f) { return formula.accepts(f); }
  static constexpr plan advance(system& f) { return formula.advance(f); }
};

}  // namespace nernst::integrate
