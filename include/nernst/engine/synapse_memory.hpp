// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/gather.hpp>

namespace nernst::detail {

/// What all synapses of a delivery have in common, side by side. `Compiled` is a `compiled<...>` of
/// a synapse.
template <class Compiled, class Real>
struct delivery_memory {
  static constexpr kernel::compiled_model model = Compiled::value;
  static constexpr std::size_t at_least_one(int n) {
    return n > 0 ? static_cast<std::size_t>(n) : 1;
  }
  /// The variable that an array is of: of the synapse, or of one of its neurons.
  template <int Slot>
  static constexpr ir::symbol variable_of = [] {
    ir::symbol found;
    for (kernel::variable const& v : model.variables)
      if (v.array == Slot) found = v.symbol;
    return found;
  }();
  template <int Slot>
  static constexpr bool is_of_source = variable_of<Slot>.owner == ir::side::pre;
  template <int Symbol>
  static constexpr ir::symbol symbol_at = model.variables[Symbol].symbol;
  /// By how many steps a kernel sees who is refractory earlier than others.
  template <int Kernel>
  static constexpr std::int64_t behind = -kernel::settled_step(model.kernels[Kernel], 0);

  /// Which of the scaled states a scale belongs to, or its inverse.
  template <int Symbol>
  static constexpr int scaled_by = [] {
    int k = 0;
    while (model.scaled_states[k].scale != Symbol && model.scaled_states[k].inverse != Symbol) ++k;
    return k;
  }();
  template <int Symbol>
  static constexpr bool is_inverse = model.scaled_states[scaled_by<Symbol>].inverse == Symbol;

  kernel_arguments<Real> around;
  Real* array[at_least_one(model.arrays)] = {};
  Real scalar[at_least_one(model.scalars.results.count)] = {};
  /// Of the source and the target: whether each synapse has traces of its own.
  bool per_synapse[2];

  Real scales[at_least_one(model.scaled_states.size())][2] = {};  ///< and their inverses

  /// For a kernel that finds states as `updates`, 0 or 1, in this step have left them.
  delivery_memory(projection_base<Real> const& all, int partition, kernel::step_context const& now,
                  int updates = 0)
      : around(all.arguments(now, partition)),
        per_synapse{all.is_per_synapse(ir::side::pre), all.is_per_synapse(ir::side::post)} {
    for (int k = 0; k < model.arrays; ++k) array[k] = around.arrays[k];
    for (int k = 0; k < model.scalars.results.count; ++k) scalar[k] = around.scalars[k];
    for (int k = 0; k < model.scaled_states.size(); ++k) {
      scales[k][0] = beside().scale(model.scaled_states[k].scale, updates);
      scales[k][1] = beside().scale(model.scaled_states[k].inverse, updates);
    }
  }

  /// The same of memory that is not the host's: `of` has pointers to arrays, which the host can
  /// read.
  delivery_memory(kernel_arguments<Real> const& of, bool const (&each)[2])
      : around(of), per_synapse{each[0], each[1]} {
    for (int k = 0; k < model.arrays; ++k) array[k] = of.arrays[k];
    for (int k = 0; k < model.scalars.results.count; ++k) scalar[k] = of.scalars[k];
    for (auto& of_state : scales) of_state[0] = of_state[1] = 1;
  }

  NERNST_CALLABLE kernel::external_data<Real> const& beside() const { return around.around; }
  NERNST_CALLABLE kernel::step_context const& now() const { return around.now; }
  /// Whether what a neuron has there, each of its synapses has.
  template <int Slot>
  NERNST_FUNCTION bool is_of_synapse() const {
    constexpr bool is_trace = variable_of<Slot>.kind == ir::role::trace;
    return is_trace && per_synapse[is_of_source<Slot> ? 0 : 1];
  }
  template <int Symbol>
  NERNST_FUNCTION Real shared() const {
    if constexpr (symbol_at<Symbol>.owner == ir::side::here)
      return static_cast<Real>(beside().values[Symbol]);
    else
      return static_cast<Real>(*beside().elsewhere[Symbol]);
  }
  /// The scale of a state of neurons, or its inverse.
  template <int Symbol>
  NERNST_FUNCTION Real scale() const {
    return scales[scaled_by<Symbol>][is_inverse<Symbol> ? 1 : 0];
  }
  /// What a kernel finds beside the variables of a neuron.
  template <int Kernel, int Symbol>
  NERNST_FUNCTION Real neighbour(std::uint32_t pre, std::uint32_t post) const {
    constexpr ir::symbol what = symbol_at<Symbol>;
    constexpr bool is_source = what.owner == ir::side::pre;
    std::int64_t const step = now().step - behind<Kernel>;
    return beside().ends[is_source ? 0 : 1].template seen<what.kind>(is_source ? pre : post, step);
  }
};

/// One synapse, as `evaluate` wants it for a kernel.
template <class Compiled, int Kernel, class Real>
struct synapse_memory {
  delivery_memory<Compiled, Real> const& common;
  std::uint32_t pre, post;
  std::size_t synapse;

