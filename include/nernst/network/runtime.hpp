// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if defined(KOKKOS_ENABLE_OPENMP)
#include <omp.h>
#endif
#if defined(__linux__)
#include <sched.h>
#endif

namespace nernst {

namespace detail {

/// Throws std::logic_error when Kokkos is not initialised; every entry point `who` of the library that needs it calls this first.
inline void require_runtime(std::string const& who) {
  if (!Kokkos::is_initialized())
    throw std::logic_error(who + ": Kokkos is not initialised; begin main with `nernst::runtime runtime(argc, argv);`");
}

/// A logical CPU and where it sits.
struct processor {
  int cpu, package, core;
};

/// One CPU per thread: every physical core once before its second hardware thread, cores of a package side by side, beginning at the core
/// that has CPU `first`, so that programs started next to each other do not all take the lowest cores. Empty, which means no pinning, for a
/// single thread and for more threads than CPUs.
inline std::vector<int> placement(std::vector<processor> const& available, int threads, int first) {
  auto const wanted = static_cast<std::size_t>(std::max(threads, 0));
  if (wanted < 2 || wanted > available.size()) return {};
  std::map<std::pair<int, int>, std::vector<int>> by_place;
  for (auto const& p : available) by_place[{p.package, p.core}].push_back(p.cpu);
  std::vector<std::vector<int>> cores;
  for (auto& [place, cpus] : by_place) cores.push_back(std::move(cpus));
  auto const start =
      std::find_if(cores.begin(), cores.end(), [first](auto const& cpus) { return std::count(cpus.begin(), cpus.end(), first) > 0; });
  if (start != cores.end()) std::rotate(cores.begin(), start, cores.end());
  std::vector<int> cpus;
  for (std::size_t sibling = 0; cpus.size() < available.size(); ++sibling)
    for (auto const& core : cores)
      if (sibling < core.size()) cpus.push_back(core[sibling]);
  cpus.resize(wanted);
  return cpus;
}

/// Whether the user has told OpenMP where threads belong.
inline bool binding_chosen() {
  for (char const* name : {"OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"})
    if (std::getenv(name)) return true;
  return false;
}

#if defined(__linux__)
/// The CPUs in `mask`, with their place from the kernel's topology files; without those each CPU counts as a core of its own.
inline std::vector<processor> processors(cpu_set_t const& mask) {
  auto const topology = [](int cpu, char const* file, int otherwise) {
    std::string const path = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/" + file;
    int value = otherwise;
    if (std::FILE* in = std::fopen(path.c_str(), "r")) {
      if (std::fscanf(in, "%d", &value) != 1) value = otherwise;
      std::fclose(in);
    }
    return value;
  };
  std::vector<processor> found;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &mask))
      found.push_back({cpu, topology(cpu, "physical_package_id", 0), topology(cpu, "thread_siblings_list", cpu)});
  return found;
}

inline void bind_to(int cpu) noexcept {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(cpu), &one);
  sched_setaffinity(0, sizeof one, &one);
}
#endif

/// CPU of each thread while threads are pinned, otherwise empty.
inline std::vector<int>& pinned_cpus() {
  static std::vector<int> cpus;
  return cpus;
}

/// Pins the calling thread, the `rank`-th of its team, unless it is pinned already. OpenMP may end a thread and start another in its place;
/// the new one would inherit the one core of the thread that started it.
inline void pin_new_thread(int rank) noexcept {
#if defined(__linux__)
  thread_local bool seen = false;
  if (seen) return;
  seen = true;
  auto const& cpus = pinned_cpus();
  if (static_cast<std::size_t>(rank) < cpus.size()) bind_to(cpus[static_cast<std::size_t>(rank)]);
#else
  static_cast<void>(rank);
#endif
}

