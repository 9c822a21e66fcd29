// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/flush_denormals.hpp>
#include <nernst/network/barrier.hpp>
#include <nernst/network/bound_expression.hpp>
#include <nernst/network/lookout.hpp>
#include <nernst/network/schedule.hpp>

#include <atomic>

namespace nernst::detail {

/// The steps [begin, end) of a run. Random numbers depend on the number of steps made, so that none
/// are drawn twice where steps become longer: it is larger than that of the step by `draws_ahead`.
struct step_range {
  std::int64_t begin, end;
  double dt;
  std::uint64_t seed;
  std::int64_t draws_ahead;
};

/// The loop over the steps, run by every thread of a persistent team at the same time; thread p
/// does the work of partition p.
///
/// Most networks have one barrier in a step: before it and behind it a thread writes its own
/// neurons only. Projections that read the variables of their source neurons, and statements that
/// write shared variables, are kept apart by barriers of their own.
template <class Real>
class step_loop {
 public:
  step_loop(network_parts<Real> const& network, barrier& gate, lookout<Real>& watching,
            step_range const& steps)
      : network_(network), tasks_(schedule_of(network)), gate_(gate), watching_(watching),
        steps_(steps), done_(steps.end) {
    for (auto const& one : network.projections)
      reads_source_ = reads_source_ || one->reads_source();
  }

  void operator()(int rank) const {
    kernel::flush_denormals const flushing;
    for (std::int64_t step = steps_.begin; step < steps_.end; ++step) {
      kernel::step_context now{
          static_cast<double>(step) * steps_.dt,
          step,
          {steps_.seed, 0, static_cast<std::uint64_t>(step + steps_.draws_ahead)}};
      for (task<Real> const& t : tasks_) {
        if (t.of != nullptr) now.key.object = t.of->object();
        carry_out(t, rank, now);
      }
      if (reads_source_) gate_.arrive_and_wait(rank);
      bool const found = watching_.is_on() && look(rank);
      if (found || stop_[step & 1].load(std::memory_order_relaxed)) {
        if (rank == 0) done_ = step + 1;
        return;
      }
    }
  }

  /// The step behind the last one made.
  std::int64_t done() const { return done_; }

 private:
  void carry_out(task<Real> const& t, int rank, kernel::step_context const& now) const {
    switch (t.what) {
    case activity::execute:
      if (t.of->is_due(t.kernel, now.step))
        by_owner(t, rank, [&](int q) { t.of->execute(t.kernel, q, now); });
      break;
    case activity::once:
      if (!t.of->is_due(t.kernel, now.step)) break;
      gate_.arrive_and_wait(rank);
      if (rank == 0) t.of->execute(t.kernel, 0, now);
      gate_.arrive_and_wait(rank);
      break;
    case activity::record:
      t.store->record(rank, t.of->begin(rank), t.of->begin(rank + 1), now);
      break;
    case activity::update:
      t.of->update(rank, now);
      break;
    case activity::gate:
      look_for_space(rank, now.step);
      gate_.arrive_and_wait(rank);
      break;
    case activity::wait:
      gate_.arrive_and_wait(rank);
      break;
    case activity::deliver:
      t.through->deliver(rank, now);
      if (reads_source_) gate_.arrive_and_wait(rank);
      break;
    case activity::reset:
      by_owner(t, rank, [&](int q) { t.of->reset(q, now); });
      break;
    }
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
    for (int q = 0; q < t.of->logs().size(); ++q) work(q);
  }

  /// A full log ends the piece after this step, for all threads at once. The flags of two steps
  /// alternate: a thread that is already in the next step does not disturb one that still looks at
  /// this.
  void look_for_space(int partition, std::int64_t step) const {
    bool full = false;
    for (auto const& n : network_.populations) full = full || n->is_full(partition);
    if (full) stop_[step & 1].store(true, std::memory_order_relaxed);
  }

  network_parts<Real> const& network_;
  ir::list<task<Real>> tasks_;
  barrier& gate_;
  lookout<Real>& watching_;
  step_range steps_;
  bool reads_source_ = false;
  mutable std::atomic<bool> stop_[2] = {false, false};
  mutable std::int64_t done_;
};

}  // namespace nernst::detail
