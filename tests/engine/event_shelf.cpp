// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/event_shelf.hpp>

#include "catch.hpp"

using namespace nernst::engine;

namespace {

/// The elements whose events come out until a time.
std::vector<std::uint32_t> taken(event_shelf<>& from, double until) {
  std::vector<std::uint32_t> all;
  own_event e;
  std::uint32_t slot = 0;
  while (from.take(until, e, slot)) all.push_back(e.element);
  return all;
}

}  // namespace

TEST_CASE("events come out by time and in the order of sending", "[engine]") {
  event_shelf some;
  std::uint32_t const first = some.put({.time = 3, .element = 0});
  some.put({.time = 1, .element = 1});
  some.put({.time = 2, .element = 2});
  some.put({.time = 1, .element = 3});
  CHECK(taken(some, 0.5).empty());
  CHECK(taken(some, 1) == std::vector<std::uint32_t>{1, 3});
  some.move(first, 2);
  CHECK(taken(some, 5) == std::vector<std::uint32_t>{2, 0});
  CHECK(taken(some, 5).empty());
}

TEST_CASE("events that are moved often take no more room", "[engine]") {
  event_shelf some;
  std::uint32_t const one = some.put({.time = 1, .element = 7});
  some.move(one, 2);
  std::size_t const bytes = 100 * some.memory_bytes();
  for (int k = 0; k < 100000; ++k) some.move(one, 1e6 - k);
  CHECK(some.memory_bytes() < bytes);
  CHECK(taken(some, 1e6) == std::vector<std::uint32_t>{7});
}
