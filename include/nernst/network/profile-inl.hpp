// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/profile.hpp>

#include <cstdio>
#include <ostream>

namespace nernst {

NERNST_INLINE void print_profile(std::ostream& out, std::vector<profile_entry> const& entries) {
  for (profile_entry const& e : entries) {
    char times[48];
    std::snprintf(times, sizeof times, "%8.3f s  %5.1f %%  ", e.seconds, 100 * e.fraction);
    out << times << e.object << (e.object.empty() ? "" : ": ") << e.task << '\n';
  }
}

}  // namespace nernst
