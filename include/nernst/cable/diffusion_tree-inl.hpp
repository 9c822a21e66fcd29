// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/diffusion_tree.hpp>

#include <algorithm>

namespace nernst::cable {

namespace detail {
/// By compartment with an area: the next one towards the root that has some. What begins where the
/// root does is next to the first compartment there, as in NEURON.
inline std::vector<int> parents_with_area(compartments const& of) {
  std::size_t const size = of.parent.size();
  std::vector<int> parent(size, none), first_at(size, none);
  for (std::size_t c = 0; c < size; ++c) {
    if (!(of.area[c] > 0)) continue;
    int at = none, up = of.parent[c];
    while (up >= 0 && !(of.area[static_cast<std::size_t>(up)] > 0)) {
      at = up;
      up = of.parent[static_cast<std::size_t>(up)];
    }
    if (up < 0 && at >= 0) {
      int& first = first_at[static_cast<std::size_t>(at)];
      up = first;
      if (first < 0) first = static_cast<int>(c);
    }
    parent[c] = up;
  }
  return parent;
}
}  // namespace detail

NERNST_INLINE diffusion_tree::neighbours
diffusion_tree::find(compartments const& of, std::vector<int> const& row, std::vector<int> where) {
  std::vector<int> const parent = detail::parents_with_area(of);
  std::vector<int> place(parent.size(), none);
  std::sort(where.begin(), where.end());
  neighbours found;
  for (int const c : where) {
    auto const k = static_cast<std::size_t>(c);
    int const up = parent[k] < 0 ? none : place[static_cast<std::size_t>(parent[k])];
    diffusing_row one{.row = row[k], .length = of.length[k]};
    if (up >= 0) {
      diffusing_row const& above = found.rows[static_cast<std::size_t>(up)];
      one.parent = above.row;
      one.distance = (one.length + above.length) / 2;
    }
    place[k] = static_cast<int>(found.rows.size());
    found.rows.push_back(one);
    found.parent.push_back(up);
    found.known.push_back({.row = row[k], .has_density = false, .has_points = false});
  }
  return found;
}

}  // namespace nernst::cable
