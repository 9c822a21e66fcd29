// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/clock.hpp>
#include <nernst/io/table.hpp>
#include <nernst/network/record/rate_curve.hpp>
#include <nernst/refuse.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst {

NERNST_INLINE void rate_curve::save(std::string const& path) const {
  io::write_table(path, {io::field("t", "s", times_), io::field("rate", "Hz", rates_)});
}

namespace detail {

NERNST_INLINE std::size_t binned_spikes::view::bin_of(std::int64_t step) const {
  return static_cast<std::size_t>((before + static_cast<double>(step - first_step)) / steps);
}

NERNST_INLINE binned_spikes::view binned_spikes::view_of(stretch const& of, double before,
                                                         double bin, char const* asked) {
  double const wanted = bin / of.dt;
  std::int64_t const whole = wanted >= 0.5 ? checked_steps(wanted + 0.5, asked) : 0;
  if (whole < 1 || std::abs(wanted - static_cast<double>(whole)) > 1e-6 * wanted)
    refuse<std::invalid_argument>(
        {asked, ": expected a bin that is a multiple of dt = ", of.dt, " s, found ", bin, " s"});
  double const steps_before = before / of.dt;
  double const nearest = std::round(steps_before);
  bool const is_whole = std::abs(steps_before - nearest) <= 1e-4;
  return {of.first_step, is_whole ? nearest : steps_before, static_cast<double>(whole)};
}

NERNST_INLINE binned_spikes::binned_spikes(std::vector<stretch> const& steps, double bin,
                                           char const* asked) {
  double before = 0;
  for (stretch const& s : steps) {
    views_.push_back(view_of(s, before, bin, asked));
    before += s.duration();
  }
  stretch const& last = steps.back();
  begin_ = static_cast<double>(steps.front().first_step) * steps.front().dt;
  length_ = views_.back().steps * last.dt;
  spikes_.resize(views_.back().bin_of(last.end_step));
}

NERNST_INLINE void binned_spikes::add(std::size_t in, std::int64_t step, std::uint64_t spikes) {
  std::size_t const bin = views_[in].bin_of(step);
  if (bin < spikes_.size()) spikes_[bin] += spikes;
}

NERNST_INLINE rate_curve binned_spikes::rates(std::uint32_t neurons) const {
  std::vector<double> times;
  std::vector<double> rates;
  double const share = neurons == 0 ? 0 : 1 / (length_ * neurons);
  for (std::size_t k = 0; k < spikes_.size(); ++k) {
    times.push_back(begin_ + static_cast<double>(k) * length_);
    rates.push_back(static_cast<double>(spikes_[k]) * share);
  }
  return {std::move(times), std::move(rates)};
}

}  // namespace detail

}  // namespace nernst
