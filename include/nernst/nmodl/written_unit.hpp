// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/short_string.hpp>
#include <nernst/nmodl/unit_table.hpp>

namespace nernst::nmodl::detail {

/// The unit of an expression. A number without a unit takes that of what it meets.
struct written_unit {
  unit_value value = {};
  bool is_number = false;
  bool is_any = false;  ///< nobody knows it
};

inline constexpr written_unit unknown_unit{.is_any = true};

/// The unit of a product, or for a power of -1 of a quotient.
constexpr written_unit product(written_unit a, written_unit const& b, int power) {
  a.is_any = a.is_any || b.is_any;
  a.is_number = a.is_number && b.is_number;
  a.value.factor = power > 0 ? a.value.factor * b.value.factor : a.value.factor / b.value.factor;
  for (int k = 0; k < unit_value::bases; ++k)
    a.value.powers[k] = static_cast<signed char>(a.value.powers[k] + power * b.value.powers[k]);
  return a;
}

/// Whether a unit may be raised to that power.
constexpr bool is_power(double x) {
  return x >= 0 && x <= 8 && x == static_cast<int>(x);
}
constexpr written_unit power_of(written_unit const& u, double power) {
  if (!is_power(power)) return unknown_unit;
  written_unit all{.is_number = u.is_number};
  for (int p = 0; p < static_cast<int>(power); ++p) all = product(all, u, 1);
  return all;
}

constexpr bool is_near(double a, double b) {
  constexpr double tolerance = 1e-5;  // NEURON's
  double const ratio = b / a - 1;
  return ratio < tolerance && ratio > -tolerance;
}

using unit_phrase = ir::short_string<35>;

/// A number with few digits, "1e-3".
constexpr void append_number(unit_phrase& to, double x) {
  int exponent = 0;
  if (!(x > 0) || x > 1e300) {
    to += x < 0 ? "-" : "?";
    return;
  }
  for (; x >= 10; x /= 10) ++exponent;
  for (; x < 1 - 1e-9; x *= 10) --exponent;
  long long digits = static_cast<long long>(x * 1e4 + 0.5);
  for (; exponent > 0 && exponent <= 3; --exponent) digits *= 10;
  to.append(digits / 10000);
  digits %= 10000;
  if (digits != 0) {
    to += ".";
    for (long long unit = 1000; digits != 0; unit /= 10) {
      to.append(digits / unit);
      digits %= unit;
    }
  }
  if (exponent != 0) (to += "e").append(exponent);
}

/// As it is written in a file: a number, then units, then / and those that divide.
constexpr unit_phrase to_text(unit_value const& u) {
  constexpr ir::string_view names[] = {"m", "kg", "sec", "coul", "candela", "K", "bit"};
  unit_phrase all;
  if (!is_near(u.factor, 1)) append_number(all, u.factor);
  for (int const sign : {1, -1}) {
    bool is_first = true;
    for (int k = 0; k < unit_value::bases; ++k) {
      int const power = sign * u.powers[k];
      if (power <= 0) continue;
      if (!is_first)
        all += "-";
      else if (sign < 0)
        all += "/";
      else if (all.size > 0)
        all += " ";
      all += names[k];
      if (power > 1) all.append(power);
      is_first = false;
    }
  }
  if (all.size == 0) all += "1";
  return all;
}

}  // namespace nernst::nmodl::detail
