// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/kernels.hpp>
#include <nernst/device/step_engine.hpp>
#include <nernst/engine/runtime.hpp>
#include <nernst/engine/work_space.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <memory>

namespace nernst {

/// A Kokkos execution space that a network uses as a device, whether the host can reach its memory
/// or not: `network<device_space<Kokkos::Serial>>`. Spaces that the host cannot reach, as
/// Kokkos::Cuda, are used so without it.
template <class Space>
struct device_space {};

/// The same, where synapses that only add to variables of their targets do so in any order, by
/// atomic additions: the last bits of what they add up to may be others in each run.
/// `network<atomic_space<Kokkos::Cuda>>`.
template <class Space>
struct atomic_space {};

namespace detail {

/// A network whose steps are kernels in a space, with memory of their own.
template <class Space, bool Atomic>
struct device_work_space {
  using host = Kokkos::DefaultHostExecutionSpace;
  using steps_in = Space;
  static constexpr bool is_device = true;

  /// As many partitions as threads where these are few. A GPU has tens of thousands, which share
  /// the rows of a partition, or rows that are cut into few pieces.
  static int partitions() {
    constexpr int threads_each = 512, pieces = 32;
    int const threads = static_cast<int>(Space().concurrency());
    int const most = std::max(std::min(threads, threads_each), threads / threads_each);
    return Atomic ? std::min(most, pieces) : most;
  }
  template <class Real>
  static std::unique_ptr<engine::accelerator<Real>> accelerator() {
    require_runtime("network");
    return std::make_unique<device::step_engine<Space, Real>>(partitions());
  }
  template <class Model, class Real>
  static constexpr device_launch<Real> const* launches() {
    return device::launches_of<Space, Atomic, Model, Real>();
  }
  /// What elements of a model have that sends events to itself.
  template <class Model, class Real>
  static std::unique_ptr<engine::event_receiver<Real>> events(population_base<Real>& of) {
    return std::make_unique<device::compiled_events<Space, Model, Real>>(of);
  }
};

template <class Space>
struct work_space<device_space<Space>> : device_work_space<Space, false> {};
template <class Space>
struct work_space<atomic_space<Space>> : device_work_space<Space, true> {};
template <class Space>
  requires Kokkos::is_execution_space<Space>::value &&
           (!Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible)
struct work_space<Space> : device_work_space<Space, false> {};

}  // namespace detail
}  // namespace nernst
