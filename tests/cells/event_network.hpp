// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

// A network of mechanisms with events of their own, beside NEURON: see
// tests/nmodl/events/make_reference.py.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "space.hpp"
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace test {

using namespace nernst::dsl;

/// The values of a line of the reference.
inline std::map<std::string, std::vector<double>> read_reference() {
  std::map<std::string, std::vector<double>> all;
  std::ifstream file(NERNST_TEST_DATA "/../nmodl/events/reference.txt");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    for (double x = 0; words >> x;) all[name].push_back(x);
  }
  return all;
}

inline std::vector<double> times_of(nernst::spike_record const& record, std::int64_t element) {
  std::vector<double> all;
  for (std::size_t k = 0; k < record.count(); ++k)
    if (record.neurons()[k] == element) all.push_back(1e3 * record.times()[k]);
  return all;
}
/// A spike has the time of the step that is nearest to what NEURON says.
inline void compare_times(std::vector<double> const& ours, std::vector<double> const& theirs) {
  constexpr double dt = 0.025;
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t k = 0; k < ours.size(); ++k)
    CHECK(std::abs(ours[k] - theirs[k]) <= dt / 2 + 1e-9);
}
inline void compare(std::vector<double> const& ours, std::vector<double> const& theirs,
                    double tolerance = 1e-9) {
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t k = 0; k < ours.size(); ++k) {
    CAPTURE(k);
    CHECK(ours[k] == Approx(theirs[k]).epsilon(tolerance).margin(1e-300));
  }
}

/// `Models` has the mechanisms of tests/nmodl/events.
template <class Models, class Space = space>
struct event_network {
  using net_type = nernst::network<Space>;

