// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/clause_table.hpp>
#include <nernst/brian/equations.hpp>
#include <nernst/brian/statements.hpp>

namespace nernst::brian::detail {

/// Makes a model out of its pieces. The first mistake goes to `model::mistake`, and what follows it
/// is left out.
class lowering {
 public:
  constexpr explicit lowering(ir::placement placed = ir::placement::nowhere) : r_(m_) {
    m_.placed = placed;
    r_.is_spatial = placed != ir::placement::nowhere;
  }
  constexpr explicit lowering(reader::neighbours const& neurons) : r_(m_, neurons) {}
  constexpr ~lowering() = default;
  lowering(lowering const&) = delete;
  lowering& operator=(lowering const&) = delete;

  constexpr ir::model run(ir::span<piece const> pieces, ir::span<constant const> constants) {
    m_.of_synapses = r_.is_synapse;
    check_clauses(pieces);
    if (r_.is_spatial) membrane_reader(r_).enter_compartment();
    enter_constants(constants);
    for (piece const& p : pieces) {
      bool const refractory =
          p.kind == piece_kind::refractory || p.kind == piece_kind::refractory_time;
      r_.has_refractory = r_.has_refractory || refractory;
      if (p.kind == piece_kind::timed_array) enter_table(p);
      if (p.kind == piece_kind::multisynaptic_index) enter_multisynaptic_index(p.text);
      m_.per_synapse = m_.per_synapse || p.kind == piece_kind::per_synapse;
    }
    for (int k = 0; k < m_.functions.size(); ++k) enter_function(k);
    read_equations(pieces);
    for (int k = 0; k < pieces.size() && !r_.failed(); ++k) clause(pieces[k], pieces.from(k + 1));
    if (r_.is_spatial) membrane_reader(r_).place_threshold();
    if (!r_.failed()) r_.build.finish();
    return static_cast<ir::model&&>(m_);
  }
  /// Only names, as `run` has them before it reads equations.
  constexpr void enter_constants(ir::span<constant const> constants) {
    for (constant const& c : constants) {
      if (!may_have(c.name, r_.reserved_for_constants(c.name))) return;
      int const number = r_.number_of(c.name);
      if (r_.is_synapse && r_.resolve_neighbour(number)) continue;
      known_name& n = r_.at(number);
      if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, c.name);
      r_.become_value(n, c.value, c.unit);
    }
  }
  constexpr reader& names() { return r_; }
  constexpr ir::model& result() { return m_; }

 private:
  constexpr void fail(ir::mistake what, ir::string_view where, ir::string_view expected = {},
                      ir::string_view found = {}) {
    r_.build.fail(what, where, expected, found);
  }
  /// Whether the model may give this name to something.
  constexpr bool enter_name(ir::string_view id) { return may_have(id, r_.reserved(id)); }
  constexpr bool may_have(ir::string_view id, ir::string_view reserved) {
    auto const why = text::is_name(id) ? reserved : "letters, digits and _";
    if (!why.empty()) fail(ir::mistake::reserved_name, id, why);
    return why.empty();
  }
  constexpr bool is_short(ir::string_view id) {
    bool const fits = id.size() < sizeof(ir::identifier::data);
    if (!fits) fail(ir::mistake::name_too_long, id, "at most 31 characters");
    return fits;
  }

  constexpr void check_clauses(ir::span<piece const> pieces) {
    for (int k = 0; k < pieces.size(); ++k) {
      clause_row const* const row = row_of(pieces[k].kind);
      if (row == nullptr) continue;
      if (!(r_.is_synapse ? row->in_synapses : row->in_neurons))
        return fail(ir::mistake::misplaced_clause, row->name, {},
                    r_.is_synapse ? "synapse" : "neuron");
      if (!row->once || of_variables(pieces[k])) continue;
      for (int before = 0; before < k; ++before)
        if (clause_name(pieces[before].kind) == row->name && !of_variables(pieces[before]))
          return fail(ir::mistake::repeated_clause, row->name);
    }
  }
  /// Whether a method is that of some variables only.
  static constexpr bool of_variables(piece const& p) {
    return p.kind == piece_kind::method && !p.name.empty();
  }

