// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#if defined(KOKKOS_ENABLE_OPENMP)
#include <omp.h>
#endif
#if defined(__linux__)
#include <sched.h>
#endif

namespace nernst::detail {

/// A logical CPU and where it sits.
struct processor {
  int cpu, package, core;
};

/// One CPU per thread: every physical core once before its second hardware thread, cores of a
/// package side by side, beginning at the core that has CPU `first`, so that programs started next
/// to each other do not all take the lowest cores. Empty, which means no pinning, for a single
/// thread and for more threads than CPUs.
inline std::vector<int> placement(std::vector<processor> const& available, int threads, int first) {
  auto const wanted = static_cast<std::size_t>(threads > 0 ? threads : 0);
  if (wanted < 2 || wanted > available.size()) return {};
  processor start{-1, 0, 0};
  for (auto const& p : available)
    if (p.cpu == first) start = p;
  auto const before = [](processor const& a, processor const& b) {
    return a.package != b.package ? a.package < b.package : a.core < b.core;
  };
  // In order of: which hardware thread of its core, whether it comes behind the start, package,
  // core.
  std::vector<std::uint64_t> rank;
  for (auto const& p : available) {
    std::uint64_t sibling = 0;
    for (auto const& q : available)
      sibling += q.package == p.package && q.core == p.core && q.cpu < p.cpu;
    rank.push_back(sibling << 40 | std::uint64_t{start.cpu >= 0 && before(p, start)} << 39 |
                   static_cast<std::uint64_t>(p.package) << 20 |
                   static_cast<std::uint64_t>(p.core));
  }
  std::vector<int> cpus;
  while (cpus.size() < wanted) {
    std::size_t next = 0;
    for (std::size_t k = 1; k < rank.size(); ++k)
      if (rank[k] < rank[next]) next = k;
    cpus.push_back(available[next].cpu);
    rank[next] = ~std::uint64_t{0};
  }
  return cpus;
}

/// Whether the user has told OpenMP where threads belong.
inline bool binding_chosen() {
  for (char const* name : {"OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"})
    if (std::getenv(name)) return true;
  return false;
}

#if defined(__linux__)
/// The CPUs in `mask`, with their place from the kernel's topology files; without those each CPU
/// counts as a core of its own.
inline std::vector<processor> processors(cpu_set_t const& mask) {
  auto const topology = [](int cpu, char const* file, int otherwise) {
    std::string const path =
        "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/" + file;
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
      found.push_back({cpu, topology(cpu, "physical_package_id", 0),
                       topology(cpu, "thread_siblings_list", cpu)});
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

/// Pins the calling thread, the `rank`-th of its team, unless it is pinned already. OpenMP may end
/// a thread and start another in its place; the new one would inherit the one core of the thread
/// that started it.
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

/// Pins Kokkos' OpenMP threads within the affinity mask of the process, as long as it lives. Does
/// nothing without OpenMP or outside Linux.
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

}  // namespace nernst::detail
