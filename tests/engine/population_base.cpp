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

/// The neurons of a population outside of a network.
template <class Real>
struct all : nernst::population_base<Real> {
  all(std::uint32_t size, int partitions)
      : nernst::population_base<Real>({{.name = "cells",
                                        .model = nernst::kernel::compiled<ready>::value,
                                        .launches = nernst::detail::launches_of<ready, Real>(),
                                        .constants = {},
                                        .object = 0},
                                       size},
                                      nernst::executor::of<Kokkos::DefaultHostExecutionSpace>(),
                                      partitions) {}
};

/// Makes the steps [begin, end) and returns those in which neuron 0 fired.
template <class Real>
std::vector<std::int64_t> fired(all<Real>& n, std::int64_t begin, std::int64_t end) {
  n.start(begin, static_cast<std::size_t>(end - begin));
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
        sum += n.size(p);
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

TEMPLATE_TEST_CASE("steps are counted exactly for as long as a run lasts", "", float, double) {
  all<TestType> n(1, 1);
  n.prepare(1e-4);
  n.array("v")[0] = 2;
  std::int64_t const far = (std::int64_t{1} << 40) + 1;
  for (std::int64_t const begin :
       {std::int64_t{0}, std::int64_t{1} << 22, (std::int64_t{1} << 24) + 1, far}) {
    CHECK(fired(n, begin, begin + 14) == std::vector<std::int64_t>{begin, begin + 5, begin + 10});
    CHECK_FALSE(n.spikes().is_open(0, begin + 14));
    CHECK(fired(n, begin + 14, begin + 22) == std::vector<std::int64_t>{begin + 15, begin + 20});
    CHECK_FALSE(n.spikes().is_open(0, begin + 24));
    CHECK(n.spikes().is_open(0, begin + 25));
  }
}
