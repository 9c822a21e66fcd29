// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/check_value.hpp>
#include <nernst/ir/event_driven.hpp>
#include <nernst/ir/roots.hpp>

namespace nernst::ir {

/// Checks the blocks of a model, one after the other, up to the first mistake.
class checker : value_checker {
 public:
  using value_checker::value_checker;

  /// Everything, in source order: equations, subexpressions, sums, threshold, reset,
  /// refractoriness, events, actions, pathways, what mechanisms have.
  constexpr void run() {
    check_equations();
    check_subexpressions();
    check_sums();
    if (m_.threshold != none) condition("threshold", m_.threshold, m_.threshold_origin);
    statements("reset of ", m_.reset, false);
    check_refractoriness();
    for (auto const& e : m_.events) {
      place p("event ");
      p += e.id;
      condition(p, e.condition, e.origin);
      p = "on_event: ";
      statements(p, e.action, false);
    }
    for (auto const& a : m_.actions) {
      if (a.period != none) value("every", a.period, units::second);
      statements(a.period != none ? "every: " : "at: ", a.statements, true);
    }
    check_pathways();
    if (m_.placed != placement::nowhere) check_mechanism();
    if (ok()) types_.report(check_event_driven(m_));
  }

 private:
  constexpr void check_equations() {
    list<char> defined(m_.symbols.size());
    dimension unit;
    std::optional<dimension> slope;
    int const plain_noise = m_.find("xi");
    bool has_plain_noise = false;
    for (auto const& e : m_.equations) {
      if (!ok()) return;
      identifier const& id = m_.at(e.symbol).id;
      types_.stand_at(e.origin);
      if (defined[e.symbol] != 0) return types_.report(mistake::duplicate_equation, id);
      defined[e.symbol] = 1;
      if (e.unless_refractory && !m_.has_refractory())
        return types_.report(mistake::missing_refractory, id);
      place p("d");
      p += id;
      p += "/dt";
      // Most variables of a model have the same unit.
      if (m_.at(e.symbol).unit != unit || !slope) {
        unit = m_.at(e.symbol).unit;
        slope = typing::quotient(unit, units::second);
      }
      types_.stand_in(p, e.origin);
      if (slope)
        value(p, e.rhs, *slope, e.origin);
      else
        types_.mismatch("a unit in range", to_text(unit));
      if (e.event_driven) forbid_noise(e.rhs, "a clock-driven equation");
      auto const is_plain = [plain_noise](node const& n) {
        return n.code == op::symbol && n.which == plain_noise;
      };
      if (plain_noise == none || !any_of(m_.nodes, e.rhs, is_plain)) continue;
      if (has_plain_noise)
        types_.report(mistake::misplaced_noise, p, "xi_a, xi_b ... in several equations", "xi");
      has_plain_noise = true;
    }
  }

  constexpr void check_subexpressions() {
    for (auto const& s : m_.subexpressions) {
      symbol const& x = m_.at(s.symbol);
      fit(x.id.view(), s.value, x, s.origin);
      if (!ok()) return;
      forbid_noise(s.value);
      auto const draws = [](node const& n) { return is_random(n.code); };
      if (!s.constant_over_dt && any_of(m_.nodes, s.value, draws))
        types_.report(mistake::misplaced_random, x.id, "the flag 'constant over dt'");
      if (s.is_shared) require_shared(x.id, s.value);
    }
  }

  constexpr void check_sums() {
    for (auto const& s : m_.sums) {
      symbol const& x = m_.at(s.symbol);
      place p("summed ");
      p += spelled(x);
      types_.stand_at(s.origin);
      bool const of_neuron = x.owner != side::here && is_assignable(x, false);
      if (!of_neuron)
        types_.report(mistake::misplaced_statement, p, {},
                      x.owner == side::here ? "a variable of the synapse" : description(x));
      fit(p, s.value, x, s.origin);
      forbid_noise(s.value);
      if (ok() && reads(m_, s.value, [&x](symbol const& y) { return y == x; }))
        types_.report(mistake::cyclic_definition, spelled(x));
    }
  }

  constexpr void check_pathways() {
    constexpr string_view effect = "an assignment to a variable";
    for (auto const& p : m_.pathways) {
      place const occasion = occasion_of(p).view();
      types_.stand_in(occasion);
      if (p.statements.empty() && !m_.events_needed.any)
        types_.report(mistake::no_effect, occasion, effect);
      statements(place(occasion) += ": ", p.statements, false);
    }
    types_.stand_in("synapse");
    bool const acts =
        !m_.pathways.empty() || !m_.equations.empty() || !m_.sums.empty() || !m_.actions.empty();
    if (m_.of_synapses && !acts) types_.report(mistake::no_effect, "synapse", effect);
  }

