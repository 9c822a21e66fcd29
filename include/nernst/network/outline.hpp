// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/deliver.hpp>
#include <nernst/engine/kernel_launch.hpp>
#include <nernst/engine/work_space.hpp>

#include <string>
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

/// What elements of a model are made from where a network works.
template <class Model, class Space, class Real>
engine::group_outline<Real> outline_in(std::string name,
                                       ir::span<brian::constant const> constants) {
  using work = work_space<Space>;
  if constexpr (work::is_device) {
    using compiled = kernel::compiled<Model>;
    if constexpr (compiled::value.own_events.any)
      raise<not_supported<"own events on a device", "a host space">, Model>();
    return {.name = std::move(name),
            .model = compiled::value,
            .launches = nullptr,
            .constants = constants,
            .object = 0,
            .prepare = engine::preparation<Real>::template of<compiled::value>(),
            .device_launches = work::template launches<Model, Real>()};
  } else {
    return group_outline_of<Model, Real>(std::move(name), constants);
  }
}
/// The same of synapses.
template <class Synapse, class Source, class Target, class Space, class Real>
projection_outline<Real> projection_outline_in(std::string name) {
  using model = kernel::between<Synapse, Source, Target>;
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
