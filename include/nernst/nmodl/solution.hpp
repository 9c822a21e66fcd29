// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/execution.hpp>
#include <nernst/nmodl/exponential.hpp>
#include <nernst/nmodl/linear_system.hpp>

namespace nernst::nmodl::detail {

/// Solves LINEAR, finds the steady state of KINETIC, and what CONSERVE determines.
class solution : public execution {
 public:
  using execution::execution;

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
    ir::list<int> const x = system.solve();
    if (x.size() != unknown.size())
      return not_supported(b.at, "equations that do not determine the states", "write CONSERVE");
    enter_solution(system, x);
  }

  /// As NEURON finds it: an implicit step of 10^9 ms.
  constexpr void find_steady_state(block const& b) {
    solve_implicitly(b, reacting_in(b), number(1e-9), {.trials = 2, .rounds = 4, .stops = true});
  }

  /// How NEURON makes Newton's iteration. For reactions it ends where the states, in the units of
  /// the file, move by no more than 10^-6 in sum, and no state is left negative. Trials, each of
  /// one round, come before where a steady state is found.
  struct iteration {
    int trials = 0, rounds = 5;
    bool stops = false;
  };
  /// The states of a block after a step that knows their derivatives at its end. `per_step` is one
  /// over its length in ms.
  constexpr void solve_implicitly(block const& b, ir::list<int> const& unknown, int per_step,
                                  iteration const& how) {
    bool const begins = moment_ == moment::initial;
    ir::list<int> x;
    for (int const k : unknown)
      x.push_back(begins && now_[k] == ir::none ? first_value(k) : read(k));
    linear_system system(g_, unknown);
    ir::list<int> const zero = implicit_equations(b, unknown, per_step, system);
    if (failed()) return;
    if (!system.are_linear(zero))
      iterate(system, zero, x, how);
    else
      x = solve_linear(system, system.with({}, x, zero));
    if (x.size() != unknown.size())
      return not_supported(b.at, "equations that do not determine the states", "write CONSERVE");
    enter_solution(system, x);
  }
  /// The states of reactions after a step in which their rates stay what they are: multiplied by
  /// the exponential of the matrix of rates, then by what lets CONSERVE hold.
  constexpr void solve_by_exponential(block const& b, ir::list<int> const& unknown) {
    constexpr int most = 16;
    int const size = unknown.size();
    if (size > most)
      return not_supported(b.at, "matexp of more than 16 states", "write METHOD sparse");
    linear_system system(g_, unknown);
    ir::list<int> x;
    for (int const k : unknown) x.push_back(read(k));
    for (int const k : unknown) write(k, system.unknown(k));
    begin_reactions();
    execute(b.body);
    end_reactions();
    if (failed()) return;
    int const dt = from_outside(m_.time_step(), {ir::units::second, 1e-3});
    ir::list<int> rates((size + 1) * (size + 1), ir::none);
    for (int j = 0; j < size; ++j) {
      int const rate = now_[prime_of(unknown[j])];
      now_[prime_of(unknown[j])] = ir::none;
      if (rate == ir::none) continue;
      if (!system.set(j, rate))
        return not_supported(b.at, "matexp of what is not linear", "write METHOD sparse");
      for (int i = 0; i <= size; ++i)
        if (int const r = system.coefficient(j, i); r != ir::none)
          rates[j * (size + 1) + i] = g_.multiply(i < size ? r : g_.negate(r), dt);
    }
    x.push_back(number(1));
    x = exponential(g_, size + 1).times(rates, x);
    x.pop_back();
    for (conserved const& c : conserved_) conserve(c, unknown, x);
    enter_solution(system, x);
  }
  constexpr ir::list<int> solve_linear(linear_system& system, ir::list<int> const& zero) {
    for (int j = 0; j < zero.size(); ++j)
      if (!system.set(j, zero[j])) return {};
    return system.solve();
  }
  /// The states that take part in the reactions of a block.
  constexpr ir::list<int> reacting_in(block const& b) const {
    ir::list<int> all;
    for (int n = b.first_node; n < b.last_node; ++n)
      if (s_.nodes[n].kind == node_kind::term) enter_states(s_.nodes[s_.nodes[n].a], all);
    return all;
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
  /// What is zero, in terms of the unknowns. CONSERVE stands in the place of an equation.
  constexpr ir::list<int> implicit_equations(block const& b, ir::list<int> const& unknown,
                                             int per_step, linear_system& system) {
    bool const reacts = b.kind == keyword::kinetic;
    for (int const k : unknown) write(k, system.unknown(k));
    if (reacts) begin_reactions();
    execute(b.body);
    if (reacts) end_reactions();
    ir::list<int> zero, replaced;
    for (int j = 0; j < unknown.size(); ++j) {
      int const k = unknown[j], rate = now_[prime_of(k)];
      int const moved = g_.multiply(g_.subtract(system.unknown(k), system.former(k)), per_step);
      zero.push_back(rate == ir::none ? moved : g_.subtract(rate, moved));
      now_[prime_of(k)] = ir::none;
    }
    for (int c = 0; c < conserved_.size() && reacts; ++c) {
      int const j = replaceable(conserved_[c], replaced);
      if (j == ir::none) continue;
      int const k = conserved_[c].slots[j];
      replaced.push_back(k);
      zero[place_of(unknown, k)] = balance(
          conserved_[c], [&](int i) { return has(unknown, i) ? system.unknown(i) : read(i); });
    }
    return zero;
  }
  constexpr void conserve(conserved const& c, ir::list<int> const& unknown, ir::list<int>& x) {
    int const rest =
        balance(c, [&](int k) { return has(unknown, k) ? x[place_of(unknown, k)] : read(k); });
    int const factor = g_.divide(c.total, g_.add(c.total, rest));
    for (int const k : c.slots)
      if (has(unknown, k)) x[place_of(unknown, k)] = g_.multiply(x[place_of(unknown, k)], factor);
  }
  /// Newton's iteration; `x` is empty behind it where it cannot be made.
  constexpr void iterate(linear_system& system, ir::list<int> const& zero, ir::list<int>& x,
                         iteration const& how) {
    ir::list<int> const steps = system.newton_step(zero);
    if (steps.size() != zero.size()) return x.clear();
    int goes_on = number(1);
    for (int trial = 0; trial < how.trials; ++trial)
      goes_on = go(system.with(x, x, steps), goes_on, -1e-6, x);
    ir::list<int> const before = x;
    goes_on = number(1);
    for (int round = 0; round < how.rounds; ++round) {
      ir::list<int> const step = system.with(x, before, steps);
      if (how.stops) goes_on = go(step, goes_on, 0, x);
      for (int k = 0; k < x.size() && !how.stops; ++k) x[k] = g_.add(x[k], step[k]);
    }
  }
  /// Moves what `goes_on`, and what is below `limit` to 0. Returns whether it goes on: in a trial,
  /// where something was below, else where it moves much.
  constexpr int go(ir::list<int> const& step, int goes_on, double limit, ir::list<int>& x) {
    int moved = number(0), is_below = number(0);
    for (int k = 0; k < x.size(); ++k) {
      int const next = g_.add(x[k], step[k]);
      int const below = g_.make(ir::op::less, next, number(limit));
      moved = g_.add(moved, g_.make(ir::op::abs, step[k]));
      is_below = g_.add(is_below, as_number(below));
      x[k] = g_.select(as_condition(goes_on), g_.select(below, number(0), next), x[k]);
    }
    int const more = g_.make(ir::op::greater, limit < 0 ? is_below : moved, number(1e-6));
    return as_number(g_.make(ir::op::logical_and, as_condition(goes_on), more));
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
    if (slots_[k].symbol == ir::none) return read(k);
    return from_outside(g_.symbol(slots_[k].symbol), slots_[k].unit);
  }

  /// What was computed in terms of the unknowns is so in terms of the solution from now on.
  constexpr void enter_solution(linear_system& system, ir::list<int> const& x) {
    ir::list<int> const resolved = system.with(x, x, now_);
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
