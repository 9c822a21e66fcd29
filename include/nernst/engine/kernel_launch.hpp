// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>
#include <nernst/engine/own_events.hpp>
#include <nernst/kernel/functor.hpp>

#include <string>
#include <utility>

namespace nernst::detail {

template <class Model, int Kernel, class Real>
kernel::functor<Model, Kernel, Real> functor_of(kernel_arguments<Real> const& a) {
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  kernel::functor<Model, Kernel, Real> f;
  for (int k = 0; k < model.arrays; ++k) f.array[k] = a.arrays[k];
  for (int k = 0; k < model.scalars.results.count; ++k) f.scalar[k] = a.scalars[k];
  f.now = a.now;
  f.around = a.around;
  return f;
}

template <class Model, int Kernel, class Real>
std::uint32_t* sweep(kernel_arguments<Real> const& a, std::uint32_t begin, std::uint32_t end,
                     std::uint32_t* fired) {
  auto const f = functor_of<Model, Kernel>(a);
  std::uint32_t* next = fired;
  f(begin, end, [&next](std::size_t at, std::uint64_t firing) {
    for (; firing != 0; firing &= firing - 1) {
      auto const lane = static_cast<std::uint32_t>(std::countr_zero(firing));
      *next++ = static_cast<std::uint32_t>(at) + lane;
    }
  });
  return next;
}

template <class Model, int Kernel, class Real>
void visit(kernel_arguments<Real> const& a, std::uint32_t const* list, std::uint32_t first,
           std::uint32_t count) {
  auto const f = functor_of<Model, Kernel>(a);
  for (std::uint32_t k = 0; k < count; ++k) f(list != nullptr ? list[k] : first + k);
}

template <class Model, int Kernel, class Real>
Real add_up(kernel_arguments<Real> const& a, std::uint32_t const* list, std::uint32_t count) {
  auto const f = functor_of<Model, Kernel>(a);
  Real sum = 0;
  for (std::uint32_t k = 0; k < count; ++k) f.add_to(sum, list[k]);
  return sum;
}

/// The functions for one kernel of a model: only those that its trigger asks for are compiled.
template <class Model, int Kernel, class Real>
constexpr kernel_launch<Real> launch_of() {
  using kernel::trigger;
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  constexpr kernel::scheduled_kernel const& k = model.kernels[Kernel];
  constexpr trigger when = k.when_executed;
  constexpr bool idle = k.is_empty() && when == trigger::reset;
  constexpr bool never = when == trigger::attempt || idle ||
                         (when == trigger::update_and_reset && !model.fuses_reset());
  constexpr bool single = when == trigger::reset || when == trigger::act ||
                          when == trigger::pathway || when == trigger::trace ||
                          when == trigger::event || when == trigger::advance ||
                          when == trigger::total || k.for_all || k.links;
  kernel_launch<Real> launch;
  if constexpr (when == trigger::sum)
    launch.add_up = &add_up<Model, Kernel, Real>;
  else if constexpr (!never && single)
    launch.visit = &visit<Model, Kernel, Real>;
  else if constexpr (!never)
    launch.sweep = &sweep<Model, Kernel, Real>;
  return launch;
}

template <class Model, class Real, class Numbers>
struct launch_table;
template <class Model, class Real, int... Kernels>
struct launch_table<Model, Real, std::integer_sequence<int, Kernels...>> {
  static constexpr kernel_launch<Real> launches[] = {launch_of<Model, Kernels, Real>()...};
};
/// One entry for each kernel of a model.
template <class Model, class Real>
constexpr kernel_launch<Real> const* launches_of() {
  constexpr int count = kernel::compiled<Model>::value.kernels.size();
  return launch_table<Model, Real, std::make_integer_sequence<int, count>>::launches;
}

template <kernel::compiled_model const& Model, class Real>
constexpr engine::preparation<Real> preparation_of() {
  auto needed = engine::preparation<Real>::template of<Model>();
  if constexpr (Model.own_events.any && !Model.of_synapses)
    needed.make_events = &engine::make_own_events<Real>;
  return needed;
}

/// What elements of a model are made from, number 0 of their network.
template <class Model, class Real>
engine::group_outline<Real> group_outline_of(std::string name,
                                             ir::span<brian::constant const> constants = {}) {
  using compiled = kernel::compiled<Model>;
  return {.name = std::move(name),
          .model = compiled::value,
          .launches = launches_of<Model, Real>(),
          .constants = constants,
          .object = 0,
          .prepare = preparation_of<compiled::value, Real>()};
}

}  // namespace nernst::detail
