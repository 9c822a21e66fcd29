// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/parse.hpp>
#include <nernst/engine/assign.hpp>
#include <nernst/engine/bound_expression.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/io/table.hpp>
#include <nernst/ir/function_table.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/network/values.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace nernst {

namespace detail {

/// An expression of elements, with the condition on them as a second result where there is one.
inline engine::bound_expression bind(engine::name_scope const& names,
                                     language::written_expression const* expression,
                                     language::written_expression const* condition) {
  engine::expression_binder binder(names);
  ir::list<int> results;
  for (auto const* e : {expression, condition})
    if (e != nullptr) results.push_back(binder.read(e->code, e->variables, e->functions));
  return std::move(binder).with_results(results);
}

}  // namespace detail

template <class Real>
std::string values<Real>::label() const {
  return detail::label(of_.all->name(), variable_.id);
}

template <class Real>
double& values<Real>::shared() const {
  return of_.all->values()[number()];
}

template <class Real>
engine::environment<Real> values<Real>::environment(engine::bound_expression const& e) const {
  auto here = of_.all->at(of_.network().time, of_.network().step);
  here.of(ir::side::here).numbers = of_.set.numbers();
  here.of(ir::side::here).count = of_.size();
  e.enter(here);
  return here;
}

/// With random numbers of its own, for blocks of elements.
template <class Real>
engine::environment<Real> values<Real>::next_environment(engine::bound_expression const& e) const {
  detail::network_state& state = of_.network();
  if (e.reads_kept_once()) of_.all->require_ends();
  auto here = environment(e);
  here.key = {state.seed, of_.all->object(), engine::assignment_steps + state.assignments++};
  return here;
}

/// Calls `visit(place, number)` for the elements in storage.
template <class Real>
template <class Visit>
void values<Real>::for_each(Visit const& visit) const {
  engine::element_group<Real> const& all = *of_.all;
  all.require_listable("a list of values");
  engine::numbering const number_of = all.numbering();
  for (int p = 0; p < all.partitions(); ++p)
    for (std::size_t place = all.begin(p); place < all.end(p); ++place) {
      auto const number = static_cast<std::uint32_t>(number_of(place));
      if (of_.set.contains(number)) visit(place, of_.set.number_of(number));
    }
}

template <class Real>
std::vector<double> values<Real>::get() const {
  if (is_shared()) return {shared()};
  of_.all->require_listable("a list of values");
  bool const in_order = of_.all->numbers() == nullptr && of_.set.is_slice();
  if (is_stored() && !condition_ && in_order)
    return {array() + of_.set.begin(), array() + of_.set.end()};
  std::vector<double> all(of_.size());
  if (!is_stored()) of_.all->require_ends();
  engine::named_value<Real> value(*of_.all, variable_.id, of_.set);
  value.at(of_.network().time, of_.network().step);
  for_each([&](std::size_t place, std::uint32_t number) { all[number] = value(place); });
  if (!condition_) return all;
  std::vector<char> const is_chosen = holds();
  std::vector<double> few;
  for (std::size_t k = 0; k < all.size(); ++k)
    if (is_chosen[k] != 0) few.push_back(all[k]);
  return few;
}

template <class Real>
std::vector<char> values<Real>::holds() const {
  std::vector<char> is_chosen(of_.size(), 1);
  if (!condition_) return is_chosen;
  engine::bound_expression const bound = detail::bind(of_.all->names(), nullptr, condition_.get());
  if (bound.reads_ends()) of_.all->require_ends();
  ir::interpreter<engine::environment<Real>> holds(bound.tape);
  auto here = environment(bound);
  if (bound.draws()) here.numbers = of_.all->numbers();
  for_each([&](std::size_t place, std::uint32_t number) {
    double is_true = 0;
    here.element = place;
    holds(here, ir::span<double>(&is_true, 1));
    is_chosen[number] = is_true != 0;
  });
  return is_chosen;
}

template <class Real>
values<Real> values<Real>::operator()(std::uint32_t from, std::uint32_t to) const {
  auto const here = of_.all->at(of_.network().time, of_.network().step);
  auto const require = [&](ir::side end, std::string_view what, std::uint32_t number) {
    std::size_t const count = here.of(end).count;
    if (of_.all->model().of_synapses && number >= count)
      detail::refuse<std::out_of_range>(
          {label(), ": expected a ", what, " below ", count, ", found ", number});
  };
  require(ir::side::pre, "source", from);
  require(ir::side::post, "target", to);
  return (*this)["i == " + std::to_string(from) + " and j == " + std::to_string(to)];
}

