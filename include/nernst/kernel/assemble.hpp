// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/schedule.hpp>
#include <nernst/kernel/instruction.hpp>
#include <nernst/kernel/layout.hpp>

namespace nernst::kernel {

/// Straight-line code for one element: loads, arithmetic, stores, and the instruction that says
/// whether the element fires. What is the same for all elements in a step is computed once, in a
/// prologue whose results are the step scalars.
struct program {
  ir::list<instruction> code;
  ir::list<output> stores;
  int spike = ir::none;
  ir::list<instruction> prologue;
  ir::list<int> step_scalars;
};

/// Whether what is the same for all elements in a step is computed once per step.
enum class prologue : bool { without, with };

namespace detail {

/// Turns scheduled nodes into instructions. Nodes of one frequency are computed in one list; from
/// those that are computed less often a list only takes results.
class assembler {
 public:
  constexpr assembler(ir::model const& m, layout& where, prologue steps)
      : m_(m), where_(where), steps_(steps), often_(m.nodes.size()), needed_(m.nodes.size()),
        places_(m.nodes.size()), slots_(m.symbols.size()) {
    for (int k = 0; k < where.arrays.size(); ++k) slots_[where.arrays[k]] = k;
    for (int k = 0; k < where.adaptive_results.size(); ++k) slots_[where.adaptive_results[k]] = k;
  }

  constexpr program operator()(ir::span<int const> roots) {
    ir::list<int> const order = ir::schedule(m_.nodes, roots);
    classify(order);
    for (int const r : roots)
      if (r != ir::none) needed_[r] = 1;
    program p;
    if (steps_ == prologue::with) assemble_prologue(p);
    assemble(order, ir::frequency::per_element, p.code);
    return p;
  }
  constexpr int place(int node) const { return places_[node]; }
  constexpr int slot(int symbol) const { return slots_[symbol]; }

 private:
  /// Whether a node takes more than a load.
  constexpr bool is_worth_keeping(int i) const {
    ir::node const& n = m_.nodes[i];
    return ir::operands(n.code) > 0 ||
           (n.code == ir::op::symbol && origin_of(m_.at(n.which)) == origin::scale);
  }

  constexpr void classify(ir::list<int> const& order) {
    for (int const i : order) {
      ir::node const& n = m_.nodes[i];
      often_[i] = frequency_of(n);
      if (often_[i] != ir::frequency::per_element)
        seldom_.push_back(i);
      else
        for (int const x : operands(n)) needed_[x] = 1;
    }
  }
  constexpr ir::frequency frequency_of(ir::node const& n) const {
    using ir::frequency;
    frequency f = where_.frequency(m_, n);
    for (int const x : operands(n))
      if (often_[x] > f) f = often_[x];
    bool const promoted = f == frequency::per_step && steps_ == prologue::without;
    return promoted ? frequency::per_element : f;
  }

  /// What the elements want of the step becomes a step scalar.
  constexpr void assemble_prologue(program& p) {
    for (int const i : seldom_)
      if (often_[i] == ir::frequency::per_step && needed_[i] != 0 && is_worth_keeping(i))
        step_scalars_.push_back(i);
    if (step_scalars_.empty()) return;
    // Its operands are needed in the prologue only.
    ir::list<int> needed_here;
    for (int k = seldom_.size(); k-- > 0;) {
      int const i = seldom_[k];
      if (often_[i] != ir::frequency::per_step || needed_[i] == 0) continue;
      for (int const x : operands(m_.nodes[i])) {
        if (needed_[x] == 0) needed_here.push_back(x);
        needed_[x] = 1;
      }
    }
    assemble(seldom_, ir::frequency::per_step, p.prologue);
    for (int const i : step_scalars_) p.step_scalars.push_back(places_[i]);
    for (int const i : needed_here) needed_[i] = 0;
  }

