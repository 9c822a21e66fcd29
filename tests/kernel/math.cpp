// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/kernel/math.hpp>

#include "catch.hpp"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

using namespace nernst;
namespace math = kernel::math;
using kernel::pack;
using kernel::pack_width;

namespace {
template <class Real>
constexpr Real nan_of = std::numeric_limits<Real>::quiet_NaN();
template <class Real>
constexpr Real infinity_of = std::numeric_limits<Real>::infinity();

template <class Real>
double units_in_last_place(Real found, long double exact) {
  auto const expected = static_cast<Real>(exact);
  if (found == expected || (std::isnan(found) && std::isnan(expected))) return 0;
  int exponent = 0;
  std::frexp(expected, &exponent);
  exponent = std::max(exponent, std::numeric_limits<Real>::min_exponent) -
             std::numeric_limits<Real>::digits;
  return static_cast<double>(
      std::fabs(std::ldexp(static_cast<long double>(found) - exact, -exponent)));
}

/// The first lane of a function of batches.
template <class Real, class Function>
Real lane(Function f, Real x) {
  alignas(pack<Real>) Real lanes[pack_width<Real>];
  kernel::store(lanes, pack<Real>(f(kernel::from_value<pack<Real>>(x))));
  for (Real other : lanes)
    CHECK((other == lanes[0] || (std::isnan(other) && std::isnan(lanes[0]))));
  return lanes[0];
}

/// The worst error of scalars and batches over random arguments, drawn evenly or, for
/// `logarithmic`, with even logarithms.
template <class Real, class Function, class Exact>
double worst(Function f, Exact exact, double low, double high, bool logarithmic = false) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> between(low, high);
  alignas(pack<Real>) Real in[pack_width<Real>], out[pack_width<Real>];
  double error = 0;
  for (int i = 0; i < 2000; ++i) {
    for (Real& x : in)
      x = static_cast<Real>(logarithmic ? std::exp(between(random)) : between(random));
    kernel::store(out, f(kernel::load<pack<Real>>(in)));
    for (std::size_t l = 0; l < pack_width<Real>; ++l) {
      error = std::max(error,
                       units_in_last_place<Real>(out[l], exact(static_cast<long double>(in[l]))));
      error = std::max(error,
                       units_in_last_place<Real>(f(in[l]), exact(static_cast<long double>(in[l]))));
    }
  }
  return error;
}
}  // namespace

#define ERROR_OF(name, ...)                                                                        \
  worst<TestType>([](auto x) { return math::name(x); },                                            \
                  [](long double x) { return std::name(x); }, __VA_ARGS__)

TEMPLATE_TEST_CASE("math: functions are exact to a few units in the last place", "[kernel]", double,
                   float) {
  bool const wide = sizeof(TestType) == 8;
  double const large = wide ? 700 : 85;
  CHECK(ERROR_OF(exp, -large, large) < 2);
  CHECK(ERROR_OF(exp, -2, 2) < 2);
  CHECK(ERROR_OF(expm1, -30, large) < 3);
  CHECK(ERROR_OF(expm1, -1, 1) < 3);
  CHECK(ERROR_OF(log, -large, large, true) < 2);
  CHECK(ERROR_OF(log, -0.5, 0.5, true) < 2);
  CHECK(ERROR_OF(log1p, -0.9, 10) < 2);
  CHECK(ERROR_OF(log10, -large, large, true) < 2);
  CHECK(ERROR_OF(sqrt, 0, 100) <= 0.5);
  CHECK(ERROR_OF(sin, -100, 100) < 3);
  CHECK(ERROR_OF(cos, -100, 100) < 3);
  CHECK(ERROR_OF(tan, -100, 100) < 4);
  CHECK(ERROR_OF(asin, -1, 1) < 3);
  CHECK(ERROR_OF(acos, -1, 1) < 3);
  CHECK(ERROR_OF(atan, -100, 100) < 3);
  CHECK(ERROR_OF(sinh, -20, 20) < 3);
  CHECK(ERROR_OF(cosh, -20, 20) < 3);
  CHECK(ERROR_OF(tanh, -20, 20) < 3);
  CHECK(ERROR_OF(floor, -100, 100) == 0);
  CHECK(ERROR_OF(ceil, -100, 100) == 0);
  CHECK(ERROR_OF(abs, -100, 100) == 0);
}

