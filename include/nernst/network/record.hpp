// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/quantity.hpp>
#include <nernst/ir/slot.hpp>
#include <nernst/kernel/step_context.hpp>
#include <nernst/network/spike_log.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nernst {

namespace engine {
template <class Real>
class named_value;
}

namespace detail {

/// Steps of one length that a record spans: [first_step, end_step), and the number of its entries
/// (rows, or spikes) that are older.
struct stretch {
  double dt;
  std::int64_t first_step, end_step;
  std::size_t entries_before;

  double duration() const { return static_cast<double>(end_step - first_step) * dt; }
};
/// The stretch that an entry is in.
stretch const& stretch_of(std::vector<stretch> const& all, std::size_t entry);

/// The spikes (or other events) of the neurons [begin, end) of a population, collected between the
/// pieces of a run.
struct spike_store {
  std::string name;
  ir::span<spike_log const> logs;  ///< of the network: only read while that runs
  std::uint32_t begin, end;
  std::vector<stretch> stretches;  ///< the last one ends with the last step that was collected
  std::vector<std::int64_t> step = {};
  std::vector<std::int32_t> neuron = {};

  void collect(std::int64_t until);
  /// Goes on with steps of another length, from the one that is number `step` then.
  void change_dt(double dt, std::int64_t step);
  double time(std::size_t spike) const;
  /// Seconds.
  double duration() const;
  std::size_t memory_bytes() const {
    return step.capacity() * sizeof step[0] + neuron.capacity() * sizeof neuron[0];
  }
};

/// Values of some neurons, once in each step.
template <class Real>
struct state_store {
  std::string name;
  ir::instant when;
  std::uint32_t first_neuron;  ///< of the slice
  std::vector<std::string> ids;
  /// Null for what has to be evaluated. Arrays of the network: only read while that runs.
  std::vector<Real const*> variable;
  /// By partition: one for each variable that is null, in order.
  std::vector<std::vector<engine::named_value<Real>>> computed;
  std::vector<std::uint32_t> neuron;  ///< in the population, in the order asked for
  std::vector<stretch> stretches;     ///< their ends are not kept
  /// What the number of row 0 would be if all steps had the present length.
  std::int64_t first_step;
  std::vector<Real> data;  ///< steps x variables x neurons

  std::size_t row() const { return variable.size() * neuron.size(); }
  std::size_t rows() const { return row() == 0 ? 0 : data.size() / row(); }
  /// \throws std::out_of_range for what was not recorded.
  void require_step(std::size_t step) const;
  void require_variable(std::size_t place) const;
  void require_neuron(std::size_t place) const;
  void change_dt(double dt, std::int64_t step);
  double time(std::size_t row) const;
  /// Makes room for steps up to `end`.
  void reserve(std::int64_t end);
  /// Takes the values of the neurons [begin, end) in a step.
  void record(int partition, std::uint32_t begin, std::uint32_t end,
              kernel::step_context const& now);
};

}  // namespace detail

/// The spikes of a population (or slice) since `record_spikes`, or its events since
/// `record_events`: in order of time, in a step by rising number of the neuron, which counts from
/// the start of the slice. Copies speak of the same record, which may outlive its network.
class spike_record {
 public:
  explicit spike_record(std::shared_ptr<detail::spike_store const> s) : store_(std::move(s)) {}

  /// The number of spikes.
  std::size_t count() const { return store_->step.size(); }
  /// The neuron of each spike, its step (counted from time 0 in steps of the length they had then),
  /// and its time in seconds (the start of the step).
  std::vector<std::int32_t> const& neurons() const { return store_->neuron; }
  std::vector<std::int64_t> const& steps() const { return store_->step; }
  std::vector<double> times() const;
  /// The number of spikes of each neuron.
  std::vector<std::uint32_t> counts() const;
  /// Spikes per neuron and second, in Hz, over the recorded time.
  double mean_rate() const;
  /// Spikes per neuron and second, in Hz, in each complete bin of the recorded time. The bin must
  /// be a whole number of steps. \throws std::invalid_argument
  std::vector<double> rates(ir::quantity<"s"> bin) const;
  /// Writes a .npy file with one record per spike: 't' (seconds, float64) and 'i' (neuron, int32).
  void save(std::string const& path) const;

 private:
  std::shared_ptr<detail::spike_store const> store_;
};

/// Variables of some neurons, once in every step since `record`. Copies speak of the same record,
/// which may outlive its network.
template <class Real>
class state_record {
 public:
  explicit state_record(std::shared_ptr<detail::state_store<Real> const> s)
      : store_(std::move(s)) {}

  /// The number of recorded steps.
  std::size_t steps() const;
  /// The value (SI units) of recorded variable `variable` of recorded neuron `neuron`, both counted
  /// in the order asked for, at a recorded step. \throws std::out_of_range for what was not
  /// recorded.
  double at(std::size_t step, std::size_t variable, std::size_t neuron) const;
  /// The time of a recorded step in seconds. \throws std::out_of_range
  double time(std::size_t step) const;
  /// Writes a .npy file of shape (variables, neurons, steps); one variable: (neurons, steps).
  void save(std::string const& path) const;

 private:
  std::shared_ptr<detail::state_store<Real> const> store_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/record-inl.hpp>
#endif
