// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builder.hpp>
#include <nernst/language/draw_numbers.hpp>
#include <nernst/language/event_blocks.hpp>
#include <nernst/language/model.hpp>

namespace nernst::language {

namespace detail {

/// Carries written terms into the graph of a model. Variables are declared on first sight.
class lowering {
 public:
  constexpr explicit lowering(ir::model& m) : m_(m), build_(m), events_(m, build_) {}

  /// What blocks have to know of the model's equations, and of the neurons of a synapse.
  template <int N, equation_flag Flag>
  constexpr void announce(equation<N, Flag> const& e) {
    build_.freeze(e.target.id, ir::side::here);
  }
  constexpr void announce(ir::span<ir::symbol const> neuron, ir::side owner) {
    for (ir::symbol const& s : neuron)
      if (s.frozen) build_.freeze(s.id, owner);
  }
  /// And what events have to know of what sends them.
  template <event_request Request, int N, int C>
  constexpr void announce(event_statement<Request, N, C> const& s) {
    if constexpr (Request == event_request::fire)
      events_.announce_spike();
    else
      events_.announce(s.id, Request == event_request::move);
  }
  template <class... S>
  constexpr void announce(connection_loop<S...> const&) {
    m_.events_needed.any = true;
  }
  template <int N>
  constexpr void announce(statement<N> const&) {}

  template <int N, equation_flag Flag>
  constexpr void clause(equation<N, Flag> const& e) {
    ir::equation r{.symbol = variable(e.target), .rhs = expression(e.rhs)};
    r.unless_refractory = Flag == equation_flag::unless_refractory;
    r.event_driven = Flag == equation_flag::event_driven;
    m_.origins.push_back({.place = e.place});
    r.origin = m_.origins.size() - 1;
    build_.equation(r);
  }
  template <Definition D>
  constexpr void clause(D const& d) {
    int const target = variable(term_of(d));
    build_.define({target, expression(d.value), d.constant_over_dt, d.is_shared});
  }
  template <Declaration V>
  constexpr void clause(V const& v) {
    variable(term_of(v));
  }
  template <int N>
  constexpr void clause(threshold_clause<N> const& c) {
    m_.threshold = expression(c.terms);
  }
  template <int N>
  constexpr void clause(refractory_clause<N> const& c) {
    (c.is_condition ? m_.refractory_while : m_.refractory_time) = expression(c.terms);
  }
  template <class... S>
  constexpr void clause(reset_clause<S...> const& c) {
    m_.reset = block(c.statements);
  }
  template <int N>
  constexpr void clause(event_clause<N> const& c) {
    build_.event(ir::identifier(c.id), expression(c.terms), c.check);
  }
  template <class... S>
  constexpr void clause(on_event_clause<S...> const& c) {
    bool const is_usual = c.act == ir::event{}.act;
    if (events_.knows(c.id)) {
      if (!is_usual) build_.fail(ir::mistake::misplaced_clause, "on_event(...).when", {}, c.id);
      return events_.handle(events_.number_of(c.id), handler(c.statements));
    }
    if (has_own_events<on_event_clause<S...>>)
      return build_.fail(ir::mistake::not_supported, c.id, "watch_for in the place of event");
    build_.on_event(ir::identifier(c.id), handler(c.statements).blocks[0], c.act);
  }
  template <int N, class... S>
  constexpr void clause(every_clause<N, S...> const& c) {
    int const period = expression(c.period);
    build_.every(period, gated_block(c.statements), c.act);
  }
  template <int N, class... S>
  constexpr void clause(at_clause<N, S...> const& c) {
    build_.at(c.times, gated_block(c.statements), c.act);
  }
  template <class... S>
  constexpr void clause(pathway_clause<S...> const& c) {
    if (!is_short(c.id) || !is_short(c.event)) return;
    build_.pathway({.trigger = c.trigger,
                    .statements = gated_block(c.statements),
                    .name = c.id,
                    .event = c.event,
                    .when = c.act});
  }
  template <int N>
  constexpr void clause(summed_clause<N> const& c) {
    build_.sum({variable(c.target), expression(c.value)});
  }
  constexpr void clause(multisynaptic_index_clause const& c) {
    build_.multisynaptic_index(variable(c.of));
  }
  constexpr void clause(per_synapse_clause const&) { m_.per_synapse = true; }
  template <class Own, int Count, int Tolerances>
  constexpr void clause(method_clause<Own, Count, Tolerances> const& c) {
    if (Count == 0) build_.method(c.id);
    for (int k = 0; k < Count; ++k) build_.method(c.id, c.of[k]);
    for (int k = 0; k < Tolerances; ++k) build_.tolerance(c.tolerances[k].si, c.tolerances[k].of);
    if (c.id == ir::method_id::scheme) build_.scheme(c.scheme);
  }
  template <ir::unit U, int N>
  constexpr void clause(current_clause<U, N> const& c) {
    m_.currents.push_back(
        {.value = expression(c.terms), .ion = c.ion, .is_of_electrode = c.is_of_electrode});
  }
  template <class... S>
  constexpr void clause(initial_clause<S...> const& c) {
    m_.initial = handler(c.statements, true).blocks[0];
  }
  template <class... S>
  constexpr void clause(write_clause<S...> const& c) {
    m_.written.append(block(c.statements));
  }
  template <int N, int M>
  constexpr void clause(diffusion_clause<N, M> const& c) {
    int const section = expression(c.section), coefficient = expression(c.coefficient);
    ir::add_diffusion(m_, variable(c.state), section, m_.nodes.multiply(coefficient, section));
  }
  template <class... S>
  constexpr void clause(on_spike_clause<S...> const& c) {
    event_blocks::handler h = handler(c.statements);
    if (m_.events_needed.any) return events_.handle(event_blocks::spike, h);
    m_.on_spike = h.blocks[0];
    ir::act_at_end_of_step(m_, m_.on_spike);
  }
  template <class... S>
  constexpr void clause(defaults_clause<S...> const& c) {
    boost::hana::for_each(c.statements, [this](auto const& s) {
      int const value = expression(s.value);
      if (!m_.nodes.is_literal(value))
        return build_.fail(ir::mistake::syntax_error, "defaults", "numbers with units");
      m_.symbols[variable(s.target)].initial = m_.nodes[value].value;
    });
  }
  template <int N>
  constexpr void clause(table_clause<N> const& c) {
    bool const is_controlled = c.relative > 0 || c.absolute > 0;
    if (!(c.from < c.to) || (c.pieces < 1 && !is_controlled))
      build_.fail(ir::mistake::syntax_error, "tabulate",
                  "from < to, one piece or more or an error above 0");
    int const argument = variable(c.argument);
    int pieces = ir::none;
    if (is_controlled) {
      ir::identifier id("_pieces_");
      pieces = m_.add({.id = id += c.of[0], .kind = ir::role::shared});
    }
    for (ir::string_view const id : c.of) {
      int const symbol = m_.find(id);
      bool const is_defined = symbol != ir::none && m_.at(symbol).kind == ir::role::subexpression;
      if (!is_defined) build_.fail(ir::mistake::unknown_variable, id, "a subexpression");
      m_.tabulations.push_back({.symbol = symbol,
                                .argument = argument,
                                .from = c.from,
                                .to = c.to,
                                .count = c.pieces,
                                .pieces = pieces,
                                .relative = c.relative,
                                .absolute = c.absolute});
    }
  }
  template <class... F>
  constexpr void clause(ir::functions_clause<F...> const&) {}