template <class Real>
double values<Real>::operator[](std::size_t element) const {
  std::size_t const size = is_shared() ? 1 : of_.size();
  if (element >= size)
    detail::refuse<std::out_of_range>(
        {label(), ": expected a ", of_.all->element_word(), " below ", size, ", found ", element});
  if (is_shared()) return shared();
  of_.all->require_listable("the value of one");
  std::uint32_t place = of_.set[static_cast<std::uint32_t>(element)];
  if (of_.all->numbers() != nullptr) place = of_.all->places()[place];
  if (is_stored()) return static_cast<double>(array()[place]);
  of_.all->require_ends();
  engine::named_value<Real> value(*of_.all, variable_.id, of_.set);
  value.at(of_.network().time, of_.network().step);
  return value(place);
}

template <class Real>
engine::bound_expression values<Real>::bind(language::written_expression const& e) const {
  require_unit(e.unit);
  check(e);
  return detail::bind(of_.all->names(), &e, nullptr);
}

template <class Real>
void values<Real>::evaluate(language::written_expression const& e, visitor const& visit) const {
  engine::bound_expression const bound = bind(e);
  auto const here = next_environment(bound);
  engine::element_group<Real> const& all = *of_.all;
  for (int p = 0; p < all.partitions(); ++p)
    engine::for_each_block(all.run(), bound.tape, here, {all.begin(p), all.end(p)}, all,
                           [&](std::size_t, std::size_t const* numbers, std::size_t count,
                               engine::block_evaluator<Real> const& evaluated) {
                             visit(numbers, evaluated.result(0), count);
                           });
}

template <class Real>
void values<Real>::save(std::string const& path) const {
  std::vector<double> const all = get();
  if (io::format_of(path) == io::format::npy) return io::write_npy(path, all, {all.size()});
  std::string const unit(ir::to_text(variable_.unit).view());
  io::write_table(path, {io::field(variable_.id.view(), unit, all)});
}

template <class Real>
values<Real> values<Real>::chosen(language::written_expression const& condition) const {
  if (condition_)
    detail::refuse<std::invalid_argument>(
        {label(), ": expected one condition, as in [a && b], found a second one"});
  values few = *this;
  few.check(condition);
  few.condition_ = std::make_shared<language::written_expression const>(condition);
  return few;
}

template <class Real>
void values<Real>::operator=(std::vector<double> const& given) const {
  require_settable();
  std::size_t const size = is_shared() ? 1 : of_.size();
  if (condition_)
    detail::refuse<std::invalid_argument>(
        {label(), ": expected one value for all that a condition chooses, found a list"});
  if (given.size() != size)
    detail::refuse<std::invalid_argument>(
        {label(), ": expected ", size, " values, found ", given.size()});
  auto const fitting = [&](std::size_t k) { return engine::as_type(variable_.type, given[k]); };
  int const symbol = number();
  if (is_shared()) return write_shared(symbol, fitting(0));
  write(symbol, [&](Real* to) {
    for_each([&](std::size_t place, std::uint32_t number) {
      to[place] = static_cast<Real>(fitting(number));
    });
  });
}

/// Where the model does not allow what is written, the old values come back.
template <class Real>
template <class Write>
void values<Real>::write(int symbol, Write const& write) const {
  engine::element_group<Real>& all = *of_.all;
  Real* const to = all.array_to_set(symbol);
  std::vector<Real> before;
  if (variable_.bound != ir::lower_bound::unbounded)
    before.assign(to, to + all.end(all.partitions() - 1));
  write(to);
  all.was_set(symbol);
  try {
    all.require_bounds_of(symbol, before.data());
  } catch (std::invalid_argument const&) {
    std::copy(before.begin(), before.end(), to);
    throw;
  }
}

template <class Real>
void values<Real>::write_shared(int symbol, double value) const {
  of_.all->require_bound(symbol, value);
  of_.all->before_setting(symbol);
  shared() = value;
}

template <class Real>
void values<Real>::give(given_table table, ir::dimension unit) const {
  give_axes({});
  set_table(std::move(table), unit);
}

/// A function of one argument has no tables for its axes.
template <class Real>
void values<Real>::give_axes(std::vector<function_axis> const& axes) const {
  auto const axis = [this](std::size_t k) {
    return of_.all->model().find(ir::axis_of(variable_.id.view(), static_cast<int>(k)));
  };
  std::size_t expected = 0;
  while (axis(expected) != ir::none) ++expected;
  if (axes.size() != expected)
    detail::refuse<std::invalid_argument>({label(), ": expected the values of a function of ",
                                           expected > 0 ? expected : 1, " arguments, found one of ",
                                           axes.empty() ? 1 : axes.size()});
  for (std::size_t k = 0; k < expected; ++k) {
    ir::dimension const unit = of_.all->model().variables[axis(k)].symbol.unit;
    if (axes[k].unit() != unit)
      detail::refuse<std::invalid_argument>({label(), ": expected places of argument ", k + 1,
                                             " in ", ir::to_text(unit).view(), ", found ",
                                             ir::to_text(axes[k].unit()).view()});
    of_.all->give(axis(k), axes[k].table());
  }
}

