// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "stepper.hpp"
#include <algorithm>
#include <random>

using namespace nernst;
using integrate::exact;
using test::draft;
using test::stepper;

namespace {

auto close_to(double x) {
  return Approx(x).epsilon(1e-12).margin(1e-12);
}

constexpr void write_cuba(draft& d) {
  auto const v = d.state("v", ir::units::volt), g_e = d.state("g_e", ir::units::volt),
             g_i = d.state("g_i", ir::units::volt);
  auto const ms = [&d](double x) { return d.number(x * 1e-3, ir::units::second); };
  d.equation(v, (g_e + g_i - (v - d.number(-49e-3, ir::units::volt))) / ms(20), true);
  d.equation(g_e, -g_e / ms(5));
  d.equation(g_i, -g_i / ms(10));
}

}  // namespace

TEST_CASE("exact: decay towards a constant") {
  draft d;
  auto const v = d.state("v");
  d.equation(v, (3 - v) / 0.02);
  auto const p = test::integrate_with<exact>(d.model);
  REQUIRE(p.exact.size() == 1);
  CHECK(p.exact[0].order == 2);
  CHECK_FALSE(p.exact[0].per_element);
  stepper s(d.model, p, 1e-3);
  s["v"] = -7;
  s.run(50);
  CHECK(s["v"] == close_to(3 - 10 * std::exp(-2.5)));
}

TEST_CASE("exact: decay needs a matrix of one entry only") {
  draft d;
  auto const v = d.state("v");
  d.equation(v, -v / 0.01);
  auto const p = test::integrate_with<exact>(d.model);
  REQUIRE(p.exact.size() == 1);
  CHECK(p.exact[0].order == 1);
  stepper s(d.model, p, 1e-4);  // Brian 2, test_synaptic_equations: w = i exp(-1) after 10 ms
  s["v"] = 7;
  s.run(100);
  CHECK(s["v"] == close_to(7 * std::exp(-1.0)));
}

TEST_CASE("exact: singular systems") {
  draft d;
  auto const x = d.state("x"), y = d.state("y"), z = d.state("z"), still = d.state("still");
  d.equation(x, y);
  d.equation(y, z);
  d.equation(z, d.number(6));
  d.equation(still, d.number(0));
  auto const p = test::integrate_with<exact>(d.model);
  stepper s(d.model, p, 0.125);
  s["x"] = 1;
  s["y"] = 2;
  s["z"] = 3;
  s["still"] = 4;
  s.run(16);
  CHECK(s["x"] == close_to(1 + 2 * 2 + 3 * 2 + 8));
  CHECK(s["y"] == close_to(2 + 3 * 2 + 12));
  CHECK(s["z"] == close_to(3 + 12));
  CHECK(s["still"] == 4);
}

TEST_CASE("exact: a defective matrix, the critically damped oscillator") {
  draft d;
  auto const x = d.state("x"), v = d.state("v");
  d.equation(x, v);
  d.equation(v, -100 * x - 20 * v);
  auto const p = test::integrate_with<exact>(d.model);
  stepper s(d.model, p, 0.01);
  s["x"] = 1;
  s["v"] = 5;
  s.run(30);
  CHECK(s["x"] == close_to((1 + 15 * 0.3) * std::exp(-3.0)));
  CHECK(s["v"] == close_to((5 - 150 * 0.3) * std::exp(-3.0)));
}

TEST_CASE("exact: an oscillator, with complex eigenvalues") {
  CHECK(test::oscillator_error<exact>(3) < 1e-12);
  CHECK(test::oscillator_error<exact>(100) < 1e-12);
}

