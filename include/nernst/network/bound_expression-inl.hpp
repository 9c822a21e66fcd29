// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/bound_expression.hpp>

#include <utility>

namespace nernst::detail {

NERNST_INLINE bool is_known(kernel::compiled_model const& model, std::string_view id) {
  if (id.empty() || id.front() == '_') return false;
  bool const remembers_spikes = model.last_spike != ir::none;
  if (ir::symbol const* const b = ir::find_builtin(id)) {
    if (b->kind == ir::role::noise || ir::is_of_synapse(b->kind)) return false;
    if (b->kind == ir::role::last_spike) return remembers_spikes;
    return b->kind != ir::role::not_refractory || remembers_spikes || model.flag != ir::none;
  }
  int const s = model.find(id);
  if (s == ir::none) return false;
  ir::role const kind = model.variables[s].symbol.kind;
  return kind != ir::role::coefficient && kind != ir::role::table && kind != ir::role::noise;
}

NERNST_INLINE int expression_binder::leaf(int place) {
  bound_.operations.push_back({.code = ir::op::symbol, .which = place});
  return bound_.operations.size() - 1;
}

/// Appends the part of a tape that `result` needs; returns the place of the result.
NERNST_INLINE int expression_binder::append(ir::tape_view const& tape, int result) {
  ir::list<char> needed(result + 1);
  ir::list<int> place(result + 1);
  needed[result] = 1;
  for (int k = result; k >= 0; --k) {
    if (needed[k] == 0) continue;
    for (int const x : operands(tape.operations[k])) needed[x] = 1;
  }
  for (int k = 0; k <= result; ++k) {
    if (needed[k] == 0) continue;
    ir::node n = tape.operations[k];
    int const arity = ir::operands(n.code);
    if (arity > 0) n.a = place[n.a];
    if (arity > 1) n.b = place[n.b];
    if (arity > 2) n.c = place[n.c];
    place[k] = bound_.operations.size();
    bound_.operations.push_back(n);
  }
  return place[result];
}

NERNST_INLINE int expression_binder::read(std::string_view id) {
  if (ir::symbol const* const b = ir::find_builtin(id)) return leaf(leaf_of(model_, *b));
  int const s = model_.find(id);
  ir::tape_view const named = model_.tape(model_.named);
  int const periods = named.results.size() - model_.subexpressions.size();
  for (int k = 0; k < model_.subexpressions.size(); ++k)
    if (model_.subexpressions[k] == s) return append(named, named.results[periods + k]);
  return leaf(s);
}

NERNST_INLINE int expression_binder::read(ir::tape const& e, ir::span<ir::symbol const> variables,
                                          ir::span<ir::identifier const> functions) {
  ir::list<int> place;
  int const first_draw = draws_;
  for (ir::node n : e.operations) {
    if (n.code == ir::op::symbol) {
      place.push_back(read(variables[n.which].id));
      continue;
    }
    int const arity = ir::operands(n.code);
    if (arity > 0) n.a = place[n.a];
    if (arity > 1) n.b = place[n.b];
    if (arity > 2) n.c = place[n.c];
    if (ir::is_random(n.code)) {
      n.which += first_draw;
      if (draws_ <= n.which) draws_ = n.which + 1;
    }
    if (ir::is_lookup(n.code)) n.which = model_.find(variables[n.which].id);
    if (ir::is_call(n.code)) n.which = function(functions[n.which]);
    place.push_back(bound_.operations.size());
    bound_.operations.push_back(n);
  }
  return place[e.results[0]];
}

NERNST_INLINE ir::tape expression_binder::with_results(ir::list<int> const& results) && {
  bound_.results = results;
  return std::move(bound_);
}

NERNST_INLINE int expression_binder::function(std::string_view id) const {
  for (int k = 0; k < model_.functions.size(); ++k)
    if (model_.functions[k].id == id) return k;
  return ir::none;
}

inline ir::tape expression_of(kernel::compiled_model const& model, std::string_view id) {
  expression_binder e(model);
  int const place = e.read(id);
  return std::move(e).with_results({place});
}

template <class Real>
named_value<Real>::named_value(population_base<Real> const& of, std::string_view id,
                               std::uint32_t first, std::uint32_t count)
    : evaluate_(expression_of(of.model(), id)), here_(of.environment(0, 0)) {
  here_.first = first;
  here_.count = count;
}

template <class Real>
void named_value<Real>::at(double time, std::int64_t step, bool updated) {
  std::size_t const first = here_.first;
  std::size_t const count = here_.count;
  here_ = here_.neurons->environment(time, step);
  here_.first = first;
  here_.count = count;
  here_.settled = updated ? step : step - 1;
}

template <class Real>
double named_value<Real>::operator()(std::uint32_t neuron) {
  double value = 0;
  here_.element = neuron;
  evaluate_(here_, ir::span<double>(&value, 1));
  return value;
}

}  // namespace nernst::detail
