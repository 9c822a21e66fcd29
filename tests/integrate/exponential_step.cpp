// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/exponential_step.hpp>

#include "catch.hpp"
#include "stepper.hpp"

using namespace nernst;

namespace {

/// The step of dx/dt = rhs, where `rhs` makes the right-hand side of x and a parameter.
template <class Rhs>
constexpr int step_of(test::draft& d, Rhs rhs) {
  auto const x = d.state("x"), a = d.variable("a", ir::role::parameter);
  int const root = rhs(x, a).node, column = 0;
  ir::linear_forms forms(d.model.nodes, ir::span<int const>(&column, 1),
                         d.model.nodes[x.node].which);
  int culprit = ir::none;
  forms.find(ir::span<int const>(&root, 1), culprit);
  return integrate::exponential_step(d.model.nodes, x.node, root, forms, 0, d.model.time_step());
}

/// Its value.
template <class Rhs>
double moved(Rhs rhs, double x, double a, double dt) {
  test::draft d;
  int const node = step_of(d, rhs);
  struct environment {
    ir::model const& m;
    double x, a, dt;
    double symbol(int s) const {
      if (m.at(s).kind == ir::role::time_step) return dt;
      return m.at(s).id == "x" ? x : a;
    }
    double draw(ir::op, int) const { return NAN; }
  };
  double result = NAN;
  ir::interpreter<environment>(d.model.nodes, ir::list<int>{node})({d.model, x, a, dt},
                                                                   {&result, 1});
  return result;
}

constexpr auto decay = [](auto x, auto a) { return -(a * x); };
constexpr auto drift = [](auto, auto a) { return a; };
constexpr auto both = [](auto x, auto a) { return a * x + 3; };

/// What is structurally zero takes no operations.
template <class Rhs>
constexpr int count(Rhs rhs, ir::op code) {
  test::draft d;
  ir::list<int> const order = ir::schedule(d.model.nodes, step_of(d, rhs));
  int all = 0;
  for (int const i : order) all += d.model.nodes[i].code == code;
  return all;
}
static_assert(count(decay, ir::op::exp) == 1 && count(decay, ir::op::exprel) == 0);
static_assert(count(drift, ir::op::exp) == 0 && count(drift, ir::op::exprel) == 0);
static_assert(count(both, ir::op::exp) == 0 && count(both, ir::op::exprel) == 1);

}  // namespace

TEST_CASE("a step with held coefficients is solved exactly") {
  CHECK(moved(decay, 2, 0.5, 0.1) == Approx(2 * std::exp(-0.05)).epsilon(1e-15));
  CHECK(moved(drift, 2, 0.5, 0.1) == Approx(2.05).epsilon(1e-15));
  CHECK(moved(both, 2, -0.5, 0.1) == Approx((2 - 6) * std::exp(-0.05) + 6).epsilon(1e-14));
  CHECK(moved(both, 2, 0, 0.1) == Approx(2.3).epsilon(1e-15));
}
