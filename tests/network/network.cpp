// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "space.hpp"
#include <limits>
#include <memory>
#include <stdexcept>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

/// Integrate-and-fire neurons with a delayed, decaying input, and a little of everything random.
struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (1.2 + g - v) / (5 * ms) | unless_refractory, d(g) / dt = -g / (2 * ms),
             threshold(v > 1), reset(v = 0.1 * uniform()), refractory(1 * ms));
};
struct weighted_link {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(cell::g) += w));
};

template <class Real = double>
struct circuit {
  nernst::network<test::space, Real> net;
  decltype(net.template population<cell>(1)) cells = net.template population<cell>(150, "cells");
  nernst::spike_record spikes = net.record_spikes(cells);
  explicit circuit(std::uint64_t seed = 1) : net({.dt = 0.1 * ms, .seed = seed}) {
    cells[cell::v] = uniform();
    auto fast = net.template connect<weighted_link>(cells, cells, fixed_probability(0.05));
    auto slow = net.template connect<weighted_link>(cells(0, 100), cells(50, 150),
                                                    fixed_probability(0.1), 1.7 * ms, "slow");
    std::vector<double> w;
    for (std::uint64_t k = 0; k < slow.size(); ++k) w.push_back(k % 7 == 0 ? 0.3 : -0.05);
    slow[weighted_link::w] = w;
    fast[weighted_link::w] = quantity<"1">{0.02};
  }
  std::pair<std::vector<std::int64_t>, std::vector<std::int32_t>> found() const {
    return {spikes.steps(), spikes.neurons()};
  }
};

/// Time constants that nobody has set are 0.
struct unset {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto tau_g = shared<"tau_g">(second);
  static constexpr auto model =
      neuron(d(v) / dt = (g - v) / tau, d(g) / dt = -g / tau_g, method(exact));
};
struct unset_shared {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto drive = shared<"drive">(one);
  static constexpr auto model =
      neuron(d(w) / dt = -w / (10 * ms), d(v) / dt = drive / tau - v / ms, method(exact));
};
struct unset_period {
  static constexpr auto v = state<"v">(one);
  static constexpr auto rate = shared<"rate">(hertz);
  static constexpr auto gain = shared<"gain">(one);
  static constexpr auto model = neuron(d(v) / dt = 3 / ms, threshold(v > 1), reset(v = 0),
                                       refractory(gain / rate), method(euler));
};

struct watcher {
  static constexpr auto seen = linked<"seen">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model = neuron(d(y) / dt = seen / ms, event<"low">(y < 0), method(euler));
};

struct stopped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace

TEST_CASE("a step has a length") {
  CHECK_THROWS_AS(nernst::network({.dt = 0 * ms}), std::invalid_argument);
  CHECK_THROWS_WITH(nernst::network({.dt = -1 * ms}),
                    Contains("expected a finite dt > 0 s, found -0.001 s"));
  CHECK_THROWS_AS(
      nernst::network(
          {.dt = quantity<nernst::ir::units::second>{std::numeric_limits<double>::infinity()}}),
      std::invalid_argument);
  CHECK(nernst::network({}).dt() == 1e-4);
}

TEST_CASE("a run has a duration that is not negative") {
  nernst::network net({});
  CHECK_THROWS_AS(net.run(-1 * ms), std::invalid_argument);
  CHECK_THROWS_WITH(net.run(-1 * ms), "run: expected a duration >= 0 s, found -0.001 s");
  CHECK_THROWS_AS(net.run(quantity<nernst::ir::units::second>{NAN}), std::invalid_argument);
  net.run(0 * ms);
  CHECK(net.time() == 0);
  net.run(3 * ms);  // of a network of nothing
  CHECK(net.time() == 3e-3);
}

TEST_CASE("the same seed gives the same spikes, another seed others") {
  auto const fired = [](std::uint64_t seed) {
    circuit<> c(seed);
    c.net.run(60 * ms);
    return c.found();
  };
  auto const first = fired(1);
  CHECK(first.first.size() > 500);
  CHECK(first == fired(1));
  CHECK(first != fired(2));
}

