// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/units_of_names.hpp>
#include <nernst/text/scanner.hpp>

namespace nernst::nmodl::detail {

/// A function of NEURON whose arguments have units; "?" stands for any.
struct library_units {
  ir::string_view id, result, arguments[4];
};
inline constexpr library_units functions_with_units[] = {
    {"nrn_ghk", "millicoulombs/cm3", {"millivolt", "milli/liter", "milli/liter", ""}},
    {"nernst", "millivolt", {"milli/liter", "milli/liter", "", ""}},
    {"at_time", "", {"ms"}},
    {"net_event", "", {"ms"}},
    {"net_move", "", {"ms"}},
    {"net_send", "", {"ms", "?"}}};
inline constexpr ir::string_view functions_of_numbers[] = {
    "exp",  "log",  "log10", "sqrt", "sin",  "cos", "tan", "asin",
    "acos", "atan", "sinh",  "cosh", "tanh", "erf", "pow", "ghk"};

/// Finds the units of expressions by the rules of NEURON's `modlunit`, and reports what does not
/// fit.
class units_of_expressions : public units_of_names {
 protected:
  constexpr units_of_expressions(syntax& s, contents& c)
      : units_of_names(s, c), names_(s, known_), of_local_(s.locals.size()) {}

  constexpr written_unit unit_at(int k) {
    constexpr int deepest = 2000;
    if (level_ == deepest) return unknown_unit;
    ++level_;
    written_unit const u = unit_of_node(k, s_.nodes[k]);
    --level_;
    return u;
  }
  /// The unit that both have; a difference is reported.
  constexpr written_unit compare(int k, ir::string_view what, written_unit const& wanted,
                                 written_unit const& found) {
    if (found.is_number) return wanted;
    if (wanted.is_number || wanted.is_any) return found;
    if (found.is_any || !is_checked(k)) return wanted;
    bool const conforms = wanted.value.conforms(found.value);
    if (conforms && is_near(wanted.value.factor, found.value.factor)) return wanted;
    unit_phrase const said = to_text(found.value);
    unit_phrase expected = to_text(wanted.value);
    if (conforms) {
      expected = unit_phrase("a factor (");
      append_number(expected, found.value.factor / wanted.value.factor);
      expected += ") before it";
    }
    c_.findings.push_back({grade::warning,
                           s_.nodes[k].at,
                           {ir::mistake::dimension_mismatch, what, expected.view(), said.view()}});
    return wanted;
  }

  contents known_;  ///< what `examine` has found: nobody is told again
  meanings names_;
  ir::list<written_unit> of_local_;

 private:
  constexpr written_unit unit_of_node(int k, node const n) {
    switch (n.kind) {
    case node_kind::number:
      return of_number(n);
    case node_kind::name:
    case node_kind::element:
      return n.b != ir::none ? of_local_[n.b] : of_name(n.name);
    case node_kind::prime:
      return product(of_name(n.name), power_of(unit_of("ms"), n.value), -1);
    case node_kind::prefix: {
      written_unit const u = unit_at(n.a);
      return n.code == ir::op::negate ? u : written_unit{};
    }
    case node_kind::infix:
      return infix(k, n);
    case node_kind::call:
      return call(k, n);
    default:
      return unknown_unit;
    }
  }
  /// A number alone in parentheses converts: (1000)*x is x in a unit that is a thousandth.
  constexpr written_unit of_number(node const& n) const {
    if (n.b != ir::none) return declared(n.b);
    written_unit u{.is_number = true};
    if (is_alone_in_parentheses(n.at)) {
      u.is_number = false;
      u.value.factor = n.value != 0 ? 1 / n.value : 1;
    }
    return u;
  }
  constexpr bool is_alone_in_parentheses(int at) const {
    int const k = s_.source_of(at);
    ir::string_view const t = s_.sources[k].text;
    auto const is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    std::size_t const from = static_cast<std::size_t>(at - s_.begins[k]);
    std::size_t before = from, behind = from;
    while (before > 0 && is_blank(t[before - 1])) --before;
    if (before == 0 || t[before - 1] != '(') return false;
    for (--before; before > 0 && is_blank(t[before - 1]);) --before;
    if (is_call(t.substr(0, before))) return false;
    while (behind < t.size() && is_of_number(t, behind)) ++behind;
    while (behind < t.size() && is_blank(t[behind])) ++behind;
    return behind < t.size() && t[behind] == ')';
  }
  /// Whether a name that takes arguments, or an if, ends there.
  static constexpr bool is_call(ir::string_view t) {
    char const last = t.empty() ? ' ' : t.back();
    return text::continues_name(last) && !t.ends_with("COMPARTMENT") &&
           !t.ends_with("LONGITUDINAL_DIFFUSION");
  }
  /// Whether a character continues a number, or a name of DEFINE.
  static constexpr bool is_of_number(ir::string_view t, std::size_t k) {
    char const c = t[k];
    bool const is_sign = (c == '-' || c == '+') && k > 0 && (t[k - 1] == 'e' || t[k - 1] == 'E');
    return text::continues_name(c) || c == '.' || is_sign;
  }

