// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/elimination.hpp>

#include <numeric>

namespace nernst::cable {

namespace detail {
inline std::vector<int> counted(std::size_t size) {
  std::vector<int> all(size);
  std::iota(all.begin(), all.end(), 0);
  return all;
}
}  // namespace detail

NERNST_INLINE elimination::elimination(std::vector<int> const& parent)
    : elimination(parent, detail::counted(parent.size()), std::vector<char>(parent.size()),
                  std::vector<char>(parent.size(), 1)) {}

NERNST_INLINE elimination::elimination(std::vector<int> const& parent, std::vector<int> const& row,
                                       std::vector<char> const& is_idle,
                                       std::vector<char> const& has_points) {
  std::vector<int> children(parent.size()), seen(parent.size());
  for (int const p : parent)
    if (p >= 0) ++children[static_cast<std::size_t>(p)];
  std::vector<char> is_tip(parent.size());
  for (std::size_t c = 0; c < parent.size(); ++c)
    is_tip[c] = static_cast<char>(is_idle[c] != 0 && children[c] == 0 && parent[c] >= 0);
  for (std::size_t c = 0; c < parent.size(); ++c)
    if (is_tip[c] != 0) --children[static_cast<std::size_t>(parent[c])];
  for (std::size_t c = parent.size(); c-- > 0;) {
    eliminated_row now{.row = row[c], .has_points = has_points[c] != 0};
    if (parent[c] >= 0) {
      auto const p = static_cast<std::size_t>(parent[c]);
      now.parent = row[p];
      now.parent_has_points = has_points[p] != 0;
      if (is_tip[c] != 0) {
        tips_.push_back(now);
        continue;
      }
      now.begins_parent = seen[p]++ == 0;
    }
    now.is_end = children[c] == 0;
    order_.push_back(now);
  }
}

}  // namespace nernst::cable