TEST_CASE("many runs are the same as one") {
  circuit<> once;
  once.net.run(60 * ms);

  circuit<> split;
  for (int k = 0; k < 25; ++k) {
    split.net.run(0.3 * ms);
    split.net.run(2.1 * ms);
  }
  CHECK(split.net.time() == Approx(60e-3));
  CHECK(split.found() == once.found());
  CHECK(split.cells[cell::v].get() == once.cells[cell::v].get());
  CHECK(split.cells[cell::g].get() == once.cells[cell::g].get());
}

TEST_CASE("runs shorter than a step repeat none and leave none out") {
  circuit<> once, split;
  once.net.run(5 * ms);
  auto const v = split.net.record(split.cells, {"v"}, {0});
  for (int k = 0; k < 250; ++k) split.net.run(20.000000000020002 * us);
  CHECK(v.steps() == 50);
  CHECK(split.found() == once.found());
  CHECK(split.cells[cell::v].get() == once.cells[cell::v].get());
}

TEST_CASE("values may be read and changed between runs") {
  circuit<> c;
  c.net.run(3 * ms);
  c.cells[cell::v] = -1;
  c.cells[cell::g] = 0;
  auto const before = c.spikes.count();
  c.net.run(0.1 * ms);
  CHECK(c.spikes.count() == before);
  c.cells[cell::v] = 2;
  c.net.run(0.1 * ms);
  CHECK(c.spikes.count() > before);
}

TEST_CASE("a run tells how far it is") {
  std::vector<nernst::report::progress_info> reports;
  struct every_time {
    std::vector<nernst::report::progress_info>* to;
    double period() const { return 0; }
    void operator()(nernst::report::progress_info const& info) const { to->push_back(info); }
  };
  circuit<> c;
  c.net.run(10 * ms);
  c.net.run(50 * ms, every_time{&reports});
  REQUIRE(reports.size() >= 3);
  CHECK(reports.front().completed == 0);
  CHECK_FALSE(reports.front().finished);
  CHECK(reports.back().completed == 1);
  CHECK(reports.back().finished);
  for (std::size_t k = 0; k < reports.size(); ++k) {
    CHECK(reports[k].t_start == Approx(10e-3));
    CHECK(reports[k].duration == Approx(50e-3));
    if (k > 0) CHECK(reports[k].completed > reports[k - 1].completed);
    if (k > 0) CHECK(reports[k].elapsed_seconds >= reports[k - 1].elapsed_seconds);
  }
  circuit<> quiet;
  quiet.net.run(10 * ms, nernst::report::none);
  quiet.net.run(50 * ms, nernst::report::progress);
  CHECK(quiet.found() == c.found());
  int calls = 0;
  quiet.net.run(0.1 * ms, [&calls](nernst::report::progress_info const&) { ++calls; });
  CHECK(calls == 2);
}

TEST_CASE("coefficients that are not finite are an exception that names the equation") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<unset>(1000, "cells");
  auto const trace = net.record(cells, {"v"}, {5});
  cells[unset::tau_g] = 10 * ms;
  cells[unset::tau][i != 3 && i != 700] = 10 * ms;
  CHECK_THROWS_AS(net.run(1 * ms), std::invalid_argument);
  CHECK_THROWS_WITH(net.run(1 * ms),
                    "cells: expected finite coefficients of the equation of 'v' (method exact), "
                    "found -inf for neuron 3");
  CHECK(trace.steps() == 0);
  CHECK(net.time() == 0);
  cells[unset::tau] = 10 * ms;
  cells[unset::tau_g] = 0 * ms;
  CHECK_THROWS_WITH(net.run(1 * ms), Contains("of the equation of 'g'") && Contains("found -inf"));
  cells[unset::tau_g] = 20 * ms;
  cells[unset::v] = 1 * volt;
  net.run(1 * ms);
  CHECK(net.time() == 1e-3);
  CHECK(trace.steps() == 10);
  CHECK(cells["v"][700] == Approx(std::exp(-0.1)));

  auto others = net.population<unset_shared>(5, "others");
  CHECK_THROWS_WITH(net.run(1 * ms),
                    "others: expected finite coefficients of the equation of 'v' (method exact), "
                    "found nan");
  CHECK(trace.steps() == 10);
  others[unset_shared::tau] = 1 * ms;
  net.run(1 * ms);
  CHECK(trace.steps() == 20);
}

