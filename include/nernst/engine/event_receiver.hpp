// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/step_context.hpp>

#include <cstdint>
#include <vector>

namespace nernst {
template <class Real>
class projection_base;
template <class Real>
class population_base;
}  // namespace nernst

namespace nernst::engine {

class archive;
struct synapse_part;

/// What elements whose model sends events to itself let the engine do: see `own_events`. Others
/// have none, so that programs contain it where a model needs it.
template <class Real>
class event_receiver {
 public:
  event_receiver() = default;
  event_receiver(event_receiver const&) = delete;
  event_receiver& operator=(event_receiver const&) = delete;
  virtual ~event_receiver() = default;

  /// Whether it lets its elements be sources of spikes. Those of a step have the time of its start.
  virtual bool fires() const = 0;
  /// Called before a run, and for each projection with connections to the elements.
  virtual void prepare() = 0;
  virtual void enter(projection_base<Real>& connections) = 0;
  /// Forgets all that is pending: what models begin with is found anew.
  virtual void forget() = 0;
  /// Called before steps from `now` on: lets elements and connections begin that have not yet, and
  /// events act that are due.
  virtual void start(kernel::step_context const& now) = 0;
  /// Lets those events act whose time is nearest to the end of this step: those up to it, and
  /// `late` those behind it.
  virtual void act(int partition, kernel::step_context const& now, bool late) = 0;
  /// Lets spikes act that arrive by some connections.
  virtual void receive(projection_base<Real> const& by, int partition, synapse_part some,
                       kernel::step_context const& now) = 0;
  /// Writes the numbers of those that have fired, ascending. Returns the end.
  virtual std::uint32_t* take_fired(int partition, std::uint32_t* to) = 0;
  /// Called where connections get other numbers: by number, that from before, see
  /// `pathway::renumber`.
  virtual void renumber(projection_base<Real> const& connections,
                        std::vector<std::uint32_t> const& before) = 0;
  /// Stores what is pending, or restores it.
  virtual void keep(archive& through) = 0;
  virtual std::size_t memory_bytes() const = 0;
};

}  // namespace nernst::engine
