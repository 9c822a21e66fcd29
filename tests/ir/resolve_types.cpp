// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>
#include <nernst/ir/resolve_types.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;

namespace {

struct sketch : maker {
  expression x = variable("x"), n = variable("n"), k = variable("k");

  constexpr sketch() {
    for (expression const e : {n, k}) model.symbols[symbol(e)].type = ir::value_type::integer;
  }
  /// The value of the only statement of a reset afterwards, or `none` after a mistake.
  constexpr int reset(expression to, int value) {
    model.reset = {{symbol(to), value}};
    ir::typing types(model);
    ir::checker(model, types).run();
    if (!types.found().ok()) return ir::none;
    ir::resolve_types(model, types);
    return model.reset[0].value;
  }
  constexpr int clip(expression a, double low, double high) {
    return model.nodes.make(op::clip, a, number(low), number(high));
  }
};
constexpr expression trunc(expression e) {
  return make(op::trunc, e);
}
constexpr expression clipped(expression e, double low, double high) {
  return make(op::minimum, make(op::maximum, e, low), high);
}

template <class Check>
constexpr bool holds(Check check) {
  sketch s;
  return check(s);
}
// What an integer is given is truncated, unless it is whole.
static_assert(holds([](sketch& s) { return s.reset(s.n, s.x * 2.0) == trunc(s.x * 2.0); }));
static_assert(holds([](sketch& s) { return s.reset(s.n, s.k * 2.0) == s.k * 2.0; }));
static_assert(holds([](sketch& s) { return s.reset(s.n, s.k / 2.0) == trunc(s.k / 2.0); }));
static_assert(holds([](sketch& s) { return s.reset(s.n, s.x > 1.0) == (s.x > 1.0); }));
static_assert(holds([](sketch& s) { return s.reset(s.n, s.number(1)) == s.number(1); }));
static_assert(holds([](sketch& s) { return s.reset(s.x, s.x * 2.0) == s.x * 2.0; }));
// Clipping keeps the type of what is clipped.
static_assert(holds([](sketch& s) {
  return s.reset(s.x, s.clip(s.x, 0, 1.5)) == clipped(s.x, 0, 1.5);
}));
static_assert(holds([](sketch& s) {
  return s.reset(s.x, s.clip(s.n, 0, 1.5)) == trunc(clipped(s.n, 0, 1.5));
}));
// An integer to the power of one is rounded, where the power is a whole number.
static_assert(holds([](sketch& s) {
  auto const power = make(op::power, s.n, s.k);
  auto const rounded = make(op::floor, power + 0.5);
  return s.reset(s.x, power) == select(make(op::greater_equal, s.k, 0.0), rounded, power);
}));
static_assert(holds([](sketch& s) { return s.reset(s.x, pow(s.n, 2)) == pow(s.n, 2); }));
static_assert(holds([](sketch& s) {
  return s.reset(s.x, make(op::power, s.x, s.n)) == make(op::power, s.x, s.n);
}));

// Statements of every kind of block, and subexpressions.
constexpr bool reaches_every_block() {
  sketch s;
  ir::model& m = s.model;
  ir::assignment const statement = s.set(s.n, s.x * 0.5);
  auto const e = s.variable("e", {}, ir::role::subexpression);
  m.symbols[s.symbol(e)].type = ir::value_type::integer;
  m.subexpressions = {{s.symbol(e), s.x * 0.5}};
  m.reset = {statement};
  m.events = {{"high", s.x > 1.0, {}, {statement}, {}}};
  m.actions = {{ir::none, {0.1}, {statement}, {}}};
  m.pathways = {{ir::side::pre, {statement}}};
  ir::typing types(m);
  ir::checker(m, types).run();
  if (!types.found().ok()) return false;
  ir::resolve_types(m, types);
  int const whole = trunc(s.x * 0.5);
  return m.subexpressions[0].value == whole && m.reset[0].value == whole &&
         m.events[0].action[0].value == whole && m.actions[0].statements[0].value == whole &&
         m.pathways[0].statements[0].value == whole;
}
static_assert(reaches_every_block());

}  // namespace

TEST_CASE("a model of real numbers stays as it is", "[ir][resolve_types]") {
  maker m;
  auto const v = m.variable("v");
  m.equation(v, make(op::power, v, v));
  ir::typing types(m.model);
  ir::checker(m.model, types).run();
  int const size = m.model.nodes.size(), rhs = m.model.equations[0].rhs;
  // Powers are left alone where there are no integers.
  ir::resolve_types(m.model, types);
  CHECK(m.model.nodes.size() == size);
  CHECK(m.model.equations[0].rhs == rhs);
}