TEST_CASE("a refractory period is a number") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<unset_period>(1, "cells");
  auto const spikes = net.record_spikes(cells);
  CHECK_THROWS_WITH(net.run(1 * ms),
                    "cells: expected a refractory period, found one that is not a number");
  CHECK_THROWS_AS(net.run(1 * ms), std::invalid_argument);
  cells[unset_period::rate] = 1 * kHz;
  cells[unset_period::gain] = 2;
  net.run(5 * ms);
  CHECK(spikes.steps() == std::vector<std::int64_t>{3, 23, 43});
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("memory that there is not is an exception that names what it was for") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(10, "cells");
  auto const trace = net.record(cells, {"v"});
  net.run(1 * ms);
  static_cast<void>(net.connect<weighted_link>(cells, cells, one_to_one(), 9e11 * second));
  CHECK_THROWS_AS(net.run(1 * ms), std::length_error);
  CHECK_THROWS_WITH(net.run(1 * ms), "cells: expected more memory than there is");
  CHECK(net.time() == 1e-3);
  CHECK(trace.steps() == 10);
}
#endif

TEST_CASE("what belongs to two networks cannot be brought together") {
  nernst::network net({.dt = 0.1 * ms}), other({.dt = 0.1 * ms});
  auto here = net.population<cell>(10, "here");
  auto there = other.population<cell>(10, "there");
  auto watching = other.population<watcher>(10, "watching");
  auto const expected = "connect: expected two populations of this network, found 'there' and "
                        "'here', of which 'there' is of another one";
  CHECK_THROWS_WITH(net.connect<weighted_link>(there, here, one_to_one()), expected);
  CHECK_THROWS_AS(net.connect<weighted_link>(there, here, one_to_one()), std::invalid_argument);
  CHECK_THROWS_AS(net.connect<weighted_link>(here, there(0, 3), all_to_all()),
                  std::invalid_argument);
  CHECK_THROWS_AS(other.connect<weighted_link>(here, here, one_to_one()), std::invalid_argument);
  CHECK_THROWS_WITH(
      net.record_spikes(there),
      "record_spikes: expected a population of this network, found 'there' of another "
      "one");
  CHECK_THROWS_AS(net.record_spikes(there), std::invalid_argument);
  CHECK_THROWS_AS(net.record_events(watching, "low"), std::invalid_argument);
  CHECK_THROWS_AS(net.record(there, {"v"}), std::invalid_argument);
  CHECK_THROWS_WITH(watching.link(watcher::seen, here, cell::v),
                    "watching[seen]: expected a population of the same network, found 'here' of "
                    "another one");
  CHECK_THROWS_AS(watching.link(watcher::seen, here, cell::v), std::invalid_argument);
  watching.link(watcher::seen, there, cell::v);
  static_cast<void>(other.connect<weighted_link>(there, there, one_to_one()));
  other.run(1 * ms);
  net.run(1 * ms);
}

TEST_CASE("what failed to be made changes nothing") {
  circuit<> once;
  circuit<> failed;
  CHECK_THROWS_AS(failed.net.connect<weighted_link>(failed.cells, failed.cells, pairs({0}, {1000})),
                  std::out_of_range);
  auto more = once.net.population<cell>(10), same = failed.net.population<cell>(10);
  more[cell::v] = uniform();
  same[cell::v] = uniform();
  CHECK(more["v"].get() == same["v"].get());
}

