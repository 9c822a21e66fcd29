// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/linear_forms.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"

using namespace notation;

namespace {

/// The equations of a model as dX/dt = M X + B, where they are linear in their own variables.
struct linear_system {
  bool linear = false;
  int culprit = ir::none;  ///< the first equation that is not linear
  ir::list<int> matrix;    ///< nodes of M, row by row; a literal 0 where structurally zero
  ir::list<int> offset;    ///< nodes of B, likewise
  ir::variation matrix_varies = ir::variation::never;  ///< with what M changes
  ir::variation varies = ir::variation::never;         ///< with what M and B change
};
constexpr linear_system linear(ir::model& m) {
  linear_system result;
  int const n = m.equations.size();
  ir::list<int> column(m.symbols.size(), ir::none), rhs;
  for (int i = 0; i < n; ++i) {
    column[m.equations[i].symbol] = i;
    rhs.push_back(m.equations[i].rhs);
  }
  ir::linear_forms forms(m.nodes, column);
  result.linear = forms.find(rhs, result.culprit);
  if (!result.linear) return result;
  int const zero = m.nodes.literal(0);
  result.matrix = ir::list<int>(n * n, zero);
  for (int i = 0; i < n; ++i) {
    for (auto const& t : forms.terms(i)) result.matrix[i * n + t.column] = t.coefficient;
    result.offset.push_back(forms.offset(i) == ir::none ? zero : forms.offset(i));
  }
  result.matrix_varies = ir::variation_of(m, result.matrix);
  result.varies = result.matrix_varies | ir::variation_of(m, result.offset);
  return result;
}

/// An expression as slope x + offset in one variable x.
struct affine_form {
  bool affine = false;
  int slope = ir::none, offset = ir::none;  ///< a literal 0 where structurally zero
};
constexpr affine_form affine_in(ir::graph& g, int root, int symbol) {
  ir::list<int> const only{0};
  ir::linear_forms forms(g, only, symbol);
  int culprit = ir::none;
  bool const affine = forms.find(ir::list<int>{root}, culprit);
  if (!affine || !forms.is_linear(root)) return {};
  auto const terms = forms.terms(0);
  int const zero = g.literal(0), offset = forms.offset(0);
  return {true, terms.empty() ? zero : terms[0].coefficient, offset == ir::none ? zero : offset};
}

// CUBA: dv/dt = (g_e + g_i - (v - E))/tau_m, dg/dt = -g/tau.
constexpr bool cuba_is_linear() {
  maker m;
  auto const v = m.variable("v"), g_e = m.variable("g_e"), g_i = m.variable("g_i");
  m.equation(v, (g_e + g_i - (v - -49.0)) / 20.0);
  m.equation(g_e, -g_e / 5.0);
  m.equation(g_i, -g_i / 10.0);
  auto const s = linear(m.model);
  auto const value = [&](int i) { return m.model.nodes[s.matrix[i]].value; };
  return s.linear && s.culprit == ir::none && s.varies == ir::variation::never &&
         value(0) == -0.05 && value(1) == 0.05 && value(2) == 0.05 && value(3) == 0 &&
         value(4) == -0.2 && value(5) == 0 && value(8) == -0.1 &&
         m.model.nodes[s.offset[0]].value == -49.0 / 20 && m.model.nodes.is_literal(s.offset[1], 0);
}
static_assert(cuba_is_linear());

constexpr bool finds_the_culprit() {
  maker m;
  auto const v = m.variable("v"), w = m.variable("w"), u = m.variable("u");
  m.equation(v, w - v);
  m.equation(w, v * w);
  m.equation(u, exp(u));
  auto const s = linear(m.model);
  return !s.linear && s.culprit == 1 && s.matrix.empty();
}
static_assert(finds_the_culprit());

constexpr ir::variation coefficient_varies(ir::role kind) {
  maker m;
  auto const v = m.variable("v"), a = m.variable("a", {}, kind);
  m.equation(v, -v * a);
  return linear(m.model).matrix_varies;
}
static_assert(coefficient_varies(ir::role::shared) == ir::variation::never);
static_assert(coefficient_varies(ir::role::coefficient) == ir::variation::never);
static_assert(coefficient_varies(ir::role::time_step) == ir::variation::never);
static_assert(coefficient_varies(ir::role::parameter) == ir::variation::by_element);
static_assert(coefficient_varies(ir::role::index) == ir::variation::by_element);
static_assert(coefficient_varies(ir::role::time) ==
              (ir::variation::by_step | ir::variation::within_step));
static_assert(coefficient_varies(ir::role::not_refractory) ==
              (ir::variation::by_element | ir::variation::by_step));
// A state without an equation.
static_assert(coefficient_varies(ir::role::state) ==
              (ir::variation::by_element | ir::variation::by_step | ir::variation::by_state));

constexpr bool tells_offsets_from_coefficients() {
  maker m;
  auto const v = m.variable("v"), I = m.variable("I", {}, ir::role::parameter);
  m.equation(v, I - v);
  auto const s = linear(m.model);
  return s.matrix_varies == ir::variation::never && s.varies == ir::variation::by_element;
}
static_assert(tells_offsets_from_coefficients());

constexpr bool refuses_noise() {
  maker m;
  auto const v = m.variable("v");
  expression const noise{&m.model.nodes, m.model.nodes.random(op::normal, 0)};
  m.equation(v, noise - v);
  return !linear(m.model).linear && !affine_in(m.model.nodes, noise + v, m.symbol(v)).affine &&
         ir::changes(ir::variation_of(m.model, noise + v), ir::variation::by_draw);
}
static_assert(refuses_noise());

constexpr bool is_affine_in_its_own_variable() {
  maker m;
  auto const v = m.variable("v"), g = m.variable("g");
  auto const f = g * (2.0 - v) / 3.0;
  auto const in_v = affine_in(m.model.nodes, f, m.symbol(v)),
             in_g = affine_in(m.model.nodes, f, m.symbol(g));
  auto const none = affine_in(m.model.nodes, exp(v), m.symbol(v));
  return in_v.affine && in_v.slope == g / -3.0 && in_g.affine && in_g.slope == (2.0 - v) / 3.0 &&
         m.model.nodes.is_literal(in_g.offset, 0) && !none.affine &&
         !affine_in(m.model.nodes, v * v, m.symbol(v)).affine;
}
static_assert(is_affine_in_its_own_variable());

// The forms of those expressions that are linear, and none of the others.
constexpr bool finds_each() {
  maker m;
  auto const v = m.variable("v"), w = m.variable("w");
  ir::list<int> const columns{0, 1}, roots{v * 2.0 + 3.0, v * w, w - v};
  ir::linear_forms forms(m.model.nodes, columns);
  ir::list<char> const linear = forms.find_each(roots);
  if (linear.size() != 3 || linear[0] == 0 || linear[1] != 0 || linear[2] == 0) return false;
  return forms.terms(0).size() == 1 && forms.offset(0) == m.number(3) && forms.terms(1).empty() &&
         forms.offset(1) == ir::none && forms.terms(2).size() == 2 &&
         forms.terms(2)[0].column == 0 &&
         m.model.nodes.is_literal(forms.terms(2)[0].coefficient, -1);
}
static_assert(finds_each());

// Draws and functions of the variables, where they are to be taken as something that stays the
// same.
constexpr bool takes_as_constant() {
  using forms = ir::linear_forms;
  maker m;
  auto const v = m.variable("v");
  expression const noise{&m.model.nodes, m.model.nodes.random(op::normal, 0)};
  ir::list<int> const columns{0};
  ir::graph& g = m.model.nodes;
  forms with_draws(g, columns, 0, forms::draws::constant);
  forms with_functions(g, columns, 0, forms::draws::refused, forms::functions::constant);
  return with_draws.is_linear(noise - v) && !with_draws.is_linear(exp(v) * v) &&
         with_functions.is_linear(exp(v) * v) && !with_functions.is_linear(noise - v) &&
         !with_functions.is_linear(v * v) && !forms(g, columns).is_linear(exp(v) * v);
}
static_assert(takes_as_constant());

// What cancels is structurally zero, on either side of a product.
constexpr bool cancels() {
  maker m;
  auto const v = m.variable("v"), a = m.variable("a", {}, ir::role::parameter);
  auto const nothing = (v + a) - (v + 1.0);
  m.equation(v, nothing * a);
  auto const s = linear(m.model);
  return s.linear && m.model.nodes.is_literal(s.matrix[0], 0) &&
         ir::variation_of(m.model, s.offset) == ir::variation::by_element;
}
static_assert(cancels());

/// n coupled equations of some 26 operations each.
constexpr ir::model chain(int n, bool nonlinear) {
  ir::model m;
  ir::graph& g = m.nodes;
  for (int i = 0; i < n; ++i) m.symbols.push_back({.id = ir::identifier("x").append(i)});
  int const p = g.symbol(m.declare({.id = "p", .kind = ir::role::parameter}));
  for (int i = 0; i < n; ++i) {
    int const x = g.symbol(i), y = g.symbol((i + 1) % n);
    int sum = g.negate(x);
    for (int k = 0; k < 4; ++k) {
      int const weight = g.multiply(g.literal(1.5 + i + 100 * k), p);
      sum = g.add(sum, g.multiply(weight, g.subtract(y, g.add(x, g.literal(i * 4 + k + 0.5)))));
    }
    if (nonlinear) sum = g.multiply(sum, g.make(op::exp, x));
    m.equations.push_back({i, g.divide(sum, g.literal(0.02 + i))});
  }
  return m;
}
constexpr bool is_linear(int n, bool nonlinear) {
  ir::model m = chain(n, nonlinear);
  return linear(m).linear;
}
static_assert(is_linear(60, false));
static_assert(!is_linear(200, true));  // found without building any form

constexpr bool simplifies(int n) {
  ir::model m = chain(n, true);
  ir::simplify(m);
  return m.equations.size() == n;
}
static_assert(simplifies(150));

}  // namespace

