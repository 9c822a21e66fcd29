// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What a synapse knows of its neurons beside their variables, with the numbers of Brian 2.9.
#include <nernst/brian.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"

using namespace nernst::dsl;

namespace {
namespace brian = nernst::brian;
using numbers = std::vector<double>;

struct always {
  static constexpr auto model = neuron(threshold(i >= 0));
};
/// Neurons 1 and 3 fire whenever they may, which is in every second step.
struct cells {
  static constexpr auto v = state<"v">(one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto m = state<"m">(one);
  static constexpr auto last = state<"last">(second);
  static constexpr auto model =
      neuron(d(v) / dt = 0 * Hz | unless_refractory, threshold(i == 1 or i == 3),
             refractory(0.25 * ms), every(1 * second, x += 0, m += 0, last += 0 * ms));
};

struct numbered {
  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);
  static constexpr auto pre_count = state<"pre_count">(one);
  static constexpr auto post_count = state<"post_count">(one);
  static constexpr auto count = state<"count">(one);
  static constexpr auto model =
      synapse(on_pre(a = i + pre(i), b = post(i), pre_count = pre(N), post_count = post(N),
                     count = N, post(cells::x) += i + 10 * post(i)));
};
struct numbered_text {
  static constexpr auto model = brian::synapse(
      "a : 1\nb : 1\npre_count : 1\npost_count : 1\ncount : 1",
      brian::on_pre("a = 2*i; b = j; pre_count = N_pre; post_count = N_post; count = N\n"
                    "x += i + 10*j"));
};

template <class Synapse>
void check_numbers() {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<always>(6);
  auto to = net.population<cells>(5);
  auto s = net.connect<Synapse>(from(2, 5), to(1, 5), all_to_all());
  net.run(0.1 * ms);
  CHECK(s["a"].get() == numbers{0, 0, 0, 0, 2, 2, 2, 2, 4, 4, 4, 4});
  CHECK(s["b"].get() == numbers{0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3});
  CHECK(s["pre_count"].get() == numbers(12, 3));
  CHECK(s["post_count"].get() == numbers(12, 4));
  CHECK(s["count"].get() == numbers(12, 12));
  CHECK(to["x"].get() == numbers{0, 3, 33, 63, 93});
}

// ---- refractoriness of the target

struct watching {
  static constexpr auto model = synapse(on_pre(post(cells::m) += where(post(not_refractory), 1, 0),
                                               post(cells::last) = post(lastspike)));
};
struct watching_text {
  static constexpr auto model =
      brian::synapse(brian::on_pre("m += int(not_refractory_post); last = lastspike_post"));
};
struct watching_short {
  static constexpr auto model =
      brian::synapse(brian::on_pre("m += int(not_refractory); last = lastspike"));
};

template <class Synapse>
void check_target() {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<always>(6);
  auto to = net.population<cells>(5);
  net.connect<Synapse>(from(2, 5), to(1, 5), all_to_all());
  double const last[] = {0, 0, 0.2e-3, 0.2e-3, 0.4e-3, 0.4e-3};
  for (int step = 0; step < 6; ++step) {
    to["m"] = 0;
    net.run(0.1 * ms);
    CHECK(to["m"].get() == numbers{0, 0, 3, 0, 3});
    CHECK(to["last"].get() ==
          numbers{0, test::kept(last[step]), -1e4, test::kept(last[step]), -1e4});
  }
}

// ---- and of the source

/// A neuron that is refractory by a condition, and keeps the time of its last spike.
struct spiking {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(threshold(i < 2 and timestep(t, dt) % 3 == 0),
             refractory(v < 0.5 and t - lastspike < 0.35 * ms), every(1 * second, v += 0));
};
/// The same without anything that reads that time.
struct spiking_while_low {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(threshold(i < 2 and timestep(t, dt) % 3 == 0),
                                       refractory(v > 0.5), every(1 * second, v += 0));
};
struct receiving {
  static constexpr auto m = state<"m">(one);
  static constexpr auto last = state<"last">(second);
  static constexpr auto model = neuron(every(1 * second, m += 0, last += 0 * ms));
};
struct of_source {
  static constexpr auto model =
      synapse(on_pre(post(receiving::m) += 1 + where(pre(not_refractory), 10, 0),
                     post(receiving::last) = pre(lastspike)));
};
struct of_source_text {
  static constexpr auto model =
      brian::synapse(brian::on_pre("m += 1 + 10*int(not_refractory_pre); last = lastspike_pre"));
};

template <class Synapse, class Source>
void check_source(numbers const& m, numbers const& last) {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<Source>(3);
  auto to = net.population<receiving>(3);
  net.connect<Synapse>(from, to, one_to_one(), 0.2 * ms);
  for (std::size_t step = 0; step < 9; ++step) {
    net.run(0.1 * ms);
    CHECK(to["m"].get() == numbers{m[step], m[step], 0});
    CHECK(to["last"][0] == Approx(last[step]));
    CHECK(to["last"][2] == 0);
  }
}
}  // namespace

TEST_CASE("a synapse knows the numbers of its neurons in their slices") {
  check_numbers<numbered>();
  check_numbers<numbered_text>();
}

TEST_CASE("a synapse reads the refractoriness of its target") {
  check_target<watching>();
  check_target<watching_text>();
  check_target<watching_short>();
}

TEST_CASE("a synapse reads the refractoriness of its source") {
  numbers const closed = {0, 0, 1, 1, 1, 1, 1, 1, 2}, last = {0, 0, 0, 0, 0, 0, 0, 0, 0.6e-3};
  check_source<of_source, spiking>(closed, last);
  check_source<of_source_text, spiking>(closed, last);
  numbers const open = {0, 0, 11, 11, 11, 22, 22, 22, 33},
                latest = {0, 0, 0, 0, 0, 3e-4, 3e-4, 3e-4, 6e-4};
  check_source<of_source, spiking_while_low>(open, latest);
  check_source<of_source_text, spiking_while_low>(open, latest);
}
