// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/c_abi/exported_variables.hpp>
#include <nernst/kernel/functor.hpp>

#include <algorithm>

namespace nernst::c_abi::detail {

/// What `prepare` has left for the kernels of a model: its scalars, and tables of subexpressions.
struct prepared {
  double const* scalars;
  double const* tables;
};

/// Kernel `Kernel` of `Model` over elements of `Mechanism`, whose kernels these are or belong to.
template <class Model, int Kernel, class Mechanism>
class exported_kernel {
  using functor = kernel::functor<Model, Kernel, double>;
  using arrays = arrays_of<Model, Mechanism>;
  static constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  static constexpr std::uint32_t width = static_cast<std::uint32_t>(kernel::pack_width<double>);

  /// Whether an array is one of compartments, or of linked elements; and whether the kernel writes
  /// it.
  static constexpr auto kinds = [] {
    std::array<ir::role, arrays::count + 1> all{};
    for (kernel::variable const& v : model.variables)
      if (v.array != ir::none) all[static_cast<std::size_t>(v.array)] = v.symbol.kind;
    return all;
  }();
  static constexpr auto writes = [] {
    std::array<bool, arrays::count + 1> all{};
    for (kernel::output const& o : model.stores(model.kernels[Kernel]))
      all[static_cast<std::size_t>(o.array)] = true;
    return all;
  }();
  static constexpr bool adds_to_compartments = [] {
    for (std::size_t a = 0; a < arrays::count; ++a)
      if (writes[a] && kinds[a] == ir::role::local) return true;
    return false;
  }();

 public:
  static void sweep(nernst_elements const& e, prepared const& from) {
    exported_kernel const all(e, from);
    for (std::uint32_t k = e.begin; k < e.end;) {
      std::uint32_t const whole = all.side_by_side(k) / width * width;
      if (whole > 0)
        all.act_there(k, k + whole);
      else
        k += all.act_apart(k);
      k += whole;
    }
  }

 private:
  exported_kernel(nernst_elements const& e, prepared const& from) : e_(e) {
    functor& f = f_;
    for (int k = 0; k < model.scalars.results.count; ++k) f.scalar[k] = from.scalars[k];
    double const* next = from.tables;
    for (kernel::tabulated const& t : model.tables) {
      table_[t.table] = {.values = next, .rows = t.count + 1};
      next += t.count + 1;
    }
    f.now = {.time = e.time,
             .step = static_cast<std::int64_t>(e.step),
             .key = {.seed = e.seed, .object = e.object, .step = e.step}};
    f.around.tables = table_;
  }

  std::uint32_t place(std::uint32_t element) const {
    return e_.compartment == nullptr ? element
                                     : static_cast<std::uint32_t>(e_.compartment[element]);
  }
  /// How many elements from one on stand as their compartments do.
  std::uint32_t side_by_side(std::uint32_t first) const {
    if (e_.compartment == nullptr) return e_.end - first;
    std::uint32_t k = first + 1;
    while (k < e_.end && e_.compartment[k] == e_.compartment[k - 1] + 1) ++k;
    return k - first;
  }
  std::int32_t const* index_of(std::size_t array) const {
    if (kinds[array] != ir::role::linked || e_.linked == nullptr) return nullptr;
    return e_.linked[arrays::number[array]];
  }
  double* array(std::size_t a) const {
    return arrays::number[a] == ir::none ? nullptr : e_.variables[arrays::number[a]];
  }

