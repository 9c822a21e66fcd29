// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/parse.hpp>
#include <nernst/network/assign.hpp>
#include <nernst/network/bound_expression.hpp>
#include <nernst/network/values.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {

/// An expression of a population, with the condition on its neurons as a second result where there
/// is one.
inline ir::tape bind(kernel::compiled_model const& model,
                     language::written_expression const* expression,
                     language::written_expression const* condition) {
  expression_binder binder(model);
  ir::list<int> results;
  for (auto const* e : {expression, condition})
    if (e != nullptr) results.push_back(binder.read(e->code, e->variables, e->functions));
  return std::move(binder).with_results(results);
}

/// Takes the variables that a parsed expression uses out of those that it knew.
inline language::written_expression written(brian::parsed_expression const& e) {
  language::written_expression result;
  result.code = ir::record(e.model.nodes, ir::span<int const>(&e.root, 1));
  ir::list<int> place(e.model.symbols.size(), ir::none);
  for (ir::node& n : result.code.operations) {
    if (n.code != ir::op::symbol && !ir::is_lookup(n.code)) continue;
    int& known = place[n.which];
    if (known == ir::none) {
      known = result.variables.size();
      result.variables.push_back(e.model.at(n.which));
    }
    n.which = known;
  }
  return result;
}

}  // namespace detail

template <class Real>
std::string values<Real>::label() const {
  return detail::label(of_.all->name(), variable_.id);
}

template <class Real>
double& values<Real>::shared() const {
  return of_.all->values()[of_.all->model().find(variable_.id)];
}

template <class Real>
detail::element_environment<Real> values<Real>::environment() const {
  auto here = of_.all->environment(of_.network().time, of_.network().step);
  here.first = of_.begin;
  here.count = of_.size();
  return here;
}

template <class Real>
std::vector<double> values<Real>::get() const {
  if (is_shared()) return {shared()};
  if (is_stored() && !condition_) return {array() + of_.begin, array() + of_.end};
  detail::named_value<Real> value(*of_.all, variable_.id, of_.begin, of_.size());
  value.at(of_.network().time, of_.network().step);
  std::vector<double> out;
  if (!condition_) {
    out.reserve(of_.size());
    for (std::uint32_t n = of_.begin; n < of_.end; ++n) out.push_back(value(n));
    return out;
  }
  ir::tape const bound = detail::bind(of_.all->model(), nullptr, condition_.get());
  ir::interpreter<detail::element_environment<Real>> holds(bound);
  auto here = environment();
  for (here.element = of_.begin; here.element < of_.end; ++here.element) {
    double is_chosen = 0;
    holds(here, ir::span<double>(&is_chosen, 1));
    if (is_chosen != 0) out.push_back(value(static_cast<std::uint32_t>(here.element)));
  }
  return out;
}

template <class Real>
double values<Real>::operator[](std::size_t neuron) const {
  std::size_t const size = is_shared() ? 1 : of_.size();
  if (neuron >= size)
    detail::refuse<std::out_of_range>(
        {label(), ": expected a neuron below ", size, ", found ", neuron});
  if (is_shared()) return shared();
  if (is_stored()) return static_cast<double>(array()[of_.begin + neuron]);
  detail::named_value<Real> value(*of_.all, variable_.id, of_.begin, of_.size());
  value.at(of_.network().time, of_.network().step);
  return value(of_.begin + static_cast<std::uint32_t>(neuron));
}

template <class Real>
values<Real> values<Real>::chosen(language::written_expression const& condition) const {
  values few = *this;
  few.check(condition);
  few.condition_ = std::make_shared<language::written_expression const>(condition);
  return few;
}

template <class Real>
void values<Real>::operator=(std::vector<double> const& given) const {
  require_settable();
  std::size_t const size = is_shared() ? 1 : of_.size();
  if (given.size() != size || condition_)
    detail::refuse<std::invalid_argument>(
        {label(), ": expected ", size, " values, found ", given.size()});
  for (std::size_t k = 0; k < size; ++k) {
    double const x = detail::as_type(variable_.type, given[k]);
    if (is_shared())
      shared() = x;
    else
      array()[of_.begin + k] = static_cast<Real>(x);
  }
}