TEMPLATE_TEST_CASE("math: exprel", "[kernel]", double, float) {
  auto const exprel = [](auto x) { return math::exprel(x); };
  auto const exact = [](long double x) { return std::expm1(x) / x; };
  double const large = sizeof(TestType) == 8 ? 709 : 88;
  CHECK(worst<TestType>(exprel, exact, -1, 1) < 3);
  CHECK(worst<TestType>(exprel, exact, -large, large) < 3);
  CHECK(worst<TestType>(exprel, exact, -35, -5, true) < 3);
  CHECK(worst<TestType>([&](auto x) { return exprel(-x); },
                        [&](long double x) { return exact(-x); }, -35, -5, true) < 3);
  TestType const infinity = infinity_of<TestType>, nan = nan_of<TestType>;
  for (auto [x, y] : {std::pair<TestType, TestType>{0, 1},
                      {TestType(-0.0), 1},
                      {TestType(1e-17), 1},
                      {TestType(-1e-17), 1},
                      {TestType(718), infinity},
                      {infinity, infinity},
                      {-infinity, 0},
                      {TestType(-1e6), TestType(1) / TestType(1e6)}}) {
    INFO("x = " << x);
    CHECK(math::exprel(x) == y);
    CHECK(lane(exprel, x) == y);
  }
  CHECK(std::isnan(math::exprel(nan)));
  CHECK(std::isnan(lane(exprel, nan)));
}

TEMPLATE_TEST_CASE("math: limits", "[kernel]", double, float) {
  TestType const infinity = infinity_of<TestType>;
  auto const exp = [](auto x) { return math::exp(x); };
  auto const log = [](auto x) { return math::log(x); };
  CHECK(lane(exp, infinity) == infinity);
  CHECK(lane(exp, -infinity) == 0);
  CHECK(lane(exp, TestType(1000)) == infinity);
  CHECK(lane(exp, TestType(-1000)) == 0);
  CHECK(lane(exp, TestType(0)) == 1);
  CHECK(std::isnan(lane(exp, nan_of<TestType>)));
  CHECK(lane(log, TestType(0)) == -infinity);
  CHECK(lane(log, TestType(1)) == 0);
  CHECK(lane(log, infinity) == infinity);
  CHECK(std::isnan(lane(log, TestType(-1))));
  CHECK(std::isnan(lane([](auto x) { return math::sqrt(x); }, TestType(-1))));
  CHECK(lane([](auto x) { return math::tanh(x); }, TestType(100)) == 1);
}

TEMPLATE_TEST_CASE("math: powers", "[kernel]", double, float) {
  auto const to = [](TestType y) { return [y](auto x) { return math::pow(x, y); }; };
  for (double y : {-3.0, -0.5, 0.3, 2.0, 2.5}) {
    INFO("y = " << y);
    auto const exact = [y](long double x) {
      return std::pow(x, static_cast<long double>(static_cast<TestType>(y)));
    };
    CHECK(worst<TestType>(to(TestType(y)), exact, -3, 3, true) < 16);
  }
  CHECK(lane(to(3), TestType(-2)) == Approx(-8));
  CHECK(lane(to(0), TestType(-2)) == 1);
  CHECK(lane(to(2), TestType(0)) == 0);
  CHECK(std::isnan(lane(to(TestType(0.5)), TestType(-2))));

  auto const check = [](auto power, int n) {
    INFO("n = " << n);
    for (TestType x : {TestType(1.5), TestType(-0.75), TestType(3)}) {
      CHECK(units_in_last_place<TestType>(power(x), std::pow(static_cast<long double>(x), n)) < 4);
      CHECK(lane(power, x) == power(x));
    }
  };
  check([](auto x) { return math::power<0>(x); }, 0);
  check([](auto x) { return math::power<1>(x); }, 1);
  check([](auto x) { return math::power<4>(x); }, 4);
  check([](auto x) { return math::power<7>(x); }, 7);
  check([](auto x) { return math::power<-1>(x); }, -1);
  check([](auto x) { return math::power<-3>(x); }, -3);
}

