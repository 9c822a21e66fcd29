// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear_forms.hpp>

namespace nernst::integrate {

/// x after a step of dx/dt = slope x + offset with both held at their values at the start of the
/// step. `rhs` is slope x + offset, whose form in x alone is number `form` of `forms`.
constexpr int exponential_step(ir::graph& g, int x, int rhs, ir::linear_forms const& forms,
                               int form, int dt) {
  auto const terms = forms.terms(form);
  if (terms.empty()) return g.add(x, g.multiply(dt, rhs));
  int const exponent = g.multiply(terms[0].coefficient, dt);
  if (forms.offset(form) == ir::none) return g.multiply(x, g.make(ir::op::exp, exponent));
  return g.add(x, g.multiply(g.multiply(dt, rhs), g.make(ir::op::exprel, exponent)));
}

}  // namespace nernst::integrate