template <class Real>
void values<Real>::give(given_table table, ir::dimension unit) const {
  if (variable_.kind != ir::role::table || table.values.empty())
    detail::refuse<std::invalid_argument>(
        {label(), ": expected a timed array and at least one value"});
  require_unit(unit);
  of_.all->give(of_.all->model().find(variable_.id), std::move(table));
}

template <class Real>
void values<Real>::require_settable() const {
  if (is_shared() || is_stored()) return;
  detail::refuse<std::invalid_argument>(
      {label(), ": expected a variable of this population that can be set"});
}

template <class Real>
void values<Real>::require_unit(ir::dimension unit) const {
  if (variable_.unit == unit) return;
  detail::refuse<std::invalid_argument>({label(), ": expected values in ",
                                         ir::to_text(variable_.unit).view(), ", found ",
                                         ir::to_text(unit).view()});
}

/// The name of what the expression uses and this population does not have, or a shared variable
/// cannot depend on.
template <class Real>
std::string values<Real>::misfit(language::written_expression const& e) const {
  kernel::compiled_model const& model = of_.all->model();
  std::string unknown;
  for (ir::symbol const& s : e.variables) {
    int const k = model.find(s.id);
    bool const builtin = ir::find_builtin(s.id) != nullptr;
    bool fits = s.kind == ir::role::table ? k != ir::none : detail::is_known(model, s.id);
    fits = fits && s.owner == ir::side::here;
    if (fits && !builtin) fits = model.variables[k].symbol.unit == s.unit;
    if (fits && is_shared()) {
      ir::role const kind = builtin ? s.kind : model.variables[k].symbol.kind;
      fits = ir::is_shared(kind) || kind == ir::role::table || kind == ir::role::time ||
             kind == ir::role::time_step || kind == ir::role::count;
    }
    if (!fits) unknown = s.id.view();
  }
  detail::expression_binder const binder(model);
  for (ir::identifier const& f : e.functions)
    if (binder.function(f) == ir::none) unknown = f.view();
  return unknown;
}

/// \throws std::invalid_argument for what this population does not have.
template <class Real>
void values<Real>::check(language::written_expression const& e) const {
  std::string const unknown = misfit(e);
  if (unknown.empty()) return;
  detail::refuse<std::invalid_argument>({label(), ": expected an expression of ",
                                         (is_shared() ? "shared " : ""),
                                         "variables of this model, found '", unknown, "'"});
}

/// What a text says. \throws std::invalid_argument
template <class Real>
language::written_expression values<Real>::read(std::string_view text, bool is_condition) const {
  kernel::compiled_model const& model = of_.all->model();
  ir::list<ir::symbol> known;
  for (auto const& v : model.variables) {
    bool const named = detail::is_known(model, v.symbol.id) && !ir::find_builtin(v.symbol.id);
    if (v.symbol.kind == ir::role::table || named) known.push_back(v.symbol);
  }
  ir::span<brian::constant const> const constants = of_.all->constants();
  brian::parsed_expression const e =
      is_condition ? brian::parse_condition(text, known, constants)
                   : brian::parse_expression(text, variable_, known, constants);
  if (!e.mistake().ok())
    detail::refuse<std::invalid_argument>({label(), ": ", ir::to_text(e.mistake()).view()});
  language::written_expression result = detail::written(e);
  if (!is_condition) result.unit = variable_.unit;
  check(result);
  return result;
}

template <class Real>
void values<Real>::set(language::written_expression const& e) const {
  require_settable();
  require_unit(e.unit);
  check(e);
  ir::tape const bound = detail::bind(of_.all->model(), &e, condition_.get());
  detail::network_state& state = of_.network();
  auto here = environment();
  here.key = {state.seed, of_.all->object(), detail::assignment_steps + state.assignments++};
  if (!is_shared())
    return detail::assign<Real>(of_.all->run(), bound, here,
                                {array(), of_.begin, of_.end, variable_.type});
  double value[2] = {0, 1};
  here.element = 0;
  here.first = 0;
  ir::interpreter<detail::element_environment<Real>> evaluate(bound);
  evaluate(here, ir::span<double>(value, bound.results.size()));
  if (value[1] != 0) shared() = detail::as_type(variable_.type, value[0]);
}

}  // namespace nernst
