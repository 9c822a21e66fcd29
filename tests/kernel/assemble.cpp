// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/assemble.hpp>

#include <catch.hpp>

namespace {
using nernst::ir::op;
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::origin;

/// A model with a state v, a parameter p, a shared tau, and dt.
struct sketch {
  ir::model m;
  int v = m.declare({.id = "v"}), p = m.declare({.id = "p", .kind = ir::role::parameter});
  int tau = m.declare({.id = "tau", .kind = ir::role::shared});
  int dt = m.time_step(), t = m.time();
  int V = m.nodes.symbol(v), P = m.nodes.symbol(p), Tau = m.nodes.symbol(tau);
  kernel::layout where{m.symbols.size()};

  sketch() {
    where.add_array(v);
    where.add_array(p);
  }
  kernel::program program(ir::list<ir::assignment> const& stores, int spike = ir::none) {
    return kernel::assemble(m, where, stores, spike);
  }
};

int count(kernel::program const& p, op code, origin from = origin::computed) {
  int n = 0;
  for (auto const& i : p.code) n += i.code == code && i.from == from;
  return n;
}
}  // namespace

TEST_CASE("what is the same for all elements is a scalar", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const decay = g.make(op::exp, g.negate(g.divide(s.dt, s.Tau)));
  kernel::program const p = s.program({{s.v, g.multiply(s.V, decay)}});
  CHECK(s.where.scalars == ir::list<int>{decay});
  REQUIRE(p.code.size() == 3);
  CHECK(p.code[0].from == origin::array);
  CHECK(p.code[1].from == origin::scalar);
  CHECK(p.code[2].code == op::multiply);
  CHECK(p.spike == ir::none);
  REQUIRE(p.stores.size() == 1);
  CHECK(p.stores[0].array == 0);
  CHECK(p.stores[0].value == 2);
  CHECK_FALSE(p.stores[0].on_spike);
}

TEST_CASE("programs of one model share their scalars", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const once = g.make(op::sqrt, s.Tau), twice = g.make(op::exp, s.dt);
  s.program({{s.v, g.multiply(s.V, once)}});
  kernel::program const p = s.program({{s.v, g.add(g.multiply(s.V, twice), once)}});
  CHECK(s.where.scalars == ir::list<int>{once, twice});
  CHECK(count(p, op::symbol, origin::scalar) == 2);
}

TEST_CASE("a common subexpression is evaluated once", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const e = g.make(op::exp, s.V);
  kernel::program const p =
      s.program({{s.v, g.add(e, s.P)}, {s.p, g.multiply(e, e)}}, g.make(op::less, e, s.P));
  CHECK(count(p, op::exp) == 1);
  CHECK(count(p, op::symbol, origin::array) == 2);
  CHECK(p.code.size() == 6);
  CHECK(p.code[p.spike].code == op::less);
  CHECK(p.code[p.spike].is_mask);
}

TEST_CASE("operands precede their users", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const late =
      g.select(g.make(op::greater, s.P, s.t), g.make(op::sin, s.V), g.random(op::normal, 4));
  kernel::program const p =
      s.program({{s.v, g.add(s.V, late)},
                 {s.p, g.symbol(s.m.declare({.id = "i", .kind = ir::role::index}))}});
  for (int k = 0; k < p.code.size(); ++k) {
    kernel::instruction const& i = p.code[k];
    int const operand[] = {i.a, i.b, i.c};
    if (i.from != origin::computed) continue;
    for (int n = 0; n < ir::operands(i.code); ++n) {
      CHECK(operand[n] >= 0);
      CHECK(operand[n] < k);
    }
  }
  CHECK(count(p, op::normal, origin::draw) == 1);
  CHECK(count(p, op::symbol, origin::time) == 1);
  CHECK(count(p, op::symbol, origin::index) == 1);
}

