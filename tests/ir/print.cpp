// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include <cstdlib>
#include <random>

using namespace notation;
namespace units = ir::units;

TEST_CASE("numbers read back as the same value", "[ir][print]") {
  CHECK(ir::decimal(0) == "0");
  CHECK(ir::decimal(-0.05) == "-0.05");
  CHECK(ir::decimal(20000) == "20000");
  CHECK(ir::decimal(0.1 + 0.2) == "0.30000000000000004");
  CHECK(ir::decimal(1e-12) == "1e-12");
  CHECK(ir::decimal(1.5e300) == "1.5e300");
  CHECK(ir::decimal(0.0162, 3) == "16.2");
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    double const x = std::bit_cast<double>(random());
    if (!std::isfinite(x)) continue;
    REQUIRE(std::strtod(ir::decimal(x).c_str(), nullptr) == x);
    double const moderate = static_cast<double>(static_cast<std::int64_t>(random())) / 1e15;
    REQUIRE(std::strtod(ir::decimal(moderate).c_str(), nullptr) == moderate);
  }
}

TEST_CASE("quantities", "[ir][print]") {
  CHECK(ir::written(0.0162, units::volt) == "16.2*mV");
  CHECK(ir::written(-0.06, units::volt) == "-60*mV");
  CHECK(ir::written(281e-12, units::farad) == "281*pF");
  CHECK(ir::written(2, units::second) == "2*s");
  CHECK(ir::written(0, units::volt) == "0*V");
  CHECK(ir::written(0.3, units::siemens / power(units::metre, 2)) == "0.3*(S/m^2)");
  CHECK(ir::written(0.5, units::one) == "0.5");
  CHECK(ir::written(30 * 1e-9, units::siemens) == "30*nS");  // which is not 3e-8
  CHECK(ir::written(0.1 + 0.2, units::volt) == "300.00000000000004*mV");
}

TEST_CASE("expressions have the parentheses they need", "[ir][print]") {
  maker m;
  auto const a = m.variable("a"), b = m.variable("b"), c = m.variable("c");
  auto prints = [&](expression e) { return ir::to_string(m.model, e); };
  CHECK(prints(a + b + c) == "a + b + c");
  CHECK(prints(a + (b + c)) == "a + (b + c)");
  CHECK(prints(a - (b - c)) == "a - (b - c)");
  CHECK(prints(a * b + c) == "a*b + c");
  CHECK(prints(a * (b + c)) == "a*(b + c)");
  CHECK(prints(a / (b * c)) == "a/(b*c)");
  CHECK(prints(a / b * c) == "a/b*c");
  CHECK(prints(-a * b) == "-a*b");
  CHECK(prints(-(a * b)) == "-(a*b)");
  CHECK(prints(-(-a)) == "-(-a)");
  CHECK(prints(a + -3.0) == "a - 3");
  CHECK(prints(a + -b) == "a - b");
  CHECK(prints(a * -3.0) == "a*-3");
  CHECK(prints(pow(a, 2)) == "a**2");
  CHECK(prints(pow(a + b, 2)) == "(a + b)**2");
  CHECK(prints(pow(-a, 2)) == "(-a)**2");
  CHECK(prints(-pow(a, 2)) == "-a**2");
  CHECK(prints(pow(pow(a, 2), 3)) == "(a**2)**3");
  CHECK(prints(pow(a, -2)) == "a**(-2)");
  CHECK(prints(exp(a + b)) == "exp(a + b)");
  CHECK(prints(make(op::log10, a)) == "log10(a)");
  CHECK(prints(make(op::tanh, a)) == "tanh(a)");
  CHECK(prints(make(op::abs, a)) == "abs(a)");
  CHECK(prints(make(op::maximum, a, 0.0)) == "maximum(a, 0)");
  CHECK(prints(make(op::floor_mod, a, b + c)) == "a % (b + c)");
  CHECK(prints(make(op::logical_and, a > b, !(b > c))) == "a > b and not b > c");
  CHECK(prints(!make(op::logical_or, a > b, b > c)) == "not (a > b or b > c)");
  CHECK(prints(select(a > b, a, b)) == "select(a > b, a, b)");
  CHECK(prints(make(op::atan2, a, b)) == "atan2(a, b)");
  CHECK(prints(make(op::floor_divide, a, b)) == "a//b");
  CHECK(prints(make(op::trunc, a)) == "int(a)");
  CHECK(ir::to_string(m.model.nodes, a + b) == "x0 + x1");
  CHECK(ir::to_string(m.model.nodes, ir::none).empty());
}