TEST_CASE("exact: CUBA") {
  draft d;
  write_cuba(d);
  auto const p = test::integrate_with<exact>(d.model);
  REQUIRE(p.exact.size() == 1);
  CHECK(p.exact[0].order == 4);
  CHECK(p.exact[0].equations == ir::list<int>{0, 1, 2});
  int used = 0;
  for (int const c : p.exact[0].coefficient) used += c != ir::none;
  CHECK(used == 6);
  for (auto const* id : {"P_v_v", "P_v_g_e", "P_v_g_i", "Q_v", "P_g_e_g_e", "P_g_i_g_i"})
    CHECK(d.model.find(id) != ir::none);

  stepper s(d.model, p, 1e-4);
  s["v"] = -60e-3;
  s["g_e"] = 5e-3;
  s["g_i"] = -9e-3;
  s.run(120);
  double const t = 12, m = 20, E = -49e-3;
  auto const synapse = [&](double g, double tau) {
    return g * tau / (m - tau) * (std::exp(-t / m) - std::exp(-t / tau));
  };
  CHECK(s["g_e"] == close_to(5e-3 * std::exp(-t / 5)));
  CHECK(s["v"] ==
        Approx(E + (-60e-3 - E) * std::exp(-t / m) + synapse(5e-3, 5) + synapse(-9e-3, 10))
            .epsilon(1e-13));

  double const before = s["v"], conductance = s["g_e"];
  s.set_active(false);
  s.run(50);
  CHECK(s["v"] == before);
  CHECK(s["g_e"] == close_to(conductance * std::exp(-1.0)));
}

TEST_CASE("exact: the sum runs over the diagonal, then the others, then the constant") {
  draft d;
  write_cuba(d);
  auto const p = test::integrate_with<exact>(d.model);
  auto& g = d.model.nodes;
  auto const of = [&](std::string_view id) { return g.symbol(d.model.find(id)); };
  auto const product = [&](std::string_view a, std::string_view b) {
    return g.multiply(of(a), of(b));
  };
  int const sum = g.add(
      g.add(g.add(product("P_v_v", "v"), product("P_v_g_e", "g_e")), product("P_v_g_i", "g_i")),
      of("Q_v"));
  CHECK(p.update[0].value == g.select(d.model.not_refractory(), sum, of("v")));
  CHECK(p.update[1].value == product("P_g_e_g_e", "g_e"));
}

TEST_CASE("exact: coefficients have units") {
  draft d;
  auto const v = d.state("v", ir::units::volt), i = d.state("i", ir::units::ampere);
  auto const b = d.variable("b", ir::role::parameter, ir::units::ampere / ir::units::second);
  auto const second = d.number(1, ir::units::second);
  d.equation(v, i / d.number(1, ir::units::farad) - v / second);
  d.equation(i, b - i / second);
  test::integrate_with<exact>(d.model);
  auto const unit = [&](std::string_view id) { return d.model.at(d.model.find(id)).unit; };
  CHECK(unit("P_v_v") == ir::units::one);
  CHECK(unit("P_v_i") == ir::units::ohm);
  CHECK(unit("S_v_i") == ir::units::ohm * ir::units::second);
  CHECK(unit("S_i_i") == ir::units::second);
}

TEST_CASE("exact: equations that do not read each other get propagators of their own") {
  draft d;
  auto const a = d.state("a"), b = d.state("b"), c = d.state("c"), e = d.state("e");
  d.equation(a, -a);
  d.equation(b, c - b);
  d.equation(c, -2 * c);
  d.equation(e, a - e);
  auto const p = test::integrate_with<exact>(d.model);
  REQUIRE(p.exact.size() == 2);
  CHECK(p.exact[0].equations == ir::list<int>{0, 3});
  CHECK(p.exact[1].equations == ir::list<int>{1, 2});
  for (int i = 0; i < 4; ++i) CHECK(p.update[i].symbol == i);
}

