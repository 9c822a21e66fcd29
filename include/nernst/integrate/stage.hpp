// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/plan.hpp>

namespace nernst::integrate {

/// A number in the formula of a method: t, dt and what is computed from them.
struct scalar {
  ir::model* of = nullptr;
  int node = ir::none;

  constexpr ir::graph& graph() const { return of->nodes; }
  constexpr int literal(double x) const { return graph().literal(x); }
  friend constexpr scalar operator+(scalar a, scalar b) {
    return {a.of, a.graph().add(a.node, b.node)};
  }
  friend constexpr scalar operator-(scalar a, scalar b) {
    return {a.of, a.graph().subtract(a.node, b.node)};
  }
  friend constexpr scalar operator*(scalar a, scalar b) {
    return {a.of, a.graph().multiply(a.node, b.node)};
  }
  friend constexpr scalar operator/(scalar a, scalar b) {
    return {a.of, a.graph().divide(a.node, b.node)};
  }
  friend constexpr scalar operator*(double a, scalar b) {
    return {b.of, b.graph().multiply(b.literal(a), b.node)};
  }
  friend constexpr scalar operator*(scalar a, double b) {
    return {a.of, a.graph().multiply(a.node, a.literal(b))};
  }
  friend constexpr scalar operator/(scalar a, double b) {
    return {a.of, a.graph().divide(a.node, a.literal(b))};
  }
};

/// One value per equation of a system, for instance all states or all their slopes. Operators work
/// on each value.
struct stage {
  ir::model* of = nullptr;
  /// The symbols of the states, in the order of the values.
  int const* symbols = nullptr;
  /// A node for each equation.
  ir::list<int> nodes;

  friend constexpr stage operator+(stage const& a, stage const& b) {
    return combine(ir::op::add, a, b);
  }
  friend constexpr stage operator-(stage const& a, stage const& b) {
    return combine(ir::op::subtract, a, b);
  }
  friend constexpr stage operator*(scalar a, stage const& b) {
    return combine(ir::op::multiply, a.node, b);
  }
  friend constexpr stage operator*(double a, stage const& b) {
    return combine(ir::op::multiply, b.of->nodes.literal(a), b);
  }
  friend constexpr stage operator*(stage const& a, scalar b) {
    return combine(ir::op::multiply, a, b.node);
  }
  friend constexpr stage operator/(stage const& a, scalar b) {
    return combine(ir::op::divide, a, b.node);
  }
  friend constexpr stage operator/(stage const& a, double b) {
    return combine(ir::op::divide, a, a.of->nodes.literal(b));
  }

  /// The step that gives each state its value in this stage.
  constexpr operator plan() const {
    plan p;
    for (int i = 0; i < nodes.size(); ++i) p.update.push_back({symbols[i], nodes[i]});
    return p;
  }

 private:
  /// `make(i)` gives the value of equation `i`.
  template <class Make>
  constexpr stage each(Make make) const {
    stage r{of, symbols, ir::list<int>(nodes.size())};
    for (int i = 0; i < nodes.size(); ++i) r.nodes[i] = make(i);
    return r;
  }
  static constexpr stage combine(ir::op code, stage const& a, stage const& b) {
    ir::graph& g = a.of->nodes;
    return a.each([&](int i) { return g.make(code, a.nodes[i], b.nodes[i]); });
  }
  static constexpr stage combine(ir::op code, int a, stage const& b) {
    ir::graph& g = b.of->nodes;
    return b.each([&](int i) { return g.make(code, a, b.nodes[i]); });
  }
  static constexpr stage combine(ir::op code, stage const& a, int b) {
    ir::graph& g = a.of->nodes;
    return a.each([&](int i) { return g.make(code, a.nodes[i], b); });
  }
};

}  // namespace nernst::integrate
