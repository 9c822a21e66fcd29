// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/launch.hpp>

#include <Kokkos_Core.hpp>
#include <Kokkos_Graph.hpp>

#include <cstdint>
#include <functional>
#include <vector>

/// Whether the kernels of a step are started as a graph, or else one by one: to compare the two.
#ifndef NERNST_DEVICE_GRAPHS
#define NERNST_DEVICE_GRAPHS 1
#endif

namespace nernst::device {

#if NERNST_DEVICE_GRAPHS
/// Kernels that are to follow one another, while they are added to a graph.
template <class Space>
class sequence_of : public sequence {
 public:
  using node = Kokkos::Experimental::GraphNodeRef<Space>;

  explicit sequence_of(node const& first) : last_(first) {}

  /// A kernel for `threads` numbers.
  template <class Work>
  void add(char const* label, std::int64_t threads, Work const& work) {
    using range = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>;
    if (threads > 0) last_ = last_.then_parallel_for(label, range(0, threads), work);
  }
  /// One for teams of threads.
  template <class Work>
  void add(char const* label, Kokkos::TeamPolicy<Space> const& teams, Work const& work) {
    last_ = last_.then_parallel_for(label, teams, work);
  }

 private:
  node last_;
};

/// Kernels that are started together, as often as one likes.
template <class Space>
class step_graph {
 public:
  /// `add_to` adds them to a `sequence_of`.
  template <class Add>
  explicit step_graph(Add const& add_to)
      : graph_(Kokkos::Experimental::create_graph(Space(), [&](auto const& root) {
          sequence_of<Space> all{typename sequence_of<Space>::node(root)};
          add_to(all);
        })) {}

  /// They follow whatever was started before. Profilers see an event.
  void start() const {
    Kokkos::Profiling::markEvent("nernst::step");
    graph_.submit();
  }

 private:
  Kokkos::Experimental::Graph<Space> graph_;
};
#else
template <class Space>
class sequence_of : public sequence {
 public:
  template <class Work>
  void add(char const* label, std::int64_t threads, Work const& work) {
    using range = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>;
    if (threads > 0) enter(label, range(0, threads), work);
  }
  template <class Work>
  void add(char const* label, Kokkos::TeamPolicy<Space> const& teams, Work const& work) {
    enter(label, teams, work);
  }
  void start() const {
    for (auto const& kernel : kernels_) kernel();
  }

 private:
  template <class Policy, class Work>
  void enter(char const* label, Policy const& policy, Work const& work) {
    kernels_.push_back([=] { Kokkos::parallel_for(label, policy, work); });
  }

  std::vector<std::function<void()>> kernels_;
};

template <class Space>
class step_graph {
 public:
  template <class Add>
  explicit step_graph(Add const& add_to) {
    add_to(kernels_);
  }
  void start() const {
    Kokkos::Profiling::markEvent("nernst::step");
    kernels_.start();
  }

 private:
  sequence_of<Space> kernels_;
};
#endif

}  // namespace nernst::device