TEST_CASE("exact: what reads a frozen state gets a second propagator") {
  for (bool const active : {true, false}) {
    draft d;
    auto const v = d.state("v"), w = d.state("w"), u = d.state("u");
    d.equation(v, u - v / 0.5, true);
    d.equation(w, (3 * v - w) / 0.25 + 1);
    d.equation(u, -u);
    auto const p = test::integrate_with<exact>(d.model);
    REQUIRE(p.exact.size() == 2);
    CHECK(d.model.find("Pr_w_v") != ir::none);
    CHECK(d.model.find("Pr_u_u") == ir::none);
    stepper s(d.model, p, 0.01);
    s["v"] = 2;
    s["w"] = -1;
    s["u"] = 4;
    s.set_active(active);
    s.run(20);
    CHECK(s["u"] == close_to(4 * std::exp(-0.2)));
    if (active) {
      draft plain;
      auto const v2 = plain.state("v"), w2 = plain.state("w"), u2 = plain.state("u");
      plain.equation(v2, u2 - v2 / 0.5);
      plain.equation(w2, (3 * v2 - w2) / 0.25 + 1);
      plain.equation(u2, -u2);
      auto const q = test::integrate_with<exact>(plain.model);
      stepper r(plain.model, q, 0.01);
      r["v"] = 2;
      r["w"] = -1;
      r["u"] = 4;
      r.run(20);
      CHECK(s["v"] == r["v"]);
      CHECK(s["w"] == r["w"]);
    } else {
      CHECK(s["v"] == 2);
      double const target = 3 * 2 + 0.25;
      CHECK(s["w"] == close_to(target + (-1 - target) * std::exp(-0.2 / 0.25)));
    }
  }
}

TEST_CASE("exact: slopes that differ between elements make the propagator differ") {
  draft d;
  auto const v = d.state("v"), g = d.state("g"), tau = d.variable("tau", ir::role::parameter);
  d.equation(v, (g - v + 2) / tau);
  d.equation(g, -g);
  auto const p = test::integrate_with<exact>(d.model);
  REQUIRE(p.exact.size() == 1);
  CHECK(p.exact[0].per_element);
  CHECK(p.exact[0].order == 3);
}

TEST_CASE(
    "exact: constants that differ between elements or steps are inputs of a common propagator") {
  draft d;
  auto const v = d.state("v"), g = d.state("g"), I = d.variable("I", ir::role::parameter),
             level = d.state("level");
  d.equation(v, (I + g - v) / 0.1);
  d.equation(g, (level - g) / 0.05);
  auto const p = test::integrate_with<exact>(d.model);
  REQUIRE(p.exact.size() == 1);
  CHECK_FALSE(p.exact[0].per_element);
  CHECK(p.exact[0].order == 4);
  stepper s(d.model, p, 0.01);
  s["v"] = 1;
  s["g"] = 0.5;
  s["I"] = 3;
  s["level"] = 2;
  auto const g_at = [](double t) { return 2 - 1.5 * std::exp(-t / 0.05); };
  // dv/dt = (5 - 1.5 exp(-t/0.05) - v)/0.1
  auto const v_at = [](double t) {
    return 5 + 1.5 * std::exp(-t / 0.05) - 5.5 * std::exp(-t / 0.1);
  };
  s.run(10);
  CHECK(s["g"] == close_to(g_at(0.1)));
  CHECK(s["v"] == close_to(v_at(0.1)));
  s["level"] = 0;
  double const g0 = s["g"];
  s.run(10);
  CHECK(s["g"] == close_to(g0 * std::exp(-2.0)));
}

TEST_CASE("exact: one equation on its own may have a slope that changes between steps") {
  draft d;
  auto const v = d.state("v"), g = d.state("g");
  d.equation(v, g * (2 - v));
  REQUIRE(test::accepts<exact>(d.model).ok);
  auto const p = test::integrate_with<exact>(d.model);
  CHECK(p.exact.empty());
  stepper s(d.model, p, 0.1);
  s["v"] = 0;
  s["g"] = 3;
  s.run(2);
  CHECK(s["v"] == close_to(2 - 2 * std::exp(-0.6)));
  s["g"] = 0;
  double const before = s["v"];
  s.run(2);
  CHECK(s["v"] == before);
}

