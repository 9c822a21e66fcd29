// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/group_view.hpp>
#include <nernst/device/poisson.hpp>
#include <nernst/device/recording.hpp>
#include <nernst/device/spike_lists.hpp>
#include <nernst/engine/accelerator.hpp>
#include <nernst/engine/executor.hpp>
#include <nernst/engine/schedule.hpp>
#include <nernst/engine/step_loop.hpp>
#include <nernst/kernel/flush_denormals.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace nernst::device {

/// Where the threads of a space are the host's, numbers too small for full precision count as zero
/// in them while this lives, as in the host's own steps.
template <class Space>
class flushing_threads {
  static constexpr bool are_of_host =
      Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible;
  using flushing = std::unique_ptr<kernel::flush_denormals>;

 public:
  flushing_threads() {
    if constexpr (are_of_host) {
      kept_.resize(static_cast<std::size_t>(detail::concurrency<Space>()));
      for_each([](flushing& f) { f = std::make_unique<kernel::flush_denormals>(); });
    }
  }
  ~flushing_threads() {
    if constexpr (are_of_host) for_each([](flushing& f) { f.reset(); });
  }
  flushing_threads(flushing_threads const&) = delete;
  flushing_threads& operator=(flushing_threads const&) = delete;

 private:
  template <class Work>
  void for_each(Work const& work) {
    executor::of<Space>().run_team(static_cast<int>(kept_.size()),
                                   [&](int rank) { work(kept_[static_cast<std::size_t>(rank)]); });
  }

  std::vector<flushing> kept_;  ///< by thread
};

/// Makes steps in a Kokkos execution space, in its memory. Tasks are kernels that follow one
/// another; the host only starts them, and waits at the end of a piece, and where a task is its
/// own.
template <class Space, class Real>
class step_engine final : public engine::accelerator<Real> {
  using parts = engine::network_parts<Real>;
  using task = engine::task<Real>;
  using group = engine::element_group<Real>;

 public:
  explicit step_engine(int partitions) : partitions_(partitions) {}

  int partitions() const override { return partitions_; }

  std::int64_t most_steps(parts const& of) const override {
    // Lists have room for all neurons in each step: a few megabytes, or so many steps.
    constexpr std::int64_t room = std::int64_t{1} << 22, least = 64;
    std::int64_t steps = room;
    for (auto const& n : of.populations)
      steps = std::min(steps, std::max(least, room / (std::int64_t{n->size()} + 1)));
    return steps;
  }

  void start(parts const& of, std::int64_t step, std::int64_t count) override {
    network_ = &of;
    for (auto const& n : of.populations) {
      if (!n->fires()) continue;
      auto& lists = spikes_[n.get()];
      lists.resize(static_cast<std::size_t>(n->event_count()) + 1);
      for (int event = -1; event < n->event_count(); ++event) {
        auto& list = lists[static_cast<std::size_t>(event + 1)];
        list.set_bounds(n->bounds());
        list.start(n->logs(event), n->size(), step, n->history(),
                   static_cast<std::size_t>(count) + 1);
      }
    }
  }

  void make_steps(ir::list<task> const& tasks, engine::step_range const& steps) override {
    if (!is_ready_) load();
    flushing_threads<Space> const flushing;
    using clock = std::chrono::steady_clock;
    for (std::int64_t step = steps.begin; step < steps.end; ++step) {
      kernel::step_context now = steps.at(step);
      for (int k = steps.first; k < steps.last; ++k) {
        clock::time_point const begin = clock::now();
        if (tasks[k].of != nullptr) now.key.object = tasks[k].of->object();
        carry_out(tasks[k], now);
        if (steps.seconds == nullptr) continue;
        Kokkos::fence();
        steps.seconds[k] += std::chrono::duration<double>(clock::now() - begin).count();
      }
    }
    Kokkos::fence();
    for (auto& [of, lists] : spikes_)
      for (auto& list : lists) list.fetch();
    for (auto& [of, rows] : records_) rows.fetch();
  }

  void fetch() override {
    if (!is_ready_) return;
    Kokkos::fence();
    memory_.fetch();
  }
  void forget() override { is_ready_ = false; }

 private:
  using trigger = kernel::trigger;
  using fired_lists = spike_lists<Space>;
  using recorded_rows = record_rows<Space, Real>;

