// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/lower.hpp>
#include <nernst/network/assign.hpp>

#include <memory>

namespace nernst {

namespace detail {
/// What populations and projections need of their network.
struct network_state {
  double dt = 0;
  std::uint64_t seed = 0;
  double time = 0;
  std::uint64_t assignments = 0;
};

inline void require_slice(std::string const& name, std::int64_t begin, std::int64_t end, std::uint32_t size) {
  if (0 <= begin && begin <= end && end <= size) return;
  throw std::out_of_range(name + ": expected a slice inside [0, " + std::to_string(size) + "), found [" + std::to_string(begin) + ", " +
                          std::to_string(end) + ")");
}
}  // namespace detail

/// The values of one variable of a population (or slice): assign an expression to set them, `get()` to read them. Values are in SI units.
template <class Population>
class values {
 public:
  values(Population const& p, ir::symbol const& variable) : population_(p), variable_(variable) {}

  /// One value per neuron, or one for a shared variable.
  std::vector<double> get() const {
    if (auto const* const a = population_.neurons().array(variable_.id)) return {a + population_.begin(), a + population_.end()};
    return {shared()};
  }
  /// The value of one neuron. \throws std::out_of_range
  double operator[](std::size_t neuron) const {
    auto const* const a = population_.neurons().array(variable_.id);
    std::size_t const size = a == nullptr ? 1 : population_.size();
    if (neuron >= size)
      throw std::out_of_range(label() + ": expected a neuron below " + std::to_string(size) + ", found " + std::to_string(neuron));
    return a == nullptr ? shared() : static_cast<double>(a[population_.begin() + neuron]);
  }

  /// Sets the values to those of an expression, evaluated for each neuron; `uniform()` and `randn()` are drawn for each, `i` counts from
  /// the start of the slice.
  template <dsl::Operand T>
  void operator=(T const& expression) const {
    set(dsl::flatten(expression));
  }
  /// Sets the values to given ones, in SI units, one per neuron.
  void operator=(std::vector<double> const& given) const {
    auto* const a = population_.neurons().array(variable_.id);
    std::size_t const size = a == nullptr ? 1 : population_.size();
    if (given.size() != size)
      throw std::invalid_argument(label() + ": expected " + std::to_string(size) + " values, found " + std::to_string(given.size()));
    using real = std::remove_reference_t<decltype(*a)>;
    for (std::size_t k = 0; k < size; ++k)
      if (a != nullptr)
        a[population_.begin() + k] = static_cast<real>(given[k]);
      else
        shared() = given[k];
  }

 private:
  std::string label() const { return population_.neurons().name() + "[" + std::string(variable_.id.view()) + "]"; }
  double& shared() const {
    return population_.neurons().values()[static_cast<std::size_t>(population_.neurons().facts().find(variable_.id))];
  }
  void set(dsl::written_expression const& e) const {
    auto& all = population_.neurons();
    auto& state = population_.state();
    auto* const target = all.array(variable_.id);
    detail::bindings<std::remove_reference_t<decltype(*target)>> bound;
    for (ir::symbol const& s : e.variables) {
      int k = s.owner == ir::side::here ? all.facts().find(s.id) : ir::none;
      if (k != ir::none && !(all.facts().variables[static_cast<std::size_t>(k)].symbol.unit == s.unit)) k = ir::none;
      auto* const array = k == ir::none ? nullptr : all.arrays()[static_cast<std::size_t>(k)];
      if (s.kind == ir::role::index) bound.index = static_cast<int>(bound.array.size());
      bool const builtin = s.kind == ir::role::index || s.kind == ir::role::time || s.kind == ir::role::time_step;
      if ((k == ir::none && !builtin) || (array != nullptr && target == nullptr))
        throw std::invalid_argument(label() + ": expected an expression of " + (target == nullptr ? "shared " : "") +
                                    "variables of this model, found '" + std::string(s.id.view()) + "'");
      bound.array.push_back(array);
      bound.value.push_back(s.kind == ir::role::time        ? state.time
                            : s.kind == ir::role::time_step ? state.dt
                            : k == ir::none                 ? 0
                                                            : all.values()[static_cast<std::size_t>(k)]);
    }
    kernel::draw_key const key{state.seed, all.object(), detail::assignment_steps + state.assignments++};
    using space = typename Population::execution_space;
    if (target != nullptr) {
      detail::assign<space>(e.code, bound, target, population_.begin(), population_.end(), key);
    } else {
      typename decltype(bound)::real one = 0;
      detail::assign<space>(e.code, bound, &one, 0, 1, key);
      shared() = static_cast<double>(one);
    }
  }