TEST_CASE("a handle knows when its network is no longer there") {
  auto net = std::make_unique<nernst::network<>>(nernst::network_options{.dt = 0.1 * ms});
  auto cells = net->population<cell>(10, "cells");
  auto part = cells(2, 5);
  auto synapses = net->connect<weighted_link>(cells, cells, one_to_one(), 0 * ms, "synapses");
  auto values = cells["v"];
  auto const spikes = net->record_spikes(cells);
  auto const trace = net->record(cells, {"v", "g", "i"});
  cells[cell::v] = 2;
  net->run(1 * ms);
  auto const times = spikes.times();
  double const last = trace.at(9, 0, 9);
  net.reset();

  CHECK_THROWS_AS(cells[cell::v] = 1, std::logic_error);
  CHECK_THROWS_WITH(cells[cell::v] = 1, "cells: its network is no longer there");
  CHECK_THROWS_WITH(cells["v"].get(), "cells: its network is no longer there");
  CHECK_THROWS_WITH(part["v"].get(), "cells: its network is no longer there");
  CHECK_THROWS_WITH(values.get(), "cells: its network is no longer there");
  CHECK_THROWS_AS(values = "1 + v", std::logic_error);
  CHECK_THROWS_AS(values[0], std::logic_error);
  CHECK_THROWS_AS(values["v > 1"], std::logic_error);
  CHECK_THROWS_AS(cells(0, 1), std::logic_error);
  CHECK_THROWS_AS(cells.variable("v"), std::logic_error);
  CHECK_THROWS_WITH(synapses.size(), "synapses: its network is no longer there");
  CHECK_THROWS_AS(synapses["w"].get(), std::logic_error);
  nernst::network others({.dt = 0.1 * ms});
  CHECK_THROWS_AS(others.record_spikes(cells), std::logic_error);
  CHECK_THROWS_AS(others.connect<weighted_link>(cells, cells, one_to_one()), std::logic_error);

  CHECK(spikes.count() == 10);
  CHECK(spikes.times() == times);
  CHECK(spikes.counts() == std::vector<std::uint32_t>(10, 1));
  CHECK(spikes.mean_rate() == Approx(1000));
  CHECK(spikes.rates(0.5 * ms).size() == 2);
  CHECK(trace.steps() == 10);
  CHECK(trace.at(9, 0, 9) == last);
  CHECK(trace.time(9) == 9 * 1e-4);
}

TEST_CASE("a run that a report ends can be continued") {
  circuit<> once, c;
  struct stop_at_half {
    double period() const { return 0; }
    void operator()(nernst::report::progress_info const& info) const {
      if (info.completed > 0) throw stopped("enough");
    }
  };
  CHECK_THROWS_AS(c.net.run(60 * ms, stop_at_half{}), stopped);
  double const reached = c.net.time();
  CHECK(reached > 0);
  CHECK(reached < 60e-3);
  c.net.run(quantity<nernst::ir::units::second>{60e-3 - reached});
  once.net.run(60 * ms);
  CHECK(c.net.time() == Approx(60e-3));
  CHECK(c.found() == once.found());
}

TEST_CASE("memory is told for each object, with its name") {
  circuit<> c;
  static_cast<void>(c.net.record(c.cells, {"v"}));
  c.net.run(10 * ms);
  auto const memory = c.net.memory();
  std::vector<std::string> names;
  for (auto const& m : memory) {
    names.push_back(m.object);
    CHECK(m.bytes > 0);
  }
  CHECK(names == std::vector<std::string>{"cells", "projection 0", "slow", "spikes of cells",
                                          "record of cells"});
  CHECK(memory[0].bytes >= 2 * 150 * sizeof(double));
  CHECK(memory[4].bytes >= 100 * 150 * sizeof(double));
}

TEST_CASE("a network in single precision does nearly the same") {
  circuit<double> wide;
  circuit<float> narrow;
  wide.net.run(3 * ms);
  narrow.net.run(3 * ms);
  auto const v = wide.cells[cell::v].get(), w = narrow.cells[cell::v].get();
  std::size_t near = 0;
  for (std::size_t n = 0; n < v.size(); ++n) near += std::abs(v[n] - w[n]) < 1e-4;
  CHECK(near > 140);
  CHECK(v != w);
  narrow.net.run(57 * ms);
  circuit<float> again;
  again.net.run(60 * ms);
  CHECK(again.found() == narrow.found());
  CHECK(again.spikes.count() > 500);
}

TEST_CASE("a network works on all threads of its space") {
  CHECK(nernst::network({}).threads() == Kokkos::DefaultHostExecutionSpace().concurrency());
}
