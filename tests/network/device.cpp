// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Networks in memory of their own, on spaces of the host: the spikes and values of the host's
// engine, bit by bit. (tests/reference has random networks.)
#include <nernst/device.hpp>
#include <nernst/language.hpp>
#include <nernst/network/network.hpp>

#include "catch.hpp"
#include "cobahh_model.hpp"
#include "cuba_model.hpp"
#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

using host = Kokkos::DefaultHostExecutionSpace;
/// The GPU, where Kokkos has one.
using default_space = Kokkos::DefaultExecutionSpace;
template <class Space>
using device = nernst::device_space<Space>;
template <class Space>
using atomic = nernst::atomic_space<Space>;

/// What two networks have to have in common.
struct findings {
  std::vector<std::int32_t> neurons;
  std::vector<std::int64_t> steps;
  std::vector<std::vector<double>> values;

  void take(nernst::spike_record const& spikes) {
    neurons = spikes.neurons();
    steps = spikes.steps();
  }
  friend bool operator==(findings const&, findings const&) = default;
};

template <class Space, class Real>
findings run_cuba() {
  nernst::network<Space, Real> net({.dt = 0.1 * ms, .seed = 4});
  auto const all = net.template population<cuba::neurons>(2000);
  all[cuba::neurons::v] = -60 * mV + 10 * mV * uniform();
  net.template connect<cuba::excitation>(all(0, 1600), all, fixed_probability(0.04));
  net.template connect<cuba::inhibition>(all(1600, 2000), all, fixed_probability(0.04));
  auto const spikes = net.record_spikes(all);
  net.run(60 * ms);
  net.run(40 * ms);
  findings f;
  f.take(spikes);
  f.values = {all[cuba::neurons::v].get(), all[cuba::neurons::g_e].get()};
  return f;
}

template <class Space>
findings run_cobahh() {
  nernst::network<Space> net({.dt = 0.1 * ms, .seed = 5});
  using cells = cobahh::neurons;
  auto const all = net.template population<cells>(200);
  all[cells::v] = -60 * mV + 5 * mV * randn();
  all[cells::g_e] = (4 + 1.5 * randn()) * 10 * nS;
  all[cells::g_i] = (20 + 12 * randn()) * 10 * nS;
  net.template connect<cobahh::excitation>(all(0, 160), all, fixed_probability(0.1));
  net.template connect<cobahh::inhibition>(all(160, 200), all, fixed_probability(0.1));
  auto const spikes = net.record_spikes(all);
  net.run(100 * ms);
  findings f;
  f.take(spikes);
  f.values = {all[cells::v].get(), all[cells::m].get()};
  return f;
}

/// Brunel's neurons.
struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto twice = subexpression<"twice">(2 * v);
  static constexpr auto model =
      neuron(twice, d(v) / dt = -v / (20 * ms) | unless_refractory, threshold(v > 20 * mV),
             reset(v = 10 * mV), refractory(2 * ms));
};
struct excites {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 0.4 * mV));
};
struct weighs {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cell::v) += w));
};
struct learns {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);
  static constexpr auto model =
      synapse(d(a) / dt = -a / (20 * ms) | event_driven, d(b) / dt = -b / (20 * ms) | event_driven,
              on_pre(post(cell::v) += w, a += 0.01, w = clip(w + b * mV, 0 * mV, 1 * mV)),
              on_post(b -= 0.0105, w = clip(w + a * mV, 0 * mV, 1 * mV)));
};

/// Brunel's network with plastic synapses that have delays of their own, with everything around it
/// that reads and writes its values in a run.
template <class Space>
struct brunel {
  nernst::network<Space> net{{.dt = 0.1 * ms, .seed = 6}};
  decltype(net.template population<cell>(1)) cells = net.template population<cell>(500, "cells");
  decltype(net.poisson(1, 1 * hertz)) noise = net.poisson(500, 600 * hertz);
  decltype(net.template connect<learns>(cells, cells, one_to_one())) recurrent =
      net.template connect<learns>(cells(0, 400), cells, fixed_probability(0.1), 1.5 * ms);
  nernst::spike_record spikes = net.record_spikes(cells);

