// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/scheme.hpp>

namespace nernst::integrate {

/// The explicit Euler method, of order 1; with noise the Euler-Maruyama method, of weak and strong
/// order 1 where the noise is additive.
struct euler {
  static constexpr ir::method_id id = ir::method_id::euler;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr scheme formula{"x_new = x + dt*f(x,t) + g(x,t)*dW"};
  static constexpr ir::string_view wants = formula.wants();

  static constexpr verdict accepts(system& f) { return formula.accepts(f); }
  static constexpr plan advance(system& f) { return formula.advance(f); }
};

}  // namespace nernst::integrate
