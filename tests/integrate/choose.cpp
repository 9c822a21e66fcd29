// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/ir/inline_subexpressions.hpp>

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
  ir::phrase reason;
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
static_assert(linear.ok && linear.method == ir::method_id::exact &&
              linear.reason == "linear with constant coefficients");

constexpr auto nonlinear = chosen(write_nonlinear);
static_assert(nonlinear.ok && nonlinear.method == ir::method_id::euler);
static_assert(nonlinear.reason ==
              "exact: dm/dt is not linear; euler accepts everything deterministic");

constexpr auto refused = chosen(write_nonlinear, ir::method_id::exact);
static_assert(!refused.ok && refused.diagnosis.what == ir::mistake::unsuitable_method &&
              refused.diagnosis.where == "exact");
static_assert(refused.diagnosis.expected == "linear with constant coefficients" &&
              refused.diagnosis.found == "dm/dt is not linear");

}  // namespace

TEST_CASE("a model gets the method that it asks for") {
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, euler, rk2, rk4, heun, milstein}) {
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
  CHECK(in_time.reason ==
        "exact: dv/dt: coefficients depend on t; euler accepts everything deterministic");
  // In the order of Brian 2, where a state that only occurs linearly in its own equation is no
  // reason for exponential_euler.
  auto const gating = chosen([](draft& d) {
    auto const v = d.state("v"), w = d.state("w");
    d.equation(v, -(v + w * w) / 0.01);
    d.equation(w, -w * v);
  });
  CHECK(gating.method == ir::method_id::euler);
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
        "the method 'exact' cannot integrate these equations: expected linear with constant "
        "coefficients, found dm/dt is not linear");
  auto const gating = chosen(write_nonlinear, ir::method_id::exponential_euler);
  CHECK(
      to_text(gating.diagnosis) ==
      "the method 'exponential_euler' cannot integrate these equations: expected dx/dt linear in x "
      "itself, found dm/dt is not linear in m");
}

TEST_CASE("random draws in an equation suit euler only") {
  auto const noisy = [](draft& d) {
    auto const v = d.state("v");
    d.equation(v, test::formula{&d.model, d.model.draw(ir::op::normal)} - v);
  };
  auto const c = chosen(noisy);
  CHECK(c.ok);
  CHECK(c.method == ir::method_id::euler);
  CHECK(c.reason == "exact: dv/dt draws random numbers; euler accepts random numbers");
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, rk2, rk4, heun, milstein}) {
    auto const named = chosen(noisy, id);
    CHECK_FALSE(named.ok);
    CHECK(named.diagnosis.what == ir::mistake::unsuitable_method);
    CHECK(named.diagnosis.found == "dv/dt draws random numbers");
  }
}

TEST_CASE("random draws beside multiplicative noise suit no method") {
  auto const c = chosen([](draft& d) {
    auto const v = d.state("v");
    d.equation(v, test::formula{&d.model, d.model.draw(ir::op::normal)} - v * d.xi());
  });
  CHECK_FALSE(c.ok);
  CHECK(c.diagnosis.what == ir::mistake::no_suitable_method);
  CHECK(to_text(c.diagnosis) ==
        "no integration method suits the equation of 'v', found dv/dt draws random numbers");
}

namespace {
constexpr void write_additive(draft& d) {
  auto const v = d.state("v");
  d.equation(v, -v / 0.01 + 0.1 * d.xi());
}
constexpr void write_multiplicative(draft& d) {
  auto const v = d.state("v");
  d.equation(v, -v / 0.01 + 0.1 * v * d.xi());
}
}  // namespace

TEST_CASE("each method accepts the noise that it accepts in Brian 2") {
  using enum ir::method_id;
  for (auto const id : {exact, exponential_euler, rk2, rk4}) {
    CHECK(chosen(write_linear, id).ok);
    CHECK_FALSE(chosen(write_additive, id).ok);
    CHECK_FALSE(chosen(write_multiplicative, id).ok);
    CHECK(chosen(write_additive, id).diagnosis.found == "dv/dt has noise");
  }
  CHECK(chosen(write_additive, euler).ok);
  CHECK_FALSE(chosen(write_multiplicative, euler).ok);
  CHECK(chosen(write_multiplicative, euler).diagnosis.found == "dv/dt has multiplicative noise");
  for (auto const id : {heun, milstein}) {
    CHECK(chosen(write_linear, id).ok);
    CHECK(chosen(write_additive, id).ok);
    CHECK(chosen(write_multiplicative, id).ok);
  }
}

