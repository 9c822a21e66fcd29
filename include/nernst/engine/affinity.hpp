// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <vector>

namespace nernst::detail {

/// A logical CPU and where it sits.
struct processor {
  int cpu, package, core;
};

/// One CPU per thread: every physical core once before its second hardware thread, cores of a
/// package side by side, beginning at the core that has CPU `first`, so that programs started next
/// to each other do not all take the lowest cores. Empty, which means no pinning, for a single
/// thread and for more threads than CPUs.
std::vector<int> placement(std::vector<processor> const& available, int threads, int first);

/// Whether the user has told OpenMP where threads belong.
bool binding_chosen();

/// CPU of each thread while threads are pinned, otherwise empty.
std::vector<int>& pinned_cpus();

/// Pins the calling thread, the `rank`-th of its team, unless it is pinned already. OpenMP may end
/// a thread and start another in its place; the new one would inherit the one core of the thread
/// that started it.
void pin_new_thread(int rank) noexcept;

/// Pins Kokkos' OpenMP threads within the affinity mask of the process, as long as it lives. Does
/// nothing without OpenMP or outside Linux.
class pinned_threads {
 public:
  pinned_threads();
  ~pinned_threads();
  pinned_threads(pinned_threads const&) = delete;
  pinned_threads& operator=(pinned_threads const&) = delete;

 private:
  std::vector<int> before_;  ///< the CPUs of the mask
  int threads_ = 0;
};

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/engine/affinity-inl.hpp>
#endif
