// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/device_kernels.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/device/step_graph.hpp>

#include <algorithm>

namespace nernst::cable {

/// Cells that are joined on a device: a thread for each cell up to where joints may end and back
/// from there, in between one for each tree of cells.
template <class Space, class Real>
class device_joints {
  using memory = device::memory<Space>;
  using sequence = device::sequence_of<Space>;
  template <class T>
  using array = device::array<Space, T>;

 public:
  device_joints() = default;
  /// Of cells that know how they are joined. Arrays of `equation` are on the device.
  device_joints(memory& to, cell_group<Real>& of, cable_equation<Real> const& equation);

  /// Adds the kernels for the currents of joints that close rings.
  void add_currents(sequence& to, Real* current, Real* conductance) const {
    to.add("nernst::cells::rings", ring_compartments_,
           ring_currents<Real>{ends_.data(), ring_begin_.data(), current, conductance, v_});
  }
  /// Those for the cable equation of all cells of structures of which some are joined.
  void add_solution(sequence& to, step_scheme scheme) const {
    auto const cells = static_cast<std::int64_t>(cells_.size());
    held_solution<Real> work{.cells = cells_.data(),
                             .is_joined = is_joined_.data(),
                             .blocks = blocks_.data(),
                             .equation = equation_,
                             .scheme = scheme,
                             .is_behind_joints = false,
                             .v = v_,
                             .inverse = inverse_,
                             .rest = rest_};
    to.add("nernst::cells::to_joints", cells, work);
    cable_equation<Real> of_trees = equation_;
    of_trees.axial = tree_axial_;
    to.add("nernst::cells::joined", static_cast<std::int64_t>(trees_.size()),
           tree_solution<Real>{trees_.data(), of_trees, scheme, v_, inverse_, rest_});
    work.is_behind_joints = true;
    to.add("nernst::cells::from_joints", cells, work);
  }

 private:
  void load_rings(cell_group<Real> const& of);
  void load_cells(memory& to, cell_group<Real> const& of);
  void load_trees(memory& to, cell_group<Real>& of);
  static forest there(memory& to, forest rows) {
    rows.order = to.lend(rows.order, static_cast<std::size_t>(rows.compartments));
    rows.tips = to.lend(rows.tips, static_cast<std::size_t>(rows.tip_count));
    return rows;
  }

  cable_equation<Real> equation_;
  Real *v_ = nullptr, *inverse_ = nullptr, *rest_ = nullptr, *tree_axial_ = nullptr;
  array<ring_end> ends_;
  array<std::uint32_t> ring_begin_;
  std::int64_t ring_compartments_ = 0;
  array<cell_of_block> cells_;
  array<std::uint8_t> is_joined_;
  array<held_block> blocks_;
  array<forest> trees_;
};

template <class Space, class Real>
device_joints<Space, Real>::device_joints(memory& to, cell_group<Real>& of,
                                          cable_equation<Real> const& equation)
    : equation_(equation), v_(to.there(of.v_)), inverse_(to.there(of.inverse_.data())),
      rest_(to.there(of.rest_)) {
  load_rings(of);
  load_cells(to, of);
  load_trees(to, of);
}

/// In each compartment they are added in the host's order.
template <class Space, class Real>
void device_joints<Space, Real>::load_rings(cell_group<Real> const& of) {
  std::vector<ring_end> ends;
  for (std::vector<ring_end> const& some : of.rings_)
    ends.insert(ends.end(), some.begin(), some.end());
  std::stable_sort(ends.begin(), ends.end(),
                   [](ring_end const& a, ring_end const& b) { return a.here < b.here; });
  std::vector<std::uint32_t> begin;
  for (std::uint32_t k = 0; k < ends.size(); ++k)
    if (k == 0 || ends[k].here != ends[k - 1].here) begin.push_back(k);
  ring_compartments_ = static_cast<std::int64_t>(begin.size());
  begin.push_back(static_cast<std::uint32_t>(ends.size()));
  ends_ = array<ring_end>(ends);
  ring_begin_ = array<std::uint32_t>(begin);
}

template <class Space, class Real>
void device_joints<Space, Real>::load_cells(memory& to, cell_group<Real> const& of) {
  std::vector<cell_of_block> cells;
  std::vector<std::uint8_t> is_joined;
  std::vector<held_block> blocks;
  for (cell_block const& b : of.layout_.blocks()) {
    if (!of.rows_of(b).held) continue;
    for (std::uint32_t k = 0; k < b.cells; ++k) {
      cells.push_back({static_cast<std::uint32_t>(blocks.size()), static_cast<int>(k)});
      is_joined.push_back(of.joined_.is_joined(of.layout_.order()[b.first + k]));
    }
    held_solver<Real> const s = of.held_solver_of(b);
    blocks.push_back({there(to, s.free), there(to, s.begun), there(to, s.held), b.base()});
  }
  cells_ = array<cell_of_block>(cells);
  is_joined_ = array<std::uint8_t>(is_joined);
  blocks_ = array<held_block>(blocks);
}

template <class Space, class Real>
void device_joints<Space, Real>::load_trees(memory& to, cell_group<Real>& of) {
  std::vector<forest> trees;
  std::size_t rows = 0;
  for (std::size_t t = 0; t < of.joined_.first_tree(of.layout_.partitions()); ++t) {
    trees.push_back(of.joined_.tree(t));
    rows += static_cast<std::size_t>(trees.back().compartments);
  }
  if (!trees.empty()) to.lend(trees.front().order, rows);
  for (forest& tree : trees) tree.order = to.there(tree.order);
  tree_axial_ = to.lend(of.tree_axial_.data(), of.tree_axial_.size());
  trees_ = array<forest>(trees);
}

}  // namespace nernst::cable
