// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/kinetics.hpp>

#include <initializer_list>

namespace nernst::nmodl::detail {

/// Loops: their rounds are executed one after the other, each as far as its condition holds.
class loops : public kinetics {
 public:
  using kinetics::kinetics;

 private:
  static constexpr int most_rounds = 10000, most_that_vary = 50;
  /// Nodes, of rounds that are known to come, and of those that may.
  static constexpr int most_in_known_rounds = 30000, most_in_rounds = 5000;

  constexpr void so_many_rounds(node const& n) {
    not_supported(n.at, "a loop with so many rounds", "fewer of them, or less in each");
  }
  /// Where a condition holds, what has been written since `mark` is no number.
  constexpr void spoil(int condition, int mark) {
    ir::list<int> written;
    for (int k = mark; k < log_.size(); ++k)
      if (!has(written, log_[k].slot)) written.push_back(log_[k].slot);
    int const no_number = number(ir::quiet_nan);
    for (int const k : written) write(k, g_.select(condition, no_number, now_[k]));
  }
  // Stands before those that call it, as clang makes templates where a class ends, in this order.

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
      int const most = entered.empty() ? most_in_known_rounds : most_in_rounds;
      bool const is_dear = g_.size() - nodes > most;
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

 protected:
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
  /// A loop whose condition is known each time, or holds at most `most_that_vary` times.
  constexpr void repeat(node const& n) {
    if (int const bound = bound_in(s_.nodes[n.a]); bound != ir::none && fix_parameters({bound}))
      return so_many_rounds(n);
    go_round(n, n.b, [&] { return as_condition(value(n.a)); }, [] {});
  }

 private:
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
  /// Of i < n, where i is known: n.
  constexpr int bound_in(node const& condition) {
    bool const compares = ir::is_condition(condition.code) && condition.kind == node_kind::infix;
    for (int const side : {condition.a, condition.b})
      if (compares && s_.nodes[side].kind == node_kind::name && g_.is_literal(value(side)))
        return as_number(value(side == condition.a ? condition.b : condition.a));
    return ir::none;
  }
};

}  // namespace nernst::nmodl::detail
