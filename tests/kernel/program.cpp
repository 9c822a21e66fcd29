// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/program.hpp>

#include <catch.hpp>

namespace {
using nernst::ir::op;
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::source;

/// A model with a state v, a parameter p, a shared tau, and dt.
struct sketch {
  ir::model m;
  int v = m.declare({"v", ir::role::state, ir::side::here, {}}),
      p = m.declare({"p", ir::role::parameter, ir::side::here, {}});
  int tau = m.declare({"tau", ir::role::shared, ir::side::here, {}});
  int dt = m.time_step(), t = m.time();
  int V = m.nodes.symbol(v), P = m.nodes.symbol(p), Tau = m.nodes.symbol(tau);
  kernel::layout where{{v, p}, {}, {1, 1, 0, 0, 0}, {}};

  kernel::program program(std::vector<ir::assignment> const& stores, int spike = ir::none) {
    return kernel::make_program(m, where, stores, spike);
  }
};

int count(kernel::program const& p, op code, source from = source::computed) {
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
  CHECK(s.where.scalars == std::vector<int>{decay});
  REQUIRE(p.code.size() == 3);
  CHECK(p.code[0].from == source::array);
  CHECK(p.code[1].from == source::scalar);
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
  CHECK(s.where.scalars == std::vector<int>{once, twice});
  CHECK(count(p, op::symbol, source::scalar) == 2);
}

TEST_CASE("a common subexpression is evaluated once", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const e = g.make(op::exp, s.V);
  kernel::program const p =
      s.program({{s.v, g.add(e, s.P)}, {s.p, g.multiply(e, e)}}, g.make(op::less, e, s.P));
  CHECK(count(p, op::exp) == 1);
  CHECK(count(p, op::symbol, source::array) == 2);
  CHECK(p.code.size() == 6);
  CHECK(p.code[static_cast<std::size_t>(p.spike)].code == op::less);
  CHECK(p.code[static_cast<std::size_t>(p.spike)].is_mask);
}

TEST_CASE("operands precede their users", "[kernel]") {
  sketch s;
  ir::graph& g = s.m.nodes;
  int const late =
      g.select(g.make(op::greater, s.P, s.t), g.make(op::sin, s.V), g.random(op::normal, 4));
  kernel::program const p = s.program(
      {{s.v, g.add(s.V, late)}, {s.p, g.symbol(s.m.declare({"i", ir::role::index, {}, {}}))}});
  for (std::size_t k = 0; k < p.code.size(); ++k) {
    kernel::instruction const& i = p.code[k];
    int const operand[] = {i.a, i.b, i.c};
    if (i.from != source::computed) continue;
    for (int n = 0; n < ir::operands(i.code); ++n) {
      CHECK(operand[n] >= 0);
      CHECK(operand[n] < static_cast<int>(k));
    }
  }
  CHECK(count(p, op::normal, source::draw) == 1);
  CHECK(count(p, op::symbol, source::time) == 1);
  CHECK(count(p, op::symbol, source::index) == 1);
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
