// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What all synapses of a neuron have in common is kept once for it: nobody can tell, but by memory
// and by rounding. `per_synapse` is what it is compared with.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(
      d(v) / dt = ((1.02 - v) / (10 * ms) + 0.3 * xi / pow<1, 2>(10 * ms)) | unless_refractory,
      threshold(v > 1), reset(v = 0), refractory(1 * ms), method(euler));
};

struct plastic_names {
  static constexpr auto w = state<"w">(one);
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto of_before = d(before) / dt = -before / tau | event_driven;
  static constexpr auto of_after = d(after) / dt = -after / (7 * ms) | event_driven;
  static constexpr auto pre_fires =
      on_pre(post(cell::v) += 0.25 * w, before += 0.125, w = clip(w - after, -1, 1));
  static constexpr auto post_fires = on_post(after += 0.125, w = clip(w + before, -1, 1));
};
/// Spike-timing-dependent plasticity.
struct plastic : plastic_names {
  static constexpr auto model = synapse(of_before, of_after, pre_fires, post_fires);
};
struct plastic_each : plastic_names {
  static constexpr auto model = synapse(of_before, of_after, pre_fires, post_fires, per_synapse);
};

constexpr auto pre_side = nernst::ir::side::pre;

template <class Synapse>
struct setting {
  nernst::network<> net{{.dt = 0.1 * ms, .seed = 5}};
  decltype(net.population<cell>(1)) cells = net.population<cell>(60, "cells");
  nernst::spike_record spikes = net.record_spikes(cells);
  decltype(net.connect<Synapse>(cells, cells, fixed_probability(0.3))) synapses =
      net.connect<Synapse>(cells, cells, fixed_probability(0.3), 0.3 * ms, "synapses");

  setting() {
    cells[cell::v] = uniform();
    synapses[plastic::w] = 0.3 * uniform();
    synapses[plastic::tau] = 5 * ms;
  }
  auto values(char const* id) const { return synapses[id].get(); }
};

template <class A, class B>
void require_close(setting<A> const& a, setting<B> const& b, double tolerance = 1e-12) {
  REQUIRE(a.spikes.count() > 100);
  REQUIRE(a.spikes.steps() == b.spikes.steps());
  REQUIRE(a.spikes.neurons() == b.spikes.neurons());
  CHECK(a.values("lastupdate") == b.values("lastupdate"));
  for (char const* const id : {"w", "before", "after"}) {
    auto const x = a.values(id), y = b.values(id);
    REQUIRE(x.size() == y.size());
    for (std::size_t k = 0; k < x.size(); ++k)
      if (!(std::abs(x[k] - y[k]) <= test::up_to(tolerance)))
        FAIL(id << "[" << k << "]: " << x[k] - y[k]);
  }
}
template <class A, class B>
void require_equal(setting<A> const& a, setting<B> const& b) {
  require_close(a, b, 0);
}
/// Lets the same happen in two networks.
template <class A, class B, class Change>
void in_both(A& a, B& b, Change const& change) {
  change(a);
  change(b);
}
/// Whether each synapse has its own traces.
template <class Synapse>
bool is_spread(setting<Synapse> const& s) {
  return s.synapses.synapses().is_per_synapse(pre_side);
}

}  // namespace

TEST_CASE("traces of neurons are those of their synapses", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  for (int k = 0; k < 3; ++k) {
    in_both(a, b, [](auto& s) { s.net.run(30 * ms); });
    require_close(a, b);
  }
  CHECK(!is_spread(a));
  CHECK(10 * a.synapses.memory_bytes() < (test::is_single ? 9 : 8) * b.synapses.memory_bytes());
}

TEST_CASE("looking at traces changes nothing", "[network][traces]") {
  setting<plastic> a, b;
  auto const record = b.net.record(b.synapses, {"before", "lastupdate"});
  for (int k = 0; k < 4; ++k) {
    in_both(a, b, [](auto& s) { s.net.run(10 * ms); });
    CHECK(b.values("after").size() == b.synapses.size());
    CHECK(b.synapses["before"][17] == b.values("before")[17]);
    auto const few = b.synapses["before"]["before > 0.1"].get();
    CHECK(std::all_of(few.begin(), few.end(), [](double x) { return x > 0.1; }));
  }
  require_equal(a, b);
  CHECK(!is_spread(b));
  CHECK(record.steps() == 400);
}

