// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_set.hpp>
#include <nernst/engine/spike_log.hpp>
#include <nernst/ir/quantity.hpp>
#include <nernst/network/record/rate_curve.hpp>

#include <memory>

namespace nernst {

namespace detail {

/// The number of spikes in each step of some neurons of a population.
struct rate_store : record_store {
  ir::span<spike_log const> logs;  ///< of the network: only read while that runs
  element_set set;
  std::vector<stretch> stretches;
  std::vector<std::uint32_t> spikes;  ///< by step
  record_file<rate_store> file;

  NERNST_INLINE void change_dt(double dt, std::int64_t step) override;
  NERNST_INLINE void collect(std::int64_t until) override;
  void pass_on() override { file.append_from(*this); }
  std::size_t memory_bytes() const override { return spikes.capacity() * sizeof spikes[0]; }

  // For snapshots: see `kept_record`.
  std::string key() const;
  void pass(engine::archive& through);
  void begin_anew(double dt, std::int64_t step);

  double time(std::size_t entry) const;
  double rate(std::size_t entry) const;
  std::vector<double> times() const;
  std::vector<double> rates() const;
  /// Goes on in a file.
  void stream_to(std::string const& path);
  void append_to_file();
  /// \throws std::logic_error if the rates went to a file.
  void require_rates() const;

 private:
  static std::vector<io::field> fields(std::vector<double> const& times,
                                       std::vector<double> const& rates);
};

}  // namespace detail

/// What a rate is smoothed with.
enum class window : std::uint8_t {
  gaussian,  ///< the width is its standard deviation; it ends at twice that on either side
  flat,      ///< the width is rounded to an odd number of steps
};

/// The rate of a population (or slice) in each step since `record_rate`: its spikes divided by the
/// number of neurons and dt. Copies speak of the same record, which may outlive its network.
class rate_record {
 public:
  explicit rate_record(std::shared_ptr<detail::rate_store> s) : store_(std::move(s)) {}

  /// The beginning of each recorded step in seconds, and the rate there in Hz.
  std::vector<double> times() const;
  std::vector<double> rates() const;
  /// The rate in each complete bin of the recorded time. The bin must be a whole number of steps.
  /// \throws std::invalid_argument
  rate_curve binned(ir::quantity<"s"> bin) const;
  /// The rate of each step, averaged over its neighbours. Beyond the recorded time it counts as 0.
  /// All steps have to have the same length. \throws std::invalid_argument
  rate_curve smoothed(ir::quantity<"s"> width, window shape = window::gaussian) const;
  /// The same with weights of one's own, an odd number of them; they are divided by their sum.
  rate_curve smoothed(std::vector<double> const& weights) const;
  /// Writes 't' (s) and 'rate' (Hz) of each step into a .csv, .npz or .npy file.
  void save(std::string const& path) const;
  /// From now on 't' and 'rate' of each step are appended to a .npy or .csv file during a run, and
  /// forgotten, as `spike_record::stream_to` does; what asks for rates is a std::logic_error then.
  void stream_to(std::string const& path) const { store_->stream_to(path); }
  /// Whether steps are recorded, from the next run on.
  void active(bool on) const { store_->active = on; }
  bool active() const { return store_->active; }

 private:
  double dt() const;

  std::shared_ptr<detail::rate_store> store_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/record/rate_record-inl.hpp>
#endif
