// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/functor.hpp>

#include "models.hpp"
#include <algorithm>
#include <bit>
#include <catch.hpp>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::trigger;
constexpr double dt = 1e-4;

/// Neurons of a model without a network around them.
template <class Model, class Real = double, trigger What = trigger::update_and_reset>
struct cells {
  using functor = kernel::functor<Model, kernel::number_of<Model, What>, Real>;
  static constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  static constexpr std::size_t width = kernel::pack_width<Real>;

  explicit cells(std::size_t n)
      : size(n), padded((n + width - 1) / width * width), mask(padded / 8 + 1, 0xFF),
        last_spike(n, -1e6) {
    for (int k = 0; k < functor::arrays; ++k) {
      void* const raw = std::aligned_alloc(64, (padded * sizeof(Real) + 63) / 64 * 64);
      storage.emplace_back(static_cast<Real*>(raw), &std::free);
      std::fill_n(storage.back().get(), padded, Real(0));
      run.array[k] = storage.back().get();
    }
    if constexpr (model.last_spike != ir::none)
      std::fill_n(run.array[model.last_spike], padded, Real(-1e6));
    run.around.open = mask.data();
    if constexpr (model.flag != ir::none) std::fill_n(run.array[model.flag], padded, Real(1));
    run.now.key = {1, 0, 0};
  }
  Real* operator[](std::string_view id) { return run.array[model.variables[model.find(id)].array]; }

  struct constants {
    double tau = 1;
    double symbol(int s) const {
      return model.variables[s].symbol.kind == ir::role::time_step ? dt : tau;
    }
    double draw(ir::op, int) const { return 0; }
  };
  void prepare(double shared = 1) {
    ir::list<double> scalar(model.scalars.results.count);
    ir::interpreter<constants> evaluate(model.tape(model.scalars));
    evaluate(constants{shared}, scalar);
    for (int k = 0; k < scalar.size(); ++k) run.scalar[k] = static_cast<Real>(scalar[k]);
  }
  void at(std::int64_t step) {
    run.now.step = step;
    run.now.time = static_cast<double>(step) * dt;
    run.now.key.step = static_cast<std::uint64_t>(step);
    if constexpr (model.refractory_steps != ir::none)
      for (std::size_t e = 0; e < size; ++e) {
        double const since = static_cast<double>(step) - last_spike[e];
        set_open(e, since >= static_cast<double>(run.scalar[model.refractory_steps]));
      }
  }
  void set_open(std::size_t e, bool is_open) {
    auto const bit = static_cast<std::uint8_t>(1U << e % 8);
    mask[e / 8] = static_cast<std::uint8_t>(is_open ? mask[e / 8] | bit : mask[e / 8] & ~bit);
  }
  std::vector<std::size_t> by_element(std::int64_t step) {
    at(step);
    return remember(step, execute_elements());
  }
  std::vector<std::size_t> by_pack(std::int64_t step) {
    at(step);
    return remember(step, execute_packs());
  }
  std::vector<std::size_t> remember(std::int64_t step, std::vector<std::size_t> spikes) {
    for (std::size_t const e : spikes) last_spike[e] = static_cast<double>(step);
    return spikes;
  }
  std::vector<std::size_t> execute_elements() {
    std::vector<std::uint8_t> fired(padded, 2);
    run.fired = fired.data();
    for (std::size_t e = 0; e < size; ++e) run(e);
    std::vector<std::size_t> spikes;
    for (std::size_t e = 0; e < size; ++e) {
      REQUIRE(fired[e] < 2);
      if (fired[e] == 1) spikes.push_back(e);
    }
    return spikes;
  }
  std::vector<std::size_t> execute_packs() {
    std::vector<std::size_t> spikes;
    run(std::size_t{0}, size, [&](std::size_t first, std::uint64_t bits) {
      REQUIRE(bits != 0);
      for (; bits != 0; bits &= bits - 1)
        spikes.push_back(first + static_cast<std::size_t>(std::countr_zero(bits)));
    });
    CHECK(std::is_sorted(spikes.begin(), spikes.end()));
    return spikes;
  }

