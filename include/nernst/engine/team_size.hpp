// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

namespace nernst::engine {

/// How many threads work on a network, piece by piece of a run. That is as many as there are
/// processors, unless other programs take these away: threads that meet in every step then wait for
/// the one that is not running, and one thread for all may be faster. Which of both is so is tried
/// out, and again from time to time. What is computed does not depend on it.
class team_size {
 public:
  /// Of `most` >= 1 threads.
  explicit team_size(int most) : most_(most) {}

  int now() const { return alone_ ? 1 : most_; }

  /// Hears of a piece: how many steps it had, how long it took, and how often a thread lost its
  /// processor before it had to.
  void hear(double steps, double seconds, long interruptions) {
    if (most_ == 1) return;
    constexpr int between_trials = 16;
    speed_[alone_ ? 1 : 0] = steps / seconds;
    if (tries_) {
      tries_ = false;
      left_ = between_trials;
      bool const alone_is_faster = speed_[1] > speed_[0];
      alone_ = alone_is_faster;
      return;
    }
    if (left_ > 0) --left_;
    bool const is_busy = static_cast<double>(interruptions) > 2 + 60 * seconds;
    if (left_ > 0 || (!alone_ && !is_busy)) return;
    tries_ = true;
    alone_ = !alone_;
  }

 private:
  int most_;
  bool alone_ = false, tries_ = false;
  int left_ = 0;              ///< pieces before the next trial
  double speed_[2] = {0, 0};  ///< of all threads, and of one: steps per second
};

/// How often threads of this process have lost their processor so far; 0 where nobody counts that.
long interruptions();

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/team_size-inl.hpp>
#endif
