// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "space.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace {

using namespace nernst::dsl;
using Catch::Matchers::Contains;
using numbers = std::vector<double>;
using indices = std::vector<std::uint32_t>;

struct sums {
  static constexpr auto x = state<"x">(one);
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = neuron(x, w);
};
struct closed {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model = neuron(d(x) / dt = 0 / ms | unless_refractory, d(y) / dt = 0 / ms,
                                       method(euler), threshold(i == 0), refractory(1 * ms));
};

double mean(numbers const& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}
double variance(numbers const& x) {
  double sum = 0;
  for (double const v : x) sum += (v - mean(x)) * (v - mean(x));
  return sum / static_cast<double>(x.size() - 1);
}

}  // namespace

// ---- Poisson neurons

/// brian2-tests 93.
TEST_CASE("a Poisson neuron fires with probability rate dt, once in a step at most") {
  nernst::network net({.dt = 1 * ms});
  auto const never = net.record_spikes(net.poisson(5, 0 * Hz));
  auto const always = net.record_spikes(net.poisson(5, 1e6 * Hz));
  net.run(2 * ms);
  CHECK(never.counts() == indices(5, 0));
  CHECK(always.counts() == indices(5, 2));
}

TEST_CASE("rates of Poisson neurons are quantities, formulas, texts and tables") {
  nernst::network net({.dt = 1 * ms, .seed = 4});
  auto const by_formula = net.record_spikes(net.poisson(2, 500 * i * Hz));
  auto const by_text = net.record_spikes(net.poisson(2, "500*i*Hz"));
  auto const in_time =
      net.record_spikes(net.poisson(3, timed_values({1e6 * Hz, 0 * Hz, 1e6 * Hz}, 2 * ms)));
  auto const by_column = net.record_spikes(
      net.poisson(2, timed_values({{1e6 * Hz, 0 * Hz}, {0 * Hz, 1e6 * Hz}}, 3 * ms)));
  net.run(4 * ms);
  CHECK(in_time.steps() == std::vector<std::int64_t>{0, 0, 0, 1, 1, 1});
  CHECK(by_column.neurons() == std::vector<std::int32_t>{0, 0, 0, 1});
  net.run(4 * second);
  for (auto const& record : {by_formula, by_text}) {
    CHECK(record.counts()[0] == 0);
    CHECK(record.counts()[1] == Approx(2002).margin(5 * std::sqrt(1001)));
  }
  CHECK_THROWS_WITH(net.poisson(3, timed_values({{1 * Hz, 2 * Hz}}, ms)),
                    Contains("one column or 3") && Contains("found 2"));
}

TEST_CASE("correlated Poisson neurons have the rate and the correlation asked for") {
  nernst::network net({.dt = 0.5 * ms, .seed = 7});
  auto const spikes = net.record_spikes(net.correlated_poisson(2, 40 * Hz, 0.5));
  net.run(40 * second);
  std::vector<numbers> counts(2, numbers(400, 0));
  auto const times = spikes.times();
  for (std::size_t k = 0; k < times.size(); ++k)
    ++counts[static_cast<std::size_t>(spikes.neurons()[k])]
            [static_cast<std::size_t>(times[k] / 0.1 + 1e-9)];
  double product = 0;
  for (std::size_t k = 0; k < 400; ++k)
    product += (counts[0][k] - mean(counts[0])) * (counts[1][k] - mean(counts[1])) / 399;
  CHECK(mean(counts[0]) == Approx(4).margin(0.5));
  CHECK(product / std::sqrt(variance(counts[0]) * variance(counts[1])) == Approx(0.5).margin(0.12));
  CHECK_THROWS_AS(net.correlated_poisson(2, 40 * Hz, 0), std::invalid_argument);
}

TEST_CASE("rates of Poisson neurons are not below 0") {
  nernst::network net({.dt = 1 * ms, .seed = 4});
  CHECK_THROWS_WITH(net.poisson(3, (100 - 60 * i) * Hz, "noise"),
                    "noise[rate]: expected a value of at least 0 for neuron 2, found -20");
  CHECK_THROWS_AS(net.poisson(3, -1 * Hz), std::invalid_argument);
  CHECK_THROWS_AS(net.poisson(3, "-1*Hz"), std::invalid_argument);
  CHECK_THROWS_WITH(net.poisson(3, timed_values({1 * Hz, -2 * Hz}, ms)),
                    Contains("rates of at least 0 Hz") && Contains("-2"));
  CHECK_THROWS_WITH(net.correlated_poisson(2, -40 * Hz, 0.5, "together"),
                    "together[rate]: expected a value of at least 0, found -40");
  auto cells = net.population<sums>(2);
  CHECK_THROWS_WITH(net.poisson_input(cells, sums::x, 1, -1 * Hz, 1.0),
                    Contains("expected a rate from 0 Hz") && Contains("found -1 Hz"));
  // What was there stays there.
  auto source = net.poisson(3, 1e6 * Hz, "source");
  CHECK_THROWS_AS(source["rate"] = (numbers{1e6, -1, 1e6}), std::invalid_argument);
  CHECK_THROWS_AS(source(1)["rate"] = std::nan("") * Hz, std::invalid_argument);
  CHECK(source["rate"].get() == numbers(3, 1e6));
  auto const spikes = net.record_spikes(source);
  net.every(1 * ms, [&] {
    if (net.time() > 2.5e-3) source(2)[nernst::poisson_neurons::rate] = -1 * Hz;
  });
  CHECK_THROWS_WITH(net.run(10 * ms), Contains("source[rate]") && Contains("for neuron 2"));
  CHECK(spikes.count() == 12);
}

