// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear_forms.hpp>
#include <nernst/nmodl/solution.hpp>

namespace nernst::nmodl::detail {

/// Executes the blocks of a file in the parts of a step that they belong to.
class parts_of_step : public solution {
 public:
  constexpr parts_of_step(syntax& s, contents& c, ir::model& m) : solution(s, c, m) {
    derived_.at_beginning = [](symbolic const& x, int slot) {
      return static_cast<parts_of_step const&>(x).left_by_initial(slot);
    };
    derived_.solve = [](symbolic& x, node const& n) {
      static_cast<parts_of_step&>(x).solve_in_block(n);
    };
  }

 protected:
  constexpr ir::list<int> const& after(moment when) const { return ended_[static_cast<int>(when)]; }
  constexpr void end() { ended_[static_cast<int>(moment_)] = now_; }
  /// Behind the states, what an implicit method finds again with them is known.
  constexpr void begin_late() {
    begin(moment::late);
    for (int k = 0; k < late_.size(); ++k)
      if (late_[k] != 0) now_[k] = after(moment::update)[k];
  }
  constexpr void end_late() {
    for (int k = 0; k < late_.size(); ++k)
      if (late_[k] != 0 && now_[k] == after(moment::update)[k]) now_[k] = ir::none;
    end();
  }
  constexpr int left_by_initial(int k) const {
    return moment_ == moment::initial ? ir::none : after(moment::initial)[k];
  }

  constexpr void run_blocks(keyword kind, keyword at = keyword::none) {
    for (int k = 0; k < s_.blocks.size() && !failed(); ++k)
      if (s_.blocks[k].kind == kind && s_.blocks[k].moment == at) execute(s_.blocks[k].body);
  }

  /// The SOLVE statements of BREAKPOINT, wherever they stand there.
  constexpr void find_solved() {
    for (block const& b : s_.blocks)
      for (int n = b.first_node; n < b.last_node && b.kind == keyword::breakpoint; ++n)
        if (s_.nodes[n].kind == node_kind::solve) solved_.push_back(n);
  }
  constexpr block const& block_named(int name) const {
    int k = 0;
    while (s_.blocks[k].name != name) ++k;
    return s_.blocks[k];
  }
  constexpr void solve_in_block(node const& n) {
    if (failed() || is_of_breakpoint(n)) return;
    if (is_solving_)
      return not_supported(n.at, "SOLVE in a block that is solved", "write it in INITIAL");
    is_solving_ = true;
    solve_once(n);
    is_solving_ = false;
  }
  constexpr void solve_once(node const& n) {
    block const b = block_named(n.name);
    if (b.kind == keyword::procedure) return execute(b.body);
    if (n.value != 0 && b.kind == keyword::derivative) return;  // dt is 1e-9 ms there
    if (b.kind == keyword::linear) return solve_linear(b);
    if (n.value != 0 && b.kind == keyword::kinetic) return find_steady_state(b);
    if (b.kind == keyword::kinetic)
      return solve_implicitly(b, reacting_in(b), one_over_step(), {.stops = true});
    not_supported(n.at, "SOLVE in INITIAL", "write STEADYSTATE, or the values of the states");
  }
  constexpr bool is_of_breakpoint(node const& n) const {
    for (int const k : solved_)
      if (s_.nodes[k].at == n.at) return true;
    return false;
  }
  /// One SOLVE of BREAKPOINT.
  constexpr void advance(node const& n) {
    if (failed()) return;
    block const b = block_named(n.name);
    ir::string_view const method = n.a == ir::none ? "" : text(s_.nodes[n.a].name);
    if (b.kind == keyword::procedure) return execute(b.body);
    if (b.kind == keyword::linear) return solve_linear(b);
    ir::method_id id = ir::method_id::backward_euler;
    is_sequential_ = method == "cnexp";
    if (method == "euler") id = ir::method_id::euler;
    if (method == "runge") id = ir::method_id::rk4;
    if (method == "matexp") id = ir::method_id::exact;
    if (is_sequential_) id = ir::method_id::exact;
    is_implicit_ = id == ir::method_id::backward_euler;
    if (b.kind == keyword::kinetic) begin_reactions();
    int const mark = log_.size();
    execute(b.body);
    if (b.kind == keyword::kinetic) end_reactions();
    int const rounds = is_implicit_ && !failed() ? rounds_of(states_moved().size()) : 0;
    if (rounds > 0 && !is_linear()) return step_by_newton(b, mark, rounds);
    if (method == "matexp" && !failed() && !rates_stay()) return step_by_exponential(b, mark);
    for (int k = mark; k < log_.size() && is_implicit_; ++k)
      if (log_[k].slot < late_.size()) late_[log_[k].slot] = 1;
    if (b.kind == keyword::kinetic) note_conserved();
    for (int k = 0; k < slots_.own() && !failed(); ++k) {
      if (now_[prime_of(k)] == ir::none || is_entered(k)) continue;
      advanced_.push_back({k, id});
      if (is_sequential_) require_linear(k);
    }
    is_sequential_ = false;
    is_implicit_ = false;
  }
  /// Whether the equations of a block that has been executed are linear in all states that have
  /// one.
  constexpr bool is_linear() {
    ir::list<int> column(m_.symbols.size(), ir::none);
    for (int const k : states_moved()) column[symbol_of(k)] = k;
    ir::linear_forms const forms(g_, column, 0, ir::linear_forms::draws::constant);
    for (int const k : states_moved())
      if (!forms.is_linear(now_[prime_of(k)])) return false;
    return true;
  }
  /// Whether the rates of reactions that have been executed are the same in all steps of a run.
  constexpr bool rates_stay() const {
    ir::list<int> states;
    for (int const k : states_moved()) states.push_back(slots_[k].symbol);
    for (int const k : states_moved()) {
      bool const varies = ir::any_of(m_.nodes, now_[prime_of(k)], [&](ir::node const& n) {
        if (n.code != ir::op::symbol || has(states, n.which)) return ir::is_random(n.code);
        ir::variation const with = ir::variation_of(m_.at(n.which).kind);
        return ir::changes(with, ir::variation::by_step | ir::variation::within_step);
      });
      if (varies) return false;
    }
    return true;
  }
  constexpr ir::list<int> states_moved() const {
    ir::list<int> all;
    for (int k = 0; k < slots_.own(); ++k)
      if (now_[prime_of(k)] != ir::none && !is_entered(k)) all.push_back(k);
    return all;
  }
  /// How many rounds the compiler makes in reasonable time: of more states, each is longer.
  static constexpr int rounds_of(int states) {
    constexpr int few = 4, many = 12;
    if (states <= few) return 5;
    return states <= many ? 3 : 0;
  }
  /// Executes reactions anew, for what NEURON's matexp makes of rates that vary.
  constexpr void step_by_exponential(block const& b, int mark) {
    undo(mark);
    ir::list<diffusing_state> const noted = diffusing_;
    diffusing_.clear();
    solve_by_exponential(b, reacting_in(b));
    diffusing_ = noted;
  }
  /// Executes a block anew, for what NEURON's methods make of equations that are not linear.
  constexpr void step_by_newton(block const& b, int mark, int rounds) {
    bool const reacts = b.kind == keyword::kinetic;
    ir::list<int> unknown = states_moved();
    if (reacts) unknown = reacting_in(b);
    undo(mark);
    is_implicit_ = false;
    ir::list<diffusing_state> const noted = diffusing_;
    diffusing_.clear();
    solve_implicitly(b, unknown, one_over_step(), {.rounds = rounds, .stops = reacts});
    diffusing_ = noted;
  }
  constexpr int one_over_step() {
    return g_.divide(number(1), from_outside(m_.time_step(), {ir::units::second, 1e-3}));
  }
  constexpr bool is_entered(int k) const {
    for (advanced_state const& a : advanced_)
      if (a.slot == k) return true;
    return false;
  }
  constexpr void require_linear(int k) {
    int const column[] = {0}, symbol = symbol_of(k);
    ir::linear_forms const forms(g_, column, symbol);
    if (forms.is_linear(now_[prime_of(k)])) return;
    fail(prime_at_[k],
         {ir::mistake::unsuitable_method, "cnexp", {}, "its equation is not linear in it"},
         "write METHOD derivimplicit, which solves any equation");
    m_.mistake.expected = "METHOD derivimplicit";
  }