  /// Takes everything from the host.
  void load() {
    memory_.clear();
    groups_.clear();
    pathways_.clear();
    records_.clear();
    for (auto const& n : network_->populations) mirror::add(memory_, *n);
    for (auto const& s : network_->projections) mirror::add(memory_, *s);
    for (auto const& i : network_->inputs) add(*i);
    for (auto const& n : network_->populations) enter(*n);
    for (auto const& s : network_->projections) {
      enter(*s);
      for (int p = 0; p < s->pathway_count(); ++p)
        pathways_.try_emplace(&s->pathway(p), memory_, *s, s->pathway(p));
    }
    for (auto const& s : network_->states) enter(s);
    is_ready_ = true;
  }
  template <class Group>
  void enter(Group& of) {
    groups_.try_emplace(static_cast<group const*>(&of), memory_, of);
  }
  void enter(engine::watched_states<Real> const& s) {
    auto* const of = dynamic_cast<detail::row_store<Real>*>(s.store.get());
    bool const is_here = of != nullptr && of->takes_part && s.of->size() > 0;
    if (is_here && recorded_rows::copies(*of)) records_.try_emplace(of, memory_, *of);
  }
  void add(engine::neuron_input<Real> const& input) {
    auto const* const trains = dynamic_cast<engine::poisson_input<Real> const*>(&input);
    if (trains == nullptr) return;
    mirror::add(memory_, trains->table(), &input);
    element_set const& set = input.outline().set;
    memory_.add(set.numbers().list, set.span(), &input, false);
  }
  group_view<Space, Real> const& view(group const& of) const { return groups_.at(&of); }
  fired_lists& spikes_of(engine::spike_source const* of, int event) {
    return spikes_.at(of)[static_cast<std::size_t>(event + 1)];
  }
  fired_lists* spikes_of(population_base<Real> const& of, int kernel) {
    kernel::scheduled_kernel const& k = of.model().kernels[kernel];
    bool const is_update = k.when_executed == trigger::update;
    if (is_update && mirror::threshold_is_apart(of)) return nullptr;
    if (is_update || k.when_executed == trigger::threshold) return &spikes_of(&of, -1);
    return k.when_executed == trigger::check ? &spikes_of(&of, k.which) : nullptr;
  }

  void carry_out(task const& t, kernel::step_context const& now) {
    if (t.has_clock && !t.of->makes_step(now.step)) return pass(t);
    switch (t.what) {
    case engine::activity::execute:
    case engine::activity::once:
      if (t.of->is_due(t.kernel, now.step))
        t.neurons != nullptr ? execute(*t.neurons, t, now) : execute(*t.synapses, t, now);
      break;
    case engine::activity::record:
      record(t, now);
      break;
    case engine::activity::update:
      update(*t.neurons, t, now);
      break;
    case engine::activity::add_up:
      add_up(*t.synapses, t.kernel, now);
      break;
    case engine::activity::deliver:
      deliver(t, now);
      break;
    case engine::activity::rest:
      for (int event = -1; event < t.neurons->event_count(); ++event)
        spikes_of(t.neurons, event).rest();
      break;
    case engine::activity::reset:
      reset(*t.neurons, t, now);
      break;
    case engine::activity::inject:
      inject(*t.input, now);
      break;
    case engine::activity::notify:  // a mistake at compile time
    case engine::activity::meet:
    case engine::activity::call:
      break;
    }
  }
  /// A step that is none of those of the group.
  void pass(task const& t) {
    if (t.neurons == nullptr) return;
    if (fired_lists* const where = spikes_of(*t.neurons, t.kernel)) where->rest();
  }

  // ---- neurons

