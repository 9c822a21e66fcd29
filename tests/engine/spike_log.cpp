// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/spike_log.hpp>

#include "catch.hpp"
#include <thread>

namespace {

using spikes = std::vector<std::uint32_t>;

void step(nernst::spike_log& log, spikes const& fired) {
  std::copy(fired.begin(), fired.end(), log.next());
  log.commit(fired.size());
}
spikes at(nernst::spike_log const& log, std::int64_t s) {
  auto const found = log.spikes(s);
  return {found.begin(), found.end()};
}

}  // namespace

TEST_CASE("a log returns the spikes of each step") {
  nernst::spike_log log;
  log.start(0, 1, 3, 4);
  CHECK(log.first_step() == -1);
  CHECK(log.end_step() == 0);
  step(log, {0, 2});
  step(log, {});
  step(log, {3});
  CHECK(at(log, 0) == spikes{0, 2});
  CHECK(at(log, 1).empty());
  CHECK(at(log, 2) == spikes{3});
  CHECK(log.end_step() == 3);
  CHECK(at(log, -1).empty());
  CHECK(at(log, -2).empty());
  CHECK(at(log, 3).empty());
}

TEST_CASE("entries follow one another, silent steps included") {
  nernst::spike_log log;
  log.start(7, 2, 2, 3);
  step(log, {1});
  step(log, {0, 1, 2});
  std::uint32_t const* entry = log.entry(5);
  for (spikes const& expected : {spikes{}, spikes{}, spikes{1}, spikes{0, 1, 2}}) {
    CHECK(spikes(entry + 1, entry + 1 + *entry) == expected);
    entry += 1 + *entry;
  }
  CHECK(entry == log.entry(9));
}

TEST_CASE("a new start keeps the latest steps and forgets the others") {
  nernst::spike_log log;
  log.start(0, 2, 4, 8);
  for (std::uint32_t s = 0; s < 4; ++s) step(log, {s, s + 4});
  log.start(4, 2, 4, 8);
  CHECK(log.first_step() == 2);
  CHECK(at(log, 1).empty());
  CHECK(at(log, 2) == spikes{2, 6});
  CHECK(at(log, 3) == spikes{3, 7});
  step(log, {5});
  CHECK(at(log, 4) == spikes{5});

  log.start(5, 4, 1, 8);  // a longer history than before: what there is, and silence before it
  CHECK(log.first_step() == 1);
  CHECK(at(log, 2) == spikes{2, 6});
  CHECK(at(log, 4) == spikes{5});

  log.start(5, 0, 1, 8);
  CHECK(log.first_step() == 5);
  CHECK(at(log, 4).empty());
}

TEST_CASE("there is room for the steps asked for, unless too many neurons fire") {
  nernst::spike_log log;
  log.start(0, 1, 6, 10);
  CHECK(log.has_room(10));
  for (int s = 0; s < 5; ++s) {
    step(log, {1});
    CHECK(log.has_room(10));
  }
  step(log, {1});
  CHECK_FALSE(log.has_room(10));  // all steps are made

  log.start(6, 1, 1000, 10);
  spikes const all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  int made = 0;
  for (; log.has_room(10); ++made) step(log, all);
  CHECK(made >= 4);
  CHECK(made < 1000);
  CHECK(at(log, 6 + made - 1) == all);
}

TEST_CASE("others read entries while the owner makes the next ones") {
  constexpr std::uint32_t steps = 20000, neurons = 40;
  auto const fired = [](std::uint32_t step) {
    spikes all;
    for (std::uint32_t n = step % 7; n < neurons; n += 1 + step * 13 % 29) all.push_back(n + step);
    return step % 3 == 0 ? spikes{} : all;
  };
  nernst::spike_log log;
  log.start(0, 2, steps, neurons, steps);
  std::uint32_t const* entry = log.entry(0);
  std::uint32_t wrong = 0;
  std::thread reader([&] {
    for (std::uint32_t s = 0; s < steps; ++s) {
      nernst::spike_log::wait_for(entry);
      wrong += spikes(entry + 1, entry + 1 + *entry) != fired(s);
      entry += 1 + *entry;
    }
  });
  for (std::uint32_t s = 0; s < steps; ++s) step(log, fired(s));
  reader.join();
  CHECK(wrong == 0);
  log.keep_latest(3);
  CHECK(at(log, 2) == fired(steps - 1));
}

TEST_CASE("a log of no neurons counts steps") {
  nernst::spike_log log;
  log.start(0, 1, 3, 0);
  for (int s = 0; s < 3; ++s) {
    REQUIRE(log.has_room(0));
    step(log, {});
  }
  CHECK(log.end_step() == 3);
  CHECK(log.memory_bytes() > 0);
}
