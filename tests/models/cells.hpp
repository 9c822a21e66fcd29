// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/kernel/functor.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

namespace models {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

/// Where random numbers come from: Philox as in a network, or all of them 0.5.
enum class draws { random, half };

/// Neurons of a model without a network around them.
template <class Model, draws Draws = draws::random>
class cells {
  using code = kernel::neuron_code<Model>;
  static constexpr std::size_t width = kernel::pack_width<double>;

 public:
  cells(std::size_t n, double dt)
      : size_(n), dt_(dt), array_(code::facts.variables.size(), nullptr), value_(array_.size(), 0) {
    std::size_t const padded = (n + width - 1) / width * width;
    for (std::size_t s = 0; s < array_.size(); ++s) {
      auto const& v = code::facts.variables[s];
      if (v.symbol.kind == ir::role::time_step) value_[s] = dt;
      if (v.symbol.kind == ir::role::count) value_[s] = static_cast<double>(n);
      if (v.array == ir::none) continue;
      storage_.emplace_back(
          static_cast<double*>(std::aligned_alloc(64, (padded * sizeof(double) + 63) / 64 * 64)),
          &std::free);
      array_[s] = of_array_[v.array] = storage_.back().get();
      std::fill_n(array_[s], padded,
                  v.array == code::facts.last_spike ? -1e9
                  : v.array == code::facts.flag     ? 1.0
                                                    : 0.0);
    }
    tables_.resize(array_.size());
  }

  /// The values of a variable, one per neuron.
  double* operator[](std::string_view id) {
    int const s = code::facts.find(id);
    if (s == ir::none || array_[static_cast<std::size_t>(s)] == nullptr)
      throw std::out_of_range(std::string(id));
    return array_[static_cast<std::size_t>(s)];
  }
  void set_table(std::vector<double> const& values, double dt) {
    for (std::size_t s = 0; s < tables_.size(); ++s)
      if (code::facts.variables[s].symbol.kind == ir::role::table)
        tables_[s] = kernel::make_timed_table(values.data(),
                                              static_cast<std::int64_t>(values.size()), 1, dt, dt_);
  }

  /// Links a variable to one value, the same for all neurons.
  void link(std::string_view id, double const& value) {
    link_[code::facts.variables[static_cast<std::size_t>(code::facts.find(id))].array].value =
        &value;
  }
  /// The present values of a named expression, one per neuron.
  std::vector<double> subexpression(std::string_view id) const {
    auto const& symbols = code::facts.subexpressions;
    auto const k = static_cast<std::size_t>(
        std::find(symbols.begin(), symbols.end(), code::facts.find(id)) - symbols.begin());
    std::size_t const periods = code::facts.named.results.size() - symbols.size();
    std::vector<double> result;
    for (std::size_t e = 0; e < size_; ++e)
      result.push_back(evaluate(code::facts.named, e)[periods + k]);
    return result;
  }

  /// What is computed once per run.
  void prepare() {
    for (auto const& p : code::facts.propagators)
      for (std::size_t e = 0; e < (p.per_element ? size_ : 1); ++e) {
        std::vector<double> a = evaluate(p.matrix, e);
        for (double& x : a) x *= dt_;
        a = nernst::integrate::matrix_exponential(a, p.order);
        for (std::size_t c = 0; c < a.size(); ++c) {
          if (p.coefficient[c] == ir::none) continue;
          auto const s = static_cast<std::size_t>(p.coefficient[c]);
          (p.per_element ? array_[s][e] : value_[s]) = a[c];
        }
      }
    std::vector<double> const scalar = evaluate(code::facts.scalars, 0);
    std::copy(scalar.begin(), scalar.end(), scalar_);
    std::vector<double> const named = evaluate(code::facts.named, 0);
    period_.clear();
    for (auto const& t : code::facts.timings)
      period_.push_back(
          static_cast<std::int64_t>(std::round(named[static_cast<std::size_t>(t.period)] / dt_)));
  }

  /// What comes first in a step: timed actions.
  void begin(std::int64_t step) { extras<kernel::purpose::timed>(step); }
  /// The rest of it; the neurons that fire.
  std::vector<std::size_t> end(std::int64_t step) {
    static_assert(!code::facts.threshold_apart);
    auto const fired =
        block<code::facts.reset_waits ? int{kernel::update} : int{kernel::update_and_reset}>(step);
    extras<kernel::purpose::check>(step);
    if constexpr (code::facts.reset_waits) block<kernel::reset>(step, &fired);
    extras<kernel::purpose::act>(step);
    return fired;
  }

 private:
  struct environment {
    cells const& of;
    std::size_t element;
    double symbol(int s) const {
      auto const k = static_cast<std::size_t>(s);
      return of.array_[k] != nullptr ? of.array_[k][element] : of.value_[k];
    }
    double draw(ir::op, int) const { return NAN; }
  };
  std::vector<double> evaluate(kernel::expressions const& e, std::size_t element) const {
    std::vector<double> result(e.results.size());
    ir::interpreter<environment>(e.program, e.results)({*this, element}, result);
    return result;
  }

  /// Runs a kernel, of all neurons or of some; returns those of which its condition is true.
  template <int Block>
  std::vector<std::size_t> block(std::int64_t step,
                                 std::vector<std::size_t> const* some = nullptr) {
    kernel::functor<Model, Block, double> f;
    std::copy_n(of_array_, code::arrays, f.array);
    std::copy_n(scalar_, code::scalars, f.scalar);
    f.now = {static_cast<double>(step) * dt_, step, {1, 0, static_cast<std::uint64_t>(step)}};
    f.around = {value_.data(), link_, tables_.data()};
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

  template <kernel::purpose What, int K = 0>
  void extras(std::int64_t step) {
    if constexpr (K < code::extras) {
      constexpr kernel::extra e = code::facts.extras[K];
      if constexpr (e.what == What) {
        if constexpr (What == kernel::purpose::timed) {
          if (step % period_[e.which] == 0) block<kernel::first_extra + K>(step);
        } else if constexpr (What == kernel::purpose::check) {
          had_event_.resize(code::facts.events.size());
          had_event_[e.which] = block<kernel::first_extra + K>(step);
        } else {
          block<kernel::first_extra + K>(step, &had_event_[e.which]);
        }
      }
      extras<What, K + 1>(step);
    }
  }

  std::size_t size_;
  double dt_;
  std::vector<std::unique_ptr<double, decltype(&std::free)>> storage_;
  std::vector<double*> array_;  ///< by symbol
  std::vector<double> value_;   ///< by symbol
  std::vector<kernel::timed_table> tables_;
  double* of_array_[code::arrays > 0 ? code::arrays : 1] = {};
  kernel::link link_[code::arrays > 0 ? code::arrays : 1];
  double scalar_[code::scalars > 0 ? code::scalars : 1] = {};
  std::vector<std::int64_t> period_;
  std::vector<std::vector<std::size_t>> had_event_;
};

}  // namespace models