  template <int Slot>
  NERNST_CALLABLE Real array() const {
    return common.array[Slot][synapse];
  }
  template <int Slot>
  NERNST_CALLABLE void put(Real v) const {
    common.array[Slot][synapse] = v;
  }
  template <int Slot>
  NERNST_CALLABLE Real linked() const {
    return common.array[Slot][place<Slot>()];
  }
  template <int Slot>
  NERNST_CALLABLE void put_linked(Real v) const {
    common.array[Slot][place<Slot>()] = v;
  }
  /// Where the neuron at an end has a variable of its own, or of this synapse.
  template <int Slot>
  NERNST_CALLABLE std::size_t place() const {
    if (common.template is_of_synapse<Slot>()) return synapse;
    return common.template is_of_source<Slot> ? pre : post;
  }
  template <int Slot>
  NERNST_CALLABLE Real scalar() const {
    return common.scalar[Slot];
  }
  NERNST_CALLABLE Real time() const { return static_cast<Real>(common.now().time); }
  NERNST_CALLABLE Real step() const { return static_cast<Real>(common.now().step); }
  NERNST_CALLABLE Real index() const {
    return common.beside().ends[0].template seen<ir::role::index>(pre, common.now().step);
  }
  template <int Symbol>
  NERNST_CALLABLE Real neighbour() const {
    return common.template neighbour<Kernel, Symbol>(pre, post);
  }
  template <int Symbol>
  NERNST_CALLABLE Real shared() const {
    return common.template shared<Symbol>();
  }
  template <int Symbol>
  NERNST_CALLABLE Real scale() const {
    return common.template scale<Symbol>();
  }
  template <int Symbol, class... Column>
  NERNST_CALLABLE Real lookup(Real t, Column... column) const {
    return static_cast<Real>(
        common.beside().tables[Symbol](static_cast<double>(t), static_cast<double>(column)...));
  }
  template <ir::op Op, int Table = ir::none, class... Operands>
  NERNST_CALLABLE Real draw(int number, Operands... x) const {
    std::uint32_t const* const numbers = common.beside().numbers;
    auto const who = numbers == nullptr ? static_cast<std::uint32_t>(synapse) : numbers[synapse];
    auto const draw = static_cast<std::uint32_t>(number);
    if constexpr (Table != ir::none)
      if (common.beside().has_inversion(Table))
        return kernel::draw_from<Real>(common.beside().inversions[Table], common.now().key, who,
                                       draw);
    return kernel::draw<Op, Real>(common.now().key, who, draw, static_cast<double>(x)...);
  }
};

/// Several synapses of one source, as `evaluate` wants them for a kernel. `Places` says where they
/// and their targets stand in memory. Linked values behind the arrays of the model are `given`.
template <class Compiled, int Kernel, class Real, class Places>
struct synapse_pack {
  using value = kernel::pack<Real>;

  delivery_memory<Compiled, Real> const& common;
  std::uint32_t pre;
  Places const& places;
  value const& moment;  ///< when the spike was fired that acts now
  value const* given = nullptr;

  template <int Slot>
  NERNST_FUNCTION value array() const {
    return places.template of_synapses<value>(common.array[Slot]);
  }
  template <int Slot>
  NERNST_FUNCTION void put(value const& v) const {
    places.put(common.array[Slot], v);
  }
  template <int Slot>
  NERNST_FUNCTION value linked() const {
    using common_memory = delivery_memory<Compiled, Real>;
    if constexpr (Slot >= common_memory::model.arrays) {
      return given[Slot - common_memory::model.arrays];
    } else {
      Real* const array = common.array[Slot];
      if (common.template is_of_synapse<Slot>()) return places.template of_synapses<value>(array);
      if constexpr (common_memory::template is_of_source<Slot>)
        return value(array[pre]);
      else
        return places.template of_targets<value>(array);
    }
  }
  template <int Slot>
  NERNST_FUNCTION void put_linked(value const& v) const {
    places.put_targets(common.array[Slot], v);
  }
  template <int Slot>
  NERNST_FUNCTION value scalar() const {
    return value(common.scalar[Slot]);
  }
  NERNST_FUNCTION value time() const { return moment; }
  NERNST_FUNCTION value step() const { return value(static_cast<Real>(common.now().step)); }
  template <int Symbol>
  NERNST_FUNCTION value neighbour() const {
    constexpr ir::symbol what = delivery_memory<Compiled, Real>::model.variables[Symbol].symbol;
    if constexpr (what.owner == ir::side::pre) {
      return value(common.template neighbour<Kernel, Symbol>(pre, 0));
    } else {
      auto const of = [this](std::size_t lane) {
        return common.template neighbour<Kernel, Symbol>(pre, places.target(lane));
      };
      if constexpr (what.kind != ir::role::not_refractory) return kernel::of_lanes<value>(of);
      std::uint64_t bits = 0;
      for (std::size_t k = 0; k < kernel::width_of<value>; ++k)
        bits |= std::uint64_t{of(k) != 0} << k;
      return kernel::select(kernel::mask_of_bits<value>(bits), value(Real(1)), value(Real(0)));
    }
  }
  template <int Symbol>
  NERNST_FUNCTION value shared() const {
    return value(common.template shared<Symbol>());
  }
  template <int Symbol>
  NERNST_FUNCTION value scale() const {
    return value(common.template scale<Symbol>());
  }
};

}  // namespace nernst::detail
