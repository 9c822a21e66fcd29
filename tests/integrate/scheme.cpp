// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "noise.hpp"

using namespace nernst;
using integrate::scheme;
using integrate::stochastic;

namespace {

constexpr void write_coupled(test::draft& d) {
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, (sin(d.t()) * y - x * x * x) / 2);
  d.equation(y, (x - y * d.t()) / 3);
}
constexpr void write_additive(test::draft& d) {
  auto const x = d.state("x");
  d.equation(x, (sin(d.t()) - x * x) / 2 + 0.3 * d.xi());
}

/// Whether a scheme makes the same nodes as `step`, which is written with operators on stages.
template <class Step>
constexpr bool same_nodes(scheme const& method, Step step) {
  test::draft d;
  write_coupled(d);
  integrate::system f(d.model);
  integrate::plan const expected = step(f), found = method.advance(f);
  for (int i = 0; i < 2; ++i)
    if (expected.update[i].value != found.update[i].value ||
        expected.update[i].symbol != found.update[i].symbol)
      return false;
  return true;
}

static_assert(same_nodes(integrate::euler::formula,
                         [](auto& f) { return f.state() + f.dt() * f(f.state(), f.t()); }));
static_assert(same_nodes(integrate::rk2::formula, [](auto& f) {
  auto const x = f.state();
  auto const k = f.dt() * f(x, f.t());
  return x + f.dt() * f(x + k / 2, f.t() + f.dt() / 2);
}));
static_assert(same_nodes(integrate::rk4::formula, [](auto& f) {
  auto const x = f.state();
  auto const t = f.t(), dt = f.dt();
  auto const k_1 = dt * f(x, t);
  auto const k_2 = dt * f(x + k_1 / 2, t + dt / 2);
  auto const k_3 = dt * f(x + k_2 / 2, t + dt / 2);
  auto const k_4 = dt * f(x + k_3, t + dt);
  return x + (k_1 + 2 * k_2 + 2 * k_3 + k_4) / 6;
}));

constexpr bool check(std::string_view text, ir::mistake what, std::string_view where, int line,
                     int column) {
  auto const d = scheme(text).check();
  return d.what == what && d.where == where && d.line == line && d.column == column;
}
using enum ir::mistake;
static_assert(scheme("x_new = x").check().ok());
static_assert(scheme("\n  k = dt*f(x,\n t) \n\n; x_new = (x +\n k)\n").check().ok());
static_assert(check("x_new = x + h*f(x,t)", unknown_variable, "h", 1, 13));
static_assert(check("k = dt*f(x,t)\nx_new = x + K", unknown_variable, "K", 2, 13));
static_assert(check("x_new = x + dt*h(x,t)", unknown_function, "h", 1, 16));
static_assert(check("k = dt*f(x,t)", syntax_error, "the end", 1, 14));
static_assert(check("", syntax_error, "the end", 1, 1));
static_assert(check("x_new = x + ", syntax_error, "the end", 1, 13));
static_assert(check("x_new = (x + dt*f(x,t)", syntax_error, "the end", 1, 23));
static_assert(check("x_new = x + dt*f(x)", syntax_error, ")", 1, 19));
static_assert(check("x_new = x ? 2", syntax_error, "?", 1, 11));
static_assert(check("x_new + x", syntax_error, "+", 1, 7));
static_assert(check("2 = x", syntax_error, "2", 1, 1));
static_assert(check("dt = 2; x_new = x", reserved_name, "dt", 1, 1));
static_assert(check("k = dt; k = t; x_new = x", duplicate_variable, "k", 1, 9));
static_assert(check("x_new = x; k = dt", syntax_error, "k", 1, 12));
static_assert(check("x_new = x + dt*f(x,t)*f(x,t)", syntax_error, "*", 1, 22));
static_assert(check("x_new = x + dt*f(x,t)*dW", syntax_error, "*", 1, 22));
static_assert(check("x_new = x + dt", syntax_error, "+", 1, 11));
static_assert(check("x_new = x/f(x,t)", syntax_error, "/", 1, 10));
static_assert(check("x_new = x**2", syntax_error, "**", 1, 10));
static_assert(check("x_new = g(x,t)*dW", syntax_error, "x_new", 1, 1));
static_assert(check("x_new = x + dt*f(dt,t)", syntax_error, "f", 1, 16));
static_assert(check("x_new = x + dt*f(x,x)", syntax_error, "f", 1, 16));
static_assert(scheme("x_new = x + 0.12345678901234567*dt*f(x,t)").check().ok());
static_assert(scheme("x_new = x + dt*f(x,t)*f(x,t)").check().found ==
              "a product of states or slopes");

