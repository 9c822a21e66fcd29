// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/kinetics.hpp>

namespace nernst::nmodl::detail {

/// Executes statements. Both branches of a choice are taken, and what they write is chosen
/// afterwards; loops are unrolled.
class execution : public kinetics {
 public:
  using kinetics::kinetics;
  constexpr ~execution() = default;

 protected:
  constexpr void execute(int body) override {
    if (body == ir::none) return;
    for (int n = s_.nodes[body].a; n != ir::none && !failed(); n = s_.nodes[n].next)
      statement(s_.nodes[n]);
  }
  /// What SOLVE and INITIAL of NET_RECEIVE do depends on where they stand.
  virtual constexpr void solve(node const& n) = 0;
  virtual constexpr void initial_of_event(node const& n) = 0;

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

  static constexpr int most_rounds = 10000;

  constexpr void count(node const& n) {
    if (int const k = varying_bound(n); k != ir::none) return count_within_arrays(n, k);
    double first = 0, last = 0, by = 1;
    if (!whole(n.a, first) || !whole(n.b, last)) return;
    if (n.c != ir::none && !whole(n.c, by)) return;
    if (by == 0 || (last - first) / by > most_rounds)
      return not_supported(n.at, "FROM with so many rounds", "fewer of them");
    int const counter = slots_.of_local(static_cast<int>(n.value));
    for (double i = first; (by > 0 ? i <= last : i >= last) && !failed(); i += by) {
      write(counter, number(i));
      execute(n.d);
    }
  }
  /// The bound that is not known yet, `none` if both are.
  constexpr int varying_bound(node const& n) {
    for (int const bound : {n.a, n.b})
      if (!g_.is_literal(whole_value(bound))) return bound;
    return ir::none;
  }
  /// A loop whose bounds vary: a round for each element of the arrays that each of its rounds goes
  /// through, where the counter is within the bounds.
  constexpr void count_within_arrays(node const& n, int varying) {
    int const counter = slots_.of_local(static_cast<int>(n.value));
    range of{.last = most_rounds};
    of.first = -of.last;
    narrow(of, n.d, static_cast<int>(n.value));
    if (failed()) return;
    if (n.c != ir::none || of.last - of.first >= most_elements)
      return not_supported(s_.nodes[varying].at, "an index or bound that varies",
                           "a constant, DEFINE N 4, or arrays of at most 100 elements");
    int const first = whole_value(n.a), last = whole_value(n.b);
    for (int i = of.first; i <= of.last && !failed(); ++i) {
      int const here = number(i), mark = log_.size();
      int const is_within = g_.make(ir::op::logical_and, g_.make(ir::op::less_equal, first, here),
                                    g_.make(ir::op::less_equal, here, last));
      write(counter, here);
      execute(n.d);
      merge(is_within, undo(mark), {});
      if (whole_value(n.b) != last || g_.size() > most_nodes)
        return not_supported(n.at, "FROM with so much in it", "bounds that its rounds leave alone");
    }
  }
  struct range {
    int first = 0, last = 0;
  };
  /// To where all indices are within their arrays, of those that each round has.
  constexpr void narrow(range& to, int n, int counter) {
    if (n == ir::none) return;
    node const e = s_.nodes[n];
    switch (e.kind) {
    case node_kind::block:
      for (int k = e.a; k != ir::none; k = s_.nodes[k].next) narrow(to, k, counter);
      return;
    case node_kind::choice:
      return narrow(to, e.a, counter);
    case node_kind::call:
      for (int k = e.a; k != ir::none; k = s_.nodes[k].next) narrow(to, k, counter);
      return;
    case node_kind::element:
      narrow(to, e.a, counter);
      return narrow_to_array(to, e, counter);
    case node_kind::assign:
    case node_kind::infix:
      narrow(to, e.b, counter);
      [[fallthrough]];
    case node_kind::prefix:
    case node_kind::invoke:
    case node_kind::protect:
      return narrow(to, e.a, counter);
    default:
      return;
    }
  }
  constexpr void narrow_to_array(range& to, node const& e, int counter) {
    if (!mentions(e.a, counter)) return;
    double at[3] = {};
    for (int i = 0; i < 3; ++i) {
      int const mark = log_.size();
      write(slots_.of_local(counter), number(i));
      int const index = whole_value(e.a);
      undo(mark);
      if (!g_.is_literal(index)) return;
      at[i] = g_[index].value;
    }
    int const from = static_cast<int>(at[0]), by = static_cast<int>(at[1] - at[0]);
    if ((by != 1 && by != -1) || at[2] - at[1] != by) return;
    int const end = size_of(e) - 1;
    int const first = by == 1 ? -from : from - end, last = by == 1 ? end - from : from;
    to.first = first > to.first ? first : to.first;
    to.last = last < to.last ? last : to.last;
  }
  constexpr bool mentions(int n, int counter) const {
    node const& e = s_.nodes[n];
    if (e.kind == node_kind::infix) return mentions(e.a, counter) || mentions(e.b, counter);
    if (e.kind == node_kind::prefix) return mentions(e.a, counter);
    return e.kind == node_kind::name && e.b == counter;
  }
  /// A loop whose condition is known each time.
  constexpr void repeat(node const& n) {
    for (int round = 0; !failed(); ++round) {
      int const condition = as_condition(value(n.a));
      if (!g_.is_literal(condition) || round == most_rounds)
        return not_supported(n.at, "while with a condition that varies", "FROM i = 0 TO 9 and if");
      if (g_[condition].value == 0) return;
      execute(n.b);
    }
  }
};

}  // namespace nernst::nmodl::detail