template <class Real>
void values<Real>::set_table(given_table table, ir::dimension unit) const {
  if (variable_.kind != ir::role::table || table.values.empty())
    detail::refuse<std::invalid_argument>(
        {label(), ": expected a timed array and at least one value"});
  require_unit(unit);
  of_.all->give(number(), std::move(table));
}

template <class Real>
void values<Real>::require_settable() const {
  int const symbol = number();
  if (is_shared() || (symbol != ir::none && of_.all->can_be_set(symbol))) return;
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

/// The name of what the expression uses and these elements do not have, or a shared variable cannot
/// depend on.
template <class Real>
std::string values<Real>::misfit(language::written_expression const& e) const {
  engine::name_scope const names = of_.all->names();
  std::string unknown;
  for (ir::symbol const& s : e.variables) {
    kernel::compiled_model const* const model = names.of(s.owner);
    int const k = model == nullptr ? ir::none : model->find(s.id);
    ir::symbol const* const builtin = ir::find_builtin(s.id);
    bool fits = s.kind == ir::role::table ? k != ir::none
                                          : model != nullptr && engine::is_known(*model, s.id);
    if (builtin != nullptr && builtin->kind == ir::role::index) fits = true;
    if (fits && builtin == nullptr) fits = model->variables[k].symbol.unit == s.unit;
    if (fits && is_shared()) {
      ir::role const kind = builtin != nullptr ? s.kind : model->variables[k].symbol.kind;
      fits = ir::is_shared(kind) || kind == ir::role::table || kind == ir::role::time ||
             kind == ir::role::time_step || kind == ir::role::count;
    }
    if (fits) continue;
    unknown = s.id.view();
    if (s.owner != ir::side::here) unknown += s.owner == ir::side::pre ? "_pre" : "_post";
  }
  for (ir::identifier const& f : e.functions)
    if (engine::function_of(*names.here, f) == ir::none) unknown = f.view();
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
  ir::list<ir::symbol> known;
  for (ir::side const owner : {ir::side::here, ir::side::pre, ir::side::post}) {
    kernel::compiled_model const* const model = of_.all->names().of(owner);
    for (int k = 0; model != nullptr && k < model->variables.size(); ++k) {
      ir::symbol s = model->variables[k].symbol;
      if (s.owner != ir::side::here) continue;
      bool const named = engine::is_known(*model, s.id) && !ir::find_builtin(s.id);
      bool const is_table = s.kind == ir::role::table && owner == ir::side::here;
      s.owner = owner;
      if (is_table || named) known.push_back(s);
    }
  }
  ir::span<brian::constant const> const constants = of_.all->constants();
  bool const of_synapses = of_.all->model().of_synapses;
  brian::parsed_expression const e =
      is_condition ? brian::parse_condition(text, known, constants, {}, of_synapses)
                   : brian::parse_expression(text, variable_, known, constants, {}, of_synapses);
  if (!e.mistake().ok())
    detail::refuse<std::invalid_argument>({label(), ": ", ir::to_text(e.mistake()).view()});
  language::written_expression result = language::part_of(e.model, e.root);
  if (!is_condition) result.unit = variable_.unit;
  check(result);
  return result;
}

template <class Real>
void values<Real>::set(language::written_expression const& e) const {
  require_settable();
  require_unit(e.unit);
  check(e);
  engine::bound_expression const bound = detail::bind(of_.all->names(), &e, condition_.get());
  int const symbol = number();
  if (!is_shared()) {
    engine::element_group<Real> const& all = *of_.all;
    bool const is_whole = of_.size() == all.size();
    element_set const set = is_whole ? engine::element_range::everything() : of_.set;
    return write(symbol, [&](Real* to) {
      auto const here = next_environment(bound);
      for (int p = 0; p < all.partitions(); ++p)
        engine::assign<Real>(all.run(), bound.tape, here, {all.begin(p), all.end(p), set},
                             {to, variable_.type}, all);
    });
  }
  auto here = next_environment(bound);
  double value[2] = {0, 1};
  here.element = 0;
  here.numbers = nullptr;
  here.of(ir::side::here).numbers = {};
  ir::interpreter<engine::environment<Real>> evaluate(bound.tape);
  evaluate(here, ir::span<double>(value, bound.tape.results.size()));
  if (value[1] == 0) return;
  write_shared(symbol, engine::as_type(variable_.type, value[0]));
}

}  // namespace nernst