  brunel() {
    cells[cell::v] = 20 * mV * uniform();
    net.template connect<excites>(noise, cells, fixed_probability(0.05));
    recurrent[learns::w] = 0.3 * mV * uniform();
    recurrent[delay] = 0.5 * ms + 2 * ms * uniform();
  }
  findings find() const {
    findings f;
    f.take(spikes);
    f.values = {cells[cell::v].get(), recurrent[learns::w].get()};
    return f;
  }
};

template <class Space>
findings run_observed() {
  brunel<Space> b;
  auto const given = b.net.spikes(2, {0, 1, 0}, {1e-3, 2e-3, 3.5e-3}, 5 * ms);
  b.net.template connect<excites>(given, b.cells(0, 2), all_to_all());
  b.net.poisson_input(b.cells(0, 100), cell::v, 10, 200 * hertz, 0.1 * mV);
  b.net.poisson_input(b.cells(100, 200), cell::v, 10, 200 * hertz, 0.1 * mV + cell::v / 100);
  auto const states = b.net.record(b.cells, {"v", "twice"}, {3, 450}, {slot::end, 0});
  auto const with_values = b.net.record_spikes(b.cells, std::vector<std::string>{"v"});
  auto const weights = b.net.record(b.recurrent, {"w"}, {0, 7}, {slot::start, 0}, 1 * ms);
  b.net.every(7 * ms, [&] { b.cells(0, 10)[cell::v] = 5 * mV; });
  b.net.run(50 * ms);
  findings f = b.find();
  for (char const* const name : {"v", "twice"}) f.values.push_back(states.trace(name, 450));
  f.values.push_back(weights.trace("w", 7));
  f.values.push_back(with_values.values("v"));
  return f;
}

namespace tools = Kokkos::Tools::Experimental;

/// What is asked of Kokkos while it lives.
class requests {
 public:
  struct counts {
    int copies = 0;             ///< between memories
    std::uint64_t largest = 0;  ///< of them, in bytes
    int kernels = 0;  ///< of the library's, also before a run, which are none of a graph's
    int graphs = 0;   ///< that were started
  };

  requests() {
    made() = {};
    tools::set_begin_deep_copy_callback([](Kokkos_Profiling_SpaceHandle, char const*, void const*,
                                           Kokkos_Profiling_SpaceHandle, char const* from,
                                           void const*, std::uint64_t bytes) {
      if (std::string_view(from) == "Scalar") return;  // one number everywhere
      ++made().copies;
      made().largest = std::max(made().largest, bytes);
    });
    tools::set_begin_parallel_for_callback(count_kernel);
    tools::set_begin_parallel_scan_callback(count_kernel);
    tools::set_profile_event_callback([](char const*) { ++made().graphs; });
  }
  ~requests() {
    tools::set_begin_deep_copy_callback(nullptr);
    tools::set_begin_parallel_for_callback(nullptr);
    tools::set_begin_parallel_scan_callback(nullptr);
    tools::set_profile_event_callback(nullptr);
  }
  requests(requests const&) = delete;
  requests& operator=(requests const&) = delete;

  static counts& made() {
    static counts all;
    return all;
  }

 private:
  static void count_kernel(char const* name, std::uint32_t, std::uint64_t*) {
    if (std::string_view(name).starts_with("nernst::")) ++made().kernels;
  }
};

/// What states of neurons and synapses are recorded, in steps of all, of each third, and at last of
/// neurons that are many.
template <class Space>
findings run_recorded(bool records) {
  brunel<Space> b;
  std::vector<nernst::state_record<double>> made;
  if (records) {
    made.push_back(b.net.record(b.cells, {"v"}, {3, 450, 7}, {slot::end, 0}));
    made.push_back(b.net.record(b.recurrent, {"w"}, {9, 0}, {slot::start, 0}, 0.3 * ms));
    made.push_back(b.net.record(b.cells, {"v"}));
  }
  // Runs of fewer than 64 steps are one piece each, however long they take.
  for (int run = 0; run < 5; ++run) b.net.run(5 * ms);
  findings f = b.find();
  for (auto const& r : made)
    for (std::string const& name : r.variables())
      for (std::uint32_t const n : r.neurons()) f.values.push_back(r.trace(name, n));
  return f;
}

