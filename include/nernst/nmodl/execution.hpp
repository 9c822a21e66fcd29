// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/kinetics.hpp>

#include <initializer_list>
#include <limits>

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
      if (ir::is_random(n.code)) return g_.symbol(held_draw(g_.make(n)));
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

  static constexpr int most_rounds = 10000;

  constexpr void count(node const& n) {
    if (has_varying_bound(n)) return count_within_arrays(n);
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
  constexpr bool has_varying_bound(node const& n) {
    return !g_.is_literal(whole_value(n.a)) || !g_.is_literal(whole_value(n.b));
  }
  /// A loop whose bounds vary: a round for each element of the arrays that each of its rounds goes
  /// through, where the counter is within the bounds.
  constexpr void count_within_arrays(node const& n) {
    int const counter = slots_.of_local(static_cast<int>(n.value));
    range of{.last = most_rounds};
    of.first = -of.last;
    narrow(of, n.d, static_cast<int>(n.value));
    if (failed()) return;
    bool const has_end = n.c == ir::none && of.last - of.first < most_elements;
    if (!has_end) return count_freely(n);
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
  /// Where only PARAMETERs let these values vary, they are constants when the file is lowered anew.
  constexpr bool fix_parameters(std::initializer_list<int> values) {
    ir::list<int> names;
    for (int const v : values)
      if (!enter_parameters(v, names)) return false;
    c_.fixed.append(names);
    return !names.empty();
  }
  constexpr bool enter_parameters(int value, ir::list<int>& names) const {
    for (int const i : ir::schedule(g_, value)) {
      ir::node const& n = g_[i];
      if (ir::is_random(n.code) || n.code == ir::op::lookup) return false;
      if (n.code != ir::op::symbol) continue;
      int const name = parameter_with(n.which);
      if (name == ir::none) return false;
      if (!has(names, name)) names.push_back(name);
    }
    return true;
  }
  constexpr int parameter_with(int symbol) const {
    for (int k = 0; k < slots_.own(); ++k)
      if (slots_[k].symbol == symbol)
        for (declaration const& d : s_.declarations)
          if (d.name == slots_[k].name && d.kind == storage::parameter &&
              !slots_.use(d.name).is_written)
            return d.name;
    return ir::none;
  }
  /// The same where no array says how many rounds there may be.
  constexpr void count_freely(node const& n) {
    int const first = whole_value(n.a);
    double by = 1;
    if (fix_parameters({first, whole_value(n.b)})) return so_many_rounds(n);
    if (n.c != ir::none && !whole(n.c, by)) return;
    if (by <= 0) return not_supported(s_.nodes[n.c].at, "a loop downwards", "a loop upwards");
    int const counter = slots_.of_local(static_cast<int>(n.value));
    write(counter, first);
    auto const is_within = [&] {
      return g_.make(ir::op::less_equal, read(counter), whole_value(n.b));
    };
    go_round(n, n.d, is_within, [&] { write(counter, g_.add(read(counter), number(by))); });
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
  /// A loop whose condition is known each time, or holds at most `most_that_vary` times.
  constexpr void repeat(node const& n) {
    if (int const bound = bound_in(s_.nodes[n.a]); bound != ir::none && fix_parameters({bound}))
      return so_many_rounds(n);
    go_round(n, n.b, [&] { return as_condition(value(n.a)); }, [] {});
  }
  /// Of i < n, where i is known: n.
  constexpr int bound_in(node const& condition) {
    bool const compares = ir::is_condition(condition.code) && condition.kind == node_kind::infix;
    for (int const side : {condition.a, condition.b})
      if (compares && s_.nodes[side].kind == node_kind::name && g_.is_literal(value(side)))
        return as_number(value(side == condition.a ? condition.b : condition.a));
    return ir::none;
  }
  constexpr void so_many_rounds(node const& n) {
    not_supported(n.at, "a loop with so many rounds", "fewer of them, or less in each");
  }

  /// Rounds while a condition holds. Each stands within those before it, so that what is known in
  /// one stays so.
  template <class Condition, class Next>
  constexpr void go_round(node const& n, int body, Condition holds, Next next) {
    ir::list<change> entered;  // where rounds begin in the log, and their conditions
    int const nodes = g_.size();
    bool const was_guarded = is_guarded_;
    for (int round = 0; !failed(); ++round) {
      int const condition = holds();
      bool const is_known = g_.is_literal(condition);
      if (is_known && g_[condition].value == 0) break;
      bool const is_dear = !entered.empty() && g_.size() - nodes > most_in_rounds;
      if (round == most_rounds || is_dear) return so_many_rounds(n);
      if (!is_known && entered.size() == most_that_vary) {
        spoil(condition, entered[0].slot);
        break;
      }
      if (!is_known) entered.push_back({log_.size(), condition});
      is_guarded_ = was_guarded || !entered.empty();
      execute(body);
      next();
    }
    is_guarded_ = was_guarded;
    for (int k = entered.size() - 1; k >= 0; --k)
      merge(entered[k].value, undo(entered[k].slot), {});
  }
  /// Where a condition holds, what has been written since `mark` is no number.
  constexpr void spoil(int condition, int mark) {
    ir::list<int> written;
    for (int k = mark; k < log_.size(); ++k)
      if (!has(written, log_[k].slot)) written.push_back(log_[k].slot);
    int const no_number = number(std::numeric_limits<double>::quiet_NaN());
    for (int const k : written) write(k, g_.select(condition, no_number, now_[k]));
  }
  static constexpr int most_that_vary = 50, most_in_rounds = 5000;
};

}  // namespace nernst::nmodl::detail
