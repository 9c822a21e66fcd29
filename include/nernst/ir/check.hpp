// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

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

/// Infers the dimensions and types of a model's expressions and checks its blocks, one after the
/// other, up to the first mistake.
class checker {
 public:
  constexpr explicit checker(model const& m)
      : m_(m), units_(m.nodes.size()), kinds_(m.nodes.size()), found_(m.mistake) {}

  /// Everything, in source order: equations, subexpressions, threshold, reset, refractoriness,
  /// events, actions, pathways.
  constexpr void run() {
    check_equations();
    check_subexpressions();
    if (m_.threshold != none) condition("threshold", m_.threshold);
    statements("reset of ", m_.reset, false);
    check_refractoriness();
    for (auto const& e : m_.events) {
      place p("event ");
      p += e.id;
      condition(p, e.condition);
      statements((p = "on_event: "), e.action, false);
    }
    for (auto const& a : m_.actions) {
      if (a.period != none) value("every", a.period, units::second);
      statements(a.period != none ? "every: " : "at: ", a.statements, true);
    }
    for (auto const& p : m_.pathways)
      statements(p.trigger == side::pre ? "on_pre: " : "on_post: ", p.statements, false);
  }
  constexpr diagnosis const& found() const { return found_; }
  /// The dimension and the type of a node that was reached.
  constexpr dimension unit(int i) const { return units_[i]; }
  constexpr value_kind kind(int i) const { return kinds_[i]; }

 private:
  using place = basic_text<35>;

  // Before its first use: Clang cannot evaluate it otherwise.
  template <class What>
  constexpr bool mentions(int root, What what) const {
    for (int const i : schedule(m_.nodes, std::span<int const>(&root, 1)))
      if (what(m_.nodes[i])) return true;
    return false;
  }

  constexpr void check_equations() {
    buffer<char> defined(static_cast<int>(m_.symbols.size()));
    dimension unit;
    std::optional<dimension> slope;
    int const plain_noise = m_.find("xi");
    int noisy = none;
    for (std::size_t k = 0; k < m_.equations.size(); ++k) {
      auto const& e = m_.equations[k];
      if (!found_.ok()) return;
      name const& id = m_.at(e.symbol).id;
      if (defined[e.symbol] != 0) return report(mistake::duplicate_equation, id);
      defined[e.symbol] = 1;
      if (e.unless_refractory && !m_.has_refractory())
        return report(mistake::missing_refractory, id);
      place p("d");
      p += id;
      p += "/dt";
      // Most variables of a model have the same unit.
      if (m_.at(e.symbol).unit != unit || !slope) {
        unit = m_.at(e.symbol).unit;
        slope = quotient(unit, units::second);
      }
      where_ = p;
      slope ? value(p, e.rhs, *slope)
            : mismatch_text("a unit in range", to_text(m_.at(e.symbol).unit));
      if (plain_noise == none || !mentions(e.rhs, [plain_noise](node const& n) {
            return n.code == op::symbol && n.a == plain_noise;
          }))
        continue;
      if (noisy != none)
        report(mistake::misplaced_noise, p, "xi_a, xi_b ... in several equations", "xi");
      noisy = static_cast<int>(k);
    }
  }

  constexpr void check_subexpressions() {
    for (auto const& s : m_.subexpressions) {
      symbol const& x = m_.at(s.symbol);
      x.type == value_type::boolean ? condition(x.id.view(), s.value)
                                    : value(x.id.view(), s.value, x.unit);
      if (!found_.ok()) return;
      forbid_noise(s.value);
      if (!s.constant_over_dt && mentions(s.value, [](node const& n) { return is_random(n.code); }))
        report(mistake::misplaced_random, x.id, "the flag 'constant over dt'");
      if (s.is_shared &&
          mentions(s.value, [this](node const& n) { return n.code == op::symbol && varies(n.a); }))
        report(mistake::not_shared, x.id);
    }
  }

  constexpr void check_refractoriness() {
    if (m_.refractory_while != none) condition("refractory", m_.refractory_while);
    if (m_.refractory_time == none || !found_.ok()) return;
    infer("refractory", m_.refractory_time);
    if (!found_.ok()) return forbid_noise(m_.refractory_time);
    if (units_[m_.refractory_time] != units::second)
      mismatch_text("s or a condition", to_text(units_[m_.refractory_time]));
    forbid_noise(m_.refractory_time);
  }

  /// Whether a variable has a value of its own for each element.
  constexpr bool varies(int s) const {
    switch (m_.at(s).kind) {
    case role::state:
    case role::parameter:
    case role::linked:
    case role::index:
    case role::not_refractory:
    case role::last_spike:
      return true;
    case role::subexpression: {
      int const k = subexpression_of(m_, s);
      return k != none && !m_.subexpressions[static_cast<std::size_t>(k)].is_shared;
    }
    default:
      return false;
    }
  }
  constexpr bool is_assignable(symbol const& s, bool shared_too) const {
    if (s.constant) return false;
    if (is_shared(s.kind)) return shared_too;
    return s.kind == role::state || s.kind == role::parameter || s.kind == role::linked;
  }