// ---- Poisson input

TEST_CASE("Poisson input is binomial") {
  // So many that their numbers have no table.
  std::uint64_t const n =
      GENERATE(std::uint64_t{1000}, std::uint64_t{100000}, std::uint64_t{1000000000});
  nernst::network net({.dt = 1 * ms, .seed = n});
  auto cells = net.population<sums>(20000);
  net.poisson_input(cells, sums::x, n, 20 * Hz, 1.0);
  net.run(1 * ms);
  auto const x = cells["x"].get();
  double const p = 0.02, expected = static_cast<double>(n) * p;
  double const spread = expected * (1 - p);
  CHECK(mean(x) == Approx(expected).margin(5 * std::sqrt(spread / 20000)));
  CHECK(variance(x) == Approx(spread).epsilon(0.06));
}

TEST_CASE("the weight of Poisson input may be a formula, the target a slice") {
  nernst::network net({.dt = 1 * ms, .seed = 2});
  auto cells = net.population<sums>(60);
  cells[sums::w] = i;
  net.poisson_input(cells(20, 60), sums::x, 1, 1000 * Hz, 0.5 * sums::w + 1);
  net.run(2 * ms);
  auto const x = cells["x"].get();
  for (std::size_t k = 0; k < 60; ++k) REQUIRE(x[k] == (k < 20 ? 0.0 : static_cast<double>(k) + 2));
  CHECK_THROWS_WITH(net.poisson_input(cells, sums::x, 1, 2000 * Hz, 1.0),
                    Contains("to that of one spike in a step") && Contains("2000"));
  CHECK_THROWS_AS(net.poisson_input(cells, sums::x, 1, sums::w * Hz, 1.0), std::invalid_argument);
}

TEST_CASE("Poisson input is for its targets alone, and the same for any of them") {
  static std::vector<std::int64_t> const some = {3, 17, 63, 64, 65, 127, 200};
  using cells_of = nernst::population<sums, test::space, NERNST_DEFAULT_REAL>;
  auto const received = [](cells_of (*choose)(cells_of const&)) {
    nernst::network net({.dt = 1 * ms, .seed = 5});
    auto cells = net.population<sums>(203);
    cells[sums::x] = -0.0;
    net.poisson_input(choose(cells), sums::x, 1000, 20 * Hz, 0.5);
    net.run(3 * ms);
    return cells["x"].get();
  };
  auto const by_all = received([](cells_of const& cells) { return cells; });
  auto const by_slice = received([](cells_of const& cells) { return cells(60, 130); });
  auto const by_list = received([](cells_of const& cells) { return cells(some); });
  CHECK(mean(by_all) == Approx(30).margin(5 * std::sqrt(30. / 203)));
  for (std::size_t k = 0; k < 203; ++k) {
    bool const in_slice = k >= 60 && k < 130;
    bool const in_list = std::count(some.begin(), some.end(), static_cast<std::int64_t>(k)) > 0;
    CHECK(by_slice[k] == (in_slice ? by_all[k] : 0));
    CHECK(by_list[k] == (in_list ? by_all[k] : 0));
    CHECK(std::signbit(by_slice[k]) != in_slice);
  }
}

TEST_CASE("Poisson input respects refractoriness") {
  nernst::network net({.dt = 0.5 * ms});
  auto cells = net.population<closed>(2);
  net.poisson_input(cells, closed::x, 1, 2000 * Hz, 1.0);
  net.poisson_input(cells, closed::y, 1, 2000 * Hz, 1.0);
  net.run(1.5 * ms);
  CHECK(cells["x"].get() == numbers{0, 3});
  CHECK(cells["y"].get() == numbers{3, 3});
}

// ---- given spikes

TEST_CASE("a generator fires at given times, in every period") {
  nernst::network net({.dt = 0.1 * ms});
  auto once = net.spikes(3, {2, 0, 1, 0}, {0.3e-3, 0.1e-3, 0.1e-3, 0.3e-3});
  auto again = net.spikes(2, {0, 1}, {0.0, 0.2e-3}, 0.5 * ms);
  auto const single = net.record_spikes(once);
  auto const periodic = net.record_spikes(again);
  net.run(1.2 * ms);
  CHECK(single.neurons() == std::vector<std::int32_t>{0, 1, 0, 2});
  CHECK(single.steps() == std::vector<std::int64_t>{1, 1, 3, 3});
  CHECK(periodic.steps() == std::vector<std::int64_t>{0, 2, 5, 7, 10});
  once.set_spikes({1, 2}, {0.5e-3, 1.3e-3});
  net.run(1 * ms);
  CHECK(single.count() == 5);
  CHECK(single.steps().back() == 13);
  CHECK_THROWS_AS(net.spikes(2, std::vector<int>{0, -1}, {0, 0}), std::out_of_range);
}