  constexpr written_unit infix(int k, node const& n) {
    written_unit const a = unit_at(n.a);
    if (n.code == ir::op::power) return raised(k, n, a);
    written_unit const b = unit_at(n.b);
    switch (n.code) {
    case ir::op::add:
    case ir::op::subtract:
      return compare(k, n.code == ir::op::add ? "+" : "-", a, b);
    case ir::op::multiply:
      return product(a, b, 1);
    case ir::op::divide:
      return product(a, b, -1);
    case ir::op::logical_and:
    case ir::op::logical_or:
      return {};
    default:
      compare(k, "comparison", a, b);
      return {};
    }
  }
  /// What has a unit has a whole number for its power.
  constexpr written_unit raised(int k, node const& n, written_unit const& a) {
    node const& by = s_.nodes[n.b];
    bool const is_whole = by.kind == node_kind::number && by.b == ir::none && is_power(by.value);
    if (!is_whole) {
      require_number(n.b, "a power", unit_at(n.b));
      require_number(k, "^", a);
      return {};
    }
    return power_of(a, by.value);
  }

  constexpr written_unit call(int k, node const& n) {
    int const known = names_[n.name].block;
    if (known != ir::none) return own_call(n, s_.blocks[known]);
    ir::string_view const id = text(n.name);
    for (library_units const& f : functions_with_units)
      if (f.id == id) return library_call(n, f);
    for (ir::string_view const f : functions_of_numbers)
      if (f == id) return call_with_numbers(n, id);
    return other_call(k, n, id);
  }
  constexpr written_unit own_call(node const& n, block const& b) {
    int k = 0;
    for (int a = n.a; a != ir::none && k < b.arguments; a = s_.nodes[a].next, ++k)
      compare(a, text(n.name), declared(s_.locals[b.first_argument + k].unit), unit_at(a));
    return declared(b.unit);
  }
  constexpr written_unit library_call(node const& n, library_units const& f) {
    int a = n.a;
    for (int j = 0; j < 4 && a != ir::none; ++j, a = s_.nodes[a].next) {
      written_unit const given = unit_at(a);
      if (f.arguments[j] != "?") compare(a, f.id, unit_of(f.arguments[j]), given);
    }
    return unit_of(f.result);
  }
  constexpr written_unit call_with_numbers(node const& n, ir::string_view id) {
    for (int a = n.a; a != ir::none; a = s_.nodes[a].next) require_number(a, id, unit_at(a));
    return {};
  }
  constexpr written_unit other_call(int k, node const& n, ir::string_view id) {
    written_unit first = unknown_unit, second = unknown_unit;
    for (int a = n.a; a != ir::none; a = s_.nodes[a].next) {
      written_unit const given = unit_at(a);
      if (a == n.a)
        first = given;
      else if (a == s_.nodes[n.a].next)
        second = given;
    }
    if (id == "state_discontinuity") compare(k, id, first, second);
    bool const keeps = id == "fabs" || id == "abs" || id == "floor" || id == "ceil";
    return keeps ? first : unknown_unit;
  }

  constexpr void require_number(int k, ir::string_view what, written_unit const& u) {
    compare(k, what, {}, u);
  }
  constexpr bool is_checked(int node) const {
    bool on = true;
    for (unit_switch const& w : s_.unit_switches)
      if (w.node <= node) on = w.is_on;
    return on;
  }

  int level_ = 0;
};

}  // namespace nernst::nmodl::detail
