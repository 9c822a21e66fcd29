// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/npy.hpp>
#include <nernst/language/quantity.hpp>
#include <nernst/network/bound_expression.hpp>

namespace nernst {

namespace detail {
/// The spikes (or other events) of the neurons [begin, end) of a population, collected between the
/// pieces of a run.
struct spike_store {
  std::string name;
  std::vector<spike_log> const* logs;
  std::uint32_t begin, end;
  double dt;
  std::int64_t first_step, seen_steps;
  std::vector<std::int64_t> step;
  std::vector<std::int32_t> neuron;

  void collect(std::int64_t until) {
    for (; seen_steps < until; ++seen_steps)
      for (auto const& log : *logs)
        for (std::uint32_t const n : log.spikes(seen_steps))
          if (n - begin < end - begin) {
            step.push_back(seen_steps);
            neuron.push_back(static_cast<std::int32_t>(n - begin));
          }
  }
};

/// Values of some neurons, once in each step.
template <class Real>
struct state_store {
  std::string name;
  ir::instant when;
  std::vector<Real const*> variable;  ///< null for what has to be evaluated
  std::vector<std::vector<named_value<Real>>>
      computed;  ///< by partition: one for each variable that is null, in order
  std::vector<std::uint32_t> neuron;  ///< in the population, in the order asked for
  double dt;
  std::int64_t first_step;
  std::vector<Real> data;  ///< steps x variables x neurons
  std::size_t row() const { return variable.size() * neuron.size(); }

  /// Makes room for steps up to `end`.
  void reserve(std::int64_t end) {
    data.resize(static_cast<std::size_t>(end - first_step) * row());
  }
  void record(std::size_t partition, std::uint32_t begin, std::uint32_t end,
              kernel::moment const& now) {
    Real* out = data.data() + static_cast<std::size_t>(now.step - first_step) * row();
    auto next = computed[partition].begin();
    for (Real const* const values : variable) {
      if (values == nullptr) next->at(now.time, now.step, when >= ir::instant{ir::slot::groups, 0});
      for (std::uint32_t const n : neuron) {
        if (n - begin < end - begin)
          *out = values != nullptr ? values[n] : static_cast<Real>((*next)(n));
        ++out;
      }
      if (values == nullptr) ++next;
    }
  }
};
}  // namespace detail

/// The spikes of a population (or slice) since `record_spikes`, or its events since
/// `record_events`: in order of time, in a step by rising number of the neuron, which counts from
/// the start of the slice. A handle: copies speak of the same record.
class spike_record {
 public:
  explicit spike_record(detail::spike_store const& s) : store_(&s) {}

  /// The number of spikes.
  std::size_t count() const { return store_->step.size(); }
  /// The neuron of each spike, its step, and its time in seconds (the start of the step).
  std::vector<std::int32_t> const& neurons() const { return store_->neuron; }
  std::vector<std::int64_t> const& steps() const { return store_->step; }
  std::vector<double> times() const {
    std::vector<double> t;
    for (std::int64_t const s : store_->step) t.push_back(static_cast<double>(s) * store_->dt);
    return t;
  }
  /// The number of spikes of each neuron.
  std::vector<std::uint32_t> counts() const {
    std::vector<std::uint32_t> n(store_->end - store_->begin, 0);
    for (std::int32_t const i : store_->neuron) ++n[static_cast<std::size_t>(i)];
    return n;
  }
  /// Spikes per neuron and second, in Hz, over the recorded time.
  double mean_rate() const {
    double const time = static_cast<double>(store_->seen_steps - store_->first_step) * store_->dt;
    double const neurons = store_->end - store_->begin;
    return time > 0 && neurons > 0 ? static_cast<double>(count()) / neurons / time : 0;
  }
  /// Spikes per neuron and second, in Hz, in each complete bin of the recorded time. The bin must
  /// be a whole number of steps.
  std::vector<double> rates(dsl::quantity<ir::units::second> bin) const {
    double const wanted = bin.si / store_->dt;
    auto const steps = static_cast<std::int64_t>(wanted + 0.5);
    if (!(wanted >= 0.5) || std::abs(wanted - static_cast<double>(steps)) > 1e-6 * wanted)
      throw std::invalid_argument(
          "rates: expected a bin that is a multiple of dt = " + std::to_string(store_->dt) +
          " s, found " + std::to_string(bin.si) + " s");
    std::vector<double> rate(
        static_cast<std::size_t>((store_->seen_steps - store_->first_step) / steps), 0);
    double const one =
        1 / (static_cast<double>(steps) * store_->dt * (store_->end - store_->begin));
    for (std::int64_t const s : store_->step) {
      auto const k = static_cast<std::size_t>((s - store_->first_step) / steps);
      if (k < rate.size()) rate[k] += one;
    }
    return rate;
  }
  /// Writes a .npy file with one record per spike: 't' (seconds, float64) and 'i' (neuron, int32).
  void save(std::string const& path) const {
    std::vector<io::spike> all;
    all.reserve(count());
    for (std::size_t k = 0; k < count(); ++k)
      all.push_back({static_cast<double>(store_->step[k]) * store_->dt, store_->neuron[k]});
    io::write_spikes(path, all);
  }

 private:
  detail::spike_store const* store_;
};

/// Variables of some neurons, once in every step since `record`. A handle: copies speak of the same
/// record.
template <class Real>
class state_record {
 public:
  explicit state_record(detail::state_store<Real> const& s) : store_(&s) {}

  /// The number of recorded steps.
  std::size_t steps() const { return store_->row() == 0 ? 0 : store_->data.size() / store_->row(); }
  /// The value (SI units) of recorded variable `variable` of recorded neuron `neuron`, both counted
  /// in the order asked for, at a recorded step.
  double at(std::size_t step, std::size_t variable, std::size_t neuron) const {
    return static_cast<double>(store_->data.at(
        (step * store_->variable.size() + variable) * store_->neuron.size() + neuron));
  }
  /// The time of a recorded step in seconds.
  double time(std::size_t step) const {
    return static_cast<double>(store_->first_step + static_cast<std::int64_t>(step)) * store_->dt;
  }
  /// Writes a .npy file of shape (variables, neurons, steps); one variable: (neurons, steps).
  void save(std::string const& path) const {
    std::size_t const variables = store_->variable.size(), neurons = store_->neuron.size(),
                      n = steps();
    std::vector<Real> turned;
    turned.reserve(store_->data.size());
    for (std::size_t v = 0; v < variables * neurons; ++v)
      for (std::size_t s = 0; s < n; ++s)
        turned.push_back(store_->data[s * variables * neurons + v]);
    io::write_npy(path, turned,
                  variables == 1 ? std::vector<std::size_t>{neurons, n}
                                 : std::vector<std::size_t>{variables, neurons, n});
  }

 private:
  detail::state_store<Real> const* store_;
};

}  // namespace nernst
