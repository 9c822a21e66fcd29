// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/due_steps.hpp>
#include <nernst/network/environment.hpp>
#include <nernst/network/link.hpp>
#include <nernst/network/spike_log.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nernst {

/// The neurons of a population as the rest of a network sees them: arrays with one value per
/// neuron, spikes, and what can be done to a partition in a step. Partition p owns the neurons
/// [bounds[p], bounds[p + 1]); only its thread touches them.
template <class Real>
class neurons {
 public:
  neurons(std::string name, kernel::facts const& known, std::uint32_t size, int partitions,
          std::uint32_t object)
      : reset_waits(known.reset_waits), facts_(known), name_(std::move(name)), size_(size),
        object_(object), logs_(static_cast<std::size_t>(partitions)),
        events_(known.events.size(), std::vector<spike_log>(logs_.size())) {
    // Two cache lines of doubles: no two partitions share one.
    constexpr std::uint64_t grain = 16;
    std::uint64_t const grains = (std::uint64_t{size} + grain - 1) / grain;
    for (int p = 0; p <= partitions; ++p) {
      std::uint64_t const b =
          grains * static_cast<std::uint64_t>(p) / static_cast<std::uint64_t>(partitions) * grain;
      bounds_.push_back(static_cast<std::uint32_t>(b < size ? b : size));
    }
    value_.assign(known.variables.size(), 0);
    array_.assign(known.variables.size(), nullptr);
    linked_.resize(known.variables.size());
    tables_given_.resize(known.variables.size());
    links_.resize(known.variables.size());
    tables_.resize(known.variables.size());
  }
  virtual ~neurons() = default;
  neurons(neurons const&) = delete;
  neurons& operator=(neurons const&) = delete;

  /// Computes what stays the same during a run: scalars and propagators.
  /// \throws std::logic_error for a linked variable or a timed array that was not given,
  /// std::invalid_argument for times that do not fit dt.
  virtual void prepare(double dt) = 0;
  /// Called before the steps from `step` on, `count` of them at most.
  virtual void start(std::int64_t step, std::size_t count) = 0;
  /// State update, threshold and (where nobody can tell the difference) reset of a partition.
  virtual void update(std::size_t partition, kernel::moment const& now) = 0;
  /// The reset of those that fired in this step, where it has to wait for the deliveries.
  virtual void reset(std::size_t partition, kernel::moment const& now) = 0;
  /// What the model does beside that: number `k` of `facts().extras` for a partition.
  virtual void extra(int k, std::size_t partition, kernel::moment const& now) = 0;
  /// Whether a synapse may change a variable that stands still while the neuron is refractory.
  virtual bool is_open(std::uint32_t neuron, std::int64_t step) const = 0;
  /// The step of the last spike; negative before the first. \throws std::logic_error where the
  /// model keeps none.
  virtual std::int64_t last_spike(std::uint32_t neuron) const = 0;
  virtual std::size_t memory_bytes() const = 0;

  kernel::facts const& facts() const { return facts_; }
  std::string const& name() const { return name_; }
  std::uint32_t size() const { return size_; }
  std::uint32_t object() const { return object_; }
  std::vector<std::uint32_t> const& bounds() const { return bounds_; }
  std::uint32_t size(std::size_t partition) const {
    return bounds_[partition + 1] - bounds_[partition];
  }
  std::vector<spike_log>& logs() { return logs_; }
  std::vector<spike_log> const& logs() const { return logs_; }
  /// Those of an event of the model: which neurons had it.
  std::vector<spike_log>& events(int event) { return events_[static_cast<std::size_t>(event)]; }
  std::vector<spike_log> const& events(int event) const {
    return events_[static_cast<std::size_t>(event)];
  }
  /// Whether the logs of a partition may be too small for the next step. Events of this step may
  /// still come.
  bool is_full(std::size_t partition) const {
    std::uint32_t const n = size(partition);
    bool full = !logs_[partition].has_room(n);
    for (auto const& log : events_) full = full || !log[partition].has_room(n, 2);
    return full;
  }

