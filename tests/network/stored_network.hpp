// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "../space.hpp"
#include <string>

/// A network with something of all that a snapshot keeps: noise, refractoriness, plasticity, delays
/// of each synapse, spikes under way, timed arrays, links, events, shared variables.
namespace stored {

using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto bias = shared<"bias">(volt);
  static constexpr auto count = shared<"count">(one);
  static constexpr auto input = timed_array<"input">(volt);
  static constexpr auto model = neuron(
      d(v) / dt = ((bias + input(t) + g - v) / (10 * ms) + 3 * mV * xi / pow<1, 2>(10 * ms)) |
                  unless_refractory,
      d(g) / dt = -g / (5 * ms), threshold(v > 15 * mV), reset(v = 0 * mV), refractory(2 * ms),
      method(euler), every(1.5 * ms, count = count + 1));
};
struct follower {
  static constexpr auto x = state<"x">(one);
  static constexpr auto low = state<"low">(one);
  static constexpr auto leader = linked<"leader">(volt);
  static constexpr auto model =
      neuron(d(x) / dt = (leader / mV - x) / (3 * ms), event<"low">(x < 2 * uniform()),
             on_event<"low">(low += uniform()), threshold(x > 12), reset(x = 0), method(euler));
};
struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto model = synapse(
      d(before) / dt = -before / (20 * ms) | event_driven,
      d(after) / dt = -after / (20 * ms) | event_driven,
      on_pre(post(cell::g) += w, before += 1, w = clip(w - 0.02 * mV * after, 0 * mV, 2 * mV)),
      on_post(after += 1, w = clip(w + 0.02 * mV * before, 0 * mV, 2 * mV)));
};
struct kick {
  static constexpr auto model = synapse(on_pre(post(follower::x) += 0.5));
};

template <class Real = double>
struct network {
  using net_type = nernst::network<test::space, Real>;
  static constexpr nernst::network_options options(std::uint64_t seed, double dt) {
    return {.dt = dt * ms, .seed = seed};
  }

  net_type net;
  decltype(net.template population<cell>(1)) cells;
  decltype(net.template population<follower>(1)) others;
  decltype(net.template connect<plastic>(cells, cells, all_to_all())) synapses;
  decltype(net.template connect<kick>(cells, others, all_to_all())) kicks;
  nernst::spike_record spikes = net.record_spikes(cells), more = net.record_spikes(others),
                       events = net.record_events(others, "low");
  nernst::state_record<Real> traces = net.record(cells, {"v", "count"}, {3, 1});

  explicit network(std::uint64_t seed = 1, double dt = 0.1)
      : net(options(seed, dt)), cells(net.template population<cell>(120, "cells")),
        others(net.template population<follower>(40, "others")),
        synapses(
            net.template connect<plastic>(cells, cells, fixed_probability(0.2), 0 * ms, "plastic")),
        kicks(net.template connect<kick>(cells(20, 60), others, fixed_probability(0.1), 12 * ms,
                                         "kicks")) {
    cells[cell::bias] = 12 * mV;
    cells[cell::v] = 15 * mV * uniform();
    cells[cell::input] = nernst::timed_values({0 * mV, 6 * mV, 2 * mV, 5 * mV}, 40 * ms);
    synapses[plastic::w] = 0.6 * mV * uniform();
    synapses[delay] = 0.5 * ms + 6 * ms * uniform();
    std::vector<std::int32_t> leaders;
    for (std::int32_t k = 0; k < 40; ++k) leaders.push_back((7 * k + 3) % 120);
    others.link(follower::leader, cells, cell::v, leaders);
  }
  /// All that came out.
  void save(std::string const& folder) const {
    spikes.save(folder + "/spikes.npy");
    more.save(folder + "/more.npy");
    events.save(folder + "/events.npy");
    traces.save(folder + "/traces.npy");
    synapses.save(plastic::w, folder + "/w.npy");
    cells[cell::v].save(folder + "/v.npy");
    others[follower::low].save(folder + "/low.npy");
  }
};

}  // namespace stored
