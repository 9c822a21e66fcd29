// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
template <class V>
concept HasDerivative = requires(V x) { d(x) / dt; };
template <class V, class T>
concept Divides = requires(V x, T y) { d(x) / y; };
template <class L>
concept CanFreeze = requires(L l) { l | unless_refractory; };

constexpr auto leak = d(v) / dt = -v / (20 * ms);
static_assert(leak.flag == equation_flag::none);
}  // namespace

TEST_CASE("an equation has a state on its left", "[language]") {
  STATIC_REQUIRE(HasDerivative<decltype(v)>);
  STATIC_REQUIRE(!HasDerivative<decltype(post(v))>);
  STATIC_REQUIRE(!Divides<decltype(v), decltype(t)>);
  STATIC_REQUIRE(!Divides<decltype(v), double>);
}

TEST_CASE("an equation keeps what was written", "[language]") {
  ir::model const m = lower(neuron(d(v) / dt = (I - w) / (281 * pF), d(w) / dt = 0 * nA / second));
  CHECK(ir::to_string(m) == "dv/dt = (I - w)/(281*pF) : V\ndw/dt = 0*(A/s) : A\n");
}

TEST_CASE("unless_refractory binds after the formula and before the equation", "[language]") {
  STATIC_REQUIRE(CanFreeze<decltype(v)>);
  STATIC_REQUIRE(CanFreeze<double>);
  STATIC_REQUIRE(!CanFreeze<condition<3>>);
  ir::model const m = lower(neuron(d(v) / dt = v / ms + v / second | unless_refractory,
                                   d(x) / dt = 1 / second | unless_refractory, d(w) / dt = w / ms));
  REQUIRE(m.equations.size() == 3);
  CHECK(m.equations[0].unless_refractory);
  CHECK(m.equations[1].unless_refractory);
  CHECK_FALSE(m.equations[2].unless_refractory);
  CHECK(ir::to_string(m, m.equations[0].rhs) == "v/(1*ms) + v/(1*s)");
}

TEST_CASE("equations of synapses follow events or the clock", "[language]") {
  auto const y = state<"y">(one);
  auto const g = parameter<"g">(volt);
  ir::model const m = lower(synapse(d(x) / dt = -x / (20 * ms) | event_driven,
                                    d(v) / dt = (g - v) / (5 * ms) | clock_driven,
                                    d(y) / dt = -y / ms, on_pre(x += 1)));
  CHECK(ir::to_string(m) == "dx/dt = -x/(20*ms) : 1 (event-driven)\ndv/dt = (g - v)/(5*ms) : V\n"
                            "dy/dt = -y/(1*ms) : 1\non_pre: x += 1\n");
  CHECK(m.equations[0].event_driven);
  CHECK_FALSE(m.equations[1].event_driven);
  CHECK_FALSE(m.equations[2].event_driven);
  CHECK(ir::check(m).ok());
}
