// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/functor.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace models {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

/// Where random numbers come from: Philox as in a network, or all of them 0.5.
enum class draws { random, half };

/// Neurons of a model without a network around them.
template <class Model, draws Draws = draws::random>
class cells {
  static constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  static constexpr std::size_t width = kernel::pack_width<double>;

 public:
  cells(std::size_t n, double dt)
      : size_(n), dt_(dt), array_(model.variables.size()), value_(model.variables.size()),
        tables_(model.variables.size()), open_(n / 8 + 1, 0xFF), last_spike_(n, -1e9) {
    std::size_t const padded = (n + width - 1) / width * width;
    for (int s = 0; s < array_.size(); ++s) {
      auto const& v = model.variables[s];
      if (v.symbol.kind == ir::role::time_step) value_[s] = dt;
      if (v.symbol.kind == ir::role::count) value_[s] = static_cast<double>(n);
      if (v.array == ir::none) continue;
      storage_.emplace_back(
          static_cast<double*>(std::aligned_alloc(64, (padded * sizeof(double) + 63) / 64 * 64)),
          &std::free);
      array_[s] = of_array_[v.array] = storage_.back().get();
      std::fill_n(array_[s], padded,
                  v.array == model.last_spike ? -1e9
                  : v.array == model.flag     ? 1.0
                                              : 0.0);
    }
  }

  /// The values of a variable, one per neuron.
  double* operator[](std::string_view id) {
    int const s = model.find(id);
    if (s == ir::none || array_[s] == nullptr) throw std::out_of_range(std::string(id));
    return array_[s];
  }
  void set_table(std::vector<double> const& values, double dt) {
    for (int s = 0; s < tables_.size(); ++s)
      if (model.variables[s].symbol.kind == ir::role::table)
        tables_[s] = kernel::make_timed_table(values.data(),
                                              static_cast<std::int64_t>(values.size()), 1, dt, dt_);
  }

  /// Links a variable to one value, the same for all neurons.
  void link(std::string_view id, double const& value) {
    link_[model.variables[model.find(id)].array].value = &value;
  }
  /// The present values of a named expression, one per neuron.
  std::vector<double> subexpression(std::string_view id) const {
    int k = 0;
    while (model.subexpressions[k] != model.find(id)) ++k;
    int const periods = model.named.results.count - model.subexpressions.size();
    std::vector<double> result;
    for (std::size_t e = 0; e < size_; ++e) result.push_back(evaluate(model.named, e)[periods + k]);
    return result;
  }

  /// What is computed once per run.
  void prepare() {
    for (auto const& p : model.propagators)
      for (std::size_t e = 0; e < (p.per_element ? size_ : 1); ++e) {
        ir::list<double> a = evaluate(p.matrix, e);
        for (double& x : a) x *= dt_;
        a = nernst::integrate::matrix_exponential<double>(a, p.order);
        for (int c = 0; c < a.size(); ++c) {
          int const s = model.coefficients_of(p)[c];
          if (s != ir::none) (p.per_element ? array_[s][e] : value_[s]) = a[c];
        }
      }
    ir::list<double> const scalar = evaluate(model.scalars, 0);
    std::copy(scalar.begin(), scalar.end(), scalar_);
    ir::list<double> const named = evaluate(model.named, 0);
    period_.clear();
    for (auto const& t : model.timings)
      period_.push_back(static_cast<std::int64_t>(std::round(named[t.period] / dt_)));
  }

  /// What comes first in a step: timed actions.
  void begin(std::int64_t step) { execute_all<kernel::trigger::timed>(step); }
  /// The rest of it; the neurons that fire.
  std::vector<std::size_t> end(std::int64_t step) {
    using kernel::number_of, kernel::trigger;
    static_assert(!model.has(trigger::threshold));
    constexpr int update = model.reset_waits ? number_of<Model, trigger::update>
                                             : number_of<Model, trigger::update_and_reset>;
    if constexpr (model.refractory_steps != ir::none) open_all_that_rested(step);
    auto const fired = execute<update>(step);
    for (std::size_t const e : fired) last_spike_[e] = static_cast<double>(step);
    execute_all<trigger::check>(step);
    if constexpr (model.reset_waits) execute<number_of<Model, trigger::reset>>(step, &fired);
    execute_all<trigger::act>(step);
    return fired;
  }

 private:
  struct environment {
    cells const& of;
    std::size_t element;
    double symbol(int s) const {
      return of.array_[s] != nullptr ? of.array_[s][element] : of.value_[s];
    }
    double draw(ir::op, int) const { return NAN; }
  };
  ir::list<double> evaluate(kernel::recorded const& what, std::size_t element) const {
    ir::list<double> result(what.results.count);
    ir::interpreter<environment>(model.tape(what))({*this, element}, result);
    return result;
  }