static_assert(scheme("x_new = x + dt*f(x,t)").ability == stochastic::none);
static_assert(scheme("x_new = x + dt*f(x,t) + g(x,t)*dW").ability == stochastic::additive);
static_assert(integrate::heun::formula.ability == stochastic::multiplicative);
static_assert(scheme("x_new = x + dt*f(x,t) + g(x,t)*dW", stochastic::multiplicative).ability ==
              stochastic::multiplicative);

/// The value of a number in a scheme, as x_new = x + number*f(x, t) with f = 1 and x = 0.
double number(std::string const& text) {
  auto const constant = [](test::draft& d) { d.equation(d.state("x"), d.number(1)); };
  return test::one_step(constant, scheme("x_new = x + (" + text + ")*f(x,t)"), 0, 0, {}).first;
}

}  // namespace

TEST_CASE("numbers of a scheme are numbers of C++") {
  CHECK(number("2") == 2.);
  CHECK(number(".5") == .5);
  CHECK(number("1.") == 1.);
  CHECK(number("0.1") == 0.1);
  CHECK(number("1e-3") == 1e-3);
  CHECK(number("2.5E2") == 2.5E2);
  CHECK(number("0.2928932188134524") == 0.2928932188134524);
  CHECK(number("0.12345678901234567") == 0.12345678901234567);
  CHECK(number("-3**2") == -9);
  CHECK(number("2**-1") == 0.5);
  CHECK(number("2**3**0") == 2);
  CHECK(number("8/2/2 - 1 - 1") == 0);
  CHECK(number("dt**.5") == std::sqrt(0.05));
  CHECK(number("sqrt(dt)*(t + 1)") == std::sqrt(0.05) * 1.3);
}

TEST_CASE("schemes take the steps that Brian 2.9 takes") {
  auto step = [](scheme const& method) {
    return test::one_step([](auto& d) { write_coupled(d); }, method, 0.8, -0.4, {});
  };
  auto const near = [](double x) { return Approx(x).epsilon(1e-14); };
  auto const e = step(integrate::euler::formula), m = step(integrate::rk2::formula),
             r = step(integrate::rk4::formula);
  CHECK(e.first == near(0.7842447979333866));
  CHECK(e.second == near(-0.3846666666666667));
  CHECK(m.first == near(0.7844425266671969));
  CHECK(m.second == near(-0.3846728211283329));
  CHECK(r.first == near(0.7844400872594647));
  CHECK(r.second == near(-0.38467279052217807));
  for (auto const& method :
       {integrate::euler::formula, integrate::heun::formula, integrate::milstein::formula})
    CHECK(test::one_step([](auto& d) { write_additive(d); }, method, 0.8, 0, {0.7}).first ==
          near(0.8383454326940291));
}

TEST_CASE("the text of a model is a method like others") {
  // Ralston's method of order 2, which no header has.
  constexpr std::string_view text = R"(
    k_1 = f(x, t)
    k_2 = f(x + 2/3*dt*k_1, t + 2/3*dt)
    x_new = x + dt*(k_1 + 3*k_2)/4
  )";
  auto const error = [text](int steps) {
    test::draft d;
    auto const x = d.state("x");
    d.equation(x, x * sin(d.t()));
    d.model.method = ir::method_id::scheme;
    d.model.scheme = text;
    auto const c = integrate::choose(d.model);
    REQUIRE(c.ok);
    CHECK(c.name == "scheme");
    CHECK(c.method == ir::method_id::scheme);
    test::stepper s(d.model, integrate::integrate(d.model, c), 2.0 / steps);
    s["x"] = 1;
    s.run(steps);
    return std::abs(s["x"] - std::exp(1 - std::cos(2.0)));
  };
  CHECK(test::observed_order(error, 100) == Approx(2).margin(0.1));
}

namespace own {

struct ralston {
  static constexpr std::string_view name = "ralston";
  static constexpr integrate::scheme formula{
      "k = dt*f(x,t); x_new = x + k/4 + 3*dt/4*f(x + 2*k/3, t + 2*dt/3)"};

