// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>
#include <nernst/ir/schedule.hpp>
#include <nernst/ir/units.hpp>

#include <optional>

namespace nernst::ir {

/// What values an expression has.
enum class value_kind : char {
  unknown,
  real,
  integer,
  bit,    ///< the literals 0 and 1: a number or a truth value, as it is needed
  truth,  ///< a condition
};

/// Infers the dimensions and kinds of values of a model's expressions, by the rules in the table of
/// operations, up to the first mistake.
class typing {
 public:
  using place = short_string<35>;

  constexpr explicit typing(model const& m)
      : m_(m), units_(m.nodes.size()), kinds_(m.nodes.size()), found_(m.mistake) {}

  constexpr diagnosis const& found() const { return found_; }
  /// The dimension and the kind of a node that was reached.
  constexpr dimension unit(int i) const { return units_[i]; }
  constexpr value_kind kind(int i) const { return kinds_[i]; }
  constexpr bool has_noise() const { return has_noise_; }

  /// Infers those of `root`, which stands in `where`.
  constexpr void infer(place const& where, int root, int origin = none) {
    if (!found_.ok()) return;
    stand_in(where, origin);
    if (kinds_[root] != value_kind::unknown) return;
    node const* const nodes = m_.nodes.data();
    list<int> const order = schedule(m_.nodes, root);
    for (int const i : order) {
      if (kinds_[i] != value_kind::unknown) continue;
      node_ = i;
      units_[i] = unit_of(nodes[i]);
      kinds_[i] = kind_of(nodes[i]);
      if (!found_.ok()) return;
    }
    node_ = none;
  }

  /// What an expression must be.
  constexpr void need(dimension expected, int i) {
    if (found_.ok() && units_[i] != expected) mismatch(to_text(expected), to_text(units_[i]));
  }
  constexpr void need_condition(int i) {
    bool const fits = kinds_[i] == value_kind::truth || kinds_[i] == value_kind::bit;
    if (!fits) report(mistake::not_a_condition, as_written(), {}, to_text(units_[i]));
  }

  constexpr void mismatch(phrase const& expected, phrase const& found) {
    report(mistake::dimension_mismatch, as_written(), expected, found);
  }
  /// Notes a mistake, if it is the first.
  constexpr void report(mistake what, string_view where, string_view expected = {},
                        string_view found = {}) {
    if (!found_.ok()) return;
    found_ = {what, where, expected, found};
    m_.locate(found_, origin_here());
  }
  /// The same of what another check has found.
  constexpr void report(diagnosis const& d) {
    if (found_.ok()) found_ = d;
  }
  constexpr place const& where() const { return where_; }
  /// What is inferred or reported from now on stands in `where`, at one of the model's origins.
  constexpr void stand_in(place const& where, int origin = none) {
    where_ = where;
    stand_at(origin);
  }
  constexpr void stand_at(int origin) { origin_ = origin; }

  /// The dimension of a quotient, if it is in range.
  static constexpr std::optional<dimension> quotient(dimension a, dimension b) {
    return can_raise(b, -1) ? product(a, power(b, -1)) : std::nullopt;
  }

 private:
  /// The origin of the operation that is looked at, or of what it stands in, or `none`.
  constexpr int origin_here() const {
    int const o = node_ == none ? none : origin_of(m_.origins, node_);
    return o != none ? o : origin_;
  }
  constexpr place as_written() const {
    int const of = node_ == none ? none : origin_of(m_.origins, node_);
    if (of == none) return where_;
    origin const& o = m_.origins[of];
    return written(m_.texts[o.text], o);
  }

  static constexpr std::optional<dimension> product(dimension a, dimension b) {
    return can_multiply(a, b) ? std::optional(a * b) : std::nullopt;
  }

  constexpr dimension unit_of(node const& n) {
    // In constant evaluation clang steps over the cases before the one it wants: what is common
    // comes first.
    if (n.code == op::literal) return n.unit;
    if (n.code == op::symbol) return m_.at(n.which).unit;
    if (n.code == op::multiply || n.code == op::divide) return unit_of_product(n);
    switch (properties(n.code).unit) {
    case unit_rule::equal:
      need_equal(n);
      return units_[n.a];
    case unit_rule::pure:
      for (int const x : operands(n)) need({}, x);
      return {};
    case unit_rule::same:
      if (n.code == op::negate) need_number(n.a);
      return units_[n.a];
    case unit_rule::plain:
      return {};
    case unit_rule::alike:
      need_equal(n);
      return {};
    case unit_rule::conditions:
      for (int const x : operands(n)) need_condition(x);
      return {};
    case unit_rule::root:
      return raised(units_[n.a], {1, 2});
    case unit_rule::own:
      break;
    }
    return unit_by_own_rule(n);
  }
  constexpr dimension unit_by_own_rule(node const& n) {
    if (n.code == op::power) return unit_of_power(n);
    if (is_call(n.code)) return unit_of_call(n);
    if (is_lookup(n.code)) {
      need(units::second, n.a);
      if (n.code == op::lookup_2) need({}, n.b);
      return m_.at(n.which).unit;
    }
    // A choice.
    need_condition(n.a);
    if (units_[n.b] != units_[n.c]) mismatch(to_text(units_[n.b]), to_text(units_[n.c]));
    return units_[n.b];
  }

