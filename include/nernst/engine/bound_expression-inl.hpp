// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>

#include <utility>

namespace nernst::engine {

/// What all models have of that name, unless this one has a variable of its own that is called so,
/// as the current `i` of many .mod files.
NERNST_INLINE ir::symbol const* builtin_of(kernel::compiled_model const& model,
                                           std::string_view id) {
  ir::symbol const* const b = ir::find_builtin(id);
  if (b == nullptr) return nullptr;
  int const s = model.find(id);
  return s == ir::none || model.variables[s].symbol.kind == b->kind ? b : nullptr;
}

NERNST_INLINE bool is_known(kernel::compiled_model const& model, std::string_view id) {
  if (id.empty() || id.front() == '_') return false;
  int const s = model.find(id);
  if (ir::symbol const* const b = builtin_of(model, id)) {
    if (b->kind == ir::role::noise) return false;
    if (ir::is_of_synapse(b->kind)) return s != ir::none;
    return !ir::is_of_refractoriness(b->kind) || model.has_refractory();
  }
  if (s == ir::none) return false;
  ir::role const kind = model.variables[s].symbol.kind;
  return kind != ir::role::coefficient && kind != ir::role::table && kind != ir::role::noise &&
         kind != ir::role::total;
}

NERNST_INLINE int function_of(kernel::compiled_model const& model, std::string_view id) {
  for (int k = 0; k < model.functions.size(); ++k)
    if (model.functions[k].id == id) return k;
  return ir::none;
}

NERNST_INLINE int expression_binder::enter(leaf const& x) {
  bound_.leaves.push_back(x);
  return bound_.leaves.size() - 1;
}

NERNST_INLINE int expression_binder::read_leaf(leaf const& x) {
  bound_.tape.operations.push_back({.code = ir::op::symbol, .which = enter(x)});
  return bound_.tape.operations.size() - 1;
}

NERNST_INLINE int expression_binder::function(ir::function const& f) {
  bound_.functions.push_back(f);
  return bound_.functions.size() - 1;
}

/// What a symbol of a model is, where the elements of that model are those of `owner`.
NERNST_INLINE leaf expression_binder::leaf_of(kernel::compiled_model const& model, int symbol,
                                              ir::side owner) const {
  ir::symbol const& s = model.variables[symbol].symbol;
  bool const is_own = s.owner == ir::side::here || ir::is_kept_once(s.kind);
  if (is_own) return {s.kind, symbol, owner};
  kernel::compiled_model const* const there = names_.of(s.owner);
  return {s.kind, there == nullptr ? ir::none : there->find(s.id), s.owner};
}

/// Appends the part of what a model has named that `result` needs; returns the place of the result.
NERNST_INLINE int expression_binder::append(kernel::compiled_model const& model, int result,
                                            ir::side owner) {
  ir::tape_view const tape = model.tape(model.named);
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
    bool const is_leaf = n.code == ir::op::symbol || ir::is_lookup(n.code);
    if (is_leaf) n.which = enter(leaf_of(model, n.which, owner));
    if (ir::is_call(n.code)) n.which = function(model.functions[n.which]);
    place[k] = bound_.tape.operations.size();
    bound_.tape.operations.push_back(n);
  }
  return place[result];
}

NERNST_INLINE int expression_binder::read(std::string_view id, ir::side owner) {
  kernel::compiled_model const* const model = names_.of(owner);
  ir::symbol const* const b = builtin_of(*model, id);
  if (b != nullptr && !ir::is_of_synapse(b->kind)) return read_leaf({b->kind, ir::none, owner});
  int const s = model->find(id);
  int const named = model->named.results.count;
  int const periods = named - model->subexpressions.size();
  for (int k = 0; k < model->subexpressions.size(); ++k)
    if (model->subexpressions[k] == s)
      return append(*model, model->tape(model->named).results[periods + k], owner);
  return read_leaf(leaf_of(*model, s, owner));
}

NERNST_INLINE int expression_binder::read(ir::symbol const& x) {
  ir::symbol const* const b = ir::find_builtin(x.id);
  bool const is_builtin = b != nullptr && b->kind == x.kind && !ir::is_of_synapse(x.kind);
  return is_builtin ? read_leaf({x.kind, ir::none, x.owner}) : read(x.id, x.owner);
}

NERNST_INLINE int expression_binder::read(ir::tape const& e, ir::span<ir::symbol const> variables,
                                          ir::span<ir::identifier const> functions) {
  ir::list<int> place;
  int const first_draw = draws_;
  for (ir::node n : e.operations) {
    if (n.code == ir::op::symbol) {
      place.push_back(read(variables[n.which]));
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
    if (ir::is_lookup(n.code)) {
      int const table = names_.here->find(variables[n.which].id);
      n.which = enter({ir::role::table, table, ir::side::here});
    }
    if (ir::is_call(n.code))
      n.which = function(names_.here->functions[function_of(*names_.here, functions[n.which])]);
    place.push_back(bound_.tape.operations.size());
    bound_.tape.operations.push_back(n);
  }
  return place[e.results[0]];
}

NERNST_INLINE bound_expression expression_binder::with_results(ir::list<int> const& results) && {
  bound_.tape.results = results;
  return std::move(bound_);
}

inline bound_expression expression_of(name_scope const& names, std::string_view id) {
  expression_binder e(names);
  int const place = e.read(id);
  return std::move(e).with_results({place});
}

template <class Real>
named_value<Real>::named_value(element_group<Real> const& of, std::string_view id, element_set set)
    : of_(of), set_(std::move(set)), bound_(expression_of(of.names(), id)), evaluate_(bound_.tape) {
  at(0, 0);
}

template <class Real>
void named_value<Real>::at(double time, std::int64_t step, bool updated) {
  here_ = of_.at(time, step);
  bound_.enter(here_);
  here_.of(ir::side::here).numbers = set_.numbers();
  here_.of(ir::side::here).count = set_.size();
  here_.settled = updated ? step : step - 1;
}

template <class Real>
double named_value<Real>::operator()(std::size_t place) {
  double value = 0;
  here_.element = place;
  evaluate_(here_, ir::span<double>(&value, 1));
  return value;
}

}  // namespace nernst::engine