  static constexpr integrate::verdict accepts(integrate::system& f) { return formula.accepts(f); }
  static constexpr integrate::plan advance(integrate::system& f) { return formula.advance(f); }
};

struct mistaken : ralston {
  static constexpr integrate::scheme formula{"x_new = x + dt*f(x,t"};
};

}  // namespace own

TEST_CASE("a scheme may have a name of its own") {
  CHECK(test::observed_order(test::growth_error<own::ralston>, 100) == Approx(2).margin(0.1));
  test::draft d;
  write_coupled(d);
  auto const c = integrate::choose<own::ralston>(d.model);
  REQUIRE(c.ok);
  CHECK(c.of(1)->name == "ralston");
  CHECK(c.of(1)->reason == "accepts everything deterministic");
  auto const wrong = integrate::choose<own::mistaken>(d.model);
  CHECK_FALSE(wrong.ok);
  CHECK(wrong.diagnosis.what == ir::mistake::syntax_error);
  CHECK(wrong.diagnosis.column == 21);
}

TEST_CASE("a declared ability counts") {
  // Euler-Maruyama, meant for the interpretation of Itô
  constexpr scheme ito("x_new = x + dt*f(x,t) + g(x,t)*dW", stochastic::multiplicative);
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, x * d.xi());
  integrate::system f(d.model);
  CHECK(ito.accepts(f).ok);
  CHECK_FALSE(integrate::euler::formula.accepts(f).ok);
}

TEST_CASE("a mistake in the text of a model is found when the method is chosen") {
  test::draft d;
  write_coupled(d);
  d.model.method = ir::method_id::scheme;
  d.model.scheme = "x_new = x + h*f(x,t)";
  auto const c = integrate::choose(d.model);
  CHECK_FALSE(c.ok);
  CHECK(to_text(c.diagnosis) == "the variable 'h' is not defined here (line 1, column 13): "
                                "expected x, t, dt, dW or an earlier name");
}

TEST_CASE("products with dW are taken for each noise on its own") {
  // The method of Milstein for the interpretation of Itô.
  constexpr scheme ito("x_s = x + dt**.5*g(x,t); x_new = x + dt*f(x,t) + g(x,t)*dW + (g(x_s,t) - "
                       "g(x,t))*(dW**2 - dt)/(2*dt**.5)");
  auto const two = [](test::draft& d) {
    auto const x = d.state("x"), y = d.state("y");
    d.equation(x, 0.4 * x * d.xi("xi_a"));
    d.equation(y, -0.2 * y * d.xi("xi_b"));
  };
  double const dt = 0.05, a = 0.7 * std::sqrt(dt), b = -1.1 * std::sqrt(dt);
  auto const [x, y] = test::one_step(two, ito, 2, 3, {0.7, -1.1});
  CHECK(x == Approx(2 * (1 + 0.4 * a + 0.4 * 0.4 * (a * a - dt) / 2)).epsilon(1e-14));
  CHECK(y == Approx(3 * (1 - 0.2 * b + 0.2 * 0.2 * (b * b - dt) / 2)).epsilon(1e-14));
}

TEST_CASE("a noise that does not reach an equation makes no nodes there") {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, -x * d.xi());
  d.equation(y, x - y);
  auto const p = test::integrate_with<integrate::milstein>(d.model);
  auto& g = d.model.nodes;
  CHECK(p.update[1].value == g.add(y.node, g.multiply(d.model.time_step(), (x - y).node)));
}

TEST_CASE("a scheme evaluates each slope once, and its words are no names of the model") {
  // Brian 2 writes 2, 3 and 6 lines for these: the stages, the new state and its assignment. Here
  // stages are nodes of one expression.
  for (std::string_view const id : {"v", "x", "f", "g", "k_1", "dW"}) {
    auto const slopes = [id](scheme const& method) {
      test::draft d;
      auto const x = d.state(id);
      d.equation(x, exp(x));
      integrate::system f(d.model);
      integrate::plan const p = method.advance(f);
      int count = 0;
      for (int const i : ir::schedule(d.model.nodes, ir::list<int>{p.update[0].value}))
        count += d.model.nodes[i].code == ir::op::exp;
      return count;
    };
    CHECK(slopes(integrate::euler::formula) == 1);
    CHECK(slopes(integrate::rk2::formula) == 2);
    CHECK(slopes(integrate::rk4::formula) == 4);
    CHECK(slopes(integrate::heun::formula) == 1);
  }
}
