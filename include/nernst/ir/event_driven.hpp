// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/inline_subexpressions.hpp>
#include <nernst/ir/linear_forms.hpp>

namespace nernst::ir {

namespace detail {

/// Looks for what keeps the event-driven equations of a model from being solved. Subexpressions are
/// in their places.
class event_driven_check {
 public:
  constexpr explicit event_driven_check(model& m) : m_(m), driven_(m.symbols.size()) {
    for (equation const& e : m.equations) driven_[e.symbol] = e.event_driven ? by_events : by_clock;
  }

  constexpr diagnosis run() {
    for (equation const& e : m_.equations) {
      if (e.event_driven)
        solvable(e);
      else
        free_of_events(rate(e), e.rhs, e.origin);
    }
    for (summation const& s : m_.sums) {
      phrase name("summed ");
      free_of_events(name += spelled(m_.at(s.symbol)), s.value, s.origin);
    }
    return found_;
  }

 private:
  enum driver : char { nothing, by_clock, by_events };

  constexpr void refuse(equation const& e, string_view why, string_view method = "event_driven") {
    phrase reason = rate(e);
    note(method, {}, reason += why, e.origin);
  }
  constexpr void refuse(phrase reader, int read, string_view instead, int origin) {
    note("event_driven", instead, (reader += " reads ") += spelled(m_.at(read)), origin);
  }
  constexpr void note(string_view method, string_view instead, phrase const& reason, int origin) {
    if (!found_.ok()) return;
    found_ = {mistake::unsuitable_method, method, instead, reason.view()};
    m_.locate(found_, origin);
  }
  constexpr phrase rate(equation const& e) const {
    phrase name("d");
    return (name += m_.at(e.symbol).id) += "/dt";
  }

  /// Between two events everything but the variable itself stays the same, as in Brian 2.
  constexpr void solvable(equation const& e) {
    if (e.method != method_id::automatic && e.method != method_id::exact)
      return refuse(e, " is event-driven", name_of(e.method));
    list<int> const order = schedule(m_.nodes, e.rhs);
    for (int const i : order) {
      node const& n = m_.nodes[i];
      if (is_random(n.code)) return refuse(e, " is random");
      if (n.code != op::symbol || n.which == e.symbol) continue;
      role const kind = m_.at(n.which).kind;
      bool const passes = kind == role::time || kind == role::step || kind == role::last_update;
      if (driven_[n.which] != nothing || passes)
        return refuse(rate(e), n.which, "what stays the same between events", e.origin);
    }
    int const only_column[] = {0};
    if (!linear_forms(m_.nodes, only_column, e.symbol).is_linear(e.rhs))
      refuse(e, " is not linear");
  }
  constexpr void free_of_events(phrase const& name, int value, int origin) {
    list<int> const order = schedule(m_.nodes, value);
    for (int const i : order) {
      node const& n = m_.nodes[i];
      if (n.code == op::symbol && driven_[n.which] == by_events)
        return refuse(name, n.which, "no event-driven variable", origin);
    }
  }

  model& m_;
  list<char> driven_;  ///< by symbol
  diagnosis found_;
};

}  // namespace detail

/// What keeps the event-driven equations of synapses from being solved where a pathway acts: each
/// has to be linear in its own variable, and may read what stays the same between two events,
/// neither time nor random numbers nor the variable of another equation; equations that are
/// integrated in every step, and sums, may not read what is up to date at events only. The mistake
/// is `unsuitable_method`.
constexpr diagnosis check_event_driven(model const& m) {
  bool any = false;
  for (equation const& e : m.equations) any = any || e.event_driven;
  if (!any) return {};
  model inlined(m);
  held_values const held = inline_subexpressions(inlined);
  return held.mistake.ok() ? detail::event_driven_check(inlined).run() : held.mistake;
}

}  // namespace nernst::ir