  std::size_t size, padded;
  std::vector<std::uint8_t> mask;  ///< who is not refractory, where the period is fixed
  std::vector<double> last_spike;  ///< in steps
  functor run;
  std::vector<std::unique_ptr<Real, decltype(&std::free)>> storage;
};

template <class Real>
void compare_packs(std::size_t n) {
  cells<models::plain, Real> one(n), packs(n);
  for (auto* c : {&one, &packs}) {
    c->prepare(0.7);
    for (std::size_t e = 0; e < n; ++e) {
      (*c)["x"][e] = Real(0.01) * Real(e);
      (*c)["y"][e] = Real(1) - Real(0.02) * Real(e);
      (*c)["p"][e] = Real(1.1) + Real(0.3) * Real(e);
    }
  }
  std::size_t spikes = 0;
  for (std::int64_t step = 0; step < 300; ++step) {
    auto const a = one.by_element(step), b = packs.by_pack(step);
    REQUIRE(a == b);
    spikes += a.size();
  }
  CHECK(spikes > n);
  for (char const* id : {"x", "y", "p"})
    CHECK(std::memcmp(one[id], packs[id], n * sizeof(Real)) == 0);
}
}  // namespace

TEST_CASE("packs compute what elements compute, bit for bit", "[kernel]") {
  for (std::size_t const n : {1u, 3u, 8u, 21u, 64u}) {
    CAPTURE(n);
    compare_packs<double>(n);
    compare_packs<float>(n);
  }
}

