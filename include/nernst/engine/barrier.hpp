// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/wait.hpp>
#include <nernst/refuse.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace nernst {

namespace detail {
/// Two cache lines: the neighbour of a line is fetched with it.
inline constexpr std::size_t separation = 128;
}  // namespace detail

/// A barrier for the members of a persistent team (see `run_team`).
///
/// Dissemination barrier (Hensgen, Finkel & Manber 1988): in round k a member signals the one 2^k
/// ranks further and waits for the one 2^k ranks before it, so that ceil(log2(n)) rounds suffice,
/// no line is written by two members and none is ever reset: signals carry the number of the
/// crossing. What a member wrote before the barrier is visible to every member behind it. A team of
/// one pays nothing.
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
    std::int64_t const crossing = ++own_[static_cast<std::size_t>(rank)].crossing;
    for (int round = 0; round < rounds_; ++round) {
      int to = rank + (1 << round);
      if (to >= members_) to -= members_;
      at(to, round).store(crossing, std::memory_order_release);
      auto const& signal = at(rank, round);
      detail::wait_until([&] { return signal.load(std::memory_order_acquire) >= crossing; });
    }
  }

 private:
  struct alignas(detail::separation) line {
    std::atomic<std::int64_t> crossing{0};
  };
  struct alignas(detail::separation) own {
    std::int64_t crossing = 0;
  };

  std::atomic<std::int64_t>& at(int rank, int round) noexcept {
    return signals_[static_cast<std::size_t>(rank) * static_cast<std::size_t>(rounds_) +
                    static_cast<std::size_t>(round)]
        .crossing;
  }

  int members_, rounds_ = 0;
  std::unique_ptr<line[]> signals_;
  std::unique_ptr<own[]> own_;
};

}  // namespace nernst