  constexpr void enter_table(piece const& p) {
    if (!enter_name(p.name) || !is_short(p.name)) return;
    known_name& n = r_.at(p.name);
    if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, p.name);
    int const symbol = m_.add({.id = p.name, .kind = ir::role::table, .unit = p.unit});
    r_.become(n, meaning::table, symbol);
  }
  constexpr void enter_multisynaptic_index(ir::string_view id) {
    if (!enter_name(id) || !is_short(id)) return;
    known_name& n = r_.at(id);
    if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, id);
    int const symbol =
        m_.add({.id = id, .kind = ir::role::parameter, .type = ir::value_type::integer});
    r_.become_variable(n, symbol);
    n.has_line = true;
    r_.build.multisynaptic_index(symbol);
  }
  constexpr void enter_function(int k) {
    ir::identifier const& id = m_.functions[k].id;
    if (!text::is_name(id)) return;  // a derivative
    if (!enter_name(id)) return;
    known_name& n = r_.at(id.view());
    if (n.what != meaning::unresolved) return fail(ir::mistake::duplicate_variable, id);
    r_.become(n, meaning::own, k);
  }

  constexpr void read_equations(ir::span<piece const> pieces) {
    if (r_.failed()) return;
    equation_reader equations(r_);
    for (int k = 0; k < pieces.size(); ++k)
      if (pieces[k].kind == piece_kind::equations) sources_.push_back(r_.scan(pieces[k].text));
    if (r_.is_spatial) {
      sources_.push_back(r_.scan(membrane_quantities));
      equations.declare(sources_[sources_.size() - 1], sources_.size() - 1, {});
    }
    int next = 0;
    for (int k = 0; k < pieces.size() && !r_.failed(); ++k) {
      if (pieces[k].kind != piece_kind::equations) continue;
      int last = k + 1;
      while (last < pieces.size() && is_substitution(pieces[last])) ++last;
      ir::span<piece const> const substitutions = pieces.from(k + 1, last - k - 1);
      substitute(sources_[next], substitutions);
      equations.declare(sources_[next], next, substitutions);
      ++next;
    }
    if (r_.is_spatial) membrane_reader(r_).enter_shape();
    if (!r_.failed()) equations.read(sources_);
  }
  static constexpr bool is_substitution(piece const& p) {
    return p.kind == piece_kind::rename || p.kind == piece_kind::inlined;
  }
  /// Names that are replaced get another number, so that nobody has to know.
  constexpr void substitute(source& s, ir::span<piece const> substitutions) {
    if (substitutions.empty()) return;
    ir::list<int> instead;
    for (piece const& p : substitutions) {
      bool const renames = p.kind == piece_kind::rename;
      instead.push_back(renames ? r_.number_of(p.text) : r_.add_nameless());
      if (!renames) r_.become_value(r_.at(instead.back()), p.value, p.unit);
    }
    for (token& t : s.tokens) {
      if (t.kind != token_kind::name) continue;
      int k = 0;
      while (k < substitutions.size() && substitutions[k].name != s.of(t)) ++k;
      if (k < substitutions.size()) t.name = instead[k];
    }
  }

  constexpr located_expression expression(piece const& p) {
    return read_expression(r_, r_.scan(p.text, clause_name(p.kind)));
  }
  /// Those of actions and synapses; resets and what events do go through.
  constexpr ir::list<ir::assignment> gated_statements(piece const& p) {
    r_.build.statements().respect_refractoriness();
    return statements(p);
  }
  constexpr ir::list<ir::assignment> statements(piece const& p) {
    source const s = r_.scan(p.text, clause_name(p.kind));
    return statement_reader(r_, s).read();
  }

  constexpr void clause(piece const& p, ir::span<piece const> following) {
    switch (p.kind) {
    case piece_kind::threshold:
      return threshold(expression(p));
    case piece_kind::reset:
      m_.reset = statements(p);
      return;
    case piece_kind::refractory:
      return refractory(expression(p));
    case piece_kind::refractory_time:
      m_.refractory_time = m_.nodes.literal(p.value, p.unit);
      return;
    case piece_kind::method:
      return method(p);
    case piece_kind::scheme:
      r_.build.scheme(p.text);
      return r_.build.method(ir::method_id::scheme);
    case piece_kind::event:
      return event(p);
    case piece_kind::on_event:
      if (p.name == "spike")
        return fail(ir::mistake::not_supported, p.name, "reset(...) for spikes");
      return r_.build.on_event(p.name, statements(p), p.when_or(ir::event{}.act));
    case piece_kind::every: {
      int const period = m_.nodes.literal(p.value, p.unit);
      return r_.build.every(period, gated_statements(p), p.when_or(ir::timed_action{}.when));
    }
    case piece_kind::at: {
      ir::list<double> times;
      for (int k = 0; k < following.size() && following[k].kind == piece_kind::time; ++k)
        times.push_back(following[k].value);
      return r_.build.at(times, gated_statements(p), p.when_or(ir::timed_action{}.when));
    }
    case piece_kind::on_pre:
      return pathway(ir::side::pre, p);
    case piece_kind::on_post:
      return pathway(ir::side::post, p);
    default:
      return;
    }
  }

  constexpr void threshold(located_expression const& e) {
    m_.threshold = e.root;
    m_.threshold_origin = e.origin;
  }
  constexpr void refractory(located_expression const& e) {
    (e.is_truth ? m_.refractory_while : m_.refractory_time) = e.root;
    m_.refractory_origin = e.origin;
  }

  constexpr void pathway(ir::side trigger, piece const& p) {
    for (ir::string_view const id : {p.name, p.event}) {
      if (id.empty()) continue;
      if (!is_short(id)) return;
      if (!text::is_name(id)) return fail(ir::mistake::reserved_name, id, "letters, digits and _");
    }
    r_.build.pathway({.trigger = trigger,
                      .statements = gated_statements(p),
                      .name = p.name,
                      .event = p.event.empty() ? ir::pathway{}.event : ir::identifier(p.event),
                      .when = p.when_or(ir::usual_instant(trigger))});
  }

  constexpr void method(piece const& p) {
    ir::method_name const* const known = ir::find_method(p.text);
    if (known != nullptr && !known->instead.empty())
      return fail(ir::mistake::not_supported, p.text, known->instead);
    if (known == nullptr || known->id == ir::method_id::scheme)
      return fail(ir::mistake::unknown_method, p.text, "a name such as rk4");
    if (p.name.empty()) return r_.build.method(known->id);
    source const list = r_.scan(p.name, "method");
    for (token const* t = list.tokens.data();; ++t) {
      if (t->kind != token_kind::name)
        return r_.unexpected(list, t->at, "a list of variables: v, w");
      if (!has_equation(r_.at(t->name)))
        return r_.fail_name(ir::mistake::unknown_variable, list, *t, "a variable with an equation");
      r_.build.method(known->id, list.of(*t));
      ++t;
      if (t->kind == token_kind::end) return;
      if (t->kind != token_kind::comma) return r_.unexpected(list, t->at, "a comma");
    }
  }
  constexpr bool has_equation(known_name const& n) const {
    for (ir::equation const& e : m_.equations)
      if (n.what == meaning::variable && e.symbol == n.index) return true;
    return false;
  }

  constexpr void event(piece const& p) {
    if (p.name == "spike")
      return fail(ir::mistake::reserved_name, p.name, "threshold(...) for spikes");
    if (!is_short(p.name)) return;
    if (!text::is_name(p.name))
      return fail(ir::mistake::reserved_name, p.name, "letters, digits and _");
    located_expression const e = expression(p);
    r_.build.event(p.name, e.root, p.when_or(ir::event{}.check), e.origin);
  }

  ir::model m_;
  reader r_;
  ir::list<source> sources_;
};

}  // namespace nernst::brian::detail
