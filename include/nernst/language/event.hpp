// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/variable.hpp>

#include <boost/hana/tuple.hpp>

#include <string_view>
#include <type_traits>

namespace nernst::language {

using ir::slot;

template <int N>
struct event_clause {
  std::string_view id;
  term terms[N];
  ir::instant check = ir::event{}.check;

  /// Looks for the event in another slot of the step, in rising order.
  constexpr event_clause when(ir::slot s, int order = 0) const {
    event_clause r = *this;
    r.check = {s, order};
    return r;
  }
};
template <class... Statements>
struct on_event_clause {
  std::string_view id;
  boost::hana::tuple<Statements...> statements;
  ir::instant act = ir::event{}.act;

  /// Acts in another slot of the step, in rising order.
  constexpr on_event_clause when(ir::slot s, int order = 0) const {
    on_event_clause r = *this;
    r.act = {s, order};
    return r;
  }
};
template <int N, class... Statements>
struct every_clause {
  boost::hana::tuple<Statements...> statements;
  term period[N] = {};
  ir::instant act = ir::timed_action{}.when;

  /// Acts in another slot of the step, in rising order.
  constexpr every_clause when(ir::slot s, int order = 0) const {
    every_clause r = *this;
    r.act = {s, order};
    return r;
  }
};
template <int N, class... Statements>
struct at_clause {
  boost::hana::tuple<Statements...> statements;
  double times[N] = {};
  ir::instant act = ir::timed_action{}.when;

  /// Acts in another slot of the step, in rising order.
  constexpr at_clause when(ir::slot s, int order = 0) const {
    at_clause r = *this;
    r.act = {s, order};
    return r;
  }
};

/// An event of the model's own, beside spikes: it happens in each step in which the condition
/// holds, in slot `after_thresholds`. Refractoriness has no part in it.
template <ir::fixed_string Name, Condition C>
constexpr auto event(C const& c) {
  event_clause<detail::length<detail::lifted<C>>> r{};
  r.id = Name.view();
  auto const& e = detail::lift(c);
  for (int k = 0; k < detail::length<detail::lifted<C>>; ++k) r.terms[k] = e.terms[k];
  return r;
}
template <ir::fixed_string Name, Operand T>
constexpr auto event(T const&) {
  if constexpr (!detail::any_mistaken<T>) {
    constexpr auto where = detail::join<"event ", Name>();
    nernst::detail::raise<
        not_a_condition<where, nernst::detail::unit_name<detail::traits<T>::unit>>>();
  }
  return event<Name>(detail::lift(false));
}
/// What happens to a neuron that has the event, in slot `after_resets`. Each line sees the lines
/// before it.
template <ir::fixed_string Name, class... Statements>
constexpr auto on_event(Statements const&... s) {
  return on_event_clause<Statements...>{Name.view(), boost::hana::tuple<Statements...>(s...)};
}

/// What happens to every neuron at multiples of a time, in slot `start`. Each line sees the lines
/// before it.
template <Operand T, class... Statements>
  requires(!(std::is_convertible_v<Statements const&, std::string_view> ||
             ...))  // texts are for brian::every
constexpr auto every(T const& period, Statements const&... s) {
  auto const e = detail::expect<"every", ir::units::second>(period);
  every_clause<detail::length<decltype(e)>, Statements...> r{
      boost::hana::tuple<Statements...>(s...)};
  for (int k = 0; k < detail::length<decltype(e)>; ++k) r.period[k] = e.terms[k];
  return r;
}
/// What happens to every neuron at given times, in slot `start`: `at({10 * ms, 25 * ms}, v = 0 *
/// mV)`.
template <ir::dimension D, int N, class... Statements>
constexpr auto at(quantity<D> const (&times)[N], Statements const&... s) {
  nernst::detail::require_same_dimension<"at", ir::units::second, D>();
  at_clause<N, Statements...> r{boost::hana::tuple<Statements...>(s...)};
  for (int k = 0; k < N; ++k) r.times[k] = times[k].si;
  return r;
}

}  // namespace nernst::language
