// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/language/lower.hpp>
#include <nernst/network/network.hpp>

#include "catch.hpp"

using namespace nernst::dsl;

namespace {

struct ready {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto model =
      neuron(d(v) / dt = 0 * v / second | unless_refractory, d(w) / dt = 0 * w / second,
             threshold(v > 1), refractory(5 * dt), method(euler));
};

/// The kernel itself counts steps where the period may vary.
struct ready_after_own_period {
  static constexpr auto v = state<"v">(one);
  static constexpr auto steps = parameter<"steps">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * v / second | unless_refractory,
                                       threshold(v > 1), refractory(steps* dt), method(euler));
};

/// The neurons of a population outside of a network.
template <class Real, class Model = ready>
struct all : nernst::population_base<Real> {
  all(std::uint32_t size, int partitions)
      : nernst::population_base<Real>(
            {nernst::detail::group_outline_of<Model, Real>("cells"), size},
            nernst::executor::of<Kokkos::DefaultHostExecutionSpace>(), partitions) {}
};

/// Makes the steps [begin, end) and returns those in which a neuron fired.
template <class Real, class Model>
std::vector<std::int64_t> fired(all<Real, Model>& n, std::int64_t begin, std::int64_t end) {
  auto const count = static_cast<std::size_t>(end - begin);
  n.start(begin, count, count);
  std::vector<std::int64_t> steps;
  for (std::int64_t step = begin; step < end; ++step) {
    n.update(0, {static_cast<double>(step) * 1e-4, step, {0, 0, static_cast<std::uint64_t>(step)}});
    if (!n.logs()[0].spikes(step).empty()) steps.push_back(step);
  }
  return steps;
}

}  // namespace

TEST_CASE("partitions cover the neurons and share no cache line") {
  for (std::uint32_t const size : {0u, 1u, 16u, 17u, 100u, 1000u})
    for (int const partitions : {1, 2, 3, 8}) {
      all<double> const n(size, partitions);
      REQUIRE(n.bounds().size() == static_cast<std::size_t>(partitions) + 1);
      CHECK(n.bounds().front() == 0);
      CHECK(n.bounds().back() == size);
      std::uint32_t sum = 0;
      for (int p = 0; p < partitions; ++p) {
        CHECK(n.begin(p) <= n.end(p));
        CHECK((n.begin(p) % 16 == 0 || n.begin(p) == size));
        sum += n.end(p) - n.begin(p);
      }
      CHECK(sum == size);
    }
}

TEST_CASE("variables are found by name, and start at 0") {
  all<double> const n(5, 1);
  REQUIRE(n.array("v") != nullptr);
  CHECK(n.array("v")[4] == 0);
  CHECK(n.array("v") != n.array("w"));
  CHECK(n.array("u") == nullptr);
  CHECK(n.memory_bytes() >= 2 * 5 * sizeof(double));
}

TEST_CASE("a neuron is closed from its spike on, for the refractory period") {
  all<double> n(1, 1);
  n.prepare(1e-4);
  CHECK(n.spikes().is_open(0, 0));
  n.array("v")[0] = 2;
  CHECK(fired(n, 0, 1) == std::vector<std::int64_t>{0});
  for (std::int64_t step = 0; step < 5; ++step) CHECK_FALSE(n.spikes().is_open(0, step));
  CHECK(n.spikes().is_open(0, 5));
}

TEST_CASE("a mask tells who is closed now") {
  all<double> n(100, 3);
  n.prepare(1e-4);
  std::vector<std::uint32_t> closed;
  auto const now_closed = [&n](std::int64_t step) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t k = 0; k < n.size(); ++k)
      if (!n.spikes().is_open_now(k, step)) found.push_back(k);
    return found;
  };
  for (std::uint32_t const k : {3U, 31U, 32U, 63U, 64U, 99U}) {
    n.array("v")[k] = 2;
    closed.push_back(k);
  }
  CHECK(now_closed(0).empty());
  n.start(0, 6, 6);
  for (std::int64_t step = 0; step < 6; ++step) {
    for (int p = 0; p < 3; ++p) n.update(p, {static_cast<double>(step) * 1e-4, step, {0, 0, 0}});
    for (std::uint32_t const k : closed) n.array("v")[k] = 0;
    CHECK(now_closed(step) == (step < 5 ? closed : std::vector<std::uint32_t>()));
  }
}

TEMPLATE_TEST_CASE("a new start finds who is closed", "", double, float) {
  all<TestType> n(20, 1);
  n.prepare(1e-4);
  n.array("v")[7] = 2;
  n.start(0, 2, 2);
  n.update(0, {0, 0, {0, 0, 0}});
  n.array("v")[7] = 0;
  for (std::int64_t step = 1; step < 8; ++step) {
    n.start(step, 1, 1);
    CHECK(n.spikes().is_open_now(7, step) == (step > 5));  // as the step before has left it
    n.update(0, {static_cast<double>(step) * 1e-4, step, {0, 0, 0}});
    CHECK(n.spikes().is_open_now(7, step) == (step >= 5));
    CHECK(n.spikes().is_open(7, step) == (step >= 5));
  }
}

TEMPLATE_TEST_CASE("neurons that are added are open, the others stay closed", "", double, float) {
  all<TestType> n(9, 1);
  n.prepare(1e-4);
  n.array("v")[8] = 2;
  CHECK(fired(n, 0, 1) == std::vector<std::int64_t>{0});
  n.array("v")[8] = 0;
  n.grow(30);
  n.start(1, 1, 1);
  n.update(0, {1e-4, 1, {0, 0, 0}});
  for (std::uint32_t k = 0; k < 39; ++k) CHECK(n.spikes().is_open_now(k, 1) == (k != 8));
}

TEMPLATE_TEST_CASE("steps are counted exactly for as long as a run lasts", "", (all<float>),
                   (all<double>), (all<float, ready_after_own_period>),
                   (all<double, ready_after_own_period>)) {
  TestType n(1, 1);
  n.prepare(1e-4);
  bool const is_flag = n.array("steps") != nullptr;  // which tells of the present only
  if (is_flag) n.array("steps")[0] = 5;
  n.array("v")[0] = 2;
  std::int64_t const far = (std::int64_t{1} << 40) + 1;
  for (std::int64_t const begin :
       {std::int64_t{0}, std::int64_t{1} << 22, (std::int64_t{1} << 24) + 1, far}) {
    CHECK(fired(n, begin, begin + 14) == std::vector<std::int64_t>{begin, begin + 5, begin + 10});
    CHECK_FALSE(n.spikes().is_open(0, begin + 14));
    CHECK(fired(n, begin + 14, begin + 22) == std::vector<std::int64_t>{begin + 15, begin + 20});
    CHECK_FALSE(n.spikes().is_open(0, begin + 24));
    if (!is_flag) CHECK(n.spikes().is_open(0, begin + 25));
  }
}