TEST_CASE("a large system has the forms it was made from", "[ir][linear]") {
  ir::model m = chain(200, false);
  CHECK(m.nodes.size() > 5000);
  auto const s = linear(m);
  REQUIRE(s.linear);
  CHECK(s.varies == ir::variation::by_element);
  int entries = 0;
  for (int const node : s.matrix) entries += !m.nodes.is_literal(node, 0);
  CHECK(entries == 400);
}

TEST_CASE("linear forms reconstruct random linear systems", "[ir][linear]") {
  constexpr int n = 3;
  int compared = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    ir::model m;
    for (char const* id : {"x", "y", "z"}) m.declare({.id = id});
    for (char const* id : {"a", "b"}) m.declare({.id = id, .kind = ir::role::parameter});
    random_expressions random(m.nodes, n + 2, seed);
    ir::list<int> nodes;
    for (int i = 0; i < n; ++i) {
      m.equations.push_back({i, random.linear(1 + static_cast<int>(seed % 5), n)});
      nodes.push_back(m.equations.back().rhs);
    }
    auto const s = linear(m);
    INFO("seed " << seed);
    REQUIRE(s.linear);
    REQUIRE((s.varies | ir::variation::by_element) == ir::variation::by_element);
    nodes.append(s.matrix);
    nodes.append(s.offset);
    ir::interpreter<values> all(m.nodes, nodes);
    std::vector<double> r(static_cast<std::size_t>(nodes.size()));
    values const at{
        {random.value(), random.value(), random.value(), random.value(), random.value()}};
    all(at, r);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = r[n + n * n + i], size = std::abs(sum);
      for (std::size_t j = 0; j < n; ++j) {
        sum += r[n + i * n + j] * at.symbols[j];
        size += std::abs(r[n + i * n + j] * at.symbols[j]);
      }
      if (!std::isfinite(sum) || !std::isfinite(r[i])) continue;
      ++compared;
      REQUIRE(r[i] == Approx(sum).margin(1e-11 * size));
    }
    auto const own = affine_in(m.nodes, m.equations[0].rhs, 0);
    REQUIRE(own.affine);
    ir::interpreter<values> parts(m.nodes,
                                  ir::list<int>{m.equations[0].rhs, own.slope, own.offset});
    double part[3];
    parts(at, part);
    if (std::isfinite(part[0]) && std::isfinite(part[1]))
      REQUIRE(part[0] == Approx(part[1] * at.symbols[0] + part[2])
                             .margin(1e-11 * (std::abs(part[1]) + std::abs(part[2]))));
  }
  CHECK(compared > 3500);
}
