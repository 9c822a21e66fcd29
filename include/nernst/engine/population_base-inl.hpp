// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/population_base.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nernst {

template <class Real>
population_base<Real>::population_base(population_outline<Real> const& outline, executor const& run,
                                       int partitions)
    : population_base(outline, run,
                      engine::spike_source(outline.size, partitions, outline.model.events.size())) {
}

template <class Real>
population_base<Real>::population_base(population_outline<Real> const& outline, executor const& run,
                                       std::vector<std::uint32_t> bounds)
    : population_base(outline, run,
                      engine::spike_source(std::move(bounds), outline.model.events.size())) {}

template <class Real>
population_base<Real>::population_base(population_outline<Real> const& outline, executor const& run,
                                       engine::spike_source&& source)
    : group(outline, run), spike_source(std::move(source)), reset_waits(outline.model.reset_waits),
      update_(model_.find(kernel::trigger::update)),
      fused_(model_.find(kernel::trigger::update_and_reset)),
      reset_(model_.find(kernel::trigger::reset)),
      threshold_is_apart_(model_.has(kernel::trigger::threshold)), handles_(*this, this->name()) {
  make(outline.size);
  if (outline.prepare.make_events != nullptr) events_ = outline.prepare.make_events(*this);
}

/// Makes arrays for the neurons of all partitions.
template <class Real>
void population_base<Real>::make(std::uint32_t size) {
  if (model_.has_refractory() && model_.last_spike == ir::none) fired_at_.resize(size, -1);
  if (model_.refractory_steps != ir::none) {
    open_ = detail::host_array<std::uint8_t>(detail::host_array<std::uint8_t>::whole_lines(size));
    std::fill_n(open_.data(), open_.size(), std::uint8_t{0xFF});
    closed_ = std::vector<engine::closed_neurons>(bounds().size() - 1);
  }
  std::vector<typename group::extent_t> extents;
  for (std::size_t p = 0; p + 1 < bounds().size(); ++p)
    extents.push_back({bounds()[p], bounds()[p + 1]});
  this->allocate(size, std::move(extents));
}

template <class Real>
void population_base<Real>::grow(std::uint32_t count) {
  if (events_ != nullptr)
    detail::refuse<std::logic_error>(
        {this->name(), ": expected elements without events of their own to grow"});
  std::uint32_t const before = this->size();
  auto const old = this->storage_;
  divide(before + count);
  make(before + count);
  for (int a = 0; a < old.size(); ++a)
    if (old[a].data() != nullptr)
      std::copy(old[a].data(), old[a].data() + before, this->storage_[a].data());
}

/// Before its first spike a neuron is not refractory, however long that lasts; everything else
/// starts at what its model says, which is 0 where it says nothing.
template <class Real>
Real population_base<Real>::initial(int array) const {
  if (array == model_.last_spike) return kernel::spike_history<Real>::never;
  if (array == model_.flag) return Real(1);
  int const last_time = model_.find("_last_spike_time");
  bool const is_time = last_time != ir::none && array == model_.variables[last_time].array;
  if (is_time) return static_cast<Real>(ir::before_first_spike);
  return group::initial(array);
}

// ---- before a run

template <class Real>
void population_base<Real>::prepare(double dt) {
  group::prepare(dt);
  if (given_) given_->prepare(this->dt(), this->name());
  if (events_ != nullptr) events_->prepare();
  if (model_.refractory_steps == ir::none) return;
  double const steps = this->scalars_of_run()[model_.refractory_steps];
  if (std::isnan(steps))
    detail::refuse<std::invalid_argument>(
        {this->name(), ": expected a refractory period, found one that is not a number"});
  count_refractory_steps(steps);
}

template <class Real>
void population_base<Real>::change_dt(double dt, std::int64_t from, std::int64_t to) {
  double const old = this->dt(), old_steps = own_steps(from);
  this->set_dt(dt);
  forget_spikes(to);
  recount_spikes(old, old_steps, own_steps(to));
}

