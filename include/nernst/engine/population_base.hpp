// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/accelerator.hpp>
#include <nernst/engine/closed_neurons.hpp>
#include <nernst/engine/element_group.hpp>
#include <nernst/engine/given_spikes.hpp>
#include <nernst/engine/spike_source.hpp>

#include <memory>
#include <utility>

namespace nernst {

namespace engine {
template <class Real>
class own_events;
}

/// What the neurons of a population are made from.
template <class Real>
struct population_outline : engine::group_outline<Real> {
  std::uint32_t size;
};

/// The neurons of a population, whatever their model: elements that fire.
template <class Real>
class population_base : public engine::element_group<Real>, public engine::spike_source {
  using group = engine::element_group<Real>;

 public:
  /// All variables start at 0, and no neuron has fired.
  population_base(population_outline<Real> const& outline, executor const& run, int partitions);
  /// In given partitions: where they begin, and where the last one ends.
  population_base(population_outline<Real> const& outline, executor const& run,
                  std::vector<std::uint32_t> bounds);

  std::string_view element_word() const override { return "neuron"; }
  /// There are fewer than 2^32 neurons.
  std::uint32_t size() const { return static_cast<std::uint32_t>(group::size()); }
  std::uint32_t begin(int partition) const {
    return static_cast<std::uint32_t>(group::begin(partition));
  }
  std::uint32_t end(int partition) const {
    return static_cast<std::uint32_t>(group::end(partition));
  }
  void prepare(double dt) override;
  /// Called before the steps from `step` on, `count` of them at most, in series of `series`.
  void start(std::int64_t step, std::size_t count, std::size_t series);
  /// State update, threshold and (where nobody can tell the difference) reset of a partition.
  virtual void update(int partition, kernel::step_context const& now);
  /// In how many stages an update is made, between which threads meet, and those behind the first.
  virtual int stages() const { return 1; }
  virtual void go_on(int, int, kernel::step_context const&) {}
  /// Whether the first stage needs what others have left in the last one.
  virtual bool sees_others() const { return false; }
  /// Whether others let these act in a step, and the others whom these let act in their update.
  virtual bool is_driven() const { return false; }
  virtual std::vector<population_base*> driven() const { return {}; }
  /// Whether nobody but kernels changes variables within the runs to come.
  virtual void expect_no_changes(bool) {}
  /// What makes the update on an accelerator, null where it is a kernel.
  engine::accelerated_update* accelerated() const { return accelerated_.get(); }
  void accelerate(std::unique_ptr<engine::accelerated_update> update) {
    accelerated_ = std::move(update);
  }
  engine::event_receiver<Real>* events() const override { return events_.get(); }
  bool has_spikes() const override { return given_ != nullptr || group::has_spikes(); }
  /// Whether any of them can ever fire or have an event: else they have no logs.
  virtual bool fires() const { return true; }
  /// How many steps the time of a spike is behind the start of the step in which it is found.
  virtual double spike_delay() const { return 0; }
  /// Lets neurons whose model says nothing of spikes fire at given times.
  void give(engine::given_spikes spikes) {
    given_ = std::make_unique<engine::given_spikes>(std::move(spikes));
  }
  using group::give;
  /// The reset of those that fired in this step, where it has to wait for the deliveries.
  void reset(int partition, kernel::step_context const& now);
  void execute(int kernel, int partition, kernel::step_context const& now) override;

  void link(int symbol, linkage<Real> to) override;
  /// A step of the network in which these neurons make none: where task `kernel` would enter who
  /// fires, nobody does.
  void pass(int kernel, int partition);
  /// Goes on with steps of another length: the one to come is no longer number `from`, but `to`.
  /// Forgets the spikes of all steps before the latest.
  void change_dt(double dt, std::int64_t from, std::int64_t to);
  void set_own_dt(double dt, std::int64_t now) override;

  /// Adds neurons behind the others, which keep what they have but for the spikes in the logs.
  void grow(std::uint32_t count);

  kernel::spike_history<Real> spikes() const override;
  std::size_t memory_bytes() const override;

  void await_resets() override { reset_waits = true; }
  /// What users hold of these neurons.
  detail::handle<population_base> handle() const { return handles_.get(); }

  /// Whether a piece of a run that begins at a step changes what kernels keep of spikes.
  bool counts_anew(std::int64_t step) const;

  /// Whether resets have to wait for the deliveries, as somebody could tell the difference.
  bool reset_waits = false;

 protected:
  using group::kernel_array_;
  using group::launches_;
  using group::model_;

  /// Whether the threshold is a kernel of its own, behind the update.
  bool threshold_is_apart() const { return threshold_is_apart_; }
  /// Where a kernel enters who fires.
  spike_log* log_of(int kernel, int partition);
  /// Enters those into a log who have been written behind its end, up to `last`.
  void commit(spike_log& log, std::uint32_t* last, int partition, kernel::step_context const& now);
  /// Enters those who have fired by events of their own.
  void commit_events(int partition);
  /// Makes numbers, ascending, of the places of those who have fired in a partition.
  virtual void call_by_number(std::uint32_t*, std::uint32_t*) const {}
  /// Executes a kernel for single neurons.
  virtual void visit(int kernel, int partition, kernel::step_context const& now,
                     ir::span<std::uint32_t const> neurons);

 private:
  template <class>
  friend class engine::state_pass;
  friend struct device::mirror;
  template <class>
  friend class engine::own_events;
  population_base(population_outline<Real> const& outline, executor const& run,
                  engine::spike_source&& source);
  Real initial(int array) const override;
  std::int64_t counted(std::int64_t step) const override {
    return this->stride() == 1 ? step : step / this->stride();
  }
  /// How many steps of these neurons, also parts of one, those of the network before one are.
  double own_steps(std::int64_t before) const {
    return static_cast<double>(before) / static_cast<double>(this->stride());
  }
  void recount_spikes(double old_dt, double from, double to);
  void make(std::uint32_t size);
  void count_refractory_steps(double steps);
  void find_refractory_steps();
  bool may_drift() const { return sizeof(Real) < sizeof(double) && model_.last_spike != ir::none; }
  void sweep(int kernel, int partition, kernel::step_context const& now, spike_log* log);

  using group::first_step_;
  using group::open_;

  // Looked up once, as every step asks.
  int update_, fused_, reset_;
  bool threshold_is_apart_;
  /// By neuron, where kernels do not keep it: the step of the last spike, or -1.
  std::vector<double> fired_at_;
  /// By partition, where the refractory period is a fixed number of steps.
  std::vector<engine::closed_neurons> closed_;
  std::unique_ptr<engine::spike_plan> given_;
  std::unique_ptr<engine::event_receiver<Real>> events_;
  std::unique_ptr<engine::accelerated_update> accelerated_;
  std::int64_t closed_steps_ = 1;
  double refractory_steps_ = 0;
  detail::handle_source<population_base> handles_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/population_base-inl.hpp>
#endif
