// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/weighted_rows.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "engine/firing.hpp"
#include <random>
#include <vector>

namespace {
using namespace nernst::dsl;
using indices = std::vector<std::uint32_t>;

struct cell {
  static constexpr auto g = state<"g">(one);
  static constexpr auto v = state<"v">(one);
  static constexpr auto h = parameter<"h">(one);
  static constexpr auto model = neuron(g, d(v) / dt = 0 * v / ms | unless_refractory, h,
                                       threshold(v > 2), reset(v = 0), refractory(3 * ms));
};
struct coupling {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model =
      synapse(on_pre(post(cell::v) += w, post(cell::g) -= w - post(cell::h)));
};

constexpr int sources = 5, targets = 131, steps = 8;
bool fires(int source, int step) {
  return (source + step) % 3 != 0;
}
/// Numbers whose sums depend on their order.
template <class Real>
std::vector<Real> in_order(std::size_t n) {
  std::vector<Real> x(n);
  for (std::size_t k = 0; k < n; ++k) x[k] = Real(0.1) * static_cast<Real>(1 + k * 7 % 17);
  return x;
}

template <class Real>
struct outcome {
  std::vector<Real> g, v;
};
template <class Real>
outcome<Real> simulated(indices const& from, indices const& to) {
  nernst::network<Kokkos::DefaultHostExecutionSpace, Real> net({.dt = 1 * ms});
  test::firing const given(sources, steps, fires);
  auto source = net.spikes(sources, given.neurons, given.times);
  auto target = net.template population<cell>(targets);
  auto const set = [](auto const& variable, std::vector<Real> const& x) {
    variable = std::vector<double>(x.begin(), x.end());
  };
  set(target["h"], in_order<Real>(targets));
  auto synapses = net.template connect<coupling>(source, target, pairs(from, to));
  set(synapses["w"], in_order<Real>(from.size()));
  net.run(steps * 1.0 * ms);
  auto const g = target["g"].get(), v = target["v"].get();
  return {{g.begin(), g.end()}, {v.begin(), v.end()}};
}
/// One synapse after the other. Neurons fire in the step after that in which a spike reached them.
template <class Real>
outcome<Real> expected(indices const& from, indices const& to) {
  outcome<Real> x{std::vector<Real>(targets), std::vector<Real>(targets)};
  auto const h = in_order<Real>(targets), w = in_order<Real>(from.size());
  std::vector<int> open_from(targets, 0);
  for (int step = 0; step < steps; ++step) {
    for (std::size_t t = 0; t < targets; ++t)
      if (step >= open_from[t] && x.v[t] > 2) {
        x.v[t] = 0;
        open_from[t] = step + 3;
      }
    for (int s = 0; s < sources; ++s)
      for (std::size_t k = 0; k < from.size(); ++k) {
        if (!fires(s, step) || from[k] != static_cast<std::uint32_t>(s)) continue;
        if (step >= open_from[to[k]]) x.v[to[k]] += w[k];
        x.g[to[k]] -= w[k] - h[to[k]];
      }
  }
  return x;
}
template <class Real>
void check(indices const& from, indices const& to) {
  outcome<Real> const a = simulated<Real>(from, to), b = expected<Real>(from, to);
  CHECK(a.g == b.g);
  CHECK(a.v == b.v);
}
void check(indices const& from, indices const& to) {
  check<double>(from, to);
  check<float>(from, to);
}
}  // namespace

TEST_CASE("it is seen whether targets are consecutive", "[engine]") {
  using nernst::detail::are_consecutive;
  std::vector<std::uint16_t> const target{3, 4, 5, 6, 6, 8, 9, 10};
  CHECK(are_consecutive<4>(target.data()));
  CHECK_FALSE(are_consecutive<4>(target.data() + 1));
  CHECK_FALSE(are_consecutive<4>(target.data() + 3));
  CHECK_FALSE(are_consecutive<3>(target.data() + 4));
  indices const falling{9, 8, 7};
  CHECK_FALSE(are_consecutive<3>(falling.data()));
}

TEST_CASE("weights of dense rows are added as those of single synapses", "[engine]") {
  indices from, to;
  for (std::uint32_t s = 0; s < sources; ++s)
    for (std::uint32_t t = s; t < targets; ++t)
      if (s != 1 || t % 40 != 13) {
        from.push_back(s);
        to.push_back(t);
      }
  check(from, to);
}

TEST_CASE("weights of rows in any order are, and of several synapses with one target", "[engine]") {
  std::mt19937 draw(5);
  indices from, to;
  for (std::uint32_t s = 0; s < sources; ++s)
    for (std::uint32_t k = 0; k < targets; ++k) {
      std::uint32_t const chosen[] = {targets - 1 - k, static_cast<std::uint32_t>(draw() % targets),
                                      k / 2, k % 24, k};
      from.push_back(s);
      to.push_back(chosen[s]);
    }
  check(from, to);
}
