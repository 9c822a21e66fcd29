// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/meaning.hpp>
#include <nernst/nmodl/written_unit.hpp>

namespace nernst::nmodl {

namespace detail {

/// Finds the units of expressions by the rules of NEURON's `modlunit`.
class unit_checker {
 public:
  constexpr unit_checker(syntax& s, contents& c) : s_(s), c_(c), names_(s, scratch_) {
    of_name_ = ir::list<written_unit>(s.names.size());
    is_known_ = ir::list<char>(s.names.size());
    of_local_ = ir::list<written_unit>(s.locals.size());
    enter_variables();
  }

  constexpr void run() {
    for (int k = 0; k < s_.units.size(); ++k) require_known(k);
    for (block const& b : s_.blocks) {
      for (int k = 0; k < b.arguments; ++k) {
        local_variable const& v = s_.locals[b.first_argument + k];
        of_local_[b.first_argument + k] = declared(v.unit);
      }
      if (b.kind == keyword::function) of_local_[b.first_argument - 1] = declared(b.unit);
      if (b.kind == keyword::net_receive) of_local_[b.first_argument + b.arguments] = anything();
      enter_volumes(b);
      body(b.body);
    }
  }

 private:
  static constexpr written_unit anything() { return {.is_any = true}; }
  constexpr written_unit declared(int unit) const {
    if (unit == ir::none) return {};
    return unit_of(s_.unit_text(unit));
  }
  constexpr written_unit unit_of(std::string_view text) const {
    unit_table::reading const r = c_.units.read(text);
    return r.ok() ? written_unit{.value = r.value} : anything();
  }

  constexpr void enter_variables() {
    for (std::string_view const id : {"f_flux", "b_flux", "first_time", "error"})
      give(id, anything());
    struct {
      std::string_view id, unit;
    } constexpr specials[] = {{"v", "millivolt"},  {"t", "ms"},        {"dt", "ms"},
                              {"celsius", "degC"}, {"diam", "micron"}, {"area", "micron2"}};
    for (auto const& [id, unit] : specials) give(id, unit_of(unit));
    for (declaration const& d : s_.declarations) {
      int const unit = d.other != ir::none ? d.other : d.unit;
      of_name_[d.name] = d.kind == storage::file_local ? anything() : declared(unit);
      is_known_[d.name] = 1;
    }
    for (declaration const& d : s_.declarations) {
      for (auto const& [id, unit] : specials)
        if (text(d.name) == id && d.kind != storage::independent) expect(d, unit);
      if (d.kind == storage::state) give_first_value(d);
    }
    bool const is_density = c_.kind == mechanism_kind::density;
    std::string_view const current = is_density ? "milliamp/cm2" : "nanoamp";
    for (listed_name const& n : s_.listed) {
      bool const is_current =
          n.list == keyword::nonspecific_current || n.list == keyword::electrode_current;
      if (is_current) enter_listed(n.name, current);
    }
    for (ion_variable const& v : s_.ion_variables) {
      std::string_view const id = text(v.name), ion = text(s_.ions[v.ion].name);
      bool const is_concentration = id.substr(1) != ion;
      std::string_view const unit = id[0] == 'e' ? "millivolt" : current;
      enter_listed(v.name, is_concentration ? "milli/liter" : unit);
    }
  }
  constexpr void give(std::string_view id, written_unit u) {
    int const n = s_.names.intern(id);
    while (of_name_.size() <= n) {
      of_name_.push_back(anything());
      is_known_.push_back(0);
    }
    of_name_[n] = u;
    is_known_[n] = 1;
  }
  /// x0 is the first value of the state x.
  constexpr void give_first_value(declaration const& d) {
    std::string_view const id = text(d.name);
    for (int n = 0; n < of_name_.size(); ++n) {
      std::string_view const other = text(n);
      bool const is_first =
          other.size() == id.size() + 1 && other.back() == '0' && other.starts_with(id);
      if (is_first && is_known_[n] == 0) give(other, of_name_[d.name]);
    }
  }
  constexpr void enter_listed(int name, std::string_view unit) {
    bool is_declared = false;
    for (declaration const& d : s_.declarations)
      if (d.name == name) {
        if (!is_declared) expect(d, unit);
        is_declared = true;
      }
    if (!is_declared) give(text(name), unit_of(unit));
  }
  /// What has a meaning for NEURON has its unit.
  constexpr void expect(declaration const& d, std::string_view unit) {
    written_unit const found = declared(d.unit), wanted = unit_of(unit);
    if (found.is_any || wanted.is_any) return;
    bool const fits =
        found.value.conforms(wanted.value) && is_near(found.value.factor, wanted.value.factor);
    if (!fits)
      c_.findings.push_back({grade::warning,
                             d.at,
                             {ir::mistake::dimension_mismatch, text(d.name), unit,
                              d.unit == ir::none ? std::string_view("1") : s_.unit_text(d.unit)}});
  }
  constexpr std::string_view text(int name) const { return s_.names[name]; }

