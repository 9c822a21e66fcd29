// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/stretch.hpp>

#include <algorithm>

namespace nernst::cable {

NERNST_INLINE stretches joined(stretches all) {
  std::sort(all.begin(), all.end());
  stretches merged;
  for (stretch const& s : all) {
    if (!(s.from < s.to)) continue;
    bool const touches =
        !merged.empty() && merged.back().branch == s.branch && s.from <= merged.back().to;
    if (touches)
      merged.back().to = std::max(merged.back().to, s.to);
    else
      merged.push_back(s);
  }
  return merged;
}

NERNST_INLINE stretches intersection(stretches const& a, stretches const& b) {
  stretches common;
  auto x = a.begin(), y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (x->branch == y->branch) {
      double const from = std::max(x->from, y->from), to = std::min(x->to, y->to);
      if (from < to) common.push_back({x->branch, from, to});
    }
    bool const x_ends_first = x->branch != y->branch ? x->branch < y->branch : x->to < y->to;
    ++(x_ends_first ? x : y);
  }
  return common;
}

NERNST_INLINE stretches difference(stretches const& a, stretches const& b) {
  stretches rest;
  auto y = b.begin();
  for (stretch s : a) {
    while (y != b.end() && (y->branch < s.branch || (y->branch == s.branch && y->to <= s.from)))
      ++y;
    for (auto z = y; z != b.end() && z->branch == s.branch && z->from < s.to; ++z) {
      if (s.from < z->from) rest.push_back({s.branch, s.from, z->from});
      s.from = z->to;
    }
    if (s.from < s.to) rest.push_back(s);
  }
  return rest;
}

NERNST_INLINE bool contains(stretches const& all, location const& place) {
  return std::any_of(all.begin(), all.end(), [&](stretch const& s) {
    return s.branch == place.branch && s.from <= place.at && place.at <= s.to;
  });
}

}  // namespace nernst::cable
