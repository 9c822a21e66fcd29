// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/population_base.hpp>
#include <nernst/network/synapse_rows.hpp>

namespace nernst {

template <class Real>
class projection_base;

/// What the synapses of a projection are made from.
template <class Real>
struct projection_outline {
  /// Lets spikes act on the neurons of a partition: the next entry of each of `count` logs.
  using delivery = void (*)(projection_base<Real>&, int partition, std::uint32_t const** entries,
                            int count, kernel::step_context const&);

  std::string name;
  kernel::compiled_model const& model;
  delivery deliver;
  double delay;          ///< in seconds
  std::uint32_t object;  ///< the number that its random numbers depend on
  /// The slice of the target population.
  std::uint32_t target_begin = 0, target_end = 0;
};

namespace detail {

/// Spikes that were under way when the length of a step changed.
struct volley {
  std::int64_t step;                 ///< in which they arrive
  std::vector<std::uint32_t> entry;  ///< as in a log: their number, then the neurons
};
/// What a change of the length of a step makes of a delay.
struct changed_delay {
  std::int64_t steps;
  std::vector<volley> under_way;
};

}  // namespace detail

/// The synapses of a projection, whatever their model.
template <class Real>
class projection_base {
 public:
  projection_base(projection_outline<Real> const& outline, population_base<Real> const& source,
                  population_base<Real> const& target, synapse_rows rows, double dt);
  projection_base(projection_base const&) = delete;
  projection_base& operator=(projection_base const&) = delete;

  /// Computes what stays the same during a run. \throws std::logic_error for a timed array that was
  /// not given.
  void prepare(double dt);
  /// Called before the steps from `step` on, once the logs of the source are ready for them.
  void start(std::int64_t step);
  /// Lets the spikes that arrive in this step act on the neurons of a partition: by rising number
  /// of the source, for each source in the order in which its synapses were made.
  void deliver(int partition, kernel::step_context const& now);

  /// What becomes of the delay, and of the spikes that are under way, with steps of another length,
  /// where the one to come is no longer number `from`, but `to`. \throws std::length_error
  detail::changed_delay with_dt(double dt, std::int64_t from, std::int64_t to) const;
  /// Goes on like that, once the logs of the source have forgotten their spikes.
  void change_dt(double dt, std::int64_t to, detail::changed_delay changed);

  kernel::compiled_model const& model() const { return model_; }
  std::string const& name() const { return name_; }
  population_base<Real> const& source() const { return source_; }
  population_base<Real> const& target() const { return target_; }
  synapse_rows const& rows() const { return rows_; }
  std::uint64_t size() const { return rows_.size(); }
  std::size_t memory_bytes() const;
  /// In steps.
  std::int64_t delay() const { return delay_steps_; }
  std::uint32_t object() const { return object_; }
  /// The first neuron of the slice of the target population.
  std::uint32_t target_begin() const { return target_begin_; }
  /// Whether values of the source neurons are read, which others may be about to change.
  bool reads_source() const { return reads_source_; }

  /// What users hold of these synapses.
  detail::handle<projection_base> handle() const { return handles_.get(); }

  /// The values of a variable of the synapses, in SI units and in the order in which the synapses
  /// were made; one value of a shared variable. \throws std::invalid_argument if there is none of
  /// that name.
  std::vector<double> get(std::string_view id) const;
  /// Sets them. \throws std::invalid_argument for a wrong number of values.
  void set(std::string_view id, std::vector<double> const& given);
  /// Sets them to one. \throws std::invalid_argument for another unit.
  void set(std::string_view id, double value, ir::dimension unit);
  /// Gives the values of a timed array.
  void give(int symbol, given_table values);

  /// By number of the array, and of the scalar: what the kernels of the synapses work on, and
  /// whether an array is protected while the target is refractory.
  Real* const* kernel_arrays() const { return kernel_array_.data(); }
  Real const* scalars() const { return scalar_.data(); }
  char const* guarded() const { return guarded_.data(); }
  /// By symbol: shared variables of the neurons that they change themselves, and timed arrays.
  double const* const* changing() const { return changing_.data(); }
  kernel::timed_table const* tables() const { return table_.data(); }

  /// Spikes that were fired before this step do not count: there was no synapse yet.
  std::int64_t first_step = 0;

 private:
  /// For each partition of the source, the log entry that a partition has to read next.
  std::uint32_t const** cursors(int partition) { return cursors_.data() + partition * stride(); }
  std::string label(std::string_view id) const;
  int settable(std::string_view id) const;
  double const& shared_of_neurons(int symbol) const;
  std::uint32_t count_of_neurons(int symbol) const;
  /// Cursors of two partitions are never on one cache line.
  int stride() const { return (source_.logs().size() + 15) / 16 * 16; }

  kernel::compiled_model const& model_;
  typename projection_outline<Real>::delivery deliver_;
  std::string name_;
  double delay_, dt_;
  std::int64_t delay_steps_;
  std::uint32_t object_, target_begin_, target_end_;
  population_base<Real> const& source_;
  population_base<Real> const& target_;
  synapse_rows rows_;
  bool reads_source_ = false;

  ir::list<detail::host_array<Real>> own_;
  // By symbol.
  ir::list<double> value_;
  ir::list<Real*> array_;
  ir::list<given_table> given_;
  ir::list<kernel::timed_table> table_;
  ir::list<double const*> changing_;
  // By number of the array, or scalar.
  ir::list<Real*> kernel_array_;
  ir::list<char> guarded_;
  ir::list<Real> scalar_;

  ir::list<std::uint32_t const*> cursors_;
  std::vector<detail::volley> under_way_;  ///< ascending
  detail::handle_source<projection_base> handles_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/projection_base-inl.hpp>
#endif