TEST_CASE("what a record has of traces is what synapses have", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  auto const x = a.net.record(a.synapses, {"before", "after", "lastupdate"}, {0, 5, 311});
  auto const y = b.net.record(b.synapses, {"before", "after", "lastupdate"}, {0, 5, 311});
  in_both(a, b, [](auto& s) { s.net.run(40 * ms); });
  REQUIRE(x.steps() == y.steps());
  for (std::size_t row = 0; row < x.steps(); ++row)
    for (std::size_t v = 0; v < 3; ++v)
      for (std::size_t k = 0; k < 3; ++k)
        if (std::abs(x.at(row, v, k) - y.at(row, v, k)) > test::up_to(1e-12))
          FAIL(row << " " << v << " " << k);
}

TEST_CASE("traces can be set, between runs and within", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  in_both(a, b, [](auto& s) { s.synapses["before"] = 0.25; });
  in_both(a, b, [](auto& s) { s.net.run(15 * ms); });
  require_close(a, b);
  CHECK(!is_spread(a));
  in_both(a, b, [](auto& s) { s.synapses["after"] = "0.1 * rand()"; });
  in_both(a, b, [](auto& s) { s.synapses["before"]["j < 20"] = 0.5; });
  in_both(a, b, [](auto& s) { s.net.run(15 * ms); });
  require_close(a, b);
  CHECK(is_spread(a));
  in_both(a, b, [](auto& s) { s.synapses["lastupdate"] = "0.5*t + rand()*t/4"; });
  in_both(a, b, [](auto& s) { s.net.run(15 * ms); });
  require_close(a, b);
  in_both(a, b, [](auto& s) {
    s.net.every(4 * ms, [&s] { s.synapses["before"] = "before / 2 + after"; });
    s.net.run(15 * ms);
  });
  require_close(a, b);
}

TEST_CASE("traces that are set alike are kept once again", "[network][traces]") {
  setting<plastic> a;
  a.synapses["before"] = std::vector<double>(a.synapses.size(), 0.5);
  CHECK(is_spread(a));
  a.net.run(0 * ms);
  CHECK(!is_spread(a));
}

TEST_CASE("what traces are solved with can be changed between runs", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  in_both(a, b, [](auto& s) { s.synapses[plastic::tau] = 2 * ms; });
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  require_close(a, b);
}

TEST_CASE("traces of synapses with delays of their own", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  in_both(a, b, [](auto& s) { s.net.run(10 * ms); });
  in_both(a, b, [](auto& s) { s.synapses[delay] = 0.1 * ms + 2 * ms * uniform(); });
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  require_close(a, b);
  CHECK(is_spread(a));
  in_both(a, b, [](auto& s) { s.synapses[delay] = 1 * ms; });
  in_both(a, b, [](auto& s) { s.net.set_dt(0.05 * ms); });
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  require_close(a, b);
}

TEST_CASE("traces when synapses come and go", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  in_both(a, b, [](auto& s) { s.net.connect_more(s.synapses, one_to_one()); });
  in_both(a, b, [](auto& s) { s.net.run(10 * ms); });
  require_close(a, b);
  in_both(a, b, [](auto& s) { s.net.remove(s.synapses, "i % 7 == 0"); });
  in_both(a, b, [](auto& s) { s.net.grow(s.cells, 5); });
  in_both(a, b, [](auto& s) { s.net.run(10 * ms); });
  require_close(a, b);
}

TEST_CASE("traces in a snapshot", "[network][traces]") {
  setting<plastic> a, b;
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  nernst::snapshot const then = b.net.store();
  b.net.run(15 * ms);
  b.net.restore(then);
  in_both(a, b, [](auto& s) { s.net.run(20 * ms); });
  CHECK(a.values("w") == b.values("w"));
  CHECK(a.values("before") == b.values("before"));
  CHECK(!is_spread(b));
}