/// Neurons that get spikes with different delays from many others, and fire, without feedback.
template <class Space>
findings run_drive() {
  nernst::network<Space> net({.dt = 0.1 * ms, .seed = 7});
  auto const cells = net.template population<cell>(50);
  auto const noise = net.poisson(1000, 60 * hertz);
  auto const drive = net.template connect<weighs>(noise, cells, fixed_probability(0.3));
  drive[weighs::w] = 0.02 * mV + 0.1 * mV * uniform();
  drive[delay] = 0.5 * ms + 2 * ms * uniform();
  auto const spikes = net.record_spikes(cells);
  net.run(100 * ms);
  findings f;
  f.take(spikes);
  f.values = {cells[cell::v].get()};
  return f;
}

/// Neurons that make each third step of a network, with input of their own.
template <class Space>
findings run_slow(bool by_formula) {
  nernst::network<Space> net({.dt = 0.1 * ms, .seed = 8});
  auto const cells = net.template population<cell>(30);
  net.set_dt(cells, 0.3 * ms);
  net.template connect<excites>(net.spikes(2, {0, 1, 0}, {0.3e-3, 0.5e-3, 1.2e-3}), cells,
                                all_to_all());
  net.poisson_input(cells, cell::v, 100, 200 * hertz, 2 * mV);
  if (by_formula) net.poisson_input(cells, cell::v, 10, 200 * hertz, 1 * mV + cell::v / 100);
  auto const spikes = net.record_spikes(cells);
  net.run(3 * ms);
  findings f;
  f.take(spikes);
  f.values = {cells[cell::v].get()};
  return f;
}

struct times_and_plus {
  int* values;
  int by;
  NERNST_CALLABLE void operator()(std::int64_t k) const { values[k] = values[k] * 3 + by; }
};

/// The spikes of the first steps of a run.
std::vector<std::int32_t> until(std::int64_t step, findings const& f) {
  auto const end = std::lower_bound(f.steps.begin(), f.steps.end(), step);
  return {f.neurons.begin(), f.neurons.begin() + (end - f.steps.begin())};
}

}  // namespace

// The mathematical functions of a GPU have other last bits, which grow until spikes differ.
TEST_CASE("a GPU makes the same spikes each time, at first those of the host", "[gpu]") {
  SECTION("CUBA") {
    findings const found = run_cuba<default_space, double>();
    REQUIRE(found.neurons.size() > 1000);
    CHECK(run_cuba<default_space, double>() == found);
    CHECK(until(200, found) == until(200, run_cuba<host, double>()));
  }
  SECTION("CUBA in single precision") {
    CHECK(run_cuba<default_space, float>() == run_cuba<default_space, float>());
  }
  SECTION("COBAHH") {
    findings const found = run_cobahh<default_space>();
    CHECK(run_cobahh<default_space>() == found);
    CHECK(until(200, found) == until(200, run_cobahh<host>()));
  }
  SECTION("plasticity, delays, inputs and records") {
    findings const found = run_observed<default_space>();
    CHECK(run_observed<default_space>() == found);
    CHECK(until(100, found) == until(100, run_observed<host>()));
  }
}

TEST_CASE("a device makes the spikes of the host") {
  findings const expected = run_cuba<host, double>();
  REQUIRE(expected.neurons.size() > 1000);
  CHECK(run_cuba<device<Kokkos::Serial>, double>() == expected);
  CHECK(run_cuba<device<host>, double>() == expected);
  CHECK(run_cuba<device<host>, float>() == run_cuba<host, float>());
}

TEST_CASE("a device computes functions as the host does where it is one") {
  findings const expected = run_cobahh<host>();
  REQUIRE(expected.neurons.size() > 100);
  CHECK(run_cobahh<device<host>>() == expected);
}

TEST_CASE("records, inputs and functions of the user see what a device has in its memory") {
  findings const expected = run_observed<host>();
  REQUIRE(expected.neurons.size() > 1000);
  CHECK(run_observed<device<host>>() == expected);
}

TEST_CASE("what is only added may be added in any order, which matters for rounding only") {
  SECTION("one thread has the same order") {
    CHECK(run_cuba<atomic<Kokkos::Serial>, double>() == run_cuba<host, double>());
  }
  SECTION("several have another one") {
    findings const expected = run_drive<device<host>>(), found = run_drive<atomic<host>>();
    REQUIRE(expected.neurons.size() > 100);
    CHECK(found.neurons == expected.neurons);
    CHECK(found.steps == expected.steps);
    for (std::size_t k = 0; k < expected.values[0].size(); ++k)
      REQUIRE(found.values[0][k] == Approx(expected.values[0][k]).epsilon(1e-12).margin(1e-17));
  }
}

