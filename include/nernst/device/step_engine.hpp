// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/made_rows.hpp>
#include <nernst/device/task_kernels.hpp>
#include <nernst/engine/accelerator.hpp>
#include <nernst/engine/executor.hpp>
#include <nernst/engine/step_loop.hpp>
#include <nernst/kernel/flush_denormals.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
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

/// Makes steps in a Kokkos execution space, in its memory. The kernels of tasks that are the same
/// in each step are started together; the host only starts them, and waits at the end of a piece,
/// and where a task is its own.
template <class Space, class Real>
class step_engine final : public engine::accelerator<Real> {
  using parts = engine::network_parts<Real>;
  using task = engine::task<Real>;

 public:
  explicit step_engine(int partitions) : partitions_(partitions) {}

  int partitions() const override { return partitions_; }

  synapse_rows connect(char const* rule, connection_law const& law, element_set const& sources,
                       element_set const& targets,
                       std::vector<std::uint32_t> bounds) const override {
    return row_maker<Space>(law, sources, targets, std::move(bounds))(rule);
  }

  std::int64_t most_steps(parts const& of) const override {
    // Lists have room for all neurons in each step: a few megabytes, or so many steps.
    constexpr std::int64_t room = std::int64_t{1} << 22, least = 64;
    std::int64_t steps = room;
    for (auto const& n : of.populations)
      steps = std::min(steps, std::max(least, room / (std::int64_t{n->size()} + 1)));
    return steps;
  }

  bool is_ahead() const override { return is_ready_; }

  void start(parts const& of, std::int64_t step, std::int64_t count) override {
    parts_ = &of;
    network_.start(of, step, count);
  }

  void make_steps(ir::list<task> const& tasks, engine::step_range const& steps) override {
    flushing_threads<Space> const flushing;
    for (int k = steps.first; k < steps.last; ++k)
      if (tasks[k].what == engine::activity::update) plan_ahead(*tasks[k].neurons, steps);
    progress from{.step = steps.begin};
    while (!make_steps_from(from, tasks, steps)) make_room();
    network_.fetch_spikes();
    network_.for_each_record([](auto& rows) { rows.fetch(); });
  }

  void fetch() override {
    if (!is_ready_) return;
    Kokkos::fence();
    network_.fetch();
  }
  void forget() override { is_ready_ = false; }

 private:
  using kernels = task_kernels<Space, Real>;
  using graph = step_graph<Space>;

  /// Who does a task: the device in each step, or in some, or the host.
  enum class doer : std::uint8_t { always, sometimes, host, nobody };

  /// Tasks that follow one another: many, or one that is not always done, or the host's.
  struct stretch {
    std::vector<task const*> tasks = {};
    doer who = doer::always;
    bool begins_step = false;
    int measured = ir::none;  ///< the number of the only one, where time is measured
    std::optional<graph> work = {}, rest = {};
    std::vector<spike_lists<Space>*> lists = {};
    std::vector<record_rows<Space, Real>*> records = {};
  };

  /// How far steps are made.
  struct progress {
    std::int64_t step;
    std::size_t stretch = 0;  ///< the number of the next
  };

  /// Whether queues of events had enough room; where not, steps are to be made again from `from`,
  /// to which the host goes on with each task of its own.
  bool make_steps_from(progress& from, ir::list<task> const& tasks,
                       engine::step_range const& steps) {
    if (!is_ready_) network_.load(*parts_);
    is_ready_ = true;
    network_.set_clock(clock_at(from, steps));
    network_.for_each_record([&](auto& rows) { rows.start(steps.end - steps.begin); });
    std::vector<stretch> all = stretches_of(tasks, steps);
    bool const may_repeat = network_.has_events();
    if (may_repeat) network_.keep();
    std::size_t next = from.stretch;
    for (std::int64_t step = from.step; step < steps.end; ++step) {
      for (; next < all.size(); ++next) {
        bool const is_of_host = may_repeat && all[next].who == doer::host;
        if (is_of_host && !had_room()) return false;
        carry_out(all[next], steps, steps.at(step));
        if (!is_of_host) continue;
        from = {step, next + 1};
        keep();
      }
      next = 0;
    }
    Kokkos::fence();
    return !may_repeat || network_.had_room();
  }
  static step_clock clock_at(progress const& now, engine::step_range const& steps) {
    std::int64_t const step = now.stretch == 0 ? now.step - 1 : now.step;
    return {.time = static_cast<double>(step) * steps.dt,
            .dt = steps.dt,
            .step = step,
            .draws_ahead = steps.draws_ahead};
  }
  bool had_room() const {
    Kokkos::fence();
    return network_.had_room();
  }
  void keep() {
    Kokkos::fence();
    network_.for_each_record([](auto& rows) { rows.fetch(); });
    network_.keep();
  }
  /// Goes back to where `keep` was, with larger queues.
  void make_room() {
    network_.put_back();
    fetch();
    forget();
  }

  doer who_does(task const& t, engine::step_range const& steps) {
    using engine::activity;
    if (t.what == activity::meet || t.what == activity::call) return doer::nobody;
    if (t.what == activity::record)
      return network_.rows_of(t.store) != nullptr ? doer::always : doer::host;
    if (t.what == activity::update && t.stage > 0) return doer::nobody;
    if (t.what == activity::update && mirror::plan(*t.neurons) != nullptr) return doer::always;
    if (t.what == activity::inject && !is_of_device(*t.input)) return doer::host;
    bool some = t.stride != 1 || is_timed(t);
    if (t.what == activity::deliver)
      some = some || mirror::has_early(t.synapses->pathway(t.pathway), steps.begin, steps.end);
    return some ? doer::sometimes : doer::always;
  }
  static bool is_timed(task const& t) {
    bool const executes = t.what == engine::activity::execute || t.what == engine::activity::once;
    return executes && t.of->model().kernels[t.kernel].when_executed == kernel::trigger::timed;
  }
  /// Formulas of weights are evaluated by the host.
  static bool is_of_device(engine::neuron_input<Real> const& input) {
    bool const is_poisson = dynamic_cast<engine::poisson_input<Real> const*>(&input) != nullptr;
    return is_poisson && !input.outline().expression;
  }

