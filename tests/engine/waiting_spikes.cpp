// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/waiting_spikes.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <vector>

namespace {
using namespace nernst::dsl;
using nernst::engine::waiting_spikes;
using steps = std::vector<std::int32_t>;

/// Those of a target, rising.
steps of(waiting_spikes const& all, std::uint32_t target) {
  steps found;
  for (std::uint32_t k = waiting_spikes::most; k-- > 0;)
    if (all.steps(k)[target] >= 0) found.push_back(all.steps(k)[target]);
  return found;
}

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto model =
      neuron(d(v) / dt = (0.5 - v) / (5 * ms) + 0.2 * xi / pow<1, 2>(ms), rate,
             threshold(v > 1 || uniform() < rate * (0.1 * ms)), reset(v = 0), method(euler));
};
struct names {
  static constexpr auto w = state<"w">(one);
  static constexpr auto apre = state<"apre">(one);
  static constexpr auto apost = state<"apost">(one);
};
template <int Order>
struct plastic : names {
  static constexpr auto model =
      synapse(d(apre) / dt = -apre / (20 * ms) | event_driven,
              d(apost) / dt = -apost / (15 * ms) | event_driven,
              on_pre(post(cell::v) += w, apre += 0.01, w = clip(w - apost, 0, 0.1)),
              on_post(apost += 0.0105, w = clip(w + apre, 0, 0.1)).when(slot::synapses, Order));
};

/// The weights behind two runs. Where somebody is called in between nothing waits.
template <int Order>
std::vector<double> weights(bool waits, double delay_of_target) {
  nernst::network<> net({.dt = 0.1 * ms, .seed = 5});
  auto cells = net.population<cell>(203);
  // Some targets fire much more often than sources, some sources never.
  cells[cell::rate] = where(i > 150, 900 * Hz, 0 * Hz);
  auto s =
      net.connect<plastic<Order>>(cells(0, 120), cells(20, 203), fixed_probability(0.3), 0.7 * ms);
  s[names::w] = 0.05 * uniform();
  s.delay_of("post") = delay_of_target * ms;
  if (!waits) net.every(1 * second, [] {});
  net.run(60 * ms);
  auto const before = s[names::w].get();
  s[names::w] = before;
  net.run(90 * ms);
  return s[names::w].get();
}
}  // namespace

TEST_CASE("spikes wait in the order in which they were fired", "[engine]") {
  waiting_spikes all(3, 2, 1000, 0.5);
  CHECK(all.step(1003) == 3);
  CHECK(all.time(3) == 501.5);
  for (std::int32_t step : {3, 4, 9}) all.enter(1, step);
  CHECK(of(all, 1) == steps{3, 4, 9});
  CHECK(all.steps(0)[1] == 9);
  CHECK(of(all, 0).empty());
  CHECK_FALSE(all.is_full(1));
  for (std::int32_t step = 10; !all.is_full(1); ++step) all.enter(1, step);
  CHECK(of(all, 1).size() == waiting_spikes::most);
  CHECK(all.oldest(1) == 3);
  all.drop_oldest(1);
  CHECK(all.oldest(1) == 4);
  CHECK(of(all, 1).size() == waiting_spikes::most - 1);
  CHECK_FALSE(all.is_full(1));
  CHECK(all.rows() == 2);
  all.first_step(1) = 7;
  CHECK(all.first_step(0) == 0);
}

TEST_CASE("what waited is done as if it had not", "[engine]") {
  for (double const delay : {0.0, 0.3}) {
    CHECK(weights<1>(true, delay) == weights<1>(false, delay));
    CHECK(weights<-2>(true, delay) == weights<-2>(false, delay));
  }
}
