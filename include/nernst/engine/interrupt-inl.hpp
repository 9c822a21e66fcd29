// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/interrupt.hpp>

namespace nernst::detail {

/// A run may be made inside another one, by a function that the other one calls.
inline std::atomic<int> runs_under_way{0};

NERNST_INLINE interrupt_guard::interrupt_guard() : outermost_(runs_under_way++ == 0) {
  if (outermost_) interrupt_is_pending = false;
#if defined(__unix__) || defined(__APPLE__)
  struct sigaction remember = {};
  remember.sa_handler = [](int) { interrupt_is_pending = true; };
  // The second one finds what it would have without this.
  remember.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&remember.sa_mask);
  sigaction(SIGINT, nullptr, &before_);
  bool const ignored = (before_.sa_flags & SA_SIGINFO) == 0 && before_.sa_handler == SIG_IGN;
  if (outermost_ && !ignored) sigaction(SIGINT, &remember, nullptr);
#endif
}

NERNST_INLINE interrupt_guard::~interrupt_guard() {
  --runs_under_way;
#if defined(__unix__) || defined(__APPLE__)
  if (outermost_) sigaction(SIGINT, &before_, nullptr);
#endif
}

}  // namespace nernst::detail
