// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/chains.hpp>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace nernst::cable {

NERNST_INLINE chain_order::chain_order(std::vector<int> const& parent,
                                       std::vector<known_of_row> const& known,
                                       elimination const& order, std::vector<int> const& piece)
    : rows_(parent.size()),
      pieces_(piece.empty()
                  ? 1
                  : 1 + static_cast<std::size_t>(*std::max_element(piece.begin(), piece.end()))) {
  for (std::size_t c = parent.size(); c-- > 0;) {
    row_facts& here = row(known[c].row);
    here.parent = parent[c] < 0 ? known[c].row : known[static_cast<std::size_t>(parent[c])].row;
    here.piece = piece.empty() ? 0 : piece[c];
    here.is_tip = order.is_tip(c);
    here.has_density = known[c].has_density;
    here.has_points = known[c].has_points;
    here.varies = here.varies || here.has_density || here.has_points;
    if (here.varies) row(here.parent).varies = true;
    if (parent[c] >= 0 && !here.is_tip) ++row(here.parent).children;
  }
  make_chains();
  take_ends();
  sort(heights(known));
  for (std::size_t r = 0; r < rows_.size(); ++r)
    if (rows_[r].is_tip)
      pieces_[static_cast<std::size_t>(rows_[r].piece)].tips.push_back(
          {.row = static_cast<int>(r), .parent = rows_[r].parent});
}

/// Whether the row behind is that of the only child, in the same piece.
NERNST_INLINE bool chain_order::is_followed(int number) const {
  if (number + 1 == static_cast<int>(rows_.size())) return false;
  row_facts const& next = row(number + 1);
  row_facts const& here = row(number);
  return next.parent == number && !next.is_tip && next.piece == here.piece && here.children == 1;
}

NERNST_INLINE void chain_order::make_chains() {
  for (int r = 0; r < static_cast<int>(rows_.size()); ++r) {
    if (row(r).is_tip) continue;
    if (r == 0 || !is_followed(r - 1)) chains_.push_back({.last = r});
    row(r).of = static_cast<int>(chains_.size()) - 1;
    chains_.back().end = r;
    chains_.back().first = r - 1;
  }
}

/// A row on which branches begin often stands apart from the one before it.
NERNST_INLINE void chain_order::take_ends() {
  std::vector<char> is_taken(chains_.size());
  for (std::size_t k = 0; k < chains_.size(); ++k) {
    chain const& c = chains_[k];
    int const up = row(c.end).parent;
    bool const is_single = c.length() == 0 && up != c.end && row(up).piece == row(c.end).piece;
    chain& to = chain_of(up);
    bool const has_other = to.end != up || to.first != up - 1 || row(up).children > 1;
    if (!is_single || has_other) continue;
    is_taken[k] = 1;
    to.first = up;
    to.end = c.end;
    row(c.end).of = row(up).of;
  }
  std::vector<int> number(chains_.size());
  std::vector<chain> left;
  for (std::size_t k = 0; k < chains_.size(); ++k) {
    number[k] = static_cast<int>(left.size());
    if (is_taken[k] == 0) left.push_back(chains_[k]);
  }
  for (row_facts& r : rows_)
    if (!r.is_tip) r.of = number[static_cast<std::size_t>(r.of)];
  chains_ = std::move(left);
  for (row_facts& r : rows_)
    if (!r.is_tip) r.varies = row(chains_[static_cast<std::size_t>(r.of)].top()).varies;
}

/// How many chains are behind each at most, one behind the other, in its piece.
NERNST_INLINE std::vector<int> chain_order::heights(std::vector<known_of_row> const& known) const {
  std::vector<int> height(chains_.size());
  for (std::size_t c = known.size(); c-- > 0;) {
    row_facts const& here = row(known[c].row);
    row_facts const& up = row(here.parent);
    if (here.is_tip || up.of == here.of || up.piece != here.piece) continue;
    int& above = height[static_cast<std::size_t>(up.of)];
    above = std::max(above, height[static_cast<std::size_t>(here.of)] + 1);
  }
  return height;
}

NERNST_INLINE void chain_order::sort(std::vector<int> const& height) {
  std::vector<std::size_t> sorted(chains_.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  auto const group = [&](std::size_t k) {
    row_facts const& end = row(chains_[k].end);
    return std::tuple(end.piece, height[k], end.varies);
  };
  std::sort(sorted.begin(), sorted.end(), [&](std::size_t x, std::size_t y) {
    chain const &a = chains_[x], &b = chains_[y];
    if (group(x) != group(y)) return group(x) < group(y);
    return a.length() != b.length() ? a.length() > b.length() : a.end < b.end;
  });
  for (std::size_t k = 0, end = 0; k < sorted.size(); k = end) {
    end = std::min(k + chains_together, sorted.size());
    bool const is_whole = end - k == chains_together && group(sorted[k]) == group(sorted[end - 1]);
    if (!is_whole) end = k + 1;
    chains_[sorted[k]].together = static_cast<int>(end - k);
    for (std::size_t n = k; n < end; ++n) enter(chains_[sorted[n]]);
  }
}

/// Into its piece.
NERNST_INLINE void chain_order::enter(chain c) {
  row_facts const& top = row(c.top());
  row_facts const& up = row(top.parent);
  c.parent = top.parent;
  c.varies = top.varies;
  c.parent_varies = up.varies;
  c.is_apart = up.piece != top.piece;
  pieces_[static_cast<std::size_t>(top.piece)].chains.push_back(c);
  if (c.is_apart) pieces_.front().hanging.push_back({c.top(), c.parent, c.varies, c.parent_varies});
}

NERNST_INLINE std::vector<row_run> chain_order::runs(int first, int last) const {
  std::vector<row_run> all;
  for (int r = first; r < last; ++r) {
    row_facts const& here = row(r);
    row_run const now{r, r + 1, here.varies, here.has_density, here.has_points};
    bool const goes_on = !all.empty() && all.back().varies == now.varies &&
                         all.back().has_density == now.has_density &&
                         all.back().has_points == now.has_points;
    if (goes_on)
      all.back().last = now.last;
    else
      all.push_back(now);
  }
  return all;
}

}  // namespace nernst::cable
