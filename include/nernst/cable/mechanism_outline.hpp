// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/kernel_launch.hpp>
#include <nernst/network/outline.hpp>

#include <string>

namespace nernst::cable::detail {

/// What the host computes of a mechanism before a run whose steps a device makes: what states begin
/// with, and the currents that are the same in all steps.
template <class Model, int Kernel, class Real>
constexpr nernst::detail::kernel_launch<Real> launch_before_runs() {
  using kernel::trigger;
  constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  constexpr trigger when = model.kernels[Kernel].when_executed;
  constexpr bool is_wanted =
      when == trigger::initialise || (when == trigger::current && model.is_steady);
  if constexpr (is_wanted)
    return nernst::detail::launch_of<Model, Kernel, Real>();
  else
    return {};
}

template <class Model, class Real, class Numbers>
struct launches_before_runs;
template <class Model, class Real, int... Kernels>
struct launches_before_runs<Model, Real, std::integer_sequence<int, Kernels...>> {
  static constexpr nernst::detail::kernel_launch<Real> launches[] = {
      launch_before_runs<Model, Kernels, Real>()...};
};

/// What the elements of a mechanism are made from where a network works: they are called as its
/// struct.
template <class Mechanism, class Space, class Real>
engine::group_outline<Real> mechanism_outline_in() {
  auto outline = nernst::detail::outline_in<Mechanism, Space, Real>(
      std::string(nernst::detail::own_type_name<Mechanism>()),
      nernst::detail::constants_of<Mechanism>());
  if constexpr (nernst::detail::work_space<Space>::is_device) {
    constexpr int count = kernel::compiled<Mechanism>::value.kernels.size();
    outline.launches =
        launches_before_runs<Mechanism, Real, std::make_integer_sequence<int, count>>::launches;
  }
  return outline;
}

}  // namespace nernst::cable::detail
