// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Networks that may round otherwise than their equations say: the same spikes, and values that
// differ by roundings.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include "space.hpp"
#include <cmath>
#include <limits>
#include <vector>

using namespace nernst::dsl;
using nernst::exactness;

namespace {

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto model = neuron(
      d(v) / dt = (1.02 + g - h - v) / (10 * ms) | unless_refractory, d(g) / dt = -g / (5 * ms),
      d(h) / dt = -h / (8 * ms), threshold(v > 1), reset(v = 0), refractory(1 * ms));
};
struct excites {
  static constexpr auto model = synapse(on_pre(post(cell::g) += 0.05));
};
struct inhibits {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(cell::h) += w));
};
/// Reads a scaled state, and writes one otherwise than by adding.
struct saturates {
  static constexpr auto model =
      synapse(on_pre(post(cell::g) = post(cell::g) + 0.1 * (1 - post(cell::g))));
};
struct counts {
  static constexpr auto seen = state<"seen">(one);
  static constexpr auto model =
      synapse(on_pre(seen += pre(cell::g)), on_post(seen -= post(cell::h)));
};

template <class Real>
struct setting {
  using network = nernst::network<test::space, Real>;
  network net;
  decltype(net.template population<cell>(1)) cells = net.template population<cell>(100, "cells");
  nernst::spike_record spikes = net.record_spikes(cells);
  decltype(net.template connect<counts>(cells, cells, one_to_one())) counted =
      net.template connect<counts>(cells, cells, fixed_probability(0.1), 0.2 * ms, "counted");

  explicit setting(exactness how) : net({.dt = 0.1 * ms, .seed = 3, .exactness = how}) {
    cells[cell::v] = uniform();
    cells[cell::g] = 0.2 * uniform();
    net.template connect<excites>(cells(0, 80), cells, fixed_probability(0.1), 0.3 * ms);
    net.template connect<inhibits>(cells(80, 100), cells, fixed_probability(0.2))[inhibits::w] =
        0.02 + 0.02 * uniform();
    net.template connect<saturates>(cells(0, 20), cells(50, 100), fixed_probability(0.1));
    net.poisson_input(cells, cell::g, 10, 50 * Hz, 0.01);
  }
};

template <class Real>
void require_close(setting<Real> const& fast, setting<Real> const& plain, double tolerance) {
  REQUIRE(plain.spikes.count() > 400);
  REQUIRE(fast.spikes.steps() == plain.spikes.steps());
  REQUIRE(fast.spikes.neurons() == plain.spikes.neurons());
  for (auto const& [x, y] :
       {std::pair{fast.cells[cell::v].get(), plain.cells[cell::v].get()},
        std::pair{fast.cells[cell::g].get(), plain.cells[cell::g].get()},
        std::pair{fast.cells[cell::h].get(), plain.cells[cell::h].get()},
        std::pair{fast.counted[counts::seen].get(), plain.counted[counts::seen].get()}}) {
    double most = 0;
    for (std::size_t k = 0; k < x.size(); ++k) most = std::max(most, std::abs(x[k] - y[k]));
    CHECK(most <= tolerance);
  }
}

/// Checks that `run(setting, seen)` sees the same with and without the option.
template <class Run>
void check_same_seen(Run const& run) {
  setting<double> fast(exactness::fast), plain(exactness::same_as_brian);
  std::vector<double> by_fast, by_plain;
  run(fast, by_fast);
  run(plain, by_plain);
  CHECK(by_fast == by_plain);
}

}  // namespace

TEST_CASE("a fast network fires the same spikes, and its values differ by roundings",
          "[network][exactness][host]") {
  setting<double> fast(exactness::fast), plain(exactness::same_as_brian);
  for (double const duration : {0.1, 3.0, 25.6, 120.0}) {  // within a period of a scale, and more
    fast.net.run(duration * ms);
    plain.net.run(duration * ms);
  }
  require_close(fast, plain, 1e-11);
  CHECK(fast.cells[cell::h].get() != plain.cells[cell::h].get());  // it was another way
}

TEST_CASE("so does one in single precision, for a while", "[network][exactness]") {
  setting<float> fast(exactness::fast), plain(exactness::same_as_brian);
  fast.net.run(10 * ms);
  plain.net.run(10 * ms);
  for (std::size_t k = 0; k < 100; ++k)
    CHECK(fast.cells[cell::g].get()[k] == Approx(plain.cells[cell::g].get()[k]).margin(1e-5));
}

TEST_CASE("values of a fast network can be set, recorded and stored between its runs",
          "[network][exactness]") {
  setting<double> fast(exactness::fast), plain(exactness::same_as_brian);
  for (auto* const one : {&fast, &plain}) {
    one->net.run(7.7 * ms);
    one->cells[cell::g] = 0.25;
    auto const then = one->net.store();
    one->net.run(3.3 * ms);
    one->net.restore(then);
    one->net.set_dt(0.05 * ms);
    one->net.run(60.05 * ms);
    one->cells(0, 10)[cell::h] = 0;
    one->net.run(60 * ms);
  }
  require_close(fast, plain, 1e-11);
}

// Of g they are but for roundings, as its synapses are alike and may be added at once.
TEST_CASE("where somebody looks at states in a run, they are as without the option",
          "[network][exactness]") {
  setting<double> fast(exactness::fast), plain(exactness::same_as_brian);
  auto a = fast.net.record(fast.cells, {"g", "h"});
  auto b = plain.net.record(plain.cells, {"g", "h"});
  fast.net.run(150 * ms);
  plain.net.run(150 * ms);
  CHECK(a.trace("h", 7) == b.trace("h", 7));
  CHECK(fast.cells[cell::h].get() == plain.cells[cell::h].get());
}

TEST_CASE("functions that are called in a run see the states", "[network][exactness]") {
  check_same_seen([](setting<double>& s, std::vector<double>& seen) {
    s.net.every(1 * ms, [&] { seen.push_back(s.cells[cell::h].get()[5]); });
    s.net.run(150 * ms);
  });
}

TEST_CASE("so do reports on its progress", "[network][exactness]") {
  check_same_seen([](setting<double>& s, std::vector<double>& seen) {
    s.net.run(12.3 * ms,
              [&](nernst::report::progress_info const&) { seen = s.cells[cell::h].get(); });
    CHECK(seen == s.cells[cell::h].get());
  });
}

TEST_CASE("the option as it stands in the docs", "[network][exactness]") {
  nernst::network net({.dt = 0.1 * ms, .exactness = nernst::exactness::fast});
  auto cells = net.population<cell>(1);
  cells[cell::g] = 1;
  net.run(100 * ms);
  CHECK(cells[cell::g].get()[0] == Approx(std::exp(-20.0)).epsilon(test::up_to(1e-12)));
}
