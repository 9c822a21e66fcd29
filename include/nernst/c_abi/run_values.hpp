// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/mechanism.h>
#include <nernst/engine/value_table.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/timed_table.hpp>

#include <cmath>

namespace nernst::c_abi::detail {

/// An equation whose coefficients are not finite: a symbol, or none.
struct unusable_equation {
  int symbol = ir::none;
  double found = 0;
};

/// Computes what stays the same during a run for elements of the C interface, as an interpreter
/// finds it in their arrays.
class run_values {
 public:
  /// `number` has the caller's number of each symbol of the model, or none.
  run_values(kernel::compiled_model const& model, int const* number, nernst_elements const& of)
      : model_(model), number_(number), of_(of), coefficient_(model.variables.size()),
        table_(model.variables.size()) {}

  double symbol(int s) const {
    ir::role const kind = model_.variables[s].symbol.kind;
    if (s == given_) return given_value_;
    if (kind == ir::role::time_step) return of_.dt;
    if (kind == ir::role::time || kind == ir::role::step) return 0;
    if (number_[s] == ir::none) return coefficient_[s];
    double const* const values = of_.variables[number_[s]];
    return ir::is_shared(kind) ? *values : values[place(s, kind)];
  }
  double draw(ir::op, int) const { return NAN; }
  double lookup(int table, double t, double column) const { return table_[table](t, column); }
  double call(int function, double const* x) const {
    return model_.functions[function].evaluate(x);
  }

  /// The tables of subexpressions. Returns where the next memory begins.
  double* fill_tables(double* to) {
    for (int k = 0; k < model_.tables.size(); ++k) {
      kernel::tabulated const& t = model_.tables[k];
      ir::tape const tape = ir::record(model_.tape(model_.tabulated_values), k);
      ir::interpreter<run_values> evaluate(tape);
      table_[t.table] = {.values = to, .rows = t.count + 1};
      given_ = t.argument;
      auto const value_at = [&](double x) {
        given_value_ = x;
        double value;
        evaluate(*this, {&value, 1});
        return value;
      };
      engine::fill_by_steps(value_at, t.from, t.to, t.count, to);
      to += t.count + 1;
      given_ = ir::none;
    }
    return to;
  }
  /// exp(A dt) of each linear system, for all elements or for each.
  unusable_equation propagate() {
    for (kernel::propagator const& p : model_.propagators)
      for (element_ = of_.begin; element_ < (p.per_element ? of_.end : of_.begin + 1); ++element_) {
        unusable_equation const unusable = propagate(p);
        if (unusable.symbol != ir::none) return unusable;
      }
    return {};
  }
  /// The scalars of kernels.
  ir::list<double> scalars() const {
    ir::tape_view const tape = model_.tape(model_.scalars);
    ir::interpreter<run_values> evaluate(tape);
    ir::list<double> all(tape.results.size());
    evaluate(*this, all);
    return all;
  }

 private:
  std::size_t place(int s, ir::role kind) const {
    if (kind == ir::role::local && of_.compartment != nullptr)
      return static_cast<std::size_t>(of_.compartment[element_]);
    bool const is_linked = kind == ir::role::linked && of_.linked != nullptr;
    if (is_linked && of_.linked[number_[s]] != nullptr)
      return static_cast<std::size_t>(of_.linked[number_[s]][element_]);
    return element_;
  }
  unusable_equation propagate(kernel::propagator const& p) {
    ir::tape_view const tape = model_.tape(p.matrix);
    ir::interpreter<run_values> entries(tape);
    ir::list<double> a(tape.results.size());
    entries(*this, a);
    for (int k = 0; k < a.size(); ++k)
      if (!std::isfinite(a[k])) return {model_.states_of(p)[k / p.order], a[k]};
    for (double& x : a) x *= of_.dt;
    ir::list<double> const all = integrate::matrix_exponential<double>(a, p.order);
    ir::span<int const> const to = model_.coefficients_of(p);
    for (int c = 0; c < to.size(); ++c) {
      if (to[c] == ir::none) continue;
      if (p.per_element)
        of_.variables[number_[to[c]]][element_] = all[c];
      else
        coefficient_[to[c]] = all[c];
    }
    return {};
  }

  kernel::compiled_model const& model_;
  int const* number_;
  nernst_elements const& of_;
  ir::list<double> coefficient_;  ///< by symbol: those of all elements
  ir::list<kernel::timed_table> table_;
  int given_ = ir::none;
  double given_value_ = 0;
  std::size_t element_ = 0;
};

}  // namespace nernst::c_abi::detail
