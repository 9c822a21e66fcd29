// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using integrate::stochastic;

namespace {

// v reads two noise variables, w one of them, u none.
struct three {
  test::draft d;
  test::formula v = d.state("v"), w = d.state("w"), u = d.state("u"), a = d.xi("xi_a"),
                b = d.xi("xi_b");

  constexpr three() {
    d.equation(v, w * a - v + (b + a) / 2);
    d.equation(w, -w - 3 * b, true);
    d.equation(u, v * d.t());
  }
};

constexpr bool splits_noise() {
  three m;
  integrate::system f(m.d.model);
  ir::graph& g = m.d.model.nodes;
  auto const slope = f(f.state(), f.t());
  auto const by_a = f.noise(0, f.state(), f.t()), by_b = f.noise(1, f.state(), f.t());
  auto const half = g.literal(0.5);
  int const frozen = m.d.model.not_refractory();
  return f.noises() == 2 && f.kind() == stochastic::multiplicative && f.noisy_equation() == 0 &&
         f.separable().ok && slope.nodes[0] == (-m.v).node &&
         g[slope.nodes[1]].code == ir::op::select && g[slope.nodes[1]].a == frozen &&
         slope.nodes[2] == (m.v * m.d.t()).node && by_a.nodes[0] == g.add(m.w.node, half) &&
         g.is_literal(by_a.nodes[1], 0) && by_b.nodes[0] == half &&
         g[by_b.nodes[1]].code == ir::op::select && g.is_literal(g[by_b.nodes[1]].b, -3) &&
         g.is_literal(g[by_b.nodes[1]].c, 0) && g.is_literal(by_b.nodes[2], 0);
}
static_assert(splits_noise());

constexpr bool one_draw_per_name() {
  three m;
  integrate::wiener_increments increments;
  integrate::system f(m.d.model, {0}), g(m.d.model, {1, 2});
  f.share(increments);
  g.share(increments);
  if (f.noises() != 2 || g.noises() != 1) return false;
  // xi_a and xi_b in f, xi_b in g
  int const a = f.dw(0).node, b = f.dw(1).node;
  return a != b && g.dw(0).node == b && f.dw(0).node == a && m.d.model.draws == 2;
}
static_assert(one_draw_per_name());

constexpr bool holds_other_states() {
  three m;
  integrate::system f(m.d.model, {2});
  auto const moved = f(f.state() + f.dt() * f(f.state(), f.t()), f.t() + f.dt() / 2);
  ir::graph& g = m.d.model.nodes;
  int const half = (f.t() + f.dt() / 2).node;
  // du/dt = v t reads the old v
  return f.noises() == 0 && f.size() == 1 && f.equations()[0] == 2 &&
         moved.nodes[0] == g.multiply(m.v.node, half);
}
static_assert(holds_other_states());

constexpr bool shares_what_does_not_move() {
  test::draft d;
  auto const x = d.state("x"), p = d.variable("p", ir::role::parameter);
  d.equation(x, exp(p) * x);
  integrate::system f(d.model);
  auto const k = f(f.state() + f.dt() * f.state(), f.t());
  ir::graph& g = d.model.nodes;
  return k.nodes[0] == g.multiply(exp(p).node, g.add(x.node, g.multiply(f.dt().node, x.node)));
}
static_assert(shares_what_does_not_move());

}  // namespace

TEST_CASE("noise that no equation of a system reads is no noise of it") {
  three m;
  integrate::system f(m.d.model, {2});
  CHECK(f.kind() == stochastic::none);
  CHECK(f.noisy_equation() == ir::none);
  CHECK(integrate::deterministic(f).ok);
}

TEST_CASE("noise stands still with a refractory element") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -x + d.xi(), true);
  test::stepper s(d.model, test::integrate_with<integrate::heun>(d.model), 0.1);
  s.draws = {1};
  s["x"] = 1;
  s.set_active(false);
  s.run(1);
  CHECK(s["x"] == 1);
  s.set_active(true);
  s.run(1);
  CHECK(s["x"] == Approx(0.9 + std::sqrt(0.1)));
}
