// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/strength.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"
#include <array>
#include <cmath>

using namespace notation;

namespace {

constexpr expression exprelr(expression e) {
  return make(op::exprelr, e);
}

/// Expressions of states v, u and a shared variable c, in the form that kernels have.
struct rates : maker {
  expression v = variable("v"), u = variable("u"), c = variable("c", {}, ir::role::shared);

  constexpr ir::list<int> operator()(ir::span<int const> roots) {
    return ir::reduce_strength(model, roots);
  }
  /// How many operations there are of a kind which elements compute.
  constexpr int count(ir::list<int> const& roots, op code) const {
    int n = 0;
    for (int const i : ir::schedule(model.nodes, roots))
      n += model.nodes[i].code == code && !model.nodes.is_literal(model.nodes[i].a);
    return n;
  }
};

/// How many exponentials are left of some expressions of v, u and c.
template <class... Build>
constexpr int left(Build... build) {
  rates r;
  ir::list<int> const roots{build(r.v, r.u, r.c).node...};
  return r.count(r(roots), op::exp);
}
#define OF(e)                                                                                      \
  [](auto v, auto u, auto c) {                                                                     \
    (void)v, (void)u, (void)c;                                                                     \
    return e;                                                                                      \
  }

static_assert(left(OF(exp(v * -12.5)), OF(exp(v * -50.0))) == 1);
static_assert(left(OF(exp(v)), OF(exp(v + 0.5)), OF(exp(v * 3.0 - 1.0))) == 1);
static_assert(left(OF(exp((v + 0.065) * 12.5)), OF(exp((v + 0.035) * 100.0))) == 1);
static_assert(left(OF(exp((v - c) * 10.0)), OF(exp((c - v) * -20.0))) == 1);
static_assert(left(OF(exp(v * -10.0)), OF(exp(v * -20.0)), OF(exp(u)), OF(exp(u * 2.0))) == 2);
// The base is the one of which most are powers.
static_assert(left(OF(exp(v * 3.0)), OF(exp(v * 2.0)), OF(exp(v * 4.0)), OF(exp(v * 6.0))) == 2);

static_assert(left(OF(exp(v)), OF(exp(u))) == 2);
static_assert(left(OF(exp(v * 2.0)), OF(exp(v * 3.0))) == 2);
static_assert(left(OF(exp(v)), OF(exp(v * -1.0))) == 2);        // a quotient costs as much
static_assert(left(OF(exp(v)), OF(exp(v * 13.0))) == 2);        // roundings
static_assert(left(OF(exp(v)), OF(exp(v * 2.0 + 40.0))) == 2);  // range
static_assert(left(OF(exp(v)), OF(exp(v * 2.0 + c))) == 2);
static_assert(left(OF(exp(c)), OF(exp(c * 2.0))) == 2);  // once per run
static_assert(left(OF(exp(v)), OF(exp(v * 2.00000000001))) == 2);
// What decides a jump stays, to the last digit.
static_assert(left(OF(exp(v)), OF(make(op::floor, exp(v * 2.0)))) == 2);

}  // namespace

TEST_CASE("shared exponentials keep their values", "[ir][shared_exponentials]") {
  // The rates of Hodgkin and Huxley, in mV: two of them 0/0, and one that grows.
  rates r;
  auto const v = r.v;
  ir::list<int> const written{exprelr((v + 40.0) * -0.1), exp((v + 65.0) * -0.05),
                              exp((v + 35.0) * -0.1),     exprelr((v + 55.0) * -0.1),
                              exp((v + 65.0) * -0.0125),  exprelr((v - 40.0) * 0.125)};
  ir::list<int> const shared = r(written);
  CHECK(r.count(shared, op::exp) == 1);
  CHECK(r.count(shared, op::exprelr) == 0);
  CHECK(r.count(shared, op::exprelr_2) == 3);

  ir::list<int> both(written);
  for (int const i : shared) both.push_back(i);
  ir::interpreter<values> evaluate(r.model.nodes, both);
  // Up to 10 times the roundings of exp and its argument.
  auto near = [](double x, double y) { return x == Approx(y).epsilon(1e-14); };
  for (double x = -150; x <= 150; x += 0.0625) {
    double result[12];
    evaluate({{x, 0, 0}}, result);
    CAPTURE(x);
    for (int k = 0; k < 6; ++k) CHECK(near(result[k + 6], result[k]));
  }
  for (double const zero : {-40., -55., 40.})
    for (double const distance : {0., 1e-300, 1e-14, 1e-9, 1e-3, 1., 1.999, 2.001, 4.001})
      for (int const sign : {-1, 1}) {
        double result[12];
        evaluate({{zero + sign * distance, 0, 0}}, result);
        CAPTURE(zero, distance);
        for (int k = 0; k < 6; ++k) CHECK(near(result[k + 6], result[k]));
      }
}
