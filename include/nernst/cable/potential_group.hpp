// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_layout.hpp>
#include <nernst/cable/compartment_model.hpp>
#include <nernst/cable/line_source.hpp>
#include <nernst/cable/solve.hpp>
#include <nernst/engine/population_base.hpp>

namespace nernst::cable {

/// The model of extracellular electrodes: what each block of cells contributes to them.
struct potential_model {
  static constexpr detail::variables_only<detail::of_electrodes> model{};
};

/// The potential at extracellular electrodes, of each block of cells: element `block * electrodes +
/// electrode`, so that sums do not depend on the number of threads.
template <class Real>
class potential_group : public population_base<Real> {
 public:
  /// `weights` in V/A: for each electrode those of the compartments, by place.
  potential_group(population_outline<Real> const& outline, executor const& run,
                  std::vector<std::uint32_t> bounds, std::vector<std::vector<double>> weights)
      : population_base<Real>(outline, run, std::move(bounds)), weights_(std::move(weights)),
        potential_(this->array("potential")) {}

  std::string_view element_word() const override { return "electrode"; }
  bool is_driven() const override { return true; }
  bool fires() const override { return false; }

  std::size_t electrodes() const { return weights_.size(); }
  std::vector<double> const& weights(std::size_t electrode) const { return weights_[electrode]; }
  Real* potential() const { return potential_; }
  /// Adds up what flows out of the compartments of a block: into each comes `axial` times the
  /// difference to its parent.
  void compute(int block, cell_block const& of, forest const& trees, Real const* axial,
               Real const* v);

 private:
  std::vector<std::vector<double>> weights_;
  Real* potential_;
};

}  // namespace nernst::cable

#include <nernst/cable/potential_group-inl.hpp>