  constexpr void assemble(ir::list<int> const& order, ir::frequency own,
                          ir::list<instruction>& code) {
    int next_step_scalar = 0;
    for (int const i : order) {
      if (needed_[i] == 0 || often_[i] > own) continue;
      instruction s;
      bool const of_step = often_[i] == ir::frequency::per_step && is_worth_keeping(i);
      if (own == ir::frequency::per_element && of_step) {
        while (step_scalars_[next_step_scalar] != i) ++next_step_scalar;
        s.code = ir::op::symbol;
        s.from = origin::step_scalar;
        s.a = next_step_scalar;
      } else {
        s = instruction_of(i);
      }
      places_[i] = code.size();
      code.push_back(s);
    }
  }
  constexpr instruction instruction_of(int i) {
    ir::node const& n = m_.nodes[i];
    instruction s;
    s.code = n.code;
    if (n.code == ir::op::literal) {
      s.from = origin::literal;
      s.value = n.value;
    } else if (often_[i] == ir::frequency::per_run) {
      s.code = ir::op::symbol;
      s.from = origin::scalar;
      s.a = where_.scalar(i);
    } else if (n.code == ir::op::symbol) {
      s.from = origin_of(m_.at(n.which));
      bool const by_symbol =
          s.from == origin::shared || s.from == origin::scale || s.from == origin::neighbour;
      s.a = by_symbol ? n.which : slots_[n.which];
      s.is_mask = s.from == origin::open;
    } else {
      int const arity = ir::operands(n.code);
      s.which = n.which;
      s.is_mask = ir::is_condition(n.code);
      if (arity == 0) s.from = origin::draw;
      if (arity > 0) s.a = places_[n.a];
      if (arity > 1) s.b = places_[n.b];
      if (arity > 2) s.c = places_[n.c];
      s.table = table_of(n);
      bool const constant_exponent = n.code == ir::op::power && m_.nodes.is_literal(n.b);
      if (constant_exponent) s.value = m_.nodes[n.b].value;
    }
    return s;
  }

  /// The number of the distribution that a node draws from, if that stays the same.
  constexpr int table_of(ir::node const& n) {
    int const arity = ir::operands(n.code);
    if (!ir::is_random(n.code) || arity == 0) return ir::none;
    for (int const x : operands(n))
      if (often_[x] != ir::frequency::per_run) return ir::none;
    return where_.distribution_of(
        {.code = n.code, .a = where_.scalar(n.a), .b = arity > 1 ? where_.scalar(n.b) : ir::none});
  }

  ir::model const& m_;
  layout& where_;
  prologue steps_;
  ir::list<ir::frequency> often_;
  ir::list<char> needed_;
  ir::list<int> places_, slots_, step_scalars_;
  ir::list<int> seldom_;  ///< what is computed less often than for each element, in order
};

}  // namespace detail

/// Brings expressions into schedule order. Whatever is the same for all elements during a run
/// becomes a scalar, so that `exp(-dt/tau)` is computed once; what is the same during a step, such
/// as `sin(w t)`, is computed once per step; every node is evaluated once, however many stores use
/// it.
constexpr program assemble(ir::model const& m, layout& where, ir::span<ir::assignment const> stores,
                           int spike = ir::none, prologue steps = prologue::with) {
  ir::list<int> roots;
  for (auto const& s : stores) roots.push_back(s.value);
  roots.push_back(spike);
  detail::assembler make(m, where, steps);
  program p = make(roots);

  auto const store = [&](ir::assignment const& s) {
    auto const is_old_value = [&](int i) {
      return m.nodes[i].code == ir::op::symbol && m.nodes[i].which == s.symbol;
    };
    if (is_old_value(s.value)) return;
    ir::node const& n = m.nodes[s.value];
    bool const chosen_by_spike = spike != ir::none && n.code == ir::op::select && n.a == spike;
    origin const to = origin_of(m.at(s.symbol));
    p.stores.push_back({.array = to == origin::shared ? s.symbol : make.slot(s.symbol),
                        .value = make.place(s.value),
                        .on_spike = chosen_by_spike && is_old_value(n.c),
                        .to = to});
  };
  // Where source and target are one neuron, the source's value is the one that stays.
  for (bool const of_source : {false, true})
    for (auto const& s : stores)
      if ((m.at(s.symbol).owner == ir::side::pre) == of_source) store(s);
  if (spike != ir::none) p.spike = make.place(spike);
  return p;
}

}  // namespace nernst::kernel
