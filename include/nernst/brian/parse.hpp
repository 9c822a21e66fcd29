// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/model.hpp>
#include <nernst/ir/check_value.hpp>
#include <nernst/ir/resolve_types.hpp>

namespace nernst::brian {

/// An expression that has been read: node `root` of `model.nodes`, in terms of `model.symbols`, or
/// `model.mistake`.
struct parsed_expression {
  ir::model model;
  int root = ir::none;
  int origin = ir::none;  ///< of the whole text

  constexpr ir::diagnosis const& mistake() const { return model.mistake; }
};

namespace detail {
constexpr parsed_expression parse(ir::string_view text, ir::string_view label,
                                  ir::span<ir::symbol const> variables,
                                  ir::span<constant const> constants, bool is_synapse = false) {
  ir::list<ir::symbol> source, target;
  for (ir::symbol s : variables) {
    if (s.owner == ir::side::here) continue;
    ir::list<ir::symbol>& neurons = s.owner == ir::side::pre ? source : target;
    s.owner = ir::side::here;
    neurons.push_back(s);
  }
  lowering into({source, target});
  reader& r = into.names();
  r.is_synapse = is_synapse;
  r.has_refractory = true;
  for (ir::symbol const& s : variables) {
    ir::string_view const id = s.id.view();
    if (s.owner != ir::side::here || !text::is_name(id) || id[0] == '_') continue;
    known_name& n = r.at(id);
    int const symbol = r.m.add(s);
    if (s.kind == ir::role::table)
      r.become(n, meaning::table, symbol);
    else
      r.become_variable(n, symbol);
  }
  into.enter_constants(constants);
  parsed_expression e;
  located_expression const read = read_expression(r, r.scan(text, label));
  e.root = read.root;
  e.origin = read.origin;
  e.model = static_cast<ir::model&&>(into.result());
  return e;
}

/// Checks an expression as the value of a variable, and brings it into the form that can be
/// evaluated. It is held: it may draw random numbers. `where` names it in messages.
constexpr void finish(parsed_expression& e, ir::string_view where, ir::symbol const& target) {
  ir::model& m = e.model;
  if (!m.mistake.ok()) return;
  ir::typing types(m);
  ir::value_checker check(m, types);
  check.fit(where, e.root, target, e.origin);
  check.forbid_noise(e.root);
  m.mistake = types.found();
  if (!m.mistake.ok()) return;
  ir::type_resolver resolver(m, types);
  e.root = resolver.as(target.type, e.root);
  if (resolver.is_needed()) e.root = resolver.resolve(ir::span<int const>(&e.root, 1))[0];
}
}  // namespace detail

/// Reads the value for a variable, such as `El + randn()*5*mV`. Names are those of `variables` (of
/// a population) and `constants`, and what every model has: `t dt i N`, functions and units. The
/// unit must be that of `target`, and what is assigned to an integer is truncated. `label` names
/// the text in messages. Of synapses `variables` has those of their neurons, too; these are called
/// `v_pre`, `v_post`.
constexpr parsed_expression parse_expression(ir::string_view text, ir::symbol const& target,
                                             ir::span<ir::symbol const> variables,
                                             ir::span<constant const> constants = {},
                                             ir::string_view label = {}, bool is_synapse = false) {
  parsed_expression e = detail::parse(text, label, variables, constants, is_synapse);
  detail::finish(e, label.empty() ? target.id.view() : label, target);
  return e;
}
/// Reads a condition, such as `i > 10`.
constexpr parsed_expression parse_condition(ir::string_view text,
                                            ir::span<ir::symbol const> variables,
                                            ir::span<constant const> constants = {},
                                            ir::string_view label = {}, bool is_synapse = false) {
  parsed_expression e = detail::parse(text, label, variables, constants, is_synapse);
  detail::finish(e, label.empty() ? "condition" : label, {.type = ir::value_type::boolean});
  return e;
}
/// Reads the value of a constant: a number with or without a unit that needs no variables (`10*mV`,
/// `1/(5*ms)`). The mistake tells if there is none.
constexpr parsed_expression parse_value(ir::string_view text,
                                        ir::span<constant const> constants = {}) {
  parsed_expression e = detail::parse(text, "value", {}, constants);
  if (e.model.mistake.ok() && !e.model.nodes.is_literal(e.root))
    e.model.mistake = {ir::mistake::syntax_error, "value", "a number or a quantity", {}};
  return e;
}

}  // namespace nernst::brian
