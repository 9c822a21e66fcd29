// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/timed_table.hpp>

#include "interpreter.hpp"
#include <cmath>
#include <map>
#include <set>

namespace reference {

/// The elements of one model, neurons or synapses, with their variables.
class group : public memory {
 public:
  group(kernel::compiled_model const& model, std::uint32_t size, std::uint32_t object)
      : model_(model), size_(size), object_(object), own_(of_symbols(std::vector<Real>())),
        shared_(of_symbols(0.0)), symbol_of_array_(static_cast<std::size_t>(model.arrays)),
        execute_(model, *this) {
    for (int s = 0; s < model.variables.size(); ++s) {
      kernel::variable const& v = model.variables[s];
      if (v.array == ir::none) continue;
      symbol_of_array_[at(v.array)] = s;
      bool const own = v.symbol.kind == ir::role::trace ||
                       (v.symbol.owner == ir::side::here && v.symbol.kind != ir::role::linked);
      if (own) own_[at(s)].assign(size, Real(0));
    }
  }

  kernel::compiled_model const& model() const { return model_; }
  std::uint32_t size() const { return size_; }
  std::uint32_t object() const { return object_; }
  std::vector<Real>& values(int symbol) { return own_[at(symbol)]; }
  std::vector<Real> const& values(int symbol) const { return own_[at(symbol)]; }

  Real& place(int array, std::uint32_t element) override {
    return own_[at(symbol_of_array(array))][element];
  }
  double scalar(int number) const override { return scalar_[at(number)]; }
  double& shared(int symbol) override { return shared_[at(symbol)]; }
  Real index(std::uint32_t element) const override { return static_cast<Real>(element); }
  Real neighbour(int, std::uint32_t) const override { return NAN; }
  bool is_open(std::uint32_t) const override { return true; }
  double lookup(int symbol, double time, double column) const override {
    table const& given = tables_.at(symbol);
    auto const columns = static_cast<std::int64_t>(given.columns);
    auto const rows = static_cast<std::int64_t>(given.values.size()) / columns;
    return kernel::make_timed_table(given.values.data(), rows, columns, given.dt, dt_)(time,
                                                                                       column);
  }
  /// Gives a timed array its values.
  void give(int symbol, std::vector<double> const& values, std::size_t columns, double dt) {
    tables_[symbol] = {values, columns, dt};
  }

  /// Lets these elements make longer steps than the network.
  void set_own_dt(double dt) { own_dt_ = dt; }
  bool has_own_dt() const { return own_dt_ > 0; }
  std::int64_t stride() const { return stride_; }
  /// What is computed once per run: propagators, scalars, and the steps in which actions are due.
  void prepare(double network_dt) {
    network_dt_ = network_dt;
    stride_ = has_own_dt() ? std::llround(own_dt_ / network_dt) : 1;
    double const dt = dt_ = has_own_dt() ? own_dt_ : network_dt;
    for (kernel::propagator const& p : model_.propagators) propagate(p);
    scalar_ = evaluate(model_.tape(model_.scalars), 0);
    std::vector<double> const named = evaluate(model_.tape(model_.named), 0);
    due_.clear();
    for (kernel::timing const& t : model_.timings) {
      if (t.period == ir::none)
        due_.push_back({0, {}});
      else
        due_.push_back({std::llround(named[at(t.period)] / dt), {}});
      for (double const time : model_.times_of(t))
        due_.back().steps.insert(std::llround(time / dt));
    }
  }
  bool is_due(kernel::scheduled_kernel const& k, std::int64_t step) const {
    if (k.when_executed != kernel::trigger::timed) return true;
    due const& d = due_[at(k.which)];
    return d.period > 0 ? step % d.period == 0 : d.steps.count(step) > 0;
  }
  double network_dt() const { return network_dt_; }
  double dt() const { return dt_; }

  /// A kernel for one element.
  bool execute(kernel::scheduled_kernel const& k, std::uint32_t element, moment const& now) {
    return execute_.execute(k, element, element, now);
  }
  /// A kernel for all of them, or once where it is for all.
  void execute(kernel::scheduled_kernel const& k, moment const& now) {
    constexpr std::uint32_t nobody = 0xFFFFFFFF;
    if (k.for_all) {
      execute(k, nobody, now);
      return;
    }
    for (std::uint32_t e = 0; e < size_; ++e) execute(k, e, now);
  }

 protected:
  static std::size_t at(int n) { return static_cast<std::size_t>(n); }
  template <class T>
  std::vector<T> of_symbols(T const& value) const {
    return std::vector<T>(at(model_.variables.size()), value);
  }
  int symbol_of_array(int array) const { return symbol_of_array_[at(array)]; }
  interpreter const& kernels() const { return execute_; }
  /// How many elements there are at an end of the synapses, if these are synapses.
  virtual double count(ir::side) const { return size_; }

  /// The values of expressions that are evaluated outside of the step.
  std::vector<double> evaluate(ir::tape_view const& tape, std::uint32_t element) {
    struct environment {
      group& of;
      std::uint32_t element;
      double symbol(int s) const {
        ir::symbol const& v = of.model_.variables[s].symbol;
        if (v.kind == ir::role::time_step) return of.dt_;
        if (v.kind == ir::role::time || v.kind == ir::role::step) return 0;
        if (v.kind == ir::role::index) return of.index(element);
        if (v.kind == ir::role::count) return of.count(v.owner);
        int const array = of.model_.variables[s].array;
        if (array == ir::none) return of.shared(s);
        return element < of.size_ ? of.place(array, element) : NAN;
      }
      double draw(ir::op, int) const { return NAN; }
    };
    ir::interpreter<environment> run(tape);
    std::vector<double> results(at(tape.results.size()));
    run(environment{*this, element}, ir::span<double>(results.data(), tape.results.size()));
    return results;
  }

 private:
  struct due {
    std::int64_t period;
    std::set<std::int64_t> steps;
  };

  void propagate(kernel::propagator const& p) {
    ir::span<int const> const coefficients = model_.coefficients_of(p);
    for (std::uint32_t e = 0; e < (p.per_element ? size_ : 1); ++e) {
      std::vector<double> a = evaluate(model_.tape(p.matrix), e);
      for (double& x : a) x *= dt_;
      ir::list<double> const power = nernst::integrate::matrix_exponential<double>(
          ir::span<double const>(a.data(), static_cast<int>(a.size())), p.order);
      for (int c = 0; c < coefficients.size(); ++c) {
        if (coefficients[c] == ir::none) continue;
        if (p.per_element)
          own_[at(coefficients[c])][e] = static_cast<Real>(power[c]);
        else
          shared_[at(coefficients[c])] = power[c];
      }
    }
  }

  struct table {
    std::vector<double> values;
    std::size_t columns;
    double dt;
  };

  kernel::compiled_model const& model_;
  std::uint32_t size_, object_;
  std::int64_t stride_ = 1;
  double network_dt_ = 0, own_dt_ = 0, dt_ = 0;
  std::map<int, table> tables_;
  std::vector<std::vector<Real>> own_;  ///< by symbol, element
  std::vector<double> shared_;          ///< by symbol
  std::vector<double> scalar_;
  std::vector<due> due_;
  std::vector<int> symbol_of_array_;
  interpreter execute_;
};

}  // namespace reference
