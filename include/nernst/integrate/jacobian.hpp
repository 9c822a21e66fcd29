// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>
#include <nernst/ir/differentiate.hpp>

namespace nernst::integrate {

/// The derivatives of the slopes f(x, t) of a system by its states and by time, as nodes in
/// simplest form. All are found in one pass from the leaves up, which carries for each node the
/// derivatives that are not structurally zero.
class jacobian {
 public:
  struct entry {
    int column;  ///< which state
    int node;
  };

  constexpr explicit jacobian(system& f) : size_(f.size()), begin_(size_ + 1), by_time_(size_) {
    ir::graph& g = f.model().nodes;
    stage const slopes = f(f.state(), f.t());
    find_columns(f);
    ir::list<range> found(g.size());
    range* const of = found.data();
    ir::differentiation rule(g, ir::none, f.model().functions);
    ir::list<int> scratch(g.size());
    int const one = g.literal(1);
    ir::list<int> const order = ir::schedule(g, slopes.nodes);
    for (int const i : order) {
      ir::node const n = g[i];
      int const begin = all_.size();
      if (n.code == ir::op::symbol) {
        if (column_of(n.which) != ir::none) all_.push_back({column_of(n.which), one});
        if (column_of(n.which) == size_) is_autonomous_ = false;
      } else if (n.code == ir::op::add && of[n.a].begin == of[n.a].end) {
        of[i] = of[n.b];
        continue;
      } else if ((n.code == ir::op::add || n.code == ir::op::subtract) &&
                 of[n.b].begin == of[n.b].end) {
        of[i] = of[n.a];
        continue;
      } else if (ir::operands(n.code) > 0) {
        merge(g, rule, i, n, of, scratch.data());
      }
      of[i] = {begin, all_.size()};
    }
    for (int row = 0; row < size_; ++row) {
      range const r = of[slopes.nodes[row]];
      begin_[row] = entries_.size();
      by_time_[row] = ir::none;
      for (int k = r.begin; k < r.end; ++k) {
        if (all_[k].column == size_)
          by_time_[row] = all_[k].node;
        else
          entries_.push_back(all_[k]);
      }
    }
    begin_[size_] = entries_.size();
  }

  constexpr int size() const { return size_; }
  /// df_row/dx by rising column, without what is structurally zero.
  constexpr ir::span<entry const> row(int row) const {
    return {entries_.data() + begin_[row], begin_[row + 1] - begin_[row]};
  }
  /// df_row/dt where the states are held; `none` where it is structurally zero.
  constexpr int by_time(int row) const { return by_time_[row]; }
  /// Whether f is free of t.
  constexpr bool is_autonomous() const { return is_autonomous_; }
  /// Whether f is linear in the states: its derivatives by them are free of them.
  constexpr bool is_linear(system const& f) const {
    ir::graph const& g = f.model().nodes;
    ir::list<int> const order = ir::schedule(g, nodes());
    for (int const i : order)
      if (g[i].code == ir::op::symbol && is_state(column_of(g[i].which))) return false;
    return true;
  }
  /// The derivatives by the states at the states `x` and time `t`; those by time are left out.
  constexpr jacobian at(system& f, stage const& x, scalar t) const {
    jacobian moved = *this;
    ir::graph& g = f.model().nodes;
    ir::list<int> instead(f.model().symbols.size(), ir::none);
    bool same = t.node == f.t().node;
    for (int k = 0; k < size_; ++k) {
      int const state = f.state().nodes[k];
      same = same && x.nodes[k] == state;
      instead[g[state].which] = x.nodes[k];
      moved.by_time_[k] = ir::none;
    }
    if (same) return moved;
    instead[g[f.t().node].which] = t.node;
    ir::list<int> const values = ir::substitute(g, nodes(), instead);
    int const* node = values.data();
    for (int k = 0; k < moved.entries_.size(); ++k) moved.entries_[k].node = *node++;
    return moved;
  }

