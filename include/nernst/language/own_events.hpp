// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>
#include <nernst/language/variable.hpp>

#include <boost/hana/tuple.hpp>

#include <type_traits>

// What mechanisms say of events of their own, in `on_spike`, `on_event` and `initial`.

namespace nernst::language {

/// What a statement asks for.
enum class event_request { send, move, watch, fire };

/// An event that is sent, moved or watched for, or a spike; only where a condition holds.
template <event_request Request, int N, int C = 1>
struct event_statement {
  static constexpr event_request request = Request;
  ir::string_view id;
  term value[N];  ///< the delay, the time, or what is watched for
  term condition[C];

  /// Only where this holds as well.
  template <class T>
    requires(C == 1)
  constexpr auto where(T const& holds) const {
    auto const e = detail::truth<"where">(holds);
    using written = std::remove_const_t<decltype(e)>;
    if constexpr (detail::any_mistaken<written>) {
      return mistaken{};
    } else {
      event_statement<Request, N, detail::length<written>> r{};
      r.id = id;
      for (int k = 0; k < N; ++k) r.value[k] = value[k];
      for (int k = 0; k < detail::length<written>; ++k) r.condition[k] = e.terms[k];
      return r;
    }
  }
};

/// Statements that are carried out for each connection of the element.
template <class... Statements>
struct connection_loop {
  boost::hana::tuple<Statements...> statements;
};

namespace detail {
template <class S>
inline constexpr bool is_of_event = false;
template <event_request Request, int N, int C>
inline constexpr bool is_of_event<event_statement<Request, N, C>> = true;
template <class... S>
inline constexpr bool is_of_event<connection_loop<S...>> = true;
template <class S>
inline constexpr bool is_loop = false;
template <class... S>
inline constexpr bool is_loop<connection_loop<S...>> = true;
template <class S>
inline constexpr bool is_fire = false;
template <int N, int C>
inline constexpr bool is_fire<event_statement<event_request::fire, N, C>> = true;

/// Whether a clause has a statement that asks something of events.
template <class Clause>
inline constexpr bool has_own_events = false;
template <template <class...> class Clause, class... S>
inline constexpr bool has_own_events<Clause<S...>> = (is_of_event<S> || ...);
template <class Clause>
inline constexpr bool has_loop = false;
template <template <class...> class Clause, class... S>
inline constexpr bool has_loop<Clause<S...>> = (is_loop<S> || ...);
template <class Clause>
inline constexpr bool has_fire = false;
template <template <class...> class Clause, class... S>
inline constexpr bool has_fire<Clause<S...>> = (is_fire<S> || ...);

/// Whether all are assignments, or ask something of events.
template <ir::fixed_string Where, class... S>
constexpr auto are_event_statements() {
  if constexpr (any_mistaken<S...>) {
    return false;
  } else {
    return ([] {
      if constexpr (is_of_event<S>)
        return true;
      else
        return require_statement<Where, S>();
    }() && ...);
  }
}

template <event_request Request, class E>
constexpr auto request(ir::string_view id, E const& e) {
  if constexpr (any_mistaken<E>) {
    return mistaken{};
  } else {
    event_statement<Request, length<E>> r{};
    r.id = id;
    for (int k = 0; k < length<E>; ++k) r.value[k] = e.terms[k];
    r.condition[0].value = 1;
    return r;
  }
}
}  // namespace detail

/// Of a mechanism, in `on_spike`, `on_event` and `initial`: an event to the same element after a
/// time, `send<"end">(2 * ms).where(open > 0)`, as NEURON's net_send. What happens then,
/// `on_event<"end">(...)`, sees the variables of the connection through which came what had it
/// sent. A negative delay counts as 0, and with one that is no number nothing is sent.
template <ir::fixed_string Name, Operand T>
constexpr auto send(T const& delay) {
  return detail::request<event_request::send>(
      Name.view(), detail::operand<detail::join<"send ", Name>(), ir::units::second>(delay));
}
/// Moves the event of that name that was sent last to another time, `move<"fire">(t + 2 * ms)`, as
/// NEURON's net_move; nothing happens where none is on its way. A mechanism moves events of one
/// name.
template <ir::fixed_string Name, Operand T>
constexpr auto move(T const& time) {
  return detail::request<event_request::move>(
      Name.view(), detail::operand<detail::join<"move ", Name>(), ir::units::second>(time));
}
/// From now on the event happens where the condition comes to hold that did not hold at the end of
/// the step before, `watch_for<"high">(voltage > -20 * mV)`, as NEURON's WATCH. An event that
/// watches for anything ends what was watched for until then.
template <ir::fixed_string Name, class C>
constexpr auto watch_for(C const& condition) {
  return detail::request<event_request::watch>(
      Name.view(), detail::truth<detail::join<"watch_for ", Name>()>(condition));
}
/// The element fires, as with NEURON's net_event: it is a source of spikes.
constexpr auto fire() {
  return detail::request<event_request::fire>({}, detail::lift(1));
}
/// What happens to each connection of the element, in the order in which they were made, as in
/// NEURON's FOR_NETCONS: variables of connections are those of each.
template <class... Statements>
constexpr auto for_each_connection(Statements const&... s) {
  if constexpr (detail::are_statements<"for_each_connection", Statements...>())
    return connection_loop<Statements...>{boost::hana::tuple<Statements...>(s...)};
  else
    return mistaken{};
}

}  // namespace nernst::language
