// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// An integration method of one's own: Heun's method, in one file.
#include "catch.hpp"
#include "stepper.hpp"

namespace own {
using namespace nernst;

struct heun {
  static constexpr std::string_view name = "heun";

  static constexpr integrate::verdict accepts(integrate::system& f) {
    return integrate::deterministic(f);
  }

  static constexpr integrate::plan advance(integrate::system& f) {
    auto const x = f.state();
    auto const t = f.t(), dt = f.dt();
    auto const k_1 = f(x, t);
    auto const k_2 = f(x + dt * k_1, t + dt);
    return x + dt / 2 * (k_1 + k_2);
  }
};
static_assert(integrate::Method<heun>);

}  // namespace own

using namespace nernst;

TEST_CASE("a user's own method is used like a built-in one") {
  CHECK(test::observed_order(test::growth_error<own::heun>, 100) == Approx(2).margin(0.1));
  CHECK(test::observed_order(test::oscillator_error<own::heun>, 100) == Approx(2).margin(0.1));

  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -x);
  auto const chosen = integrate::choose<own::heun>(d.model);
  REQUIRE(chosen.ok);
  CHECK(chosen.name == "heun");
  CHECK(chosen.method == ir::method_id::automatic);
  auto const p = integrate::integrate(d.model, chosen);
  test::stepper s(d.model, p, 0.5);
  s["x"] = 8;
  s.run(1);
  CHECK(s["x"] == 5);
}

TEST_CASE("own and built-in methods can be tried in any order") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, x * x);
  auto const chosen = integrate::choose<integrate::exact, own::heun>(d.model);
  REQUIRE(chosen.ok);
  CHECK(chosen.name == "heun");
  CHECK(chosen.reason == "exact: dx/dt is not linear; heun accepts");
}

TEST_CASE("a refusal by an own method is reported under its name") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, {&d.model, d.model.nodes.random(ir::op::normal, 0)});
  auto const chosen = integrate::choose<own::heun>(d.model);
  CHECK_FALSE(chosen.ok);
  CHECK(chosen.diagnosis.what == ir::mistake::unsuitable_method);
  CHECK(chosen.diagnosis.where == "heun");
  CHECK(chosen.diagnosis.found == "dx/dt draws random numbers");
}
