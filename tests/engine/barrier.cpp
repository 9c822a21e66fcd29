// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/barrier.hpp>
#include <nernst/engine/executor.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

namespace {
template <class Body>
void on_threads(int count, Body const& body) {
  std::vector<std::thread> threads;
  for (int rank = 0; rank < count; ++rank) threads.emplace_back([&body, rank] { body(rank); });
  for (auto& thread : threads) thread.join();
}
}  // namespace

TEST_CASE("nobody passes a barrier before all have come", "[barrier]") {
  for (int members : {1, 2, 3, 5, 8}) {
    int const crossings = 500;
    nernst::barrier barrier(members);
    std::vector<int> written(static_cast<std::size_t>(members),
                             0);  // plain ints: the barrier must order them
    std::atomic<int> wrong{0};
    on_threads(members, [&](int rank) {
      for (int i = 1; i <= crossings; ++i) {
        written[static_cast<std::size_t>(rank)] = i;
        barrier.arrive_and_wait(rank);
        for (int other : written) wrong += other != i;
        barrier.arrive_and_wait(rank);
      }
    });
    INFO(members << " members");
    CHECK(wrong == 0);
  }
}

TEST_CASE("more members than cores still move", "[barrier]") {
  nernst::barrier barrier(8);
  auto const start = std::chrono::steady_clock::now();
  on_threads(8, [&](int rank) {
    for (int i = 0; i < 10000; ++i) barrier.arrive_and_wait(rank);
  });
  std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
  CHECK(seconds.count() < 10);
}

TEST_CASE("a barrier needs a member", "[barrier]") {
  CHECK_THROWS_WITH(nernst::barrier(0), "barrier: expected at least 1 member, found 0");
  CHECK(nernst::barrier(3).size() == 3);
}

TEMPLATE_TEST_CASE("a team runs all its ranks at once", "[team]", Kokkos::DefaultHostExecutionSpace,
                   Kokkos::DefaultExecutionSpace) {
  for (int threads = 1; threads <= nernst::executor::of<TestType>().threads(); ++threads) {
    nernst::barrier barrier(threads);
    std::vector<int> seen(static_cast<std::size_t>(threads), 0);
    std::vector<std::thread::id> first(static_cast<std::size_t>(threads)), second = first;
    nernst::executor::of<TestType>().run_team(threads, [&](int rank) {
      for (int i = 0; i < 100; ++i) barrier.arrive_and_wait(rank);
      ++seen[static_cast<std::size_t>(rank)];
      first[static_cast<std::size_t>(rank)] = std::this_thread::get_id();
    });
    nernst::executor::of<TestType>().run_team(threads, [&](int rank) {
      second[static_cast<std::size_t>(rank)] = std::this_thread::get_id();
    });
    INFO(threads << " threads");
    CHECK(seen == std::vector<int>(static_cast<std::size_t>(threads), 1));
    CHECK(std::set<std::thread::id>(first.begin(), first.end()).size() ==
          static_cast<std::size_t>(threads));
    CHECK(first == second);
  }
}

TEST_CASE("a team is no larger than its execution space", "[team]") {
  int const most = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>().threads();
  auto const nothing = [](int) {};
  CHECK_THROWS_AS(
      nernst::executor::of<Kokkos::DefaultHostExecutionSpace>().run_team(most + 1, nothing),
      std::invalid_argument);
  CHECK_THROWS_AS(nernst::executor::of<Kokkos::DefaultHostExecutionSpace>().run_team(0, nothing),
                  std::invalid_argument);
}
