// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/event_queues.hpp>
#include <nernst/device/kernels.hpp>
#include <nernst/engine/event_outbox.hpp>
#include <nernst/kernel/connection_model.hpp>

#include <Kokkos_Core.hpp>

#include <cstdint>
#include <utility>

// What a device does where elements send events to themselves: see `engine::own_events`.

namespace nernst::device {

/// What the kernels of a model find in memory, for any of them.
template <class Model, class Real>
struct model_memory {
  static constexpr kernel::compiled_model model = kernel::compiled<Model>::value;
  using any = kernel::functor<Model, 0, Real>;

  Real* array[any::arrays] = {};
  Real scalar[any::scalars] = {};
  kernel::external_data<Real> around{};

  explicit model_memory(detail::kernel_arguments<Real> const& a) : around(a.around) {
    for (int k = 0; k < model.arrays; ++k) array[k] = a.arrays[k];
    for (int k = 0; k < model.scalars.results.count; ++k) scalar[k] = a.scalars[k];
  }
  /// Executes a kernel for an element, if the model has it.
  template <int Kernel>
  NERNST_FUNCTION void execute(kernel::step_context const& now, std::uint32_t place) const {
    if constexpr (acts<Kernel>) {
      using code = kernel::functor<Model, Kernel, Real>;
      code here{};
      for (int k = 0; k < code::arrays; ++k) here.array[k] = array[k];
      for (int k = 0; k < code::scalars; ++k) here.scalar[k] = scalar[k];
      here.now = now;
      here.around = around;
      if constexpr (compartment_array<Model> != ir::none)
        move_to_compartment<Model>(here, place, std::make_integer_sequence<int, code::arrays>());
      here(place);
    }
  }

 private:
  template <int Kernel>
  static constexpr bool acts = [] {
    if constexpr (Kernel == ir::none)
      return false;
    else
      return !model.kernels[Kernel].is_empty();
  }();
};

/// The connections to elements of a mechanism, whatever their sources: events know nothing of
/// these.
template <class Mechanism>
using connections_to = kernel::between<kernel::connection<Mechanism>, Mechanism, Mechanism>;
template <class Mechanism>
inline constexpr bool has_connections =
    kernel::compiled<connections_to<Mechanism>>::value.mistake.ok();

/// Those of a projection.
template <class Mechanism, class Real>
struct incoming_connections {
  model_memory<connections_to<Mechanism>, Real> memory;
  step_count when;
  std::uint32_t const* place;   ///< by number
  std::int32_t const* target;   ///< by place: that of the element
  std::uint32_t const* first;   ///< by element and behind the last, where loops ask for it: where
  std::uint32_t const* listed;  ///< the places of its connections are, as they are numbered
};

/// What the kernels of events find that are not of a model.
template <class Real>
struct event_tools {
  engine::event_outbox<Real> outbox;
  event_queues pending;
  engine::event_turn* turns;  ///< by element
  std::uint8_t* fired;        ///< by element: whether it has, since who fires was found last
};

/// Lets events act on elements of a model.
template <class Model, class Real>
struct event_action {
  using connections = incoming_connections<Model, Real>;

  model_memory<Model, Real> elements;
  connections const* incoming;  ///< by number of the projection
  std::uint32_t projections;
  event_tools<Real> with;
  step_count when;

  /// The time at which the present step ends.
  NERNST_CALLABLE double end_of_step() const {
    return static_cast<double>(when.clock->step + 1) * when.clock->dt;
  }
  /// Until a time, also those that are sent meanwhile.
  NERNST_FUNCTION void act_until(std::uint32_t element, double until) const {
    engine::own_event next;
    while (with.pending.take(element, until, next)) {
      if (moves && next.flag == 1) with.pending.let_stay(element);
      act(element, next);
    }
  }
  /// What a watched condition has sent comes at a time.
  NERNST_FUNCTION void find_watched(std::uint32_t element, double time) const {
    double flag = 0;
    for (int k = 0; k < watches; ++k)
      if (with.outbox.has_risen(k, element, flag)) send(element, {.time = time, .flag = flag});
  }
  NERNST_CALLABLE void act(std::uint32_t element, engine::own_event const& e) const {
    std::uint32_t const turn = with.turns[element].next(when.clock->step);
    with.outbox.let_act(element, e.flag);
    act_by_blocks<0>(element, e, turn);
    with.outbox.let_act(element, 0);
    take_sent(element, e);
  }

 private:
  using part = ir::event_part;
  static constexpr ir::event_needs needs = kernel::compiled<Model>::value.own_events;
  static constexpr int sends = needs.sends, watches = needs.watches, loops = needs.loops;
  static constexpr bool moves = needs.moves;