namespace {

struct tired_names {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto left = state<"left">(one);
  static constexpr auto used = state<"used">(one);
  static constexpr auto released = state<"released">(one);
  static constexpr auto of_left = d(left) / dt = (1 - left) / (20 * ms) | event_driven;
  static constexpr auto of_used = d(used) / dt = -used / (50 * ms) | event_driven;
  static constexpr auto fires = on_pre(used += 0.3 * (1 - used), released = used * left,
                                       left -= released, post(cell::v) += w * released);
};
/// Short-term plasticity after Tsodyks and Markram.
struct tired : tired_names {
  static constexpr auto model = synapse(of_left, of_used, fires);
};
struct tired_each : tired_names {
  static constexpr auto model = synapse(of_left, of_used, fires, per_synapse);
};

template <class Synapse>
auto run_tired() {
  nernst::network<> net({.dt = 0.1 * ms, .seed = 8});
  auto const cells = net.population<cell>(50);
  auto const synapses = net.connect<Synapse>(cells, cells, fixed_in_degree(12), 1 * ms);
  synapses[tired::left] = 1;
  synapses[tired::w] = 0.2 * uniform();
  cells[cell::v] = uniform();
  auto const spikes = net.record_spikes(cells);
  net.run(60 * ms);
  return std::tuple(spikes.steps(), spikes.neurons(), synapses[tired::left].get(),
                    synapses["used"].get(), synapses["released"].get(),
                    synapses["lastupdate"].get());
}

}  // namespace

TEST_CASE("traces of one end are advanced in the same steps as those of synapses",
          "[network][traces]") {
  auto const once = run_tired<tired>(), each = run_tired<tired_each>();
  CHECK(std::get<0>(once).size() > 100);
  CHECK(once == each);
}

namespace {
struct onto_plastic {
  static constexpr auto model = synapse(on_pre(post(plastic::w) += 0.01));
};
}  // namespace

TEST_CASE("synapses onto synapses with traces", "[network][traces]") {
  setting<plastic> a;
  setting<plastic_each> b;
  auto const x = a.net.connect<onto_plastic>(a.cells, a.synapses, fixed_probability(0.02));
  auto const y = b.net.connect<onto_plastic>(b.cells, b.synapses, fixed_probability(0.02));
  CHECK(x.size() > 0);
  in_both(a, b, [](auto& s) { s.net.run(30 * ms); });
  require_close(a, b);
}

// As in the documentation.
namespace shown {
struct cells {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto model = neuron(x, y, a, threshold(x > 1));
};
struct plastic {
  static constexpr auto w = state<"w">(one);
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto model =
      synapse(d(before) / dt = -before / (20 * ms) | event_driven,
              d(after) / dt = -after / (20 * ms) | event_driven,
              on_pre(post(cells::y) += w, before += 0.01, w = clip(w + after, 0, 1)),
              on_post(after -= 0.0105, w = clip(w + before, 0, 1)));
};
struct slow {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto model = synapse(d(g) / dt = -g / (100 * ms) | clock_driven, on_pre(g += w),
                                        summed(post(cells::a) = g * (1 - post(cells::x))));
};
}  // namespace shown

TEST_CASE("what the documentation says of traces and totals", "[network][traces][host]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const cells = net.population<shown::cells>(2000);
  auto const plastic = net.connect<shown::plastic>(cells, cells, fixed_in_degree(200));
  net.run(0 * ms);
  std::size_t const threads =
      2;  // may be more: each has rows, and traces of the sources, of its own
  std::size_t const of_neurons = 2000 * (threads * (8 + 16) + 16 + 8 + 4);
  CHECK(plastic.memory_bytes() < 400000 * 14 + 4 * of_neurons);
  net.run(1 * ms);  // spikes of targets wait
  CHECK(plastic.memory_bytes() < 400000 * 14 + 4 * of_neurons);
  auto const record = net.record(plastic, {"w"}, {1});
  net.run(1 * ms);  // now they find their synapses
  CHECK(plastic.memory_bytes() < 400000 * 26 + 4 * of_neurons);
  auto const slow = net.connect<shown::slow>(cells, cells, fixed_in_degree(200));
  CHECK(slow.memory_bytes() < 400000 * 18 + 4 * of_neurons);
}
