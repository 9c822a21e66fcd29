// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace nernst::kernel {

/// Numbers too small for full precision count as zero in the calling thread while this lives (x86;
/// nothing elsewhere).
struct flush_denormals {
  flush_denormals(flush_denormals const&) = delete;
  flush_denormals& operator=(flush_denormals const&) = delete;
#if defined(__SSE2__)
  flush_denormals() : before(_mm_getcsr()) { _mm_setcsr(before | 0x8040U); }
  ~flush_denormals() { _mm_setcsr(before); }

 private:
  unsigned before;
#else
  flush_denormals() {}
  ~flush_denormals() {}
#endif
};

}  // namespace nernst::kernel