/// Pins Kokkos' OpenMP threads within the affinity mask of the process, as long as it lives. Does nothing without OpenMP or outside Linux.
class pinned_threads {
 public:
  pinned_threads(pinned_threads const&) = delete;
  pinned_threads& operator=(pinned_threads const&) = delete;
#if defined(__linux__) && defined(KOKKOS_ENABLE_OPENMP)
  pinned_threads() {
    if (sched_getaffinity(0, sizeof mask_, &mask_) != 0) return;
    auto& cpus = pinned_cpus();
    cpus = placement(processors(mask_), Kokkos::OpenMP().concurrency(), sched_getcpu());
    threads_ = static_cast<int>(cpus.size());
    if (threads_ == 0) return;
#pragma omp parallel num_threads(threads_)
    bind_to(cpus[static_cast<std::size_t>(omp_get_thread_num())]);
  }
  ~pinned_threads() {
    pinned_cpus().clear();
    if (threads_ == 0) return;
#pragma omp parallel num_threads(threads_)
    sched_setaffinity(0, sizeof mask_, &mask_);
  }

 private:
  cpu_set_t mask_;
  int threads_ = 0;
#else
  pinned_threads() {}
  ~pinned_threads() {}
#endif
};

/// What Kokkos is given for the program's arguments: its warnings are off unless the environment decides, and the number of threads goes by
/// the name that this version of Kokkos knows.
class kokkos_arguments {
 public:
  kokkos_arguments(int argc, char** argv) {
    if (argc > 0) pointers_.push_back(argv[0]);
    if (!std::getenv("KOKKOS_DISABLE_WARNINGS")) pointers_.push_back(quiet_.data());
    for (int i = 1; i < argc; ++i) {
      std::string_view const argument = argv[i];
      if (argument.starts_with(other_name)) {
        threads_ = std::string(name) + std::string(argument.substr(other_name.size()));
        pointers_.push_back(threads_.data());
      } else {
        pointers_.push_back(argv[i]);
      }
    }
    count_ = static_cast<int>(pointers_.size());
    pointers_.push_back(nullptr);
  }
  kokkos_arguments(kokkos_arguments const&) = delete;
  kokkos_arguments& operator=(kokkos_arguments const&) = delete;

  int& count() noexcept { return count_; }
  char** values() noexcept { return pointers_.data(); }

 private:
#if KOKKOS_VERSION >= 30700
  static constexpr std::string_view name = "--kokkos-num-threads=", other_name = "--kokkos-threads=";
#else
  static constexpr std::string_view name = "--kokkos-threads=", other_name = "--kokkos-num-threads=";
#endif
  std::string quiet_ = "--kokkos-disable-warnings", threads_;
  std::vector<char*> pointers_;
  int count_ = 0;
};

} // namespace detail

/// Owns Kokkos for the length of `main`: `nernst::runtime runtime(argc, argv);` is its first line.
///
/// Arguments beginning with `--kokkos-` are obeyed and removed from argv; the number of threads is Kokkos' own choice otherwise (for
/// OpenMP: OMP_NUM_THREADS). On Linux the OpenMP threads are pinned, one per core, unless one of OMP_PROC_BIND, OMP_PLACES,
/// GOMP_CPU_AFFINITY and KMP_AFFINITY is set or there are more threads than CPUs; OpenMP itself has read those variables before main.
/// Kokkos' warnings are not printed unless KOKKOS_DISABLE_WARNINGS is set to a false value. When Kokkos is initialised already, nothing is
/// done here, nor at the end.
class runtime {
 public:
  runtime(int& argc, char** argv) : owner_(!Kokkos::is_initialized()) {
    if (!owner_) return;
    detail::kokkos_arguments arguments(argc, argv);
    Kokkos::initialize(arguments.count(), arguments.values());
    if (arguments.count() < argc) argv[arguments.count()] = nullptr;
    argc = arguments.count();
    std::copy_n(arguments.values(), argc, argv);
    if (!detail::binding_chosen()) pinning_.emplace();
  }
  ~runtime() {
    if (owner_ && Kokkos::is_initialized()) Kokkos::finalize();
  }
  runtime(runtime const&) = delete;
  runtime& operator=(runtime const&) = delete;

 private:
  bool owner_;
  std::optional<detail::pinned_threads> pinning_;
};

} // namespace nernst
