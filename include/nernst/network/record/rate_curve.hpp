// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/record_store.hpp>

namespace nernst {

/// A rate over time: spikes per neuron and second, in Hz, in bins that begin at `times()`, in
/// seconds. As a range it has the rates.
class rate_curve {
 public:
  rate_curve(std::vector<double> times, std::vector<double> rates)
      : times_(std::move(times)), rates_(std::move(rates)) {}

  std::vector<double> const& times() const { return times_; }
  std::vector<double> const& rates() const { return rates_; }
  operator std::vector<double> const&() const { return rates_; }

  std::size_t size() const { return rates_.size(); }
  bool empty() const { return rates_.empty(); }
  double operator[](std::size_t bin) const { return rates_[bin]; }
  auto begin() const { return rates_.begin(); }
  auto end() const { return rates_.end(); }

  /// Writes 't' (s) and 'rate' (Hz) into a .csv, .npz or .npy file.
  /// \throws std::invalid_argument for another ending, std::runtime_error when it cannot be
  /// written.
  void save(std::string const& path) const;

 private:
  std::vector<double> times_, rates_;
};

namespace detail {

/// Bins of equal length, counted from the beginning of a record, and the spikes in them.
class binned_spikes {
 public:
  /// Of a record of these steps. \throws std::invalid_argument unless the bin (s) is a multiple of
  /// each dt; `asked` is who asks for it.
  binned_spikes(std::vector<stretch> const& steps, double bin, char const* asked);

  /// Spikes of a step of a stretch. Those behind the last complete bin do not count.
  void add(std::size_t in, std::int64_t step, std::uint64_t spikes);
  rate_curve rates(std::uint32_t neurons) const;

 private:
  /// Bins as steps of one length see them.
  struct view {
    std::int64_t first_step;
    double before, steps;  ///< how many steps were before, and how many are a bin

    std::size_t bin_of(std::int64_t step) const;
  };
  static view view_of(stretch const& of, double before, double bin, char const* asked);

  std::vector<view> views_;
  double begin_, length_;
  std::vector<std::uint64_t> spikes_;
};

}  // namespace detail

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/record/rate_curve-inl.hpp>
#endif
