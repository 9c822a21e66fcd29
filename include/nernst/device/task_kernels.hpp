// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/network_copy.hpp>
#include <nernst/device/poisson.hpp>
#include <nernst/engine/task.hpp>

#include <algorithm>
#include <vector>

namespace nernst::device {

/// The kernels of tasks.
template <class Space, class Real>
class task_kernels {
 public:
  using task = engine::task<Real>;
  using group = engine::element_group<Real>;
  using fired_lists = spike_lists<Space>;
  using kernel_sequence = sequence_of<Space>;

  /// Of steps whose random numbers depend on that seed.
  task_kernels(network_copy<Space, Real>& network, std::uint64_t seed)
      : network_(network), seed_(seed) {}

  /// Adds those of a task.
  void add_to(kernel_sequence& to, task const& t) {
    switch (t.what) {
    case engine::activity::execute:
    case engine::activity::once:
      return t.neurons != nullptr ? execute(to, *t.neurons, t) : execute(to, *t.synapses, t);
    case engine::activity::record:
      return network_.rows_of(t.store)->add_to(to, network_.clock());
    case engine::activity::update:
      return update(to, *t.neurons, t);
    case engine::activity::add_up:
      return add_up(to, *t.synapses, t.kernel);
    case engine::activity::deliver:
      return deliver(to, t, {});
    case engine::activity::rest:
      return rest(to, t);
    case engine::activity::reset:
      return reset(to, *t.neurons, t);
    case engine::activity::inject:
      return inject(to, *t.input);
    case engine::activity::notify:
      return events_of(*t.neurons)->add_due(to, *this, t.when.order > 0);
    case engine::activity::meet:
    case engine::activity::call:
      break;
    }
  }
  /// Those of a pathway, in a step in which synapses are reached early: see `mirror::early`.
  void deliver(kernel_sequence& to, task const& t,
               std::vector<std::vector<std::uint32_t>> const& early) {
    engine::pathway<Real> const& p = t.synapses->pathway(t.pathway);
    spikes const of = network_.spikes_of(p.source(), t.synapses->event_of(p.trigger())).view();
    auto& there = network_.view(p);
    step_count const when = count_of(*t.synapses);
    arrival const a = early.empty() ? there.at(when, of) : there.at(when, of, early);
    if (t.synapses->model().own_events.any)
      events_of(*t.synapses->end_of(ir::side::post).group)->add_delivery(to, *this, *t.synapses, a);
    else
      mirror::launch(*t.synapses, t.kernel).deliver(to, arguments(*t.synapses), a);
  }
  /// Those of a step that is none of the group's.
  void rest(kernel_sequence& to, task const& t) {
    for (fired_lists* const lists : lists_of(t)) lists->rest(to, network_.clock());
  }
  /// Those of the elements of a group that a composed update lets act, at a time behind the start
  /// of the step; `update_driven` finds out who fires, too.
  void execute_driven(kernel_sequence& to, population_base<Real> const& of, int kernel,
                      elements which, double later) const {
    which.when = count_of(of);
    which.when.later = later;
    add(to, of, kernel, which);
  }
  void update_driven(kernel_sequence& to, population_base<Real>& of, int kernel, elements which) {
    which.when = count_of(of);
    fired_lists* const lists = spikes_of(of, kernel);
    if (lists == nullptr) return add(to, of, kernel, which);
    find_firing(to, of, kernel, which, *lists);
  }
  device::memory<Space> const& memory() const { return network_.memory(); }
  /// What the kernels of a group find, and how they count steps.
  detail::kernel_arguments<Real> arguments(group const& of) const {
    return network_.view(of).arguments({});
  }
  step_count count_of(group const& of) const {
    return {.clock = network_.clock(),
            .stride = of.model().of_synapses ? 1 : of.stride(),
            .first = mirror::first_step(of),
            .key = {seed_, of.object(), 0}};
  }

  /// The lists that a task enters spikes in, or events.
  std::vector<fired_lists*> lists_of(task const& t) {
    std::vector<fired_lists*> all;
    if (t.what == engine::activity::rest)
      for (int event = -1; event < t.neurons->event_count(); ++event)
        all.push_back(&network_.spikes_of(t.neurons, event));
    else if (auto* const update = composed_of(t))
      for (population_base<Real>* const n : update->updated()) {
        int const kernel = n->model().find(trigger::update);
        if (fired_lists* const one = spikes_of(*n, kernel)) all.push_back(one);
      }
    else if (t.neurons != nullptr && t.kernel != ir::none)
      if (fired_lists* const one = spikes_of(*t.neurons, t.kernel)) all.push_back(one);
    return all;
  }

