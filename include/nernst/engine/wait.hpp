// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__unix__) || defined(__APPLE__)
#include <sched.h>
#else
#include <thread>
#endif

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace nernst::detail {

/// Lets another thread run. (<thread> takes a compiler a tenth of a second.)
inline void yield() noexcept {
#if defined(__unix__) || defined(__APPLE__)
  sched_yield();
#else
  std::this_thread::yield();
#endif
}

/// Tells the core that it is waiting, which leaves its resources to the other hardware thread.
inline void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// How often a thread asks before it gives its core away; the last are some milliseconds.
struct patience {
  static constexpr int shortest = 16, at_first = 4096, longest = 65536;
  static inline thread_local int polls = at_first;
};

/// Returns when another thread has made `is_ready()` true.
///
/// It spins for up to some milliseconds, which is about how long another program may hold the core
/// of the thread waited for: giving up one's own core meanwhile would cost as much again, in every
/// step. A thread that had to yield spins half as long the next time, and one that had not a little
/// longer, so that on a busy machine nobody waits in vain.
template <class Ready>
void wait_until(Ready const& is_ready) noexcept {
  if (is_ready()) return;
  int const most = patience::polls;
  for (int n = 0; n < most; ++n) {
    pause();
    if (is_ready()) {
      constexpr int longest = patience::longest;
      patience::polls = most < longest - longest / 8 ? most + most / 8 : longest;
      return;
    }
  }
  patience::polls = most / 2 > patience::shortest ? most / 2 : patience::shortest;
  while (!is_ready()) yield();
}

}  // namespace nernst::detail