TEST_CASE("stores that change nothing are left out, those of firing elements are marked",
          "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const spike = g.make(op::greater, s.V, g.literal(1)),
            other = g.make(op::less, s.V, g.literal(0));
  kernel::program const p =
      s.program({{s.v, g.select(spike, g.literal(0), s.V)}, {s.p, s.P}}, spike);
  REQUIRE(p.stores.size() == 1);
  CHECK(p.stores[0].on_spike);
  CHECK_FALSE(s.program({{s.v, g.select(other, g.literal(0), s.V)}}, spike).stores[0].on_spike);
  CHECK_FALSE(s.program({{s.v, g.select(spike, g.literal(0), s.P)}}, spike).stores[0].on_spike);
  CHECK_FALSE(s.program({{s.v, g.select(spike, g.literal(0), s.V)}}).stores[0].on_spike);
}

TEST_CASE("a whole exponent is known to the instruction", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  kernel::program const p = s.program({{s.v, g.make(op::power, s.V, g.literal(3))}});
  CHECK(p.code.back().code == op::power);
  CHECK(p.code.back().value == 3);
}

TEST_CASE("what is the same for all elements in a step is computed by the prologue", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const wave = g.make(op::sin, g.multiply(s.t, s.Tau)), twice = g.multiply(wave, wave);
  ir::assignment const stores[] = {{s.v, g.add(g.multiply(s.V, wave), g.add(twice, s.t))}};
  kernel::program const p = kernel::assemble(s.m, s.where, stores);
  // sin(t tau), its square plus t; the elements take two of these.
  CHECK(p.step_scalars.size() == 2);
  CHECK(count(p, op::sin) == 0);
  CHECK(count(p, op::symbol, origin::step_scalar) == 2);
  CHECK(count(p, op::symbol, origin::time) == 0);
  int sines = 0;
  for (auto const& i : p.prologue) sines += i.code == op::sin && i.from == origin::computed;
  CHECK(sines == 1);
  CHECK(p.prologue[p.step_scalars[0]].code == op::sin);

  sketch other;
  ir::graph& h = other.m.nodes;
  ir::assignment const same[] = {
      {other.v, h.multiply(other.V, h.make(op::sin, h.multiply(other.t, other.Tau)))}};
  kernel::program const plain =
      kernel::assemble(other.m, other.where, same, ir::none, kernel::prologue::without);
  CHECK(plain.prologue.empty());
  CHECK(plain.step_scalars.empty());
  CHECK(count(plain, op::sin) == 1);
  CHECK(count(plain, op::symbol, origin::time) == 1);
}

TEST_CASE("outputs go where their variables live", "[kernel]") {
  ir::model m;
  int const x = m.declare({.id = "x"}),
            level = m.declare({.id = "s", .kind = ir::role::shared_state}),
            far = m.declare({.id = "far", .kind = ir::role::linked});
  int const found = m.declare({.id = "found", .kind = ir::role::adaptive_result});
  kernel::layout where(m.symbols.size());
  where.add_array(far);
  where.add_array(x);
  where.adaptive_results = {found};
  ir::graph& g = m.nodes;
  ir::assignment const stores[] = {{x, g.add(g.symbol(found), g.symbol(far))},
                                   {level, g.multiply(g.symbol(level), g.literal(2))},
                                   {far, g.literal(3)},
                                   {found, g.symbol(x)}};
  kernel::program const p = kernel::assemble(m, where, stores);
  REQUIRE(p.stores.size() == 4);
  CHECK((p.stores[0].to == origin::array && p.stores[0].array == 1));
  CHECK((p.stores[1].to == origin::shared && p.stores[1].array == level));
  CHECK((p.stores[2].to == origin::linked && p.stores[2].array == 0));
  CHECK((p.stores[3].to == origin::adaptive_result && p.stores[3].array == 0));
  CHECK(count(p, op::symbol, origin::linked) == 1);
  CHECK(count(p, op::symbol, origin::adaptive_result) == 1);
}
