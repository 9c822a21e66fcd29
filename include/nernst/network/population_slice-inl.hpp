// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/ir/builtin.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/network/population_slice.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>
#include <utility>

namespace nernst::detail {

template <class Real>
population_slice<Real> slice_of(population_slice<Real> const& all, std::int64_t begin,
                                std::int64_t end) {
  std::string const& name = all.all->name();
  if (begin < 0 || begin > end || end > all.size())
    detail::refuse<std::out_of_range>(
        {name, ": expected a slice inside [0, ", all.size(), "), found [", begin, ", ", end, ")"});
  element_set const& from = all.set;
  auto const first = static_cast<std::uint32_t>(begin);
  auto const last = static_cast<std::uint32_t>(end);
  population_slice<Real> slice = all;
  if (from.is_slice()) {
    slice.set = element_set(from.begin() + first, from.begin() + last);
    return slice;
  }
  std::vector<std::uint32_t> elements;
  for (std::uint32_t k = first; k < last; ++k) elements.push_back(from[k]);
  slice.set = element_set(std::move(elements));
  return slice;
}

template <class Real>
population_slice<Real> set_of(population_slice<Real> const& all,
                              std::vector<std::int64_t> const& numbers) {
  std::string const& name = all.all->name();
  std::vector<std::uint32_t> elements;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (numbers[k] < 0 || numbers[k] >= all.size())
      detail::refuse<std::out_of_range>({name, ": expected neurons in [0, ", all.size(),
                                         "), found ", numbers[k], " at position ", k});
    if (k > 0 && numbers[k] <= numbers[k - 1])
      detail::refuse<std::invalid_argument>(
          {name, ": expected a set of different neurons in ascending order, found ", numbers[k],
           " behind ", numbers[k - 1], " at position ", k});
    elements.push_back(all.set[static_cast<std::uint32_t>(numbers[k])]);
  }
  population_slice<Real> some = all;
  some.set = element_set(std::move(elements));
  return some;
}

template <class Real>
void require_whole(engine::element_group<Real> const& all, element_set const& found,
                   char const* together) {
  if (found.size() != all.size())
    refuse<std::invalid_argument>({all.name(), ": expected all of the population, as its ",
                                   all.element_word(), "s only ", together, " together, found ",
                                   found.is_slice() ? "the slice " : "a set, ", to_text(found)});
}

template <class Real>
void set_active(population_slice<Real> const& of, bool active) {
  require_whole<Real>(*of.all, of.set, "are active");
  of.all->set_active(active);
}

template <class Real>
ir::symbol variable_of(engine::element_group<Real> const& elements, std::string_view id) {
  kernel::compiled_model const& model = elements.model();
  if (engine::is_known(model, id)) {
    int const s = model.find(id);
    if (s != ir::none) return model.variables[s].symbol;
    ir::symbol computed = *ir::find_builtin(id);
    computed.kind = ir::role::subexpression;
    return computed;
  }
  if (int const s = model.find(id); s != ir::none)
    if (model.variables[s].symbol.kind == ir::role::total)
      detail::refuse<std::logic_error>(
          {label(elements.name(), model.variables[s].symbol.id),
           ": expected a variable of each synapse, found one of which only the sum for each target "
           "is kept (with per_synapse in the model each synapse has its own)"});
  std::string known;
  for (auto const& v : model.variables) {
    if (v.symbol.kind == ir::role::table && v.symbol.id == id) return v.symbol;
    if (v.symbol.owner == ir::side::here && engine::is_known(model, v.symbol.id))
      known += (known.empty() ? "" : ", ") + std::string(v.symbol.id.view());
  }
  bool const means_delays = model.of_synapses && id == "delay";
  detail::refuse<std::invalid_argument>(
      {elements.name(), ": expected one of the variables ", known, ", found '", id, "'",
       means_delays ? " (delays are synapses[delay], without quotes)" : ""});
}

/// Checks a link before it is made.
template <class Real>
class link_check {
 public:
  link_check(population_slice<Real> const& here, ir::symbol const& linked,
             population_slice<Real> const& there, ir::symbol const& source)
      : here_(here), linked_(linked), there_(there), source_(source),
        name_("'" + std::string(source.id.view()) + "'") {}

  [[noreturn]] void refuse(std::string const& expected, std::string const& found) const {
    detail::refuse<std::invalid_argument>(
        {label(here_.all->name(), linked_.id), ": expected ", expected, ", found ", found});
  }
  [[noreturn]] void refuse_source(std::string const& expected) const { refuse(expected, name_); }

