// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "space.hpp"
#include <vector>

// Random numbers whose parameters stay the same during a run come from tables.
namespace {

using namespace nernst::dsl;
using nernst::engine::inversion;
namespace kernel = nernst::kernel;

struct drawing {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto z = state<"z">(one);
  static constexpr auto rate = shared<"rate">(hertz);
  static constexpr auto own = parameter<"own">(one);
  static constexpr auto model =
      neuron(own, every(dt, x = poisson(3), y = binomial(20, 0.25), z = poisson(rate * dt)),
             every(dt, x = x + 1000 * poisson(own)).when(slot::end), threshold(i == 0));
};
/// Draws at each spike, and in each step.
struct releasing {
  static constexpr auto n = state<"n">(one);
  static constexpr auto m = state<"m">(one);
  static constexpr auto model = synapse(on_pre(n = binomial(8, 0.5)), every(dt, m = poisson(5)));
};

constexpr std::uint64_t seed = 11;

/// What draw `number` of an object makes of a distribution in a step, for each element.
std::vector<double> drawn(inversion const& of, std::uint32_t object, std::uint64_t step,
                          std::uint32_t number, std::uint32_t elements) {
  std::vector<double> all;
  for (std::uint32_t e = 0; e < elements; ++e)
    all.push_back(kernel::draw_from<double>(of.table(), {seed, object, step}, e, number));
  return all;
}
}  // namespace

TEMPLATE_TEST_CASE("numbers of constant parameters come from tables", "", double, float) {
  nernst::network<test::space, TestType> net({.dt = 1 * ms, .seed = seed});
  auto cells = net.template population<drawing>(101);
  cells[drawing::rate] = 2500 * Hz;
  net.run(1 * ms);
  CHECK(cells["x"].get() == drawn(inversion::poisson(3), 0, 0, 0, 101));
  CHECK(cells["y"].get() == drawn(inversion::binomial(20, 0.25), 0, 0, 1, 101));
  CHECK(cells["z"].get() == drawn(inversion::poisson(2500 * 1e-3), 0, 0, 2, 101));
  // What is set between runs makes another table; too many numbers make none.
  cells[drawing::rate] = 40 * kHz;
  net.run(1 * ms);
  CHECK(cells["z"].get() == drawn(inversion::poisson(40e3 * 1e-3), 0, 1, 2, 101));
  cells[drawing::rate] = 2e9 * Hz;
  net.run(1 * ms);
  auto const z = cells["z"].get();
  for (std::uint32_t k = 0; k < 101; ++k)
    CHECK(z[k] ==
          static_cast<TestType>(kernel::poisson({seed, 0, 2}, k, 2, static_cast<TestType>(2e6))));
  CHECK(cells["y"].get() == drawn(inversion::binomial(20, 0.25), 0, 2, 1, 101));
}

TEST_CASE("parameters of a neuron's own have no table") {
  nernst::network net({.dt = 1 * ms, .seed = seed});
  auto cells = net.population<drawing>(101);
  cells[drawing::own] = 0.25 * i;
  net.run(1 * ms);
  auto const x = cells["x"].get(), before = drawn(inversion::poisson(3), 0, 0, 0, 101);
  for (std::uint32_t k = 0; k < 101; ++k)
    CHECK(x[k] == before[k] + 1000 * kernel::poisson({seed, 0, 0}, k, 3, 0.25 * k));
}

TEST_CASE("synapses draw from tables, by their numbers") {
  nernst::network net({.dt = 1 * ms, .seed = seed});
  auto cells = net.population<drawing>(37);
  auto made = net.connect<releasing>(cells, cells, all_to_all());
  net.run(2 * ms);
  auto const all = static_cast<std::uint32_t>(made.size());
  auto const n = made["n"].get(), m = made["m"].get();
  auto const spiked = drawn(inversion::binomial(8, 0.5), 1, 1, 0, all);
  CHECK(m == drawn(inversion::poisson(5), 1, 1, 1, all));
  for (std::uint32_t k = 0; k < all; ++k) CHECK(n[k] == (k < 37 ? spiked[k] : 0));
}
