// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/atomic_delivery.hpp>
#include <nernst/device/launch.hpp>
#include <nernst/device/step_graph.hpp>
#include <nernst/engine/kernel_launch.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/functor.hpp>

#include <Kokkos_Core.hpp>

#include <utility>

namespace nernst::device {

/// Whether a kernel is executed for one element after the other, as it writes variables of others.
constexpr bool is_in_order(kernel::scheduled_kernel const& k) {
  using kernel::trigger;
  return k.links && !k.for_all && k.when_executed != trigger::advance &&
         k.when_executed != trigger::total;
}

/// Which array of a model is one of compartments, and whether one is.
template <class Model>
inline constexpr int compartment_array =
    kernel::array_of_compartments(kernel::compiled<Model>::value);
template <class Model, int Array>
inline constexpr bool is_compartment_array =
    kernel::is_of_compartments(kernel::compiled<Model>::value, Array);

/// Lets the arrays of compartments begin where an element stands in those of its own.
template <class Model, int Array, class Functor>
NERNST_FUNCTION void move_array(Functor& of, std::int64_t by) {
  if constexpr (is_compartment_array<Model, Array>) of.array[Array] += by;
}
template <class Model, class Functor, int... Array>
NERNST_FUNCTION void move_to_compartment(Functor& of, std::uint32_t element,
                                         std::integer_sequence<int, Array...>) {
  kernel::link const& any = of.around.links[compartment_array<Model>];
  std::int64_t const by = std::int64_t{any.index[element]} - element;
  (move_array<Model, Array>(of, by), ...);
}

/// Executes a kernel, as `elements` says.
template <class Model, int Kernel, class Real>
struct execution {
  using code = kernel::functor<Model, Kernel, Real>;
  static constexpr kernel::scheduled_kernel place = kernel::compiled<Model>::value.kernels[Kernel];
  static constexpr bool once = place.for_all, in_order = is_in_order(place);
  static constexpr bool in_compartments = compartment_array<Model> != ir::none;
  static constexpr bool adds_there =
      kernel::writes_compartments(kernel::compiled<Model>::value, place);

  code kernel;
  elements of;
  std::size_t part_size[code::arrays] = {};

  execution(detail::kernel_arguments<Real> const& a, elements const& which)
      : kernel(detail::functor_of<Model, Kernel>(a)), of(which) {
    kernel.fired = which.fires;
    for (int k = 0; k < code::arrays && which.part_sizes != nullptr; ++k)
      part_size[k] = which.part_sizes[k];
  }
  std::int64_t threads() const {
    if (once) return 1;
    return is_in_turns() ? of.parts : std::int64_t{of.parts} * of.count;
  }

  NERNST_FUNCTION void operator()(std::int64_t thread) const {
    code here = kernel;
    here.now = of.when.now();
    if constexpr (once) {
      here.once();
    } else if constexpr (in_order) {
      act_in_turns(here, thread);
    } else {
      if (is_in_turns()) return act_in_turns(here, thread);
      auto const number = static_cast<std::uint32_t>(thread % of.count);
      if (of.members != nullptr && of.members[number] == elements::nobody) return;
      if constexpr (place.when_executed == kernel::trigger::advance) {
        auto const part = static_cast<std::size_t>(thread / of.count);
        for (int k = 0; k < code::arrays; ++k) here.array[k] += part * part_size[k];
      }
      act(here, of.first + number);
    }
  }

 private:
  NERNST_FUNCTION bool is_in_turns() const { return in_order || (adds_there && of.begin); }
  NERNST_FUNCTION void act_in_turns(code const& what, std::int64_t thread) const {
    for (std::uint32_t k = of.begin[thread]; k < of.end[thread]; ++k)
      act(what, of.list == nullptr ? k : of.list[k]);
  }
  NERNST_FUNCTION void act(code const& what, std::uint32_t element) const {
    if (of.only != nullptr && of.only[element] == 0) return;
    if constexpr (in_compartments) {
      code there = what;
      move_to_compartment<Model>(there, element, std::make_integer_sequence<int, code::arrays>());
      there(element);
    } else {
      what(element);
    }
  }
};

/// Adds up what the synapses of neurons say, in the order of their creation.
template <class Model, int Kernel, class Real>
struct summation {
  kernel::functor<Model, Kernel, Real> kernel;
  summed_neurons<Real> of;

  NERNST_FUNCTION void operator()(std::int64_t number) const {
    if (of.members != nullptr && of.members[number] == elements::nobody) return;
    auto here = kernel;
    here.now = of.when.now();
    Real sum = 0;
    for (std::uint32_t k = of.begin[number]; k < of.begin[number + 1]; ++k)
      here.add_to(sum, of.list[k]);
    of.sums[of.first + static_cast<std::uint32_t>(number)] = sum;
  }
};

template <class Space, class Model, int Kernel, class Real>
void execute(sequence& to, detail::kernel_arguments<Real> const& a, elements const& of) {
  execution<Model, Kernel, Real> const work(a, of);
  static_cast<sequence_of<Space>&>(to).add("nernst::execute", work.threads(), work);
}
template <class Space, class Model, int Kernel, class Real>
void add_up(sequence& to, detail::kernel_arguments<Real> const& a, summed_neurons<Real> const& of) {
  static_cast<sequence_of<Space>&>(to).add(
      "nernst::add_up", of.count,
      summation<Model, Kernel, Real>{detail::functor_of<Model, Kernel>(a), of});
}

/// The functions for one kernel of a model: only those that its trigger asks for are compiled.
/// `Atomic` is whether synapses that only add do so in any order.
template <class Space, bool Atomic, class Model, int Kernel, class Real>
constexpr detail::device_launch<Real> launch_of() {
  using kernel::trigger;
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  constexpr kernel::scheduled_kernel const& k = model.kernels[Kernel];
  constexpr trigger when = k.when_executed;
  constexpr bool is_of_event =
      when == trigger::event || (when == trigger::pathway && model.own_events.any);
  constexpr bool never = when == trigger::attempt || when == trigger::trace ||
                         when == trigger::initialise ||
                         (k.is_empty() && when != trigger::pathway && when != trigger::update) ||
                         (when == trigger::update_and_reset && !model.fuses_reset());
  detail::device_launch<Real> launch;
  if constexpr (is_of_event)
    return launch;
  else if constexpr (when == trigger::pathway && Atomic)
    launch.deliver = &deliver_atomically<Space, Model, Kernel, Real>;
  else if constexpr (when == trigger::pathway)
    launch.deliver = &deliver<Space, Model, Kernel, Real>;
  else if constexpr (when == trigger::sum)
    launch.add_up = &add_up<Space, Model, Kernel, Real>;
  else if constexpr (!never)
    launch.execute = &execute<Space, Model, Kernel, Real>;
  return launch;
}

template <class Space, bool Atomic, class Model, class Real, class Numbers>
struct launch_table;
template <class Space, bool Atomic, class Model, class Real, int... Kernels>
struct launch_table<Space, Atomic, Model, Real, std::integer_sequence<int, Kernels...>> {
  static constexpr detail::device_launch<Real> launches[] = {
      launch_of<Space, Atomic, Model, Kernels, Real>()...};
};
/// One entry for each kernel of a model.
template <class Space, bool Atomic, class Model, class Real>
constexpr detail::device_launch<Real> const* launches_of() {
  constexpr int count = kernel::compiled<Model>::value.kernels.size();
  if constexpr (count == 0)
    return nullptr;
  else
    return launch_table<Space, Atomic, Model, Real,
                        std::make_integer_sequence<int, count>>::launches;
}

}  // namespace nernst::device