TEST_CASE("the automatic choice follows the noise as in Brian 2") {
  CHECK(chosen(write_linear).method == ir::method_id::exact);
  CHECK(chosen(write_additive).method == ir::method_id::euler);
  CHECK(chosen(write_additive).reason == "exact: dv/dt has noise; euler accepts additive noise");
  CHECK(chosen(write_multiplicative).method == ir::method_id::heun);
  CHECK(chosen(write_multiplicative).reason ==
        "exact: dv/dt has noise; euler: dv/dt has multiplicative noise; heun accepts any noise");
}

namespace {
// Synaptic currents that decay by themselves, a driven filter of one of them, and a membrane that
// is not linear.
constexpr void write_membrane(draft& d) {
  auto const v = d.state("v"), w = d.state("w"), g = d.state("g"), h = d.state("h"),
             r = d.state("r");
  d.equation(v, v * v - w + g + h);
  d.equation(w, v - w);
  d.equation(g, -g / 0.005, true);
  d.equation(h, g - h / 0.02);
  d.equation(r, r * d.t());
}

template <class Write>
integrate::choice choice_for(draft& d, Write write,
                             ir::method_id asked = ir::method_id::automatic) {
  write(d);
  d.model.method = asked;
  return integrate::choose(d.model);
}
}  // namespace

TEST_CASE("the linear part that needs nothing of the rest is solved exactly") {
  draft d;
  auto const c = choice_for(d, write_membrane);
  REQUIRE(c.ok);
  CHECK(c.name == "mixed");
  CHECK(c.method == ir::method_id::automatic);
  CHECK(c.reason == "exact for g h; euler for v w r");
  REQUIRE(c.groups.size() == 2);
  CHECK(c.groups[0].equations == ir::list<int>{2, 3});
  CHECK(c.groups[0].reason == "linear with constant coefficients, independent of the others");
  CHECK(c.groups[1].equations == ir::list<int>{0, 1, 4});
  CHECK(c.groups[1].reason == "exact: dv/dt is not linear; euler accepts everything deterministic");
  CHECK(c.of(3)->name == "exact");
  CHECK(c.of(4)->name == "euler");
  CHECK(c.of(5) == nullptr);

  auto const p = integrate::integrate(d.model, c);
  REQUIRE(p.update.size() == 5);
  for (int i = 0; i < 5; ++i) CHECK(p.update[i].symbol == d.model.equations[i].symbol);
  // g stands still while refractory, which h sees: a second propagator
  REQUIRE(p.exact.size() == 2);
  CHECK(p.exact[0].equations == ir::list<int>{2, 3});

  test::stepper s(d.model, p, 1e-3);
  s["g"] = 0.8;
  s["v"] = 0.1;
  s["w"] = 0.2;
  s.run(1);
  CHECK(s["v"] == Approx(0.1 + 1e-3 * (0.01 - 0.2 + 0.8)).epsilon(1e-14));
  CHECK(s["w"] == Approx(0.2 + 1e-3 * (0.1 - 0.2)).epsilon(1e-14));
  s.run(9);
  double const t = 0.01, fast = std::exp(-t / 0.005), slow = std::exp(-t / 0.02);
  CHECK(s["g"] == Approx(0.8 * fast).epsilon(1e-13));
  CHECK(s["h"] == Approx(0.8 * (slow - fast) / (1 / 0.005 - 1 / 0.02)).epsilon(1e-13));
}

TEST_CASE(
    "with multiplicative noise the rest goes to heun, and its states are those of heun for all") {
  auto const write = [](draft& d) {
    auto const v = d.state("v"), g = d.state("g");
    d.equation(v, -v + g + v * d.xi());
    d.equation(g, -g);
  };
  draft split, whole;
  auto const c = choice_for(split, write);
  REQUIRE(c.ok);
  CHECK(c.reason == "exact for g; heun for v");
  auto const all = choice_for(whole, write, ir::method_id::heun);
  test::stepper a(split.model, integrate::integrate(split.model, c), 0.1),
      b(whole.model, integrate::integrate(whole.model, all), 0.1);
  for (auto* s : {&a, &b}) {
    s->draws = {0.4};
    (*s)["v"] = 1;
    (*s)["g"] = 2;
    s->run(1);
  }
  CHECK(a["v"] == b["v"]);
  CHECK(a["g"] == Approx(2 * std::exp(-0.1)).epsilon(1e-15));
  CHECK(b["g"] == Approx(2 * 0.9).epsilon(1e-15));
}