  static elements all_of(population_base<Real> const& neurons) {
    elements e;
    e.count = neurons.size();
    return e;
  }
  elements elements_for(population_base<Real> const& neurons, task const& t, int kernel) const {
    bool const in_order = neurons.model().kernels[kernel].links;
    return in_order ? view(neurons).in_order(t.alone) : all_of(neurons);
  }
  void start(population_base<Real> const& neurons, int kernel, elements const& which,
             kernel::step_context const& now) {
    auto const& launch = mirror::launch(neurons, kernel);
    if (launch.execute != nullptr) launch.execute(view(neurons).arguments(now), which);
  }
  /// Executes a kernel that finds out who fires.
  void find_firing(population_base<Real>& neurons, int kernel, elements which, fired_lists& to,
                   kernel::step_context const& now) {
    which.fires = to.fires();
    start(neurons, kernel, which, now);
    bool const are_spikes = &to == &spikes_of(&neurons, -1);
    double* const fired_at =
        are_spikes ? const_cast<double*>(memory_.there(mirror::fired_at(neurons))) : nullptr;
    to.list(fired_at, mirror::counted(neurons, now.step));
    auto* const open = const_cast<std::uint8_t*>(memory_.there(mirror::open(neurons)));
    if (are_spikes && open != nullptr)
      device::start<Space>("nernst::close", mask_bytes(neurons),
                           closing{to.fires(), open, neurons.size()});
  }
  static std::int64_t mask_bytes(population_base<Real> const& neurons) {
    return (std::int64_t{neurons.size()} + 7) / 8;
  }
  void update(population_base<Real>& neurons, task const& t, kernel::step_context const& now) {
    if (engine::spike_plan const* const plan = mirror::plan(neurons))
      return give(neurons, *plan, now);
    if (auto* const open = const_cast<std::uint8_t*>(memory_.there(mirror::open(neurons))))
      device::start<Space>("nernst::open", mask_bytes(neurons),
                           opening{.fired_at = memory_.there(mirror::fired_at(neurons)),
                                   .open = open,
                                   .size = neurons.size(),
                                   .closed_steps = mirror::refractory_steps(neurons),
                                   .step = mirror::counted(neurons, now.step)});
    int const kernel = mirror::fuses(neurons) ? mirror::fused(neurons) : t.kernel;
    elements const which = elements_for(neurons, t, kernel);
    if (fired_lists* const to = spikes_of(neurons, t.kernel))
      find_firing(neurons, kernel, which, *to, now);
    else
      start(neurons, kernel, which, now);
  }
  void give(population_base<Real>& neurons, engine::spike_plan const& plan,
            kernel::step_context const& now) {
    std::vector<std::uint32_t> fired(neurons.size());
    auto const step = static_cast<std::int64_t>(mirror::counted(neurons, now.step));
    std::uint32_t* const last = plan.in_step(step, 0, neurons.size(), fired.data());
    fired.resize(static_cast<std::size_t>(last - fired.data()));
    spikes_of(&neurons, -1).give(fired);
  }
  void reset(population_base<Real>& neurons, task const& t, kernel::step_context const& now) {
    int const kernel = neurons.model().find(trigger::reset);
    elements which = elements_for(neurons, t, kernel);
    which.only = spikes_of(&neurons, -1).fires();
    start(neurons, kernel, which, now);
  }
  void execute(population_base<Real>& neurons, task const& t, kernel::step_context const& now) {
    kernel::scheduled_kernel const& k = neurons.model().kernels[t.kernel];
    elements which = elements_for(neurons, t, t.kernel);
    if (fired_lists* const to = spikes_of(neurons, t.kernel))
      return find_firing(neurons, t.kernel, which, *to, now);
    if (k.when_executed == trigger::act && !k.for_all)
      which.only = spikes_of(&neurons, k.which).fires();
    start(neurons, t.kernel, which, now);
  }

  // ---- synapses

