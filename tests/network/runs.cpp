// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <stdexcept>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 1 / ms, threshold(v > 0.95), reset(v = 0), method(euler),
             event<"half">(v > 0.45), on_event<"half">(n += 1), every(dt, n += 100));
};
struct kick {
  static constexpr auto model = synapse(on_pre(post(cell::n) += 10000));
};

struct setting {
  nernst::network<> net{{.dt = 0.1 * ms}};
  decltype(net.population<cell>(1)) one = net.population<cell>(40), two = net.population<cell>(20);
  decltype(net.connect<kick>(one, two, all_to_all())) kicks =
      net.connect<kick>(one(0, 1), two, all_to_all(), 0.5 * ms);
  nernst::spike_record spikes = net.record_spikes(one), more = net.record_spikes(two);
};

/// Time constants that nobody has set, where they surely matter and where they may not.
struct euler_unset {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model = neuron(d(v) / dt = (10 * mV - v) / tau | unless_refractory,
                                       threshold(v > 1 * volt), refractory(2 * ms), method(euler));
};
struct exponential_unset {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g = state<"g">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model =
      neuron(d(g) / dt = -g / (5 * ms), d(v) / dt = (g - v) / tau, method(exponential_euler));
};
struct stages_unset {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model = neuron(d(v) / dt = (sin(t / ms) * mV - v) / tau, method(rk4));
};
struct noise_unset {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model = neuron(d(v) / dt = mV * xi / pow<1, 2>(tau), method(euler));
};
struct synapse_unset {
  static constexpr auto s = state<"s">(one);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model =
      synapse(d(s) / dt = (1 - s) / tau, on_pre(post(cell::n) += s), method(euler));
};
struct left_out {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto limit = shared<"limit">(volt);
  static constexpr auto model = neuron(d(v) / dt = where(tau > 0 * ms, -v / tau, 0 * mV / ms),
                                       threshold(v > limit), reset(v = 0 * mV), method(euler));
};

struct failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace

TEST_CASE("neurons that are not active stand still and do not fire", "[runs]") {
  setting s;
  s.net.run(2.5 * ms);
  auto const v = s.one[cell::v].get(), n = s.one[cell::n].get();
  CHECK(s.spikes.count() == 2 * 40);
  CHECK(s.more.count() == 2 * 20);
  s.one.active(false);
  CHECK_FALSE(s.one.active());
  CHECK(s.two.active());
  s.net.run(2.5 * ms);
  CHECK(s.one[cell::v].get() == v);
  CHECK(s.one[cell::n].get() == n);
  CHECK(s.spikes.count() == 2 * 40);
  CHECK(s.more.count() == 5 * 20);
  s.one.active(true);
  s.net.run(1 * ms);
  CHECK(s.spikes.count() == 3 * 40);
  CHECK(s.one[cell::v].get()[0] == Approx(v[0]));
  CHECK_THROWS_WITH(s.one(0, 3).active(false), Contains("found the slice [0, 3)"));
}

TEST_CASE("what arrives at synapses that are not active is lost", "[runs]") {
  setting s;  // fires in steps 9, 19, ... which arrives in 14, 24 ...
  auto const kicks = [&] { return std::floor(s.two[cell::n].get()[3] / 10000); };
  s.net.run(2 * ms);
  CHECK(kicks() == 1);
  s.kicks.active(false);
  s.net.run(2 * ms);
  CHECK(kicks() == 1);
  s.kicks.active(true);  // that of step 39 is on its way
  s.net.run(1 * ms);
  CHECK(kicks() == 2);
  CHECK(s.more.count() == 5 * 20);
}

TEST_CASE("what a function of the user throws ends the run behind the step", "[runs]") {
  setting s, undisturbed;
  int calls = 0;
  bool throws = true;
  for (auto const slot : {slot::start, slot::synapses, slot::end})
    s.net.every(0.1 * ms,
                [&] {
                  if (++calls == 40 && throws) throw failed("enough");
                },
                {slot, 0});
  CHECK_THROWS_WITH(s.net.run(10 * ms), "enough");
  CHECK(calls == 40);
  CHECK(s.net.time() == Approx(1.4e-3));  // 13 steps with three calls, one in the next step
  throws = false;
  s.net.run(3.6 * ms);
  undisturbed.net.run(5 * ms);
  CHECK(s.net.time() == Approx(5e-3));
  CHECK(s.two[cell::n].get() == undisturbed.two[cell::n].get());
  CHECK(s.one[cell::v].get() == undisturbed.one[cell::v].get());
  CHECK(s.spikes.times() == undisturbed.spikes.times());
  CHECK(s.more.times() == undisturbed.more.times());
}

TEST_CASE("a run within a run is an error", "[runs]") {
  setting s;
  s.net.every(1 * ms, [&] { s.net.run(1 * ms); });
  CHECK_THROWS_WITH(s.net.run(1 * ms), "run: expected no run to be under way");
  setting other;
  auto const again = [&](nernst::report::progress_info const&) { other.net.run(1 * ms); };
  CHECK_THROWS_AS(other.net.run(1 * ms, again), std::logic_error);
}

TEST_CASE("a time constant that was not set is an error that names its equation", "[runs]") {
  auto const check = [](auto const& unset, std::string const& method, std::string const& state) {
    nernst::network<> net({.dt = 0.1 * ms});
    auto cells = net.population<std::remove_cvref_t<decltype(unset)>>(3, "cells");
    CHECK_THROWS_WITH(net.run(1 * ms),
                      Contains("cells: expected finite coefficients of the equation of '" + state +
                               "' (method " + method + "), found "));
    CHECK(net.time() == 0);
    cells["tau"] = "5*ms";
    net.run(1 * ms);  // can be put right
    CHECK(net.time() == 1e-3);
  };
  check(euler_unset(), "euler", "v");
  check(exponential_unset(), "exponential_euler", "v");
  check(stages_unset(), "rk4", "v");
  check(noise_unset(), "euler", "v");

  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(3);
  auto synapses = net.connect<synapse_unset>(cells, cells, all_to_all(), 0 * ms, "synapses");
  CHECK_THROWS_WITH(net.run(1 * ms), Contains("synapses: expected finite coefficients of the "
                                              "equation of 's' (method euler), found inf"));
  synapses[synapse_unset::tau] = 5 * ms;
  net.run(1 * ms);
}

TEST_CASE("a time constant that a choice leaves out may stay unset, and limits be infinite",
          "[runs]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<left_out>(3);
  cells["v"] = "10*mV";
  cells["limit"] = "inf*volt";
  net.run(1 * ms);
  CHECK(cells["v"].get()[0] == test::kept(10e-3));
}
