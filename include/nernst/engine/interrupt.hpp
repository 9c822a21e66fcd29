// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <atomic>
#include <csignal>

namespace nernst::detail {

/// Set by Ctrl-C while a run is under way.
inline std::atomic<bool> interrupt_is_pending{false};
static_assert(std::atomic<bool>::is_always_lock_free, "signals set it");

/// While there is one, the first SIGINT (Ctrl-C) is only remembered; the second one ends the
/// program. What had been set up for SIGINT before comes back. A program that ignores SIGINT, as
/// those in the background do, goes on ignoring it.
class interrupt_guard {
 public:
  interrupt_guard();
  ~interrupt_guard();
  interrupt_guard(interrupt_guard const&) = delete;
  interrupt_guard& operator=(interrupt_guard const&) = delete;

 private:
#if defined(__unix__) || defined(__APPLE__)
  struct sigaction before_ = {};
#endif
  bool outermost_;
};

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/engine/interrupt-inl.hpp>
#endif
