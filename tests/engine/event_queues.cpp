// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/device/event_queues.hpp>

#include "catch.hpp"
#include <random>
#include <vector>

using nernst::device::event_queues;
using nernst::engine::event_shelf;
using nernst::engine::own_event;

namespace {

/// Queues with memory of their own.
struct queues {
  std::vector<own_event> events;
  std::vector<std::uint64_t> begin{0};
  std::vector<std::uint32_t> first, count, most;

  explicit queues(std::vector<std::uint32_t> const& room)
      : first(room.size()), count(room.size()), most(room.size()) {
    for (std::uint32_t const n : room) begin.push_back(begin.back() + n);
    events.resize(begin.back());
  }
  event_queues view() {
    return {events.data(), begin.data(), first.data(), count.data(), most.data()};
  }
  /// The flags of the events of an element until a time.
  std::vector<double> taken(std::uint32_t element, double until) {
    std::vector<double> all;
    for (own_event e; view().take(element, until, e);) all.push_back(e.flag);
    return all;
  }
};

}  // namespace

TEST_CASE("queues give events out as shelves do", "[engine]") {
  constexpr std::uint32_t elements = 3;
  queues here({8, 64, 32});
  event_shelf<> there[elements];
  std::vector<std::uint32_t> moving(elements, own_event::none);
  std::mt19937 draw(7);
  auto const whole = [&draw](unsigned below) { return static_cast<std::uint32_t>(draw() % below); };
  std::vector<double> found, expected;
  for (int k = 0; k < 20000; ++k) {
    std::uint32_t const e = whole(elements);
    double const time = k / 100 + whole(8);
    bool const is_moving = whole(4) == 0;
    if (whole(3) == 0 && moving[e] != own_event::none) {
      there[e].move(moving[e], time);
      here.view().move(e, time);
    } else if (here.count[e] < 8) {
      own_event const sent{.time = time, .flag = double(k), .is_movable = is_moving};
      std::uint32_t const slot = there[e].put(sent);
      if (is_moving) {
        moving[e] = slot;
        here.view().let_stay(e);
      }
      here.view().put(e, sent);
    }
    if (whole(5) != 0) continue;
    own_event next;
    for (std::uint32_t slot = 0; there[e].take(k / 100, next, slot);) {
      if (slot == moving[e]) moving[e] = own_event::none;
      expected.push_back(next.flag);
    }
    for (double const flag : here.taken(e, k / 100)) found.push_back(flag);
  }
  CHECK(found.size() > 1000);
  CHECK(found == expected);
}

TEST_CASE("a queue says that it needs more room", "[engine]") {
  queues some({4, 2, 4});
  for (int k = 0; k < 3; ++k) some.view().put(1, {.time = 5.0 - k, .flag = double(k)});
  CHECK(some.most == std::vector<std::uint32_t>{0, 3, 0});
  CHECK(some.taken(1, 10) == std::vector<double>{1, 0});
  CHECK(some.taken(0, 10).empty());
  CHECK(some.taken(2, 10).empty());
}
