// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nernst::engine {

/// An event that an element has sent to itself, by number: of the element, of the projection and
/// the connection through which came what let it be sent (`none` where that was none).
struct own_event {
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  double time = 0, flag = 0;
  std::uint32_t element = none, projection = none, connection = none;
  bool is_movable = false;  ///< by net_move
};

/// The pending events of a partition. They come out by rising time, those of one time in the order
/// in which they were sent. (A template, so that the compiler makes it where models need it.)
template <class Event = own_event>
class event_shelf {
 public:
  std::uint32_t put(Event const& e) {
    std::uint32_t slot = static_cast<std::uint32_t>(all_.size());
    if (free_.empty()) {
      all_.push_back({});
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    all_[slot].event = e;
    enter(slot);
    ++count_;
    return slot;
  }
  /// Gives an event another time; it is the last of those that have it.
  void move(std::uint32_t slot, double time) {
    all_[slot].event.time = time;
    enter(slot);
    bool const are_many = waiting_.size() > 2 * count_ + 64;
    if (are_many) forget_moved();
  }

  /// Takes the next event out if it is due. `slot` becomes the place that it had.
  bool take(double until, Event& to, std::uint32_t& slot) {
    while (!waiting_.empty() && waiting_.front().time <= until) {
      turn const next = waiting_.front();
      std::pop_heap(waiting_.begin(), waiting_.end(), comes_later);
      waiting_.pop_back();
      if (all_[next.slot].order != next.order) continue;
      slot = next.slot;
      to = all_[slot].event;
      all_[slot].order = 0;
      free_.push_back(slot);
      --count_;
      return true;
    }
    return false;
  }
  std::size_t memory_bytes() const {
    return all_.size() * sizeof(place) + waiting_.size() * sizeof(turn);
  }

 private:
  struct place {
    Event event;
    std::uint64_t order = 0;  ///< 0 where nothing is
  };
  struct turn {
    double time;
    std::uint64_t order;
    std::uint32_t slot;
  };
  static bool comes_later(turn const& x, turn const& y) {
    return x.time != y.time ? x.time > y.time : x.order > y.order;
  }

  void enter(std::uint32_t slot) {
    all_[slot].order = ++orders_;
    waiting_.push_back({all_[slot].event.time, orders_, slot});
    std::push_heap(waiting_.begin(), waiting_.end(), comes_later);
  }
  void forget_moved() {
    std::erase_if(waiting_, [this](turn const& t) { return all_[t.slot].order != t.order; });
    std::make_heap(waiting_.begin(), waiting_.end(), comes_later);
  }

  std::vector<place> all_;
  std::vector<std::uint32_t> free_;
  std::vector<turn> waiting_;  ///< a heap; those of moved events remain for a while
  std::uint64_t orders_ = 0;
  std::size_t count_ = 0;
};

}  // namespace nernst::engine
