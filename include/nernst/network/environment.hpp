// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/functor.hpp>

#include <string_view>
#include <vector>

namespace nernst {
template <class Real>
class neurons;
}

namespace nernst::detail {

/// What may stand instead of a symbol: something that an environment knows by itself.
enum builtin : int {
  unknown = -1,
  at_time = -2,
  at_time_step = -3,
  at_step = -4,
  at_index = -5,
  at_count = -6,
  at_not_refractory = -7,
  at_last_spike = -8
};

constexpr builtin builtin_of(ir::role kind) {
  switch (kind) {
  case ir::role::time:
    return at_time;
  case ir::role::time_step:
    return at_time_step;
  case ir::role::step:
    return at_step;
  case ir::role::index:
    return at_index;
  case ir::role::count:
    return at_count;
  case ir::role::not_refractory:
    return at_not_refractory;
  case ir::role::last_spike:
    return at_last_spike;
  default:
    return unknown;
  }
}
/// By the name that it has in every model.
constexpr builtin builtin_of(std::string_view id) {
  constexpr std::string_view names[] = {"t", "dt", "", "i", "N", "not_refractory", "lastspike"};
  for (int k = 0; k < 7; ++k)
    if (names[k] == id) return static_cast<builtin>(at_time - k);
  return unknown;
}

/// The values that an interpreter sees of one element.
template <class Real>
struct element_environment {
  std::vector<Real*> const* array;   ///< by symbol; null where there is none
  std::vector<double> const* value;  ///< by symbol, where there is no array
  kernel::link const* links =
      nullptr;  ///< by symbol: for an array of another population, how to get there
  kernel::timed_table const* tables = nullptr;     ///< by symbol
  std::span<ir::function const> functions = {};    ///< by number
  nernst::neurons<Real> const* neurons = nullptr;  ///< for what they remember of their spikes
  std::size_t element = 0, first = 0, count = 0;   ///< `first` is the one with number 0
  double time = 0, dt = 0;
  std::int64_t step = 0, first_step = 0;  ///< `first_step` is the one that kernels count from
  std::int64_t settled = -1;  ///< the latest step in which it is known who is refractory
  kernel::draw_key key{};

  double symbol(int s) const {
    if (s < 0) return known(s);
    auto const k = static_cast<std::size_t>(s);
    if (links != nullptr && links[k].value != nullptr) return *links[k].value;
    Real const* const a = (*array)[k];
    if (a == nullptr) return (*value)[k];
    bool const indexed = links != nullptr && links[k].index != nullptr;
    return static_cast<double>(
        a[indexed ? static_cast<std::size_t>(links[k].index[element]) : element]);
  }
  double draw(ir::op code, int number) const {
    return code == ir::op::uniform
               ? kernel::uniform<double>(key, who(), static_cast<std::uint32_t>(number))
               : kernel::normal<double>(key, who(), static_cast<std::uint32_t>(number));
  }
  double draw(ir::op code, int number, double a, double b) const {
    auto const n = static_cast<std::uint32_t>(number);
    return code == ir::op::poisson ? kernel::poisson(key, who(), n, a)
                                   : kernel::binomial(key, who(), n, a, b);
  }
  double lookup(int table, double t, double column) const {
    return tables == nullptr ? NAN : tables[static_cast<std::size_t>(table)](t, column);
  }
  double call(int function, double const* arguments) const {
    auto const k = static_cast<std::size_t>(function);
    return k < functions.size() && functions[k].evaluate != nullptr
               ? functions[k].evaluate(arguments)
               : NAN;
  }

 private:
  std::uint32_t who() const { return static_cast<std::uint32_t>(element); }
  double known(int s) const {
    switch (s) {
    case at_time:
      return time;
    case at_time_step:
      return dt;
    case at_step:
      return static_cast<double>(step - first_step);
    case at_index:
      return static_cast<double>(element - first);
    case at_count:
      return static_cast<double>(count);
    case at_not_refractory:
      return neurons == nullptr || neurons->is_open(who(), settled);
    case at_last_spike: {
      std::int64_t const last = neurons == nullptr ? -1 : neurons->last_spike(who());
      return last < 0 ? -1e4 : static_cast<double>(last) * dt;
    }
    default:
      return NAN;
    }
  }
};

/// Operations of a model in which what an environment knows by itself is marked.
inline std::vector<ir::node> bind(std::span<ir::node const> program,
                                  std::span<kernel::variable const> variables) {
  std::vector<ir::node> bound(program.begin(), program.end());
  for (ir::node& n : bound) {
    if (n.code != ir::op::symbol) continue;
    builtin const b = builtin_of(variables[static_cast<std::size_t>(n.a)].symbol.kind);
    if (b != unknown) n.a = b;
  }
  return bound;
}

/// The values of expressions that are the same for all elements.
template <class Real>
std::vector<double> once(kernel::expressions const& e, element_environment<Real> const& where) {
  std::vector<double> result(e.results.size());
  ir::interpreter<element_environment<Real>>(e.program, e.results)(where, result);
  return result;
}

/// A value as a variable of the type keeps it: whole numbers are cut, as in Brian 2; truth values
/// are 0 and 1.
inline double as_type(ir::value_type type, double x) {
  return type == ir::value_type::real      ? x
         : type == ir::value_type::integer ? std::trunc(x)
         : x != 0                          ? 1.0
                                           : 0.0;
}

}  // namespace nernst::detail