  /// Who is refractory for a fixed number of steps.
  void open_all_that_rested(std::int64_t step) {
    for (std::size_t e = 0; e < size_; ++e) {
      double const since = static_cast<double>(step) - last_spike_[e];
      auto const bit = static_cast<std::uint8_t>(1U << e % 8);
      bool const is_open = since >= scalar_[model.refractory_steps];
      open_[e / 8] = static_cast<std::uint8_t>(is_open ? open_[e / 8] | bit : open_[e / 8] & ~bit);
    }
  }

  /// Runs a kernel, of all neurons or of some; returns those of which its condition is true.
  template <int Kernel>
  std::vector<std::size_t> execute(std::int64_t step,
                                   std::vector<std::size_t> const* some = nullptr) {
    kernel::functor<Model, Kernel, double> f;
    std::copy_n(of_array_, model.arrays, f.array);
    std::copy_n(scalar_, model.scalars.results.count, f.scalar);
    f.now = {static_cast<double>(step) * dt_, step, {1, 0, static_cast<std::uint64_t>(step)}};
    f.around = {
        .values = value_.data(), .links = link_, .tables = tables_.data(), .open = open_.data()};
    std::vector<std::uint8_t> fired(size_, 0);
    f.fired = fired.data();
    auto const run = [&](std::size_t e) {
      if constexpr (Draws == draws::random)
        f(e);
      else
        fired[e] = with_half_draws(f, e);
    };
    if (some != nullptr)
      for (std::size_t const e : *some) run(e);
    else
      for (std::size_t e = 0; e < size_; ++e) run(e);
    std::vector<std::size_t> result;
    for (std::size_t e = 0; e < size_; ++e)
      if (fired[e] != 0) result.push_back(e);
    return result;
  }

  /// What a kernel sees where all random numbers are 0.5.
  template <class Functor>
  struct half_memory {
    Functor const& f;
    double const* per_step;
    std::size_t at;

    template <int Slot>
    double array() const {
      return f.array[Slot][at];
    }
    template <int Slot>
    void put(double v) const {
      f.array[Slot][at] = v;
    }
    template <int Slot>
    double scalar() const {
      return f.scalar[Slot];
    }
    template <int K>
    double step_scalar() const {
      return per_step[K];
    }
    template <int Slot>
    double linked() const {
      return *f.around.links[Slot].value;
    }
    double time() const { return f.now.time; }
    double step() const { return static_cast<double>(f.now.step); }
    bool open() const { return (f.around.open[at / 8] >> at % 8 & 1) != 0; }
    double index() const { return static_cast<double>(at); }
    template <int Symbol>
    double lookup(double t) const {
      return f.around.tables[Symbol](t);
    }
    template <ir::op Op>
    double draw(int) const {
      return 0.5;
    }
  };
  template <class Functor>
  static bool with_half_draws(Functor const& f, std::size_t e) {
    double per_step[Functor::step_scalars] = {};
    kernel::prepare_step<typename Functor::code, double>(half_memory<Functor>{f, per_step, e},
                                                         per_step);
    return kernel::evaluate<typename Functor::code, double>(half_memory<Functor>{f, per_step, e});
  }

  /// Runs all kernels with a trigger.
  template <kernel::trigger What, int K = 0>
  void execute_all(std::int64_t step) {
    if constexpr (K < model.kernels.size()) {
      constexpr kernel::scheduled_kernel k = model.kernels[K];
      if constexpr (k.when_executed == What && What == kernel::trigger::timed) {
        if (step % period_[static_cast<std::size_t>(k.which)] == 0) execute<K>(step);
      } else if constexpr (k.when_executed == What && What == kernel::trigger::check) {
        had_event_.resize(static_cast<std::size_t>(model.events.size()));
        had_event_[k.which] = execute<K>(step);
      } else if constexpr (k.when_executed == What) {
        execute<K>(step, &had_event_[k.which]);
      }
      execute_all<What, K + 1>(step);
    }
  }

  static constexpr int at_least_one(int n) { return n > 0 ? n : 1; }

  std::size_t size_;
  double dt_;
  std::vector<std::unique_ptr<double, decltype(&std::free)>> storage_;
  ir::list<double*> array_;  ///< by symbol
  ir::list<double> value_;   ///< by symbol
  ir::list<kernel::timed_table> tables_;
  std::vector<std::uint8_t> open_;  ///< a bit for each that is not refractory
  std::vector<double> last_spike_;  ///< in steps
  double* of_array_[at_least_one(model.arrays)] = {};
  kernel::link link_[at_least_one(model.arrays)];
  double scalar_[at_least_one(model.scalars.results.count)] = {};
  std::vector<std::int64_t> period_;
  std::vector<std::vector<std::size_t>> had_event_;
};

}  // namespace models
