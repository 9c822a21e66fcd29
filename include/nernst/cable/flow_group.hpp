// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_layout.hpp>
#include <nernst/cable/compartment_model.hpp>
#include <nernst/cable/solve.hpp>
#include <nernst/engine/population_base.hpp>

namespace nernst::cable {

/// The model of currents in whole compartments.
struct flow_model {
  static constexpr detail::variables_only<detail::of_flows> model{};
};

/// What has flowed in a step between compartments, through their membranes, and from electrodes:
/// for cells of which somebody wants to know.
template <class Real>
class flow_group : public population_base<Real> {
 public:
  /// `numbers` are those of the compartments, by place.
  flow_group(population_outline<Real> const& outline, executor const& run,
             std::vector<std::uint32_t> bounds, std::uint32_t const* numbers)
      : population_base<Real>(outline, run, std::move(bounds)),
        axial_(this->array("axial_current")), membrane_(this->array("membrane_current")),
        stimulus_(this->array("stimulus_current")) {
    this->numbers_ = numbers;
  }

  std::string_view element_word() const override { return "compartment"; }
  bool is_driven() const override { return true; }
  bool fires() const override { return false; }

  Real* axial() const { return axial_; }
  Real* membrane() const { return membrane_; }
  Real* stimulus() const { return stimulus_; }
  /// Forgets what came from electrodes into the places [begin, end).
  void clear(std::uint32_t begin, std::uint32_t end) {
    std::fill(stimulus_ + begin, stimulus_ + end, Real(0));
  }
  /// Adds `sign` times what flows out of those places: before and behind that of an electrode.
  void count(std::uint32_t begin, std::uint32_t end, Real sign, cable_equation<Real> const& all) {
    for (std::uint32_t k = begin; k < end; ++k)
      stimulus_[k] += sign * (all.current[k] + all.current_density[k] * all.area[k]);
  }
  /// Finds the others for a block, whose places end at `end`, by `axial` and the voltages that the
  /// step has computed them with: `v` less `too_far`.
  void compute(cell_block const& of, std::uint32_t end, forest const& trees, Real const* axial,
               Real const* v, Real const* too_far);

 private:
  Real *axial_, *membrane_, *stimulus_;
};

template <class Real>
void flow_group<Real>::compute(cell_block const& of, std::uint32_t end, forest const& trees,
                               Real const* axial, Real const* v, Real const* too_far) {
  std::size_t const first = of.first_place;
  std::copy(stimulus_ + first, stimulus_ + end, membrane_ + first);
  std::fill(axial_ + first, axial_ + end, Real(0));
  auto const potential = [=](std::size_t k) {
    return too_far == nullptr ? v[k] : v[k] - too_far[k];
  };
  for (int c = 0; c < trees.compartments; ++c) {
    eliminated_row const& row = trees.order[c];
    if (row.parent < 0) continue;
    std::size_t const here = first + static_cast<std::size_t>(row.row) * of.cells;
    std::size_t const up = first + static_cast<std::size_t>(row.parent) * of.cells;
    for (std::size_t k = 0; k < of.cells; ++k) {
      Real const inward = axial[here + k] * (potential(up + k) - potential(here + k));
      axial_[here + k] = inward;
      membrane_[here + k] += inward;
      membrane_[up + k] -= inward;
    }
  }
}

}  // namespace nernst::cable