template <class Real>
void population_base<Real>::set_own_dt(double dt, std::int64_t now) {
  double const old = this->dt(), old_steps = own_steps(now);
  group::set_own_dt(dt, now);
  recount_spikes(old, old_steps, own_steps(now));
}

/// Last spikes are counted in steps of the neurons' own: from now on in those of the present
/// length, of which `to` have passed where `from` of the old ones have.
template <class Real>
void population_base<Real>::recount_spikes(double old_dt, double from, double to) {
  double const ratio = old_dt / this->dt();
  std::int64_t const first = may_drift() ? static_cast<std::int64_t>(to) : first_step_;
  Real* const last = model_.last_spike == ir::none ? nullptr : kernel_array_[model_.last_spike];
  auto const moved = [&](double spike, std::int64_t old_first, std::int64_t new_first) {
    double const ago = from - static_cast<double>(old_first) - spike;
    double const step = to - static_cast<double>(new_first) - ago * ratio;
    // A refractory period may be a thousandth of a step too short.
    double const nearest = std::round(step);
    return std::abs(step - nearest) <= 1e-3 ? nearest : step;
  };
  for (std::uint32_t n = 0; last != nullptr && n < this->size(); ++n)
    if (last[n] >= kernel::spike_history<Real>::never / 2)
      last[n] = static_cast<Real>(moved(static_cast<double>(last[n]), first_step_, first));
  for (double& spike : fired_at_)
    if (spike >= 0) spike = moved(spike, 0, 0);
  first_step_ = first;
  find_refractory_steps();
}

/// Outside of runs, for who asks what is refractory.
template <class Real>
void population_base<Real>::find_refractory_steps() {
  if (model_.refractory_steps != ir::none)
    count_refractory_steps(this->scalars_of_run()[model_.refractory_steps]);
}

template <class Real>
void population_base<Real>::count_refractory_steps(double steps) {
  constexpr double most = 0x1p53;
  refractory_steps_ = steps;
  double const least = std::max(steps, 1.0);
  closed_steps_ = static_cast<std::int64_t>(least < most ? least : most);
}

template <class Real>
void population_base<Real>::start(std::int64_t step, std::size_t count, std::size_t series) {
  if (fires()) start_logs(step, count, series);
  // Steps of their own that have been made.
  std::int64_t const made = (step + this->stride() - 1) / this->stride();
  for (std::size_t k = 0; k < closed_.size(); ++k)
    closed_[k].start(open_.data(), bounds()[k], bounds()[k + 1], fired_at_.data(),
                     refractory_steps_, static_cast<double>(made));
  if (!counts_anew(step)) return;
  std::int64_t const own = counted(step);
  Real* const last = kernel_array_[model_.last_spike];
  for (std::uint32_t n = 0; n < this->size(); ++n) last[n] -= static_cast<Real>(own - first_step_);
  first_step_ = own;
}

/// Single precision counts steps exactly up to 2^24 only: they are counted from a later one in good
/// time.
template <class Real>
bool population_base<Real>::counts_anew(std::int64_t step) const {
  constexpr std::int64_t good_time = std::int64_t{1} << 22;
  return may_drift() && counted(step) - first_step_ >= good_time;
}

// ---- in a step

/// Executes a kernel for the neurons of a partition, and enters those that fire into a log.
template <class Real>
void population_base<Real>::sweep(int kernel, int partition, kernel::step_context const& now,
                                  spike_log* log) {
  std::uint32_t* const first = log == nullptr ? nullptr : log->next();
  std::uint32_t* const last = launches_[kernel].sweep(this->arguments(now), this->begin(partition),
                                                      this->end(partition), first);
  if (log != nullptr) commit(*log, last, partition, now);
}

template <class Real>
void population_base<Real>::commit(spike_log& log, std::uint32_t* last, int partition,
                                   kernel::step_context const& now) {
  std::uint32_t* const first = log.next();
  if (!fired_at_.empty() && &log == &logs()[partition]) {
    for (std::uint32_t const* n = first; n != last; ++n)
      fired_at_[*n] = static_cast<double>(counted(now.step));
    if (!closed_.empty())
      closed_[static_cast<std::size_t>(partition)].close({first, static_cast<int>(last - first)});
  }
  call_by_number(first, last);
  log.commit(static_cast<std::size_t>(last - first));
}