  /// By symbol of the model: the array of a variable (null if it has none), and the value of a
  /// shared one.
  std::vector<Real*> const& arrays() const { return array_; }
  Real* array(std::string_view id) const {
    int const s = facts_.find(id);
    return s == ir::none ? nullptr : array_[static_cast<std::size_t>(s)];
  }
  std::vector<double>& values() { return value_; }
  std::vector<double> const& values() const { return value_; }
  /// By symbol: where a linked variable comes from.
  std::vector<linkage<Real>> const& linked() const { return linked_; }
  void link(int symbol, linkage<Real> to) {
    auto const s = static_cast<std::size_t>(symbol);
    linked_[s] = std::move(to);
    links_[s] = linked_[s].where();
    array_[s] = linked_[s].array();
    // Each side may see, between the threshold and the reset of the other, what that does.
    reset_waits = linked_[s].source().reset_waits = true;
  }
  /// Gives the values of a timed array.
  void give(int symbol, given_table values) {
    auto const s = static_cast<std::size_t>(symbol);
    tables_given_[s] = std::move(values);
    tables_[s] = tables_given_[s].at_steps_of(dt_);
  }
  /// The length of a step, which is known from the start.
  void set_dt(double dt) {
    dt_ = dt;
    for (std::size_t s = 0; s < value_.size(); ++s) {
      ir::role const kind = facts_.variables[s].symbol.kind;
      if (kind == ir::role::time_step) value_[s] = dt;
      if (kind == ir::role::count) value_[s] = size_;
      if (kind == ir::role::table) tables_[s] = tables_given_[s].at_steps_of(dt);
    }
  }

  /// What an interpreter sees of these neurons at a time.
  detail::element_environment<Real> environment(double time, std::int64_t step) const {
    detail::element_environment<Real> e{&array_, &value_};
    e.links = links_.data();
    e.tables = tables_.data();
    e.functions = facts_.functions;
    e.neurons = this;
    e.count = size_;
    e.time = time;
    e.dt = dt_;
    e.step = step;
    e.first_step = first_step_;
    e.settled = step - 1;
    return e;
  }
  /// Whether extra `k` happens in a step.
  bool is_due(int k, std::int64_t step) const {
    kernel::extra const& e = facts_.extras[static_cast<std::size_t>(k)];
    return e.what != kernel::purpose::timed || due_[static_cast<std::size_t>(e.which)](step);
  }

  bool reset_waits = false;
  /// The longest delay of the projections that start here, in steps.
  std::int64_t longest_delay = 0;

 protected:
  bool is_constant_over_steps(int table, double dt) const {
    double const steps = tables_given_[static_cast<std::size_t>(table)].dt / dt;
    return steps > 0.5 && std::abs(steps - std::round(steps)) <= 1e-4;
  }
  /// Brings links, timed arrays and timed actions up to date.
  void prepare_surroundings(double dt) {
    set_dt(dt);
    for (std::size_t s = 0; s < value_.size(); ++s) {
      ir::symbol const& variable = facts_.variables[s].symbol;
      std::string const label = name_ + "[" + std::string(variable.id.view()) + "]";
      if (variable.kind == ir::role::linked) {
        if (!linked_[s].given())
          throw std::logic_error(label +
                                 ": expected to be linked to another variable before a run");
        linked_[s].read_index();
        links_[s] = linked_[s].where();
      }
      if (variable.kind == ir::role::table && tables_given_[s].values.empty())
        throw std::logic_error(label + ": expected the values of the timed array before a run");
    }
    due_.clear();
    if (facts_.timings.empty()) return;
    std::vector<double> const named = detail::once(facts_.named, environment(0, 0));
    for (kernel::timing const& t : facts_.timings)
      due_.push_back(t.period == ir::none
                         ? due_steps::at(t.times, dt)
                         : due_steps::every(named[static_cast<std::size_t>(t.period)], dt));
  }

  kernel::facts const& facts_;
  std::vector<Real*> array_;
  std::vector<double> value_;
  std::vector<kernel::link> links_;
  std::vector<kernel::timed_table> tables_;
  double dt_ = 0;
  std::int64_t first_step_ = 0;  ///< the step that kernels count from

 private:
  std::string name_;
  std::uint32_t size_, object_;
  std::vector<std::uint32_t> bounds_;
  std::vector<spike_log> logs_;
  std::vector<std::vector<spike_log>> events_;
  std::vector<linkage<Real>> linked_;
  std::vector<given_table> tables_given_;
  std::vector<due_steps> due_;
};

}  // namespace nernst
