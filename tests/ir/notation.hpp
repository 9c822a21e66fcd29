// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#pragma once

#include <nernst/ir/model.hpp>

/// A short notation for expression graphs, for tests of passes.
namespace notation {

namespace ir = nernst::ir;
using ir::op;

struct expression {
  ir::graph* graph;
  int node;

  constexpr operator int() const { return node; }
};

constexpr expression make(op code, expression a) {
  return {a.graph, a.graph->make(code, a.node)};
}
constexpr expression make(op code, expression a, expression b) {
  return {a.graph, a.graph->make(code, a.node, b.node)};
}
constexpr expression make(op code, expression a, double b) {
  return make(code, a, {a.graph, a.graph->literal(b)});
}
constexpr expression make(op code, double a, expression b) {
  return make(code, {b.graph, b.graph->literal(a)}, b);
}

constexpr expression operator-(expression a) {
  return make(op::negate, a);
}
constexpr expression operator!(expression a) {
  return make(op::logical_not, a);
}
constexpr expression operator+(expression a, expression b) {
  return make(op::add, a, b);
}
constexpr expression operator-(expression a, expression b) {
  return make(op::subtract, a, b);
}
constexpr expression operator*(expression a, expression b) {
  return make(op::multiply, a, b);
}
constexpr expression operator/(expression a, expression b) {
  return make(op::divide, a, b);
}
constexpr expression operator<(expression a, expression b) {
  return make(op::less, a, b);
}
constexpr expression operator>(expression a, expression b) {
  return make(op::greater, a, b);
}
constexpr expression operator+(expression a, double b) {
  return make(op::add, a, b);
}
constexpr expression operator-(expression a, double b) {
  return make(op::subtract, a, b);
}
constexpr expression operator*(expression a, double b) {
  return make(op::multiply, a, b);
}
constexpr expression operator/(expression a, double b) {
  return make(op::divide, a, b);
}
constexpr expression operator<(expression a, double b) {
  return make(op::less, a, b);
}
constexpr expression operator>(expression a, double b) {
  return make(op::greater, a, b);
}
constexpr expression operator+(double a, expression b) {
  return make(op::add, a, b);
}
constexpr expression operator-(double a, expression b) {
  return make(op::subtract, a, b);
}
constexpr expression operator*(double a, expression b) {
  return make(op::multiply, a, b);
}
constexpr expression operator/(double a, expression b) {
  return make(op::divide, a, b);
}
constexpr expression pow(expression a, double b) {
  return make(op::power, a, b);
}
constexpr expression exp(expression a) {
  return make(op::exp, a);
}
constexpr expression select(expression c, expression a, expression b) {
  return {c.graph, c.graph->make(op::select, c, a, b)};
}

/// A model under construction.
struct maker {
  ir::model model;

  constexpr expression variable(ir::identifier id, ir::dimension unit = {},
                                ir::role kind = ir::role::state, ir::side owner = ir::side::here) {
    return {&model.nodes, model.nodes.symbol(model.declare(
                              {.id = id, .kind = kind, .owner = owner, .unit = unit}))};
  }
  constexpr expression number(double value, ir::dimension unit = {}) {
    return {&model.nodes, model.nodes.literal(value, unit)};
  }
  constexpr int symbol(expression e) const { return model.nodes[e.node].which; }
  /// d(x)/dt = rhs.
  constexpr void equation(expression x, expression rhs, bool unless_refractory = false) {
    model.equations.push_back({symbol(x), rhs.node, unless_refractory});
  }
  constexpr ir::assignment set(expression x, expression value) const {
    return {symbol(x), value.node};
  }
};

}  // namespace notation
