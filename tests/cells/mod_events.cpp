// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Events that .mod files send, beside NEURON: see tests/nmodl/events/make_reference.py.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <cmath>
#include <fstream>
#include <map>
#include <mod/depressing.hpp>
#include <mod/leaky.hpp>
#include <mod/plastic.hpp>
#include <mod/pulse.hpp>
#include <mod/rising.hpp>
#include <mod/ticker.hpp>
#include <mod/watcher.hpp>
#include <sstream>

using namespace nernst::dsl;

namespace {

/// The values of a line of the reference.
std::map<std::string, std::vector<double>> read_reference() {
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

std::vector<double> times_of(nernst::spike_record const& record, std::int64_t element) {
  std::vector<double> all;
  for (std::size_t k = 0; k < record.count(); ++k)
    if (record.neurons()[k] == element) all.push_back(1e3 * record.times()[k]);
  return all;
}
/// A spike has the time of the step that is nearest to what NEURON says.
void compare_times(std::vector<double> const& ours, std::vector<double> const& theirs) {
  constexpr double dt = 0.025;
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t k = 0; k < ours.size(); ++k)
    CHECK(std::abs(ours[k] - theirs[k]) <= dt / 2 + 1e-9);
}
void compare(std::vector<double> const& ours, std::vector<double> const& theirs,
             double tolerance = 1e-9) {
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t k = 0; k < ours.size(); ++k) {
    CAPTURE(k);
    CHECK(ours[k] == Approx(theirs[k]).epsilon(tolerance).margin(1e-300));
  }
}

struct network {
  using net_type = nernst::network<>;

  net_type net{{.dt = 0.025 * ms}};
  decltype(net.population<mod::ticker>(1)) ticks = net.population<mod::ticker>(3, "ticks");
  decltype(net.population<mod::leaky>(1)) leaky = net.population<mod::leaky>(2, "leaky");
  decltype(net.population<mod::rising>(1)) rising = net.population<mod::rising>(2, "rising");
  decltype(net.cells(1, nernst::morphology(cylinder(1 * um, 1 * um)),
                     nernst::fixed_per_branch(1))) cells =
      net.cells(4, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  decltype(cells.place<mod::pulse>(at(0, 0.5))) pulse = cells(0).place<mod::pulse>(at(0, 0.5));
  decltype(cells.place<mod::plastic>(at(0, 0.5))) plastic =
      cells(1).place<mod::plastic>(at(0, 0.5));
  decltype(cells.place<mod::depressing>(at(0, 0.5))) depressing =
      cells(2).place<mod::depressing>(at(0, 0.5));
  decltype(cells.place<mod::watcher>(at(0, 0.5))) watcher =
      cells(3).place<mod::watcher>(at(0, 0.5));
  decltype(cells.place<nernst::mechanisms::exp_synapse>(at(0, 0.5))) drive =
      cells(3).place<nernst::mechanisms::exp_synapse>(
          at(0, 0.5), nernst::mechanisms::exp_synapse::tau = 1 * ms);
  nernst::spike_record ticked = net.record_spikes(ticks), leaked = net.record_spikes(leaky),
                       risen = net.record_spikes(rising), watched = net.record_spikes(watcher);
  nernst::cell_record<double> v = cells.record(voltage, at(0, 0.5));

  network() {
    using nernst::mechanisms::exp_synapse, nernst::mechanisms::passive;
    cells.paint<passive>(whole, passive::g = 0.003 * siemens / cm2, passive::e = -65 * mV);
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
    return std::is_same_v<typename Synapses::model_type, mod::plastic> ? "w" : "weight";
  }
};

}  // namespace

