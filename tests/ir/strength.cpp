// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/strength.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"
#include <algorithm>
#include <array>
#include <cmath>

using namespace notation;

namespace {

/// Whether an expression of states x, y, constants c, d and the time t becomes what is expected,
/// but for the order of operands.
template <class Build, class Expect>
constexpr bool becomes(Build build, Expect expect) {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y");
  auto const c = m.variable("c", {}, ir::role::shared), d = m.variable("d", {}, ir::role::shared);
  auto const t = m.variable("t", {}, ir::role::time);
  int const before = build(x, y, c, d, t),
            after = ir::reduce_strength(m.model, std::array{before})[0];
  auto const same = ir::simplify(m.model.nodes, std::array<int, 2>{after, expect(x, y, c, d, t)});
  return same[0] == same[1];
}
#define BECOMES(before, after)                                                                     \
  static_assert(becomes(                                                                           \
      [](auto x, auto y, auto c, auto d, auto t) {                                                 \
        (void)x, (void)y, (void)c, (void)d, (void)t;                                               \
        return before;                                                                             \
      },                                                                                           \
      [](auto x, auto y, auto c, auto d, auto t) {                                                 \
        (void)x, (void)y, (void)c, (void)d, (void)t;                                               \
        return after;                                                                              \
      }))
constexpr expression floor(expression e) {
  return make(op::floor, e);
}
constexpr expression zero(expression e) {
  return {e.graph, e.graph->literal(0)};
}
constexpr expression sqrt(expression e) {
  return make(op::sqrt, e);
}

constexpr expression poisson(expression mean) {
  return {mean.graph, mean.graph->make(op::poisson, mean.node, ir::none, ir::none, 1)};
}
constexpr expression poisson(expression mean, expression exponential) {
  return {mean.graph, mean.graph->make(op::poisson_2, mean.node, exponential.node, ir::none, 1)};
}

// Divisions.
BECOMES(x / 3.0, x * (1 / 3.0));
BECOMES(x / c, x * (1.0 / c));
BECOMES(x / 0.0, x / 0.0);
BECOMES(x / 1e-300, x / 1e-300);  // its reciprocal is no number in single precision
BECOMES(c / d, c / d);
BECOMES(c / 3.0, c / 3.0);
BECOMES(x / y, x / y);
BECOMES(2.0 / (x * 4.0), make(op::divide, 0.5, x));
BECOMES(c / (x * d), (c / d) / x);
BECOMES(x / (y * c), (x / y) * (1.0 / c));
BECOMES(x / (y / c), (x / y) * c);
BECOMES(x / (c / d), x*(d / c));
BECOMES(x / (y / t), (x / y) * t);
BECOMES((x / y) / exp(x), x / (y * exp(x)));
BECOMES(x / (y / exp(x)), (x * exp(x)) / y);
BECOMES(x / make(op::exprel, y), x* make(op::exprelr, y));
BECOMES(c / (make(op::exprel, y) * d), make(op::exprelr, y) * (c / d));
BECOMES(x / make(op::exprel, c), x * (1.0 / make(op::exprel, c)));

// What is computed less often comes together.
BECOMES((x * c) * d, x*(c* d));
BECOMES(d*(c* x), x*(c* d));
BECOMES((x / c) * d, x*(d / c));
BECOMES((x / 3.0) * 6.0, x * ((1 / 3.0) * 6.0));
BECOMES((x * c) * (y * d), (x * y) * (c * d));
BECOMES((x * c) * y, (x * y) * c);
BECOMES((c / x) * d, (c * d) / x);
BECOMES((c / x) * y, (y / x) * c);
BECOMES(c*(t* x), x*(t* c));
BECOMES((x * t) * c, x*(t* c));
BECOMES((x + c) + d, x + (c + d));
BECOMES((x + c) - d, x + (c - d));
BECOMES((x - c) - d, x - (c + d));
BECOMES((c - x) - d, (c - d) - x);
BECOMES(c - (x - d), (c + d) - x);
BECOMES(c - (d - x), x + (c - d));
BECOMES((x * c) + (y * c), (x + y) * c);
BECOMES((x * c) - (y * c), (x - y) * c);
BECOMES(((x * c) + (y * d)) * 3.0, x*(c * 3.0) + y * (d * 3.0));
BECOMES((x + y) * c, (x + y) * c);
BECOMES((-x) * c, x * (-c));
BECOMES(-(x* c), x * (-c));
BECOMES(select(x < y, x / d, zero(x)) * c, select(x < y, x*(c / d), zero(x)));

// Powers.
BECOMES(pow(x, 2), x* x);
BECOMES(pow(x, 3), (x * x) * x);
BECOMES(pow(x, 4), (x * x) * (x * x));
BECOMES(((x * x) * x) * x, (x * x) * (x * x));
BECOMES((x * x) * ((x * x) * x), ((x * x) * (x * x)) * x);
BECOMES(pow(x, -2), 1.0 / (x * x));
BECOMES(pow(x, 1.5), x* sqrt(x));
BECOMES(pow(x, -0.5), make(op::power, x, -0.5));
BECOMES(pow(x, 100), pow(x, 100));
BECOMES(pow(x, 0.3), pow(x, 0.3));

// What decides a jump stays as it is.
BECOMES(floor(x / 49.0), floor(x / 49.0));
BECOMES(floor((x * c) / d), floor((x * c) / d));
BECOMES(make(op::floor_mod, x / 49.0, y), make(op::floor_mod, x / 49.0, y));
BECOMES((t / 49.0) < 1.0, (t / 49.0) < 1.0);
BECOMES((x / 49.0) < 1.0, (x * (1 / 49.0)) < 1.0);

// Two users of x c need it anyhow, and one of them takes no factor out of it.
constexpr bool keeps_shared() {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y"), c = m.variable("c", {}, ir::role::shared);
  auto const shared = x * c;
  auto const after = ir::reduce_strength(m.model, std::array<int, 2>{exp(shared), shared * y});
  return after[0] == exp(shared).node && after[1] == make(op::multiply, y, shared).node;
}
static_assert(keeps_shared());

// A coefficient may differ between elements: whoever asks says so.
constexpr bool regards_frequencies() {
  maker m;
  auto const x = m.variable("x"), c = m.variable("c", {}, ir::role::coefficient);
  auto const ratio = x / c;
  auto often = ir::frequencies(m.model);
  often[m.symbol(c)] = ir::frequency::per_element;
  return ir::reduce_strength(m.model, std::array<int, 1>{ratio}, often)[0] == ratio.node &&
         ir::reduce_strength(m.model, std::array<int, 1>{ratio})[0] != ratio.node;
}
static_assert(regards_frequencies());

// What Brian 2 takes out of its loop (test_apply_loop_invariant_optimisation): v = dt w
// exp(-dt/tau)/tau + v exp(-dt/tau) is left with two products and a sum for each element.
constexpr bool takes_constants_out() {
  maker m;
  auto const v = m.variable("v"), w = m.variable("w");
  auto const dt = m.variable("dt", {}, ir::role::time_step),
             tau = m.variable("tau", {}, ir::role::shared);
  auto const decay = exp((-dt) / tau);
  auto const after =
      ir::reduce_strength(m.model, std::array<int, 2>{dt * w * decay / tau + v * decay, w * decay});
  int operations = 0;
  for (int const i : ir::schedule(m.model.nodes, after))
    operations += ir::operands(m.model.nodes[i].code) > 0 &&
                  ir::changes(ir::variation_of(m.model, i), ir::variation::by_state);
  return operations == 4;
}
static_assert(takes_constants_out());

// Units are gone, as after `simplify`.
constexpr bool drops_units() {
  maker m;
  auto const v = m.variable("v", ir::units::volt);
  return ir::reduce_strength(m.model, std::array<int, 1>{m.number(2, ir::units::volt) + v})[0] ==
         make(op::add, v, 2.0).node;
}
static_assert(drops_units());

}  // namespace

