// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/event_shelf.hpp>
#include <nernst/ir/function_attribute.hpp>

#include <cstdint>

namespace nernst::device {

/// The pending events of each element, in room of its own: they come out by rising time, those of
/// one time in the order in which they were sent. `is_movable` has the one that net_move moves. An
/// element with too little room forgets events, and says that it needs more.
struct event_queues {
  engine::own_event* events = nullptr;
  std::uint64_t const* begin = nullptr;  ///< by element, and behind the last one: where room
                                         ///< begins; it is a power of two
  std::uint32_t* first = nullptr;        ///< by element: where the next event stands in its room
  std::uint32_t* count = nullptr;        ///< by element
  std::uint32_t* most = nullptr;  ///< by element: for how many room was asked, up to one too many

  NERNST_CALLABLE std::uint32_t room(std::uint32_t element) const {
    return static_cast<std::uint32_t>(begin[element + 1] - begin[element]);
  }
  /// The event of that number, counted from the next one on.
  NERNST_CALLABLE engine::own_event& at(std::uint32_t element, std::uint32_t number) const {
    return events[begin[element] + ((first[element] + number) & (room(element) - 1))];
  }

  NERNST_CALLABLE void put(std::uint32_t element, engine::own_event const& e) const {
    std::uint32_t k = count[element];
    if (most[element] <= k) most[element] = k + 1;
    if (k == room(element)) return;
    count[element] = k + 1;
    for (; k > 0 && at(element, k - 1).time > e.time; --k) at(element, k) = at(element, k - 1);
    at(element, k) = e;
  }
  /// Takes the next event out if it is due.
  NERNST_CALLABLE bool take(std::uint32_t element, double until, engine::own_event& to) const {
    if (count[element] == 0 || !(at(element, 0).time <= until)) return false;
    to = at(element, 0);
    first[element] = (first[element] + 1) & (room(element) - 1);
    --count[element];
    return true;
  }
  /// From now on no event is moved.
  NERNST_CALLABLE void let_stay(std::uint32_t element) const {
    for (std::uint32_t k = 0; k < count[element]; ++k) at(element, k).is_movable = false;
  }
  /// Gives the event that is moved another time; it is the last of those that have it.
  NERNST_CALLABLE void move(std::uint32_t element, double time) const {
    std::uint32_t k = 0;
    while (k < count[element] && !at(element, k).is_movable) ++k;
    if (k == count[element]) return;
    engine::own_event moved = at(element, k);
    moved.time = time;
    for (; k + 1 < count[element]; ++k) at(element, k) = at(element, k + 1);
    --count[element];
    put(element, moved);
  }
};

}  // namespace nernst::device
