// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/refuse.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#if defined(__unix__) || defined(__APPLE__)
#include <sched.h>
#else
#include <thread>
#endif

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace nernst {

namespace detail {
/// Two cache lines: the neighbour of a line is fetched with it.
inline constexpr std::size_t separation = 128;

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
}  // namespace detail

/// A barrier for the members of a persistent team (see `run_team`).
///
/// Dissemination barrier (Hensgen, Finkel & Manber 1988): in round k a member signals the one 2^k
/// ranks further and waits for the one 2^k ranks before it, so that ceil(log2(n)) rounds suffice,
/// no line is written by two members and none is ever reset: signals carry the number of the
/// crossing. What a member wrote before the barrier is visible to every member behind it. Waiting
/// spins for up to some milliseconds, which is about how long another program may hold the core of
/// the member waited for: giving up one's own core meanwhile would cost as much again, in every
/// step. A member that had to yield spins half as long the next time, and one that had not a little
/// longer, so that on a busy machine nobody waits in vain. A team of one pays nothing.
class barrier {
 public:
  /// `members` >= 1, or std::invalid_argument.
  explicit barrier(int members) : members_(members) {
    if (members < 1)
      detail::refuse<std::invalid_argument>(
          {"barrier: expected at least 1 member, found ", members});
    while ((std::int64_t{1} << rounds_) < members) ++rounds_;
    signals_ = std::make_unique<line[]>(static_cast<std::size_t>(members) *
                                        static_cast<std::size_t>(rounds_));
    own_ = std::make_unique<own[]>(static_cast<std::size_t>(members));
  }

  /// Number of members.
  int size() const noexcept { return members_; }

  /// Returns when all members have called it as often as this one. `rank`: 0 <= rank < size(), each
  /// member its own.
  void arrive_and_wait(int rank) noexcept {
    if (members_ == 1) return;
    own& mine = own_[static_cast<std::size_t>(rank)];
    std::int64_t const crossing = ++mine.crossing;
    for (int round = 0; round < rounds_; ++round) {
      int to = rank + (1 << round);
      if (to >= members_) to -= members_;
      at(to, round).store(crossing, std::memory_order_release);
      wait(at(rank, round), crossing, mine.patience);
    }
  }

 private:
  // Polls before yielding; the last are some milliseconds.
  static constexpr int shortest = 16, at_first = 4096, longest = 65536;

  struct alignas(detail::separation) line {
    std::atomic<std::int64_t> crossing{0};
  };
  struct alignas(detail::separation) own {
    std::int64_t crossing = 0;
    int patience = at_first;
  };

  std::atomic<std::int64_t>& at(int rank, int round) noexcept {
    return signals_[static_cast<std::size_t>(rank) * static_cast<std::size_t>(rounds_) +
                    static_cast<std::size_t>(round)]
        .crossing;
  }

  static void wait(std::atomic<std::int64_t> const& signal, std::int64_t crossing,
                   int& patience) noexcept {
    for (int polls = 0; polls < patience; ++polls) {
      if (signal.load(std::memory_order_acquire) >= crossing) {
        if (polls > 0)
          patience = patience < longest - longest / 8 ? patience + patience / 8 : longest;
        return;
      }
      detail::pause();
    }
    patience = patience / 2 > shortest ? patience / 2 : shortest;
    while (signal.load(std::memory_order_acquire) < crossing) detail::yield();
  }

  int members_, rounds_ = 0;
  std::unique_ptr<line[]> signals_;
  std::unique_ptr<own[]> own_;
};

}  // namespace nernst
