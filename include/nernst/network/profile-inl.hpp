// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/profile.hpp>

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <tuple>

namespace nernst {

namespace detail {

NERNST_INLINE std::vector<profile_entry> in_order(std::vector<profile_entry> all) {
  double sum = 0;
  for (profile_entry const& e : all) sum += e.seconds;
  for (profile_entry& e : all) e.fraction = sum > 0 ? e.seconds / sum : 0;
  std::sort(all.begin(), all.end(), [](profile_entry const& x, profile_entry const& y) {
    return std::tie(y.seconds, x.object, x.task) < std::tie(x.seconds, y.object, y.task);
  });
  return all;
}

}  // namespace detail

NERNST_INLINE void print_profile(std::ostream& out, std::vector<profile_entry> const& entries) {
  for (profile_entry const& e : entries) {
    char times[48];
    std::snprintf(times, sizeof times, "%8.3f s  %5.1f %%  ", e.seconds, 100 * e.fraction);
    out << times << e.object << (e.object.empty() ? "" : ": ") << e.task << '\n';
  }
}

}  // namespace nernst