  template <class Of>
  static constexpr int kernel_of(part which, int number) {
    return kernel::compiled<Of>::value.find(kernel::trigger::event,
                                            kernel::number_of_block(which, number));
  }
  template <int Block>
  static constexpr int of_itself = kernel_of<Model>(part::of_itself, Block);
  template <int Block>
  static constexpr int of_connection =
      Block == 0 ? kernel::compiled<connections_to<Model>>::value.find(kernel::trigger::pathway)
                 : kernel_of<connections_to<Model>>(part::of_connection, Block);
  template <int Block>
  static constexpr int of_each = kernel_of<connections_to<Model>>(part::each, Block);

  NERNST_FUNCTION static kernel::step_context at(step_count const& when, double time,
                                                 std::uint32_t turn) {
    kernel::step_context now = when.now();
    now.time = time;
    now.key.step += std::uint64_t{turn} << 33;
    return now;
  }
  template <int Block>
  NERNST_FUNCTION void act_by_blocks(std::uint32_t element, engine::own_event const& e,
                                     std::uint32_t turn) const {
    if constexpr (Block > 0 && has_connections<Model>) loop_over<Block - 1>(element, e.time, turn);
    if (e.projection == engine::own_event::none) {
      elements.template execute<of_itself<Block>>(at(when, e.time, turn), element);
    } else if constexpr (has_connections<Model>) {
      connections const& of = incoming[e.projection];
      of.memory.template execute<of_connection<Block>>(at(of.when, e.time, turn),
                                                       of.place[e.connection]);
    }
    if constexpr (Block < loops) act_by_blocks<Block + 1>(element, e, turn);
  }
  /// Lets a block act on all connections of the element.
  template <int Block>
  NERNST_FUNCTION void loop_over(std::uint32_t element, double time, std::uint32_t turn) const {
    for (std::uint32_t p = 0; p < projections; ++p) {
      connections const& of = incoming[p];
      kernel::step_context const now = at(of.when, time, turn);
      for (std::uint32_t k = of.first[element]; k < of.first[element + 1]; ++k)
        of.memory.template execute<of_each<Block>>(now, of.listed[k]);
    }
  }

  NERNST_FUNCTION void take_sent(std::uint32_t element, engine::own_event const& from) const {
    engine::own_event sent = from;
    for (int k = 0; k < sends; ++k)
      if (with.outbox.take_sent(k, element, from.time, sent.time, sent.flag)) send(element, sent);
    double time = 0;
    if (with.outbox.take_moved(element, from.time, time)) with.pending.move(element, time);
    if (with.outbox.take_fired(element)) with.fired[element] = 1;
    with.outbox.take_watches(element);
  }
  NERNST_FUNCTION void send(std::uint32_t element, engine::own_event e) const {
    e.is_movable = moves && e.flag == 1;
    if (e.is_movable) with.pending.let_stay(element);
    with.pending.put(element, e);
  }
};

/// Lets those events of elements act that have come by the end of the step, watched conditions
/// first, or `late` those that are nearest to it.
template <class Model, class Real>
struct due_events {
  event_action<Model, Real> of;
  bool late;

  NERNST_FUNCTION void operator()(std::int64_t number) const {
    auto const element = static_cast<std::uint32_t>(number);
    double const end = of.end_of_step();
    if (!late) of.find_watched(element, end);
    of.act_until(element, engine::end_of_events(end, of.when.clock->dt, late));
  }
};

/// Lets the spikes of a step act by the connections of a projection, each team those that come to
/// the elements of a part, in the host's order.
template <class Space, class Model, class Real>
struct event_delivery {
  using policy = Kokkos::TeamPolicy<Space>;

  event_action<Model, Real> of;
  std::uint32_t projection;
  std::uint32_t const* numbers;  ///< of connections by place, null where it is the place
  arrival a;

  NERNST_FUNCTION void operator()(typename policy::member_type const& team) const {
    act_on(static_cast<std::uint32_t>(team.league_rank()));
  }
  NERNST_CALLABLE void act_on(std::uint32_t part) const {
    if (a.early_begin != nullptr)
      for (std::uint32_t k = a.early_begin[part]; k < a.early_begin[part + 1]; ++k)
        reach(a.early[k]);
    a.for_each_spike(part, a.when.now().step, [&](std::uint32_t neuron, std::uint32_t delay) {
      synapse_range const some = a.to.reached(part, neuron, delay);
      for (std::uint32_t k = some.first; k < some.last; ++k)
        reach(a.to.list == nullptr ? k : a.to.list[k]);
    });
  }

 private:
  NERNST_FUNCTION void reach(std::uint32_t place) const {
    of.act(static_cast<std::uint32_t>(of.incoming[projection].target[place]),
           {.time = of.end_of_step(),
            .projection = projection,
            .connection = numbers == nullptr ? place : numbers[place]});
  }
};

/// Lets those fire who have fired by events of their own.
struct firing_by_events {
  std::uint8_t *fired, *fires;

  NERNST_CALLABLE void operator()(std::int64_t element) const {
    fires[element] = fired[element];
    fired[element] = 0;
  }
};

}  // namespace nernst::device