  static void run(functor const& f, std::uint32_t begin, std::uint32_t end) {
    f(begin, end, [](std::size_t, std::uint64_t) {});
  }
  /// Elements [begin, end) where they are.
  void act_there(std::uint32_t begin, std::uint32_t end) const {
    functor f = f_;
    kernel::link links[arrays::count + 1] = {};
    std::ptrdiff_t const shift = std::ptrdiff_t{place(begin)} - std::ptrdiff_t{begin};
    for (std::size_t a = 0; a < arrays::count; ++a) {
      f.array[a] = array(a);
      if (kinds[a] == ir::role::local && f.array[a] != nullptr) f.array[a] += shift;
      links[a].index = index_of(a);
    }
    f.around.links = links;
    run(f, begin, end);
  }
  /// A pack of elements at most, in memory of its own: the arrays of callers end anywhere. Two of
  /// them have different compartments, as both add to what is there. Returns how many they are.
  std::uint32_t act_apart(std::uint32_t first) const {
    std::uint32_t const count = apart_from(first);
    functor f = f_;
    kernel::link const links[arrays::count + 1] = {};
    alignas(kernel::pack<double>) double pack[arrays::count + 1][width] = {};
    for (std::size_t a = 0; a < arrays::count; ++a) {
      double const* const from = array(a);
      for (std::uint32_t k = 0; k < width && from != nullptr; ++k)
        pack[a][k] = from[place_in(a, first + (k < count ? k : 0))];
      f.array[a] = pack[a] - first;
    }
    f.around.links = links;
    run(f, first, first + count);
    for (std::size_t a = 0; a < arrays::count; ++a)
      for (std::uint32_t k = 0; k < count && writes[a]; ++k)
        array(a)[place_in(a, first + k)] = pack[a][k];
    return count;
  }
  std::size_t place_in(std::size_t array, std::uint32_t element) const {
    if (kinds[array] == ir::role::local) return place(element);
    std::int32_t const* const index = index_of(array);
    return index == nullptr ? element : static_cast<std::size_t>(index[element]);
  }
  std::uint32_t apart_from(std::uint32_t first) const {
    std::uint32_t const most = std::min(width, e_.end - first);
    if (!adds_to_compartments || e_.compartment == nullptr) return most;
    std::int32_t const* const there = e_.compartment + first;
    std::uint32_t count = 1;
    while (count < most && std::find(there, there + count, there[count]) == there + count) ++count;
    return count;
  }

  nernst_elements const& e_;
  functor f_{};
  kernel::timed_table table_[static_cast<std::size_t>(model.variables.size()) + 1] = {};
};

/// The memory of a connection and the element at its end, whose shared variables it finds by
/// `Arrays`.
template <class Functor, class Arrays>
struct connection_memory : kernel::element_memory<Functor, double> {
  std::size_t target;
  double* const* variables;  ///< of the mechanism

  template <int Symbol>
  double shared() const {
    return *variables[Arrays::of_symbol[Symbol]];
  }

  template <int Slot>
  double linked() const {
    return this->f.array[Slot][target];
  }
  template <int Slot>
  void put_linked(double v) const {
    this->f.array[Slot][target] = v;
  }
};

/// What spikes do that arrive at elements of a mechanism.
template <class Mechanism>
struct exported_pathway {
  using model_type = connection<Mechanism>;
  static constexpr kernel::compiled_model const& model = kernel::compiled<model_type>::value;
  static constexpr int number = model.find(kernel::trigger::pathway);

  static void deliver(nernst_elements const& e, nernst_spikes const& spikes,
                      double const* scalars) {
    using arrays = arrays_of<model_type, Mechanism>;
    using functor = kernel::functor<model_type, number, double>;
    functor f{};
    for (std::size_t a = 0; a < arrays::count; ++a)
      f.array[a] = arrays::own[a] != ir::none      ? spikes.variables[arrays::own[a]]
                   : arrays::number[a] != ir::none ? e.variables[arrays::number[a]]
                                                   : nullptr;
    for (int k = 0; k < model.scalars.results.count; ++k) f.scalar[k] = scalars[k];
    f.now = {.time = e.time, .step = static_cast<std::int64_t>(e.step)};
    double per_step[functor::step_scalars] = {};
    for (std::uint32_t k = 0; k < spikes.count; ++k) {
      std::uint32_t const by = spikes.connection == nullptr ? k : spikes.connection[k];
      kernel::evaluate<typename functor::code, double>(
          connection_memory<functor, arrays>{{f, per_step, by}, spikes.element[k], e.variables});
    }
  }
};

}  // namespace nernst::c_abi::detail
