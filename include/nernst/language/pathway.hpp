// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/event.hpp>

namespace nernst::language {

/// What a synapse does when its source or its target neuron fires.
template <class... Statements>
struct pathway_clause {
  ir::side trigger = ir::side::pre;
  boost::hana::tuple<Statements...> statements;
  ir::string_view id = {};
  ir::string_view event = "spike";
  ir::instant act = {};

  /// Gives the pathway a name, by which its delays are known: `pre` or `post` without, with a
  /// number from the second one on.
  constexpr pathway_clause named(ir::string_view name) const {
    pathway_clause r = *this;
    r.id = name;
    return r;
  }
  /// Acts on another event of the neuron than its spikes.
  constexpr pathway_clause on(ir::string_view event_of_neuron) const {
    pathway_clause r = *this;
    r.event = event_of_neuron;
    return r;
  }
  /// Acts in another slot of the step, in rising order.
  constexpr pathway_clause when(ir::slot s, int order = 0) const {
    pathway_clause r = *this;
    r.act = {s, order};
    return r;
  }
};

namespace detail {
template <ir::fixed_string Where, ir::side Trigger, class... Statements>
constexpr auto pathway(Statements const&... s) {
  if constexpr (are_statements<Where, Statements...>())
    return pathway_clause<Statements...>{.trigger = Trigger,
                                         .statements = boost::hana::tuple<Statements...>(s...),
                                         .act = ir::usual_instant(Trigger)};
  else
    return mistaken{};
}
}  // namespace detail

/// What a synapse does when a spike of its source neuron arrives, in slot `synapses` with order -1.
/// Each line sees the lines before it.
template <class... Statements>
constexpr auto on_pre(Statements const&... s) {
  return detail::pathway<"on_pre", ir::side::pre>(s...);
}
/// What a synapse does when its target neuron fires, in slot `synapses` with order 1.
template <class... Statements>
constexpr auto on_post(Statements const&... s) {
  return detail::pathway<"on_post", ir::side::post>(s...);
}

/// The delay of a synapse, for projections: `projection[delay] = 1 * ms + uniform() * ms`.
struct delay_of_synapse {
  static constexpr ir::string_view id() { return "delay"; }
  static constexpr ir::dimension unit = ir::units::second;
};
inline constexpr delay_of_synapse delay{};

}  // namespace nernst::language
