// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/reader.hpp>

namespace nernst::brian::detail {

constexpr bool is_infix(token const& t, ir::op code) {
  return t.kind == token_kind::infix && t.code == code;
}

/// Reads the unit of a line, from a token on: `volt`, `siemens/meter**2`, `1`, `integer`,
/// `boolean`.
class unit_reader {
 public:
  constexpr unit_reader(reader& r, source const& s, token const* t) : r_(r), source_(s), t_(t) {}

  /// Gives a variable its unit and type, and returns where the unit ends.
  constexpr token const* read(ir::symbol& variable, bool has_equation) {
    if (!single(variable, has_equation)) product(variable);
    return t_;
  }

 private:
  constexpr void unexpected(token const& t, ir::string_view expected) {
    r_.unexpected(source_, t.at, expected);
  }
  constexpr known_name const& known(token const& t) {
    if (r_.at(t.name).what == meaning::unresolved) r_.resolve(t.name);
    return r_.at(t.name);
  }

  /// One word, which nearly all units are.
  constexpr bool single(ir::symbol& variable, bool has_equation) {
    token const& first = *t_;
    if (first.kind == token_kind::end || !ends_unit(t_[1])) return false;
    ++t_;
    if (first.kind == token_kind::number && first.number == 1 && first.size == 1) return true;
    if (first.kind == token_kind::name) {
      known_name const& n = known(first);
      if (n.is_base_unit) {
        variable.unit = n.unit;
        return true;
      }
      ir::string_view const id = source_.of(first);
      bool const truth = id == "boolean";
      if (truth || id == "integer") {
        variable.type = truth ? ir::value_type::boolean : ir::value_type::integer;
        if (has_equation) unexpected(first, "a unit: equations are about real numbers");
        return true;
      }
    }
    --t_;
    return false;
  }
  static constexpr bool ends_unit(token const& t) {
    bool const goes_on =
        is_infix(t, ir::op::multiply) || is_infix(t, ir::op::divide) || is_infix(t, ir::op::power);
    return t.fresh_line || !goes_on;
  }

  constexpr void product(ir::symbol& variable) {
    token const& first = *t_;
    ir::dimension all;
    bool has_unit = false;
    for (bool divides = false;; ++t_) {
      auto const f = factor();
      if (!f) return;
      has_unit = has_unit || f->is_unit;
      if (divides && !ir::can_raise(f->dimension, -1)) return unexpected(first, "a unit in range");
      ir::dimension const d = divides ? power(f->dimension, -1) : f->dimension;
      if (!ir::can_multiply(all, d)) return unexpected(first, "a unit in range");
      all = all * d;
      divides = is_infix(*t_, ir::op::divide);
      if (t_->fresh_line || (!is_infix(*t_, ir::op::multiply) && !divides)) break;
    }
    if (!has_unit) return unexpected(first, "a unit");
    variable.unit = all;
  }

  struct unit_factor {
    ir::dimension dimension;
    bool is_unit = false;
  };
  constexpr std::optional<unit_factor> factor() {
    token const& t = *t_;
    if (t.kind == token_kind::number && t.number == 1 && is_infix(t_[1], ir::op::divide)) {
      ++t_;
      return unit_factor{};
    }
    if (t.kind != token_kind::name) {
      unexpected(t, "a base unit such as volt, or 1");
      return std::nullopt;
    }
    known_name const& n = known(t);
    if (!n.is_base_unit) {
      r_.fail_name(ir::mistake::not_a_base_unit, source_, t, instead_of(source_.of(t)));
      return std::nullopt;
    }
    ++t_;
    if (!is_infix(*t_, ir::op::power) || t_->fresh_line) return unit_factor{n.unit, true};
    ++t_;
    return raised(n.unit);
  }
  static constexpr ir::phrase instead_of(ir::string_view id) {
    if (auto const u = ir::find_unit(id)) return ir::base_unit_name(u->unit);
    return id == "bool" ? "boolean" : "a base unit such as volt, or 1";
  }
  /// To a power that is a small fraction.
  constexpr std::optional<unit_factor> raised(ir::dimension d) {
    bool const negative = is_infix(*t_, ir::op::subtract);
    if (negative) ++t_;
    for (int denominator = 1; denominator <= 8 && t_->kind == token_kind::number; ++denominator) {
      double const e = t_->number * denominator;
      if (!(e < 64) || e != static_cast<int>(e)) continue;
      int const numerator = negative ? -static_cast<int>(e) : static_cast<int>(e);
      ir::rational const exponent(numerator, denominator);
      if (!ir::can_raise(d, exponent)) break;
      ++t_;
      return unit_factor{power(d, exponent), true};
    }
    unexpected(*t_, "a small exponent");
    return std::nullopt;
  }

  reader& r_;
  source const& source_;
  token const* t_;
};

}  // namespace nernst::brian::detail
