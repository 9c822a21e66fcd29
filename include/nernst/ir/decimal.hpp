// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/units.hpp>

#include <charconv>
#include <string>

namespace nernst::ir {

/// A number with as many digits as it takes to read back the same value, times ten to the power
/// `shift`: 3 writes 0.0162 as 16.2.
inline std::string decimal(double value, int shift = 0) {
  char buffer[40];
  auto const end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  string_view const all(buffer, static_cast<std::size_t>(end - buffer));
  auto const e = all.find('e');
  if (e == string_view::npos) return std::string(all);
  std::string digits, sign;
  for (char const c : all.substr(0, e)) {
    if (c == '-') sign = "-";
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits == "0") return sign + "0";
  int const point = std::stoi(std::string(all.substr(e + 1))) + shift + 1,
            count = static_cast<int>(digits.size());
  if (point < -3 || point > 7 + (count > 7 ? count - 7 : 0)) {
    if (count > 1) digits.insert(1, ".");
    return sign + digits + "e" + std::to_string(point - 1);
  }
  if (point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count)
    return sign + digits + std::string(static_cast<std::size_t>(point - count), '0');
  return sign + digits.insert(static_cast<std::size_t>(point), ".");
}

/// A quantity such as `16.2*mV`: with the prefix that leaves one to three digits before the point
/// where the unit has a name of its own, and with the fewest digits that give the same value when
/// they are multiplied by the unit.
inline std::string written(double value, dimension unit) {
  if (unit.is_one()) return decimal(value);
  phrase const symbol = to_text(unit);
  bool simple = unit != units::kilogram;
  for (char const c : symbol.view())
    simple = simple && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  if (!simple) return decimal(value) + "*(" + std::string(symbol) + ")";
  struct prefix {
    char const* name;
    double factor;
    int shift;
  };
  constexpr prefix prefixes[] = {{"", 1, 0},     {"m", 1e-3, 3},   {"u", 1e-6, 6},
                                 {"n", 1e-9, 9}, {"p", 1e-12, 12}, {"f", 1e-15, 15}};
  double const size = value < 0 ? -value : value;
  for (auto const& p : prefixes) {
    if (size < p.factor) continue;
    std::string digits = decimal(value, p.shift);
    // 30*nS as the reader computes it, which may not be the number next to 30e-9.
    char shorter[40];
    auto const end = std::to_chars(shorter, shorter + sizeof shorter, value / p.factor,
                                   std::chars_format::scientific, 14)
                         .ptr;
    double multiple = 0;
    std::from_chars(shorter, end, multiple);
    if (multiple * p.factor == value && decimal(multiple).size() < digits.size())
      digits = decimal(multiple);
    return digits + "*" + p.name + std::string(symbol);
  }
  return decimal(value) + "*" + std::string(symbol);
}

}  // namespace nernst::ir