  /// Variables of connections are known where a spike comes from one.
  constexpr void forbid_connections() {
    auto const is_connection = [this](node const& n) {
      return n.code == op::symbol && m_.at(n.which).kind == role::connection;
    };
    int seen = 0;
    int count = roots(m_).size() - m_.on_spike.size();
    for (event_block const& e : m_.event_blocks) count -= e.statements.size();
    for_each_root(m_, [&](int const& root) {
      if (seen++ >= count || root == none || !any_of(m_.nodes, root, is_connection)) return;
      for (symbol const& s : m_.symbols)
        if (s.kind == role::connection)
          return types_.report(mistake::not_supported, s.id, "it in on_spike(...) alone");
    });
  }
  /// Events act on elements side by side, which may be linked to one variable.
  constexpr void forbid_linked(place const& prefix, span<assignment const> block) {
    for (assignment const& s : block) {
      symbol const& x = m_.at(s.symbol);
      if (x.kind == role::linked)
        types_.report(mistake::misplaced_statement, place(prefix) += x.id, {}, "a linked variable");
    }
  }
  /// A voltage of its own would stand where that of the compartment is meant.
  constexpr void forbid_own_voltage() {
    if (m_.placed == placement::artificial) return;
    for (symbol const& s : m_.symbols)
      if (s.id == "v" && s.kind != role::local && s.owner == side::here)
        types_.report(mistake::reserved_name, s.id, "voltage, of the compartment");
  }
  constexpr void check_mechanism() {
    forbid_connections();
    forbid_own_voltage();
    bool const is_density = m_.placed == placement::density;
    dimension const wanted = is_density ? units::ampere / power(units::metre, 2) : units::ampere;
    for (auto const& c : m_.currents) {
      place p("current");
      if (c.ion.size > 0) (p += " of ") += c.ion;
      value(p, c.value, wanted, c.origin);
      forbid_noise(c.value);
    }
    statements("initial: ", m_.initial, false);
    statements("on_spike: ", m_.on_spike, false);
    for (event_block const& e : m_.event_blocks) {
      forbid_linked("event: ", e.statements);
      statements("event: ", e.statements, false);
    }
    statements("update: ", m_.with_update, false);
    statements("currents: ", m_.with_currents, false);
    for (auto const& s : m_.written) {
      symbol const& x = m_.at(s.symbol);
      place p("write: ");
      p += x.id;
      types_.stand_at(s.origin);
      bool const is_of_ion = x.kind == role::local && x.id.view().find('.') < x.id.view().size();
      bool const is_written = x.unit == units::molar || x.unit == units::volt;
      bool const is_own =
          (x.kind == role::state || x.kind == role::linked) && x.owner == side::here;
      if (!is_own && !(is_of_ion && is_written))
        types_.report(mistake::misplaced_statement, p, {},
                      is_of_ion ? "no concentration" : "no ion's");
      fit(p, s.value, x, s.origin);
      if (!is_own) forbid_noise(s.value);
    }
  }

  constexpr void check_refractoriness() {
    if (m_.refractory_while != none)
      condition("refractory", m_.refractory_while, m_.refractory_origin);
    int const time = m_.refractory_time;
    if (time == none || !ok()) return;
    types_.infer("refractory", time, m_.refractory_origin);
    if (ok() && types_.unit(time) != units::second)
      types_.mismatch("s or a condition", to_text(types_.unit(time)));
    forbid_noise(time);
  }

  /// Whether a variable has a value of its own for each element.
  constexpr bool has_element_values(int s) const {
    role const kind = m_.at(s).kind;
    if (kind == role::subexpression) {
      int const k = subexpression_of(m_, s);
      return k != none && !m_.subexpressions[k].is_shared;
    }
    return kind != role::noise && changes(variation_of(kind), variation::by_element);
  }
  constexpr void require_shared(identifier const& id, int value) {
    auto const has_elements = [this](node const& n) {
      return n.code == op::symbol && has_element_values(n.which);
    };
    if (any_of(m_.nodes, value, has_elements)) types_.report(mistake::not_shared, id);
  }

  static constexpr bool is_assignable(symbol const& s, bool shared_too) {
    if (s.constant || is_of_synapse(s.kind)) return false;
    if (is_shared(s.kind)) return shared_too;
    return is_stored(s.kind) || s.kind == role::linked || s.kind == role::connection;
  }
  static constexpr string_view description(symbol const& s) {
    if (s.constant) return "a constant";
    if (is_shared(s.kind)) return "a shared variable";
    if (s.kind == role::subexpression) return "a subexpression";
    if (s.kind == role::noise) return "noise";
    if (s.kind == role::local) return "a variable of the compartment";
    return s.kind == role::table ? "a timed array" : "a built-in variable";
  }

  constexpr void statements(place const& prefix, span<assignment const> block, bool shared_too) {
    for (auto const& s : block) {
      symbol const& x = m_.at(s.symbol);
      place p(prefix);
      p += x.id;
      types_.stand_at(s.origin);
      if (!is_assignable(x, shared_too))
        types_.report(mistake::misplaced_statement, p, {}, description(x));
      fit(p, s.value, x, s.origin);
      if (ok() && is_shared(x.kind)) require_shared(x.id, s.value);
      forbid_noise(s.value);
    }
  }
};

/// The first mistake of a model in source order, or none; what a front end has noted comes first.
/// Units: an equation's right-hand side has the unit of its variable per second, a definition's or
/// assignment's value that of its variable, `refractory_time` seconds; operations follow the rules
/// in their table, a sum has the unit of the variable that it becomes. The threshold and operands
/// of `and`, `or`, `not` are conditions. A truth value may be used as a number. Shared variables
/// are assigned in timed actions only; noise stands in equations only. Every block of a synapse has
/// an effect, and its event-driven equations can be solved (`check_event_driven`). Must run before
/// `simplify`, which drops units.
constexpr diagnosis check(model const& m) {
  typing types(m);
  checker(m, types).run();
  return types.found();
}

}  // namespace nernst::ir
