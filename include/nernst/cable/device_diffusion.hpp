// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/device_kernels.hpp>
#include <nernst/cable/longitudinal_diffusion.hpp>
#include <nernst/device/memory.hpp>
#include <nernst/device/step_graph.hpp>

namespace nernst::cable {

/// What diffuses of a mechanism along the branches of cells on a device, with a thread for each
/// cell.
template <class Space, class Real>
class device_diffusion {
  using memory = device::memory<Space>;
  template <class T>
  using array = device::array<Space, T>;

 public:
  /// Of a mechanism whose arrays are in that memory.
  device_diffusion(memory& to, longitudinal_diffusion<Real>& of);

  /// Adds the kernel of a step.
  void add_to(device::sequence_of<Space>& to, double dt) const {
    to.add("nernst::cells::diffuse", static_cast<std::int64_t>(cells_.size()),
           diffusion_computation<Real>{.cells = cells_.data(),
                                       .blocks = blocks_.data(),
                                       .there = there_.data(),
                                       .by_group = states_.data(),
                                       .states = static_cast<int>(states_.size()) / groups_,
                                       .groups = groups_,
                                       .dt = dt});
  }

 private:
  void load_states(memory const& in, longitudinal_diffusion<Real> const& of);
  void load_elements(longitudinal_diffusion<Real> const& of);
  void load_cells(memory& to, longitudinal_diffusion<Real>& of);

  int groups_;
  array<diffusing_state<Real>> states_;
  array<element_there> there_;
  array<cell_of_block> cells_;
  array<diffusing_block<Real>> blocks_;
};

template <class Space, class Real>
device_diffusion<Space, Real>::device_diffusion(memory& to, longitudinal_diffusion<Real>& of)
    : groups_(static_cast<int>(of.groups_.size())) {
  load_states(to, of);
  load_elements(of);
  load_cells(to, of);
}

template <class Space, class Real>
void device_diffusion<Space, Real>::load_states(memory const& in,
                                                longitudinal_diffusion<Real> const& of) {
  std::vector<diffusing_state<Real>> all;
  for (std::size_t k = 0; k < of.parts_.front().size(); ++k)
    for (std::vector<diffusing_state<Real>> const& group : of.parts_)
      all.push_back({.state = in.there(group[k].state),
                     .concentration = in.there(group[k].concentration),
                     .volume = in.there(group[k].volume),
                     .transport = in.there(group[k].transport)});
  states_ = array<diffusing_state<Real>>(all);
}

template <class Space, class Real>
void device_diffusion<Space, Real>::load_elements(longitudinal_diffusion<Real> const& of) {
  std::vector<element_there> all(of.layout_.size());
  for (int g = 0; g < groups_; ++g) {
    std::uint32_t element = 0;
    for (std::int32_t const place :
         of.groups_[static_cast<std::size_t>(g)]->where().compartment_place())
      all[static_cast<std::size_t>(place)] = {g, element++};
  }
  there_ = array<element_there>(all);
}

template <class Space, class Real>
void device_diffusion<Space, Real>::load_cells(memory& to, longitudinal_diffusion<Real>& of) {
  std::vector<cell_of_block> cells;
  std::vector<diffusing_block<Real>> blocks;
  for (auto* const each : {&of.x_, &of.volume_, &of.transport_, &of.axial_, &of.diagonal_,
                           &of.inverse_, &of.rest_, &of.nothing_})
    to.lend(each->data(), each->size());
  to.lend(of.is_there_.data(), of.is_there_.size());
  for (cell_block const& b : of.layout_.blocks()) {
    if (b.part != 0 || !of.is_in(b)) continue;
    for (std::uint32_t k = 0; k < b.cells; ++k)
      cells.push_back({static_cast<std::uint32_t>(blocks.size()), static_cast<int>(k)});
    diffusion_solver<Real> s = of.solver_of(b);
    s.trees.order = to.lend(s.trees.order, static_cast<std::size_t>(s.trees.compartments));
    s.rows = to.lend(s.rows, static_cast<std::size_t>(s.row_count));
    s.is_there = to.there(s.is_there);
    for (auto* const each :
         {&s.x, &s.volume, &s.transport, &s.axial, &s.diagonal, &s.inverse, &s.rest})
      *each = to.there(*each);
    s.nothing = to.there(s.nothing);
    blocks.push_back({s, b.base()});
  }
  cells_ = array<cell_of_block>(cells);
  blocks_ = array<diffusing_block<Real>>(blocks);
}

}  // namespace nernst::cable