  Population population_;
  ir::symbol variable_;
};

/// Neurons of one model in a network: all of a population, or the slice [begin, end). A handle: copies speak of the same neurons, which
/// live as long as the network.
template <class Model, class Space, class Real>
class population {
 public:
  using model_type = Model;
  using execution_space = Space;

  population(neurons_of<Model, Space, Real>& all, detail::network_state& state)
      : neurons_(&all), state_(&state), begin_(0), end_(all.size()) {}

  std::uint32_t size() const { return end_ - begin_; }
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }

  /// The neurons [begin, end) of this one. \throws std::out_of_range
  population operator()(std::int64_t begin, std::int64_t end) const {
    detail::require_slice(neurons_->name(), begin, end, size());
    population slice = *this;
    slice.begin_ = begin_ + static_cast<std::uint32_t>(begin);
    slice.end_ = begin_ + static_cast<std::uint32_t>(end);
    return slice;
  }

  /// The values of a variable, with its unit checked by the compiler: `cells[v] = -60 * mV`.
  template <ir::fixed_string Name, ir::dimension D, ir::role Kind>
  auto operator[](dsl::variable<Name, D, Kind> const&) const {
    using code = kernel::neuron_code<Model>;
    if constexpr (code::valid && code::facts.find(Name.view()) == ir::none) nernst::detail::raise<unknown_variable<Name, Model>>();
    return checked_values<D>(*this, {ir::name(Name.view()), Kind, ir::side::here, D});
  }
  /// The values of a variable known by name at run time. \throws std::invalid_argument if there is none.
  values<population> operator[](std::string_view id) const { return {*this, variable(id)}; }

  /// The variable of that name. \throws std::invalid_argument
  ir::symbol const& variable(std::string_view id) const {
    kernel::facts const& facts = neurons_->facts();
    std::string known;
    for (auto const& v : facts.variables) {
      bool const of_user = v.symbol.kind == ir::role::state || v.symbol.kind == ir::role::parameter || v.symbol.kind == ir::role::shared;
      if (!of_user || v.symbol.id.view().front() == '_') continue;
      if (v.symbol.id == id) return v.symbol;
      known += (known.empty() ? "" : ", ") + std::string(v.symbol.id.view());
    }
    throw std::invalid_argument(neurons_->name() + ": expected one of the variables " + known + ", found '" + std::string(id) + "'");
  }

  neurons_of<Model, Space, Real>& neurons() const { return *neurons_; }
  detail::network_state& state() const { return *state_; }

 private:
  /// Values that only take expressions of their own dimension.
  template <ir::dimension D>
  struct checked_values : values<population> {
    using values<population>::values;
    checked_values(population const& p, ir::symbol const& s) : values<population>(p, s) {}
    template <dsl::Operand T>
    void operator=(T const& expression) const {
      values<population>::operator=(dsl::detail::expect<"population[variable] = ...", D>(expression));
    }
    void operator=(std::vector<double> const& given) const { values<population>::operator=(given); }
  };

  neurons_of<Model, Space, Real>* neurons_;
  detail::network_state* state_;
  std::uint32_t begin_, end_;
};

}  // namespace nernst
