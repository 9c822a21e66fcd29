// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/kernel/adaptive_steps.hpp>
#include <nernst/kernel/pack.hpp>

#include "catch.hpp"
#include <cmath>
#include <vector>

using namespace nernst;

namespace {

/// x' = -rate x by Heun's method with Euler's error estimate, which has order 2.
template <class Value>
struct decay {
  Value rate;
  kernel::real_of<Value> tolerance;
  std::vector<Value>* lengths = nullptr;

  Value operator()(Value const (&x)[1], Value, Value h, Value (&next)[1]) const {
    if (lengths != nullptr) lengths->push_back(h);
    Value const k_1 = -h * rate * x[0], k_2 = -h * rate * (x[0] + k_1);
    next[0] = x[0] + (k_1 + k_2) * Value(kernel::real_of<Value>(0.5));
    return ir::mathematics<Value>::abs(k_1 - k_2) * Value(1 / tolerance);
  }
};

template <class Value>
kernel::real_of<Value> lane(Value const& v, std::size_t k) {
  alignas(Value) kernel::real_of<Value> all[kernel::width_of<Value>];
  kernel::store(all, v);
  return all[k];
}

}  // namespace

TEST_CASE("Substeps cover the step, keep the tolerance, and are taken on to the next step") {
  std::vector<double> lengths;
  double x[1] = {1}, length = 0;
  int const attempts = kernel::advance(x, length, 1.0, 2, decay<double>{10, 1e-4, &lengths});
  CHECK(x[0] == Approx(std::exp(-10)).margin(1e-4));
  CHECK(attempts == static_cast<int>(lengths.size()));
  CHECK(lengths.front() == 1);
  CHECK(length > 0);
  CHECK(length <= 1);

  lengths.clear();
  double const before = length;
  kernel::advance(x, length, 1.0, 2, decay<double>{10, 1e-4, &lengths});
  CHECK(lengths.front() <= before);
  CHECK(lengths.front() >= before / 2);
}

TEST_CASE("A step that one substep covers is one substep") {
  double x[1] = {1}, length = 0;
  CHECK(kernel::advance(x, length, 1e-3, 2, decay<double>{1, 1e-4}) == 1);
  CHECK(length == 1e-3);
  CHECK(kernel::advance(x, length, 1e-3, 2, decay<double>{1, 1e-4}) == 1);
  CHECK(x[0] == Approx(std::exp(-2e-3)).epsilon(1e-8));
}

TEST_CASE("No tiny substep remains at the end of a step") {
  struct free_of_error {
    std::vector<double>* lengths;
    double operator()(double const (&x)[1], double, double h, double (&next)[1]) const {
      lengths->push_back(h);
      next[0] = x[0] + h;
      return 0.59;  // the length stays as it is: 0.9 / 0.59^(1/5) = 1
    }
  };
  std::vector<double> lengths;
  double x[1] = {0}, length = 0.4;
  kernel::advance(x, length, 1.0, 5, free_of_error{&lengths});
  CHECK(x[0] == Approx(1).epsilon(1e-15));
  REQUIRE(lengths.size() == 3);
  CHECK(lengths[1] == Approx(0.3).epsilon(1e-3));
  CHECK(lengths[2] == Approx(0.3).epsilon(1e-3));
  CHECK(length == Approx(0.4).epsilon(1e-3));
}

TEMPLATE_TEST_CASE("Each lane of a pack has substeps of its own, the same as alone", "", float,
                   double) {
  using value = kernel::pack<TestType>;
  constexpr std::size_t width = kernel::width_of<value>;
  alignas(value) TestType rate[width], start[width];
  for (std::size_t k = 0; k < width; ++k) {
    rate[k] = static_cast<TestType>(k * k);
    start[k] = static_cast<TestType>(1 + k);
  }
  auto const tolerance = static_cast<TestType>(1e-3);
  value x[1] = {kernel::load<value>(start)}, length(TestType(0));
  int const attempts = kernel::advance(x, length, value(TestType(1)), 2,
                                       decay<value>{kernel::load<value>(rate), tolerance});
  int most = 0;
  for (std::size_t k = 0; k < width; ++k) {
    TestType alone[1] = {start[k]}, own(0);
    int const needed =
        kernel::advance(alone, own, TestType(1), 2, decay<TestType>{rate[k], tolerance});
    most = needed > most ? needed : most;
    CHECK(lane(x[0], k) == Approx(alone[0]).epsilon(1e-3));
    CHECK(lane(length, k) == Approx(own).epsilon(1e-3));
    CHECK(alone[0] ==
          Approx(start[k] * std::exp(-rate[k])).margin(static_cast<double>(5 * tolerance)));
  }
  CHECK(std::abs(attempts - most) <= 1);
}

TEMPLATE_TEST_CASE("A lane without a solution becomes NaN and leaves the others alone", "", float,
                   double) {
  using value = kernel::pack<TestType>;
  constexpr std::size_t width = kernel::width_of<value>;
  alignas(value) TestType start[width];
  for (std::size_t k = 0; k < width; ++k)
    start[k] = k == 0 ? std::numeric_limits<TestType>::quiet_NaN() : TestType(1);
  value x[1] = {kernel::load<value>(start)}, length(TestType(0));
  int const attempts = kernel::advance(x, length, value(TestType(1)), 2,
                                       decay<value>{value(TestType(1)), TestType(1e-3)});
  CHECK(attempts < 100);
  CHECK(std::isnan(lane(x[0], 0)));
  for (std::size_t k = 1; k < width; ++k)
    CHECK(lane(x[0], k) == Approx(std::exp(-1.0)).margin(5e-3));
}

TEST_CASE("Substeps that never end are given up") {
  struct stubborn {
    double operator()(double const (&x)[1], double elapsed, double h, double (&next)[1]) const {
      next[0] = x[0];
      return elapsed < 0.5 ? (h > 1e-6 ? 2 : 0.5) : 0;
    }
  };
  double x[1] = {1}, length = 0;
  CHECK(kernel::advance(x, length, 1.0, 5, stubborn{}) == kernel::most_substeps);
  CHECK(std::isnan(x[0]));
}
