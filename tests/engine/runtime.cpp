// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/executor.hpp>
#include <nernst/engine/kokkos_arguments.hpp>
#include <nernst/engine/runtime.hpp>

#include "catch.hpp"
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace detail = nernst::detail;

static_assert(!std::is_copy_constructible_v<nernst::runtime> &&
              !std::is_copy_assignable_v<nernst::runtime>);

TEST_CASE("Kokkos gets the arguments by the names it knows, and no warnings", "[runtime]") {
  std::string words[] = {"program", "--kokkos-num-threads=3", "--mine", "--kokkos-threads=2"};
  char* argv[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  detail::kokkos_arguments arguments(4, argv);
  std::vector<std::string> const given(arguments.values(), arguments.values() + arguments.count());
  std::string const known = KOKKOS_VERSION >= 30700 ? "--kokkos-num-threads=" : "--kokkos-threads=";
  std::vector<std::string> expected{"program", "--kokkos-disable-warnings", known + "3", "--mine",
                                    known + "2"};
  if (std::getenv("KOKKOS_DISABLE_WARNINGS")) expected.erase(expected.begin() + 1);
  CHECK(given == expected);
  CHECK(arguments.values()[arguments.count()] == nullptr);
}

TEST_CASE("a runtime leaves an initialised Kokkos alone", "[runtime]") {
  std::string words[] = {"program", "--kokkos-threads=2"};
  char* argv[] = {words[0].data(), words[1].data(), nullptr};
  int argc = 2;
  {
    nernst::runtime const runtime(argc, argv);
  }
  CHECK(argc == 2);
  CHECK(Kokkos::is_initialized());
  CHECK_NOTHROW(detail::require_runtime("test"));
}

#if defined(__linux__) && defined(KOKKOS_ENABLE_OPENMP)
namespace {
cpu_set_t mask_of_this_thread() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  sched_getaffinity(0, sizeof mask, &mask);
  return mask;
}
std::vector<cpu_set_t> masks_of_team(int threads) {
  std::vector<cpu_set_t> masks(static_cast<std::size_t>(threads));
  nernst::executor::of<Kokkos::OpenMP>().run_team(
      threads, [&](int rank) { masks[static_cast<std::size_t>(rank)] = mask_of_this_thread(); });
  return masks;
}
}  // namespace

TEST_CASE("OpenMP threads are pinned one per CPU, and freed again", "[runtime]") {
  int const threads = nernst::executor::of<Kokkos::OpenMP>().threads();
  cpu_set_t const before = mask_of_this_thread();
  if (detail::binding_chosen() || !detail::pinned_cpus().empty() || threads > CPU_COUNT(&before))
    return;
  {
    detail::pinned_threads const pinned;
    std::set<int> cpus;
    for (cpu_set_t const& mask : masks_of_team(threads)) {
      CHECK(CPU_COUNT(&mask) == (threads == 1 ? CPU_COUNT(&before) : 1));
      for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
        if (CPU_ISSET(static_cast<std::size_t>(cpu), &mask)) cpus.insert(cpu);
    }
    CHECK(cpus.size() >= static_cast<std::size_t>(threads));
  }
  cpu_set_t const after = mask_of_this_thread();
  CHECK(CPU_EQUAL(&before, &after));
  for (cpu_set_t const& mask : masks_of_team(threads)) CHECK(CPU_EQUAL(&before, &mask));
}

TEST_CASE("a thread that joins the team later is pinned once", "[runtime]") {
  cpu_set_t const all = mask_of_this_thread();
  if (!detail::pinned_cpus().empty() || CPU_COUNT(&all) < 2) return;
  int last = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &all)) last = cpu;
  detail::pinned_cpus() = {last};
  cpu_set_t pinned, moved, surplus;
  std::thread([&] {
    detail::pin_new_thread(0);
    pinned = mask_of_this_thread();
    sched_setaffinity(0, sizeof all, &all);
    detail::pin_new_thread(0);
    moved = mask_of_this_thread();
  }).join();
  std::thread([&] {
    detail::pin_new_thread(1);
    surplus = mask_of_this_thread();
  }).join();
  detail::pinned_cpus().clear();
  CHECK(CPU_COUNT(&pinned) == 1);
  CHECK(CPU_ISSET(static_cast<std::size_t>(last), &pinned));
  CHECK(CPU_EQUAL(&moved, &all));
  CHECK(CPU_EQUAL(&surplus, &all));
}
#endif

TEST_CASE("an exception in a parallel loop leaves it when all is done") {
  std::vector<int> done(1000);
  auto const loop = [&](auto const& fails) {
    nernst::executor::of<Kokkos::DefaultHostExecutionSpace>().for_each(
        "loop", 1000, [&](std::int64_t k) {
          if (fails(k)) throw std::domain_error(std::to_string(k));
          ++done[static_cast<std::size_t>(k)];
        });
  };
  CHECK_THROWS_AS(loop([](std::int64_t) { return true; }), std::domain_error);
  CHECK_THROWS_WITH(loop([](std::int64_t k) { return k >= 7 && k % 10 == 7; }), "7");
  CHECK(std::count(done.begin(), done.end(), 1) == 900);
  loop([](std::int64_t) { return false; });
}