  constexpr ir::list<ir::assignment> kept_in(moment when) { return kept_of(after(when), when); }
  constexpr ir::list<ir::assignment> kept_of(ir::list<int> const& now, moment when) {
    ir::list<ir::assignment> all;
    for (int k = 0; k < slots_.own(); ++k) {
      slot const v = slots_[k];
      bool const is_kept =
          v.kind == slot_kind::pointer || (v.kind == slot_kind::memory && v.is_stored);
      bool const is_solved = follows(k) || (when == moment::update && is_entered(k));
      bool const is_state = v.kind == slot_kind::state && !is_solved;
      bool const is_late = when == moment::update && late_[k] != 0;
      if (is_late && after(moment::late)[k] != ir::none) continue;
      if (is_late && is_kept && now[k] != ir::none)
        m_.written.push_back({symbol_of(k), to_outside(now[k], v.unit)});
      else if (now[k] != ir::none && (is_kept || is_state))
        all.push_back({symbol_of(k), to_outside(now[k], v.unit)});
    }
    bool const is_of_event = when == moment::event || when == moment::initial;
    for (int k = 0; is_of_event && k < event_slots::guard; ++k)
      if (int const s = slots_.of_event(k); s != ir::none && now[s] != ir::none)
        all.push_back({outbox_symbol(s), now[s]});
    return all;
  }

  struct advanced_state {
    int slot = ir::none;
    ir::method_id method = ir::method_id::automatic;
  };

  ir::list<ir::list<int>> ended_ = ir::list<ir::list<int>>(5);
  ir::list<int> solved_;
  bool is_solving_ = false;
  ir::list<advanced_state> advanced_;
  /// By slot: whether an implicit method finds it again with the new states.
  ir::list<char> late_ = ir::list<char>(slots_.own());
};

}  // namespace nernst::nmodl::detail
