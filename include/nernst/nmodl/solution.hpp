// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/execution.hpp>
#include <nernst/nmodl/linear_system.hpp>

namespace nernst::nmodl::detail {

/// Solves LINEAR, finds the steady state of KINETIC, and what CONSERVE determines.
class solution : public execution {
 public:
  using execution::execution;
  constexpr ~solution() = default;

 protected:
  constexpr void solve_linear(block const& b) {
    ir::list<int> const unknown = unknowns_of(b);
    linear_system system(g_, unknown, linear_system::pivots::numbers);
    for (int const k : unknown) write(k, system.unknown(k));
    equations_.clear();
    execute(b.body);
    if (failed()) return;
    if (equations_.size() != unknown.size())
      return not_supported(b.at, "LINEAR", "write one equation for each of its states");
    for (int k = 0; k < unknown.size(); ++k)
      if (!system.set(k, equations_[k].zero))
        return not_supported(equations_[k].at, "an equation that is not linear",
                             "write a DERIVATIVE with a fast time constant");
    enter_solution(system, unknown, b.at);
  }

  /// As NEURON finds it: an implicit step of 10^9 ms, with CONSERVE in the place of an equation.
  constexpr void find_steady_state(block const& b) {
    ir::list<int> const unknown = reacting_in(b);
    ir::list<int> before;
    for (int const k : unknown) before.push_back(now_[k] != ir::none ? now_[k] : first_value(k));
    linear_system system(g_, unknown);
    for (int const k : unknown) write(k, system.unknown(k));
    begin_reactions();
    execute(b.body);
    end_reactions();
    if (failed()) return;
    ir::list<int> zero, replaced;
    for (int j = 0; j < unknown.size(); ++j) {
      int const k = unknown[j], rate = now_[prime_of(k)];
      int const moved = g_.multiply(g_.subtract(system.unknown(k), before[j]), number(1e-9));
      zero.push_back(rate == ir::none ? moved : g_.subtract(rate, moved));
      now_[prime_of(k)] = ir::none;
    }
    for (conserved const& c : conserved_) {
      int const j = replaceable(c, replaced);
      if (j == ir::none) continue;
      replaced.push_back(c.slots[j]);
      zero[place_of(unknown, c.slots[j])] =
          balance(c, [&](int k) { return has(unknown, k) ? system.unknown(k) : read(k); });
    }
    for (int j = 0; j < unknown.size(); ++j)
      if (!system.set(j, zero[j]))
        return not_supported(b.at, "STEADYSTATE of reactions of several states",
                             "write the values of the states");
    enter_solution(system, unknown, b.at);
  }

  /// A state that follows from the others has no equation of its own.
  constexpr void note_conserved() {
    ir::list<int> replaced;
    for (conserved const& c : conserved_) {
      int const j = replaceable(c, replaced);
      if (j == ir::none) continue;
      int const k = c.slots[j];
      replaced.push_back(k);
      int const others = balance(c, [&](int x) { return x == k ? number(0) : state_now(x); });
      following_.push_back({k, g_.negate(g_.divide(others, weight(c, j)))});
    }
  }
  constexpr bool follows(int k) const {
    for (change const& f : following_)
      if (f.slot == k) return true;
    return false;
  }

  ir::list<change> following_;  ///< states of CONSERVE, and what they are

 private:
  /// The states that LINEAR determines: those behind SOLVEFOR, or all that it names.
  constexpr ir::list<int> unknowns_of(block const& b) const {
    ir::list<int> all;
    for (int n = b.solve_for; n != ir::none; n = s_.nodes[n].next) enter_states(s_.nodes[n], all);
    for (int n = b.first_node; n < b.last_node && b.solve_for == ir::none; ++n) {
      node_kind const kind = s_.nodes[n].kind;
      if (kind == node_kind::name || kind == node_kind::element) enter_states(s_.nodes[n], all);
    }
    return all;
  }
  constexpr ir::list<int> reacting_in(block const& b) const {
    ir::list<int> all;
    for (int n = b.first_node; n < b.last_node; ++n)
      if (s_.nodes[n].kind == node_kind::term) enter_states(s_.nodes[s_.nodes[n].a], all);
    return all;
  }
  constexpr void enter_states(node const& x, ir::list<int>& all) const {
    int const first = x.b == ir::none ? slots_.of_name(x.name) : ir::none;
    for (int k = 0; first != ir::none && k < size_of(x); ++k)
      if (slots_[first + k].kind == slot_kind::state && !has(all, first + k))
        all.push_back(first + k);
  }

  /// Which of its states CONSERVE determines: the last that no other one does.
  constexpr int replaceable(conserved const& c, ir::list<int> const& replaced) const {
    for (int j = c.slots.size() - 1; j >= 0; --j) {
      int const k = c.slots[j];
      bool const is_single = slots_[k].element == ir::none;
      if (is_single && has(reacting_, k) && !has(replaced, k)) return j;
    }
    return ir::none;
  }
  constexpr int state_now(int k) {
    return from_outside(g_.symbol(slots_[k].symbol), slots_[k].unit);
  }

  /// What was computed in terms of the unknowns is so in terms of the solution from now on.
  constexpr void enter_solution(linear_system& system, ir::list<int> const& unknown, int at) {
    ir::list<int> const x = system.solve();
    if (x.size() != unknown.size())
      return not_supported(at, "equations that do not determine the states", "write CONSERVE");
    ir::list<int> const resolved =
        ir::rebuild(g_, ir::span<int const>(now_), [&](int i, ir::node const& n) {
          int const k = n.code == ir::op::symbol ? system.place_of(n.which) : ir::none;
          if (k != ir::none) return x[k];
          ir::node const& old = g_[i];
          bool const is_same = old.a == n.a && old.b == n.b && old.c == n.c;
          return is_same ? i : g_.make(n);
        });
    for (int k = 0; k < now_.size(); ++k)
      if (resolved[k] != now_[k]) write(k, resolved[k]);
  }

  static constexpr int place_of(ir::list<int> const& all, int k) {
    int place = 0;
    while (all[place] != k) ++place;
    return place;
  }
};

}  // namespace nernst::nmodl::detail