  constexpr void finish() {
    events_.finish();
    build_.finish();
    for (ir::diffusion& d : m_.diffusions)
      for (ir::assignment const& s : m_.written) {
        ir::node const& n = m_.nodes[s.value];
        bool const is_state = n.code == ir::op::symbol && n.which == d.symbol;
        if (is_state && m_.at(s.symbol).kind == ir::role::local) d.concentration = s.symbol;
      }
  }

 private:
  constexpr int variable(term const& t) { return build_.variable(symbol_of(t), t.id); }
  constexpr bool is_short(ir::string_view id) {
    bool const fits = id.size() < sizeof(ir::identifier::data);
    if (!fits) build_.fail(ir::mistake::name_too_long, id, "at most 31 characters");
    return fits;
  }
  /// What an operation needs beside its operands: a draw, a timed array, a function.
  constexpr int which(term const& t) {
    if (ir::is_random(t.code)) return draw_(t, m_.draws);
    if (ir::is_lookup(t.code))
      return variable({.unit = t.unit, .id = t.id, .kind = ir::role::table});
    return ir::is_call(t.code) ? function(t.id) : 0;
  }
  constexpr int function(ir::string_view id) {
    for (int f = 0; f < m_.functions.size(); ++f)
      if (m_.functions[f].id == id) return f;
    build_.fail(ir::mistake::unknown_function, id, "functions(...) with it");
    return ir::none;
  }