  // ---- statements

  constexpr void statements(int first) {
    for (int k = first; k != ir::none; k = s_.nodes[k].next) one(k);
  }
  constexpr void body(int b) {
    if (b != ir::none) statements(s_.nodes[b].a);
  }
  constexpr void one(int k) {
    node const n = s_.nodes[k];
    switch (n.kind) {
    case node_kind::block:
      return statements(n.a);
    case node_kind::assign:
      return assign(k, n);
    case node_kind::invoke:
      unit_at(n.a);
      return;
    case node_kind::choice:
      return choice(n);
    case node_kind::repeat:
      unit_at(n.a);
      return body(n.b);
    case node_kind::count:
      return body(n.d);
    case node_kind::initial:
      return body(n.a);
    case node_kind::for_netcons:
      return body(n.b);
    case node_kind::protect:
      return one(n.a);
    case node_kind::watch:
      unit_at(n.a);
      return;
    case node_kind::equation:
      compare(k, "=", unit_at(n.a), unit_at(n.b));
      return;
    case node_kind::reaction:
    case node_kind::influx:
    case node_kind::decay:
      return react(k, n);
    case node_kind::conserve:
      compare(k, "CONSERVE", quantity_of(n.a, k), unit_at(n.b));
      return;
    default:
      return;
    }
  }
  constexpr void choice(node n) {
    for (;;) {
      unit_at(n.a);
      body(n.b);
      if (n.c == ir::none) return;
      if (s_.nodes[n.c].kind != node_kind::choice) return body(n.c);
      n = s_.nodes[n.c];
    }
  }
  constexpr void assign(int k, node const& n) {
    node const target = s_.nodes[n.a];
    written_unit given = unit_at(n.b);
    written_unit* const place = target.kind == node_kind::prime ? nullptr : taken_by(target);
    if (place == nullptr) {
      compare(k, text(target.name), unit_at(n.a), given);
    } else {
      given.is_number = false;
      *place = given;
    }
  }
  /// A LOCAL has the unit of what it was given last.
  constexpr written_unit* taken_by(node const& target) {
    if (target.b != ir::none)
      return s_.locals[target.b].kind == local_variable::own ? &of_local_[target.b] : nullptr;
    meaning const& m = names_[target.name];
    bool const is_local =
        m.declaration != ir::none && s_.declarations[m.declaration].kind == storage::file_local;
    return is_local ? &of_name_[target.name] : nullptr;
  }

  // ---- reactions