  std::vector<stretch> stretches_of(ir::list<task> const& tasks, engine::step_range const& steps) {
    kernels of_tasks(network_, steps.seed);
    std::vector<stretch> all(1);
    all[0].begins_step = true;
    for (int k = steps.first; k < steps.last; ++k) {
      doer const who = who_does(tasks[k], steps);
      if (who == doer::nobody) continue;
      bool const joins = who == doer::always && all.back().who == who && steps.seconds == nullptr;
      if (!joins) all.push_back({.who = who, .measured = k});
      enter(all.back(), tasks[k], of_tasks);
    }
    for (stretch& s : all)
      if (s.who != doer::host) build(s, of_tasks);
    return all;
  }
  void enter(stretch& to, task const& t, kernels& of_tasks) {
    to.tasks.push_back(&t);
    if (to.who == doer::host) return;
    for (auto* const lists : of_tasks.lists_of(t)) to.lists.push_back(lists);
    if (t.what == engine::activity::record) to.records.push_back(network_.rows_of(t.store));
  }
  void build(stretch& s, kernels& of_tasks) {
    s.work.emplace([&](sequence_of<Space>& to) {
      if (s.begins_step) to.add("nernst::tick", 1, ticking{network_.clock()});
      for (task const* const t : s.tasks) of_tasks.add_to(to, *t);
    });
    if (s.who == doer::sometimes && !s.lists.empty())
      s.rest.emplace([&](sequence_of<Space>& to) { of_tasks.rest(to, *s.tasks[0]); });
  }
  /// Neurons whose spikes were given have those of all steps.
  void plan_ahead(population_base<Real>& neurons, engine::step_range const& steps) {
    engine::spike_plan const* const plan = mirror::plan(neurons);
    if (plan == nullptr) return;
    std::vector<std::uint32_t> fired, now(neurons.size());
    std::vector<std::uint64_t> end;
    for (std::int64_t step = steps.begin; step < steps.end; ++step) {
      std::uint32_t* last = now.data();
      if (neurons.makes_step(step))
        last = plan->in_step(mirror::counted(neurons, step), 0, neurons.size(), now.data());
      fired.insert(fired.end(), now.data(), last);
      end.push_back(fired.size());
    }
    network_.spikes_of(&neurons, -1).give(fired, std::move(end));
  }

  void carry_out(stretch& s, engine::step_range const& steps, kernel::step_context const& now) {
    using clock = std::chrono::steady_clock;
    clock::time_point const begin = clock::now();
    if (s.who == doer::host)
      carry_out_by_host(*s.tasks[0], now);
    else
      start(s, steps, now.step);
    if (steps.seconds == nullptr) return;
    Kokkos::fence();
    std::chrono::duration<double> const took = clock::now() - begin;
    if (s.measured != ir::none) steps.seconds[s.measured] += took.count();
  }
  void start(stretch& s, engine::step_range const& steps, std::int64_t step) {
    for (auto* const rows : s.records) rows->expect(step);
    if (s.who == doer::always)
      s.work->start();
    else
      start_one(s, steps, step);
    for (auto* const lists : s.lists) lists->count();
  }
  void start_one(stretch& s, engine::step_range const& steps, std::int64_t step) {
    task const& t = *s.tasks[0];
    if (t.is_left_out(step)) {
      if (s.rest.has_value()) s.rest->start();
    } else if (t.what == engine::activity::deliver) {
      deliver(s, steps, step);
    } else if (!is_timed(t) || t.of->is_due(t.kernel, step)) {
      s.work->start();
    }
  }
  void deliver(stretch& s, engine::step_range const& steps, std::int64_t step) {
    task const& t = *s.tasks[0];
    auto const early = mirror::early(t.synapses->pathway(t.pathway), step);
    if (early.empty()) return s.work->start();
    graph const once(
        [&](sequence_of<Space>& to) { kernels(network_, steps.seed).deliver(to, t, early); });
    once.start();
    Kokkos::fence();
  }

  // ---- what is the host's

  void carry_out_by_host(task const& t, kernel::step_context const& now) {
    if (t.is_left_out(now.step)) return;
    t.what == engine::activity::record ? record(t, now) : inject(*t.input, now);
  }
  void inject(engine::neuron_input<Real>& input, kernel::step_context now) {
    now.key.object = input.outline().object;
    Kokkos::fence();
    network_.memory().fetch();
    for (int p = 0; p < input.outline().target->partitions(); ++p) input.act(p, now);
    network_.memory().send();
  }
  void record(task const& t, kernel::step_context now) {
    auto* const rows = dynamic_cast<detail::row_store<Real>*>(t.store);
    if (rows != nullptr && rows->row_of(now.step) == nullptr) return;
    now.key.object = t.of->object();
    Kokkos::fence();
    network_.fetch_seen_by(*t.of);
    network_.fetch_spikes();
    for (int p = 0; p < t.of->partitions(); ++p)
      t.store->record(p, static_cast<std::uint32_t>(t.of->begin(p)),
                      static_cast<std::uint32_t>(t.of->end(p)), now);
  }

  int partitions_;
  parts const* parts_ = nullptr;
  bool is_ready_ = false;
  network_copy<Space, Real> network_;
};

}  // namespace nernst::device
