// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>
#include <nernst/nmodl/unit_names.hpp>
#include <nernst/text/number.hpp>

namespace nernst::nmodl {

/// Which values physical constants have.
enum class constants : char {
  codata_2018,  ///< NEURON's from version 8.0 on
  legacy,       ///< NEURON's before; rounded values of around 1970
};

/// A unit: a number times powers of base units. As in NEURON, a mole is a number.
struct unit_value {
  /// m, kg, s, C, cd, K and bit, in this order.
  static constexpr int bases = 7;
  double factor = 1;
  signed char powers[bases] = {};

  constexpr bool conforms(unit_value const& other) const {
    for (int k = 0; k < bases; ++k)
      if (powers[k] != other.powers[k]) return false;
    return true;
  }
};

/// The units of a file: those that are always known, and its own.
///
/// A unit is written as for NEURON: perhaps a number, then names. Blanks and - multiply, what is
/// behind / divides, a digit from 2 to 9 is a power. A number has its power of ten behind + or -
/// (`1.6-19`), and `1|180` is a fraction. A name may have prefixes, and an s at its end.
class unit_table {
 public:
  constexpr explicit unit_table(constants values = constants::codata_2018) : values_(values) {}
  constexpr constants values() const { return values_; }

  /// What could not be read: a name, or the whole text.
  struct reading {
    unit_value value;
    ir::string_view unknown = {};
    constexpr bool ok() const { return unknown.empty(); }
  };
  constexpr reading read(ir::string_view text) const { return read(text, 0); }

  /// Makes a name a unit of this file.
  constexpr void define(ir::string_view name, unit_value const& value) {
    own_.push_back({name, value});
  }
  /// The same units, and those that most files define in UNITS where this one has not.
  constexpr unit_table with_usual_units() const {
    unit_table all = *this;
    all.has_usual_ = true;
    return all;
  }
  constexpr bool is_own(ir::string_view name) const {
    for (own_unit const& u : own_)
      if (u.name == name) return true;
    return false;
  }
  /// Whether a name, as it is, is always a unit.
  static constexpr bool is_known(ir::string_view name) {
    return detail::units_by_name.find(name) != nullptr;
  }

 private:
  struct own_unit {
    ir::string_view name = {};
    unit_value value = {};
  };
  static constexpr int deepest = 16;

  constexpr reading read(ir::string_view text, int depth) const {
    reading r;
    char const *p = text.data(), *const end = p + text.size();
    r.value.factor = number(p, end);
    // What looks like 1e-3 would be the elementary charge, three times.
    if (p != text.data() && p != end && *p == 'e' && p + 1 != end && is_exponent(p[1]))
      return {{}, text};
    bool divides = false;
    while (p != end && r.ok()) {
      char const* const from = p;
      while (p != end && !separates(*p)) ++p;
      int const power = p != end && *p >= '2' && *p <= '9' ? *p - '0' : 1;
      if (p != from)
        multiply(r, {from, static_cast<std::size_t>(p - from)}, divides ? -power : power, depth);
      if (p != end) divides = *p++ == '/' || divides;
    }
    return r;
  }
  static constexpr bool separates(char c) {
    return (c >= '1' && c <= '9') || c == '-' || c == '/' || c == ' ' || c == '\t';
  }
  static constexpr bool is_exponent(char c) { return c == '-' || c == '+' || text::is_digit(c); }

  /// A number, or 1.
  static constexpr double number(char const*& p, char const* end) {
    while (p != end && (*p == ' ' || *p == '\t')) ++p;
    char const* const from = p;
    while (p != end && (text::is_digit(*p) || *p == '.')) ++p;
    char const* const mantissa_end = p;
    int exponent = 0;
    if (p != from && p + 1 < end && (*p == '+' || *p == '-') && text::is_digit(p[1])) {
      bool const is_negative = *p++ == '-';
      for (; p != end && text::is_digit(*p); ++p)
        if (exponent < 1000) exponent = 10 * exponent + (*p - '0');
      if (is_negative) exponent = -exponent;
    }
    double value = text::scaled_digits(from, mantissa_end, exponent);
    if (p != end && *p == '|') {
      ++p;
      value /= number(p, end);
    }
    return value == 0 ? 1 : value;
  }

  /// Multiplies by a unit to a power, one factor at a time: this is how NEURON rounds.
  constexpr void multiply(reading& r, ir::string_view name, int power, int depth) const {
    double prefix = 1;
    reading const u = find(name, prefix, depth);
    if (!u.ok()) {
      r.unknown = u.unknown;
      return;
    }
    for (int k = 0; k < (power < 0 ? -power : power); ++k) {
      if (power < 0)
        r.value.factor /= u.value.factor * prefix;
      else
        r.value.factor *= u.value.factor * prefix;
    }
    for (int k = 0; k < unit_value::bases; ++k)
      r.value.powers[k] = static_cast<signed char>(r.value.powers[k] + power * u.value.powers[k]);
  }

  constexpr reading find(ir::string_view name, double& prefix, int depth) const {
    ir::string_view const written = name;
    constexpr std::size_t longest = 64;
    while (name.size() <= longest) {
      reading const exact = find_exact(name, depth);
      if (exact.ok()) return exact;
      if (strip_prefix(name, prefix)) continue;
      if (name.size() < 2 || name.back() != 's') break;
      name.remove_suffix(1);
    }
    return find_usual(written, depth);
  }
  constexpr reading find_usual(ir::string_view name, int depth) const {
    for (detail::unit_name const& u : detail::usual_units)
      if (has_usual_ && u.name == name) return read(u.meaning, depth + 1);
    return {{}, name};
  }
  static constexpr bool strip_prefix(ir::string_view& name, double& factor) {
    for (detail::unit_prefix const& p : detail::unit_prefixes) {
      if (name[0] != p.name[0] || !name.starts_with(p.name)) continue;
      name.remove_prefix(p.name.size());
      factor *= p.factor;
      return true;
    }
    return false;
  }
  constexpr reading find_exact(ir::string_view name, int depth) const {
    if (name.empty()) return {};
    for (own_unit const& u : own_)
      if (u.name == name) return {u.value, {}};
    detail::unit_name const* const u = detail::units_by_name.find(name);
    if (u == nullptr || depth == deepest) return {{}, name};
    if (u->base != ir::none) {
      reading base;
      base.value.powers[u->base] = 1;
      return base;
    }
    bool const is_old = values_ == constants::legacy && !u->legacy.empty();
    return read(is_old ? u->legacy : u->meaning, depth + 1);
  }

  constants values_;
  bool has_usual_ = false;
  ir::list<own_unit> own_;
};

}  // namespace nernst::nmodl
