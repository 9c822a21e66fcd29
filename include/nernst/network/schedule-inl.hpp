// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/access.hpp>
#include <nernst/network/schedule.hpp>

namespace nernst::detail {

/// Whether neurons are linked to those of other partitions.
template <class Real>
bool crosses_partitions(population_base<Real> const& neurons) {
  for (auto const& to : neurons.linked())
    if (to.given() && to.crosses(neurons)) return true;
  return false;
}
inline bool resets_links(kernel::compiled_model const& model) {
  kernel::scheduled_kernel const& reset = model.kernels[model.find(kernel::trigger::reset)];
  for (int s = 0; s < model.variables.size(); ++s)
    if (model.variables[s].symbol.kind == ir::role::linked && kernel::writes(model, reset, s))
      return true;
  return false;
}

/// At equal instants: the actions of a model come before a record in slot `start`, and behind the
/// library's own parts elsewhere.
template <class Real>
bool comes_first(task<Real> const& t) {
  bool const of_model = t.what == activity::execute || t.what == activity::once;
  return (t.when.when == ir::slot::start) == of_model;
}
template <class Real>
bool is_before(task<Real> const& x, task<Real> const& y) {
  if (x.when != y.when) return x.when < y.when;
  return comes_first(x) && !comes_first(y);
}
/// Enters a task behind all that come before it or have the same place.
template <class Real>
void enter(ir::list<task<Real>>& all, task<Real> const& t) {
  int place = all.size();
  while (place > 0 && is_before(t, all[place - 1])) --place;
  all.insert(place, t);
}

template <class Real>
void enter_population(ir::list<task<Real>>& all, population_base<Real>& neurons) {
  kernel::compiled_model const& model = neurons.model();
  bool const crosses = crosses_partitions(neurons);
  for (int k = 0; k < model.kernels.size(); ++k) {
    kernel::scheduled_kernel const& kernel = model.kernels[k];
    task<Real> t{.what = activity::execute, .when = kernel.when, .kernel = k, .of = &neurons};
    switch (kernel.when_executed) {
    case kernel::trigger::update:
      t.what = activity::update;
      break;
    case kernel::trigger::reset:
      if (!neurons.reset_waits) continue;
      t.what = activity::reset;
      t.alone = crosses && resets_links(model);
      break;
    case kernel::trigger::update_and_reset:
    case kernel::trigger::attempt:
      continue;
    default:
      if (kernel.for_all) t.what = activity::once;
      t.alone = crosses && kernel.links;
    }
    enter(all, t);
  }
}

template <class Real>
ir::list<task<Real>> schedule_of(network_parts<Real> const& network) {
  constexpr ir::instant deliveries{ir::slot::synapses, -1};
  ir::list<task<Real>> sorted;
  bool crossed = false;
  for (auto const& n : network.populations) {
    crossed = crossed || crosses_partitions(*n);
    enter_population(sorted, *n);
  }
  for (auto const& s : network.states)
    enter(sorted,
          {.what = activity::record, .when = s.store->when, .of = s.of, .store = s.store.get()});
  for (auto const& s : network.projections)
    enter(sorted, {.what = activity::deliver, .when = deliveries, .through = s.get()});
  ir::list<task<Real>> all;
  bool closed = false;
  for (auto const& t : sorted) {
    bool const closes = !closed && t.when >= deliveries;
    closed = closed || closes;
    if (closes)
      all.push_back({.what = activity::gate, .when = t.when});
    else if (crossed)
      all.push_back({.what = activity::wait, .when = t.when});
    all.push_back(t);
  }
  if (!closed) all.push_back({.what = activity::gate, .when = deliveries});
  return all;
}

}  // namespace nernst::detail
