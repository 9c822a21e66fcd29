// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/step_context.hpp>

namespace nernst {
template <class Real>
class population_base;
}

namespace nernst::detail {

/// What a symbol of an expression stands for: a variable of a model, or something that an
/// environment knows by itself.
struct leaf {
  ir::role kind;
  int symbol = ir::none;
};
/// The leaves of expressions about a model: by symbol, then what every model has, in the order of
/// `ir::builtins`.
inline ir::list<leaf> leaves_of(kernel::compiled_model const& model) {
  ir::list<leaf> all;
  for (int k = 0; k < model.variables.size(); ++k)
    all.push_back({model.variables[k].symbol.kind, k});
  for (ir::symbol const& s : ir::builtins) all.push_back({s.kind});
  return all;
}
/// The place among these of something that every model has.
inline int leaf_of(kernel::compiled_model const& model, ir::symbol const& builtin) {
  return model.variables.size() + static_cast<int>(&builtin - ir::builtins);
}

/// The values that an interpreter sees of one element.
template <class Real>
struct element_environment {
  leaf const* leaves = nullptr;
  Real* const* arrays = nullptr;   ///< by symbol; null where there is none
  double const* values = nullptr;  ///< by symbol, where there is no array
  /// By symbol: for an array of another population, how to get there.
  kernel::link const* links = nullptr;
  kernel::timed_table const* tables = nullptr;     ///< by symbol
  ir::span<ir::function const> functions = {};     ///< by number
  population_base<Real> const* neurons = nullptr;  ///< for what they remember of their spikes
  std::size_t element = 0, first = 0, count = 0;   ///< `first` is the one with number 0
  double time = 0, dt = 0;
  std::int64_t step = 0, first_step = 0;  ///< `first_step` is the one that kernels count from
  std::int64_t settled = -1;  ///< the latest step in which it is known who is refractory
  kernel::draw_key key{};

  double symbol(int place) const {
    leaf const& x = leaves[place];
    switch (x.kind) {
    case ir::role::time:
      return time;
    case ir::role::time_step:
      return dt;
    case ir::role::step:
      return static_cast<double>(step - first_step);
    case ir::role::index:
      return static_cast<double>(element - first);
    case ir::role::count:
      return static_cast<double>(count);
    case ir::role::not_refractory:
      return neurons == nullptr || neurons->is_open(who(), settled);
    case ir::role::last_spike:
      return last_spike();
    default:
      return stored(x.symbol);
    }
  }
  double draw(ir::op code, int number) const {
    auto const n = static_cast<std::uint32_t>(number);
    return code == ir::op::uniform ? kernel::uniform<double>(key, who(), n)
                                   : kernel::normal<double>(key, who(), n);
  }
  double draw(ir::op code, int number, double a, double b) const {
    auto const n = static_cast<std::uint32_t>(number);
    return code == ir::op::poisson ? kernel::poisson(key, who(), n, a)
                                   : kernel::binomial(key, who(), n, a, b);
  }
  double lookup(int table, double t, double column) const {
    return tables == nullptr ? NAN : tables[table](t, column);
  }
  double call(int function, double const* arguments) const {
    bool const known = function < functions.size() && functions[function].evaluate != nullptr;
    return known ? functions[function].evaluate(arguments) : NAN;
  }

 private:
  std::uint32_t who() const { return static_cast<std::uint32_t>(element); }
  double stored(int symbol) const {
    if (links != nullptr && links[symbol].value != nullptr) return *links[symbol].value;
    Real const* const a = arrays[symbol];
    if (a == nullptr) return values[symbol];
    bool const indexed = links != nullptr && links[symbol].index != nullptr;
    std::size_t const there =
        indexed ? static_cast<std::size_t>(links[symbol].index[element]) : element;
    return static_cast<double>(a[there]);
  }
  double last_spike() const {
    return neurons == nullptr ? ir::before_first_spike : neurons->last_spike_time(who());
  }
};

/// The values of expressions that are the same for all elements.
template <class Real>
ir::list<double> evaluate_once(ir::tape_view const& tape, element_environment<Real> const& where) {
  ir::list<double> result(tape.results.size());
  ir::interpreter<element_environment<Real>> evaluate(tape);
  evaluate(where, result);
  return result;
}

/// A value as a variable of the type keeps it: whole numbers are cut, as in Brian 2; truth values
/// are 0 and 1.
inline double as_type(ir::value_type type, double x) {
  if (type == ir::value_type::real) return x;
  if (type == ir::value_type::integer) return std::trunc(x);
  return x != 0 ? 1 : 0;
}

}  // namespace nernst::detail
