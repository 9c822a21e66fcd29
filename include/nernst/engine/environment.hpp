// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/step_context.hpp>

#include <algorithm>

namespace nernst::engine {

/// What a symbol of an expression stands for: a variable of a group of elements, or something that
/// an environment knows by itself.
struct leaf {
  ir::role kind;
  int symbol = ir::none;            ///< in the model of the group
  ir::side owner = ir::side::here;  ///< which group: these elements, or those at an end of them
};

/// The models by whose names an expression speaks of elements: their own and, where they are
/// synapses, those at their ends; null where there is none.
struct name_scope {
  kernel::compiled_model const* here = nullptr;
  kernel::compiled_model const* source = nullptr;
  kernel::compiled_model const* target = nullptr;

  kernel::compiled_model const* of(ir::side owner) const {
    if (owner == ir::side::here) return here;
    return owner == ir::side::pre ? source : target;
  }
};

/// The leaves of the tapes of a model: by symbol.
inline ir::list<leaf> leaves_of(name_scope const& names) {
  ir::list<leaf> all;
  for (int k = 0; k < names.here->variables.size(); ++k) {
    ir::symbol const& s = names.here->variables[k].symbol;
    kernel::compiled_model const* const model = names.of(s.owner);
    ir::side const owner = ir::is_kept_once(s.kind) ? ir::side::here : s.owner;
    bool const elsewhere = owner != ir::side::here && model != nullptr;
    all.push_back({s.kind, elsewhere ? model->find(s.id) : k, owner});
  }
  return all;
}

/// The memory of a group of elements as an interpreter sees it.
template <class Real>
struct scope {
  Real* const* arrays = nullptr;   ///< by symbol; null where there is none
  double const* values = nullptr;  ///< by symbol, where there is no array
  /// By symbol: for an array of another group, how to get there.
  kernel::link const* links = nullptr;
  kernel::timed_table const* tables = nullptr;  ///< by symbol
  kernel::spike_history<Real> spikes{};
  kernel::element_numbers numbers{};          ///< of elements
  std::uint32_t const* element_at = nullptr;  ///< by place, if they differ
  std::size_t count = 0;
  std::int32_t const* index = nullptr;  ///< of an end: by synapse, the place there
  std::size_t first_indexed = 0;        ///< the synapse that `index` begins with

  std::size_t place(std::size_t element) const {
    return index == nullptr ? element : static_cast<std::size_t>(index[element - first_indexed]);
  }
  /// The values of a variable by place; null where they are found otherwise.
  Real const* by_place(int symbol) const {
    bool const is_linked =
        links != nullptr && (links[symbol].value != nullptr || links[symbol].index != nullptr);
    return is_linked ? nullptr : arrays[symbol];
  }
  double stored(int symbol, std::size_t element) const {
    if (links != nullptr && links[symbol].value != nullptr) return *links[symbol].value;
    Real const* const a = arrays[symbol];
    if (a == nullptr) return values[symbol];
    bool const indexed = links != nullptr && links[symbol].index != nullptr;
    std::size_t const there =
        indexed ? static_cast<std::size_t>(links[symbol].index[element]) : element;
    return static_cast<double>(a[there]);
  }
};

/// The values that an interpreter sees of one element.
template <class Real>
struct environment {
  leaf const* leaves = nullptr;
  ir::span<ir::function const> functions = {};  ///< by number
  scope<Real> scopes[3] = {};                   ///< by owner
  std::uint32_t const* numbers = nullptr;       ///< by place, if they differ
  std::size_t element = 0;                      ///< a place
  double time = 0, dt = 0;
  std::int64_t step = 0, first_step = 0;  ///< `first_step` is the one that kernels count from
  std::int64_t settled = -1;  ///< the latest step in which it is known who is refractory
  kernel::draw_key key{};

  scope<Real>& of(ir::side owner) { return scopes[static_cast<int>(owner)]; }
  scope<Real> const& of(ir::side owner) const { return scopes[static_cast<int>(owner)]; }

  double symbol(int place) const {
    leaf const& x = leaves[place];
    scope<Real> const& there = of(x.owner);
    switch (x.kind) {
    case ir::role::time:
      return time;
    case ir::role::time_step:
      return dt;
    case ir::role::step:
      return static_cast<double>(step - first_step);
    case ir::role::index:
      return static_cast<double>(number_in(x.owner));
    case ir::role::count:
      return static_cast<double>(there.count);
    case ir::role::not_refractory:
      return there.spikes.is_open(there.place(element), settled);
    case ir::role::last_spike:
      return there.spikes.last_spike_time(there.place(element));
    default:
      return there.stored(x.symbol, there.place(element));
    }
  }
  /// The values for `count` elements from this one on.
  void symbols(int place, std::size_t count, double* to) const {
    leaf const& x = leaves[place];
    bool const is_variable = ir::is_stored(x.kind) || ir::is_elsewhere(x.kind);
    scope<Real> const& there = of(x.owner);
    if (Real const* const all = is_variable ? there.by_place(x.symbol) : nullptr) {
      if (there.index == nullptr) return static_cast<void>(std::copy_n(all + element, count, to));
      for (std::size_t k = 0; k < count; ++k)
        to[k] = static_cast<double>(all[there.place(element + k)]);
      return;
    }
    bool const is_common = ir::is_shared(x.kind) || x.kind == ir::role::time ||
                           x.kind == ir::role::time_step || x.kind == ir::role::step ||
                           x.kind == ir::role::count;
    if (is_common) return static_cast<void>(std::fill_n(to, count, symbol(place)));
    environment one = *this;
    for (std::size_t k = 0; k < count; ++k, ++one.element) to[k] = one.symbol(place);
  }
  double draw(ir::op code, int number) const {
    auto const n = static_cast<std::uint32_t>(number);
    return code == ir::op::uniform ? kernel::uniform<double>(key, who(), n)
                                   : kernel::normal<double>(key, who(), n);
  }
  double draw(ir::op code, int number, double a, double b) const {
    auto const n = static_cast<std::uint32_t>(number);
    return code == ir::op::binomial ? kernel::binomial(key, who(), n, a, b)
                                    : kernel::poisson(key, who(), n, a);
  }
  double lookup(int place, double t, double column) const {
    leaf const& x = leaves[place];
    scope<Real> const& there = of(x.owner);
    return there.tables == nullptr ? NAN : there.tables[x.symbol](t, column);
  }
  double call(int function, double const* arguments) const {
    bool const known = function < functions.size() && functions[function].evaluate != nullptr;
    return known ? functions[function].evaluate(arguments) : NAN;
  }

 private:
  /// Which of its set an element is, for a synapse which of its set its source is.
  std::uint32_t number_in(ir::side owner) const {
    bool const is_synapse = of(ir::side::pre).index != nullptr;
    scope<Real> const& there = of(owner == ir::side::here && is_synapse ? ir::side::pre : owner);
    auto const at = static_cast<std::uint32_t>(there.place(element));
    return there.numbers(there.element_at == nullptr ? at : there.element_at[at]);
  }
  std::uint32_t who() const {
    return numbers == nullptr ? static_cast<std::uint32_t>(element) : numbers[element];
  }
};

/// The values of expressions that are the same for all elements.
template <class Real>
ir::list<double> evaluate_once(ir::tape_view const& tape, environment<Real> const& where) {
  ir::list<double> result(tape.results.size());
  ir::interpreter<environment<Real>> evaluate(tape);
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

}  // namespace nernst::engine