  /// The volumes of COMPARTMENT.
  constexpr void enter_volumes(block const& b) {
    if (b.kind != keyword::kinetic) return;
    volume_ = ir::list<written_unit>(s_.names.size());
    for (int k = b.first_node; k < b.last_node; ++k) {
      node const n = s_.nodes[k];
      if (n.kind != node_kind::compartment) continue;
      written_unit const volume = unit_at(n.a);
      for (int t = n.b; t != ir::none; t = s_.nodes[t].next) volume_[s_.nodes[t].name] = volume;
    }
  }
  constexpr written_unit quantity(node const& term) {
    node const x = s_.nodes[term.a];
    written_unit all = unit_at(term.a);
    bool const is_state = x.b == ir::none && x.name < volume_.size();
    return is_state ? product(all, volume_[x.name], 1) : all;
  }
  /// What the terms have in common: their material.
  constexpr written_unit quantity_of(int terms, int at) {
    written_unit all = quantity(s_.nodes[terms]);
    for (int t = s_.nodes[terms].next; t != ir::none; t = s_.nodes[t].next)
      compare(at, "+", all, quantity(s_.nodes[t]));
    return all;
  }
  constexpr written_unit concentrations(int terms) {
    written_unit all;
    for (int t = terms; t != ir::none; t = s_.nodes[t].next)
      all = product(all, power_of(unit_at(s_.nodes[t].a), s_.nodes[t].value), 1);
    return all;
  }
  constexpr void react(int k, node const& n) {
    written_unit const material = quantity_of(n.a, k);
    if (n.kind == node_kind::reaction) compare(k, "<->", material, quantity_of(n.b, k));
    written_unit const flux = product(material, unit_of("ms"), -1);
    if (n.kind == node_kind::influx) {
      compare(k, "<<", flux, unit_at(n.c));
    } else {
      compare(k, "rate", product(flux, concentrations(n.a), -1), unit_at(n.c));
      if (n.kind == node_kind::reaction)
        compare(k, "rate", product(flux, concentrations(n.b), -1), unit_at(n.d));
    }
    give("f_flux", flux);
    give("b_flux", flux);
  }

  // ---- expressions

  constexpr written_unit unit_at(int k) {
    constexpr int deepest = 2000;
    if (level_ == deepest) return anything();
    ++level_;
    written_unit const u = unit_of_node(k, s_.nodes[k]);
    --level_;
    return u;
  }
  constexpr written_unit unit_of_node(int k, node const n) {
    switch (n.kind) {
    case node_kind::number:
      return of_number(n);
    case node_kind::name:
    case node_kind::element:
      return n.b != ir::none ? of_local_[n.b] : of_name(n.name);
    case node_kind::prime: {
      return product(of_name(n.name), power_of(unit_of("ms"), n.value), -1);
    }
    case node_kind::prefix: {
      written_unit const u = unit_at(n.a);
      return n.code == ir::op::negate ? u : written_unit{};
    }
    case node_kind::infix:
      return infix(k, n);
    case node_kind::call:
      return call(k, n);
    default:
      return anything();
    }
  }
  constexpr written_unit of_name(int name) const {
    if (name >= of_name_.size() || is_known_[name] == 0) return anything();
    return of_name_[name];
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
    std::string_view const t = s_.sources[k].text;
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
  static constexpr bool is_call(std::string_view t) {
    char const last = t.empty() ? ' ' : t.back();
    bool const is_word = is_letter(last) || text::is_digit(last);
    return is_word && !t.ends_with("COMPARTMENT") && !t.ends_with("LONGITUDINAL_DIFFUSION");
  }
  /// Whether a character continues a number, or a name of DEFINE.
  static constexpr bool is_of_number(std::string_view t, std::size_t k) {
    char const c = t[k];
    bool const is_sign = (c == '-' || c == '+') && k > 0 && (t[k - 1] == 'e' || t[k - 1] == 'E');
    return is_letter(c) || text::is_digit(c) || c == '.' || is_sign;
  }
  static constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static constexpr written_unit product(written_unit a, written_unit const& b, int power) {
    a.is_any = a.is_any || b.is_any;
    a.is_number = a.is_number && b.is_number;
    a.value.factor = power > 0 ? a.value.factor * b.value.factor : a.value.factor / b.value.factor;
    for (int k = 0; k < unit_value::bases; ++k)
      a.value.powers[k] = static_cast<signed char>(a.value.powers[k] + power * b.value.powers[k]);
    return a;
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
      require_none(n.b, "a power", unit_at(n.b));
      require_none(k, "^", a);
      return {};
    }
    return power_of(a, by.value);
  }
  static constexpr bool is_power(double x) { return x >= 0 && x <= 8 && x == static_cast<int>(x); }
  static constexpr written_unit power_of(written_unit const& u, double power) {
    if (!is_power(power)) return anything();
    written_unit all{.is_number = u.is_number};
    for (int p = 0; p < static_cast<int>(power); ++p) all = product(all, u, 1);
    return all;
  }

