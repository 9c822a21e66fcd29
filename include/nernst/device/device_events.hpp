// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/event_kernels.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/device/mirror.hpp>
#include <nernst/device/step_graph.hpp>
#include <nernst/engine/own_events.hpp>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace nernst::device {

template <class Space, class Real>
class task_kernels;

/// Events that elements send to themselves, where a device makes the steps: before a run, and
/// wherever the host has the elements, it has them as `own_events`; in steps there are queues for
/// each element in the memory of the device. A queue has the room that its element once needed
/// twice over; where that does not do in some steps, they are made once more with more room.
template <class Space, class Real>
class device_events : public engine::own_events<Real> {
  using base = engine::own_events<Real>;

 public:
  using base::base;

  /// That of some elements; null where they send no events.
  static device_events* of(engine::element_group<Real> const& elements) {
    return static_cast<device_events*>(elements.events());
  }

  /// Enters what is pending, and what kernels of events find.
  void load(memory<Space>& to) {
    fill_queues();
    auto const* const owner = static_cast<engine::element_group<Real> const*>(&of_);
    auto const enter = [&](auto const& values, bool changes) {
      to.add(values.data(), values.size(), owner, changes);
    };
    enter(queue_, true);
    enter(begin_, false);
    enter(first_, true);
    enter(count_, true);
    to.add(most_.data(), most_.size(), &most_);
    enter(turns_, true);
    enter(fired_, true);
    for (auto const& c : incoming_) {
      enter(c.place, false);
      enter(c.target, false);
      enter(c.first, false);
      enter(c.all, false);
    }
    is_seen_ = false;
  }
  /// Takes back what the host's copy of that memory has.
  void take_back() {
    std::vector<engine::own_event> pending;
    for (auto& p : shelves_) p = {};
    event_queues const queues = queues_of_host();
    for (std::uint32_t element = 0; element < of_.size(); ++element) {
      for (std::uint32_t k = 0; k < count_[element]; ++k) {
        pending.push_back(queues.at(element, k));
        pending.back().element = this->number_at(element);
      }
      if (fired_[element] != 0)
        this->of_partition(of_.owner(element)).fired.push_back(this->number_at(element));
    }
    this->distribute(pending);
  }
  /// Whether the queues have had room for all events since `load`; remembers how much they need.
  bool had_room(memory<Space> const& in) {
    in.fetch(&most_);
    bool had = true;
    for (std::size_t e = 0; e < most_.size(); ++e) {
      had = had && most_[e] <= begin_[e + 1] - begin_[e];
      needed_[e] = std::max(needed_[e], most_[e]);
    }
    return had;
  }

  /// Adds the kernel for events that are due: see `due_events`.
  virtual void add_due(sequence_of<Space>& to, task_kernels<Space, Real>& kernels, bool late) = 0;
  /// Adds that for the spikes that arrive by the connections of a projection.
  virtual void add_delivery(sequence_of<Space>& to, task_kernels<Space, Real>& kernels,
                            projection_base<Real> const& by, arrival const& a) = 0;
  /// Adds that which finds who has fired.
  void add_firing(sequence_of<Space>& to, memory<Space> const& in, std::uint8_t* fires) const {
    to.add("nernst::events::fire", of_.size(), firing_by_events{there(in, fired_), fires});
  }
  std::size_t memory_bytes() const override {
    return base::memory_bytes() + queue_.size() * sizeof(engine::own_event) +
           begin_.size() * sizeof(std::uint64_t) + fired_.size() +
           4 * count_.size() * sizeof(std::uint32_t);
  }

 protected:
  using base::incoming_;
  using base::of_;
  using base::turns_;

  template <class T>
  static T* there(memory<Space> const& in, std::vector<T> const& of) {
    return of.empty() ? nullptr : in.there(const_cast<T*>(of.data()));
  }
  /// What kernels of events find that are not of the model.
  event_tools<Real> tools_in(memory<Space> const& in) {
    if (!is_seen_) see(in);
    return {.outbox = outbox_there_,
            .pending = {.events = there(in, queue_),
                        .begin = there(in, begin_),
                        .first = there(in, first_),
                        .count = there(in, count_),
                        .most = there(in, most_)},
            .turns = there(in, turns_),
            .fired = there(in, fired_)};
  }
  bool is_seen() const { return is_seen_; }

 private:
  using base::outbox_;
  using base::shelves_;

