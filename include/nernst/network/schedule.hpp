// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/projection_base.hpp>
#include <nernst/network/record/record_store.hpp>

#include <memory>

namespace nernst::detail {

/// A record that is made in the steps, and the neurons it is made of.
template <class Real>
struct watched_states {
  std::shared_ptr<sampling_store> store;
  population_base<Real>* of;
};

/// What a network consists of.
template <class Real>
struct network_parts {
  ir::list<std::unique_ptr<population_base<Real>>> populations;
  ir::list<std::unique_ptr<projection_base<Real>>> projections;
  ir::list<std::shared_ptr<record_store>> spikes;  ///< made between the pieces of a run
  std::vector<watched_states<Real>> states;
};

/// What a thread does at a point of the step.
enum class activity : std::uint8_t {
  execute,  ///< kernel `kernel` of a population, for its own neurons
  once,     ///< the same, by one thread for all
  record,
  update,
  wait,  ///< until all threads are there
  gate,  ///< the same, behind the last spike of the step
  deliver,
  reset,
};

/// One thing that is done in every step.
template <class Real>
struct task {
  activity what = activity::gate;
  ir::instant when = {};
  int kernel = ir::none;
  bool alone = false;  ///< one thread does it for all partitions
  population_base<Real>* of = nullptr;
  sampling_store* store = nullptr;
  projection_base<Real>* through = nullptr;
};

/// What is done in a step, in order. Behind the `gate` a thread reads the spikes of all partitions,
/// which nobody changes any more. Where neurons are linked to those of other partitions there is a
/// barrier before everything (`wait`), so that populations act one after the other.
template <class Real>
ir::list<task<Real>> schedule_of(network_parts<Real> const& network);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/schedule-inl.hpp>
#endif