  template <int N>
  constexpr int expression(term const (&terms)[N]) {
    int node[N] = {};
    for (int k = 0; k < N; ++k) node[k] = operation(terms[k], node);
    return node[N - 1];
  }
  constexpr int operation(term const& t, int const* node) {
    if (t.code == ir::op::literal) return m_.nodes.literal(t.value, t.unit);
    if (t.code == ir::op::symbol) {
      int const symbol = variable(t);
      return is_later_ ? m_.nodes.symbol(symbol) : build_.statements().read(symbol);
    }
    int const arity = ir::operands(t.code), what = which(t);
    if (what == ir::none) return m_.nodes.literal(0, t.unit);
    if (arity == 0) return m_.nodes.random(t.code, what);
    int const b = arity > 1 ? node[t.b] : ir::none, c = arity > 2 ? node[t.c] : ir::none;
    return m_.nodes.make(t.code, node[t.a], b, c, what);
  }
  /// Those of actions and synapses; resets and what events do go through.
  template <class Statements>
  constexpr ir::list<ir::assignment> gated_block(Statements const& written) {
    build_.statements().respect_refractoriness();
    return block(written);
  }
  template <class Statements>
  constexpr ir::list<ir::assignment> block(Statements const& written) {
    boost::hana::for_each(written, [this](auto const& s) { this->execute(s); });
    return build_.statements().finish();
  }
  template <int N>
  constexpr void execute(statement<N> const& s) {
    int const value = expression(s.value);
    build_.statements().write(variable(s.target), value);
  }

  /// What a mechanism does at an occasion, with what it asks of its events.
  template <class Statements>
  constexpr event_blocks::handler handler(Statements const& written, bool at_start = false) {
    event_blocks::handler h;
    events_.begin(at_start);
    boost::hana::for_each(written, [this, &h](auto const& s) {
      if constexpr (is_loop<std::remove_cvref_t<decltype(s)>>) {
        h.blocks.push_back(build_.statements().finish());
        h.loops.push_back(block(s.statements));
      } else {
        this->execute(s);
      }
    });
    h.blocks.push_back(build_.statements().finish());
    return h;
  }
  template <event_request Request, int N, int C>
  constexpr void execute(event_statement<Request, N, C> const& s) {
    if constexpr (Request == event_request::watch) {
      is_later_ = true;
      events_.watch(expression(s.value));
      is_later_ = false;
    }
    int const value = expression(s.value);
    events_.request(Request, s.id, value, expression(s.condition));
  }

  ir::model& m_;
  ir::builder build_;
  draw_numbers draw_;
  event_blocks events_;
  bool is_later_ = false;  ///< an expression is of the end of each step, not of the block
};

template <class... Clauses>
constexpr ir::model lower(boost::hana::tuple<Clauses...> const& clauses, bool of_synapses,
                          ir::placement placed = ir::placement::nowhere,
                          ir::span<ir::symbol const> source = {},
                          ir::span<ir::symbol const> target = {}) {
  ir::model m;
  m.of_synapses = of_synapses;
  m.placed = placed;
  only_clause<part::functions, ir::functions_clause<>, Clauses...>::enter(m);
  lowering into(m);
  into.announce(source, ir::side::pre);
  into.announce(target, ir::side::post);
  if constexpr (((part_of<Clauses> == part::action) || ...))
    boost::hana::for_each(clauses, [&](auto const& c) {
      if constexpr (part_of<std::remove_cvref_t<decltype(c)>> == part::frozen_equation)
        into.announce(c);
    });
  if constexpr ((has_own_events<Clauses> || ...))
    boost::hana::for_each(clauses, [&](auto const& c) {
      if constexpr (has_own_events<std::remove_cvref_t<decltype(c)>>)
        boost::hana::for_each(c.statements, [&](auto const& s) { into.announce(s); });
    });
  // Statements may read definitions that stand behind them.
  if constexpr (((part_of<Clauses> == part::subexpression) || ...))
    boost::hana::for_each(clauses, [&](auto const& c) {
      if constexpr (part_of<std::remove_cvref_t<decltype(c)>> == part::subexpression)
        into.clause(c);
    });
  boost::hana::for_each(clauses, [&](auto const& c) {
    constexpr part p = part_of<std::remove_cvref_t<decltype(c)>>;
    if constexpr (p != part::other && p != part::subexpression) into.clause(c);
  });
  into.finish();
  return m;
}

}  // namespace detail

/// The intermediate representation of a written model: from here on nobody knows in which language
/// it was written.
template <class... Clauses>
constexpr ir::model lower(neuron_model<Clauses...> const& written) {
  return detail::lower(written.clauses, false);
}
template <ir::placement Placed, class... Clauses>
constexpr ir::model lower(mechanism_model<Placed, Clauses...> const& written) {
  return detail::lower(written.clauses, false, Placed);
}
/// Of a synapse with the variables of its neurons, where they are known. It names them with their
/// units: only which of them are frozen is news.
template <class... Clauses>
constexpr ir::model lower(synapse_model<Clauses...> const& written,
                          ir::span<ir::symbol const> source = {},
                          ir::span<ir::symbol const> target = {}) {
  return detail::lower(written.clauses, true, ir::placement::nowhere, source, target);
}

}  // namespace nernst::language
