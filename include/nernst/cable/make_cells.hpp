// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cells.hpp>
#include <nernst/cable/device_cells.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace nernst {

namespace cable {
/// Cells of several shapes: those of equal shapes have one structure.
struct sorted_shapes {
  std::vector<std::shared_ptr<compartments const>> structures;
  std::vector<std::uint32_t> structure;  ///< by cell

  /// Cell k has the shape of number `which[k]`. \throws std::out_of_range where there is none.
  sorted_shapes(std::vector<morphology> const& shapes, std::vector<std::uint32_t> const& which,
                discretisation const& how);
};

inline sorted_shapes::sorted_shapes(std::vector<morphology> const& shapes,
                                    std::vector<std::uint32_t> const& which,
                                    discretisation const& how) {
  std::vector<std::uint32_t> structure_of;
  std::vector<morphology const*> different;
  for (morphology const& shape : shapes) {
    auto const same = std::find_if(different.begin(), different.end(),
                                   [&](morphology const* one) { return *one == shape; });
    structure_of.push_back(static_cast<std::uint32_t>(same - different.begin()));
    if (same != different.end()) continue;
    different.push_back(&shape);
    structures.push_back(std::make_shared<compartments const>(shape, how));
  }
  for (std::uint32_t const k : which) {
    if (k >= shapes.size())
      nernst::detail::refuse<std::out_of_range>(
          {"cells: expected numbers of ", shapes.size(), " shapes, found ", k});
    structure.push_back(structure_of[k]);
  }
}

/// Cells in a network, each with one of these structures. Texts about their compartments may name
/// the constants.
template <class Space, class Real>
nernst::cells<Space, Real> install_cells(network<Space, Real>& net, sorted_shapes const& of,
                                         std::string name = {},
                                         ir::span<brian::constant const> constants = {}) {
  std::vector<cell_tree> trees;
  for (auto const& one : of.structures) trees.push_back({one->parent, one->area});
  std::uint32_t size = 0;
  for (std::uint32_t const s : of.structure) size += static_cast<std::uint32_t>(trees[s].size());
  auto outline =
      nernst::detail::group_outline_of<compartment_model, Real>(std::move(name), constants);
  auto const made =
      net.install({std::move(outline), size},
                  [&](population_outline<Real> const& group, executor const& run, int partitions) {
                    return std::make_unique<cell_group<Real>>(
                        group, run, of.structures, cell_layout(trees, of.structure, partitions));
                  });
  auto& group = static_cast<cell_group<Real>&>(*made.all);
  group.follow(made.state->seed);
  using work = nernst::detail::work_space<Space>;
  if constexpr (work::is_device)
    group.accelerate(std::make_unique<device_cells<typename work::steps_in, Real>>(group));
  return {net, made, 0, static_cast<std::uint32_t>(of.structure.size())};
}
}  // namespace cable

/// New cells of a shape in a network: `net.cells(256, shape, d_lambda(0.1))`.
template <class Space, class Real>
cells<Space, Real> make_cells(network<Space, Real>& net, std::uint32_t number,
                              morphology const& shape, discretisation const& how,
                              std::string name = {},
                              ir::span<brian::constant const> constants = {}) {
  return cable::install_cells(net, {{shape}, std::vector<std::uint32_t>(number), how},
                              std::move(name), constants);
}
/// One cell of each of these shapes, in this order: `net.cells(shapes, d_lambda(0.1))`.
template <class Space, class Real>
cells<Space, Real> make_cells(network<Space, Real>& net, std::vector<morphology> const& shapes,
                              discretisation const& how, std::string name = {}) {
  std::vector<std::uint32_t> which(shapes.size());
  for (std::uint32_t k = 0; k < which.size(); ++k) which[k] = k;
  return cable::install_cells(net, {shapes, which, how}, std::move(name));
}
/// Cells of which number k has the shape `shapes[which[k]]`. \throws std::out_of_range where there
/// is none.
template <class Space, class Real>
cells<Space, Real> make_cells(network<Space, Real>& net, std::vector<morphology> const& shapes,
                              std::vector<std::uint32_t> const& which, discretisation const& how,
                              std::string name = {}) {
  return cable::install_cells(net, {shapes, which, how}, std::move(name));
}

}  // namespace nernst
