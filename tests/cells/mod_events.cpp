// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Events that .mod files send, beside NEURON: see tests/nmodl/events/make_reference.py.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "cells/event_files.hpp"
#include "cells/event_network.hpp"

using namespace nernst::dsl;

namespace {

using network = test::event_network<test::event_files>;
using test::times_of;

}  // namespace

TEST_CASE("events of .mod files act as in NEURON", "[cells][nmodl]") {
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
  test::compare_with_neuron(here, plastic, depressing);
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