  constexpr dimension unit_of_product(node const& n) {
    dimension const a = units_[n.a], b = units_[n.b];
    if (a.is_one() && b.is_one()) return {};
    if (auto const u = n.code == op::multiply ? product(a, b) : quotient(a, b)) return *u;
    mismatch("a unit in range", to_text(b));
    return {};
  }

  constexpr dimension unit_of_call(node const& n) {
    function const& f = m_.functions[n.which];
    int k = 0;
    for (int const x : operands(n)) {
      dimension const expected = f.argument[k++];
      if (units_[x] == expected) continue;
      place p(f.id.view());
      (p += ", argument ").append(k);
      report(mistake::dimension_mismatch, p, to_text(expected), to_text(units_[x]));
    }
    return f.result;
  }

  constexpr dimension unit_of_power(node const& n) {
    need({}, n.b);
    dimension const base = units_[n.a];
    if (base.is_one()) return {};
    node const& exponent = m_.nodes[n.b];
    for (int d = 1; d <= 8 && exponent.code == op::literal; ++d) {
      double const scaled = exponent.value * d;
      if (!(scaled > -256 && scaled < 256)) break;
      int const whole = static_cast<int>(scaled);
      if (static_cast<double>(whole) == scaled) return raised(base, {whole, d});
    }
    mismatch(to_text(dimension{}), to_text(base));
    return {};
  }

  constexpr dimension raised(dimension d, rational e) {
    if (can_raise(d, e)) return power(d, e);
    mismatch("a unit in range", to_text(d));
    return {};
  }

  constexpr value_kind kind_of(node const& n) {
    if (n.code == op::literal) return kind_of_literal(n);
    if (n.code == op::symbol) return kind_of(m_.at(n.which));
    switch (properties(n.code).value) {
    case value_rule::real:
      return value_kind::real;
    case value_rule::number: {
      value_kind all = number(kinds_[n.a]);
      if (operands(n.code) > 1) all = joined(all, number(kinds_[n.b]));
      return all;
    }
    case value_rule::truth:
      return value_kind::truth;
    case value_rule::integer:
      return value_kind::integer;
    case value_rule::first:
      return number(kinds_[n.a]);
    case value_rule::choice:
      return joined(kinds_[n.b], kinds_[n.c]);
    }
    return value_kind::real;
  }
  static constexpr value_kind kind_of_literal(node const& n) {
    if (!n.unit.is_one()) return value_kind::real;
    if (n.value == 0 || n.value == 1) return value_kind::bit;
    return is_whole(n.value) ? value_kind::integer : value_kind::real;
  }
  constexpr value_kind kind_of(symbol const& s) {
    has_noise_ = has_noise_ || s.kind == role::noise;
    if (is_of_refractoriness(s.kind) && s.owner == side::here && !m_.has_refractory())
      report(mistake::missing_refractory, s.id);
    if (s.kind == role::not_refractory || s.type == value_type::boolean) return value_kind::truth;
    bool const counts = s.kind == role::index || s.kind == role::count || s.kind == role::step;
    return counts || s.type == value_type::integer ? value_kind::integer : value_kind::real;
  }
  static constexpr value_kind number(value_kind k) {
    return k == value_kind::real || k == value_kind::unknown ? k : value_kind::integer;
  }
  static constexpr value_kind joined(value_kind a, value_kind b) {
    if (a == b) return a;
    if (a == value_kind::bit) return b;
    if (b == value_kind::bit) return a;
    bool const real = a == value_kind::real || b == value_kind::real;
    return real ? value_kind::real : value_kind::integer;
  }

  constexpr void need_number(int i) {
    if (kinds_[i] == value_kind::truth)
      report(mistake::not_a_number, as_written(), "a number after '-'", "a condition");
  }
  constexpr void need_equal(node const& n) {
    if (units_[n.a] != units_[n.b]) mismatch(to_text(units_[n.a]), to_text(units_[n.b]));
    if (operands(n.code) > 2 && units_[n.a] != units_[n.c])
      mismatch(to_text(units_[n.a]), to_text(units_[n.c]));
  }

  model const& m_;
  list<dimension> units_;
  list<value_kind> kinds_;
  place where_;
  int origin_ = none, node_ = none;
  diagnosis found_;
  bool has_noise_ = false;
};

}  // namespace nernst::ir
