// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/contents.hpp>
#include <nernst/nmodl/unit_table.hpp>

namespace nernst::nmodl::detail {

/// Gives the factors of UNITS their values: (faraday) (coulomb) is 96485.33...
class factor_reader {
 public:
  constexpr factor_reader(syntax& s, contents& c, constants values)
      : s_(s), c_(c), table_(c.units) {
    table_ = unit_table(values);
  }

  constexpr void run() {
    for (unit_definition const& d : s_.unit_definitions) define(d);
    for (declaration& d : s_.declarations)
      if (d.kind == storage::factor && d.other != ir::none) evaluate(d);
  }

 private:
  constexpr void define(unit_definition const& d) {
    auto const meaning = read(d.meaning);
    ir::string_view const name = trimmed(s_.unit_text(d.unit));
    if (!meaning.ok()) return;
    auto const known = table_.read(name);
    bool const is_same = known.ok() && known.value.conforms(meaning.value) &&
                         is_near(known.value.factor, meaning.value.factor);
    if (known.ok() && !is_same && is_exact(name))
      report(d.unit, grade::mistake, {ir::mistake::duplicate_variable, name, {}, {}});
    table_.define(name, meaning.value);
  }
  constexpr void evaluate(declaration& d) {
    auto const from = read(d.unit), to = read(d.other);
    if (!from.ok() || !to.ok()) return;
    d.value = from.value.factor / to.value.factor;
    if (table_.values() == constants::legacy) d.value = with_six_digits(d.value);
    if (!from.value.conforms(to.value))
      report(d.unit, grade::warning,
             {ir::mistake::dimension_mismatch, s_.names[d.name], s_.unit_text(d.other),
              s_.unit_text(d.unit)});
  }

  /// As NEURON writes its old values into C code.
  static constexpr double with_six_digits(double x) {
    if (!(x > 1e-200 && x < 1e200)) return x;
    double above = 1, below = 1;
    while (x * above < 1e5) above *= 10;
    while (x / below >= 1e6) below *= 10;
    auto const digits = static_cast<double>(static_cast<long long>(x * above / below + 0.5));
    return digits / above * below;
  }
  constexpr unit_table::reading read(int unit) {
    auto const r = table_.read(s_.unit_text(unit));
    if (!r.ok())
      report(unit, grade::mistake, {ir::mistake::unknown_unit, r.unknown, "(unit) = (unit)", {}},
             "NEURON reads numbers of units as 1-3 or 0.001, and names that UNITS defines");
    return r;
  }
  constexpr bool is_exact(ir::string_view name) const {
    return table_.is_own(name) || unit_table::is_known(name);
  }
  static constexpr bool is_near(double a, double b) {
    double const d = a > b ? a - b : b - a;
    return d <= 1e-9 * (a > 0 ? a : -a);
  }
  static constexpr ir::string_view trimmed(ir::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
  }
  constexpr void report(int unit, grade weight, ir::diagnosis const& what,
                        ir::string_view advice = {}) {
    c_.findings.push_back({weight, s_.units[unit].begin, what, advice});
  }

  syntax& s_;
  contents& c_;
  unit_table& table_;
};

}  // namespace nernst::nmodl::detail
