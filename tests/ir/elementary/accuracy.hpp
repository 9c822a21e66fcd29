// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary.hpp>
#include <nernst/kernel/pack_lanes.hpp>

#include "catch.hpp"
#include "ir/elementary/arguments.hpp"
#include <bit>
#include <cstring>

namespace test {

/// Without fused multiplication errors are a little larger.
template <class Real>
constexpr double with_fma_or_not(double with, double without) {
  return nernst::ir::elementary::lanes<Real>::fuses ? with : without;
}

template <class Value, class Function, class Real>
void check_lanes(Function f, std::vector<Real> const& x, std::vector<Real> const& expected) {
  constexpr std::size_t width = sizeof(Value) / sizeof(Real);
  INFO(width << " lanes");
  for (std::size_t k = 0; k + width <= x.size(); k += width) {
    Value in{}, out{};
    std::memcpy(&in, x.data() + k, sizeof in);
    out = f(in);
    for (std::size_t l = 0; l < width; ++l) {
      using word = typename nernst::ir::elementary::format<Real>::word;
      if (std::isnan(out[l]) && std::isnan(expected[k + l])) continue;
      if (std::bit_cast<word>(Real(out[l])) == std::bit_cast<word>(expected[k + l])) continue;
      CAPTURE(x[k + l]);
      CHECK(out[l] == expected[k + l]);
      CHECK(std::signbit(out[l]) == std::signbit(expected[k + l]));
    }
  }
}

/// The largest error of a function, which is to have the same bits in vectors of every width that
/// the program was compiled for.
template <class Real, class Function, class Exact>
double largest_error(Function f, Exact exact, arguments<Real> const& of) {
  namespace elementary = nernst::ir::elementary;
  std::vector<Real> y;
  double largest = 0;
  for (Real const x : of.values) {
    y.push_back(f(x));
    long double const expected = exact(static_cast<long double>(x));
    double const error = units_in_last_place(y.back(), expected);
    if (y.back() == 0 && std::signbit(y.back()) != std::signbit(expected))
      FAIL_CHECK("the sign of the zero at " << x);
    if (!(error <= largest)) UNSCOPED_INFO(error << " at " << x);
    largest = error <= largest ? largest : error;
  }
  check_lanes<typename elementary::vector<Real, 16>::type>(f, of.values, y);
#if defined(__AVX__)
  check_lanes<typename elementary::vector<Real, 32>::type>(f, of.values, y);
#endif
#if defined(__AVX512F__)
  check_lanes<typename elementary::vector<Real, 64>::type>(f, of.values, y);
#endif
  return largest;
}

}  // namespace test

/// The largest error of one of the elementary functions.
#define ERROR_OF(name, of)                                                                         \
  test::largest_error<TestType>([](auto x) { return nernst::ir::elementary::name(x); },            \
                                [](long double x) { return std::name(x); }, of)
