// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
constexpr auto noise =
    neuron(threshold(uniform() < 0.5 and uniform() < 0.5), reset(x = randn(), v = randn() * mV));
static_assert(lower(noise).reset.size() == 2);
}  // namespace

TEST_CASE("each call of a random function is a draw of its own", "[language]") {
  ir::model const m = lower(noise);
  CHECK(ir::to_string(m) == "threshold: uniform(0) < 0.5 and uniform(1) < 0.5\nreset: x = "
                            "normal(2)\nreset: v = normal(3)*(1*mV)\n");
  CHECK(text(uniform() - uniform()) == "uniform(0) - uniform(1)");
  CHECK(text(uniform<"u">() * uniform() + uniform<"u">()) == "uniform(0)*uniform(1) + uniform(0)");
  CHECK(text(randn<"u">() + uniform<"u">() + randn<"z">() + randn<"u">()) ==
        "normal(0) + uniform(1) + normal(2) + normal(0)");
}

TEST_CASE("a statement sees those before it", "[language]") {
  ir::model const m = lower(neuron(reset(x = 2, v = x * mV, x += 1, w = x * volt * siemens)));
  REQUIRE(m.reset.size() == 3);
  CHECK(ir::to_string(m) == "reset: x = 3\nreset: v = 2*mV\nreset: w = 3*A\n");
}

TEST_CASE("statements of one block do not reach another", "[language]") {
  ir::model const m = lower(neuron(reset(x = 2), threshold(x > 1), d(x) / dt = x / second));
  CHECK(ir::to_string(m) == "dx/dt = x/(1*s) : 1\nthreshold: x > 1\nreset: x = 2\n");
}

TEST_CASE("swapping needs a third variable, as on paper", "[language]") {
  auto const y = state<"y">(one);
  ir::model const m = lower(neuron(reset(x = y, y = x)));
  CHECK(ir::to_string(m) == "reset: x = y\nreset: y = y\n");
}

TEST_CASE("a variable is one symbol per owner", "[language]") {
  ir::model const m = lower(synapse(on_pre(post(v) += v + pre(v) + post(v))));
  CHECK(m.symbols.size() == 3);
  CHECK(ir::to_string(m) == "on_pre: v_post += v + v_pre + v_post\n");
}

TEST_CASE("one name with two units is found by the check", "[language]") {
  auto const other = state<"v">(ampere);
  CHECK(ir::check(lower(neuron(d(v) / dt = v / ms, threshold(v > 1 * mV)))).ok());
  CHECK(ir::check(lower(neuron(d(v) / dt = v / ms, threshold(other > 1 * mA)))).what ==
        ir::mistake::dimension_mismatch);
}

TEST_CASE("literals carry their unit", "[language]") {
  ir::model const m = lower(neuron(reset(v = v + 16.2 * mV)));
  ir::node const sum = m.nodes[m.reset[0].value];
  REQUIRE(sum.code == ir::op::add);
  CHECK(m.nodes[sum.b].unit == ir::units::volt);
  CHECK(m.nodes[sum.b].value == Approx(0.0162));
}

TEST_CASE("one name has one meaning", "[language]") {
  auto const parameter_x = parameter<"x">(one);
  ir::model const m = lower(neuron(d(x) / dt = x / second, threshold(parameter_x > 1)));
  ir::diagnosis found = ir::check(m);
  CHECK(found.line == parameter_x.declared.line);
  found.line = 0;
  CHECK(ir::to_text(found) == "the variable 'x' is defined more than once");
}

TEST_CASE("a mistake in an equation has the line of the equation", "[language]") {
  int const line = __LINE__ + 1;
  auto const written = neuron(d(x) / dt = x / second | unless_refractory);
  ir::diagnosis const found = ir::check(lower(written));
  CHECK(found.what == ir::mistake::missing_refractory);
  CHECK(found.line == line);
  CHECK(found.column > 0);
}

TEST_CASE("a synapse in C++ needs no symbols of its neurons", "[language]") {
  auto const written = synapse(on_pre(post(v) += 1 * mV));
  CHECK(ir::to_string(lower(written, {}, {})) == ir::to_string(lower(written)));
}
