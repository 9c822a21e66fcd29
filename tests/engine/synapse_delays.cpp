// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/synapse_delays.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <stdexcept>
#include <utility>

using nernst::engine::delay_collector, nernst::engine::synapse_delays;
using numbers = std::vector<double>;

namespace {
constexpr double dt = 1e-3;
auto const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();

synapse_delays collected(numbers const& seconds, bool as_steps) {
  delay_collector all(host, seconds.size(), dt, as_steps);
  all.put(seconds);
  return std::move(all).result();
}
}  // namespace

TEST_CASE("delays of equally many steps are one, and they fall") {
  auto const d = collected({1.1e-3, 5e-3, 0.9e-3, 2.4e-3}, true);
  CHECK(d.seconds == numbers{5 * dt, 2 * dt, 1 * dt});
  CHECK(d.each() == numbers{1 * dt, 5 * dt, 1 * dt, 2 * dt});
  CHECK(d.number.memory_bytes() == 4);
  CHECK(collected({1.1e-3, 5e-3, 0.9e-3}, false).seconds == numbers{5e-3, 0.9e-3});
}

TEST_CASE("one delay takes no numbers") {
  auto const d = collected({1.1e-3, 0.9e-3}, false);
  CHECK(d.number.empty());
  CHECK(d.each() == numbers{1.1e-3});
  CHECK(collected({}, true).seconds == numbers{0});
}

TEST_CASE("many delays take more bytes") {
  numbers seconds;
  for (int k = 0; k < 1000; ++k) seconds.push_back((k * 11 % 700) * dt);
  auto const d = collected(seconds, true);
  CHECK(d.seconds.size() == 700);
  CHECK(d.number.memory_bytes() == 2000);
  CHECK(d.each() == seconds);
}

TEST_CASE("what is no delay is refused") {
  CHECK_THROWS_AS(collected({-1e-3}, true), std::invalid_argument);
  CHECK_THROWS_AS(collected({1e300}, true), std::length_error);
}

TEST_CASE("delays are taken in any order, from several threads") {
  // Numbers of many bytes, and more steps than a table of them has.
  numbers seconds;
  for (std::size_t k = 0; k < 100000; ++k)
    seconds.push_back(static_cast<double>(k * 7919 % 80000) * dt);
  delay_collector all(host, seconds.size(), dt, true);
  host.for_each("put", 100, [&](std::int64_t share) {
    std::vector<std::size_t> synapses;
    numbers few;
    for (std::uint32_t k = 0; k < 1000; ++k) {
      synapses.push_back(static_cast<std::size_t>(99 - share) + 100 * k);
      few.push_back(seconds[synapses.back()]);
    }
    all.put(synapses.data(), few.data(), few.size());
  });
  auto const d = std::move(all).result();
  CHECK(d.seconds.size() == 80000);
  CHECK(d.seconds.front() == 79999 * dt);
  CHECK(d.number.memory_bytes() == 300000);
  CHECK(d.each() == seconds);
}