  void operator()() const {
    if (&here_.network() != &there_.network())
      refuse("a population of the same network", "'" + there_.all->name() + "' of another one");
    if (linked_.kind != ir::role::linked) refuse("a linked variable", "another kind");
    if (here_.size() != here_.all->size()) refuse("a whole population", "some of its neurons");
    if (linked_.unit != source_.unit)
      refuse("a variable in " + std::string(ir::to_text(linked_.unit).view()),
             "one in " + std::string(ir::to_text(source_.unit).view()));
    bool const shared = ir::is_shared(source_.kind);
    if (!shared && !ir::is_stored(source_.kind) && source_.kind != ir::role::linked)
      refuse_source("a variable that is stored, or linked itself");
    if (here_.all == there_.all && source_.kind != ir::role::parameter && !shared)
      refuse_source("a variable that stays the same during a run, or one of another population");
    if (!is_written()) return;
    kernel::compiled_model const& others = there_.all->model();
    if (others.variables[others.find(source_.id)].fixed)
      refuse_source("a variable that an exact integration does not rely on");
    if (shared || (there_.size() == 1 && here_.size() > 1))
      refuse("one neuron for each, since statements write it", "one for all");
  }

 private:
  bool is_written() const {
    kernel::compiled_model const& model = here_.all->model();
    int const variable = model.find(linked_.id);
    for (kernel::scheduled_kernel const& k : model.kernels)
      if (kernel::writes(model, k, variable)) return true;
    return false;
  }

  population_slice<Real> const& here_;
  ir::symbol const& linked_;
  population_slice<Real> const& there_;
  ir::symbol const& source_;
  std::string name_;
};

/// Compartments and mechanisms stand otherwise than they are counted: `index` has a number there
/// for each number here.
template <class Real>
std::vector<std::int32_t> by_place(std::vector<std::int32_t> const& index,
                                   population_base<Real> const& here,
                                   population_base<Real> const& there) {
  std::vector<std::uint32_t> const here_at = here.places(), there_at = there.places();
  std::vector<std::int32_t> all(index.size());
  for (std::size_t k = 0; k < index.size(); ++k)
    all[here_at[k]] = static_cast<std::int32_t>(there_at[static_cast<std::size_t>(index[k])]);
  return all;
}

template <class Real>
void link_variable(population_slice<Real> const& here, std::string_view linked,
                   population_slice<Real> const& there, std::string_view source,
                   std::vector<std::int32_t> index, int reader) {
  ir::symbol const to_symbol = variable_of(*here.all, linked);
  ir::symbol const from_symbol = variable_of(*there.all, source);
  link_check<Real> const check(here, to_symbol, there, from_symbol);
  check();
  int const to = here.all->model().find(linked);
  int const from = there.all->model().find(source);
  if (ir::is_shared(from_symbol.kind)) return here.all->link(to, linkage<Real>(*there.all, from));
  if (index.empty() && there.size() == 1 && here.size() != 1) index.assign(here.size(), 0);
  if (index.empty() && there.size() != here.size())
    detail::refuse<std::invalid_argument>({label(here.all->name(), linked), ": expected ",
                                           here.size(), " neurons, found ", there.size()});
  for (std::int32_t& k : index) {
    if (k < 0 || static_cast<std::uint32_t>(k) >= there.size())
      detail::refuse<std::out_of_range>({label(here.all->name(), linked),
                                         ": expected an index in [0, ", there.size(), "), found ",
                                         k});
    k = static_cast<std::int32_t>(there.set[static_cast<std::uint32_t>(k)]);
  }
  bool const by_number = here.all->numbers() != nullptr || there.all->numbers() != nullptr;
  if (index.empty() && (by_number || there.size() != there.all->size()))
    for (std::uint32_t k = 0; k < here.size(); ++k)
      index.push_back(static_cast<std::int32_t>(there.set[k]));
  if (by_number) index = by_place(index, *here.all, *there.all);
  if (from_symbol.kind == ir::role::linked) {
    linkage<Real> const& next = there.all->linked()[from];
    if (!next.given()) check.refuse_source("a variable that is linked already");
    if (reader != ir::none) check.refuse("a list of indices", "a variable");
    return here.all->link(to, next.through(index));
  }
  linkage<Real> link(*there.all, from);
  if (!index.empty()) link = linkage<Real>(*there.all, from, std::move(index));
  if (reader != ir::none)
    link.read_index_from(*here.all, reader, there.set, label(here.all->name(), linked));
  here.all->link(to, std::move(link));
}

template <class Real>
void link_by_list(population_slice<Real> const& here, std::string_view linked,
                  population_slice<Real> const& there, std::string_view source,
                  std::vector<std::int32_t> const& index) {
  if (index.size() != here.size())
    detail::refuse<std::invalid_argument>({label(here.all->name(), linked), ": expected ",
                                           here.size(), " indices, found ", index.size()});
  link_variable(here, linked, there, source, index);
}

template <class Real>
void link_by_variable(population_slice<Real> const& here, std::string_view linked,
                      population_slice<Real> const& there, std::string_view source,
                      std::string_view index) {
  ir::symbol const s = variable_of(*here.all, index);
  if (s.type != ir::value_type::integer || s.kind != ir::role::parameter)
    detail::refuse<std::invalid_argument>(
        {label(here.all->name(), linked),
         ": expected an integer parameter of this population as index, found '", index, "'"});
  link_variable(here, linked, there, source, std::vector<std::int32_t>(here.size(), 0),
                here.all->model().find(index));
}

}  // namespace nernst::detail