  void execute(projection_base<Real>& synapses, task const& t, kernel::step_context const& now) {
    kernel::scheduled_kernel const& k = synapses.model().kernels[t.kernel];
    auto const& launch = mirror::launch(synapses, t.kernel);
    if (launch.execute == nullptr) return;
    group_view<Space, Real> const& there = view(synapses);
    if (mirror::is_of_neurons(synapses, k)) return execute_for_neurons(synapses, t.kernel, now);
    elements which;
    which.count = synapses.end(synapses.partitions() - 1);
    if (is_in_order(k)) which = there.in_order(false);
    launch.execute(there.arguments(now), which);
  }
  /// Traces of sources are advanced for each partition of the synapses.
  void execute_for_neurons(projection_base<Real>& synapses, int kernel,
                           kernel::step_context const& now) {
    kernel::scheduled_kernel const& k = synapses.model().kernels[kernel];
    bool const is_total = k.when_executed == trigger::total || k.which == kernel::of_totals;
    int const number = is_total ? kernel::of_totals : k.which;
    ir::side const side = is_total ? ir::side::post : static_cast<ir::side>(number);
    element_set const& set = synapses.end_of(side).set;
    group_view<Space, Real> const& there = view(synapses);
    elements which;
    which.first = set.begin();
    which.count = set.span();
    which.parts = side == ir::side::pre ? synapses.partitions() : 1;
    which.members = memory_.there(set.numbers().list);
    which.part_sizes = there.part_sizes().data();
    mirror::launch(synapses, kernel).execute(there.arguments_of_neurons(now, number), which);
  }
  void add_up(projection_base<Real>& synapses, int kernel, kernel::step_context const& now) {
    kernel::scheduled_kernel const& k = synapses.model().kernels[kernel];
    int const variable = kernel::written_by(synapses.model(), k);
    auto const& end = synapses.end_of(synapses.model().variables[variable].symbol.owner);
    engine::synapse_lists const& lists = mirror::sums(synapses, k.which);
    summed_neurons<Real> which;
    which.first = end.set.begin();
    which.count = end.set.span();
    which.begin = mirror::begin_of(memory_, lists);
    which.list = mirror::list_of(memory_, lists);
    which.members = memory_.there(end.set.numbers().list);
    which.sums = memory_.there(synapses.arrays()[variable]);
    mirror::launch(synapses, kernel).add_up(view(synapses).arguments(now), which);
  }
  void deliver(task const& t, kernel::step_context const& now) {
    engine::pathway<Real> const& p = t.synapses->pathway(t.pathway);
    spikes const of = spikes_of(p.source(), t.synapses->event_of(p.trigger())).view();
    arrival const& what = pathways_.at(&p).at(p, of, now.step);
    mirror::launch(*t.synapses, t.kernel).deliver(view(*t.synapses).arguments(now), what);
  }

  // ---- input, and what is the host's

  void inject(engine::neuron_input<Real>& input, kernel::step_context now) {
    now.key.object = input.outline().object;
    auto const* const trains = dynamic_cast<engine::poisson_input<Real> const*>(&input);
    if (trains == nullptr || input.outline().expression) return inject_by_host(input, now);
    element_set const& set = input.outline().set;
    group& target = *input.outline().target;
    poisson_arrivals<Real> const work{.law = trains->law(),
                                      .table = mirror::there(memory_, trains->table()),
                                      .spikes = mirror::there(memory_, target.spikes()),
                                      .members = memory_.there(set.numbers().list),
                                      .first = set.begin(),
                                      .values =
                                          memory_.there(target.arrays()[input.outline().symbol]),
                                      .weight = static_cast<Real>(trains->weight()),
                                      .now = now};
    device::start<Space>("nernst::inject", set.span(), work);
  }
  /// Formulas of weights are evaluated by the host, which needs all values for that.
  void inject_by_host(engine::neuron_input<Real>& input, kernel::step_context const& now) {
    Kokkos::fence();
    memory_.fetch();
    for (int p = 0; p < input.outline().target->partitions(); ++p) input.act(p, now);
    memory_.send();
  }
  void record(task const& t, kernel::step_context const& now) {
    if (auto const rows = records_.find(t.store); rows != records_.end())
      return rows->second.take(now.step);
    auto* const of = dynamic_cast<detail::row_store<Real>*>(t.store);
    if (of == nullptr || of->row_of(now.step) != nullptr) record_by_host(t, now);
  }
  /// What has to be evaluated is the host's: it gets the elements and what their variables may be
  /// linked to.
  void record_by_host(task const& t, kernel::step_context const& now) {
    Kokkos::fence();
    fetch_seen_by(*t.of);
    for (auto& [of, lists] : spikes_)
      for (auto& list : lists) list.fetch();
    for (int p = 0; p < t.of->partitions(); ++p)
      t.store->record(p, t.of->begin(p), t.of->end(p), now);
  }
  void fetch_seen_by(group const& of) {
    memory_.fetch(&of);
    for (auto const& from : of.linked())
      if (from.given()) memory_.fetch(&from.source());
    if (!of.model().of_synapses) return;
    auto const& synapses = static_cast<projection_base<Real> const&>(of);
    for (group const* const end : {&synapses.source(), &synapses.target()})
      if (end != &of) fetch_seen_by(*end);
  }

  int partitions_;
  parts const* network_ = nullptr;
  bool is_ready_ = false;
  memory<Space> memory_;
  std::map<group const*, group_view<Space, Real>> groups_;
  std::map<engine::pathway<Real> const*, pathway_view<Space, Real>> pathways_;
  std::map<detail::sampling_store const*, recorded_rows> records_;
  std::map<engine::spike_source const*, std::vector<fired_lists>> spikes_;
};

}  // namespace nernst::device
