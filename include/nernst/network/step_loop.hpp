// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/barrier.hpp>
#include <nernst/network/step_plan.hpp>

#include <atomic>

namespace nernst {

/// The loop over the steps, run by every thread of a persistent team at the same time; thread p
/// does the work of partition p.
///
/// Most networks have one barrier in a step: before it and behind it a thread writes its own
/// neurons only. Projections that read the variables of their source neurons, and statements that
/// write shared variables, are kept apart by barriers of their own.
template <class Real>
class step_loop {
 public:
  step_loop(std::vector<std::unique_ptr<neurons<Real>>> const& n,
            std::vector<std::unique_ptr<synapses>> const& s, step_plan<Real> plan, barrier& gate,
            double dt, std::uint64_t seed, std::int64_t begin, std::int64_t end)
      : neurons_(n), plan_(std::move(plan)), gate_(gate), dt_(dt), seed_(seed), begin_(begin),
        end_(end), done_(end) {
    for (auto const& one : s) reads_source_ = reads_source_ || one->reads_source;
  }

  void operator()(int rank) const {
    kernel::flush_denormals const flushing;
    for (std::int64_t step = begin_; step < end_; ++step) {
      kernel::moment now{
          static_cast<double>(step) * dt_, step, {seed_, 0, static_cast<std::uint64_t>(step)}};
      for (act<Real> const& a : plan_.acts()) {
        if (a.of != nullptr) now.key.object = a.of->object();
        carry_out(a, rank, now);
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
  void carry_out(act<Real> const& a, int rank, kernel::moment const& now) const {
    auto const p = static_cast<std::size_t>(rank);
    switch (a.what) {
    case act<Real>::extra:
      if (a.of->is_due(a.number, now.step))
        by_owner(a, rank, [&](std::size_t q) { a.of->extra(a.number, q, now); });
      break;
    case act<Real>::once:
      if (!a.of->is_due(a.number, now.step)) break;
      gate_.arrive_and_wait(rank);
      if (rank == 0) a.of->extra(a.number, 0, now);
      gate_.arrive_and_wait(rank);
      break;
    case act<Real>::record:
      a.store->record(p, a.of->bounds()[p], a.of->bounds()[p + 1], now);
      break;
    case act<Real>::update:
      a.of->update(p, now);
      break;
    case act<Real>::gate:
      look_for_space(p, now.step);
      [[fallthrough]];
    case act<Real>::wait:
      gate_.arrive_and_wait(rank);
      break;
    case act<Real>::deliver:
      a.through->deliver(p, now);
      if (reads_source_) gate_.arrive_and_wait(rank);
      break;
    case act<Real>::reset:
      by_owner(a, rank, [&](std::size_t q) { a.of->reset(q, now); });
      break;
    }
  }

  template <class Do>
  void by_owner(act<Real> const& a, int rank, Do const& work) const {
    if (!a.alone) return work(static_cast<std::size_t>(rank));
    if (rank != 0) return;
    for (std::size_t q = 0; q < a.of->logs().size(); ++q) work(q);
  }

  /// A full log ends the piece after this step, for all threads at once. The flags of two steps
  /// alternate: a thread that is already in the next step does not disturb one that still looks at
  /// this.
  void look_for_space(std::size_t p, std::int64_t step) const {
    bool full = false;
    for (auto const& n : neurons_) full = full || n->is_full(p);
    if (full) stop_[step & 1].store(true, std::memory_order_relaxed);
  }

  std::vector<std::unique_ptr<neurons<Real>>> const& neurons_;
  step_plan<Real> plan_;
  barrier& gate_;
  double dt_;
  std::uint64_t seed_;
  std::int64_t begin_, end_;
  bool reads_source_ = false;
  mutable std::atomic<bool> stop_[2] = {false, false};
  mutable std::int64_t done_;
};

}  // namespace nernst