  event_queues queues_of_host() {
    return {.events = queue_.data(),
            .begin = begin_.data(),
            .first = first_.data(),
            .count = count_.data(),
            .most = most_.data()};
  }
  void fill_queues() {
    constexpr std::uint32_t least = 4;
    std::size_t const size = of_.size();
    std::vector<engine::own_event> const pending = this->collect();
    first_.assign(size, 0);
    count_.assign(size, 0);
    most_.assign(size, 0);
    needed_.resize(size);
    auto const place = [this](std::uint32_t number) { return this->place_[number]; };
    for (engine::own_event const& e : pending) ++most_[place(e.element)];
    begin_.assign(1, 0);
    for (std::size_t e = 0; e < size; ++e) {
      needed_[e] = std::max({needed_[e], most_[e], least / 2});
      begin_.push_back(begin_.back() + std::bit_ceil(2 * needed_[e]));
    }
    queue_.resize(begin_.back());
    for (engine::own_event const& e : pending) queues_of_host().put(place(e.element), e);
    fired_.assign(size, 0);
    for (auto& p : shelves_) {
      for (std::uint32_t const number : p.fired) fired_[place(number)] = 1;
      p.fired.clear();
    }
  }
  /// Finds what kernels see of the outbox.
  void see(memory<Space> const& in) {
    outbox_there_ = outbox_;
    std::vector<Real*> all;
    auto const enter = [&](Real* const* of, int count) {
      for (int k = 0; k < count; ++k) all.push_back(in.there(of[k]));
    };
    enter(outbox_.delay, outbox_.sends);
    enter(outbox_.delay_flag, outbox_.sends);
    enter(outbox_.watch, outbox_.watches);
    enter(outbox_.set_watch, outbox_.watches);
    enter(outbox_.watch_flag, outbox_.watches);
    arrays_ = array<Space, Real*>(all);
    Real** next = arrays_.data();
    auto const take = [&next](int count) { return std::exchange(next, next + count); };
    outbox_there_.delay = take(outbox_.sends);
    outbox_there_.delay_flag = take(outbox_.sends);
    outbox_there_.watch = take(outbox_.watches);
    outbox_there_.set_watch = take(outbox_.watches);
    outbox_there_.watch_flag = take(outbox_.watches);
    outbox_there_.flag = in.there(outbox_.flag);
    outbox_there_.move = in.there(outbox_.move);
    outbox_there_.fire = in.there(outbox_.fire);
    is_seen_ = true;
  }

  std::vector<engine::own_event> queue_;
  std::vector<std::uint64_t> begin_;
  std::vector<std::uint32_t> first_, count_, most_;
  std::vector<std::uint32_t> needed_;  ///< by element: the most that ever were pending
  std::vector<std::uint8_t> fired_;
  bool is_seen_ = false;  ///< whether this is up to date:
  engine::event_outbox<Real> outbox_there_;
  array<Space, Real*> arrays_;
};

/// Those of a model.
template <class Space, class Model, class Real>
class compiled_events final : public device_events<Space, Real> {
  using base = device_events<Space, Real>;
  using kernels = task_kernels<Space, Real>;
  using action = event_action<Model, Real>;
  using connections = incoming_connections<Model, Real>;

 public:
  using base::base;

  void add_due(sequence_of<Space>& to, kernels& all, bool late) override {
    to.add("nernst::events::act", of_.size(), due_events<Model, Real>{action_in(all), late});
  }
  void add_delivery(sequence_of<Space>& to, kernels& all, projection_base<Real> const& by,
                    arrival const& a) override {
    if constexpr (has_connections<Model>) {
      using delivery = event_delivery<Space, Model, Real>;
      delivery const work{action_in(all), this->number_of(by),
                          all.memory().there(mirror::numbers(by)), a};
      to.add("nernst::events::deliver", typename delivery::policy(static_cast<int>(a.parts), 1),
             work);
    }
  }

 private:
  using base::incoming_;
  using base::of_;

  action action_in(kernels& all) {
    bool const is_known = this->is_seen();
    event_tools<Real> const with = this->tools_in(all.memory());
    if constexpr (has_connections<Model>)
      if (!is_known) find_incoming(all);
    return {.elements = model_memory<Model, Real>(all.arguments(of_)),
            .incoming = connections_.data(),
            .projections = static_cast<std::uint32_t>(incoming_.size()),
            .with = with,
            .when = all.count_of(of_)};
  }
  void find_incoming(kernels& all) {
    auto const& in = all.memory();
    std::vector<connections> found;
    for (auto const& c : incoming_)
      found.push_back({.memory = model_memory<connections_to<Model>, Real>(all.arguments(*c.of)),
                       .when = all.count_of(*c.of),
                       .place = this->there(in, c.place),
                       .target = this->there(in, c.target),
                       .first = this->there(in, c.first),
                       .listed = this->there(in, c.all)});
    connections_ = array<Space, connections>(found);
  }

  array<Space, connections> connections_;
};

}  // namespace nernst::device