TEST_CASE("a record of spikes can be played again") {
  for (char const* const path : {"played.npy", "played.csv"}) {
    nernst::network net({.dt = 0.1 * ms, .seed = 9});
    auto const recorded = net.record_spikes(net.poisson(20, 500 * Hz));
    net.run(50 * ms);
    recorded.save(path);
    nernst::network again({.dt = 0.1 * ms});
    auto const played = again.record_spikes(again.spikes_from(20, path));
    again.run(50 * ms);
    CHECK(recorded.count() > 300);
    CHECK(played.steps() == recorded.steps());
    CHECK(played.neurons() == recorded.neurons());
    CHECK_THROWS_AS(again.spikes_from(3, path), std::out_of_range);
  }
}

TEST_CASE("spikes that cannot be given are refused") {
  nernst::network net({.dt = 0.1 * ms});
  CHECK_THROWS_WITH(net.spikes(2, {0, 0}, {0.1e-3, 0.12e-3}),
                    Contains("at most one spike of a neuron in a step") && Contains("neuron 0"));
  CHECK_THROWS_AS(net.spikes(2, {0, 2}, {0.1e-3, 0.2e-3}), std::out_of_range);
  CHECK_THROWS_WITH(net.spikes(2, {0}, {0.1e-3, 0.2e-3}), Contains("2 times and 1 neurons"));
  CHECK_THROWS_WITH(net.spikes(2, {0}, {0.6e-3}, 0.5 * ms), Contains("below the period"));
  CHECK_THROWS_WITH(net.spikes(2, {0}, {0.1e-3}, 0.55 * ms), Contains("multiple of dt"));
  CHECK_THROWS_AS(net.spikes(2, {0}, {-1e-3}), std::invalid_argument);
}

// ---- functions of the user

TEST_CASE("a function is called at regular times, sees the present state and changes it") {
  nernst::network net({.dt = 0.5 * ms});
  auto cells = net.population<sums>(3);
  auto const trace = net.record(cells, {"x"}, {0});
  numbers seen;
  net.every(1 * ms, [&] {
    seen.push_back(net.time());
    cells[sums::x] = sums::x + 1;
  });
  net.run(3 * ms);
  CHECK(seen == numbers{0, 1e-3, 2e-3});
  CHECK(cells["x"].get() == numbers{3, 3, 3});
  // Behind the record in the same slot.
  CHECK(trace.trace("x", 0) == numbers{0, 1, 1, 2, 2, 3});
}

TEST_CASE("functions can be called in the middle of a step") {
  nernst::network net({.dt = 1 * ms});
  auto source = net.poisson(4, 1e6 * Hz);
  auto const spikes = net.record_spikes(source);
  auto cells = net.population<sums>(4);
  numbers before, after;
  net.every(1 * ms, [&] { before.push_back(cells["x"][0]); }, {slot::after_groups, 0});
  net.poisson_input(cells, sums::x, 1, 1000 * Hz, 1.0);
  net.every(1 * ms, [&] { after.push_back(cells["x"][0]); }, {slot::end, 0});
  net.run(3 * ms);
  CHECK(before == numbers{0, 1, 2});
  CHECK(after == numbers{1, 2, 3});
  CHECK(spikes.count() == 12);
}

TEST_CASE("a function can end the run") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<sums>(1);
  net.poisson_input(cells, sums::x, 1, 1000 * Hz, 1.0);
  net.every(1 * ms, [&] {
    if (net.time() > 2.5e-3) net.stop();
  });
  net.run(10 * ms);
  CHECK(net.time() == Approx(4e-3));
  CHECK(cells["x"].get() == numbers{4});
  net.run(1 * ms);
  CHECK(net.time() == Approx(5e-3));
}

TEST_CASE("what a function throws ends the run, and the network goes on from there") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<sums>(1);
  net.poisson_input(cells, sums::x, 1, 1000 * Hz, 1.0);
  bool angry = true;
  net.every(2 * ms, [&] {
    if (net.time() > 3e-3 && angry) throw std::runtime_error("enough");
  });
  CHECK_THROWS_WITH(net.run(10 * ms), "enough");
  // Its step is complete.
  CHECK(net.time() == Approx(5e-3));
  CHECK(cells["x"].get() == numbers{5});
  angry = false;
  net.run(1 * ms);
  CHECK(cells["x"].get() == numbers{6});
  CHECK_THROWS_AS(net.every(0.3 * ms, [] {}), std::invalid_argument);
}
