// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/own_events.hpp>

#include <algorithm>
#include <utility>

namespace nernst::engine {

template <class Real>
void own_events<Real>::find_arrays() {
  ir::event_needs const& needs = model_.own_events;
  for (auto* const each : {&delay_, &delay_flag_, &watch_, &set_watch_, &watch_flag_})
    each->clear();
  for (int k = 0; k < needs.sends; ++k) {
    delay_.push_back(array("_send_", k));
    delay_flag_.push_back(array("_send_flag_", k));
  }
  for (int k = 0; k < needs.watches; ++k) {
    watch_.push_back(array("_watch_", k));
    set_watch_.push_back(array("_set_watch_", k));
    watch_flag_.push_back(array("_watch_flag_", k));
  }
  outbox_ = {.sends = needs.sends,
             .watches = needs.watches,
             .flag = of_.array("_flag"),
             .move = of_.array("_move"),
             .fire = of_.array("_fire"),
             .delay = delay_.data(),
             .delay_flag = delay_flag_.data(),
             .watch = watch_.data(),
             .set_watch = set_watch_.data(),
             .watch_flag = watch_flag_.data()};
}

// ---- before a run

template <class Real>
void own_events<Real>::prepare() {
  std::vector<own_event> const pending = place_.empty() ? std::vector<own_event>() : collect();
  place_ = of_.places();
  incoming_.clear();
  if (!pending.empty()) distribute(pending);
}

template <class Real>
void own_events<Real>::enter(projection_base<Real>& connections) {
  incoming c{.of = &connections};
  kernel::compiled_model const& model = connections.model();
  for (int k = 0; k <= model_.own_events.loops; ++k)
    c.blocks.push_back(k == 0 ? model.find(kernel::trigger::pathway)
                              : kernel_of(model, ir::event_part::of_connection, k));
  for (int k = 0; k < model_.own_events.loops; ++k)
    c.loops.push_back(kernel_of(model, ir::event_part::each, k));
  c.begins = kernel_of(model, ir::event_part::beginning, 0);
  c.place = connections.places();
  for (int p = 0; p < connections.partitions(); ++p) {
    c.target.resize(connections.end(p));
    connections.read_ends(ir::side::post, connections.begin(p), connections.end(p),
                          c.target.data() + connections.begin(p));
  }
  if (!c.loops.empty()) list_by_target(c);
  incoming_.push_back(std::move(c));
  if (begun_.size() < incoming_.size()) begun_.push_back(0);
}

template <class Real>
void own_events<Real>::list_by_target(incoming& c) const {
  c.first.assign(has_moving_.size() + 1, 0);
  for (std::uint32_t const place : c.place)
    ++c.first[static_cast<std::size_t>(c.target[place]) + 1];
  for (std::size_t e = 1; e < c.first.size(); ++e) c.first[e] += c.first[e - 1];
  c.all.resize(c.place.size());
  std::vector<std::uint32_t> next = c.first;
  for (std::uint32_t const place : c.place)
    c.all[next[static_cast<std::size_t>(c.target[place])]++] = place;
}

template <class Real>
void own_events<Real>::forget() {
  for (partition_events& p : shelves_) p = {};
  std::fill(has_moving_.begin(), has_moving_.end(), own_event::none);
  std::fill(begun_.begin(), begun_.end(), 0);
  auto const clear = [this](Real* a, double value) {
    if (a != nullptr) std::fill_n(a, has_moving_.size(), static_cast<Real>(value));
  };
  clear(outbox_.flag, 0);
  clear(outbox_.fire, 0);
  clear(outbox_.move, outbox_.empty);
  for (Real* const a : delay_) clear(a, outbox_.empty);
  for (Real* const a : set_watch_) clear(a, outbox_.empty);
  for (Real* const a : watch_) clear(a, 0);
  is_new_ = 1;
}

template <class Real>
void own_events<Real>::start(kernel::step_context const& now) {
  kernel::step_context first = now;
  first.key.step |= std::uint64_t{1} << 47;
  if (is_new_ != 0) begin_elements(first);
  begin_connections(first);
  for (int p = 0; p < of_.partitions(); ++p) act_until(p, now.time + of_.network_dt() / 2, first);
}

template <class Real>
void own_events<Real>::begin_elements(kernel::step_context const& now) {
  if (model_.placed == ir::placement::artificial && !model_.kernels[initialise_].is_empty()) {
    forget();
    kernel::step_context here = now;
    here.key.object = of_.object();
    for (int p = 0; p < of_.partitions(); ++p)
      of_.launches_[initialise_].sweep(of_.arguments(here), of_.begin(p), of_.end(p), nullptr);
  }
  is_new_ = 0;
  for (int p = 0; p < of_.partitions(); ++p)
    for (std::uint32_t place = of_.begin(p); place < of_.end(p); ++place)
      take_sent({place, p}, now.time);
}

template <class Real>
void own_events<Real>::begin_connections(kernel::step_context const& now) {
  for (std::size_t k = 0; k < incoming_.size(); ++k) {
    incoming& c = incoming_[k];
    std::size_t const from = std::exchange(begun_[k], static_cast<std::uint32_t>(c.place.size()));
    for (std::size_t n = from; n < c.place.size() && c.begins != ir::none; ++n)
      c.act(c.begins, c.of->owner(c.place[n]), {&c.place[n], 0, 1}, now);
  }
}

// ---- in a step

template <class Real>
void own_events<Real>::act(int partition, kernel::step_context const& now, bool late) {
  double const dt = of_.network_dt(), end = static_cast<double>(now.step + 1) * dt;
  if (!late) find_watched(partition, end);
  act_until(partition, end_of_events(end, dt, late), now);
}

template <class Real>
void own_events<Real>::find_watched(int partition, double time) {
  double flag = 0;
  for (int k = 0; k < outbox_.watches; ++k)
    for (std::uint32_t place = of_.begin(partition); place < of_.end(partition); ++place)
      if (outbox_.has_risen(k, place, flag)) send({place, partition}, time, flag);
}

template <class Real>
void own_events<Real>::act_until(int partition, double until, kernel::step_context const& now) {
  event_shelf<>& pending = of_partition(partition).pending;
  own_event next;
  std::uint32_t slot = 0;
  while (pending.take(until, next, slot)) {
    std::uint32_t const place = place_[next.element];
    if (next.is_movable) has_moving_[place] = own_event::none;
    act_on({place, partition, next.projection, next.connection}, next.time, next.flag, now);
  }
}

template <class Real>
void own_events<Real>::receive(projection_base<Real> const& by, int partition, synapse_part some,
                               kernel::step_context const& now) {
  std::uint32_t const number = number_of(by);
  std::vector<std::int32_t> const& target = incoming_[number].target;
  double const end = static_cast<double>(now.step + 1) * of_.network_dt();
  for (std::size_t k = some.first; k < some.last; ++k) {
    std::size_t const place = some.list == nullptr ? k : some.list[k];
    auto const connection = static_cast<std::uint32_t>(by.numbering()(place));
    act_on({static_cast<std::uint32_t>(target[place]), partition, number, connection}, end, 0, now);
  }
}

template <class Real>
void own_events<Real>::act_on(reached const& at, double time, double flag,
                              kernel::step_context now) {
  now.key.step += std::uint64_t{turns_[at.place].next(now.step)} << 33;
  now.time = time;
  outbox_.let_act(at.place, flag);
  std::uint32_t const element = number_at(at.place);
  for (std::size_t k = 0; k < blocks_.size(); ++k) {
    if (k > 0) loop_over(static_cast<int>(k) - 1, at, now);
    if (at.projection != own_event::none) {
      incoming const& c = incoming_[at.projection];
      c.act(c.blocks[k], at.partition, {&c.place[at.connection], 0, 1}, now);
    } else if (blocks_[k] != ir::none && !model_.kernels[blocks_[k]].is_empty()) {
      now.key.object = of_.object();
      of_.visit(blocks_[k], at.partition, now, {&element, 1});
    }
  }
  outbox_.let_act(at.place, 0);
  take_sent(at, time);
}

template <class Real>
void own_events<Real>::loop_over(int number, reached const& at, kernel::step_context const& now) {
  for (incoming const& c : incoming_)
    c.act(c.loops[static_cast<std::size_t>(number)], at.partition,
          {c.all.data(), c.first[at.place], c.first[at.place + 1]}, now);
}

/// What kernels have left for the engine.
template <class Real>
void own_events<Real>::take_sent(reached const& at, double now) {
  double time = 0, flag = 0;
  for (int k = 0; k < outbox_.sends; ++k)
    if (outbox_.take_sent(k, at.place, now, time, flag)) send(at, time, flag);
  std::uint32_t const moving = has_moving_[at.place];
  if (outbox_.take_moved(at.place, now, time) && moving != own_event::none)
    of_partition(at.partition).pending.move(moving, time);
  if (outbox_.take_fired(at.place)) of_partition(at.partition).fired.push_back(number_at(at.place));
  outbox_.take_watches(at.place);
}

template <class Real>
void own_events<Real>::send(reached const& from, double time, double flag) {
  bool const is_movable = flag == 1;
  std::uint32_t const slot = of_partition(from.partition)
                                 .pending.put({.time = time,
                                               .flag = flag,
                                               .element = number_at(from.place),
                                               .projection = from.projection,
                                               .connection = from.connection,
                                               .is_movable = is_movable});
  if (is_movable) has_moving_[from.place] = slot;
}

template <class Real>
std::uint32_t* own_events<Real>::take_fired(int partition, std::uint32_t* to) {
  std::vector<std::uint32_t>& fired = of_partition(partition).fired;
  std::sort(fired.begin(), fired.end());
  fired.erase(std::unique(fired.begin(), fired.end()), fired.end());
  to = std::copy(fired.begin(), fired.end(), to);
  fired.clear();
  return to;
}

}  // namespace nernst::engine
