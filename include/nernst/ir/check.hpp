// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

#include <optional>

namespace nernst::ir {

/// Infers the dimensions of a model's expressions and checks its blocks, one after the other, up to the first mistake.
class checker {
 public:
  constexpr explicit checker(model const& m) : m_(m), units_(m.nodes.size()), known_(m.nodes.size()) {}

  /// Everything, in source order: equations, threshold, reset, refractoriness, pathways.
  constexpr void run() {
    check_equations();
    if (m_.threshold != none) condition("threshold", m_.threshold);
    statements("reset of ", m_.reset);
    if (m_.refractory_time != none) value("refractory", m_.refractory_time, units::second);
    if (m_.refractory_while != none) condition("refractory", m_.refractory_while);
    for (auto const& p : m_.pathways) statements(p.trigger == side::pre ? "on_pre: " : "on_post: ", p.statements);
  }
  constexpr diagnosis const& found() const { return found_; }
  /// The dimension of a node that was reached.
  constexpr dimension unit(int i) const { return units_[i]; }

 private:
  constexpr void check_equations() {
    buffer<char> defined(static_cast<int>(m_.symbols.size()));
    dimension unit;
    std::optional<dimension> slope;
    for (auto const& e : m_.equations) {
      if (!found_.ok()) return;
      name const& id = m_.at(e.symbol).id;
      if (defined[e.symbol] != 0) return report(mistake::duplicate_equation, id);
      defined[e.symbol] = 1;
      if (e.unless_refractory && !m_.has_refractory()) return report(mistake::missing_refractory, id);
      place p("d");
      p += id;
      p += "/dt";
      // Most variables of a model have the same unit.
      if (m_.at(e.symbol).unit != unit || !slope) {
        unit = m_.at(e.symbol).unit;
        slope = quotient(unit, units::second);
      }
      where_ = p;
      slope ? value(p, e.rhs, *slope) : mismatch_text("a unit in range", to_text(m_.at(e.symbol).unit));
    }
  }

  using place = basic_text<35>;
  enum knowledge : char { unknown, number, truth };

  constexpr void statements(std::string_view prefix, std::vector<assignment> const& block) {
    for (auto const& s : block) {
      place p(prefix);
      p += m_.at(s.symbol).id;
      value(p, s.value, m_.at(s.symbol).unit);
    }
  }
  constexpr void value(place const& where, int root, dimension expected) {
    infer(where, root);
    if (found_.ok() && units_[root] != expected) mismatch(expected, units_[root]);
  }
  constexpr void condition(place const& where, int root) {
    infer(where, root);
    if (found_.ok()) need_condition(root);
  }

  constexpr void infer(place const& where, int root) {
    if (!found_.ok()) return;
    where_ = where;
    if (known_[root] != unknown) return;
    for (int const i : schedule(m_.nodes, std::span<int const>(&root, 1))) {
      if (known_[i] != unknown) continue;
      node const& n = m_.nodes[i];
      units_[i] = unit_of(n);
      known_[i] = is_truth(n) ? truth : number;
      if (!found_.ok()) return;
    }
  }

  constexpr dimension unit_of(node const& n) {
    switch (n.code) {
    case op::literal:
      return n.unit;
    case op::symbol:
      return m_.at(n.a).unit;
    case op::uniform:
    case op::normal:
      return {};
    case op::negate:
    case op::abs:
      return units_[n.a];
    case op::sign:
      return {};
    case op::logical_not:
      return need_condition(n.a), dimension{};
    case op::sqrt:
      return raised(units_[n.a], {1, 2});
    case op::add:
    case op::subtract:
    case op::floor_mod:
    case op::minimum:
    case op::maximum:
      return need_equal(n.a, n.b), units_[n.a];
    case op::multiply:
      if (auto const u = product(units_[n.a], units_[n.b])) return *u;
      return mismatch_text("a unit in range", to_text(units_[n.b])), dimension{};
    case op::divide:
      if (auto const u = quotient(units_[n.a], units_[n.b])) return *u;
      return mismatch_text("a unit in range", to_text(units_[n.b])), dimension{};
    case op::power:
      return unit_of_power(n);
    case op::less:
    case op::less_equal:
    case op::greater:
    case op::greater_equal:
    case op::equal:
    case op::not_equal:
      return need_equal(n.a, n.b), dimension{};
    case op::logical_and:
    case op::logical_or:
      return need_condition(n.a), need_condition(n.b), dimension{};
    case op::select:
      return need_condition(n.a), need_equal(n.b, n.c), units_[n.b];
    default:
      return need_one(n.a), dimension{};
    }
  }

