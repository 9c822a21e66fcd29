// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/neuron_input.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>
#include <nernst/engine/record_store.hpp>

namespace nernst::engine {

/// Who touches something: each thread what it owns, one thread, or every thread whatever it wants.
enum class reach : std::uint8_t { own, one, any };

/// Something that a task reads or writes: a variable of a group of elements, or the logs of an
/// event of a source of spikes.
struct access {
  void const* object;  ///< a group, or a source of spikes
  int part;            ///< a symbol, or an event; -1 for spikes
  bool writes;
  reach by = reach::own;
  bool appends = false;  ///< to a log: others read there what was written before
  bool waits = false;    ///< of reading a log: for what is not there yet
};

/// Whether threads have to meet between two accesses.
constexpr bool conflict(access const& earlier, access const& later) {
  if (earlier.object != later.object || earlier.part != later.part) return false;
  if (!earlier.writes && !later.writes) return false;
  if (later.appends || later.waits) return false;
  bool const same_thread = earlier.by == later.by && earlier.by != reach::any;
  return !same_thread;
}

/// What a thread does at a point of the step.
enum class activity : std::uint8_t {
  execute,  ///< kernel `kernel` of a group, for its own elements
  once,     ///< the same, by one thread for all
  record,
  update,   ///< of neurons: the states, and who fires
  add_up,   ///< summed variable of kernel `kernel`
  deliver,  ///< pathway `pathway` of a projection
  reset,
  inject,  ///< input to neurons
  notify,  ///< elements of the events that they have sent: of those behind the end of the step,
           ///< too, where the order in the slot is above 0
  rest,    ///< of neurons that are not active: none of them fires
  meet,    ///< all threads wait for one another
  call,    ///< a function of the user
};
/// For people.
std::string_view to_text(activity what);

/// Something that is done in every step, as a value: what, of which object, when in the step, by
/// whom, and what it reads and writes.
template <class Real>
struct task {
  activity what = activity::meet;
  ir::instant when = {};
  int kernel = ir::none, pathway = ir::none;
  int stage = 0;            ///< of an update
  bool alone = false;       ///< one thread does it for all partitions
  std::int64_t stride = 1;  ///< it is left out in the steps of the network between multiples of it
  bool looks = false;      ///< of a meeting: it is seen before whether there is room for more steps
  std::int64_t every = 1;  ///< of a meeting: there is one in that many steps
  element_group<Real>* of = nullptr;
  population_base<Real>* neurons = nullptr;
  projection_base<Real>* synapses = nullptr;
  detail::sampling_store* store = nullptr;
  neuron_input<Real>* input = nullptr;
  int call = ir::none;  ///< which function of the user
  ir::list<access> touches = {};

  bool is_left_out(std::int64_t step) const { return stride != 1 && step % stride != 0; }
};

/// The time that was spent on tasks of one kind.
template <class Real>
struct task_time {
  activity what;
  element_group<Real> const* of;
  int pathway;
  double seconds;
};

}  // namespace nernst::engine
