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
};

/// The loop over the steps, run by every thread of a persistent team at the same time; thread p
/// does the work of partition p.
template <class Real>
class step_loop {
 public:
  step_loop(network_parts<Real> const& network, ir::list<task<Real>> const& tasks, barrier& gate,
            lookout<Real>& watching, step_range const& steps)
      : network_(network), tasks_(tasks), gate_(gate), watching_(watching), steps_(steps),
        done_(steps.end) {}

  void operator()(int rank) const {
    rank == 0 && steps_.seconds != nullptr ? make_steps<true>(rank) : make_steps<false>(rank);
  }

  /// The step behind the last one made.
  std::int64_t done() const { return done_; }

 private:
  template <bool Measured>
  void make_steps(int rank) const {
    kernel::flush_denormals const flushing;
    for (std::int64_t step = steps_.begin; step < steps_.end; ++step) {
      kernel::step_context now{
          static_cast<double>(step) * steps_.dt,
          step,
          {steps_.seed, 0, static_cast<std::uint64_t>(step + steps_.draws_ahead)}};
      for (int k = steps_.first; k < steps_.last; ++k) {
        if (tasks_[k].of != nullptr) now.key.object = tasks_[k].of->object();
        if constexpr (Measured)
          measure(k, [&] { carry_out(tasks_[k], rank, now); });
        else
          carry_out(tasks_[k], rank, now);
      }
      bool const found = watching_.is_on() && look(rank);
      if (found || stop_[step & 1].load(std::memory_order_relaxed)) {
        if (rank == 0) done_ = step + 1;
        return;
      }
    }
  }

  template <class Work>
  void measure(int task, Work const& work) const {
    auto const begin = std::chrono::steady_clock::now();
    work();
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
    steps_.seconds[task] += took.count();
  }

  void carry_out(task<Real> const& t, int rank, kernel::step_context const& now) const {
    if (t.has_clock && !t.of->makes_step(now.step)) return pass(t, rank);
    switch (t.what) {
    case activity::execute:
      if (t.of->is_due(t.kernel, now.step))
        by_owner(t, rank, [&](int q) { t.of->execute(t.kernel, q, now); });
      break;
    case activity::once:
      if (rank == 0 && t.of->is_due(t.kernel, now.step)) t.of->execute(t.kernel, 0, now);
      break;
    case activity::record:
      if (rank < t.of->partitions()) t.store->record(rank, t.of->begin(rank), t.of->end(rank), now);
      break;
    case activity::update:
      t.neurons->update(rank, now);
      break;
    case activity::add_up:
      t.synapses->add_up(t.kernel, rank, now);
      break;
    case activity::deliver:
      t.synapses->pathway(t.pathway).deliver(rank, now);
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
      if (t.looks) look_for_space(rank, now.step);
      gate_.arrive_and_wait(rank);
      break;
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
  bool look(int rank) const {
    gate_.arrive_and_wait(rank);
    watching_.look(rank);
    gate_.arrive_and_wait(rank);
    return watching_.has_found();
  }

  template <class Do>
  void by_owner(task<Real> const& t, int rank, Do const& work) const {
    if (!t.alone) return work(rank);
    if (rank != 0) return;
    for (int q = 0; q < t.of->partitions(); ++q) work(q);
  }

  /// A full log ends the piece after this step, and so does Ctrl-C, for all threads at once. The
  /// flags of two steps
  /// alternate: a thread that is already in the next step does not disturb one that still looks at
  /// this.
  void look_for_space(int partition, std::int64_t step) const {
    bool full =
        partition == 0 && nernst::detail::interrupt_is_pending.load(std::memory_order_relaxed);
    for (auto const& n : network_.populations) full = full || n->is_full(partition);
    if (full) stop_[step & 1].store(true, std::memory_order_relaxed);
  }

  network_parts<Real> const& network_;
  ir::list<task<Real>> const& tasks_;
  barrier& gate_;
  lookout<Real>& watching_;
  step_range steps_;
  mutable std::atomic<bool> stop_[2] = {false, false};
  mutable std::int64_t done_;
};

}  // namespace nernst::engine
