// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/joined_cells.hpp>

#include <numeric>
#include <utility>

namespace nernst::cable {

NERNST_INLINE joined_cells::joined_cells(cell_layout const& layout, std::vector<joint> joints)
    : joints_(std::move(joints)) {
  for (joint const& j : joints_)
    for (std::uint32_t const number : {j.from, j.to}) {
      std::uint32_t const cell = layout.cell_of(number);
      ends_.push_back({cell, static_cast<int>(number - layout.number(cell, 0))});
    }
  find_groups(layout.cells(), !layout.is_divided());
}

/// Each joint between two trees makes them one.
NERNST_INLINE void joined_cells::find_groups(std::uint32_t cells, bool may_be_joined) {
  std::vector<std::uint32_t> above(cells);
  std::iota(above.begin(), above.end(), std::uint32_t{0});
  auto const top_of = [&](std::uint32_t cell) {
    while (above[cell] != cell) cell = above[cell] = above[above[cell]];
    return cell;
  };
  group_.assign(cells, alone);
  for (std::size_t k = 0; k < joints_.size(); ++k) {
    std::uint32_t const a = top_of(end(k, false).cell), b = top_of(end(k, true).cell);
    is_in_tree_.push_back(may_be_joined && a != b);
    above[std::max(a, b)] = std::min(a, b);
  }
  for (std::size_t k = 0; k < joints_.size(); ++k)
    if (is_in_tree(k))
      for (bool const second : {false, true}) {
        std::uint32_t const cell = end(k, second).cell;
        group_[cell] = top_of(cell);
      }
}

NERNST_INLINE std::vector<std::vector<char>>
joined_cells::held(cell_layout const& layout,
                   std::vector<std::vector<int> const*> const& parent) const {
  std::vector<std::vector<char>> all;
  for (auto const* const one : parent) all.emplace_back(one->size());
  for (std::size_t k = 0; k < joints_.size(); ++k)
    for (bool const second : {false, true}) {
      if (!is_in_tree(k)) continue;
      std::uint32_t const s = layout.structure(end(k, second).cell);
      for (int c = end(k, second).compartment; c >= 0;
           c = (*parent[s])[static_cast<std::size_t>(c)])
        all[s][static_cast<std::size_t>(c)] = 1;
    }
  return all;
}

NERNST_INLINE held_rows::held_rows(elimination const& of, std::vector<int> const& row,
                                   std::vector<char> held_compartments)
    : is_held(std::move(held_compartments)) {
  std::vector<char> is_held_row(row.size()), is_begun(row.size());
  for (std::size_t c = 0; c < row.size(); ++c)
    is_held_row[static_cast<std::size_t>(row[c])] = is_held[c];
  forest const trees = of.trees(1, 0, 1);
  tips.assign(trees.tips, trees.tips + trees.tip_count);
  for (int k = 0; k < trees.compartments; ++k) {
    eliminated_row now = trees.order[k];
    if (is_held_row[static_cast<std::size_t>(now.row)] != 0) {
      now.is_end = now.begins_parent = false;
      held.push_back(now);
      continue;
    }
    char& parent_is_begun = is_begun[static_cast<std::size_t>(now.parent)];
    now.begins_parent = parent_is_begun == 0;
    parent_is_begun = 1;
    free.push_back(now);
  }
  for (eliminated_row const& now : held)
    if (is_begun[static_cast<std::size_t>(now.row)] == 0) begun.push_back(now);
}

/// Goes through what is held of a tree of cells, from the root of the first one and across joints.
struct joined_cells::walk {
  struct neighbour {
    compartment_of_cell where;
    int of_compartment, of_joint;
  };
  cell_layout const& layout;
  std::vector<std::vector<int> const*> const& parent_of;
  std::vector<std::vector<char>> is_held;
  std::vector<std::vector<std::pair<std::size_t, bool>>> joints_of;  ///< by cell: a joint's end
  std::vector<std::vector<std::vector<int>>> children;               ///< by structure: held ones
  joined_cells& of;

  walk(cell_layout const& cells, std::vector<std::vector<int> const*> const& parent,
       joined_cells& joined)
      : layout(cells), parent_of(parent), is_held(joined.held(cells, parent)),
        joints_of(cells.cells()), of(joined) {
    for (std::size_t k = 0; k < of.joints_.size(); ++k)
      if (of.is_in_tree(k))
        for (bool const second : {false, true})
          joints_of[of.end(k, second).cell].emplace_back(k, second);
    for (std::size_t s = 0; s < parent.size(); ++s) {
      children.emplace_back(parent[s]->size());
      for (std::size_t c = 0; c < parent[s]->size(); ++c)
        if (int const p = (*parent[s])[c]; p >= 0 && is_held[s][c] != 0)
          children[s][static_cast<std::size_t>(p)].push_back(static_cast<int>(c));
    }
  }

  int place(compartment_of_cell const& at) const {
    return static_cast<int>(layout.place(at.cell, at.compartment));
  }
  std::vector<neighbour> neighbours(compartment_of_cell const& at) const {
    std::uint32_t const s = layout.structure(at.cell);
    auto const c = static_cast<std::size_t>(at.compartment);
    std::vector<neighbour> all;
    if (int const p = (*parent_of[s])[c]; p >= 0) all.push_back({{at.cell, p}, place(at), -1});
    for (int const child : children[s][c]) {
      compartment_of_cell const there{at.cell, child};
      all.push_back({there, place(there), -1});
    }
    for (auto const& [joint, second] : joints_of[at.cell])
      if (of.end(joint, second).compartment == at.compartment)
        all.push_back({of.end(joint, !second), -1, static_cast<int>(joint)});
    return all;
  }

  void operator()(std::uint32_t first_cell) {
    std::vector<compartment_of_cell> found{{first_cell, 0}};
    std::vector<eliminated_row> from_root{{.row = place(found[0])}};
    for (std::size_t k = 0; k < found.size(); ++k) {
      eliminated_row const here = from_root[k];
      for (neighbour const& n : neighbours(compartment_of_cell(found[k]))) {
        int const there = place(n.where);
        if (there == here.parent) continue;
        found.push_back(n.where);
        from_root.push_back({.row = there, .parent = here.row});
        of.edges_.push_back({static_cast<std::uint32_t>(there), n.of_compartment, n.of_joint});
      }
    }
    of.order_.insert(of.order_.end(), from_root.rbegin(), from_root.rend());
    of.tree_bounds_.push_back(of.order_.size());
  }
};

NERNST_INLINE void joined_cells::find_trees(cell_layout const& layout,
                                            std::vector<std::vector<int> const*> const& parent) {
  order_.clear();
  edges_.clear();
  tree_bounds_.assign(1, 0);
  first_tree_.assign(1, 0);
  walk go(layout, parent, *this);
  for (int p = 0; p < layout.partitions(); ++p) {
    for (int b = layout.first_block(p); b < layout.last_block(p); ++b) {
      cell_block const& block = layout.block(b);
      for (std::uint32_t k = block.first; k < block.first + block.cells; ++k)
        if (std::uint32_t const cell = layout.order()[k]; group_[cell] == cell) go(cell);
    }
    first_tree_.push_back(tree_bounds_.size() - 1);
  }
}

}  // namespace nernst::cable
