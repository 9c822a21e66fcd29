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
  ir::buffer<int> nodes;

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
    p.update.assign(static_cast<std::size_t>(nodes.size()), {});
    ir::assignment* const update = p.update.data();
    int const* const node = nodes.data();
    for (int i = 0, n = nodes.size(); i < n; ++i) update[i] = {symbols[i], node[i]};
    return p;
  }

 private:
  static constexpr stage combine(ir::op code, stage const& a, stage const& b) {
    int const n = a.nodes.size();
    stage r{a.of, a.symbols, ir::buffer<int>(n)};
    ir::graph& g = a.of->nodes;
    int* const out = r.nodes.data();
    int const *const x = a.nodes.data(), *const y = b.nodes.data();
    for (int i = 0; i < n; ++i) out[i] = g.make(code, x[i], y[i]);
    return r;
  }
  static constexpr stage combine(ir::op code, int a, stage const& b) {
    int const n = b.nodes.size();
    stage r{b.of, b.symbols, ir::buffer<int>(n)};
    ir::graph& g = b.of->nodes;
    int* const out = r.nodes.data();
    int const* const y = b.nodes.data();
    for (int i = 0; i < n; ++i) out[i] = g.make(code, a, y[i]);
    return r;
  }
  static constexpr stage combine(ir::op code, stage const& a, int b) {
    int const n = a.nodes.size();
    stage r{a.of, a.symbols, ir::buffer<int>(n)};
    ir::graph& g = a.of->nodes;
    int* const out = r.nodes.data();
    int const* const x = a.nodes.data();
    for (int i = 0; i < n; ++i) out[i] = g.make(code, x[i], b);
    return r;
  }
};

}  // namespace nernst::integrate
