// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/io/table.hpp>
#include <nernst/network/record/rate_record.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE void rate_store::change_dt(double dt, std::int64_t at) {
  enter_stretch(stretches, dt, at, spikes.size());
}

NERNST_INLINE void rate_store::collect(std::int64_t until) {
  for (std::int64_t& seen = stretches.back().end_step; seen < until; ++seen) {
    std::ptrdiff_t count = 0;
    for (auto const& log : logs) {
      auto const fired = log.spikes(seen);
      auto const first = std::lower_bound(fired.begin(), fired.end(), set.begin());
      auto const last = std::lower_bound(first, fired.end(), set.end());
      count += set.is_slice() ? last - first : std::count_if(first, last, [this](std::uint32_t n) {
        return set.contains(n);
      });
    }
    spikes.push_back(static_cast<std::uint32_t>(count));
  }
}

NERNST_INLINE std::string rate_store::key() const {
  if (file.is_open()) return {};
  return message({name, " ", to_text(set), "\n"});
}

NERNST_INLINE void rate_store::pass(engine::archive& through) {
  std::vector<std::uint32_t> read = through.list("spikes", spikes);
  keep_stretches(through, stretches, through.writes() ? spikes.size() : read.size());
  if (through.restores()) spikes = std::move(read);
}

NERNST_INLINE void rate_store::begin_anew(double dt, std::int64_t step) {
  if (!file.is_open()) {
    spikes.clear();
    stretches.clear();
  }
  change_dt(dt, step);
}

NERNST_INLINE std::vector<double> rate_store::times() const {
  std::vector<double> all(spikes.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = time(k);
  return all;
}

NERNST_INLINE std::vector<double> rate_store::rates() const {
  std::vector<double> all(spikes.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = rate(k);
  return all;
}

NERNST_INLINE void rate_store::append_to_file() {
  if (spikes.empty()) return;
  std::vector<double> const t = times(), rate = rates();
  file.table->append(fields(t, rate));
  stretches.back().first_step = stretches.back().end_step;
  spikes.clear();
  stretches.erase(stretches.begin(), stretches.end() - 1);
  stretches.back().entries_before = 0;
}

NERNST_INLINE std::vector<io::field> rate_store::fields(std::vector<double> const& times,
                                                        std::vector<double> const& rates) {
  return {io::field("t", "s", times), io::field("rate", "Hz", rates)};
}

NERNST_INLINE void rate_store::stream_to(std::string const& path) {
  require_rates();
  std::vector<double> const none;
  file.table = std::make_shared<io::growing_table>(path, fields(none, none));
  file.append = [](rate_store& from) { from.append_to_file(); };
  append_to_file();
}

NERNST_INLINE void rate_store::require_rates() const {
  if (file.is_open())
    refuse<std::logic_error>(
        {name, ": expected rates in memory, found them in the file ", file.table->path()});
}

NERNST_INLINE double rate_store::time(std::size_t entry) const {
  stretch const& s = stretch_of(stretches, entry);
  return static_cast<double>(s.first_step + static_cast<std::int64_t>(entry - s.entries_before)) *
         s.dt;
}

NERNST_INLINE double rate_store::rate(std::size_t entry) const {
  if (set.size() == 0) return 0;
  return spikes[entry] / (set.size() * stretch_of(stretches, entry).dt);
}

/// The middle and one half of a window that is the same on both sides.
inline std::vector<double> half_window(double width, window shape) {
  constexpr double most = 1e8;
  if (!(width > 0) || !std::isfinite(width))
    refuse<std::invalid_argument>({"smoothed: expected a finite width > 0, found ", width, " dt"});
  bool const is_flat = shape == window::flat;
  double const half = is_flat ? std::floor(width / 2) : std::nearbyint(2 * width);
  if (half > most)
    refuse<std::invalid_argument>({"smoothed: expected a width of at most ", most, " dt"});
  std::vector<double> weights(static_cast<std::size_t>(half) + 1, 1);
  for (std::size_t k = 0; !is_flat && k < weights.size(); ++k) {
    double const sigmas = static_cast<double>(k) / width;
    weights[k] = std::exp(-sigmas * sigmas / 2);
  }
  return weights;
}

inline std::vector<double> convolve(std::vector<double> const& values,
                                    std::vector<double> const& weights) {
  double sum = 0;
  for (double const w : weights) sum += w;
  std::size_t const half = weights.size() / 2;
  std::vector<double> result(values.size(), 0);
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] == 0) continue;
    std::size_t const first = k < half ? 0 : k - half;
    std::size_t const last = std::min(k + half + 1, values.size());
    for (std::size_t at = first; at < last; ++at)
      result[at] += values[k] * weights[at + half - k] / sum;
  }
  return result;
}

}  // namespace detail

NERNST_INLINE std::vector<double> rate_record::times() const {
  store_->require_rates();
  return store_->times();
}

NERNST_INLINE std::vector<double> rate_record::rates() const {
  store_->require_rates();
  return store_->rates();
}

NERNST_INLINE rate_curve rate_record::binned(ir::quantity<"s"> bin) const {
  store_->require_rates();
  detail::binned_spikes bins(store_->stretches, bin.si, "binned");
  for (std::size_t in = 0; in < store_->stretches.size(); ++in) {
    detail::stretch const& s = store_->stretches[in];
    std::size_t entry = s.entries_before;
    for (std::int64_t step = s.first_step; step < s.end_step; ++step)
      bins.add(in, step, store_->spikes[entry++]);
  }
  return bins.rates(store_->set.size());
}

NERNST_INLINE double rate_record::dt() const {
  double length = 0;
  for (detail::stretch const& s : store_->stretches) {
    if (s.first_step == s.end_step) continue;
    if (length != 0 && s.dt != length)
      detail::refuse<std::invalid_argument>(
          {"smoothed: expected steps of one length, found ", length, " s and ", s.dt, " s"});
    length = s.dt;
  }
  return length != 0 ? length : store_->stretches.back().dt;
}

NERNST_INLINE rate_curve rate_record::smoothed(ir::quantity<"s"> width, window shape) const {
  std::vector<double> const half = detail::half_window(width.si / dt(), shape);
  std::size_t const last = half.size() - 1;
  std::vector<double> weights(2 * last + 1);
  for (std::size_t k = 0; k <= 2 * last; ++k) weights[k] = half[k < last ? last - k : k - last];
  return smoothed(weights);
}

NERNST_INLINE rate_curve rate_record::smoothed(std::vector<double> const& weights) const {
  static_cast<void>(dt());
  if (weights.size() % 2 == 0)
    detail::refuse<std::invalid_argument>(
        {"smoothed: expected an odd number of weights, found ", weights.size()});
  return {times(), detail::convolve(rates(), weights)};
}

NERNST_INLINE void rate_record::save(std::string const& path) const {
  rate_curve(times(), rates()).save(path);
}

}  // namespace nernst