TEST_CASE("a model prints as its equations", "[ir][print]") {
  maker m;
  auto const v = m.variable("v", units::volt), g = m.variable("g_e", units::volt),
             E = m.variable("E_L", units::volt, ir::role::parameter);
  auto const tau = m.number(0.02, units::second);
  m.equation(v, (g - (v - E)) / tau, true);
  m.equation(g, -g / tau);
  m.model.threshold = v > m.number(-0.05, units::volt);
  m.model.reset = {m.set(v, E), m.set(g, g + m.number(0.001, units::volt))};
  m.model.refractory_time = m.number(0.005, units::second);
  CHECK(ir::to_string(m.model) == "dv/dt = (g_e - (v - E_L))/(20*ms) : V (unless refractory)\n"
                                  "dg_e/dt = -g_e/(20*ms) : V\n"
                                  "threshold: v > -50*mV\n"
                                  "reset: v = E_L\n"
                                  "reset: g_e += 1*mV\n"
                                  "refractory: 5*ms\n");
  maker s;
  auto const w = s.variable("w"), post = s.variable("g", {}, ir::role::state, ir::side::post),
             pre = s.variable("x", {}, ir::role::state, ir::side::pre);
  s.model.pathways = {{ir::side::pre, {s.set(post, post - w * pre)}},
                      {ir::side::post, {s.set(w, w * 0.5)}}};
  s.equation(w, -w);
  s.model.equations.back().event_driven = true;
  s.model.sums = {{s.symbol(pre), w * post}};
  s.model.multisynaptic_index = s.symbol(w);
  s.model.refractory_while = w > 1.0;
  CHECK(ir::to_string(s.model) == "dw/dt = -w : 1 (event-driven)\n"
                                  "x_pre = w*g_post : 1 (summed)\n"
                                  "refractory while: w > 1\n"
                                  "on_pre: g_post -= w*x_pre\n"
                                  "on_post: w = w*0.5\n"
                                  "multisynaptic index: w\n");
}

TEST_CASE("everything else that a model has prints too", "[ir][print]") {
  maker m;
  auto const v = m.variable("v", units::volt), k = m.variable("k"),
             u = m.variable("u", units::volt, ir::role::subexpression);
  m.model.symbols[m.symbol(k)].type = ir::value_type::integer;
  auto const table = m.variable("stimulus", {}, ir::role::table);
  m.model.functions = {{"squash", 1, {}, {}, {-1, -1, -1}, nullptr}};
  auto const of = [&m](op code, int which, int a) {
    return expression{&m.model.nodes, m.model.nodes.make(code, a, ir::none, ir::none, which)};
  };
  m.model.subexpressions = {{m.symbol(u), v * 2.0, true, true}};
  m.model.events = {{"burst", v > u, {}, {m.set(k, k + 1.0)}, {}}};
  m.model.actions = {
      {m.number(0.01, units::second), {}, {m.set(k, of(op::call_1, 0, k))}, {}},
      {ir::none, {0.1, 2}, {m.set(k, of(op::lookup, m.symbol(table), m.model.time()))}, {}}};
  CHECK(ir::to_string(m.model) == "u = v*2 : V (constant over dt, shared)\n"
                                  "event burst: v > u\n"
                                  "on burst: k += 1\n"
                                  "every 10*ms: k = squash(k)\n"
                                  "at 100*ms, 2*s: k = stimulus(t)\n");
  m.equation(k, -k);
  CHECK(ir::to_string(m.model, m.model.equations[0]) == "dk/dt = -k : integer");
  CHECK(std::string(ir::name_of(op::trunc)) == "int");
  CHECK(std::string(ir::name_of(op::call_3)) == "call");
}

TEST_CASE("shared subexpressions do not make endless texts", "[ir][print]") {
  ir::graph g;
  int x = g.symbol(0);
  for (int i = 0; i < 60; ++i) x = g.add(x, x);
  CHECK(ir::to_string(g, x).size() < 200000);
}
