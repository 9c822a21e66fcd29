// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// States of synapses of which only the sum matters are kept as that sum. `per_synapse` is what it
// is compared with.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <cmath>
#include <stdexcept>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto I = parameter<"I">(one);
  static constexpr auto model = neuron(d(v) / dt = (1.05 + I - v) / (10 * ms), threshold(v > 1),
                                       reset(v = 0), refractory(1 * ms), method(euler));
};

struct gated_names {
  static constexpr auto w = state<"w">(one);
  static constexpr auto rise = state<"rise">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto of_rise = d(rise) / dt = -rise / (2 * ms) | clock_driven;
  static constexpr auto of_g = d(g) / dt = (rise - g) / tau | clock_driven;
  static constexpr auto in_all = summed(post(cell::I) = g * (1.5 - post(cell::v)));
  static constexpr auto fires = on_pre(rise += w, w = 0.9 * w);
};
/// A conductance of two exponentials, with a reversal potential.
struct gated : gated_names {
  static constexpr auto model = synapse(of_rise, of_g, in_all, fires, method(rk2));
};
struct gated_each : gated_names {
  static constexpr auto model = synapse(of_rise, of_g, in_all, fires, method(rk2), per_synapse);
};

template <class Synapse>
struct setting {
  nernst::network<> net{{.dt = 0.1 * ms, .seed = 5}};
  decltype(net.population<cell>(1)) cells = net.population<cell>(60, "cells");
  nernst::spike_record spikes = net.record_spikes(cells);
  decltype(net.connect<Synapse>(cells, cells, fixed_probability(0.3))) synapses =
      net.connect<Synapse>(cells({3, 7, 9, 20, 21, 40}), cells(0, 50), fixed_probability(0.5),
                           0.3 * ms, "synapses");

  setting() {
    cells[cell::v] = uniform();
    cells[cell::I] = 0.25;
    synapses[gated::w] = 0.3 * uniform();
    synapses[gated::tau] = 5 * ms;
  }
};

template <class A, class B>
void require_close(setting<A> const& a, setting<B> const& b) {
  REQUIRE(a.spikes.count() > 100);
  REQUIRE(a.spikes.steps() == b.spikes.steps());
  REQUIRE(a.spikes.neurons() == b.spikes.neurons());
  for (char const* const id : {"v", "I"}) {
    auto const x = a.cells[id].get(), y = b.cells[id].get();
    for (std::size_t k = 0; k < x.size(); ++k)
      if (!(std::abs(x[k] - y[k]) <= test::up_to(1e-11)))
        FAIL(id << "[" << k << "]: " << x[k] - y[k]);
  }
  CHECK(a.synapses["w"].get() == b.synapses["w"].get());
}

}  // namespace

TEST_CASE("a sum over synapses that is kept as such", "[network][totals]") {
  setting<gated> a;
  setting<gated_each> b;
  CHECK(a.synapses.memory_bytes() < b.synapses.memory_bytes());
  CHECK(a.cells[cell::I].get()[55] == 0.25);  // no target of them
  a.net.run(60 * ms);
  b.net.run(60 * ms);
  require_close(a, b);
  a.synapses[gated::tau] = 3 * ms;
  b.synapses[gated::tau] = 3 * ms;
  a.synapses[delay] = 3 * ms * uniform();
  b.synapses[delay] = 3 * ms * uniform();
  a.net.run(60 * ms);
  b.net.run(60 * ms);
  require_close(a, b);
}

TEST_CASE("a state that is kept as a sum has no value of its own", "[network][totals]") {
  setting<gated> a;
  CHECK_THROWS_WITH(a.synapses[gated::g].get(),
                    Contains("synapses[g]") && Contains("only the sum") && Contains("per_synapse"));
  CHECK_THROWS_WITH(a.synapses["rise"] = 0.5,
                    Contains("synapses[rise]") && Contains("only the sum"));
  CHECK_THROWS_WITH(a.net.record(a.synapses, {"g"}), Contains("per_synapse"));
  CHECK_THROWS_WITH(a.synapses["w"]["g > 0"].get(), Contains("'g'"));
}

TEST_CASE("totals when synapses come and go", "[network][totals]") {
  setting<gated> a;
  setting<gated_each> b;
  a.net.remove(a.synapses, "i == 2");
  b.net.remove(b.synapses, "i == 2");
  a.net.run(40 * ms);
  b.net.run(40 * ms);
  a.net.grow(a.cells, 30);
  b.net.grow(b.cells, 30);
  a.net.connect_more(a.synapses, all_to_all());
  b.net.connect_more(b.synapses, all_to_all());
  a.net.run(40 * ms);
  b.net.run(40 * ms);
  require_close(a, b);
  CHECK_THROWS_AS(a.net.remove(a.synapses, "i == 1"), std::logic_error);
  CHECK_THROWS_WITH(a.net.remove(a.synapses, "i == 1"),
                    Contains("expected 'rise' to be 0") || Contains("expected 'g' to be 0"));
}

TEST_CASE("totals in a snapshot", "[network][totals]") {
  setting<gated> a, b;
  a.net.run(20 * ms);
  b.net.run(20 * ms);
  nernst::snapshot const then = b.net.store();
  b.net.run(15 * ms);
  b.net.restore(then);
  a.net.run(20 * ms);
  b.net.run(20 * ms);
  CHECK(a.cells["v"].get() == b.cells["v"].get());
  CHECK(a.cells["I"].get() == b.cells["I"].get());
}

TEST_CASE("a time constant of totals that is left at 0", "[network][totals]") {
  setting<gated> a;
  a.synapses[gated::tau] = 0 * ms;
  CHECK_THROWS_WITH(a.net.run(1 * ms), Contains("synapses: ") && Contains("'g'"));
}
