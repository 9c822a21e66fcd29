// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/units_of_expressions.hpp>

namespace nernst::nmodl {

namespace detail {

/// Compares the units of the statements and reactions of a file.
class unit_checker : public units_of_expressions {
 public:
  constexpr unit_checker(syntax& s, contents& c) : units_of_expressions(s, c) {}

  constexpr void run() {
    for (int k = 0; k < s_.units.size(); ++k) require_known(k);
    for (block const& b : s_.blocks) {
      enter_arguments(b);
      enter_volumes(b);
      body(b.body);
    }
  }

 private:
  /// Each unknown name is reported once.
  constexpr void require_known(int unit) {
    unit_table::reading const r = c_.units.read(s_.unit_text(unit));
    if (r.ok()) return;
    for (ir::string_view const u : unknown_units_)
      if (u == r.unknown) return;
    unknown_units_.push_back(r.unknown);
    c_.findings.push_back({grade::warning,
                           s_.units[unit].begin,
                           {ir::mistake::unknown_unit, r.unknown, "(unit) = (unit)", {}}});
  }

  constexpr void enter_arguments(block const& b) {
    for (int k = 0; k < b.arguments; ++k) {
      int const local = b.first_argument + k;
      of_local_[local] = declared(s_.locals[local].unit);
    }
    if (b.kind == keyword::function) of_local_[b.first_argument - 1] = declared(b.unit);
    if (b.kind == keyword::net_receive) of_local_[b.first_argument + b.arguments] = unknown_unit;
  }

  constexpr void statements(int first) {
    for (int k = first; k != ir::none; k = s_.nodes[k].next) statement(k);
  }
  constexpr void body(int b) {
    if (b != ir::none) statements(s_.nodes[b].a);
  }
  constexpr void statement(int k) {
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
      return statement(n.a);
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

  ir::list<written_unit> volume_;  ///< by name: of COMPARTMENT
  ir::list<ir::string_view> unknown_units_;
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