TEST_CASE("elements behind the end do not fire", "[kernel]") {
  cells<models::plain> c(3);
  c.prepare();
  for (std::size_t e = 0; e < c.padded; ++e) c["x"][e] = 5;
  CHECK(c.by_pack(0) == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("a neuron rests for its refractory period", "[kernel]") {
  cells<models::own_period> c(4);
  c.prepare();
  double const period[] = {0, 1e-4, 5e-4, 20e-4};
  for (std::size_t e = 0; e < 4; ++e) c["period"][e] = period[e];
  // v rises by 0.1 in each of ten steps (the tenth passes 0.95) and fires; then it stays 0 for as
  // many whole steps as the period has, but the step after the spike is the first of them.
  std::vector<std::int64_t> second_spike(4, -1);
  std::vector<int> count(4);
  for (std::int64_t step = 0; step < 60; ++step)
    for (std::size_t const e : c.by_pack(step))
      if (++count[e] == 2) second_spike[e] = step;
  CHECK(second_spike == std::vector<std::int64_t>{19, 19, 23, 38});
}

TEST_CASE("a neuron rests while a condition holds, after a spike", "[kernel]") {
  cells<models::while_high> c(2);
  c.prepare();
  c["v"][0] = 1;
  c["v"][1] = 0.4;
  std::vector<std::int64_t> steps;
  for (std::int64_t step = 0; step < 20; ++step) {
    if (step == 10) c["v"][0] = c["v"][1] = 0.7;  // both were low before: both fire again, once
    for (std::size_t const e : c.by_element(step))
      steps.push_back(100 * static_cast<std::int64_t>(e) + step);
  }
  CHECK(steps == std::vector<std::int64_t>{0, 10, 110});
}

TEST_CASE("the constant refractory period of the CUBA neuron is fifty steps", "[kernel]") {
  cells<models::cuba> c(1);
  c.prepare();
  std::vector<std::int64_t> steps;
  for (std::int64_t step = 0; step < 120; ++step) {
    c["v"][0] = 0.1;
    if (!c.by_pack(step).empty()) steps.push_back(step);
  }
  CHECK(steps == std::vector<std::int64_t>{0, 50, 100});
}

TEMPLATE_TEST_CASE("a mask tells which neurons are refractory", "[kernel]", double, float) {
  constexpr std::size_t n = 77;
  cells<models::cuba, TestType> one(n), packs(n), first(n);
  std::mt19937 random(5);
  std::vector<std::size_t> open;
  for (std::size_t e = 0; e < n; ++e) {
    bool const is_open = std::bernoulli_distribution()(random);
    if (is_open) open.push_back(e);
    for (auto* c : {&one, &packs, &first}) {
      c->set_open(e, is_open);
      (*c)["v"][e] = TestType(0.1);
      (*c)["g_e"][e] = TestType(1e-3) * TestType(e);
    }
  }
  for (auto* c : {&one, &packs}) c->prepare(0.5);
  CHECK(one.execute_elements() == open);
  CHECK(packs.execute_packs() == open);
  for (char const* id : {"v", "g_e", "g_i"})
    CHECK(std::memcmp(one[id], packs[id], n * sizeof(TestType)) == 0);
  for (std::size_t e = 0; e < n; ++e) {
    bool const is_open = std::binary_search(open.begin(), open.end(), e);
    CHECK((one["v"][e] == first["v"][e]) != is_open);  // who is refractory keeps v
    CHECK((one["g_e"][e] < first["g_e"][e]) == (e > 0));
  }
}

TEST_CASE("random numbers depend on seed, element and step", "[kernel]") {
  auto run = [](std::uint64_t seed, bool packs) {
    cells<models::noisy> c(1003);
    c.prepare();
    c.run.now.key.seed = seed;
    std::vector<std::size_t> all;
    for (std::int64_t step = 0; step < 4; ++step) {
      auto const spikes = packs ? c.by_pack(step) : c.by_element(step);
      all.insert(all.end(), spikes.begin(), spikes.end());
    }
    return all;
  };
  CHECK(run(1, true) == run(1, false));
  CHECK(run(1, true) != run(2, true));
  double const expected = 0.25 * 4 * 1003, deviation = std::sqrt(expected * 0.75);
  CHECK(std::abs(static_cast<double>(run(1, true).size()) - expected) < 4 * deviation);
}

TEST_CASE("elements draw the same wherever a sweep begins and ends", "[kernel]") {
  constexpr std::size_t size = 160;
  std::size_t const begin = GENERATE(0u, 1u, 8u, 16u, 31u, 32u, 72u),
                    count = GENERATE(1u, 5u, 32u, 33u, 80u);
  cells<models::noisy, double, trigger::update> c(size);
  c.prepare();
  c.at(3);
  std::vector<std::size_t> spikes, expected;
  c.run(begin, begin + count, [&](std::size_t first, std::uint64_t bits) {
    for (; bits != 0; bits &= bits - 1)
      spikes.push_back(first + static_cast<std::size_t>(std::countr_zero(bits)));
  });
  for (std::size_t e : c.execute_elements())
    if (e >= begin && e < begin + count) expected.push_back(e);
  CAPTURE(begin, count);
  CHECK(spikes == expected);
}

TEST_CASE("the reset alone is that of a fused update", "[kernel]") {
  cells<models::plain> fused(16);
  cells<models::plain, double, trigger::update> update(16);
  cells<models::plain, double, trigger::reset> reset(16);
  for (std::size_t k = 0; k < std::size(update.run.array); ++k)
    reset.run.array[k] = update.run.array[k];
  fused.prepare();
  update.prepare();
  reset.prepare();
  for (std::size_t e = 0; e < 16; ++e)
    fused["x"][e] = update["x"][e] = 0.6 + 0.05 * static_cast<double>(e);
  for (std::size_t e = 0; e < 16; ++e) fused["p"][e] = update["p"][e] = 2;
  std::size_t spikes = 0;
  for (std::int64_t step = 0; step < 50; ++step) {
    auto const a = fused.by_pack(step), b = update.by_pack(step);
    REQUIRE(a == b);
    for (std::size_t const e : b) reset.run(e);
    spikes += a.size();
  }
  CHECK(spikes > 0);
  CHECK(std::memcmp(fused["x"], update["x"], 16 * sizeof(double)) == 0);
  CHECK(std::memcmp(fused["y"], update["y"], 16 * sizeof(double)) == 0);
}
