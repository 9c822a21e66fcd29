// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/barrier.hpp>
#include <nernst/network/record.hpp>
#include <nernst/network/synapses.hpp>

#include <atomic>
#include <memory>

namespace nernst {

/// A record of states and the neurons it is made of.
template <class Real>
struct watched_states {
  std::unique_ptr<detail::state_store<Real>> store;
  neurons<Real> const* of;
};

/// The loop over the steps, run by every thread of a persistent team at the same time; thread p does the work of partition p.
///
/// A step: record, update and threshold, [barrier], deliveries, resets that had to wait. One barrier is enough: behind it a thread reads
/// the spikes of all partitions, which nobody changes any more, and writes its own neurons only, before and after. Projections that read
/// the variables of their source neurons are kept apart by barriers of their own.
template <class Real>
class step_loop {
 public:
  step_loop(std::vector<std::unique_ptr<neurons<Real>>> const& n, std::vector<std::unique_ptr<synapses>> const& s,
            std::vector<watched_states<Real>> const& states, barrier& gate, double dt, std::uint64_t seed, std::int64_t begin,
            std::int64_t end)
      : neurons_(n), synapses_(s), states_(states), gate_(gate), dt_(dt), seed_(seed), begin_(begin), end_(end), done_(end) {
    for (auto const& one : synapses_) reads_source_ = reads_source_ || one->reads_source;
  }

  void operator()(int rank) const {
    kernel::flush_denormals const flushing;
    auto const p = static_cast<std::size_t>(rank);
    for (std::int64_t step = begin_; step < end_; ++step) {
      kernel::moment now{static_cast<double>(step) * dt_, step, {seed_, 0, static_cast<std::uint64_t>(step)}};
      for (auto const& s : states_) s.store->record(s.of->bounds()[p], s.of->bounds()[p + 1], step);
      bool full = false;
      for (auto const& n : neurons_) {
        now.key.object = n->object();
        n->update(p, now);
        full = full || !n->logs()[p].has_room(n->size(p));
      }
      // A full log ends the piece after this step, for all threads at once. The flags of two steps alternate: a thread that is already in
      // the next step does not disturb one that still looks at this.
      if (full) stop_[step & 1].store(true, std::memory_order_relaxed);
      gate_.arrive_and_wait(rank);
      for (auto const& s : synapses_) {
        s->deliver(p, now);
        if (reads_source_) gate_.arrive_and_wait(rank);
      }
      for (auto const& n : neurons_) {
        now.key.object = n->object();
        n->reset(p, now);
      }
      if (reads_source_) gate_.arrive_and_wait(rank);
      if (stop_[step & 1].load(std::memory_order_relaxed)) {
        if (rank == 0) done_ = step + 1;
        return;
      }
    }
  }

  /// The step behind the last one made.
  std::int64_t done() const { return done_; }

 private:
  std::vector<std::unique_ptr<neurons<Real>>> const& neurons_;
  std::vector<std::unique_ptr<synapses>> const& synapses_;
  std::vector<watched_states<Real>> const& states_;
  barrier& gate_;
  double dt_;
  std::uint64_t seed_;
  std::int64_t begin_, end_;
  bool reads_source_ = false;
  mutable std::atomic<bool> stop_[2] = {false, false};
  mutable std::int64_t done_;
};

}  // namespace nernst