  constexpr void statements(place const& prefix, std::vector<assignment> const& block,
                            bool shared_too) {
    for (auto const& s : block) {
      symbol const& x = m_.at(s.symbol);
      place p(prefix);
      p += x.id;
      if (!is_assignable(x, shared_too))
        report(mistake::misplaced_statement, p, {}, description(x));
      x.type == value_type::boolean ? condition(p, s.value) : value(p, s.value, x.unit);
      if (found_.ok() && is_shared(x.kind) &&
          mentions(s.value, [this](node const& n) { return n.code == op::symbol && varies(n.a); }))
        report(mistake::not_shared, x.id);
      forbid_noise(s.value);
    }
  }
  static constexpr std::string_view description(symbol const& s) {
    if (s.constant) return "a constant";
    switch (s.kind) {
    case role::shared:
    case role::shared_state:
      return "a shared variable";
    case role::subexpression:
      return "a subexpression";
    case role::noise:
      return "noise";
    case role::table:
      return "a timed array";
    default:
      return "a built-in variable";
    }
  }
  constexpr void value(place const& where, int root, dimension expected) {
    infer(where, root);
    if (found_.ok() && units_[root] != expected) mismatch(expected, units_[root]);
  }
  constexpr void condition(place const& where, int root) {
    infer(where, root);
    if (found_.ok()) need_condition(root);
    forbid_noise(root);
  }
  constexpr void forbid_noise(int root) {
    if (found_.ok() && has_noise_ && mentions(root, [this](node const& n) {
          return n.code == op::symbol && m_.at(n.a).kind == role::noise;
        }))
      report(mistake::misplaced_noise, where_);
  }

  constexpr void infer(place const& where, int root) {
    if (!found_.ok()) return;
    where_ = where;
    if (kinds_[root] != value_kind::unknown) return;
    node const* const nodes = m_.nodes.data();
    dimension* const units = units_.data();
    value_kind* const kinds = kinds_.data();
    for (int const i : schedule(m_.nodes, std::span<int const>(&root, 1))) {
      if (kinds[i] != value_kind::unknown) continue;
      units[i] = unit_of(nodes[i]), kinds[i] = kind_of(nodes[i]);
      if (found_.what != mistake::none) return;
    }
  }

  constexpr dimension unit_of(node const& n) {
    // In constant evaluation clang steps over the cases before the one it wants: what is common
    // comes first.
    if (n.code == op::literal) return n.unit;
    if (n.code == op::symbol) return m_.symbols.data()[n.a].unit;
    if (n.code == op::multiply || n.code == op::divide) {
      dimension const a = units_.data()[n.a], b = units_.data()[n.b];
      if (a.code == 0 && b.code == 0) return {};
      if (auto const u = n.code == op::multiply ? product(a, b) : quotient(a, b)) return *u;
      return mismatch_text("a unit in range", to_text(b)), dimension{};
    }
    if (n.code == op::add || n.code == op::subtract)
      return need_equal(n.a, n.b), units_.data()[n.a];
    switch (n.code) {
    case op::uniform:
    case op::normal:
      return {};
    case op::negate:
      if (kinds_[n.a] == value_kind::truth)
        report(mistake::not_a_number, where_, "a number after '-'", "a condition");
      return units_[n.a];
    case op::abs:
    case op::ceil:
    case op::floor:
      return units_[n.a];
    case op::sign:
      return {};
    case op::logical_not:
      return need_condition(n.a), dimension{};
    case op::sqrt:
      return raised(units_[n.a], {1, 2});
    case op::floor_mod:
    case op::minimum:
    case op::maximum:
      return need_equal(n.a, n.b), units_[n.a];
    case op::atan2:
      return need_equal(n.a, n.b), dimension{};
    case op::floor_divide:
    case op::binomial:
      return need_one(n.a), need_one(n.b), dimension{};
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
    case op::clip:
      return need_equal(n.a, n.b), need_equal(n.a, n.c), units_[n.a];
    case op::lookup:
    case op::lookup_2:
      need(units::second, n.a);
      if (n.code == op::lookup_2) need_one(n.b);
      return m_.at(n.tag).unit;
    case op::call_1:
    case op::call_2:
    case op::call_3:
      return unit_of_call(n);
    default:
      return need_one(n.a), dimension{};
    }
  }

  constexpr dimension unit_of_call(node const& n) {
    function const& f = m_.functions[static_cast<std::size_t>(n.tag)];
    int const argument[] = {n.a, n.b, n.c};
    for (int k = 0; k < operands(n.code); ++k)
      if (units_[argument[k]] != f.argument[k]) {
        place p(f.id.view());
        (p += ", argument ").append(k + 1);
        report(mistake::dimension_mismatch, p, to_text(f.argument[k]),
               to_text(units_[argument[k]]));
      }
    return f.result;
  }