template <class Real>
void population_base<Real>::update(int partition, kernel::step_context const& now) {
  if (given_) {
    std::uint32_t* const first = logs()[partition].next();
    std::uint32_t* const last =
        given_->in_step(counted(now.step), this->begin(partition), this->end(partition), first);
    return logs()[partition].commit(static_cast<std::size_t>(last - first));
  }
  if (!closed_.empty())
    closed_[static_cast<std::size_t>(partition)].open(static_cast<double>(counted(now.step)));
  if (events_ != nullptr && events_->fires()) {
    if (!model_.kernels[update_].is_empty()) sweep(update_, partition, now, nullptr);
    return commit_events(partition);
  }
  bool const can_fuse = !reset_waits && launches_[fused_].sweep != nullptr;
  sweep(can_fuse ? fused_ : update_, partition, now, log_of(update_, partition));
}

template <class Real>
void population_base<Real>::commit_events(int partition) {
  spike_log& log = logs()[partition];
  std::uint32_t* const first = log.next();
  log.commit(static_cast<std::size_t>(events_->take_fired(partition, first) - first));
}

template <class Real>
spike_log* population_base<Real>::log_of(int kernel, int partition) {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  switch (k.when_executed) {
  case kernel::trigger::update:
    return threshold_is_apart_ ? nullptr : &logs()[partition];
  case kernel::trigger::threshold:
    return &logs()[partition];
  case kernel::trigger::check:
    return &logs(k.which)[partition];
  default:
    return nullptr;
  }
}

template <class Real>
void population_base<Real>::pass(int kernel, int partition) {
  if (spike_log* const log = log_of(kernel, partition)) log->commit(0);
}

template <class Real>
void population_base<Real>::reset(int partition, kernel::step_context const& now) {
  if (!reset_waits || launches_[reset_].visit == nullptr) return;
  visit(reset_, partition, now, logs()[partition].spikes(now.step));
}

template <class Real>
void population_base<Real>::visit(int kernel, int, kernel::step_context const& now,
                                  ir::span<std::uint32_t const> neurons) {
  launches_[kernel].visit(this->arguments(now), neurons.data(), 0,
                          static_cast<std::uint32_t>(neurons.size()));
}

template <class Real>
void population_base<Real>::execute(int kernel, int partition, kernel::step_context const& now) {
  kernel::scheduled_kernel const& k = model_.kernels[kernel];
  switch (k.when_executed) {
  case kernel::trigger::threshold:
  case kernel::trigger::check:
    return sweep(kernel, partition, now, log_of(kernel, partition));
  case kernel::trigger::act: {
    if (k.for_all) return group::execute(kernel, partition, now);
    return visit(kernel, partition, now, logs(k.which)[partition].latest());
  }
  default:
    return group::execute(kernel, partition, now);
  }
}

// ---- what is known

template <class Real>
kernel::spike_history<Real> population_base<Real>::spikes() const {
  auto const array = [this](int slot) { return slot == ir::none ? nullptr : kernel_array_[slot]; };
  return {.flag = array(model_.flag),
          .last = array(model_.last_spike),
          .fired_at = fired_at_.empty() ? nullptr : fired_at_.data(),
          .open = open_.data(),
          .closed_steps = closed_steps_,
          .first_step = first_step_,
          .stride = this->stride(),
          .dt = this->network_dt()};
}

template <class Real>
std::size_t population_base<Real>::memory_bytes() const {
  return group::memory_bytes() + log_bytes() + fired_at_.size() * sizeof(double) +
         open_.memory_bytes() + (events_ == nullptr ? 0 : events_->memory_bytes());
}

template <class Real>
void population_base<Real>::link(int symbol, linkage<Real> to) {
  group::link(symbol, std::move(to));
  // Each side may see, between the threshold and the reset of the other, what that does.
  reset_waits = true;
  this->linked()[symbol].source().await_resets();
}

}  // namespace nernst