  constexpr dimension unit_of_power(node const& n) {
    need_one(n.b);
    dimension const base = units_[n.a];
    if (base.is_one()) return {};
    node const& exponent = m_.nodes[n.b];
    if (exponent.code == op::literal)
      for (int d = 1; d <= 8; ++d) {
        double const scaled = exponent.value * d;
        if (scaled > -256 && scaled < 256 && static_cast<double>(static_cast<int>(scaled)) == scaled)
          return raised(base, {static_cast<int>(scaled), d});
      }
    mismatch({}, base);
    return {};
  }

  constexpr dimension raised(dimension d, rational e) {
    if (auto const u = power_of(d, e)) return *u;
    mismatch_text("a unit in range", to_text(d));
    return {};
  }

  static constexpr std::optional<dimension> power_of(dimension d, rational e) {
    return can_raise(d, e) ? std::optional(power(d, e)) : std::nullopt;
  }
  static constexpr std::optional<dimension> product(dimension a, dimension b) {
    return can_multiply(a, b) ? std::optional(a * b) : std::nullopt;
  }
  static constexpr std::optional<dimension> quotient(dimension a, dimension b) {
    return can_raise(b, -1) ? product(a, power(b, -1)) : std::nullopt;
  }

  /// Comparisons, what is built of them, `not_refractory`, and the literals true and false.
  constexpr bool is_truth(node const& n) const {
    switch (n.code) {
    case op::symbol:
      return m_.at(n.a).kind == role::not_refractory;
    case op::literal:
      return n.unit.is_one() && (n.value == 0 || n.value == 1);
    case op::select:
      return known_[n.b] == truth && known_[n.c] == truth;
    default:
      return is_condition(n.code);
    }
  }
  constexpr void need_condition(int i) {
    if (known_[i] != truth) report(mistake::not_a_condition, where_, {}, to_text(units_[i]));
  }
  constexpr void need_one(int i) {
    if (!units_[i].is_one()) mismatch({}, units_[i]);
  }
  constexpr void need_equal(int a, int b) {
    if (units_[a] != units_[b]) mismatch(units_[a], units_[b]);
  }
  constexpr void mismatch(dimension expected, dimension found) { mismatch_text(to_text(expected), to_text(found)); }
  constexpr void mismatch_text(text const& expected, text const& found) { report(mistake::dimension_mismatch, where_, expected, found); }
  constexpr void report(mistake what, std::string_view where, std::string_view expected = {}, std::string_view found = {}) {
    if (found_.ok()) found_ = {what, where, expected, found};
  }

  model const& m_;
  buffer<dimension> units_;
  buffer<knowledge> known_;
  place where_;
  diagnosis found_;
};

/// The first mistake of a model in source order, or none. Units: an equation's right-hand side has the unit of its variable per second, an
/// assignment's value that of its variable, `refractory_time` seconds; the operands of sums, comparisons, `%`, minimum, maximum and select
/// agree; functions take and give plain numbers, but for abs, sign (any unit), sqrt, and powers with a literal rational exponent. The
/// threshold and operands of `and`, `or`, `not` are conditions. A truth value may be used as a number. Must run before `simplify`, which
/// drops units.
constexpr diagnosis check(model const& m) {
  checker c(m);
  c.run();
  return c.found();
}

/// The dimension of every node that the model's expressions need (others: 1) up to the first mistake, which goes to `found`.
constexpr std::vector<dimension> dimensions(model const& m, diagnosis& found) {
  checker c(m);
  c.run();
  found = c.found();
  std::vector<dimension> all(static_cast<std::size_t>(m.nodes.size()));
  for (int i = 0; i < m.nodes.size(); ++i) all[static_cast<std::size_t>(i)] = c.unit(i);
  return all;
}

}  // namespace nernst::ir