TEST_CASE("exact: random systems take the same way in one long step as in many short ones") {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> entry(-3, 3);
  for (int round = 0; round < 50; ++round) {
    draft d;
    int const n = 1 + round % 6;
    ir::list<test::formula> x;
    for (int i = 0; i < n; ++i) x.push_back(d.state(ir::identifier("x").append(i).view()));
    for (int i = 0; i < n; ++i) {
      auto rhs = d.number(random() % 2 != 0 ? entry(random) : 0);
      for (int j = 0; j < n; ++j)
        if (random() % 3 != 0) rhs = rhs + entry(random) * x[j];
      d.equation(x[i], rhs, random() % 4 == 0);
    }
    d.model.not_refractory();
    auto const p = test::integrate_with<exact>(d.model);
    for (bool const active : {true, false}) {
      stepper one(d.model, p, 0.5), many(d.model, p, 0.5 / 32);
      for (auto* s : {&one, &many}) {
        s->set_active(active);
        for (int i = 0; i < n; ++i) (*s)[ir::identifier("x").append(i)] = i - 1.5;
      }
      one.run(1);
      many.run(32);
      draft copy = d;
      auto const fine = test::integrate_with<integrate::rk4>(copy.model);
      stepper reference(copy.model, fine, 0.5 / 1000);
      reference.set_active(active);
      for (int i = 0; i < n; ++i) reference[ir::identifier("x").append(i)] = i - 1.5;
      reference.run(1000);
      for (int i = 0; i < n; ++i) {
        auto const id = ir::identifier("x").append(i);
        CAPTURE(round, n, i, active);
        CHECK(one[id] == Approx(many[id]).epsilon(1e-11).margin(1e-11));
        CHECK(one[id] == Approx(reference[id]).epsilon(1e-8).margin(1e-8));
      }
    }
  }
}

TEST_CASE("exact: names of coefficients never meet those of variables") {
  draft d;
  auto const v = d.state("v"), g = d.state("g"), taken = d.variable("P_v_g", ir::role::parameter);
  d.equation(v, taken * g - v);
  d.equation(g, -g);
  auto const a = d.state("a"), b_c = d.state("b_c"), a_b = d.state("a_b"), c = d.state("c");
  d.equation(a, b_c - a);
  d.equation(b_c, -b_c);
  d.equation(a_b, c - a_b);
  d.equation(c, -c);
  auto const long_one = d.state("a_rather_long_name_of_a_state");
  d.equation(long_one, -long_one);
  test::integrate_with<exact>(d.model);
  CHECK(d.model.at(d.model.find("P_v_g")).kind == ir::role::parameter);
  CHECK(d.model.at(d.model.find("P_0_1")).kind == ir::role::coefficient);
  CHECK(d.model.find("P_6_6") != ir::none);
  for (int i = 0; i < d.model.symbols.size(); ++i) CHECK(d.model.find(d.model.symbols[i].id) == i);
}

namespace {

template <class Write>
constexpr integrate::verdict verdict_on(Write write) {
  draft d;
  write(d);
  return test::accepts<exact>(d.model);
}

constexpr auto not_linear = verdict_on([](draft& d) {
  auto const v = d.state("v"), m = d.state("m");
  d.equation(v, -v);
  d.equation(m, m * v);
});
static_assert(!not_linear.ok && not_linear.reason == "dm/dt is not linear" &&
              not_linear.equation == 1);

constexpr auto with_time = verdict_on([](draft& d) {
  auto const v = d.state("v");
  d.equation(v, sin(d.t()) - v);
});
static_assert(!with_time.ok && with_time.reason == "dv/dt: coefficients depend on t");

constexpr auto with_refractoriness = verdict_on([](draft& d) {
  auto const v = d.state("v");
  d.equation(v, test::formula{&d.model, d.model.not_refractory()} * v);
});
static_assert(with_refractoriness.ok,
              "whether the element is refractory is the same during a step");

constexpr auto with_changing_slope = verdict_on([](draft& d) {
  auto const v = d.state("v"), g = d.state("g"), w = d.state("w");
  d.equation(v, w - g * v);
  d.equation(w, -w);
});
static_assert(!with_changing_slope.ok &&
              with_changing_slope.reason == "dv/dt: coefficients may change");

constexpr auto random_draw = verdict_on([](draft& d) {
  auto const v = d.state("v");
  d.equation(v, test::formula{&d.model, d.model.nodes.random(ir::op::uniform, 0)} - v);
});
static_assert(!random_draw.ok && random_draw.reason == "dv/dt draws random numbers");

constexpr int coefficients_of_cuba() {
  draft d;
  write_cuba(d);
  if (!test::accepts<exact>(d.model).ok) return -1;
  auto const before = d.model.symbols.size();
  auto const p = test::integrate_with<exact>(d.model);
  int count = 0;
  for (int i = before; i < d.model.symbols.size(); ++i)
    count += d.model.symbols[i].kind == ir::role::coefficient;
  return p.exact.size() == 1 ? count : -1;
}
static_assert(coefficients_of_cuba() == 6);

}  // namespace