  constexpr dimension unit_of_power(node const& n) {
    need_one(n.b);
    dimension const base = units_[n.a];
    if (base.is_one()) return {};
    node const& exponent = m_.nodes[n.b];
    if (exponent.code == op::literal)
      for (int d = 1; d <= 8; ++d) {
        double const scaled = exponent.value * d;
        if (scaled > -256 && scaled < 256 &&
            static_cast<double>(static_cast<int>(scaled)) == scaled)
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

  constexpr value_kind kind_of(node const& n) {
    if (n.code == op::divide) return value_kind::real;
    if (n.code == op::add || n.code == op::subtract || n.code == op::multiply) {
      value_kind const a = kinds_.data()[n.a], b = kinds_.data()[n.b];
      return a == value_kind::real && b == value_kind::real ? value_kind::real
                                                            : joined(number(a), number(b));
    }
    switch (n.code) {
    case op::literal:
      if (!n.unit.is_one()) return value_kind::real;
      if (n.value == 0 || n.value == 1) return value_kind::bit;
      return n.value > -4e15 && n.value < 4e15 &&
                     static_cast<double>(static_cast<long long>(n.value)) == n.value
                 ? value_kind::integer
                 : value_kind::real;
    case op::symbol:
      return kind_of(m_.at(n.a));
    case op::negate:
    case op::abs:
    case op::clip:
      return number(kinds_[n.a]);
    case op::floor_mod:
    case op::floor_divide:
    case op::minimum:
    case op::maximum:
    case op::power:
      return joined(number(kinds_[n.a]), number(kinds_[n.b]));
    case op::select:
      return joined(kinds_[n.b], kinds_[n.c]);
    case op::truncate:
    case op::sign:
    case op::poisson:
      return value_kind::integer;
    default:
      return is_condition(n.code) ? value_kind::truth : value_kind::real;
    }
  }
  constexpr value_kind kind_of(symbol const& s) {
    has_noise_ = has_noise_ || s.kind == role::noise;
    bool const of_refractoriness = s.kind == role::not_refractory || s.kind == role::last_spike;
    if (of_refractoriness && s.owner == side::here && !m_.has_refractory())
      report(mistake::missing_refractory, s.id);
    if (s.kind == role::not_refractory || s.type == value_type::boolean) return value_kind::truth;
    bool const counts = s.kind == role::index || s.kind == role::count || s.kind == role::step;
    return counts || s.type == value_type::integer ? value_kind::integer : value_kind::real;
  }
  static constexpr value_kind number(value_kind k) {
    return k == value_kind::real      ? value_kind::real
           : k == value_kind::unknown ? k
                                      : value_kind::integer;
  }
  static constexpr value_kind joined(value_kind a, value_kind b) {
    if (a == b) return a;
    if (a == value_kind::bit) return b;
    if (b == value_kind::bit) return a;
    return a == value_kind::real || b == value_kind::real ? value_kind::real : value_kind::integer;
  }

  constexpr void need_condition(int i) {
    if (kinds_[i] != value_kind::truth && kinds_[i] != value_kind::bit)
      report(mistake::not_a_condition, where_, {}, to_text(units_[i]));
  }
  constexpr void need(dimension expected, int i) {
    if (units_[i] != expected) mismatch(expected, units_[i]);
  }
  constexpr void need_one(int i) {
    if (!units_[i].is_one()) mismatch({}, units_[i]);
  }
  constexpr void need_equal(int a, int b) {
    if (units_.data()[a].code != units_.data()[b].code) mismatch(units_[a], units_[b]);
  }
  constexpr void mismatch(dimension expected, dimension found) {
    mismatch_text(to_text(expected), to_text(found));
  }
  constexpr void mismatch_text(text const& expected, text const& found) {
    report(mistake::dimension_mismatch, where_, expected, found);
  }
  constexpr void report(mistake what, std::string_view where, std::string_view expected = {},
                        std::string_view found = {}) {
    if (found_.ok()) found_ = {what, where, expected, found};
  }

  model const& m_;
  buffer<dimension> units_;
  buffer<value_kind> kinds_;
  place where_;
  diagnosis found_;
  bool has_noise_ = false;
};

/// The first mistake of a model in source order, or none; what a front end has noted comes first.
/// Units: an equation's right-hand side has the unit of its variable per second, a definition's or
/// assignment's value that of its variable, `refractory_time` seconds; the operands of sums,
/// comparisons, `%`, minimum, maximum, atan2, clip and select agree; functions take and give plain
/// numbers, but for abs, ceil, floor, sign (any unit), sqrt, powers with a literal rational
/// exponent, and the user's own. The threshold and operands of `and`, `or`, `not` are conditions. A
/// truth value may be used as a number. Shared variables are assigned in timed actions only; noise
/// stands in equations only. Must run before `simplify`, which drops units.
constexpr diagnosis check(model const& m) {
  checker c(m);
  c.run();
  return c.found();
}

/// The dimension of every node that the model's expressions need (others: 1) up to the first
/// mistake, which goes to `found`.
constexpr std::vector<dimension> dimensions(model const& m, diagnosis& found) {
  checker c(m);
  c.run();
  found = c.found();
  std::vector<dimension> all(static_cast<std::size_t>(m.nodes.size()));
  for (int i = 0; i < m.nodes.size(); ++i) all[static_cast<std::size_t>(i)] = c.unit(i);
  return all;
}

}  // namespace nernst::ir
