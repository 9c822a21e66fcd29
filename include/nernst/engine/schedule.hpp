// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/callback.hpp>
#include <nernst/engine/task.hpp>

#include <memory>

namespace nernst::engine {

/// A record of states and the elements it is made of.
template <class Real>
struct watched_states {
  std::shared_ptr<detail::sampling_store> store;
  element_group<Real>* of;
};

/// What a network consists of.
template <class Real>
struct network_parts {
  ir::list<std::unique_ptr<population_base<Real>>> populations;
  ir::list<std::unique_ptr<projection_base<Real>>> projections;
  ir::list<std::shared_ptr<detail::record_store>> spikes;  ///< made between the pieces of a run
  std::vector<watched_states<Real>> states;
  ir::list<std::unique_ptr<callback>> callbacks;
  ir::list<std::unique_ptr<neuron_input<Real>>> inputs;
};

/// What is done in a step, in order. Threads meet where, since they last did, one of them has
/// written what another one is about to read or write, or the other way round; the step that
/// follows counts, too. Where all that they have from one another are spikes that were fired some
/// steps before, they meet once in so many steps, at the end of a series. The meeting behind the
/// last spike of a step is also where a thread tells that its logs are full.
template <class Real>
ir::list<task<Real>> schedule_of(network_parts<Real> const& network);

/// How many steps threads make between two meetings.
template <class Real>
std::int64_t series_of(ir::list<task<Real>> const& schedule);

/// What a task does, for people: "deliver pre".
template <class Real>
std::string name_of(activity what, element_group<Real> const* of, int pathway);

/// The schedule for people, a line for each task: when, what, of which object.
template <class Real>
std::string to_text(ir::list<task<Real>> const& schedule);

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/schedule-inl.hpp>
#endif
