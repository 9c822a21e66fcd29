// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/division.hpp>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace nernst::cable {

namespace detail {
/// Enters rows and bounds: part by part, in each those with an area first.
inline void order_rows(tree_division& to, cell_tree const& tree, std::vector<int> const& part) {
  std::vector<std::size_t> order(tree.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return std::tuple(part[x], !(tree.area[x] > 0), x) <
           std::tuple(part[y], !(tree.area[y] > 0), y);
  });
  to.row.resize(tree.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    bool const begins = k == 0 || part[order[k]] != part[order[k - 1]];
    if (begins) to.bounds.push_back(static_cast<int>(k));
    to.row[order[k]] = static_cast<int>(k);
  }
  to.bounds.push_back(static_cast<int>(order.size()));
}
}  // namespace detail

NERNST_INLINE tree_division undivided(cell_tree const& tree) {
  tree_division all;
  detail::order_rows(all, tree, std::vector<int>(tree.size()));
  return all;
}

NERNST_INLINE tree_division divide(cell_tree const& tree, int most) {
  std::size_t const size = tree.size();
  std::vector<int> behind(size, 1);  // with itself
  std::vector<char> is_fork(size);
  for (std::size_t c = size; c-- > 0;) {
    if (tree.parent[c] < 0) continue;
    auto const up = static_cast<std::size_t>(tree.parent[c]);
    behind[up] += behind[c];
    is_fork[up] = 1;
  }
  tree_division result;
  result.piece.resize(size);
  int pieces = 0, stem = 0, room = 0;
  for (std::size_t c = 0; c < size; ++c) {
    bool const is_root = tree.parent[c] < 0;
    int const above = is_root ? 0 : result.piece[static_cast<std::size_t>(tree.parent[c])];
    bool const is_bare_end = is_fork[c] == 0 && !(tree.area[c] > 0);
    result.piece[c] = above;
    if (above > 0) continue;
    if (is_root || behind[c] > most || is_bare_end) {
      ++stem;
      continue;
    }
    if (pieces == 0 || behind[c] > room) {
      ++pieces;
      room = most;
    }
    room -= behind[c];
    result.piece[c] = pieces;
  }
  result.stem_parts = (stem + most - 1) / most;
  std::vector<int> part(size);
  int count = 0;
  for (std::size_t c = 0; c < size; ++c) {
    int const p = result.piece[c];
    part[c] = p > 0 ? result.stem_parts + p - 1 : count++ / most;
  }
  detail::order_rows(result, tree, part);
  return result;
}

}  // namespace nernst::cable
