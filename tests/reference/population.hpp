// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/kernel/spike_history.hpp>

#include "group.hpp"

namespace reference {

/// Who has had an event when that was last looked for: ascending, in the step with that number
/// among all that were made.
struct occurrence {
  std::int64_t made = -1;
  std::vector<std::uint32_t> neurons = {};
};

/// Neurons of one model.
class population : public group {
 public:
  population(kernel::compiled_model const& model, std::uint32_t size, std::uint32_t object)
      : group(model, size, object), open_(size, true), last_step_(size, never),
        last_time_(size, ir::before_first_spike), events_(at(model.events.size()) + 1) {
    fill(model.last_spike, never);
    fill(model.flag, 1);
    int const last_time = model.find("_last_spike_time");
    if (last_time != ir::none) fill(model.variables[last_time].array, ir::before_first_spike);
  }

  /// Lets a linked variable of neuron n be that of neuron `index[n]` there.
  void link(int symbol, population& there, int other, std::vector<std::int32_t> const& index) {
    links_[symbol] = {&there, other, index};
  }
  Real& place(int array, std::uint32_t neuron) override {
    auto const to = links_.find(symbol_of_array(array));
    if (to == links_.end()) return group::place(array, neuron);
    link_to const& l = to->second;
    return l.there->values(l.symbol)[static_cast<std::size_t>(l.index[neuron])];
  }

  /// The latest spikes, or those of another event.
  occurrence const& latest(int event = -1) const { return events_[at(event + 1)]; }
  bool is_open(std::uint32_t neuron) const override { return open_[neuron]; }
  double last_spike(std::uint32_t neuron) const { return last_time_[neuron]; }

  /// The state update. Where the model looks for spikes here, they count from slot `thresholds` on.
  void update(kernel::scheduled_kernel const& k, moment const& now) {
    above_.clear();
    for (std::uint32_t n = 0; n < size(); ++n) {
      if (is_fixed()) open_[n] = has_rested(n, now.step);
      bool const fires = execute_one(k, n, now);
      if (fires) above_.push_back(n);
      if (model().flag != ir::none) open_[n] = fires || place(model().flag, n) != 0;
    }
    step_ = now.step;
  }
  /// Looks for spikes.
  void threshold(kernel::scheduled_kernel const* apart, moment const& now, std::int64_t made) {
    if (apart != nullptr) above_ = all_that_fire(*apart, now);
    events_[0] = {made, above_};
    for (std::uint32_t const n : above_) {
      open_[n] = false;
      last_step_[n] = static_cast<double>(step_);
      last_time_[n] = now.time;
    }
  }
  void check(kernel::scheduled_kernel const& k, moment const& now, std::int64_t made) {
    events_[at(k.which) + 1] = {made, all_that_fire(k, now)};
  }
  void reset(kernel::scheduled_kernel const& k, moment const& now) {
    for (std::uint32_t const n : latest().neurons) execute_one(k, n, now);
  }
  void act(kernel::scheduled_kernel const& k, moment const& now) {
    if (k.for_all) return execute(k, now);
    for (std::uint32_t const n : latest(k.which).neurons) execute_one(k, n, now);
  }

  /// Steps have another length from now on; `ratio` is the old one by the new one.
  void change_dt(double ratio) {
    if (has_own_dt()) return;
    auto const move = [ratio](auto& step) {
      if (step > never / 2) step = static_cast<std::decay_t<decltype(step)>>(step * ratio);
    };
    for (std::uint32_t n = 0; n < size(); ++n) {
      move(last_step_[n]);
      if (model().last_spike != ir::none) move(place(model().last_spike, n));
    }
  }

 private:
  void fill(int array, double value) {
    for (std::uint32_t n = 0; array != ir::none && n < size(); ++n)
      place(array, n) = static_cast<Real>(value);
  }
  bool execute_one(kernel::scheduled_kernel const& k, std::uint32_t n, moment const& now) {
    return kernels().execute(k, n, n, now);
  }
  /// Whether all are refractory for the same number of steps.
  bool is_fixed() const { return model().refractory_steps != ir::none; }
  bool has_rested(std::uint32_t n, std::int64_t step) const {
    return static_cast<double>(step) - last_step_[n] >= scalar(model().refractory_steps);
  }
  std::vector<std::uint32_t> all_that_fire(kernel::scheduled_kernel const& k, moment const& now) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t n = 0; n < size(); ++n)
      if (execute_one(k, n, now)) all.push_back(n);
    return all;
  }

  struct link_to {
    population* there;
    int symbol;
    std::vector<std::int32_t> index;
  };

  static constexpr double never = kernel::spike_history<Real>::never;

  std::map<int, link_to> links_;
  std::vector<bool> open_;
  std::int64_t step_ = 0;
  std::vector<double> last_step_;
  std::vector<double> last_time_;
  std::vector<occurrence> events_;  ///< spikes, then those of the model
  std::vector<std::uint32_t> above_;
};

}  // namespace reference
