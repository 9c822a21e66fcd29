// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/inversion.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace nernst::engine {

inline constexpr double widest_variance = 0x1p19;

NERNST_INLINE inversion inversion::poisson(double mean) {
  if (mean > widest_variance) return {};
  if (!(mean > 0)) return {0, 0, 0};
  return {std::floor(mean), INFINITY, mean};
}

NERNST_INLINE inversion inversion::binomial(double trials, double p) {
  double const n = std::floor(trials);
  if (!(n > 0) || !(p > 0)) return {0, 0, 0};
  if (p >= 1) return {n, n, INFINITY};
  if (n * p * (1 - p) > widest_variance) return {};
  return {std::floor(n * p), n, p / (1.0L - p)};
}

NERNST_INLINE inversion::inversion(double likely, double most, long double factor)
    : first_(likely) {
  bool const ends = most < INFINITY;
  auto const ratio = [=](long double k) { return factor * (ends ? most - k : 1) / (k + 1); };
  // Far less than a bit, and so is the sum of all that are smaller.
  constexpr long double negligible = 0x1p-90L, all_bits = 0x1p64L;
  std::vector<long double> weights{1};
  for (long double w = 1; first_ > 0; --first_) {
    w /= ratio(first_ - 1);
    if (w < negligible) break;
    weights.push_back(w);
  }
  std::reverse(weights.begin(), weights.end());
  long double w = 1;
  for (double k = likely; k < most; ++k) {
    w *= ratio(k);
    if (w < negligible) break;
    weights.push_back(w);
  }
  long double const total = std::accumulate(weights.begin(), weights.end(), 0.0L);
  long double sum = 0;
  for (long double const weight : weights) {
    sum += weight;
    long double const threshold = sum / total * all_bits;
    if (threshold >= all_bits) break;
    if (threshold < 1)
      ++first_;  // no bits belong to this number
    else
      thresholds_.push_back(static_cast<std::uint64_t>(threshold));
  }
  fill_parts();
  fill_steps();
}

NERNST_INLINE void inversion::fill_parts() {
  std::size_t const count = thresholds_.size();
  std::size_t const parts = std::bit_ceil(std::max<std::size_t>(256, 4 * count));
  shift_ = 64 - std::countr_zero(parts);
  std::size_t place = 0, last = 0;
  for (std::uint64_t begin = 0; parts_.size() < parts; begin += std::uint64_t{1} << shift_) {
    std::uint64_t const end = begin + ((std::uint64_t{1} << shift_) - 1);
    while (place < count && thresholds_[place] <= begin) ++place;
    last = std::max(last, place);
    while (last < count && thresholds_[last] <= end) ++last;
    if (place < count)
      parts_.push_back({thresholds_[place], static_cast<std::int32_t>(place), last > place + 1});
    else
      parts_.push_back({0, static_cast<std::int32_t>(count) - 1, false});
  }
}

/// All thresholds with no bit among the first 16 are one step, and so are all that have each.
NERNST_INLINE void inversion::fill_steps() {
  constexpr std::size_t most = 255;
  constexpr std::uint64_t one = std::uint64_t{1} << 48;
  auto const less = std::lower_bound(thresholds_.begin(), thresholds_.end(), one);
  auto const more = std::lower_bound(less, thresholds_.end(), std::uint64_t{0} - one);
  if (static_cast<std::size_t>(more - less) > most) return;
  auto const enter = [&](std::uint64_t threshold) {
    auto const bits = static_cast<std::int32_t>(threshold >> 48);
    auto const origin = static_cast<std::int32_t>(kernel::inversion_table::step_origin);
    steps_.push_back(static_cast<std::int16_t>(bits - origin));
  };
  if (less != thresholds_.begin()) {
    before_steps_ = static_cast<std::int32_t>(less - thresholds_.begin()) - 1;
    enter(0);
  }
  std::for_each(less, more, enter);
  if (more != thresholds_.end() || steps_.empty()) enter(~std::uint64_t{0});
}

}  // namespace nernst::engine
