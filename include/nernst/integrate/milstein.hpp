// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/scheme.hpp>

namespace nernst::integrate {

/// Refuses noise that is not diagonal: an equation with several noise variables, a noise variable
/// in several equations, or a factor that reads the state of another equation with noise.
constexpr verdict diagonal_noise(system& f) {
  ir::graph const& g = f.model().nodes;
  ir::list<int> noise_of(f.size(), ir::none), factor_of(f.size(), ir::none);
  auto const refuse = [&f](int i, ir::string_view why) {
    return refusal(f.model(), f.equations()[i], why);
  };
  for (int k = 0; k < f.noises(); ++k) {
    stage const factor = f.noise(k, f.state(), f.t());
    bool used = false;
    for (int i = 0; i < f.size(); ++i) {
      if (g.is_literal(factor.nodes[i], 0)) continue;
      if (noise_of[i] != ir::none) return refuse(i, " has more than one noise");
      if (used) return refuse(i, " shares its noise");
      used = true;
      noise_of[i] = k;
      factor_of[i] = factor.nodes[i];
    }
  }
  ir::list<int> owner(f.model().symbols.size(), ir::none);
  for (int i = 0; i < f.size(); ++i)
    if (noise_of[i] != ir::none) owner[f.equation(i).symbol] = i;
  for (int i = 0; i < f.size(); ++i) {
    if (noise_of[i] == ir::none) continue;
    ir::list<int> const order = ir::schedule(g, factor_of[i]);
    for (int const node : order) {
      if (g[node].code != ir::op::symbol) continue;
      int const read = owner[g[node].which];
      if (read != ir::none && read != i) return refuse(i, " reads a state with another noise");
    }
  }
  return {};
}

/// The derivative-free Milstein method for diagonal noise, which finds the solution in the sense of
/// Stratonovich.
struct milstein {
  static constexpr ir::method_id id = ir::method_id::milstein;
  static constexpr ir::string_view name = ir::name_of(id);
  static constexpr scheme formula{"x_support = x + dt*f(x,t) + dt**.5*g(x,t);"
                                  "g_support = g(x_support, t);"
                                  "k = 1/(2*dt**.5)*(g_support - g(x,t))*(dW**2);"
                                  "x_new = x + dt*f(x,t) + g(x,t)*dW + k"};
  static constexpr ir::string_view wants = "a noise of its own per equation";

  static constexpr verdict accepts(system& f) {
    verdict const v = formula.accepts(f);
    if (!v.ok) return v;
    verdict const d = diagonal_noise(f);
    return d.ok ? v : d;
  }
  static constexpr plan advance(system& f) { return formula.advance(f); }
};

}  // namespace nernst::integrate
