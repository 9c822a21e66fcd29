// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/evaluation.hpp>
#include <nernst/kernel/pack.hpp>

#include "catch.hpp"
#include "ir/elementary/accuracy.hpp"
#include "ir/evaluate_operation.hpp"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>

using namespace nernst;
using ir::op;
using kernel::pack;
using kernel::pack_width;

using test::infinity_of, test::nan_of, test::of, test::units_in_last_place;

namespace {
/// The first lane of a function of batches.
template <class Real, class Function>
Real lane(Function f, Real x) {
  alignas(pack<Real>) Real lanes[pack_width<Real>];
  kernel::store(lanes, pack<Real>(f(pack<Real>(x))));
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

template <class Real>
struct lanes {
  static constexpr std::size_t width = kernel::pack_width<Real>;
  alignas(kernel::pack<Real>) Real value[width];

  explicit lanes(kernel::pack<Real> v) { kernel::store(value, v); }
  lanes(Real first, Real step) {
    for (std::size_t k = 0; k < width; ++k) value[k] = first + static_cast<Real>(k) * step;
  }
  kernel::pack<Real> pack() const { return kernel::load<kernel::pack<Real>>(value); }
};
}  // namespace

#define WORST_OF(name, ...)                                                                        \
  worst<TestType>([](auto x) { return of<op::name>(x); },                                          \
                  [](long double x) { return std::name(x); }, __VA_ARGS__)

TEMPLATE_TEST_CASE("functions are exact to a few units in the last place", "[kernel]", double,
                   float) {
  bool const wide = sizeof(TestType) == 8;
  double const large = wide ? 700 : 85;
  CHECK(WORST_OF(exp, -large, large) < 2);
  CHECK(WORST_OF(exp, -2, 2) < 2);
  CHECK(WORST_OF(expm1, -30, large) < 3);
  CHECK(WORST_OF(expm1, -1, 1) < 3);
  CHECK(WORST_OF(log, -large, large, true) < 2);
  CHECK(WORST_OF(log, -0.5, 0.5, true) < 2);
  CHECK(WORST_OF(log1p, -0.9, 10) < 2);
  CHECK(WORST_OF(log10, -large, large, true) < 2);
  CHECK(WORST_OF(sqrt, 0, 100) <= 0.5);
  CHECK(WORST_OF(sin, -100, 100) < 3);
  CHECK(WORST_OF(cos, -100, 100) < 3);
  CHECK(WORST_OF(tan, -100, 100) < 4);
  CHECK(WORST_OF(asin, -1, 1) < 3);
  CHECK(WORST_OF(acos, -1, 1) < 3);
  CHECK(WORST_OF(atan, -100, 100) < 3);
  CHECK(WORST_OF(sinh, -20, 20) < 3);
  CHECK(WORST_OF(cosh, -20, 20) < 3);
  CHECK(WORST_OF(tanh, -20, 20) < 3);
  CHECK(WORST_OF(floor, -100, 100) == 0);
  CHECK(WORST_OF(ceil, -100, 100) == 0);
  CHECK(WORST_OF(abs, -100, 100) == 0);
  CHECK(WORST_OF(trunc, -100, 100) == 0);
  CHECK(WORST_OF(erf, -6, 6) < 2);
}

TEMPLATE_TEST_CASE("numbers and packs have the same functions, bit by bit", "[kernel]", double,
                   float) {
  lanes<TestType> x(TestType(-0.875), TestType(0.6875));
#define NERNST_ROW(name)                                                                           \
  {                                                                                                \
    INFO(#name);                                                                                   \
    lanes<TestType> const y(of<op::name>(x.pack()));                                               \
    for (std::size_t k = 0; k < x.width; ++k) {                                                    \
      TestType const alone = of<op::name>(x.value[k]);                                             \
      CHECK((y.value[k] == alone || (std::isnan(y.value[k]) && std::isnan(alone))));               \
    }                                                                                              \
  }
  NERNST_ELEMENTARY_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  for (double const exponent : {-1.25, 0.5, 3.5}) {
    auto const to = [&](auto base) { return of<op::power>(base, TestType(exponent)); };
    lanes<TestType> const y(to(x.pack()));
    for (std::size_t k = 2; k < x.width; ++k) CHECK(y.value[k] == to(x.value[k]));
  }
}

TEMPLATE_TEST_CASE("exprel", "[kernel]", double, float) {
  auto const exprel = [](auto x) { return of<op::exprel>(x); };
  auto const exact = [](long double x) { return std::expm1(x) / x; };
  double const large = sizeof(TestType) == 8 ? 709 : 88;
  CHECK(worst<TestType>(exprel, exact, -1, 1) < 3);
  CHECK(worst<TestType>(exprel, exact, -large, large) < 3);
  CHECK(worst<TestType>(exprel, exact, -35, -5, true) < 3);
  CHECK(worst<TestType>([&](auto x) { return exprel(-x); },
                        [&](long double x) { return exact(-x); }, -35, -5, true) < 3);
  TestType const nan = nan_of<TestType>;
  for (auto const& [x, y] : test::exprel_limits<TestType>) {
    INFO("x = " << x);
    CHECK(units_in_last_place<TestType>(of<op::exprel>(x), y) < 3);
    CHECK(units_in_last_place<TestType>(lane(exprel, x), y) < 3);
  }
  CHECK(std::isnan(of<op::exprel>(nan)));
  CHECK(std::isnan(lane(exprel, nan)));
}

TEMPLATE_TEST_CASE("limits", "[kernel]", double, float) {
  TestType const infinity = infinity_of<TestType>;
  auto const exp = [](auto x) { return of<op::exp>(x); };
  auto const log = [](auto x) { return of<op::log>(x); };
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
  CHECK(std::isnan(lane([](auto x) { return of<op::sqrt>(x); }, TestType(-1))));
  CHECK(lane([](auto x) { return of<op::tanh>(x); }, TestType(100)) == 1);
}

TEMPLATE_TEST_CASE("powers", "[kernel]", double, float) {
  auto const to = [](TestType y) { return [y](auto x) { return of<op::power>(x, y); }; };
  for (double y : {-3.0, -0.5, 0.3, 2.0, 2.5}) {
    INFO("y = " << y);
    auto const exact = [y](long double x) {
      return std::pow(x, static_cast<long double>(static_cast<TestType>(y)));
    };
    CHECK(worst<TestType>(to(TestType(y)), exact, -3, 3, true) < 0.9);
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
  check([](auto x) { return ir::whole_power<0>(x); }, 0);
  check([](auto x) { return ir::whole_power<1>(x); }, 1);
  check([](auto x) { return ir::whole_power<4>(x); }, 4);
  check([](auto x) { return ir::whole_power<7>(x); }, 7);
  check([](auto x) { return ir::whole_power<-1>(x); }, -1);
  check([](auto x) { return ir::whole_power<-3>(x); }, -3);
}

TEMPLATE_TEST_CASE("order and sign", "[kernel]", double, float) {
  auto const check = [](auto f, TestType x, TestType expected) {
    INFO("x = " << x);
    CHECK(f(x) == expected);
    CHECK(lane(f, x) == expected);
  };
  auto const sign = [](auto x) { return of<op::sign>(x); };
  check(sign, TestType(-2.5), -1);
  check(sign, 0, 0);
  check(sign, infinity_of<TestType>, 1);
  CHECK(std::isnan(lane(sign, nan_of<TestType>)));
  auto const minimum = [](auto x) { return of<op::minimum>(x, TestType(1)); };
  auto const maximum = [](auto x) { return of<op::maximum>(decltype(x)(TestType(1)), x); };
  auto const clip = [](auto x) { return of<op::clip>(x, TestType(-1), TestType(2)); };
  for (TestType x : {TestType(-3), TestType(0.5), TestType(1), TestType(7)}) {
    check(minimum, x, std::min(x, TestType(1)));
    check(maximum, x, std::max(x, TestType(1)));
    check(clip, x, std::clamp(x, TestType(-1), TestType(2)));
  }
  CHECK(std::isnan(lane(clip, nan_of<TestType>)));
  auto const modulo = [](auto x) { return of<op::floor_mod>(x, TestType(3)); };
  check(modulo, TestType(7.5), TestType(1.5));
  check(modulo, TestType(-1), 2);
  check([](auto x) { return of<op::floor_mod>(x, TestType(-3)); }, TestType(7), -2);
}

TEMPLATE_TEST_CASE("comparisons are those of IEEE 754", "[kernel]", double, float) {
  auto const check = [](auto holds, auto expected) {
    for (TestType x : {TestType(1), TestType(2), infinity_of<TestType>, nan_of<TestType>})
      for (TestType y : {TestType(1), TestType(2), -infinity_of<TestType>, nan_of<TestType>}) {
        INFO(x << ", " << y);
        std::uint64_t const all = ~0ull >> (64 - pack_width<TestType>);
        CHECK(holds(x, y) == expected(x, y));
        CHECK(kernel::bits(holds(pack<TestType>(x), pack<TestType>(y))) ==
              (expected(x, y) ? all : 0));
      }
  };
  check([](auto x, auto y) { return ir::evaluation<op::less>::of(x, y); }, std::less<>());
  check([](auto x, auto y) { return ir::evaluation<op::less_equal>::of(x, y); },
        std::less_equal<>());
  check([](auto x, auto y) { return ir::evaluation<op::greater>::of(x, y); }, std::greater<>());
  check([](auto x, auto y) { return ir::evaluation<op::greater_equal>::of(x, y); },
        std::greater_equal<>());
  check([](auto x, auto y) { return ir::evaluation<op::equal>::of(x, y); }, std::equal_to<>());
  check([](auto x, auto y) { return ir::evaluation<op::not_equal>::of(x, y); },
        std::not_equal_to<>());
}

TEMPLATE_TEST_CASE("masks", "[kernel]", double, float) {
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
    CHECK(kernel::bits(kernel::mask_of_bits<value>(expected)) == expected);
    CHECK(kernel::bits(!mask) == (~expected & (~0ull >> (64 - width))));
    CHECK(kernel::bits(mask && !mask) == 0);
    CHECK(kernel::any(mask) == (expected != 0));
    kernel::store(out, kernel::select(mask, value(TestType(2)), kernel::load<value>(in)));
    for (std::size_t l = 0; l < width; ++l) CHECK(out[l] == ((expected >> l & 1) ? 2 : -1));
  }
}

TEMPLATE_TEST_CASE("loads and stores keep the lanes", "[kernel]", float, double) {
  lanes<TestType> const in(TestType(1), TestType(0.5));
  alignas(kernel::pack<TestType>) TestType stored[in.width] = {};
  kernel::store(stored, in.pack());
  lanes<TestType> const out(kernel::load<kernel::pack<TestType>>(stored));
  lanes<TestType> const same(kernel::pack<TestType>(TestType(3)));
  for (std::size_t k = 0; k < in.width; ++k) {
    CHECK(out.value[k] == in.value[k]);
    CHECK(same.value[k] == 3);
  }
  STATIC_REQUIRE(kernel::width_of<TestType> == 1);
  STATIC_REQUIRE(kernel::width_of<kernel::pack<TestType>> == in.width);
  STATIC_REQUIRE(std::is_same_v<kernel::real_of<kernel::pack<TestType>>, TestType>);
}

TEMPLATE_TEST_CASE("masks have one bit per lane, lane 0 lowest", "[kernel]", float, double) {
  using pack = kernel::pack<TestType>;
  constexpr std::size_t width = lanes<TestType>::width;
  lanes<TestType> const in(TestType(0), TestType(1));
  for (std::size_t k = 0; k < width; ++k) {
    auto const one = in.pack() == pack(static_cast<TestType>(k));
    CHECK(kernel::bits(one) == std::uint64_t{1} << k);
    CHECK(kernel::any(one));
  }
  auto const none = in.pack() < pack(TestType(0));
  CHECK(kernel::bits(none) == 0);
  CHECK_FALSE(kernel::any(none));
  CHECK(kernel::bits(!none) == ~0ull >> (64 - width));
  CHECK(kernel::bits(true) == 1);
  CHECK(kernel::bits(false) == 0);
}

TEMPLATE_TEST_CASE("select takes each lane from one of two", "[kernel]", float, double) {
  using pack = kernel::pack<TestType>;
  lanes<TestType> const in(TestType(0), TestType(1));
  lanes<TestType> const out(
      kernel::select(in.pack() < pack(TestType(1)), pack(TestType(7)), in.pack()));
  for (std::size_t k = 0; k < in.width; ++k)
    CHECK(out.value[k] == (k == 0 ? TestType(7) : static_cast<TestType>(k)));
  CHECK(kernel::select(true, 1.0, 2.0) == 1);
  CHECK(kernel::select(false, 1.0, 2.0) == 2);
}