TEST_CASE("an equation that asks for a method gets it") {
  draft d;
  auto const v = d.state("v"), m = d.state("m"), g = d.state("g");
  using enum ir::method_id;
  d.equation(v, m * v - g, false, rk4);
  d.equation(m, (1 - m) * v - m, false, exponential_euler);
  d.equation(g, -g);
  d.model.method = rk2;
  auto const c = integrate::choose(d.model);
  REQUIRE(c.ok);
  CHECK(c.reason == "rk4 for v; exponential_euler for m; rk2 for g");
  test::stepper s(d.model, integrate::integrate(d.model, c), 0.1);
  s["v"] = 0.5;
  s["m"] = 0.3;
  s["g"] = 0.2;
  s.run(1);
  // m and g are held while v moves, and v and g while m does
  double const a = 0.3, b = -0.2, x = 0.1 * a;
  double const growth = 1 + x + x * x / 2 + x * x * x / 6 + x * x * x * x / 24;
  CHECK(s["v"] == Approx((0.5 + b / a) * growth - b / a).epsilon(1e-14));
  CHECK(s["m"] == Approx(1. / 3 + (0.3 - 1. / 3) * std::exp(-0.15)).epsilon(1e-14));
  CHECK(s["g"] == Approx(0.2 * (1 - 0.1 + 0.005)).epsilon(1e-14));
}

TEST_CASE("equations with different methods share the draw of a noise") {
  draft d;
  auto const v = d.state("v"), w = d.state("w");
  using enum ir::method_id;
  d.equation(v, d.xi("xi_a"), false, euler);
  d.equation(w, d.xi("xi_a"), false, heun);
  auto const c = integrate::choose(d.model);
  REQUIRE(c.ok);
  auto const p = integrate::integrate(d.model, c);
  CHECK(d.model.draws == 1);
  test::stepper s(d.model, p, 0.1);
  s.draws = {0.7};
  s.run(1);
  CHECK(s["v"] == Approx(0.7 * std::sqrt(0.1)).epsilon(1e-15));
  CHECK(s["w"] == Approx(s["v"]).epsilon(1e-15));
}

TEST_CASE("a refusal in one group is a refusal of the model") {
  draft d;
  auto const v = d.state("v"), m = d.state("m");
  d.equation(v, -v);
  d.equation(m, -m * m, false, ir::method_id::exact);
  auto const c = integrate::choose(d.model);
  CHECK_FALSE(c.ok);
  CHECK(c.groups.empty());
  CHECK(to_text(c.diagnosis) == "the method 'exact' cannot integrate these equations: expected "
                                "linear with constant coefficients, found dm/dt is not linear");
}

TEST_CASE("refractoriness without spikes changes no path of a stochastic method") {
  using enum ir::method_id;
  for (auto const id : {euler, heun, milstein}) {
    double v[2] = {};
    for (int flagged = 0; flagged < 2; ++flagged) {
      draft d;
      auto const x = d.state("v");
      d.equation(x, -x / 0.01 + d.xi(), flagged != 0);
      d.model.method = id;
      auto const c = integrate::choose(d.model);
      REQUIRE(c.ok);
      test::stepper s(d.model, integrate::integrate(d.model, c), 1e-4);
      s.draws = {0.5};
      s["v"] = 1. / 11;
      s.run(100);
      v[flagged] = s["v"];
    }
    CHECK(v[1] == v[0]);
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
    CHECK(s["w"] == Approx(1 - 2 * std::exp(-0.5))
                        .epsilon(id == euler ? 1e-2
                                 : id == rk2 ? 1e-4
                                             : 1e-8));
  }
}

TEST_CASE("no method sees whether an expression has a name") {
  using enum ir::method_id;
  for (auto const id : {euler, exponential_euler, rk2, rk4}) {
    double v[2] = {};
    for (int named = 0; named < 2; ++named) {
      draft d;
      auto const x = d.state("v");
      auto const drive = sin(2 * 3.141592653589793 * 100 * d.t()) - x;
      if (named != 0) {
        auto const I = d.variable("I", ir::role::subexpression);
        d.model.subexpressions.push_back({d.model.nodes[I.node].which, drive.node});
        d.equation(x, I / 0.01);
        ir::inline_subexpressions(d.model);
      } else {
        d.equation(x, drive / 0.01);
      }
      d.model.method = id;
      auto const c = integrate::choose(d.model);
      REQUIRE(c.ok);
      test::stepper s(d.model, integrate::integrate(d.model, c), 1e-4);
      s["v"] = 1;
      s.run(100);
      v[named] = s["v"];
    }
    CHECK(v[0] == v[1]);
  }
}
