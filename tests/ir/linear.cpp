// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/linear.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"

using namespace notation;

namespace {

// CUBA: dv/dt = (g_e + g_i - (v - E))/tau_m, dg/dt = -g/tau.
constexpr bool cuba_is_linear() {
  maker m;
  auto const v = m.variable("v"), g_e = m.variable("g_e"), g_i = m.variable("g_i");
  m.equation(v, (g_e + g_i - (v - -49.0)) / 20.0);
  m.equation(g_e, -g_e / 5.0);
  m.equation(g_i, -g_i / 10.0);
  auto const s = ir::linear(m.model);
  auto const value = [&](int i) {
    return m.model.nodes[s.matrix[static_cast<std::size_t>(i)]].value;
  };
  return s.linear && s.culprit == ir::none && s.vary == ir::variation::constant &&
         value(0) == -0.05 && value(1) == 0.05 && value(2) == 0.05 && value(3) == 0 &&
         value(4) == -0.2 && value(5) == 0 && value(8) == -0.1 &&
         m.model.nodes[s.offset[0]].value == -49.0 / 20 && m.model.nodes.is_literal(s.offset[1], 0);
}
static_assert(cuba_is_linear());

constexpr bool finds_the_culprit() {
  maker m;
  auto const v = m.variable("v"), w = m.variable("w"), u = m.variable("u");
  m.equation(v, w - v);
  m.equation(w, v * w);
  m.equation(u, exp(u));
  auto const s = ir::linear(m.model);
  return !s.linear && s.culprit == 1 && s.matrix.empty();
}
static_assert(finds_the_culprit());

constexpr ir::variation coefficient_varies(ir::role kind) {
  maker m;
  auto const v = m.variable("v"), a = m.variable("a", {}, kind);
  m.equation(v, -v * a);
  return ir::linear(m.model).matrix_vary;
}
static_assert(coefficient_varies(ir::role::shared) == ir::variation::constant);
static_assert(coefficient_varies(ir::role::coefficient) == ir::variation::constant);
static_assert(coefficient_varies(ir::role::time_step) == ir::variation::constant);
static_assert(coefficient_varies(ir::role::parameter) == ir::variation::element);
static_assert(coefficient_varies(ir::role::index) == ir::variation::element);
static_assert(coefficient_varies(ir::role::time) == ir::variation::time);
static_assert(coefficient_varies(ir::role::not_refractory) == ir::variation::time);
static_assert(coefficient_varies(ir::role::state) ==
              ir::variation::state);  // a state without an equation

constexpr bool tells_offsets_from_coefficients() {
  maker m;
  auto const v = m.variable("v"), I = m.variable("I", {}, ir::role::parameter);
  m.equation(v, I - v);
  auto const s = ir::linear(m.model);
  return s.matrix_vary == ir::variation::constant && s.vary == ir::variation::element;
}
static_assert(tells_offsets_from_coefficients());

constexpr bool refuses_noise() {
  maker m;
  auto const v = m.variable("v");
  expression const noise{&m.model.nodes, m.model.nodes.random(op::normal, 0)};
  m.equation(v, noise - v);
  return !ir::linear(m.model).linear &&
         !ir::affine_in(m.model.nodes, noise + v, m.symbol(v)).affine &&
         ir::variation_of(m.model, noise + v) == ir::variation::random;
}
static_assert(refuses_noise());

constexpr bool is_affine_in_its_own_variable() {
  maker m;
  auto const v = m.variable("v"), g = m.variable("g");
  auto const f = g * (2.0 - v) / 3.0;
  auto const in_v = ir::affine_in(m.model.nodes, f, m.symbol(v)),
             in_g = ir::affine_in(m.model.nodes, f, m.symbol(g));
  auto const none = ir::affine_in(m.model.nodes, exp(v), m.symbol(v));
  return in_v.affine && in_v.slope == g / -3.0 && in_g.affine && in_g.slope == (2.0 - v) / 3.0 &&
         m.model.nodes.is_literal(in_g.offset, 0) && !none.affine &&
         !ir::affine_in(m.model.nodes, v * v, m.symbol(v)).affine;
}
static_assert(is_affine_in_its_own_variable());

// What cancels is structurally zero, on either side of a product.
constexpr bool cancels() {
  maker m;
  auto const v = m.variable("v"), a = m.variable("a", {}, ir::role::parameter);
  auto const nothing = (v + a) - (v + 1.0);
  m.equation(v, nothing * a);
  auto const s = ir::linear(m.model);
  return s.linear && m.model.nodes.is_literal(s.matrix[0], 0) &&
         ir::variation_of(m.model, s.offset) == ir::variation::element;
}
static_assert(cancels());

/// n coupled equations of some 26 operations each.
constexpr ir::model chain(int n, bool nonlinear) {
  ir::model m;
  ir::graph& g = m.nodes;
  for (int i = 0; i < n; ++i)
    m.symbols.push_back({ir::name("x").append(i), ir::role::state, ir::side::here, {}});
  int const p = g.symbol(m.declare({"p", ir::role::parameter, ir::side::here, {}}));
  for (int i = 0; i < n; ++i) {
    int const x = g.symbol(i), y = g.symbol((i + 1) % n);
    int sum = g.negate(x);
    for (int k = 0; k < 4; ++k) {
      int const weight = g.multiply(g.literal(1.5 + i + 100 * k), p);
      sum = g.add(sum, g.multiply(weight, g.subtract(y, g.add(x, g.literal(i * 4 + k + 0.5)))));
    }
    if (nonlinear) sum = g.multiply(sum, g.make(op::exp, x));
    m.equations.push_back({i, g.divide(sum, g.literal(0.02 + i)), false});
  }
  return m;
}
constexpr bool is_linear(int n, bool nonlinear) {
  ir::model m = chain(n, nonlinear);
  return ir::linear(m).linear;
}
static_assert(is_linear(60, false));
static_assert(!is_linear(200, true));  // found without building any form

constexpr bool simplifies(int n) {
  ir::model m = chain(n, true);
  ir::simplify(m);
  return m.equations.size() == static_cast<std::size_t>(n);
}
static_assert(simplifies(150));

}  // namespace

