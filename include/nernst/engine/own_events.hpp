// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/event_receiver.hpp>
#include <nernst/engine/event_shelf.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

namespace nernst::engine {

/// Events that elements of a mechanism send to themselves, as NET_RECEIVE of a .mod file does. Each
/// acts at the end of the step that is nearest to its time, which is the time that it sees; those
/// of an element one after the other, by rising time and in the order of sending. What sees no
/// connection of its own sees that through which came what had it sent. Each partition has its own
/// events.
template <class Real>
class own_events : public event_receiver<Real> {
 public:
  explicit own_events(population_base<Real>& of)
      : of_(of), model_(of.model()), initialise_(model_.find(kernel::trigger::initialise)) {
    for (int k = 0; k <= model_.own_events.loops; ++k)
      blocks_.push_back(kernel_of(model_, ir::event_part::of_itself, k));
    shelves_.resize(static_cast<std::size_t>(of.partitions()));
    find_arrays();
    has_moving_.assign(of.bounds().back(), own_event::none);
    turns_.assign(of.bounds().back(), {});
  }

  bool fires() const override { return model_.own_events.fires; }
  void prepare() override;
  void enter(projection_base<Real>& connections) override;
  void forget() override;
  void start(kernel::step_context const& now) override;
  void act(int partition, kernel::step_context const& now, bool late) override;
  void receive(projection_base<Real> const& by, int partition, synapse_part some,
               kernel::step_context const& now) override;
  std::uint32_t* take_fired(int partition, std::uint32_t* to) override;
  void renumber(projection_base<Real> const& connections,
                std::vector<std::uint32_t> const& before) override;
  void keep(archive& through) override;
  std::size_t memory_bytes() const override {
    std::size_t bytes =
        (has_moving_.size() + place_.size()) * sizeof(std::uint32_t) + turns_.size() * sizeof(turn);
    for (partition_events const& p : shelves_) bytes += p.pending.memory_bytes();
    for (incoming const& c : incoming_) bytes += c.memory_bytes();
    return bytes;
  }

 private:
  /// The connections of a projection, and the kernels of its model.
  struct incoming {
    projection_base<Real>* of = nullptr;
    std::vector<int> blocks = {}, loops = {};
    int begins = ir::none;
    std::vector<std::uint32_t> place = {};            ///< by number
    std::vector<std::int32_t> target = {};            ///< by place: that of the element
    std::vector<std::uint32_t> first = {}, all = {};  ///< of loops: places by element, as numbered

    /// Executes a kernel, if the model has it.
    void act(int kernel, int partition, synapse_part some, kernel::step_context now) const {
      now.key.object = of->object();
      if (kernel != ir::none) of->act(kernel, partition, some, now);
    }
    std::size_t memory_bytes() const {
      return sizeof(std::uint32_t) * (place.size() + target.size() + first.size() + all.size());
    }
  };
  struct partition_events {
    event_shelf<> pending;
    std::vector<std::uint32_t> fired;  ///< numbers
  };
  /// How many events of an element have acted in a step: they draw different random numbers.
  struct turn {
    std::int64_t step = -1;
    std::uint32_t count = 0;
  };
  /// Where the element stands that an event reaches, and what it comes by.
  struct reached {
    std::uint32_t place;
    int partition;
    std::uint32_t projection = own_event::none, connection = own_event::none;
  };

  static constexpr double empty = -1e30, per_ms = 1e-3;

  static int kernel_of(kernel::compiled_model const& model, ir::event_part part, int number) {
    return model.find(kernel::trigger::event, kernel::number_of_block(part, number));
  }
  partition_events& of_partition(int p) { return shelves_[static_cast<std::size_t>(p)]; }
  std::uint32_t number_at(std::uint32_t place) const {
    return of_.numbers() == nullptr ? place : of_.numbers()[place];
  }

  void find_arrays();
  Real* array(std::string_view id, int number) const {
    return of_.array(std::string(id) + std::to_string(number));
  }
  void list_by_target(incoming& c) const;
  void begin_elements(kernel::step_context const& now);
  void begin_connections(kernel::step_context const& now);
  void find_watched(int partition, double time);
  void act_until(int partition, double until, kernel::step_context const& now);
  void act_on(reached const& at, double time, double flag, kernel::step_context now);
  void loop_over(int number, reached const& at, kernel::step_context const& now);
  void take_sent(reached const& at, double time);
  void take_watches(std::uint32_t place);
  void send(reached const& from, double time, double flag);
  std::vector<own_event> collect();
  void distribute(std::vector<own_event> const& all);

