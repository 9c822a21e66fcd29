// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Records and Poisson inputs that are left out of some runs; populations and projections are in
// runs.cpp.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include <vector>

namespace {

using namespace nernst::dsl;
using Catch::Matchers::Contains;
using numbers = std::vector<double>;

/// Each fires in every second step.
struct ticking {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(x) / dt = 1 / ms, method(euler), threshold(x > 1.5), reset(x = 0));
};

TEST_CASE("records leave out runs") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<ticking>(2);
  auto spikes = net.record_spikes(cells);
  auto with_x = net.record_spikes(cells, {"x"});
  auto rate = net.record_rate(cells);
  auto states = net.record(cells, {"x"}, {1});
  auto slow = net.record(cells, {"x"}, {1}, {slot::start, 0}, 3 * ms);
  auto const all_active = [&](bool on) {
    spikes.active(on);
    with_x.active(on);
    rate.active(on);
    states.active(on);
    slow.active(on);
  };
  net.run(4 * ms);
  all_active(false);
  CHECK_FALSE(spikes.active());
  net.run(3 * ms);
  net.run(3 * ms);
  all_active(true);
  CHECK(states.active());
  net.run(4 * ms);

  CHECK(spikes.steps() == std::vector<std::int64_t>{1, 1, 3, 3, 11, 11, 13, 13});
  CHECK(spikes.counts() == std::vector<std::uint32_t>{4, 4});
  // In 8 ms, not in 14.
  CHECK(spikes.mean_rate() == Approx(500));
  CHECK(with_x.values("x", 1) == numbers(4, 2));
  CHECK(states.times() ==
        numbers{0, 1 * 1e-3, 2 * 1e-3, 3 * 1e-3, 10 * 1e-3, 11 * 1e-3, 12 * 1e-3, 13 * 1e-3});
  CHECK(rate.rates() == numbers{0, 1000, 0, 1000, 0, 1000, 0, 1000});
  CHECK(rate.binned(2 * ms).rates() == numbers(4, 500));
  CHECK(rate.times() == states.times());
  CHECK(states.trace("x", 1) == numbers{0, 1, 0, 1, 0, 1, 0, 1});
  CHECK(slow.times() == numbers{0, 3e-3, 12e-3});
}

TEST_CASE("what is asked for in a run holds from the next one on") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<ticking>(1);
  auto spikes = net.record_spikes(cells);
  net.every(2 * ms, [&] { spikes.active(false); });
  net.run(4 * ms);
  CHECK(spikes.count() == 2);
  net.run(4 * ms);
  CHECK(spikes.count() == 2);
}

TEST_CASE("a Poisson input can be left out") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<ticking>(20);
  auto input = net.poisson_input(cells, ticking::x, 100, 200 * Hz, 0.001);
  input.active(false);
  CHECK_FALSE(input.active());
  net.run(1 * ms);
  CHECK(cells[ticking::x].get() == numbers(20, 1));
  input.active(true);
  net.run(2 * ms);
  numbers const more = cells[ticking::x].get();
  CHECK(more != numbers(20, more[0]));
}

TEST_CASE("rates go into a file") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<ticking>(2);
  auto rate = net.record_rate(cells), kept = net.record_rate(cells);
  net.run(3 * ms);
  test::folder const dir;
  rate.stream_to(dir / "rates.csv");
  CHECK_THROWS_WITH(rate.rates(), Contains("expected rates in memory, found them in the file"));
  CHECK_THROWS_AS(rate.times(), std::logic_error);
  CHECK_THROWS_AS(rate.binned(1 * ms), std::logic_error);
  CHECK_THROWS_AS(rate.stream_to(dir / "other.csv"), std::logic_error);
  net.run(2 * ms);
  net.set_dt(0.5 * ms);
  net.run(2 * ms);
  kept.save(dir / "all.csv");
  CHECK(test::contents(dir / "rates.csv") == test::contents(dir / "all.csv"));
  CHECK(kept.rates().size() == 9);
}

}  // namespace