 private:
  using trigger = kernel::trigger;
  using composed = composed_update<Space, Real>;

  static composed* composed_of(task const& t) {
    return t.what == engine::activity::update ? composed::of(*t.neurons) : nullptr;
  }
  fired_lists* spikes_of(population_base<Real> const& of, int kernel) {
    kernel::scheduled_kernel const& k = of.model().kernels[kernel];
    bool const is_update = k.when_executed == trigger::update;
    if (is_update && (mirror::threshold_is_apart(of) || !of.fires())) return nullptr;
    if (is_update || k.when_executed == trigger::threshold) return &network_.spikes_of(&of, -1);
    return k.when_executed == trigger::check ? &network_.spikes_of(&of, k.which) : nullptr;
  }
  static device_events<Space, Real>* events_of(group const& of) {
    return device_events<Space, Real>::of(of);
  }

  // ---- neurons

  elements elements_for(population_base<Real> const& neurons, task const& t, int kernel) const {
    elements which;
    which.count = neurons.size();
    if (neurons.model().kernels[kernel].links) which = network_.view(neurons).in_order(t.alone);
    which.when = count_of(neurons);
    return which;
  }
  void add(kernel_sequence& to, group const& of, int kernel, elements const& which) const {
    auto const& launch = mirror::launch(of, kernel);
    if (launch.execute != nullptr) launch.execute(to, arguments(of), which);
  }
  /// A kernel that finds out who fires.
  void find_firing(kernel_sequence& to, population_base<Real>& neurons, int kernel, elements which,
                   fired_lists& lists) {
    bool const is_update = neurons.model().kernels[kernel].when_executed == trigger::update;
    if (is_update && neurons.model().own_events.fires)
      return find_firing_by_events(to, neurons, kernel, which, lists);
    which.fires = lists.fires();
    add(to, neurons, kernel, which);
    bool const are_spikes = &lists == &network_.spikes_of(&neurons, -1);
    lists.list(to, which.when, are_spikes ? there(mirror::fired_at(neurons)) : nullptr,
               are_spikes ? there(mirror::open(neurons)) : nullptr);
  }
  /// The same of elements that fire by events of their own.
  void find_firing_by_events(kernel_sequence& to, population_base<Real>& neurons, int kernel,
                             elements const& which, fired_lists& lists) {
    add(to, neurons, kernel, which);
    events_of(neurons)->add_firing(to, memory(), lists.fires());
    lists.list(to, which.when, nullptr, nullptr);
  }
  template <class T>
  T* there(T const* host) const {
    return const_cast<T*>(network_.memory().there(host));
  }
  void update(kernel_sequence& to, population_base<Real>& neurons, task const& t) {
    if (mirror::plan(neurons) != nullptr) return;
    if (composed* const all = composed_of(t)) return all->add_to(to, *this);
    if (auto* const open = there(mirror::open(neurons)))
      to.add("nernst::open", (std::int64_t{neurons.size()} + 7) / 8,
             opening{.when = count_of(neurons),
                     .fired_at = there(mirror::fired_at(neurons)),
                     .open = open,
                     .size = neurons.size(),
                     .closed_steps = mirror::refractory_steps(neurons)});
    int const kernel = mirror::fuses(neurons) ? mirror::fused(neurons) : t.kernel;
    elements const which = elements_for(neurons, t, kernel);
    if (fired_lists* const lists = spikes_of(neurons, t.kernel))
      find_firing(to, neurons, kernel, which, *lists);
    else
      add(to, neurons, kernel, which);
  }
  void reset(kernel_sequence& to, population_base<Real>& neurons, task const& t) {
    if (!neurons.fires()) return;
    int const kernel = neurons.model().find(trigger::reset);
    elements which = elements_for(neurons, t, kernel);
    which.only = network_.spikes_of(&neurons, -1).fires();
    add(to, neurons, kernel, which);
  }
  void execute(kernel_sequence& to, population_base<Real>& neurons, task const& t) {
    kernel::scheduled_kernel const& k = neurons.model().kernels[t.kernel];
    elements which = elements_for(neurons, t, t.kernel);
    if (fired_lists* const lists = spikes_of(neurons, t.kernel))
      return find_firing(to, neurons, t.kernel, which, *lists);
    if (k.when_executed == trigger::act && !k.for_all)
      which.only = network_.spikes_of(&neurons, k.which).fires();
    add(to, neurons, t.kernel, which);
  }