  population_base<Real>& of_;
  kernel::compiled_model const& model_;
  int initialise_;
  std::vector<int> blocks_;
  // What the kernels leave, by place of the element.
  Real *flag_ = nullptr, *move_ = nullptr, *fire_ = nullptr;
  std::vector<Real*> delay_, delay_flag_, watch_, set_watch_, watch_flag_;

  std::vector<partition_events> shelves_;
  std::vector<std::uint32_t> has_moving_;  ///< by place: the slot of the event that net_move moves
  std::vector<turn> turns_;                ///< by place
  std::vector<std::uint32_t> place_;       ///< by number
  std::vector<incoming> incoming_;
  std::vector<std::uint32_t> begun_;  ///< of each projection: how many connections have begun
  std::uint8_t is_new_ = 1;           ///< what INITIAL has sent has not been looked at
};

template <class Real>
void own_events<Real>::find_arrays() {
  ir::event_needs const& needs = model_.own_events;
  flag_ = of_.array("_flag");
  move_ = of_.array("_move");
  fire_ = of_.array("_fire");
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
  clear(flag_, 0);
  clear(fire_, 0);
  clear(move_, empty);
  for (Real* const a : delay_) clear(a, empty);
  for (Real* const a : set_watch_) clear(a, empty);
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
  // What is meant to be at the end may be behind it by rounding.
  constexpr double rounding = 1e-9;
  if (!late) find_watched(partition, end);
  act_until(partition, end + (late ? 0.5 : rounding) * dt, now);
}

template <class Real>
void own_events<Real>::find_watched(int partition, double time) {
  constexpr Real has_risen = 3, is_above = 2;
  for (std::size_t k = 0; k < watch_.size(); ++k)
    for (std::uint32_t place = of_.begin(partition); place < of_.end(partition); ++place) {
      if (watch_[k][place] != has_risen) continue;
      watch_[k][place] = is_above;
      send({place, partition}, time, static_cast<double>(watch_flag_[k][place]));
    }
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
  std::uint32_t number = 0;
  while (incoming_[number].of != &by) ++number;
  std::vector<std::int32_t> const& target = incoming_[number].target;
  double const end = static_cast<double>(now.step + 1) * of_.network_dt();
  for (std::uint32_t k = some.first; k < some.last; ++k) {
    std::uint32_t const place = some.list == nullptr ? k : some.list[k];
    act_on({static_cast<std::uint32_t>(target[place]), partition, number, by.numbering()(place)},
           end, 0, now);
  }
}

template <class Real>
void own_events<Real>::act_on(reached const& at, double time, double flag,
                              kernel::step_context now) {
  turn& t = turns_[at.place];
  t.count = t.step == now.step ? t.count + 1 : 0;
  t.step = now.step;
  now.key.step += std::uint64_t{t.count} << 33;
  now.time = time;
  if (flag_ != nullptr) flag_[at.place] = static_cast<Real>(flag);
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
  if (flag_ != nullptr) flag_[at.place] = 0;
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
void own_events<Real>::take_sent(reached const& at, double time) {
  std::uint32_t const place = at.place;
  for (std::size_t k = 0; k < delay_.size(); ++k) {
    double const delay = static_cast<double>(delay_[k][place]);
    if (delay <= empty) continue;
    delay_[k][place] = static_cast<Real>(empty);
    if (std::isnan(delay)) continue;
    send(at, time + std::max(delay, 0.0) * per_ms, static_cast<double>(delay_flag_[k][place]));
  }
  if (move_ != nullptr && static_cast<double>(move_[place]) > empty) {
    double const to = static_cast<double>(move_[place]) * per_ms;
    if (has_moving_[place] != own_event::none)
      of_partition(at.partition).pending.move(has_moving_[place], std::max(to, time));
    move_[place] = static_cast<Real>(empty);
  }
  if (fire_ != nullptr && fire_[place] != 0) {
    of_partition(at.partition).fired.push_back(number_at(place));
    fire_[place] = 0;
  }
  if (!watch_.empty()) take_watches(place);
}

/// What an event watches for, it watches for alone.
template <class Real>
void own_events<Real>::take_watches(std::uint32_t place) {
  bool is_any = false;
  for (Real const* const set : set_watch_)
    is_any = is_any || static_cast<double>(set[place]) > empty;
  for (std::size_t k = 0; k < watch_.size() && is_any; ++k) {
    watch_[k][place] = std::max(set_watch_[k][place], Real(0));
    set_watch_[k][place] = static_cast<Real>(empty);
  }
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

// ---- between runs

/// All that is pending: of each element in the order in which it acts. What net_move would move is
/// marked.
template <class Real>
std::vector<own_event> own_events<Real>::collect() {
  std::vector<own_event> all;
  for (partition_events& p : shelves_) {
    own_event next;
    std::uint32_t slot = 0;
    while (p.pending.take(std::numeric_limits<double>::infinity(), next, slot)) {
      next.is_movable = has_moving_[place_[next.element]] == slot;
      if (next.is_movable) has_moving_[place_[next.element]] = own_event::none;
      all.push_back(next);
    }
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return all[x].element != all[y].element ? all[x].element < all[y].element : x < y;
  });
  std::vector<own_event> sorted;
  for (std::size_t const k : order) sorted.push_back(all[k]);
  return sorted;
}
template <class Real>
void own_events<Real>::distribute(std::vector<own_event> const& all) {
  for (own_event e : all) {
    bool const moves = e.is_movable;
    e.is_movable = e.flag == 1;
    std::uint32_t const place = place_[e.element];
    std::uint32_t const slot = of_partition(of_.owner(place)).pending.put(e);
    if (moves) has_moving_[place] = slot;
  }
}

template <class Real>
void own_events<Real>::renumber(projection_base<Real> const& connections,
                                std::vector<std::uint32_t> const& before) {
  std::uint32_t number = 0;
  while (number < incoming_.size() && incoming_[number].of != &connections) ++number;
  if (number == incoming_.size()) return;
  std::vector<own_event> const pending = collect();
  std::vector<std::uint32_t> now(incoming_[number].place.size(), own_event::none);
  std::uint32_t begun = 0;
  for (std::uint32_t k = 0; k < before.size(); ++k) {
    if (before[k] >= now.size()) continue;
    now[before[k]] = k;
    begun += before[k] < begun_[number] ? 1 : 0;
  }
  begun_[number] = begun;
  std::vector<own_event> left;
  for (own_event e : pending) {
    if (e.projection == number) e.connection = now[e.connection];
    if (e.projection != number || e.connection != own_event::none) left.push_back(e);
  }
  distribute(left);
}

template <class Real>
void own_events<Real>::keep(archive& through) {
  place_ = of_.places();
  std::vector<own_event> const pending = collect();
  std::vector<double> time, flag;
  std::vector<std::uint32_t> element, projection, connection, fired;
  std::vector<std::uint8_t> moves;
  for (own_event const& e : pending) {
    time.push_back(e.time);
    flag.push_back(e.flag);
    element.push_back(e.element);
    projection.push_back(e.projection);
    connection.push_back(e.connection);
    moves.push_back(e.is_movable ? 1 : 0);
  }
  for (partition_events const& p : shelves_)
    fired.insert(fired.end(), p.fired.begin(), p.fired.end());
  std::sort(fired.begin(), fired.end());
  std::string const label = of_.name() + " events";
  through.keep(label + " are new", is_new_);
  through.keep(label + " begun", begun_);
  std::size_t count = pending.size();
  auto const keep_each = [&](char const* what, auto& values, std::size_t size) {
    auto read = through.list(label + what, values, size);
    if (!through.writes()) values = std::move(read);
  };
  std::vector<double> const at = through.list(label + " at", time);
  if (!through.writes()) {
    count = at.size();
    time = at;
  }
  keep_each(" flag", flag, count);
  keep_each(" of", element, count);
  keep_each(" projection", projection, count);
  keep_each(" connection", connection, count);
  keep_each(" movable", moves, count);
  std::vector<std::uint32_t> const read = through.list(label + " fired", fired);
  if (!through.restores()) return distribute(pending);
  std::vector<own_event> all;
  for (std::size_t k = 0; k < count; ++k)
    all.push_back({.time = time[k],
                   .flag = flag[k],
                   .element = element[k],
                   .projection = projection[k],
                   .connection = connection[k],
                   .is_movable = moves[k] != 0});
  for (partition_events& p : shelves_) p = {};
  distribute(all);
  for (std::uint32_t const n : read) of_partition(of_.owner(place_[n])).fired.push_back(n);
}

/// What elements of a model have that sends events.
template <class Real>
std::unique_ptr<event_receiver<Real>> make_own_events(population_base<Real>& of) {
  return std::make_unique<own_events<Real>>(of);
}
/// Lets spikes of sources act one after the other.
template <class Real>
void receive_rows(arrival<Real> const& a) {
  for (int q = 0; q < a.logs; ++q) {
    std::uint32_t const* const spikes = a.entries[q] + 1;
    std::uint32_t const* const last = spikes + *a.entries[q];
    a.entries[q] = last;
    for (std::uint32_t const* pre = spikes; pre != last; ++pre)
      if (a.all.is_connected(ir::side::pre, *pre))
        a.all.arrive(ir::none, a.partition, a.through.reached(a.partition, *pre, a.delay), a.now);
  }
}

}  // namespace nernst::engine