TEMPLATE_TEST_CASE("math: order and sign", "[kernel]", double, float) {
  auto const check = [](auto f, TestType x, TestType expected) {
    INFO("x = " << x);
    CHECK(f(x) == expected);
    CHECK(lane(f, x) == expected);
  };
  auto const sign = [](auto x) { return math::sign(x); };
  check(sign, TestType(-2.5), -1);
  check(sign, 0, 0);
  check(sign, infinity_of<TestType>, 1);
  CHECK(std::isnan(lane(sign, nan_of<TestType>)));
  auto const minimum = [](auto x) { return math::minimum(x, TestType(1)); };
  auto const maximum = [](auto x) { return math::maximum(TestType(1), x); };
  auto const clip = [](auto x) { return math::clip(x, TestType(-1), TestType(2)); };
  for (TestType x : {TestType(-3), TestType(0.5), TestType(1), TestType(7)}) {
    check(minimum, x, std::min(x, TestType(1)));
    check(maximum, x, std::max(x, TestType(1)));
    check(clip, x, std::clamp(x, TestType(-1), TestType(2)));
  }
  CHECK(std::isnan(lane(clip, nan_of<TestType>)));
  auto const modulo = [](auto x) { return math::floor_mod(x, TestType(3)); };
  check(modulo, TestType(7.5), TestType(1.5));
  check(modulo, TestType(-1), 2);
  check([](auto x) { return math::floor_mod(x, TestType(-3)); }, TestType(7), -2);
}

TEMPLATE_TEST_CASE("simd: masks", "[kernel]", double, float) {
  using value = pack<TestType>;
  constexpr std::size_t width = pack_width<TestType>;
  alignas(value) TestType in[width], out[width];
  std::mt19937_64 random(2);
  for (int i = 0; i < 300; ++i) {
    std::uint64_t const pattern = random() &
                                  (i == 0   ? 0
                                   : i == 1 ? ~0ull
                                            : random()) &
                                  (~0ull >> (64 - width));
    std::uint64_t const expected = i == 1 ? ~0ull >> (64 - width) : pattern;
    for (std::size_t l = 0; l < width; ++l)
      in[l] = (expected >> l & 1) ? TestType(1) : TestType(-1);
    kernel::mask_of<value> const mask = kernel::load<value>(in) > value(TestType(0));
    CHECK(kernel::bits(mask) == expected);
    CHECK(kernel::bits(!mask) == (~expected & (~0ull >> (64 - width))));
    CHECK(kernel::bits(mask && !mask) == 0);
    CHECK(kernel::any(mask) == (expected != 0));
    CHECK(kernel::all(mask) == (expected == ~0ull >> (64 - width)));
    kernel::store(out, kernel::select(mask, value(TestType(2)), kernel::load<value>(in)));
    for (std::size_t l = 0; l < width; ++l) CHECK(out[l] == ((expected >> l & 1) ? 2 : -1));
  }
}

TEMPLATE_TEST_CASE("simd: step numbers", "[kernel]", double, float) {
  using value = pack<TestType>;
  using step = kernel::step_of<value>;
  using integer = kernel::step_of<TestType>;
  static_assert(sizeof(integer) == sizeof(TestType));
  static_assert(std::is_same_v<decltype(step() < step()), kernel::mask_of<value>>);
  constexpr std::size_t width = pack_width<TestType>;
  integer const now = std::numeric_limits<integer>::max() / 2 + 3;
  integer last[width], out[width];
  std::uint64_t less = 0, equal = 0;
  for (std::size_t l = 0; l < width; ++l) {
    last[l] = now - 1 + static_cast<integer>(l % 3);
    less |= std::uint64_t{last[l] < now} << l;
    equal |= std::uint64_t{last[l] == now} << l;
  }
  std::uint64_t const every = ~0ull >> (64 - width);
  step const a = kernel::load_unaligned<step>(last), b = kernel::from_value<step>(now);
  CHECK(kernel::bits(a < b) == less);
  CHECK(kernel::bits(a <= b) == (less | equal));
  CHECK(kernel::bits(a == b) == equal);
  CHECK(kernel::bits(a != b) == (every & ~equal));
  CHECK(kernel::bits(a > b) == (every & ~(less | equal)));
  CHECK(kernel::bits(a >= b) == (every & ~less));
  kernel::store_unaligned(out, kernel::select(a < b, a + step(integer(5)), a - b));
  for (std::size_t l = 0; l < width; ++l)
    CHECK(out[l] == (last[l] < now ? last[l] + 5 : last[l] - now));
}

TEST_CASE("simd: flush_denormals lasts as long as it lives", "[kernel]") {
  double volatile small = std::numeric_limits<double>::min();
  double volatile half = 0.5;
  {
    kernel::flush_denormals const guard;
#if defined(__SSE2__)
    CHECK(small * half == 0);
#endif
  }
  CHECK(small * half > 0);
}