  // ---- synapses

  /// How many places of a group are between the first element of an end and the last. The set of
  /// all synapses of a projection is larger.
  template <class End>
  static std::uint32_t span(End const& end) {
    auto const last = static_cast<std::uint32_t>(end.group->end(end.group->partitions() - 1));
    return std::min(end.set.end(), last) - end.set.begin();
  }
  void execute(kernel_sequence& to, projection_base<Real>& synapses, task const& t) {
    kernel::scheduled_kernel const& k = synapses.model().kernels[t.kernel];
    if (mirror::launch(synapses, t.kernel).execute == nullptr) return;
    if (mirror::is_of_neurons(synapses, k)) return execute_for_neurons(to, synapses, t.kernel);
    elements which;
    which.count = static_cast<std::uint32_t>(synapses.end(synapses.partitions() - 1));
    if (is_in_order(k)) which = network_.view(synapses).in_order(false);
    which.when = count_of(synapses);
    add(to, synapses, t.kernel, which);
  }
  /// Traces of sources are advanced for each partition of the synapses.
  void execute_for_neurons(kernel_sequence& to, projection_base<Real>& synapses, int kernel) {
    kernel::scheduled_kernel const& k = synapses.model().kernels[kernel];
    bool const is_total = k.when_executed == trigger::total || k.which == kernel::of_totals;
    int const number = is_total ? kernel::of_totals : k.which;
    ir::side const side = is_total ? ir::side::post : static_cast<ir::side>(number);
    auto const& end = synapses.end_of(side);
    element_set const& set = end.set;
    group_view<Space, Real> const& view = network_.view(synapses);
    elements which;
    which.when = count_of(synapses);
    which.first = set.begin();
    which.count = span(end);
    which.parts = side == ir::side::pre ? synapses.partitions() : 1;
    which.members = network_.memory().there(set.numbers().list);
    which.part_sizes = view.part_sizes().data();
    mirror::launch(synapses, kernel).execute(to, view.arguments_of_neurons({}, number), which);
  }
  void add_up(kernel_sequence& to, projection_base<Real>& synapses, int kernel) {
    kernel::scheduled_kernel const& k = synapses.model().kernels[kernel];
    int const variable = kernel::written_by(synapses.model(), k);
    auto const& end = synapses.end_of(synapses.model().variables[variable].symbol.owner);
    engine::synapse_lists const& lists = mirror::sums(synapses, k.which);
    summed_neurons<Real> which;
    which.when = count_of(synapses);
    which.first = end.set.begin();
    which.count = span(end);
    which.begin = mirror::begin_of(network_.memory(), lists);
    which.list = mirror::list_of(network_.memory(), lists);
    which.members = network_.memory().there(end.set.numbers().list);
    which.sums = network_.memory().there(synapses.arrays()[variable]);
    mirror::launch(synapses, kernel).add_up(to, arguments(synapses), which);
  }

  // ---- input

  void inject(kernel_sequence& to, engine::neuron_input<Real>& input) {
    auto const& trains = static_cast<engine::poisson_input<Real> const&>(input);
    element_set const& set = input.outline().set;
    group& target = *input.outline().target;
    auto const& memory = network_.memory();
    poisson_arrivals<Real> const work{
        .law = trains.law(),
        .table = mirror::there(memory, trains.table()),
        .spikes = mirror::there(memory, target.spikes()),
        .members = memory.there(set.numbers().list),
        .first = set.begin(),
        .values = memory.there(target.arrays()[input.outline().symbol]),
        .weight = static_cast<Real>(trains.weight()),
        .when = {.clock = network_.clock(), .key = {seed_, input.outline().object, 0}}};
    to.add("nernst::inject", set.span(), work);
  }

  network_copy<Space, Real>& network_;
  std::uint64_t seed_;
};

}  // namespace nernst::device
