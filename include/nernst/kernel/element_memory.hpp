// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/node.hpp>
#include <nernst/ir/operation.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/step_context.hpp>

namespace nernst::kernel {

namespace detail {
template <class Functor, int Symbol>
inline constexpr ir::symbol symbol_at = Functor::code::model.variables[Symbol].symbol;
/// Whether a table is one that the engine makes.
template <class Functor, int Symbol>
inline constexpr bool is_made = Functor::code::model.variables[Symbol].made;
/// By how many steps a kernel sees who is refractory earlier than others.
template <class Functor>
inline constexpr std::int64_t behind = -settled_step(Functor::code::place, 0);
}  // namespace detail

/// The memory that `evaluate` works on: the elements from `at` on, as many as `Value` has lanes, of
/// the arrays that a functor points to.
template <class Functor, class Value>
struct element_memory {
  using real = real_of<Value>;
  static constexpr std::size_t width = width_of<Value>;

  Functor const& f;
  real const* per_step;
  std::size_t at;
  Value const* results = nullptr;  ///< what substeps have found
  real const* drawn = nullptr;     ///< what has been drawn ahead, see `draws_ahead`

  template <int K>
  NERNST_FUNCTION Value adaptive_result() const {
    return results[K];
  }
  template <int Slot>
  NERNST_FUNCTION Value array() const {
    return load_anywhere<Value>(f.array[Slot] + at);
  }
  template <int Slot>
  NERNST_FUNCTION void put(Value const& v) const {
    store_anywhere<Value>(f.array[Slot] + at, v);
  }
  template <int Slot>
  NERNST_FUNCTION Value scalar() const {
    return Value(f.scalar[Slot]);
  }
  template <int K>
  NERNST_FUNCTION Value step_scalar() const {
    return Value(per_step[K]);
  }
  template <int Symbol>
  NERNST_FUNCTION Value shared() const {
    if constexpr (detail::symbol_at<Functor, Symbol>.owner != ir::side::here)
      return Value(static_cast<real>(*f.around.elsewhere[Symbol]));
    else
      return Value(static_cast<real>(f.around.values[Symbol]));
  }
  template <int Symbol>
  NERNST_FUNCTION Value scale() const {
    return Value(f.around.scale(Symbol, Functor::updates_seen));
  }
  template <int ScaledState>
  NERNST_FUNCTION bool takes() const {
    return (f.taken >> ScaledState & 1) != 0;
  }
  template <int Symbol>
  NERNST_FUNCTION void put_shared(Value const& v) const {
    if constexpr (width == 1) f.around.values[Symbol] = static_cast<double>(v);
  }
  template <int Slot>
  NERNST_FUNCTION Value linked() const {
    link const& to = f.around.links[Slot];
    if (to.value != nullptr) return Value(static_cast<real>(*to.value));
    return lanes([&](std::size_t element) { return f.array[Slot][place(to, element)]; });
  }
  /// Two elements that are linked to one leave the value of the last.
  template <int Slot>
  NERNST_FUNCTION void put_linked(Value const& v) const {
    link const& to = f.around.links[Slot];
    alignas(Value) real lane[width] = {};
    store<Value>(lane, v);
    for (std::size_t k = 0; k < width; ++k) f.array[Slot][place(to, at + k)] = lane[k];
  }
  NERNST_FUNCTION Value time() const { return Value(static_cast<real>(f.now.time)); }
  NERNST_FUNCTION Value step() const { return Value(static_cast<real>(f.now.step)); }
  NERNST_FUNCTION mask_of<Value> open() const {
    return mask_of_bits<Value>(open_bits<width>(f.around.open, at));
  }
  /// Of a synapse that of its source.
  NERNST_FUNCTION Value index() const {
    if constexpr (Functor::of_synapses) {
      synapse_end<real> const& source = f.around.ends[0];
      return lanes([&](std::size_t element) {
        auto const neuron = static_cast<std::uint32_t>(source.index[element]);
        return source.template seen<ir::role::index>(neuron, 0);
      });
    } else {
      return lanes([](std::size_t element) { return static_cast<real>(element); });
    }
  }
  template <int Symbol>
  NERNST_FUNCTION Value lookup(Value const& t) const {
    alignas(Value) real time[width] = {};
    store<Value>(time, t);
    double const* const values = f.around.tables[Symbol].values;
    if constexpr (detail::is_made<Functor, Symbol>)
      return lanes([&](std::size_t element) {
        real const place = time[element - at];  // which is within the table, or not a number
        return static_cast<real>(values[place > 0 ? static_cast<std::int32_t>(place) : 0]);
      });
    return lanes([&](std::size_t element) {
      return static_cast<real>(f.around.tables[Symbol](static_cast<double>(time[element - at])));
    });
  }
  template <int Symbol>
  NERNST_FUNCTION Value lookup(Value const& t, Value const& column) const {
    alignas(Value) real time[width] = {};
    alignas(Value) real place[width] = {};
    store<Value>(time, t);
    store<Value>(place, column);
    return lanes([&](std::size_t element) {
      return static_cast<real>(f.around.tables[Symbol](static_cast<double>(time[element - at]),
                                                       static_cast<double>(place[element - at])));
    });
  }
  /// What the neuron at one end of a synapse has beside its variables.
  template <int Symbol>
  NERNST_FUNCTION Value neighbour() const {
    constexpr ir::side owner = detail::symbol_at<Functor, Symbol>.owner;
    constexpr ir::role what = detail::symbol_at<Functor, Symbol>.kind;
    synapse_end<real> const& end = f.around.ends[owner == ir::side::pre ? 0 : 1];
    return lanes([&](std::size_t element) {
      auto const neuron = static_cast<std::uint32_t>(end.index[element]);
      return end.template seen<what>(neuron, f.now.step - detail::behind<Functor>);
    });
  }
  template <ir::op Op>
  NERNST_FUNCTION Value draw(int number) const {
    if constexpr (width > 1)
      if (drawn != nullptr)
        return load_anywhere<Value>(drawn + Functor::place_of_draw({Op, number}));
    auto const draw = static_cast<std::uint32_t>(number);
    return lanes([&](std::size_t e) { return kernel::draw<Op, real>(f.now.key, who(e), draw); });
  }
  template <ir::op Op, int Table, class... More>
  NERNST_FUNCTION Value draw(int number, Value const& a, More const&... more) const {
    if constexpr (Table != ir::none)
      if (f.around.has_inversion(Table)) return draw_from(f.around.inversions[Table], number);
    alignas(Value) real first[width] = {};
    alignas(Value) real second[width] = {};
    store<Value>(first, a);
    (store<Value>(second, more), ...);
    auto const draw = static_cast<std::uint32_t>(number);
    return lanes([&](std::size_t e) {
      auto const x = static_cast<double>(first[e - at]);
      if constexpr (sizeof...(More) == 0)
        return kernel::draw<Op, real>(f.now.key, who(e), draw, x);
      else
        return kernel::draw<Op, real>(f.now.key, who(e), draw, x,
                                      static_cast<double>(second[e - at]));
    });
  }