  net_type net{{.dt = 0.025 * ms}};
  decltype(net.template population<typename Models::ticker>(1)) ticks =
      net.template population<typename Models::ticker>(3, "ticks");
  decltype(net.template population<typename Models::leaky>(1)) leaky =
      net.template population<typename Models::leaky>(2, "leaky");
  decltype(net.template population<typename Models::rising>(1)) rising =
      net.template population<typename Models::rising>(2, "rising");
  decltype(net.cells(1, nernst::morphology(cylinder(1 * um, 1 * um)),
                     nernst::fixed_per_branch(1))) cells =
      net.cells(4, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  decltype(cells.template place<typename Models::pulse>(at(0, 0.5))) pulse =
      cells(0).template place<typename Models::pulse>(at(0, 0.5));
  decltype(cells.template place<typename Models::plastic>(at(0, 0.5))) plastic =
      cells(1).template place<typename Models::plastic>(at(0, 0.5));
  decltype(cells.template place<typename Models::depressing>(at(0, 0.5))) depressing =
      cells(2).template place<typename Models::depressing>(at(0, 0.5));
  decltype(cells.template place<typename Models::watcher>(at(0, 0.5))) watcher =
      cells(3).template place<typename Models::watcher>(at(0, 0.5));
  decltype(cells.template place<nernst::mechanisms::exp_synapse>(at(0, 0.5))) drive =
      cells(3).template place<nernst::mechanisms::exp_synapse>(
          at(0, 0.5), nernst::mechanisms::exp_synapse::tau = 1 * ms);
  nernst::spike_record ticked = net.record_spikes(ticks), leaked = net.record_spikes(leaky),
                       risen = net.record_spikes(rising), watched = net.record_spikes(watcher);
  nernst::cell_record<double> v = cells.record(voltage, at(0, 0.5));

  event_network() {
    using nernst::mechanisms::exp_synapse, nernst::mechanisms::passive;
    cells.template paint<passive>(whole, passive::g = 0.003 * siemens / cm2, passive::e = -65 * mV);
    double const start[] = {2, 2.5, 1}, interval[] = {1.5, 1, 0.7};
    for (int k = 0; k < 3; ++k) {
      ticks(k)["start"] = start[k] * ms;
      ticks(k)["interval"] = interval[k] * ms;
    }
    ticks["number"] = 20;
    leaky(1)["rest"] = 2.35 * ms;
    rising(1)["rate"] = 100 * Hz;
    depressing["u0"] = 0.3;
    std::vector<std::uint32_t> const both{0, 1};
    net.connect(ticks, leaky, pairs(both, both), 1 * ms)["w"] = 0.45;
    net.connect(ticks(2), leaky(1), one_to_one(), 0.5 * ms)["w"] = -0.05;
    net.connect(leaky(0), leaky(1), one_to_one(), 0.025 * ms)["w"] = 0.7;
    net.connect(ticks, rising, pairs(both, both), 1 * ms)["w"] = 0.05;
    net.connect(leaky(0), rising(1), one_to_one(), 1.5 * ms)["w"] = 2;
    net.connect(ticks(0), drive, one_to_one(), 1 * ms)["weight"] = 0.1 * uS;
    net.connect(watcher, drive, one_to_one(), 0.1 * ms)["weight"] = 0.001 * uS;
  }
  /// Two connections, of their own delays, in one projection.
  template <class Synapses>
  auto connect_both(Synapses const& to, double weight) {
    auto const made = net.connect(ticks({0, 2}), to, all_to_all(), 1 * ms);
    made[weight_of(to)] = weight * uS / (1 + i);
    made[delay] = 1 * ms + 0.5 * ms * i;
    return made;
  }
  template <class Synapses>
  static constexpr std::string_view weight_of(Synapses const&) {
    return std::is_same_v<typename Synapses::model_type, typename Models::plastic> ? "w" : "weight";
  }
};

/// Behind 29.75 ms.
template <class Models, class Connections, class Others>
void compare_with_neuron(event_network<Models> const& here, Connections const& plastic,
                         Others const& depressing) {
  auto const theirs = read_reference();
  for (std::uint32_t k = 0; k < 3; ++k)
    compare_times(times_of(here.ticked, k), theirs.at("spikes_ticker" + std::to_string(k)));
  for (std::uint32_t k = 0; k < 2; ++k) {
    compare_times(times_of(here.leaked, k), theirs.at("spikes_leaky" + std::to_string(k)));
    compare_times(times_of(here.risen, k), theirs.at("spikes_rising" + std::to_string(k)));
  }
  compare_times(times_of(here.watched, 0), theirs.at("spikes_watcher"));
  std::uint32_t cell = 0;
  for (char const* const name : {"pulse", "plastic", "depressing", "watcher"}) {
    CAPTURE(name);
    std::vector<double> const all = here.v.trace(cell++, 0);
    std::vector<double> some;
    for (std::size_t k = 0; k < all.size(); k += 40) some.push_back(1e3 * all[k]);
    compare(some, theirs.at(std::string("voltage_") + name));
  }
  compare(here.leaky["m"].get(), theirs.at("m_leaky"));
  compare(here.rising["m"].get(), theirs.at("m_rising"));
  compare(plastic["a"].get(), theirs.at("a_plastic"));
  std::vector<double> const seen = theirs.at("seen_plastic");
  CHECK(here.plastic["raised"].get()[0] == seen[0]);
  CHECK(here.plastic["fallen"].get()[0] == seen[1]);
  CHECK(here.plastic["sum"].get()[0] == Approx(seen[2]).epsilon(1e-9));
  CHECK(1e3 * here.watcher["seen"].get()[0] == Approx(theirs.at("seen_watcher")[0]).epsilon(1e-9));
  std::vector<double> const of_connections = theirs.at("connections_depressing");
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(depressing["y"].get()[k] == Approx(of_connections[4 * k]).epsilon(1e-9));
    CHECK(depressing["z"].get()[k] == Approx(of_connections[4 * k + 1]).epsilon(1e-9));
    CHECK(depressing["u"].get()[k] == Approx(of_connections[4 * k + 2]).epsilon(1e-9));
    CHECK(1e3 * depressing["last"].get()[k] == Approx(of_connections[4 * k + 3]).epsilon(1e-9));
  }
}

}  // namespace test
