// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/units.hpp>
#include <nernst/network/record/new_record.hpp>
#include <nernst/network/record/sum_store.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst::detail {

template <class Real>
spike_place spikes_of(population_base<Real> const& neurons) {
  if (!neurons.has_spikes())
    refuse<std::invalid_argument>({"record of spikes: expected neurons with a threshold, found '",
                                   neurons.name(), "', which has none"});
  kernel::compiled_model const& model = neurons.model();
  ir::instant found = {ir::slot::thresholds, 0};
  int const apart = model.find(kernel::trigger::threshold);
  if (apart != ir::none) found = model.kernels[apart].when;
  return {neurons.logs(), neurons.name(), found};
}

template <class Real>
spike_place events_of(population_base<Real> const& neurons, std::string_view event) {
  kernel::compiled_model const& model = neurons.model();
  for (kernel::scheduled_kernel const& k : model.kernels)
    if (k.when_executed == kernel::trigger::check && model.events[k.which] == event)
      return {neurons.logs(k.which), message({neurons.name(), "::", event}), k.when};
  refuse<std::invalid_argument>(
      {neurons.name(), ": expected an event of the model, found '", event, "'"});
}

/// A variable as records know it. \throws std::invalid_argument if there is none.
template <class Real>
recorded_variable recordable(engine::element_group<Real> const& elements, std::string const& id) {
  ir::symbol const symbol = variable_of(elements, id);
  if (symbol.kind == ir::role::table)
    refuse<std::invalid_argument>(
        {"record: expected a variable with one value per neuron, found '", id, "'"});
  return {id, std::string(ir::to_text(symbol.unit).view())};
}

template <class Real>
std::shared_ptr<spike_store> new_spike_store(population_slice<Real> const& of,
                                             spike_place const& where, keep what) {
  auto made = std::make_shared<spike_store>();
  made->name = message({"spikes of ", where.name});
  made->logs = where.logs;
  made->set = of.set;
  made->delay = of.all->spike_delay();
  made->what = what;
  made->count.assign(of.size(), 0);
  return made;
}

NERNST_INLINE ir::instant instant_of(spike_place const& where, spike_values const& wanted) {
  ir::instant const first = {where.found.when, where.found.order + 1};
  if (!wanted.when.has_value()) return first;
  if (*wanted.when < first)
    refuse<std::invalid_argument>({where.name, ": expected values to be taken in slot ",
                                   to_text(first.when), ", order ", first.order,
                                   " or later, when spikes are known, found ",
                                   to_text(wanted.when->when), ", order ", wanted.when->order});
  return *wanted.when;
}

template <class Real>
std::shared_ptr<sampling_store>
new_spike_sampler(population_slice<Real> const& of, spike_place const& where,
                  spike_values const& wanted, std::shared_ptr<spike_store> into) {
  if (of.all->numbers() != nullptr)
    refuse<std::invalid_argument>(
        {where.name, ": expected a record without values, as elements of cells fire"});
  auto made = std::make_shared<spike_sampler<Real>>();
  made->name = message({"values in ", into->name});
  made->when = instant_of(where, wanted);
  made->values.resize(static_cast<std::size_t>(where.logs.size()));
  for (auto const& id : wanted.variables) {
    into->variables.push_back(recordable(*of.all, id));
    for (auto& each : made->values) each.emplace_back(*of.all, id, of.set);
  }
  into->values.resize(into->variables.size());
  into->taken.resize(made->values.size());
  made->into = std::move(into);
  return made;
}

template <class Real>
std::shared_ptr<rate_store> new_rate_store(population_slice<Real> const& of) {
  auto made = std::make_shared<rate_store>();
  made->name = message({"rate of ", of.all->name()});
  made->logs = spikes_of(*of.all).logs;
  made->set = of.set;
  return made;
}

template <class Real>
std::shared_ptr<state_store<Real>> new_state_store(group_slice<Real> const& of,
                                                   state_request const& wanted) {
  std::shared_ptr<state_store<Real>> made;
  if (wanted.adds_up)
    made = std::make_shared<sum_store<Real>>();
  else
    made = std::make_shared<state_store<Real>>();
  made->name = message({"record of ", of.all->name()});
  made->when = wanted.when;
  made->set = of.set;
  made->of = &*of.all;
  made->period = wanted.period;
  made->computed.resize(static_cast<std::size_t>(of.all->partitions()));
  for (auto const& id : wanted.variables) {
    made->variables.push_back(recordable(*of.all, id));
    bool const is_stored = ir::is_stored(variable_of(*of.all, id).kind);
    made->arrays.push_back(is_stored ? of.all->array(id) : nullptr);
    if (is_stored) continue;
    for (auto& each : made->computed) each.emplace_back(*of.all, id, of.set);
  }
  made->neuron = wanted.neurons;
  of.all->require_listable("records of them");
  if (made->neuron.empty())
    for (std::uint32_t n = 0; n < of.size(); ++n) made->neuron.push_back(n);
  for (std::uint32_t& n : made->neuron) {
    if (n >= of.size())
      refuse<std::out_of_range>(
          {"record: expected ", of.all->element_word(), "s in [0, ", of.size(), "), found ", n});
    n = of.set[n];
  }
  return made;
}

}  // namespace nernst::detail
