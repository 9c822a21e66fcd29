// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/deliver.hpp>
#include <nernst/engine/kernel_launch.hpp>
#include <nernst/engine/work_space.hpp>
#include <nernst/kernel/connection_model.hpp>

#include <string>
#include <type_traits>
#include <utility>

namespace nernst::detail {

/// What texts about elements of a model may name beside its variables.
template <class Model>
ir::span<brian::constant const> constants_of() {
  if constexpr (requires { Model::model.constants.data(); })
    return Model::model.constants;
  else
    return {};
}

/// What the host computes before a run whose steps a device makes: what states begin with, currents
/// that are the same in all steps, and events that are due at once.
template <class Model, int Kernel, class Real>
constexpr kernel_launch<Real> launch_before_runs() {
  using kernel::trigger;
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  constexpr trigger when = model.kernels[Kernel].when_executed;
  constexpr bool is_of_event = when == trigger::event || when == trigger::pathway;
  constexpr bool is_wanted = when == trigger::initialise ||
                             (when == trigger::current && model.is_steady) ||
                             (is_of_event && model.own_events.any);
  if constexpr (is_wanted)
    return launch_of<Model, Kernel, Real>();
  else
    return {};
}

template <class Model, class Real, class Numbers>
struct launches_before_runs;
template <class Model, class Real, int... Kernels>
struct launches_before_runs<Model, Real, std::integer_sequence<int, Kernels...>> {
  static constexpr kernel_launch<Real> launches[] = {launch_before_runs<Model, Kernels, Real>()...};
};

/// Null where the host computes nothing.
template <class Model, class Real>
constexpr kernel_launch<Real> const* host_launches_of() {
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  constexpr int count = model.kernels.size();
  if constexpr (model.placed == ir::placement::nowhere && !model.own_events.any)
    return nullptr;
  else
    return launches_before_runs<Model, Real, std::make_integer_sequence<int, count>>::launches;
}

/// What elements of a model are made from where a network works.
template <class Model, class Space, class Real>
engine::group_outline<Real> outline_in(std::string name,
                                       ir::span<brian::constant const> constants) {
  using work = work_space<Space>;
  if constexpr (work::is_device) {
    using compiled = kernel::compiled<Model>;
    auto needed = engine::preparation<Real>::template of<compiled::value>();
    if constexpr (compiled::value.own_events.any && !compiled::value.of_synapses)
      needed.make_events = &work::template events<Model, Real>;
    return {.name = std::move(name),
            .model = compiled::value,
            .launches = host_launches_of<Model, Real>(),
            .constants = constants,
            .object = 0,
            .prepare = needed,
            .device_launches = work::template launches<Model, Real>()};
  } else {
    return group_outline_of<Model, Real>(std::move(name), constants);
  }
}
/// The model of synapses where a network works: that of connections by which events come depends on
/// the mechanism alone, so that one kernel has those of all projections.
template <class Synapse, class Source, class Target, class Space>
using synapses_in = std::conditional_t<
    work_space<Space>::is_device && kernel::compiled<Target>::value.own_events.any &&
        std::is_same_v<Synapse, kernel::connection<Target>>,
    kernel::between<Synapse, Target, Target>, kernel::between<Synapse, Source, Target>>;

/// The same of synapses.
template <class Synapse, class Source, class Target, class Space, class Real>
projection_outline<Real> projection_outline_in(std::string name) {
  using model = synapses_in<Synapse, Source, Target, Space>;
  auto outline = outline_in<model, Space, Real>(std::move(name), constants_of<Synapse>());
  if constexpr (work_space<Space>::is_device) {
    using needs = engine::synapse_needs<Real>;
    return {std::move(outline), nullptr, needs::template of<kernel::compiled<model>::value>()};
  } else {
    using pathways = compiled_pathways<Synapse, Source, Target, Real>;
    return {std::move(outline), &pathways::deliver, pathways::needs()};
  }
}

}  // namespace nernst::detail
