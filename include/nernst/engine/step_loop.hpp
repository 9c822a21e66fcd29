// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/barrier.hpp>
#include <nernst/engine/interrupt.hpp>
#include <nernst/engine/lookout.hpp>
#include <nernst/engine/schedule.hpp>
#include <nernst/kernel/flush_denormals.hpp>

#include <atomic>
#include <chrono>

namespace nernst::engine {

/// The steps [begin, end) of a run, and the tasks that are done in each: [first, last). Random
/// numbers depend on the number of steps made, so that none are drawn twice where steps become
/// longer: it is larger than that of the step by `draws_ahead`.
struct step_range {
  std::int64_t begin, end;
  double dt;
  std::uint64_t seed;
  std::int64_t draws_ahead;
  int first, last;
  double* seconds = nullptr;  ///< by task: takes the time that the first thread spends on it

  /// What kernels know of a step; the object that draws numbers is set for each.
  kernel::step_context at(std::int64_t step) const {
    return {static_cast<double>(step) * dt,
            step,
            {seed, 0, static_cast<std::uint64_t>(step + draws_ahead)}};
  }
};

/// The loop over the steps, run by every thread of a persistent team at the same time. As many of
/// them as the barrier has members, evenly spread over the team, do the work: the first one that of
/// partition 0, of partition 0 + the number of members, and so on. (Threads that share a processor
/// would only wait for each other.)
template <class Real>
class step_loop {
 public:
  step_loop(network_parts<Real> const& network, ir::list<task<Real>> const& tasks, barrier& gate,
            lookout<Real>& watching, int partitions, step_range const& steps)
      : network_(network), tasks_(tasks), gate_(gate), watching_(watching), partitions_(partitions),
        steps_(steps), done_(steps.end) {}

  void operator()(int thread) const {
    int const members = gate_.size();
    int const member = (thread * members + partitions_ - 1) / partitions_;
    if (member * partitions_ / members != thread) return;
    make_steps(member);
  }

  /// The step behind the last one made.
  std::int64_t done() const { return done_; }

 private:
  using time = std::chrono::steady_clock::time_point;

  void make_steps(int member) const {
    kernel::flush_denormals const flushing;
    std::int64_t const series = series_of(tasks_);
    bool const measures = member == 0 && steps_.seconds != nullptr;
    for (std::int64_t step = steps_.begin; step < steps_.end; ++step) {
      bool const ends_series = (step - steps_.begin) % series == series - 1;
      kernel::step_context now = steps_.at(step);
      for (int k = steps_.first; k < steps_.last; ++k) {
        task<Real> const& t = tasks_[k];
        if (t.of != nullptr) now.key.object = t.of->object();
        if (t.what == activity::meet && t.every > 1 && !ends_series) continue;
        time const begin = measures ? std::chrono::steady_clock::now() : time();
        carry_out(t, member, now);
        if (measures) enter_time(k, begin);
      }
      bool const found = watching_.is_on() && look(member);
      if (!found && !ends_series) continue;
      std::int64_t const flag = step / series & 1;
      if (found || stop_[flag].load(std::memory_order_relaxed)) {
        if (member == 0) done_ = step + 1;
        return;
      }
    }
  }

  void enter_time(int task, time begin) const {
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
    steps_.seconds[task] += took.count();
  }

  void carry_out(task<Real> const& t, int member, kernel::step_context const& now) const {
    if (t.what == activity::meet) return meet(t, member, now.step);
    for (int rank = member; rank < partitions_; rank += gate_.size()) carry_out_of(t, rank, now);
  }
  void meet(task<Real> const& t, int member, std::int64_t step) const {
    for (int rank = member; t.looks && rank < partitions_; rank += gate_.size())
      look_for_space(rank, step / t.every & 1, static_cast<std::size_t>(t.every));
    gate_.arrive_and_wait(member);
  }

  void carry_out_of(task<Real> const& t, int rank, kernel::step_context const& now) const {
    if (t.is_left_out(now.step)) return pass(t, rank);
    switch (t.what) {
    case activity::execute:
      if (t.of->is_due(t.kernel, now.step))
        by_owner(t, rank, [&](int q) { t.of->execute(t.kernel, q, now); });
      break;
    case activity::once:
      if (rank == 0 && t.of->is_due(t.kernel, now.step)) t.of->execute(t.kernel, 0, now);
      break;
    case activity::record:
      if (rank < t.of->partitions())
        t.store->record(rank, static_cast<std::uint32_t>(t.of->begin(rank)),
                        static_cast<std::uint32_t>(t.of->end(rank)), now);
      break;
    case activity::update:
      t.stage == 0 ? t.neurons->update(rank, now) : t.neurons->go_on(t.stage, rank, now);
      break;
    case activity::add_up:
      t.synapses->add_up(t.kernel, rank, now);
      break;
    case activity::deliver:
      t.synapses->pathway(t.pathway).deliver(rank, now);
      break;
    case activity::notify:
      t.neurons->events()->act(rank, now, t.when.order > 0);
      break;
    case activity::rest:
      t.neurons->rest(rank);
      break;
    case activity::reset:
      by_owner(t, rank, [&](int q) { t.neurons->reset(q, now); });
      break;
    case activity::inject: {
      kernel::step_context own = now;
      own.key.object = t.input->outline().object;
      t.input->act(rank, own);
      break;
    }
    case activity::meet:
    case activity::call:
      break;
    }
  }

  /// A step that is none of those of the group.
  void pass(task<Real> const& t, int rank) const {
    if (t.neurons == nullptr) return;
    by_owner(t, rank, [&](int q) { t.neurons->pass(t.kernel, q); });
  }

  /// Whether something was found, for all threads alike. Nobody may write meanwhile: neither those
  /// that are still in this step, nor those that are already in the next.
  bool look(int member) const {
    gate_.arrive_and_wait(member);
    for (int rank = member; rank < partitions_; rank += gate_.size()) watching_.look(rank);
    gate_.arrive_and_wait(member);
    return watching_.has_found();
  }

  template <class Do>
  void by_owner(task<Real> const& t, int rank, Do const& work) const {
    if (!t.alone) return work(rank);
    if (rank != 0) return;
    for (int q = 0; q < t.of->partitions(); ++q) work(q);
  }

  /// A full log ends the piece after this series of steps, and so does Ctrl-C, for all threads at
  /// once. The flags of two series alternate: a thread that is already in the next one does not
  /// disturb one that still looks at this.
  void look_for_space(int partition, std::int64_t flag, std::size_t steps) const {
    bool full =
        partition == 0 && nernst::detail::interrupt_is_pending.load(std::memory_order_relaxed);
    for (auto const& n : network_.populations)
      full = full || (n->fires() && n->is_full(partition, steps));
    if (full) stop_[flag].store(true, std::memory_order_relaxed);
  }

  network_parts<Real> const& network_;
  ir::list<task<Real>> const& tasks_;
  barrier& gate_;
  lookout<Real>& watching_;
  int partitions_;
  step_range steps_;
  mutable std::atomic<bool> stop_[2] = {false, false};
  mutable std::int64_t done_;
};

}  // namespace nernst::engine
