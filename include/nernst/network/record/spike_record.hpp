// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_set.hpp>
#include <nernst/engine/spike_log.hpp>
#include <nernst/ir/quantity.hpp>
#include <nernst/network/record/rate_curve.hpp>

#include <memory>

namespace nernst {

/// What is kept of spikes.
enum class keep : std::uint8_t {
  spikes,  ///< each of them
  counts,  ///< how many each neuron had
};

namespace detail {

/// The spikes (or other events) of some neurons of a population, collected between the pieces of a
/// run.
struct spike_store : record_store {
  ir::span<spike_log const> logs;  ///< of the network: only read while that runs
  element_set set;
  double delay = 0;  ///< of the time of a spike behind the start of its step, in steps
  keep what = keep::spikes;
  std::vector<stretch> stretches;  ///< the last one ends with the last step that was collected
  std::size_t total = 0;
  std::vector<std::uint32_t> count;  ///< by neuron
  std::vector<std::int64_t> step;
  std::vector<std::int32_t> neuron;
  std::vector<recorded_variable> variables;
  std::vector<std::vector<double>> values;  ///< by variable
  /// Values that were taken in the steps and not collected yet, by partition: those of all
  /// variables for one spike after the other.
  std::vector<std::vector<double>> taken;
  record_file<spike_store> file;

  NERNST_INLINE void change_dt(double dt, std::int64_t at) override;
  NERNST_INLINE void collect(std::int64_t until) override;
  void pass_on() override { file.append_from(*this); }
  NERNST_INLINE std::size_t memory_bytes() const override;

  // For snapshots: see `kept_record`.
  std::string key() const;
  void pass(engine::archive& through);
  void begin_anew(double dt, std::int64_t step);

  std::vector<double> times() const;
  /// Goes on in a file.
  void stream_to(std::string const& path);
  void append_to_file();
  /// \throws std::logic_error if only counts are kept, or the spikes went to a file.
  void require_spikes() const;
  /// 't', 'i' and the variables, side by side.
  std::vector<io::field> fields(std::vector<double> const& times) const;

 private:
  void collect(std::int64_t at, std::uint32_t n, double const*& values_taken);
};

}  // namespace detail

/// The spikes of a population (or slice) since `record_spikes`, or its events since
/// `record_events`: in order of time, in a step by rising number of the neuron, which counts from
/// the start of the slice. Copies speak of the same record, which may outlive its network.
///
/// What asks for single spikes is a std::logic_error where only counts are kept, and once the
/// spikes are passed on to a file.
class spike_record {
 public:
  explicit spike_record(std::shared_ptr<detail::spike_store> s) : store_(std::move(s)) {}

  /// The number of spikes.
  std::size_t count() const { return store_->total; }
  /// The number of spikes of each neuron.
  std::vector<std::uint32_t> counts() const { return store_->count; }
  /// Spikes per neuron and second, in Hz, over the recorded time.
  double mean_rate() const;

  /// The neuron of each spike, its step (counted from time 0 in steps of the length they had then),
  /// and its time in seconds (the start of the step).
  std::vector<std::int32_t> const& neurons() const;
  std::vector<std::int64_t> const& steps() const;
  std::vector<double> times() const;
  /// The times of one neuron's spikes. \throws std::out_of_range
  std::vector<double> train(std::uint32_t neuron) const;
  /// The value (SI units) that a recorded variable had in each spike, and in those of one neuron.
  /// \throws std::out_of_range for what was not recorded.
  std::vector<double> const& values(std::string_view variable) const;
  std::vector<double> values(std::string_view variable, std::uint32_t neuron) const;
  /// The same for a variable of the model.
  template <class Variable>
    requires requires { Variable::id(); }
  std::vector<double> const& values(Variable const&) const {
    return values(std::string_view(Variable::id()));
  }
  template <class Variable>
    requires requires { Variable::id(); }
  std::vector<double> values(Variable const&, std::uint32_t neuron) const {
    return values(std::string_view(Variable::id()), neuron);
  }
  /// Spikes per neuron and second, in Hz, in each complete bin of the recorded time. The bin must
  /// be a whole number of steps. \throws std::invalid_argument
  rate_curve rates(ir::quantity<"s"> bin) const;

  /// Writes 't' (s) and 'i' (neuron) of each spike, and the values of variables: a .npy file with
  /// one record per spike, .npz or .csv. If only counts are kept: 'i' and 'count' of each neuron.
  /// \throws std::invalid_argument for another ending, std::runtime_error when it cannot be
  /// written.
  void save(std::string const& path) const;
  /// From now on spikes are appended to a .npy or .csv file during a run, and forgotten. When the
  /// file cannot be written the run ends with a std::runtime_error: what was written before can be
  /// read, the rest is kept, and the next run tries again.
  void stream_to(std::string const& path) const { store_->stream_to(path); }
  /// Whether spikes are recorded, from the next run on. The time in between does not count.
  void active(bool on) const { store_->active = on; }
  bool active() const { return store_->active; }

 private:
  void require_neuron(std::uint32_t neuron) const;

  std::shared_ptr<detail::spike_store> store_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/record/spike_record-inl.hpp>
#endif
