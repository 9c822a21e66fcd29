// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/loops.hpp>

namespace nernst::nmodl::detail {

/// Executes statements. Both branches of a choice are taken, and what they write is chosen
/// afterwards; loops are unrolled.
class execution : public loops {
 public:
  constexpr execution(syntax& s, contents& c, ir::model& m) : loops(s, c, m) {
    derived_.execute = [](symbolic& x, int body) {
      static_cast<execution&>(x).execute_statements(body);
    };
  }

 protected:
  constexpr void execute_statements(int body) {
    if (body == ir::none) return;
    for (int n = s_.nodes[body].a; n != ir::none && !failed(); n = s_.nodes[n].next)
      statement(s_.nodes[n]);
  }
  /// What SOLVE and INITIAL of NET_RECEIVE do depends on where they stand.
  constexpr void solve(node const& n) { derived_.solve(*this, n); }
  constexpr void initial_of_event(node const& n) { derived_.initial_of_event(*this, n); }

  constexpr void statement(node const n) {
    switch (n.kind) {
    case node_kind::assign:
      return assign(n);
    case node_kind::invoke:
      call(s_.nodes[n.a]);
      return;
    case node_kind::block: {
      for (int k = n.a; k != ir::none && !failed(); k = s_.nodes[k].next) statement(s_.nodes[k]);
      return;
    }
    case node_kind::choice:
      return choice(n);
    case node_kind::count:
      return count(n);
    case node_kind::repeat:
      return repeat(n);
    case node_kind::solve:
      return solve(n);
    case node_kind::initial:
      return initial_of_event(n);
    case node_kind::protect:
      return statement(s_.nodes[n.a]);
    case node_kind::reaction:
    case node_kind::influx:
    case node_kind::decay:
    case node_kind::conserve:
    case node_kind::compartment:
    case node_kind::diffusion:
      return react(n);
    case node_kind::equation:
      equations_.push_back({g_.subtract(as_number(value(n.a)), as_number(value(n.b))), n.at});
      return;
    case node_kind::watch:
      return watch(n);
    case node_kind::for_netcons:
      return not_supported(n.at, "FOR_NETCONS within a loop or PROCEDURE", "it in NET_RECEIVE");
    default:  // without effect: TABLE, CONDUCTANCE, UNITSOFF, MUTEXLOCK, VERBATIM
      return;
    }
  }

  /// What is above 0 where the condition of a WATCH holds.
  constexpr int excess(node const& watch) {
    node const c = s_.nodes[watch.a];
    bool const is_less = c.code == ir::op::less || c.code == ir::op::less_equal;
    bool const is_more = c.code == ir::op::greater || c.code == ir::op::greater_equal;
    if (c.kind != node_kind::infix || (!is_less && !is_more)) {
      not_supported(watch.at, "WATCH of such a condition", "one x > y, or x < y");
      return number(0);
    }
    int const a = as_number(value(c.a)), b = as_number(value(c.b));
    return is_less ? g_.subtract(b, a) : g_.subtract(a, b);
  }

  ir::list<int> watches_;  ///< nodes

  bool is_sequential_ = false;                            ///< a block that cnexp solves is executed
  ir::list<int> prime_at_ = ir::list<int>(slots_.own());  ///< by slot: where its equation stands

  /// Of LINEAR: what is zero.
  struct linear_equation {
    int zero = ir::none, at = 0;
  };
  ir::list<linear_equation> equations_;

