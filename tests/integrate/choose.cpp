// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;
using test::draft;

namespace {

constexpr void write_linear(draft& d) {
  auto const v = d.state("v");
  d.equation(v, (2 - v) / 0.01);
}
constexpr void write_nonlinear(draft& d) {
  auto const v = d.state("v"), m = d.state("m");
  d.equation(v, m - v);
  d.equation(m, m * m * v - m);
}

struct result {
  ir::text reason;
  ir::method_id method = ir::method_id::automatic;
  bool ok = false;
  ir::diagnosis diagnosis;
};

template <class Write>
constexpr result chosen(Write write, ir::method_id asked = ir::method_id::automatic) {
  draft d;
  write(d);
  d.model.method = asked;
  auto const c = integrate::choose(d.model);
  return {c.reason, c.method, c.ok, c.diagnosis};
}

constexpr auto linear = chosen(write_linear);
static_assert(linear.ok && linear.method == ir::method_id::exact && linear.reason == "linear with constant coefficients");

constexpr auto nonlinear = chosen(write_nonlinear);
static_assert(nonlinear.ok && nonlinear.method == ir::method_id::euler);
static_assert(nonlinear.reason == "exact: dm/dt is not linear; euler accepts everything deterministic");

constexpr auto refused = chosen(write_nonlinear, ir::method_id::exact);
static_assert(!refused.ok && refused.diagnosis.what == ir::mistake::unsuitable_method && refused.diagnosis.where == "exact");
static_assert(refused.diagnosis.expected == "linear with constant coefficients" && refused.diagnosis.found == "dm/dt is not linear");

}  // namespace

TEST_CASE("a model gets the method that it asks for") {
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, euler, rk2, rk4}) {
    auto const c = chosen(write_linear, id);
    CHECK(c.ok);
    CHECK(c.method == id);
  }
  CHECK_FALSE(chosen(write_nonlinear, exponential_euler).ok);
  CHECK(chosen(write_nonlinear, rk4).ok);
}

TEST_CASE("the automatic choice tries exact before euler") {
  CHECK(chosen(write_linear).method == ir::method_id::exact);
  CHECK(chosen(write_nonlinear).method == ir::method_id::euler);
  auto const in_time = chosen([](draft& d) {
    auto const v = d.state("v");
    d.equation(v, d.t() - v);
  });
  CHECK(in_time.method == ir::method_id::euler);
  CHECK(in_time.reason == "exact: dv/dt: coefficients depend on t; euler accepts everything deterministic");
  auto const constant = chosen([](draft& d) { d.equation(d.state("v"), d.number(3)); });
  CHECK(constant.method == ir::method_id::exact);
}

TEST_CASE("a model without equations needs no method") {
  draft d;
  d.state("w");
  auto const c = integrate::choose(d.model);
  REQUIRE(c.ok);
  CHECK(integrate::integrate(d.model, c).update.empty());
}

TEST_CASE("a refusal says what was wanted and what was found") {
  CHECK(to_text(refused.diagnosis) ==
        "the method 'exact' cannot integrate these equations: expected linear with constant coefficients, found dm/dt is not linear");
  auto const gating = chosen(write_nonlinear, ir::method_id::exponential_euler);
  CHECK(to_text(gating.diagnosis) == "the method 'exponential_euler' cannot integrate these equations: expected dx/dt linear in x "
                                     "itself, found dm/dt is not linear in m");
}

TEST_CASE("random draws in an equation suit no method") {
  auto const noisy = [](draft& d) {
    auto const v = d.state("v");
    d.equation(v, test::formula{&d.model, d.model.nodes.random(ir::op::normal, 0)} - v);
  };
  auto const c = chosen(noisy);
  CHECK_FALSE(c.ok);
  CHECK(c.diagnosis.what == ir::mistake::no_suitable_method);
  CHECK(to_text(c.diagnosis) == "no integration method suits the equation of 'v', found dv/dt draws random numbers");
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, euler, rk2, rk4}) {
    auto const named = chosen(noisy, id);
    CHECK_FALSE(named.ok);
    CHECK(named.diagnosis.what == ir::mistake::unsuitable_method);
    CHECK(named.diagnosis.found == "dv/dt draws random numbers");
  }
}

TEST_CASE("the flag unless_refractory changes nothing while the element is active") {
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, euler, rk2, rk4}) {
    double v[3] = {}, w[3] = {};
    for (int variant = 0; variant < 3; ++variant) {
      draft d;
      auto const x = d.state("v"), y = d.state("w");
      d.equation(x, (y - x) / 0.01, variant != 0);
      d.equation(y, (0.5 * x - y) / 0.02, variant == 2);
      d.model.method = id;
      auto const c = integrate::choose(d.model);
      REQUIRE(c.ok);
      auto const p = integrate::integrate(d.model, c);
      test::stepper s(d.model, p, 1e-4);
      s["v"] = 1;
      s["w"] = -1;
      s.run(100);
      v[variant] = s["v"];
      w[variant] = s["w"];
    }
    CAPTURE(static_cast<int>(id));
    CHECK(v[1] == v[0]);
    CHECK(w[1] == w[0]);
    CHECK(v[2] == v[0]);
    CHECK(w[2] == w[0]);
  }
}

TEST_CASE("a flagged state stands still while refractory, and others see it so") {
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, euler, rk2, rk4}) {
    draft d;
    auto const x = d.state("v"), y = d.state("w");
    d.equation(x, (y - x) / 0.01, true);
    d.equation(y, (x - y) / 0.02);
    d.model.method = id;
    auto const c = integrate::choose(d.model);
    REQUIRE(c.ok);
    auto const p = integrate::integrate(d.model, c);
    test::stepper s(d.model, p, 1e-4);
    s["v"] = 1;
    s["w"] = -1;
    s.set_active(false);
    s.run(100);
    CAPTURE(static_cast<int>(id));
    CHECK(s["v"] == 1);
    CHECK(s["w"] == Approx(1 - 2 * std::exp(-0.5)).epsilon(id == euler ? 1e-2 : id == rk2 ? 1e-4 : 1e-8));
  }
}
