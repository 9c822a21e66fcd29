// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/exprel.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"
#include <cmath>

using namespace notation;

namespace {

/// A model whose equations are expressions of states v and m and a shared variable V_T, simplified.
struct rates : maker {
  expression v = variable("v"), m = variable("m"), V_T = variable("V_T", {}, ir::role::shared),
             k = variable("k", {}, ir::role::parameter);

  constexpr int operator()(expression e) {
    model.equations.clear();
    equation(v, e);
    ir::simplify(model);
    ir::use_exprel(model);
    return model.equations[0].rhs;
  }
  constexpr bool has(int root, op code) const {
    for (int const i : ir::schedule(model.nodes, ir::span<int const>(&root, 1)))
      if (model.nodes[i].code == code) return true;
    return false;
  }
  /// Whether what has no 0/0 is found in `e`.
  constexpr bool finds(expression e) {
    int const after = (*this)(e);
    return has(after, op::exprel) && !has(after, op::exp) && !has(after, op::expm1);
  }
};

template <class Build>
constexpr bool found(Build build) {
  rates r;
  return r.finds(build(r.v, r.m, r.V_T, r.k));
}
#define FOUND(e)                                                                                   \
  found([](auto v, auto m, auto V_T, auto k) {                                                     \
    (void)v, (void)m, (void)V_T, (void)k;                                                          \
    return e;                                                                                      \
  })
constexpr expression expm1(expression e) {
  return make(op::expm1, e);
}

static_assert(FOUND(v / (exp(v) - 1.0)));
static_assert(FOUND(v / (1.0 - exp(-v))));
static_assert(FOUND(v / expm1(v)));
static_assert(FOUND(-v / (exp(v) - 1.0)));
static_assert(FOUND((exp(v) - 1.0) / v));
static_assert(FOUND((1.0 - exp(-(v * k))) / (v * k)));
// Rate functions of Brian 2's examples, in SI units: Hodgkin and Huxley, Traub and Miles, Wang and
// Buzsaki, Destexhe et al.
static_assert(FOUND(0.01 * (0.01 - v) / (exp((0.01 - v) / 0.01) - 1.0) / 0.001));
static_assert(FOUND(320.0 * (0.013 - v + V_T) / (exp((0.013 - v + V_T) / 0.004) - 1.0) / 0.001));
static_assert(FOUND(-320.0 * (v - V_T - 0.013) / (exp((-(v - V_T - 0.013)) / 0.004) - 1.0) /
                    0.001));
static_assert(FOUND(-280.0 * (v - 0.04) / (exp((v - 0.04) / 0.005) - 1.0) * m));
static_assert(FOUND(100.0 * (v + 0.035) / (1.0 - exp(-(v + 0.035) / 0.01))));
static_assert(FOUND(k * v * m / (1.0 - exp(-(k * v)))));
static_assert(FOUND((v + 0.035) * (1.0 / (exp((v + 0.035) / k) - 1.0))));
// The zeros are one, though rounding parts them.
static_assert(FOUND((v - 0.1 - 0.2) / (exp((v - 0.3) / 0.01) - 1.0)));

static_assert(!FOUND(v / (exp(m) - 1.0)));
static_assert(!FOUND(v / (exp(v) + 1.0)));
static_assert(!FOUND(v / (exp(v) - 2.0)));
static_assert(!FOUND((v - 0.3) / (exp((v - 0.30001) / 0.01) - 1.0)));
static_assert(!FOUND((v - V_T) / (exp((v + V_T) / 0.01) - 1.0)));
static_assert(!FOUND(m / (exp(v * m) - 1.0)));  // the ratio would be 1/v
static_assert(!FOUND(m / (exp(v) - 1.0) * (v + 1.0)));

}  // namespace

TEST_CASE("rate functions are right at and around 0/0", "[ir][exprel]") {
  // alpha_m of Traub and Miles: 0/0 at v = -0.05.
  rates r;
  expression const written = 320.0 * (-0.05 - r.v) / (exp((-0.05 - r.v) / 0.004) - 1.0);
  int const found = r(written);
  INFO(ir::to_string(r.model.nodes, found));
  ir::interpreter<values> both(r.model.nodes, ir::list<int>{found, written});
  for (double const distance : {0., 1e-300, 1e-17, 1e-12, 1e-9, 1e-6, 1e-3, 0.02, 0.1, 0.6})
    for (int const sign : {-1, 1}) {
      double const v = -0.05 + sign * distance;
      long double const x = (-0.05L - static_cast<long double>(v)) / 0.004L;
      long double const exact = x == 0 ? 1.28L : 1.28L * x / std::expm1(x);
      double result[2];
      both({{v, 0, 0, 0}}, result);
      CAPTURE(v, result[1]);
      CHECK(result[0] == Approx(static_cast<double>(exact)).epsilon(1e-14));
      if (distance >= 0.02) CHECK(result[1] == Approx(static_cast<double>(exact)).epsilon(1e-13));
    }
  double at_zero[2];
  both({{-0.05, 0, 0, 0}}, at_zero);
  CHECK(at_zero[0] == Approx(1.28).epsilon(1e-15));
  CHECK(std::isnan(at_zero[1]));
}

TEST_CASE("every form that is found keeps its value", "[ir][exprel]") {
  rates r;
  auto const v = r.v, m = r.m, V_T = r.V_T, k = r.k;
  expression const forms[] = {
      v / (exp(v) - 1.0),
      v / (1.0 - exp(-v)),
      -v / expm1(v),
      (exp(v) - 1.0) / v,
      (1.0 - exp(-(v * k))) / (v * k) * m,
      -320.0 * (v - V_T - 0.013) / (exp((-(v - V_T - 0.013)) / 0.4) - 1.0) / 0.001,
      k * v * (m - 3.0 * exp(-(k * v))) / (1.0 - exp(-(k * v))) / 0.001,
      (v + 0.35) * (m / (exp((v + 0.35) / k) - 1.0)),
      m / ((exp(v * 2.0) - 1.0) / (v * 3.0)),
  };
  for (expression const& e : forms) {
    int const after = r(e);
    INFO(ir::to_string(r.model.nodes, e) << " became " << ir::to_string(r.model.nodes, after));
    CHECK(r.has(after, op::exprel));
    ir::interpreter<values> both(r.model.nodes, ir::list<int>{e, after});
    for (double const x : {-2., -0.7, 0.4, 1.9})
      for (double const c : {0.25, 1.75}) {
        double result[2];
        both({{x, 0.3, 0.11, c}}, result);
        CHECK(result[1] == Approx(result[0]).epsilon(2e-14));
      }
  }
}