 private:
  constexpr void assign(node const& n) {
    node const target = s_.nodes[n.a];
    if (target.kind == node_kind::prime && is_sequential_) return assign_by_name(target, n.b);
    int const given = as_number(value(n.b));
    if (failed()) return;
    if (target.kind == node_kind::prime) return assign_prime(target, given);
    int const first = first_slot(target);
    if (target.kind == node_kind::element && first != ir::none) {
      int const index = whole_value(target.a);
      if (!g_.is_literal(index)) return assign_chosen(target, first, index, given);
    }
    int const k = slot_of(target);
    if (k == ir::none) return;
    slot const& v = slots_[k];
    bool const is_elsewhere = moment_ == moment::event || moment_ == moment::connect ||
                              c_.kind == mechanism_kind::artificial;
    if (v.kind == slot_kind::pointer && is_elsewhere)
      return not_supported(target.at, "a POINTER written here", "write it in BREAKPOINT");
    write(k, given);
  }
  /// What holds already is not waited for before it has not held.
  constexpr void watch(node const& n) {
    if (moment_ != moment::event || loops_)
      return not_supported(n.at, "WATCH here", "it in NET_RECEIVE");
    int k = 0;
    while (k < watches_.size() && s_.nodes[watches_[k]].at != n.at) ++k;
    if (k == event_slots::most_watches)
      return not_supported(n.at, "more than 8 WATCH", "fewer of them");
    if (k == watches_.size()) watches_.push_back(number_of(n));
    m_.events_needed.any = true;
    m_.events_needed.watches = watches_.size();
    int const holds = g_.make(ir::op::greater_equal, excess(n), number(-1e-11));
    write(slots_.of_event(event_slots::watch + k), g_.select(holds, number(2), number(1)));
    write(slots_.of_event(event_slots::watch_flag + k), as_number(value(n.b)));
  }
  constexpr int number_of(node const& n) const {
    int k = 0;
    while (s_.nodes[k].kind != n.kind || s_.nodes[k].at != n.at) ++k;
    return k;
  }
  /// As NEURON's cnexp: the state is solved for where its name stands; what other variables or
  /// functions make of it stays as it was at the beginning of the step.
  constexpr void assign_by_name(node const& target, int rhs) {
    int const k = slot_of(target), mark = log_.size();
    if (k == ir::none) return;
    if (now_[k] == ir::none) begin_equation(k);
    ir::list<int> values(1, as_number(value(rhs)));
    end_equation();
    if (failed()) return;
    for (int j = mark; j < log_.size(); ++j) values.push_back(now_[log_[j].slot]);
    values = solved_in(values, k);
    for (int j = mark; j < log_.size(); ++j) now_[log_[j].slot] = values[j - mark + 1];
    assign_prime(target, values[0]);
  }
  constexpr ir::list<int> solved_in(ir::list<int> const& values, int k) {
    int const symbol = symbol_of(k);
    return ir::rebuild(g_, ir::span<int const>(values), [&](int i, ir::node const& n) {
      if (n.code == ir::op::symbol && n.which == symbol) return g_.symbol(held_symbol(k));
      if (n.code == ir::op::symbol && n.which == unknown_state)
        return from_outside(g_.symbol(symbol), slots_[k].unit);
      if (ir::is_random(n.code)) return g_.symbol(held_draw(g_.enter(n)));
      ir::node const& old = g_[i];
      bool const is_same = old.a == n.a && old.b == n.b && old.c == n.c;
      return is_same ? i : g_.make(n);
    });
  }
  /// The symbol of a random number that is the same throughout a step.
  constexpr int held_draw(int drawn) {
    ir::identifier const id = ir::identifier("_drawn_").append(g_[drawn].which);
    if (int const known = m_.find(id); known != ir::none) return known;
    int const held = m_.add({.id = id, .kind = ir::role::subexpression});
    m_.subexpressions.push_back({held, drawn, true});
    return held;
  }
  constexpr void assign_prime(node const& target, int given) {
    if (target.value != 1) return not_supported(target.at, "x''", "two equations of first order");
    int const k = slot_of(target);
    if (k == ir::none) return;
    sequential_[k] = is_sequential_;
    prime_at_[k] = target.at;
    write(prime_of(k), given);
  }
  constexpr void assign_chosen(node const& target, int first, int index, int given) {
    int const size = size_of(target);
    if (!may_vary(size, target.at)) return;
    for (int k = 0; k < size; ++k) {
      int const is_here = g_.make(ir::op::equal, index, number(k));
      write(first + k, g_.select(is_here, given, read(first + k)));
    }
  }

  constexpr void choice(node const& n) {
    int const condition = as_condition(value(n.a));
    if (g_.is_literal(condition)) {
      if (g_[condition].value != 0)
        execute(n.b);
      else if (n.c != ir::none)
        statement(s_.nodes[n.c]);
      return;
    }
    if (is_too_deep(n.a)) return;
    int const mark = log_.size();
    execute(n.b);
    ir::list<change> const yes = undo(mark);
    ++level_;
    if (n.c != ir::none) statement(s_.nodes[n.c]);
    --level_;
    ir::list<change> const no = undo(mark);
    merge(condition, yes, no);
  }
};

}  // namespace nernst::nmodl::detail
