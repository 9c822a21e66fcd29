// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/given_spikes.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace nernst::engine {

NERNST_INLINE given_spikes::given_spikes(std::vector<std::uint32_t> neurons,
                                         std::vector<double> times, double period,
                                         std::uint32_t size, std::string const& whose)
    : neurons_(std::move(neurons)), times_(std::move(times)), period_(period) {
  if (neurons_.size() != times_.size())
    detail::refuse<std::invalid_argument>({whose, ": expected as many times as neurons, found ",
                                           times_.size(), " times and ", neurons_.size(),
                                           " neurons"});
  if (!(period >= 0) || !std::isfinite(period))
    detail::refuse<std::invalid_argument>(
        {whose, ": expected a period > 0 s, found ", period, " s"});
  for (std::size_t k = 0; k < times_.size(); ++k) {
    if (neurons_[k] >= size)
      detail::refuse<std::out_of_range>(
          {whose, ": expected neurons below ", size, ", found ", neurons_[k], " at place ", k});
    if (!(times_[k] >= 0) || !std::isfinite(times_[k]))
      detail::refuse<std::invalid_argument>(
          {whose, ": expected times >= 0 s, found ", times_[k], " s at place ", k});
    if (period > 0 && times_[k] >= period)
      detail::refuse<std::invalid_argument>({whose, ": expected times below the period of ", period,
                                             " s, found ", times_[k], " s at place ", k});
  }
}

NERNST_INLINE void given_spikes::prepare(double dt, std::string const& whose) {
  auto const step_of = [dt](double t) { return static_cast<std::int64_t>((t + 1e-3 * dt) / dt); };
  period_steps_ = static_cast<std::int64_t>(std::round(period_ / dt));
  bool const fits = std::abs(period_ / dt - static_cast<double>(period_steps_)) <= 1e-4;
  if (period_ > 0 && (!fits || period_steps_ == 0))
    detail::refuse<std::invalid_argument>({whose, ": expected a period that is a multiple of dt = ",
                                           dt, " s, found ", period_, " s"});
  entries_.clear();
  for (std::size_t k = 0; k < times_.size(); ++k)
    entries_.push_back({step_of(times_[k]), neurons_[k]});
  std::sort(entries_.begin(), entries_.end(), [](entry const& x, entry const& y) {
    return x.step != y.step ? x.step < y.step : x.neuron < y.neuron;
  });
  for (std::size_t k = 1; k < entries_.size(); ++k)
    if (entries_[k].step == entries_[k - 1].step && entries_[k].neuron == entries_[k - 1].neuron)
      detail::refuse<std::invalid_argument>(
          {whose, ": expected at most one spike of a neuron in a step of ", dt,
           " s, found two of neuron ", entries_[k].neuron, " in step ", entries_[k].step});
}

NERNST_INLINE given_spikes::entry const* given_spikes::first_of(std::int64_t step,
                                                                std::uint32_t neuron) const {
  auto const e = std::lower_bound(entries_.begin(), entries_.end(), entry{step, neuron},
                                  [](entry const& x, entry const& y) {
                                    return x.step != y.step ? x.step < y.step : x.neuron < y.neuron;
                                  });
  return entries_.data() + (e - entries_.begin());
}

NERNST_INLINE std::uint32_t* given_spikes::in_step(std::int64_t step, std::uint32_t begin,
                                                   std::uint32_t end, std::uint32_t* to) const {
  if (period_steps_ > 0) step %= period_steps_;
  entry const* const last = entries_.data() + entries_.size();
  for (entry const* e = first_of(step, begin); e != last; ++e) {
    if (e->step != step || e->neuron >= end) break;
    *to++ = e->neuron;
  }
  return to;
}

}  // namespace nernst::engine