// Poisson numbers.
BECOMES(poisson(c), poisson(c));
BECOMES(floor(poisson(c* t)), floor(poisson(c* t, exp(-(c* t)))));
BECOMES(poisson(c - t), poisson(c - t, exp(t - c)));
BECOMES(poisson(c* x), poisson(c* x));
BECOMES(poisson(zero(x) + 12.0), poisson(zero(x) + 12.0));
BECOMES(poisson(zero(x)), poisson(zero(x)));

TEST_CASE("reducing strength makes expressions cheaper and keeps their value", "[ir][strength]") {
  int compared = 0, divisions_before = 0, divisions_after = 0;
  for (unsigned seed = 1; seed <= 4000; ++seed) {
    ir::model m;
    for (ir::role const kind : {ir::role::state, ir::role::shared, ir::role::time})
      m.symbols.push_back({.id = "x", .kind = kind});
    random_expressions random(m.nodes, 3, seed);
    int const root = random.number(2 + static_cast<int>(seed % 5));
    int const reduced = ir::reduce_strength(m, std::vector<int>{root})[0];
    auto const order = ir::schedule(m.nodes, std::vector<int>{root});
    std::vector<int> const all_nodes(order.begin(), order.end());
    ir::interpreter<values> all(m.nodes, all_nodes), both(m.nodes, ir::list<int>{root, reduced});
    ir::interpreter<basic_values<long double>, long double> exact(m.nodes,
                                                                  ir::list<int>{root, reduced});
    auto divisions = [&m](int r) {
      int count = 0;
      for (int const i : ir::schedule(m.nodes, std::vector<int>{r})) {
        ir::node const& n = m.nodes[i];
        bool const varies =
            ir::changes(ir::variation_of(m, i), ir::variation::by_state | ir::variation::by_draw);
        if (n.code == op::divide && varies) ++count;
      }
      return count;
    };
    divisions_before += divisions(root);
    divisions_after += divisions(reduced);
    std::vector<double> every(all_nodes.size());
    for (int k = 0; k < 4; ++k) {
      values const at{{random.value(), random.value(), random.value()}};
      double result[2];
      long double reference[2];
      both(at, result);
      exact({{at.symbols[0], at.symbols[1], at.symbols[2]}}, reference);
      all(at, every);
      bool const finite = std::all_of(every.begin(), every.end(), [](double x) {
        return std::isfinite(x) && std::abs(x) < 1e100;
      });
      // Where rounding alone changes the value (cancellation, a jump), there is nothing to compare.
      bool const defined = std::abs(static_cast<long double>(result[0]) - reference[0]) <=
                           1e-14L * std::abs(reference[0]);
      if (!finite || !defined) continue;
      ++compared;
      INFO("seed " << seed << ": " << ir::to_string(m.nodes, root) << " became "
                   << ir::to_string(m.nodes, reduced) << " at " << at.symbols[0] << ' '
                   << at.symbols[1] << ' ' << at.symbols[2]);
      REQUIRE(result[1] == Approx(result[0]).epsilon(1e-12).margin(1e-300));
    }
  }
  CHECK(compared > 8000);
  CHECK(divisions_after < divisions_before * 3 / 4);
}