 private:
  struct range {
    int begin, end;
  };

  constexpr ir::list<int> nodes() const {
    ir::list<int> all;
    for (entry const& e : entries_) all.push_back(e.node);
    return all;
  }

  /// Time is the column after those of the states.
  constexpr void find_columns(system const& f) {
    ir::graph const& g = f.model().nodes;
    columns_ = ir::list<int>(f.model().symbols.size());
    for (int k = 0; k < size_; ++k) columns_[g[f.state().nodes[k]].which] = k + 1;
    columns_[g[f.t().node].which] = size_ + 1;
  }
  constexpr int column_of(int symbol) const { return columns_[symbol] - 1; }
  constexpr bool is_state(int column) const { return column != ir::none && column != size_; }

  /// The derivatives of an operation, column by column.
  constexpr void merge(ir::graph const& g, ir::differentiation& rule, int i, ir::node const& n,
                       range const* of, int* d) {
    int const arity = ir::operands(n.code);
    range a = of[n.a], b{0, 0}, c{0, 0};
    if (arity > 1 && n.b != n.a) b = of[n.b];
    if (arity > 2 && n.c != n.a && n.c != n.b) c = of[n.c];
    bool const is_sum = n.code == ir::op::add;
    int* const place[] = {d + n.a, d + (arity > 1 ? n.b : n.a), d + (arity > 2 ? n.c : n.a)};
    while (true) {
      entry const* const all = all_.data();
      int const at_a = a.begin < a.end ? all[a.begin].column : beyond;
      int const at_b = b.begin < b.end ? all[b.begin].column : beyond;
      int const at_c = c.begin < c.end ? all[c.begin].column : beyond;
      int const first = at_a < at_b ? at_a : at_b;
      int const column = first < at_c ? first : at_c;
      if (column == beyond) return;
      if (is_sum && at_a != at_b) {
        entry const only = all[at_a < at_b ? a.begin++ : b.begin++];
        all_.push_back(only);
        continue;
      }
      // Equal operands have one derivative, which is that of the first of them.
      *place[2] = at_c == column ? all[c.begin++].node : ir::none;
      *place[1] = at_b == column ? all[b.begin++].node : ir::none;
      *place[0] = at_a == column ? all[a.begin++].node : ir::none;
      int const derivative = rule.derivative(i, n, d);
      if (derivative != ir::none && !g.is_literal(derivative, 0))
        all_.push_back({column, derivative});
    }
  }

  static constexpr int beyond = 1 << 30;  // every column

  int size_;
  bool is_autonomous_ = true;
  ir::list<int> columns_, begin_, by_time_;
  ir::list<entry> all_;  // of every node
  ir::list<entry> entries_;
};

/// Refuses equations in which a function of the user stands between a slope and a state and lacks
/// the derivative.
constexpr verdict differentiable(system& f) {
  ir::model const& m = f.model();
  verdict v;
  if (m.functions.empty()) return v;
  ir::graph const& g = m.nodes;
  stage const slopes = f(f.state(), f.t());
  constexpr char reads_state = 1, lacks = 2;
  ir::list<char> flags(g.size());
  for (int const x : f.state().nodes) flags[x] = reads_state;
  ir::list<int> const order = ir::schedule(g, slopes.nodes);
  for (int const i : order) {
    ir::node const& n = g[i];
    int k = 0;
    for (int const x : operands(n)) {
      char const below = flags[x];
      flags[i] = static_cast<char>(flags[i] | below);
      bool const calls = ir::is_call(n.code) && below != 0;
      if (calls && m.functions[n.which].derivative[k] == ir::none)
        flags[i] = static_cast<char>(flags[i] | lacks);
      ++k;
    }
  }
  for (int i = 0; i < f.size(); ++i)
    if ((flags[slopes.nodes[i]] & lacks) != 0)
      return refusal(m, f.equations()[i], ": a function without derivative");
  return v;
}

}  // namespace nernst::integrate
