// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/bitmap_rows.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <algorithm>
#include <random>
#include <vector>

namespace {
using namespace nernst::dsl;
namespace engine = nernst::engine;
using engine::numerals, engine::target_counts;
auto const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();

/// Each of `sources` with each of `targets` by chance, and if asked for with one of them twice.
nernst::connection_list some_of_all(std::uint32_t sources, std::uint32_t targets, double p,
                                    bool twice = false) {
  nernst::connection_list list;
  std::mt19937 random(7);
  std::bernoulli_distribution is_connected(p);
  list.row_begin = {0};
  for (std::uint32_t s = 0; s < sources; ++s) {
    for (std::uint32_t t = 0; t < targets; ++t)
      if (is_connected(random)) list.target.push_back(t);
    if (twice && s == sources / 2) list.target.push_back(list.target.back());
    list.row_begin.push_back(list.target.size());
  }
  return list;
}

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto model = neuron(
      d(v) / dt = (0.3 - v) / (5 * ms) + 0.3 * xi / pow<1, 2>(ms) | unless_refractory,
      d(w) / dt = -w / (3 * ms), threshold(v > 1), reset(v = 0), refractory(1 * ms), method(euler));
};
struct alike {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 0.013, post(cell::w) -= 0.1));
};
/// The same with weights, which are not counted.
struct with_weights {
  static constexpr auto a = parameter<"a">(one), b = parameter<"b">(one);
  static constexpr auto model = synapse(on_pre(post(cell::v) += a, post(cell::w) -= b));
};

struct outcome {
  std::size_t spikes;
  std::vector<double> v, w;
  friend bool operator==(outcome const&, outcome const&) = default;
};
template <class Synapse, class Real>
outcome run(std::uint32_t sources, double p,
            nernst::exactness exactness = nernst::exactness::same_as_brian) {
  nernst::network<Kokkos::DefaultHostExecutionSpace, Real> net(
      {.dt = 0.1 * ms, .seed = 3, .exactness = exactness});
  auto cells = net.template population<cell>(1203);
  auto synapses = net.template connect<Synapse>(cells(0, sources), cells, fixed_probability(p));
  synapses[delay] = 0.5 * ms;
  if constexpr (requires { Synapse::a; }) {
    synapses[Synapse::a] = 0.013;
    synapses[Synapse::b] = 0.1;
  }
  auto spikes = net.record_spikes(cells);
  net.run(40 * ms);
  return {spikes.count(), cells[cell::v].get(), cells[cell::w].get()};
}

/// Delays are the same, then different, then the same again.
template <class Synapse>
outcome run_with_new_delays() {
  nernst::network<> net({.dt = 0.1 * ms, .seed = 3});
  auto cells = net.population<cell>(200);
  auto synapses = net.connect<Synapse>(cells, cells, fixed_probability(0.4));
  synapses[delay] = 0.5 * ms;
  if constexpr (requires { Synapse::a; }) {
    synapses[Synapse::a] = 0.013;
    synapses[Synapse::b] = 0.1;
  }
  auto spikes = net.record_spikes(cells);
  net.run(20 * ms);
  synapses[delay] = "0.3*ms + (i % 4)*0.2*ms";
  net.run(20 * ms);
  synapses[delay] = 0.2 * ms;
  net.run(20 * ms);
  return {spikes.count(), cells[cell::v].get(), cells[cell::w].get()};
}
}  // namespace

TEST_CASE("bits tell what rows do", "[engine]") {
  std::vector<std::uint32_t> const bounds = {0, 640, 1203};
  nernst::synapse_rows const rows(host, some_of_all(9, 1203, 0.3), bounds, 0, 0);
  engine::bitmap_rows const bits(host, rows);
  REQUIRE_FALSE(bits.empty());
  CHECK(engine::bitmap_rows::density(rows) == Approx(0.3).margin(0.02));
  CHECK(bits.memory_bytes() == 9 * (2 + 2) * 64);
  for (std::uint32_t p = 0; p < 2; ++p)
    for (std::uint32_t s = 0; s < 9; ++s) {
      std::vector<std::uint32_t> found, expected;
      for (std::uint32_t t = 0; t < 1024; ++t)
        if (bits.row(p, s)[t / 64] >> t % 64 & 1) found.push_back(t + bounds[p]);
      for (auto k = rows.range(p, s).first; k < rows.range(p, s).last; ++k)
        expected.push_back(rows.target(p, k));
      CHECK(found == expected);
    }
}

TEST_CASE("two synapses of the same neurons are no set", "[engine]") {
  nernst::synapse_rows const rows(host, some_of_all(9, 1203, 0.3, true), {0, 640, 1203}, 0, 0);
  CHECK(engine::bitmap_rows(host, rows).empty());
}

TEST_CASE("targets are counted right for any number of rows", "[engine]") {
  std::mt19937_64 random(11);
  for (int const number : {1, 2, 7, 8, 9, 31, 64, 255}) {
    nernst::detail::host_array<std::uint64_t> bits(static_cast<std::size_t>(number) * 16);
    std::vector<std::uint64_t const*> rows;
    for (std::size_t k = 0; k < bits.size(); ++k)
      bits[k] = number == 255 ? ~std::uint64_t{0} : random();
    for (int k = 0; k < number; ++k) rows.push_back(bits.data() + 16 * k);
    for (std::size_t block : {0U, 8U}) {
      target_counts unary(numerals::unary), numbers(numerals::numbers);
      engine::count_targets(rows.data(), number, block, unary);
      engine::count_targets(rows.data(), number, block, numbers);
      int most = 0;
      bool same = true;
      for (std::uint32_t t = 0; t < target_counts::targets; ++t) {
        int expected = 0, ones = 0;
        for (auto const* row : rows) expected += (row[block + t / 64] >> t % 64 & 1) != 0;
        for (int n = 0; n < unary.digits; ++n) ones += unary.bits(n, t, 1) != 0;
        most = std::max(most, expected);
        same = same && ones == expected && numbers.number[t] == expected;
      }
      CHECK(same);
      CHECK(unary.digits == most);
    }
  }
}

TEMPLATE_TEST_CASE("counted spikes give the same as one after the other", "[engine]", double,
                   float) {
  auto const dense = run<alike, TestType>(1000, 0.4);
  CHECK(dense.spikes > 5000);
  CHECK(dense == run<with_weights, TestType>(1000, 0.4));
  CHECK(run<alike, TestType>(30, 0.04) == run<with_weights, TestType>(30, 0.04));
}

TEST_CASE("spikes that reach a target add at once where this may round", "[engine]") {
  auto const plain = run<alike, double>(1000, 0.06);
  auto const fast = run<alike, double>(1000, 0.06, nernst::exactness::fast);
  CHECK(fast.spikes == plain.spikes);
  CHECK(fast.v != plain.v);
  for (std::size_t n = 0; n < plain.v.size(); ++n) {
    CHECK(fast.v[n] == Approx(plain.v[n]).margin(1e-12));
    CHECK(fast.w[n] == Approx(plain.w[n]).margin(1e-12));
  }
}

TEST_CASE("synapses that get delays of their own are not counted any more", "[engine]") {
  auto const a = run_with_new_delays<alike>();
  CHECK(a.spikes > 500);
  CHECK(a == run_with_new_delays<with_weights>());
}