 private:
  NERNST_FUNCTION Value draw_from(inversion_table const& table, int number) const {
    auto const draw = static_cast<std::uint32_t>(number);
    if constexpr (Functor::of_synapses)
      return lanes(
          [&](std::size_t e) { return kernel::draw_from<real>(table, f.now.key, who(e), draw); });
    else
      return kernel::draw_from<Value>(table, f.now.key, static_cast<std::uint32_t>(at), draw);
  }
  /// The number of an element, by which it draws.
  NERNST_FUNCTION std::uint32_t who(std::size_t element) const {
    auto const place = static_cast<std::uint32_t>(element);
    if constexpr (Functor::of_synapses)
      return f.around.numbers == nullptr ? place : f.around.numbers[element];
    else
      return place;
  }
  NERNST_FUNCTION static std::size_t place(link const& to, std::size_t element) {
    return to.index == nullptr ? element : static_cast<std::size_t>(to.index[element]);
  }
  template <class Of>
  NERNST_FUNCTION Value lanes(Of of) const {
    alignas(Value) real lane[width] = {};
    for (std::size_t k = 0; k < width; ++k) lane[k] = of(at + k);
    return load<Value>(lane);
  }
};

/// The same of a synapse that adds to a sum.
template <class Functor, class Value>
struct summing_memory : element_memory<Functor, Value> {
  Value* sum;

  template <int Slot>
  NERNST_FUNCTION void put_linked(Value const& v) const {
    *sum = *sum + v;
  }
};

/// The same within a substep: its results go into registers.
template <class Functor, class Value>
struct attempt_memory : element_memory<Functor, Value> {
  Value* next;
  Value since_start, length;

  template <int K>
  NERNST_FUNCTION void put_adaptive_result(Value const& v) const {
    next[K] = v;
  }
  NERNST_FUNCTION Value elapsed() const { return since_start; }
  NERNST_FUNCTION Value adaptive_step() const { return length; }
};

}  // namespace nernst::kernel