TEST_CASE("events of .mod files act as in NEURON", "[cells][nmodl]") {
  auto const theirs = read_reference();
  network here;
  here.connect_both(here.pulse, 0.01);
  auto const plastic = here.connect_both(here.plastic, 0.03);
  auto const depressing = here.connect_both(here.depressing, 0.08);
  SECTION("in one run") {
    here.net.run(29.75 * ms);
  }
  SECTION("in several") {
    for (double const part : {0.5, 3.775, 7.725, 17.75}) here.net.run(part * ms);
  }
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

TEST_CASE("a network that is restored keeps events that are pending", "[cells][nmodl]") {
  network here, there;
  auto const of_here = here.connect_both(here.plastic, 0.03),
             of_there = there.connect_both(there.plastic, 0.03);
  here.connect_both(here.pulse, 0.01);
  there.connect_both(there.pulse, 0.01);
  auto const state_of = [](network const& n, auto const& connections) {
    std::vector<double> found;
    for (auto const& values : {n.leaky["m"].get(), n.rising["m"].get(), connections["a"].get(),
                               n.cells["v"].get(), n.pulse["on"].get()})
      found.insert(found.end(), values.begin(), values.end());
    return found;
  };
  here.net.run(7.3 * ms);
  nernst::snapshot const then = here.net.store();
  here.net.run(13 * ms);
  std::vector<double> const end = state_of(here, of_here);
  there.net.restore(then);
  there.net.run(13 * ms);
  CHECK(state_of(there, of_there) == end);
  here.net.restore(then);
  here.net.run(13 * ms);
  CHECK(state_of(here, of_here) == end);
  CHECK(times_of(there.risen, 1) == times_of(here.risen, 1));
  CHECK(times_of(there.risen, 1).size() == 3);
}

namespace {
struct doubling {
  static constexpr auto model = nernst::nmodl::mechanism("doubling.mod", R"(
    NEURON { ARTIFICIAL_CELL doubling RANGE first }
    PARAMETER { first = 1 }
    NET_RECEIVE(w, a) {
      INITIAL { a = first }
      FOR_NETCONS(w1, a1) { a1 = 2*a1 }
    }
  )");
};
}  // namespace

// NEURON's test/nmodl/transpiler/usecases/net_receive says the same of FOR_NETCONS.
TEST_CASE("an event reaches all connections of its target", "[cells][nmodl]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const source = net.population<mod::ticker>(1);
  source["number"] = 3;
  auto const target = net.population<doubling>(2);
  target(1)["first"] = -1;
  std::vector<std::uint32_t> const from{0, 0, 0}, to{0, 1, 0};
  auto const made = net.connect(source, target, pairs(from, to));
  auto const other = net.connect(source, target(1), one_to_one(), 1 * ms);
  net.run(4 * ms);
  CHECK(made["a"].get() == std::vector<double>{16, -4 * 2, 16});
  net.run(3 * ms);
  CHECK(made["a"].get() == std::vector<double>{64, -64, 64});
  CHECK(other["a"].get() == std::vector<double>{-64});
}

TEST_CASE("elements with pending events stay as many as they are", "[cells][nmodl]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const source = net.population<mod::ticker>(1, "ticks");
  CHECK_THROWS_WITH(net.grow(source, 2),
                    "ticks: expected elements without events of their own to grow");
}

TEST_CASE("connections with pending events may be removed", "[cells][nmodl]") {
  network here;
  auto const made = here.connect_both(here.pulse, 0.01);
  here.net.run(3.5 * ms);
  CHECK(here.pulse["on"].get()[0] > 0);
  here.net.remove(made, "j >= 0");
  here.net.run(5 * ms);
  CHECK(made.size() == 0);
  CHECK(here.pulse["on"].get()[0] > 0);  // nobody ends it
}

namespace {
struct counting {
  static constexpr auto n = state<"n">(one);
  static constexpr auto model = neuron(d(n) / dt = 0 * n / ms);
};
struct early {
  static constexpr auto model = synapse(on_pre(post(counting::n) += 1).when(slot::start));
};
}  // namespace

TEST_CASE("synapses that have their turn before cells fire see spikes a step later",
          "[cells][nmodl]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const source = net.population<mod::ticker>(1, "ticks");
  source["start"] = 1 * ms;
  source["interval"] = 1 * ms;
  source["number"] = 3;
  auto const cells = net.population<counting>(2);
  net.connect<early>(source, cells(0), all_to_all());
  net.connect<early>(source, cells(1), all_to_all(), 0.2 * ms);
  auto const fired = net.record_spikes(source);
  net.run(5 * ms);
  CHECK(fired.count() == 3);
  CHECK(cells["n"].get() == std::vector<double>{3, 3});
}
