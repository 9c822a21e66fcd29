// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear_forms.hpp>
#include <nernst/nmodl/solution.hpp>

namespace nernst::nmodl::detail {

/// Executes the blocks of a file in the parts of a step that they belong to.
class parts_of_step : public solution {
 public:
  using solution::solution;
  constexpr ~parts_of_step() = default;

 protected:
  constexpr ir::list<int> const& after(moment when) const { return ended_[static_cast<int>(when)]; }
  constexpr void end() { ended_[static_cast<int>(moment_)] = now_; }
  constexpr int at_beginning(int k) const override {
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
  constexpr void solve(node const& n) override {
    if (failed() || is_of_breakpoint(n)) return;
    block const b = block_named(n.name);
    if (b.kind == keyword::procedure) return execute(b.body);
    if (n.value != 0 && b.kind == keyword::derivative) return;  // dt is 1e-9 ms there
    if (b.kind == keyword::linear) return solve_linear(b);
    if (n.value != 0 && b.kind == keyword::kinetic) return find_steady_state(b);
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
    std::string_view const method = n.a == ir::none ? "" : text(s_.nodes[n.a].name);
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
    for (int k = mark; k < log_.size() && is_implicit_; ++k)
      if (log_[k].slot < late_.size()) late_[log_[k].slot] = 1;
    if (b.kind == keyword::kinetic) {
      end_reactions();
      note_conserved();
    }
    for (int k = 0; k < slots_.own() && !failed(); ++k) {
      if (now_[prime_of(k)] == ir::none || is_entered(k)) continue;
      advanced_.push_back({k, id});
      if (is_sequential_) require_linear(k);
    }
    is_sequential_ = false;
    is_implicit_ = false;
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

  constexpr void run_event() {
    for (block const& b : s_.blocks) {
      if (b.kind != keyword::net_receive) continue;
      for (int k = 0; k < b.arguments; ++k) enter_connection(b.first_argument + k);
      int const flag = slots_.of_local(b.first_argument + b.arguments);
      write(flag, number(0));
      execute(b.body);
    }
  }
  constexpr void enter_connection(int local) {
    int const k = slots_.of_local(local);
    slot& v = slots_[k];
    v.kind = slot_kind::connection;
    v.unit = slots_.unit_of(s_.locals[local].unit);
    connection_.push_back(k);
    symbol_of(k);
  }
  /// What a connection begins with.
  constexpr void initial_of_event(node const& n) override {
    int const mark = log_.size();
    moment_ = moment::initial;
    execute(n.a);
    moment_ = moment::event;
    ir::list<change> const begins = undo(mark);
    for (change const& c : begins) {
      slot const& v = slots_[c.slot];
      if (v.kind != slot_kind::connection) continue;
      int const value = ir::substitute(g_, c.value, at_start());
      if (!g_.is_literal(value)) {
        not_supported(v.at, "INITIAL of NET_RECEIVE", "numbers in it");
        return;
      }
      m_.symbols[v.symbol].initial = g_[value].value * (v.unit.unit.is_one() ? 1 : v.unit.si);
    }
  }
  constexpr ir::list<int> at_start() {
    ir::list<int> replacement(m_.symbols.size(), ir::none);
    for (int s = 0; s < m_.symbols.size(); ++s)
      if (m_.at(s).kind == ir::role::time) replacement[s] = g_.literal(0, ir::units::second);
    return replacement;
  }

  struct advanced_state {
    int slot = ir::none;
    ir::method_id method = ir::method_id::automatic;
  };

  ir::list<int> ended_[5];
  ir::list<int> solved_, connection_;
  ir::list<advanced_state> advanced_;
  /// By slot: whether an implicit method finds it again with the new states.
  ir::list<char> late_ = ir::list<char>(slots_.own());
};

}  // namespace nernst::nmodl::detail