  constexpr written_unit call(int k, node const& n) {
    int const known = names_[n.name].block;
    if (known != ir::none) return own_call(n, s_.blocks[known]);
    std::string_view const id = text(n.name);
    struct library_unit {
      std::string_view id, result, arguments[4];
    };
    constexpr library_unit with_units[] = {
        {"nrn_ghk", "millicoulombs/cm3", {"millivolt", "milli/liter", "milli/liter", ""}},
        {"nernst", "millivolt", {"milli/liter", "milli/liter", "", ""}},
        {"at_time", "", {"ms"}},
        {"net_event", "", {"ms"}},
        {"net_move", "", {"ms"}},
        {"net_send", "", {"ms", "?"}}};
    for (library_unit const& f : with_units) {
      if (f.id != id) continue;
      int a = n.a;
      for (int j = 0; j < 4 && a != ir::none; ++j, a = s_.nodes[a].next) {
        written_unit const given = unit_at(a);
        if (f.arguments[j] != "?") compare(a, id, unit_of(f.arguments[j]), given);
      }
      return unit_of(f.result);
    }
    return other_call(k, n, id);
  }
  constexpr written_unit other_call(int k, node const& n, std::string_view id) {
    constexpr std::string_view numbers[] = {"exp",  "log",  "log10", "sqrt", "sin",  "cos",
                                            "tan",  "asin", "acos",  "atan", "sinh", "cosh",
                                            "tanh", "erf",  "pow",   "ghk"};
    bool of_numbers = false;
    for (std::string_view const f : numbers) of_numbers = of_numbers || f == id;
    written_unit first = anything();
    for (int a = n.a; a != ir::none; a = s_.nodes[a].next) {
      written_unit const given = unit_at(a);
      if (a == n.a) first = given;
      if (of_numbers) require_none(a, id, given);
    }
    if (of_numbers) return {};
    if (id == "state_discontinuity" && n.a != ir::none && s_.nodes[n.a].next != ir::none)
      compare(k, id, first, unit_at(s_.nodes[n.a].next));
    bool const keeps = id == "fabs" || id == "abs" || id == "floor" || id == "ceil";
    return keeps ? first : anything();
  }
  constexpr written_unit own_call(node const& n, block const& b) {
    int k = 0;
    for (int a = n.a; a != ir::none && k < b.arguments; a = s_.nodes[a].next, ++k)
      compare(a, text(n.name), declared(s_.locals[b.first_argument + k].unit), unit_at(a));
    return declared(b.unit);
  }

  // ---- findings

  /// Each unknown name is reported once.
  constexpr void require_known(int unit) {
    unit_table::reading const r = c_.units.read(s_.unit_text(unit));
    if (r.ok()) return;
    for (std::string_view const u : unknown_)
      if (u == r.unknown) return;
    unknown_.push_back(r.unknown);
    c_.findings.push_back({grade::warning,
                           s_.units[unit].begin,
                           {ir::mistake::unknown_unit, r.unknown, "(unit) = (unit)", {}}});
  }

  constexpr bool is_on(int node) const {
    bool on = true;
    for (unit_switch const& w : s_.unit_switches)
      if (w.node <= node) on = w.is_on;
    return on;
  }
  constexpr void require_none(int k, std::string_view what, written_unit const& u) {
    compare(k, what, {}, u);
  }
  /// The unit that both have; a difference is reported.
  constexpr written_unit compare(int k, std::string_view what, written_unit const& wanted,
                                 written_unit const& found) {
    if (found.is_number) return wanted;
    if (wanted.is_number || wanted.is_any) return found;
    if (found.is_any || !is_on(k)) return wanted;
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

  syntax& s_;
  contents& c_;
  contents scratch_;
  meanings names_;
  ir::list<written_unit> of_name_, of_local_, volume_;
  ir::list<char> is_known_;
  ir::list<std::string_view> unknown_;
  int level_ = 0;
};

}  // namespace detail

/// Adds a warning to what was found about a file for each place where units do not fit: of sums,
/// comparisons, assignments, arguments, powers, reactions, and of what NEURON gives a unit. The
/// rules are those of NEURON's `modlunit`: a number without a unit fits to anything in a sum, one
/// alone in parentheses converts, a LOCAL has the unit of what it was given last, and nothing is
/// reported behind UNITSOFF. Files that could not be read have none.
constexpr void check_units(syntax& s, contents& c) {
  if (!s.ok() || c.has_mistake()) return;
  detail::unit_checker(s, c).run();
}

}  // namespace nernst::nmodl
