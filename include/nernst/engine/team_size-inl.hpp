// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/team_size.hpp>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/resource.h>
#endif

namespace nernst::engine {

NERNST_INLINE long interruptions() {
#if defined(__unix__) || defined(__APPLE__)
  rusage used{};
  return getrusage(RUSAGE_SELF, &used) == 0 ? used.ru_nivcsw : 0;
#else
  return 0;
#endif
}

}  // namespace nernst::engine