TEST_CASE("states that are recorded stay on the device until a piece of the run ends") {
  findings const expected = run_recorded<host>(true);
  REQUIRE(expected.values.size() == 2 + 3 + 2 + 500);
  requests const counted;
  findings const found = run_recorded<device<Kokkos::Serial>>(true);
  CHECK(found == expected);
  int const with = requests::made().copies;
  run_recorded<device<Kokkos::Serial>>(false);
  int const without = requests::made().copies - with;
  // Of 584 rows in all: at the beginning of a run, and at the end of its only piece.
  CHECK(with - without < 5 * 20);
}

TEST_CASE("synapses that a device has made are its own until somebody asks for them") {
  nernst::network<device<Kokkos::Serial>> net({.dt = 0.1 * ms, .seed = 4});
  auto const all = net.population<cuba::neurons>(2000);
  all[cuba::neurons::v] = -60 * mV + 10 * mV * uniform();
  requests const counted;
  auto const some = net.connect<cuba::excitation>(all(0, 1600), all, fixed_probability(0.04));
  net.run(2 * ms);
  std::size_t const before = some.memory_bytes();
  REQUIRE(some.size() > 100'000);
  CHECK(requests::made().largest < some.size());
  CHECK(some.j().size() == some.size());
  CHECK(requests::made().largest >= 2 * some.size());
  CHECK(some.memory_bytes() - before >= 2 * some.size());
}

TEST_CASE("a device is asked once in a step for all that is the same in each") {
  SECTION("neurons, plastic synapses, delays, Poisson neurons, and records") {
    requests const counted;
    run_recorded<device<Kokkos::Serial>>(true);
    CHECK(requests::made().graphs == 250);
    CHECK(requests::made().kernels < 100);
  }
  SECTION("neurons that make each third step") {
    requests const counted;
    run_slow<device<Kokkos::Serial>>(false);
    CHECK(requests::made().graphs <= 4 * 30);
    CHECK(requests::made().kernels < 30);
  }
}

TEST_CASE("what has steps of its own on a device is the host's") {
  findings const expected = run_slow<host>(true);
  REQUIRE(expected.neurons.size() > 10);
  CHECK(run_slow<device<host>>(true) == expected);
}

TEST_CASE("kernels of a graph follow one another, each time it is started") {
  Kokkos::View<int*, host> values("values", 1000);
  nernst::device::step_graph<host> const graph([&](auto& kernels) {
    for (int const by : {1, 2}) kernels.add("times", 1000, times_and_plus{values.data(), by});
    kernels.add("nothing", 0, times_and_plus{values.data(), 1000});
  });
  graph.start();
  graph.start();
  Kokkos::fence();
  for (std::size_t k = 0; k < 1000; ++k) REQUIRE(values(k) == ((0 * 3 + 1) * 3 + 2) * 9 + 5);
}

TEST_CASE("what one kind of network has stored the other goes on from") {
  brunel<host> there;
  there.net.run(20 * ms);
  auto const stored = there.net.store();
  there.net.run(20 * ms);
  findings const expected = there.find();
  brunel<device<host>> here;
  here.net.restore(stored);
  here.net.run(10 * ms);
  auto const again = here.net.store();
  here.net.run(10 * ms);
  findings const found = here.find();
  CHECK(found.values == expected.values);
  there.net.restore(again);
  there.net.run(10 * ms);
  CHECK(there.find().values == expected.values);
}

TEST_CASE("a device finds what is not finite in its step, and tells what takes its time") {
  nernst::network<nernst::device_space<Kokkos::Serial>> net({.dt = 0.1 * ms, .profile = true});
  auto const cells = net.population<cell>(3, "cells");
  cells[cell::v] = 1 * mV;
  int calls = 0;
  net.every(1 * ms, [&] {
    if (++calls == 4) cells(1)[cell::v] = std::numeric_limits<double>::quiet_NaN() * mV;
  });
  CHECK_THROWS_WITH(net.run(5 * ms, nernst::watch::finite),
                    Contains("cells") && Contains("neuron 1") && Contains("(step 31)"));
  CHECK(net.profile().size() > 1);
}
