// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_group.hpp>
#include <nernst/cable/device_diffusion.hpp>
#include <nernst/cable/device_joints.hpp>
#include <nernst/device/composed_update.hpp>
#include <nernst/device/launch.hpp>
#include <nernst/device/memory.hpp>

#include <map>

namespace nernst::cable {

/// The steps of cells on a device: the kernels of their mechanisms, one after the other in the
/// host's order, and a thread for each cell that solves its cable equation.
template <class Space, class Real>
class device_cells final : public device::composed_update<Space, Real> {
  using memory = device::memory<Space>;
  using sequence = device::sequence_of<Space>;
  using kernels = device::task_kernels<Space, Real>;
  template <class T>
  using array = device::array<Space, T>;

 public:
  explicit device_cells(cell_group<Real>& of) : of_(of) {}

  void load(memory& to) override;
  void add_to(sequence& to, kernels& all) override;
  std::vector<population_base<Real>*> updated() const override {
    return {of_.active_.begin(), of_.active_.end()};
  }

 private:
  using solution = cell_solution<Real>;
  using mechanism = mechanism_group<Real>;

  /// Elements of which several are in one compartment, which act there one after the other.
  struct turns {
    array<std::uint32_t> begin, end, list;
  };
  /// The cells, or parts of them, that a stage treats.
  struct stage_cells {
    elimination_stage stage;
    std::size_t count;
    array<cell_of_block> cells;
  };

  template <class T>
  static T const* copy(memory& to, std::vector<T> const& from) {
    return to.lend(from.data(), from.size());
  }
  void load_arrays(memory& to);
  void load_flows();
  void load_ions(memory& to);
  std::uint8_t const* changes_of(ion_group<Real> const& ion);
  void load_turns();
  void load_blocks(memory& to);
  void load_whole_cells(memory& to);
  solved_block block_in(memory& to, cell_block const& of, elimination_stage stage) const;
  piece_view piece_in(memory& to, cell_block const& of) const;
  forest trees_in(memory& to, cell_block const& of) const;
  bool has(cell_block const& of, elimination_stage stage) const;
  device::elements elements_of(mechanism const& m, int kernel) const;

  void add_start(sequence& to, memory const& in);
  void add_currents(sequence& to, kernels& all);
  void add_stimulus(sequence& to, Real sign, memory const& in);
  void add_solution(sequence& to);
  void add_flows(sequence& to, memory const& in);
  void add_potentials(sequence& to, memory const& in);
  void add_correction(sequence& to, memory const& in);
  void add_states(sequence& to, kernels& all);

  cell_group<Real>& of_;
  cable_equation<Real> equation_;
  Real *v_ = nullptr, *inverse_ = nullptr, *rest_ = nullptr, *factor_ = nullptr;
  Real *current_ = nullptr, *conductance_ = nullptr, *point_current_ = nullptr,
       *point_conductance_ = nullptr;
  array<std::uint8_t> flows_;
  array<ion_arrays<Real>> ions_;
  std::vector<array<std::uint8_t>> changes_;  ///< of ions that change in some compartments
  std::map<mechanism const*, turns> turns_;
  array<solved_block> blocks_;
  std::vector<stage_cells> stages_;
  array<whole_cells> whole_;
  array<cell_of_block> cells_;
  device_joints<Space, Real> joints_;
  std::vector<device_diffusion<Space, Real>> diffusions_;
};

}  // namespace nernst::cable

// Never compiled apart, as are the cells.
#include <nernst/cable/device_cells-inl.hpp>
