// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>
#include <nernst/language/own_events.hpp>
#include <nernst/language/variable.hpp>

#include <boost/hana/tuple.hpp>

#include <type_traits>

namespace nernst::language {

using ir::slot;

template <int N>
struct event_clause {
  ir::string_view id;
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
  ir::string_view id;
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
template <ir::fixed_string Name, class C>
constexpr auto event(C const& condition) {
  auto r =
      detail::with_terms<event_clause>(detail::truth<detail::join<"event ", Name>()>(condition));
  if constexpr (!detail::any_mistaken<decltype(r)>) r.id = Name.view();
  return r;
}
/// What happens to a neuron that has the event, in slot `after_resets`. Each line sees the lines
/// before it. Of a mechanism it is also what happens at an event that was sent or watched for.
template <ir::fixed_string Name, class... Statements>
constexpr auto on_event(Statements const&... s) {
  if constexpr (detail::are_event_statements<detail::join<"on_event ", Name>(), Statements...>())
    return on_event_clause<Statements...>{Name.view(), boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}

/// What happens to every neuron at multiples of a time, in slot `start`. Each line sees the lines
/// before it.
template <Operand T, class... Statements>
  requires(!(std::is_convertible_v<Statements const&, ir::string_view> ||
             ...))  // texts are for brian::every
constexpr auto every(T const& period, Statements const&... s) {
  auto const e = detail::operand<"every", ir::units::second>(period);
  using written = std::remove_const_t<decltype(e)>;
  if constexpr (detail::any_mistaken<written> ||
                !detail::are_statements<"every", Statements...>()) {
    return mistaken{};
  } else {
    every_clause<detail::length<written>, Statements...> r{boost::hana::tuple<Statements...>(s...)};
    for (int k = 0; k < detail::length<written>; ++k) r.period[k] = e.terms[k];
    return r;
  }
}
/// What happens to every neuron at given times, in slot `start`: `at({10 * ms, 25 * ms}, v = 0 *
/// mV)`.
template <ir::unit U, int N, class... Statements>
constexpr auto at(quantity<U> const (&times)[N], Statements const&... s) {
  constexpr ir::dimension unit = ir::dimension_of<U>;
  nernst::detail::require_same_dimension<"at", ir::units::second, unit>();
  if constexpr (!detail::are_statements<"at", Statements...>() || unit != ir::units::second) {
    return mistaken{};
  } else {
    at_clause<N, Statements...> r{boost::hana::tuple<Statements...>(s...)};
    for (int k = 0; k < N; ++k) r.times[k] = times[k].si;
    return r;
  }
}

}  // namespace nernst::language
