// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/list.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/network/due_steps.hpp>
#include <nernst/network/executor.hpp>
#include <nernst/network/given_table.hpp>
#include <nernst/network/handle.hpp>
#include <nernst/network/host_array.hpp>
#include <nernst/network/linkage.hpp>
#include <nernst/network/spike_log.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nernst {

namespace brian {
struct constant;
}

namespace detail {
struct leaf;
template <class Real>
struct element_environment;
template <class Real>
struct kernel_arguments;
template <class Real>
struct kernel_launch;
}  // namespace detail

/// What the neurons of a population are made from.
template <class Real>
struct population_outline {
  std::string name;
  kernel::compiled_model const& model;
  detail::kernel_launch<Real> const* launches;  ///< one for each kernel of the model
  ir::span<brian::constant const> constants;    ///< what texts about the population may name
  std::uint32_t size;
  std::uint32_t object;  ///< the number that its random numbers depend on
};

/// The neurons of a population, whatever their model: arrays with one value per neuron, spikes, and
/// what can be done to a partition in a step. Partition p owns the neurons [bounds[p], bounds[p +
/// 1]); only its thread touches them.
template <class Real>
class population_base {
 public:
  /// All variables start at 0, and no neuron has fired.
  population_base(population_outline<Real> const& outline, executor const& run, int partitions);
  population_base(population_base const&) = delete;
  population_base& operator=(population_base const&) = delete;
  ~population_base();

  /// Computes what stays the same during a run: scalars and propagators.
  /// \throws std::logic_error for a linked variable or a timed array that was not given,
  /// std::invalid_argument for times that do not fit dt and for coefficients of the exact method
  /// that are not finite.
  void prepare(double dt);
  /// Called before the steps from `step` on, `count` of them at most.
  void start(std::int64_t step, std::size_t count);
  /// State update, threshold and (where nobody can tell the difference) reset of a partition.
  void update(int partition, kernel::step_context const& now);
  /// The reset of those that fired in this step, where it has to wait for the deliveries.
  void reset(int partition, kernel::step_context const& now);
  /// One of the kernels of the model beside these, for a partition.
  void execute(int kernel, int partition, kernel::step_context const& now);
  /// Whether a kernel is executed in a step.
  bool is_due(int kernel, std::int64_t step) const;

  /// Whether a synapse may change a variable that stands still while the neuron is refractory.
  bool is_open(std::uint32_t neuron, std::int64_t step) const;
  /// The step of the last spike, which is not whole where steps had another length then; negative
  /// before the first. \throws std::logic_error where there is no refractoriness.
  double last_spike(std::uint32_t neuron) const;
  /// Its time in seconds.
  double last_spike_time(std::uint32_t neuron) const {
    double const last = last_spike(neuron);
    return last < 0 ? ir::before_first_spike : last * dt_;
  }
  std::size_t memory_bytes() const;

  kernel::compiled_model const& model() const { return model_; }
  ir::span<brian::constant const> constants() const { return constants_; }
  executor const& run() const { return run_; }
  std::string const& name() const { return name_; }
  std::uint32_t size() const { return size_; }
  std::uint32_t object() const { return object_; }
  std::vector<std::uint32_t> const& bounds() const { return bounds_; }
  /// The first neuron of a partition.
  std::uint32_t begin(int partition) const { return bounds_[static_cast<std::size_t>(partition)]; }
  std::uint32_t size(int partition) const { return begin(partition + 1) - begin(partition); }
  /// The spikes, by partition.
  ir::span<spike_log> logs() { return {logs_.data(), partitions_}; }
  ir::span<spike_log const> logs() const { return {logs_.data(), partitions_}; }
  /// Those of an event of the model: which neurons had it.
  ir::span<spike_log> events(int event) {
    return {logs_.data() + (event + 1) * partitions_, partitions_};
  }
  ir::span<spike_log const> events(int event) const {
    return {logs_.data() + (event + 1) * partitions_, partitions_};
  }
  /// Whether the logs of a partition may be too small for the next step. Events of this step may
  /// still come.
  bool is_full(int partition) const;

  /// By symbol of the model: the array of a variable (null if it has none), and the value of a
  /// shared one.
  ir::list<Real*> const& arrays() const { return array_; }
  Real* array(std::string_view id) const;
  ir::list<double>& values() { return value_; }
  ir::list<double> const& values() const { return value_; }
  /// By symbol: where a linked variable comes from.
  ir::list<linkage<Real>> const& linked() const { return linked_; }
  void link(int symbol, linkage<Real> to);
  /// Gives the values of a timed array.
  void give(int symbol, given_table values);
  /// The length of a step, which is known from the start.
  void set_dt(double dt);
  /// Goes on with steps of another length: the one to come is no longer number `from`, but `to`.
  /// Forgets the spikes of the steps before.
  void change_dt(double dt, std::int64_t from, std::int64_t to);

  /// What users hold of these neurons.
  detail::handle<population_base> handle() const { return handles_.get(); }

  /// What an interpreter sees of these neurons at a time.
  detail::element_environment<Real> environment(double time, std::int64_t step) const;

  /// Whether resets have to wait for the deliveries, as somebody could tell the difference.
  bool reset_waits = false;
  /// The longest delay of the projections that start here, in steps.
  std::int64_t longest_delay = 0;

 private:
  void divide();
  void allocate();
  Real initial(int array) const;
  std::string label(int symbol) const;
  void require_given() const;
  void require_held(double dt) const;
  void follow_links();
  void find_due_steps(double dt);
  void compute_propagator(kernel::propagator const& p, double dt);
  void require_finite(kernel::propagator const& p, ir::span<double const> matrix,
                      std::size_t element) const;
  void compute_scalars();
  void count_refractory_steps(double steps);
  bool may_drift() const { return sizeof(Real) < sizeof(double) && model_.last_spike != ir::none; }
  detail::kernel_arguments<Real> arguments(kernel::step_context const& now) const;
  void sweep(int kernel, int partition, kernel::step_context const& now, bool backwards,
             spike_log* log);

  kernel::compiled_model const& model_;
  detail::kernel_launch<Real> const* launches_;
  // Looked up once, as every step asks.
  int update_, fused_, reset_;
  bool threshold_is_apart_;
  ir::span<brian::constant const> constants_;
  executor run_;
  std::string name_;
  std::uint32_t size_, object_;
  int partitions_;
  std::vector<std::uint32_t> bounds_;
  ir::list<spike_log> logs_;  ///< of the spikes, then of each event
  ir::list<detail::leaf> leaves_;

  // By the model's number of the array.
  ir::list<detail::host_array<Real>> storage_;
  ir::list<Real*> kernel_array_;
  ir::list<kernel::link> kernel_link_;

  // By symbol.
  ir::list<Real*> array_;
  ir::list<double> value_;
  ir::list<linkage<Real>> linked_;
  ir::list<kernel::link> link_;
  ir::list<given_table> given_;
  ir::list<kernel::timed_table> table_;

  /// By neuron, where kernels keep a flag only: the step of the last spike, or -1.
  std::vector<double> fired_at_;
  ir::list<Real> scalar_;    ///< by number of the scalar
  ir::list<due_steps> due_;  ///< by number of the timed action
  double dt_ = 0;
  std::int64_t first_step_ = 0;  ///< the step that kernels count from
  std::int64_t closed_steps_ = 1;
  detail::handle_source<population_base> handles_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/population_base-inl.hpp>
#endif