TEST_CASE("a large system has the forms it was made from", "[ir][linear]") {
  ir::model m = chain(200, false);
  CHECK(m.nodes.size() > 5000);
  auto const s = ir::linear(m);
  REQUIRE(s.linear);
  CHECK(s.vary == ir::variation::element);
  int entries = 0;
  for (int const node : s.matrix) entries += !m.nodes.is_literal(node, 0);
  CHECK(entries == 400);
}

TEST_CASE("linear forms reconstruct random linear systems", "[ir][linear]") {
  constexpr int n = 3;
  int compared = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    ir::model m;
    for (char const* id : {"x", "y", "z"}) m.declare({id, ir::role::state, ir::side::here, {}});
    for (char const* id : {"a", "b"}) m.declare({id, ir::role::parameter, ir::side::here, {}});
    random_expressions random(m.nodes, n + 2, seed);
    std::vector<int> nodes;
    for (int i = 0; i < n; ++i) {
      m.equations.push_back({i, random.linear(1 + static_cast<int>(seed % 5), n), false});
      nodes.push_back(m.equations.back().rhs);
    }
    auto const s = ir::linear(m);
    INFO("seed " << seed);
    REQUIRE(s.linear);
    REQUIRE(s.vary <= ir::variation::element);
    nodes.insert(nodes.end(), s.matrix.begin(), s.matrix.end());
    nodes.insert(nodes.end(), s.offset.begin(), s.offset.end());
    ir::interpreter<values> all(m.nodes, nodes);
    std::vector<double> r(nodes.size());
    values const at{
        {random.value(), random.value(), random.value(), random.value(), random.value()}};
    all(at, r);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = r[n + n * n + i], size = std::abs(sum);
      for (std::size_t j = 0; j < n; ++j) {
        sum += r[n + i * n + j] * at.symbols[j];
        size += std::abs(r[n + i * n + j] * at.symbols[j]);
      }
      if (!std::isfinite(sum) || !std::isfinite(r[i])) continue;
      ++compared;
      REQUIRE(r[i] == Approx(sum).margin(1e-11 * size));
    }
    auto const own = ir::affine_in(m.nodes, m.equations[0].rhs, 0);
    REQUIRE(own.affine);
    ir::interpreter<values> parts(m.nodes, {m.equations[0].rhs, own.slope, own.offset});
    double part[3];
    parts(at, part);
    if (std::isfinite(part[0]) && std::isfinite(part[1]))
      REQUIRE(part[0] == Approx(part[1] * at.symbols[0] + part[2])
                             .margin(1e-11 * (std::abs(part[1]) + std::abs(part[2]))));
  }
  CHECK(compared > 3500);
}