TEST_CASE("a timed array at the start of the step is an input of exact") {
  auto const by = [](auto write) {
    draft d;
    write(d, d.state("v"));
    return test::accepts<exact>(d.model);
  };
  CHECK(by([](draft& d, auto v) { d.equation(v, d.lookup("ta", d.t()) - v / 0.01); }).ok);
  CHECK(by([](draft& d, auto v) { d.equation(v, -v * d.lookup("ta", d.t())); }).ok);
  CHECK_FALSE(by([](draft& d, auto v) { d.equation(v, -v * d.lookup("ta", d.t() / 2)); }).ok);
  CHECK_FALSE(by([](draft& d, auto v) { d.equation(v, sin(d.t()) - v); }).ok);
  CHECK_FALSE(by([](draft& d, auto v) { d.equation(v, d.t() - v); }).ok);

  draft d;
  auto const v = d.state("v");
  d.equation(v, d.lookup("ta", d.t()) - v / 0.5);
  test::stepper s(d.model, test::integrate_with<exact>(d.model), 0.1);
  s.table = [](double t) { return t < 0.15 ? 3. : -1.; };
  s.run(3);
  // two steps towards 1.5, one towards -0.5
  double const after = 1.5 * (1 - std::exp(-0.4));
  CHECK(s["v"] == Approx(-0.5 + (after + 0.5) * std::exp(-0.2)).epsilon(1e-14));
}

TEST_CASE("variables that may change between steps are inputs of exact") {
  using enum ir::role;
  for (auto const kind : {state, shared_state, linked, last_spike, not_refractory}) {
    draft d;
    auto const v = d.state("v"), w = d.state("w"), u = d.variable("u", kind);
    d.equation(v, w - v);
    d.equation(w, u - w);
    CHECK(test::accepts<exact>(d.model).ok);
    test::stepper s(d.model, test::integrate_with<exact>(d.model), 0.5);
    s["u"] = 2;
    s["w"] = 1;
    s.run(1);
    CHECK(s["w"] == Approx(2 - std::exp(-0.5)).epsilon(1e-14));
    CHECK(s["v"] == Approx(2 * (1 - std::exp(-0.5)) - 0.5 * std::exp(-0.5)).epsilon(1e-14));
  }
}

TEST_CASE("exact solves the oscillator for which Brian 2 gives NaN") {
  // dx/dt = b y, dy/dt = c x + d y per ms, with eigenvalues -1/20 +- i sqrt(199)/20
  draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, d.number(0) * x + d.number(1) * y);
  d.equation(y, d.number(-0.5) * x + d.number(-0.1) * y);
  test::stepper s(d.model, test::integrate_with<exact>(d.model), 0.1);
  s["x"] = 1;
  s.run(10);
  double const w = std::sqrt(0.5 - 0.05 * 0.05);
  CHECK(s["x"] == Approx(std::exp(-0.05) * (std::cos(w) + 0.05 / w * std::sin(w))).epsilon(1e-13));
  CHECK(s["y"] == Approx(-0.5 / w * std::exp(-0.05) * std::sin(w)).epsilon(1e-13));
}
