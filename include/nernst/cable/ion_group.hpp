// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartment_model.hpp>
#include <nernst/engine/population_base.hpp>

namespace nernst::cable {

/// An ion in the compartments of cells.
template <class Real>
class ion_group : public population_base<Real> {
 public:
  /// `numbers` are those of the compartments, by place.
  ion_group(population_outline<Real> const& outline, executor const& run,
            std::vector<std::uint32_t> bounds, std::uint32_t const* numbers,
            ion_properties const& what)
      : population_base<Real>(outline, run, std::move(bounds)), charge_(what.charge),
        ion_(what.name), current_(this->array("current")),
        conductance_(this->array("conductance")) {
    this->numbers_ = numbers;
  }

  std::string_view element_word() const override { return "compartment"; }
  bool is_driven() const override { return true; }
  bool fires() const override { return false; }
  int charge() const { return charge_; }
  std::string const& ion() const { return ion_; }
  Real* current() const { return current_; }
  /// The derivative of the current by the voltage.
  Real* conductance() const { return conductance_; }
  /// R T / (z F), in V.
  double unit_at(double temperature) const;
  /// Lets the reversal potential be that of the concentrations, by Nernst's equation.
  void find_reversal(std::uint32_t begin, std::uint32_t end, double temperature);

  /// Whether the reversal potential follows from the concentrations, whether these change, and
  /// whether somebody wants to know the current.
  bool is_derived = false, is_changing = false, is_counted = false;

 private:
  int charge_;
  std::string ion_;
  Real *current_, *conductance_;
};

}  // namespace nernst::cable

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/ion_group-inl.hpp>
