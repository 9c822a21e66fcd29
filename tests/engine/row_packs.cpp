// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/row_packs.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "engine/firing.hpp"
#include <cmath>
#include <random>
#include <vector>

namespace {
using namespace nernst::dsl;
using numbers = std::vector<double>;
using indices = std::vector<std::uint32_t>;

struct cell {
  static constexpr auto g = state<"g">(one);
  static constexpr auto h = parameter<"h">(one);
  static constexpr auto model = neuron(g, h);
};
/// Looks at the synapse, what it changes of its target, and something of the target alone.
struct plastic {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model = synapse(
      on_pre(post(cell::g) += w * exp(-post(cell::h)), w = w + 0.1 * (1 - w) * post(cell::g)));
};

struct outcome {
  numbers g, w;
};
numbers in_order(int n, double scale) {
  numbers x(static_cast<std::size_t>(n));
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = scale * static_cast<double>(1 + k % 17);
  return x;
}

constexpr int sources = 5, targets = 67, steps = 8;
/// Which sources fire: in the last steps all, so that there are more synapses than targets.
bool fires(int source, int step) {
  return step >= steps / 2 || (source + step) % 3 == 0;
}

outcome simulated(indices const& from, indices const& to) {
  nernst::network net({.dt = 1 * ms});
  test::firing const given(sources, steps, fires);
  auto source = net.spikes(sources, given.neurons, given.times);
  auto target = net.population<cell>(targets);
  target["h"] = in_order(targets, 0.05);
  auto s = net.connect<plastic>(source, target, pairs(from, to));
  s["w"] = in_order(static_cast<int>(from.size()), 0.01);
  net.run(steps * 1.0 * ms);
  return {target["g"].get(), s["w"].get()};
}
/// One synapse after the other.
outcome expected(indices const& from, indices const& to) {
  outcome x{numbers(targets), in_order(static_cast<int>(from.size()), 0.01)};
  numbers const h = in_order(targets, 0.05);
  for (int step = 0; step < steps; ++step)
    for (int s = 0; s < sources; ++s)
      for (std::size_t k = 0; k < from.size(); ++k) {
        if (!fires(s, step) || from[k] != static_cast<std::uint32_t>(s)) continue;
        double& g = x.g[to[k]];
        double& w = x.w[k];
        g += w * std::exp(-h[to[k]]);
        w += 0.1 * (1 - w) * g;
      }
  return x;
}
void check(indices const& from, indices const& to) {
  outcome const a = simulated(from, to), b = expected(from, to);
  for (std::size_t k = 0; k < a.g.size(); ++k) CHECK(a.g[k] == Approx(b.g[k]).epsilon(1e-12));
  for (std::size_t k = 0; k < a.w.size(); ++k) CHECK(a.w[k] == Approx(b.w[k]).epsilon(1e-12));
}
}  // namespace

TEST_CASE("distinct targets are counted", "[engine]") {
  indices const target{3, 1, 4, 1, 5};
  CHECK(nernst::detail::count_distinct(target.data(), 5) == 3);
  CHECK(nernst::detail::count_distinct(target.data() + 1, 2) == 2);
  CHECK(nernst::detail::count_distinct(target.data() + 1, 1) == 1);
}

TEST_CASE("synapses side by side do what they do one after the other", "[engine]") {
  std::mt19937 draw(3);
  indices from, to;
  for (int s = 0; s < sources; ++s)
    for (int t = 0; t < targets; ++t)
      if (s == 0 || draw() % 3 != 0) {
        from.push_back(static_cast<std::uint32_t>(s));
        to.push_back(static_cast<std::uint32_t>(s % 2 == 0 ? t : targets - 1 - t));
      }
  check(from, to);
}

TEST_CASE("a source has several synapses with one target", "[engine]") {
  std::mt19937 draw(5);
  indices from, to;
  for (int s = 0; s < sources; ++s)
    for (int k = 0; k < 2 * targets; ++k) {
      from.push_back(static_cast<std::uint32_t>(s));
      to.push_back(static_cast<std::uint32_t>(draw() % (s == 0 ? 3 : targets)));
    }
  check(from, to);
}
