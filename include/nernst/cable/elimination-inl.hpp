// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/elimination.hpp>

#include <algorithm>

namespace nernst::cable {

namespace detail {
inline std::vector<known_of_row> counted_rows(std::size_t count) {
  std::vector<known_of_row> all(count);
  for (std::size_t k = 0; k < count; ++k) all[k].row = static_cast<int>(k);
  return all;
}
}  // namespace detail

NERNST_INLINE elimination::elimination(std::vector<int> const& parent)
    : elimination(parent, detail::counted_rows(parent.size())) {}

NERNST_INLINE elimination::elimination(std::vector<int> const& parent,
                                       std::vector<known_of_row> const& known) {
  std::size_t const size = parent.size();
  std::vector<int> children(size), height(size), seen(size);
  for (int const p : parent)
    if (p >= 0) ++children[static_cast<std::size_t>(p)];
  is_tip_.resize(size);
  for (std::size_t c = 0; c < size; ++c)
    is_tip_[c] = static_cast<char>(known[c].is_idle && children[c] == 0 && parent[c] >= 0);
  for (std::size_t c = 0; c < size; ++c)
    if (is_tip(c)) --children[static_cast<std::size_t>(parent[c])];
  std::vector<std::size_t> order;
  for (std::size_t c = size; c-- > 0;) {
    order.push_back(c);
    if (parent[c] < 0 || is_tip(c)) continue;
    int& above = height[static_cast<std::size_t>(parent[c])];
    above = std::max(above, height[c] + 1);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return height[x] != height[y] ? height[x] < height[y] : x > y;
  });
  for (std::size_t const c : order) {
    eliminated_row now{.row = known[c].row,
                       .has_density = known[c].has_density,
                       .has_points = known[c].has_points};
    if (parent[c] >= 0) {
      auto const p = static_cast<std::size_t>(parent[c]);
      now.parent = known[p].row;
      now.parent_has_density = known[p].has_density;
      now.parent_has_points = known[p].has_points;
      if (is_tip(c)) {
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
