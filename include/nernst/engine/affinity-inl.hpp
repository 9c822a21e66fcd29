// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/affinity.hpp>
#include <nernst/refuse.hpp>

#include <Kokkos_Core.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#if defined(KOKKOS_ENABLE_OPENMP)
#include <omp.h>
#endif
#if defined(__linux__)
#include <sched.h>
#endif

namespace nernst::detail {

NERNST_INLINE std::vector<int> placement(std::vector<processor> const& available, int threads,
                                         int first) {
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
    bool const comes_later = start.cpu >= 0 && before(p, start);
    rank.push_back(sibling << 40 | std::uint64_t{comes_later} << 39 |
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

NERNST_INLINE bool binding_chosen() {
  for (char const* name : {"OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY", "KMP_AFFINITY"})
    if (std::getenv(name)) return true;
  return false;
}

NERNST_INLINE std::vector<int>& pinned_cpus() {
  static std::vector<int> cpus;
  return cpus;
}

#if defined(__linux__)
/// A number from the kernel's files about a CPU.
inline int topology(int cpu, char const* file, int otherwise) {
  std::string const path = message({"/sys/devices/system/cpu/cpu", cpu, "/topology/", file});
  int value = otherwise;
  if (std::FILE* in = std::fopen(path.c_str(), "r")) {
    if (std::fscanf(in, "%d", &value) != 1) value = otherwise;
    std::fclose(in);
  }
  return value;
}
/// These CPUs with their place; without the kernel's files each counts as a core of its own.
inline std::vector<processor> processors(std::vector<int> const& cpus) {
  std::vector<processor> found;
  for (int const cpu : cpus)
    found.push_back(
        {cpu, topology(cpu, "physical_package_id", 0), topology(cpu, "thread_siblings_list", cpu)});
  return found;
}
/// The CPUs that the process may use.
inline std::vector<int> allowed_cpus() {
  std::vector<int> cpus;
  cpu_set_t mask;
  if (sched_getaffinity(0, sizeof mask, &mask) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &mask)) cpus.push_back(cpu);
  return cpus;
}
inline void bind_to(int const* cpus, std::size_t count) noexcept {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  for (std::size_t k = 0; k < count; ++k) CPU_SET(static_cast<std::size_t>(cpus[k]), &mask);
  sched_setaffinity(0, sizeof mask, &mask);
}
#endif

NERNST_INLINE void pin_new_thread(int rank) noexcept {
#if defined(__linux__)
  thread_local bool seen = false;
  if (seen) return;
  seen = true;
  auto const& cpus = pinned_cpus();
  if (static_cast<std::size_t>(rank) < cpus.size())
    bind_to(&cpus[static_cast<std::size_t>(rank)], 1);
#else
  static_cast<void>(rank);
#endif
}

#if defined(__linux__) && defined(KOKKOS_ENABLE_OPENMP)
NERNST_INLINE pinned_threads::pinned_threads() : before_(allowed_cpus()) {
  if (before_.empty()) return;
  auto& cpus = pinned_cpus();
  cpus = placement(processors(before_), Kokkos::OpenMP().concurrency(), sched_getcpu());
  threads_ = static_cast<int>(cpus.size());
  if (threads_ == 0) return;
#pragma omp parallel num_threads(threads_)
  bind_to(&cpus[static_cast<std::size_t>(omp_get_thread_num())], 1);
}
NERNST_INLINE pinned_threads::~pinned_threads() {
  pinned_cpus().clear();
  if (threads_ == 0) return;
#pragma omp parallel num_threads(threads_)
  bind_to(before_.data(), before_.size());
}
#else
NERNST_INLINE pinned_threads::pinned_threads() = default;
NERNST_INLINE pinned_threads::~pinned_threads() = default;
#endif

}  // namespace nernst::detail
