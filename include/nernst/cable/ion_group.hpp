// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartment_model.hpp>
#include <nernst/engine/population_base.hpp>

namespace nernst::cable {

/// Where the reversal potential of an ion in a compartment comes from, by what the mechanisms there
/// do with its concentrations: NEURON's ion style.
enum class reversal_source : std::uint8_t {
  painted,         ///< they do not use any: it is a value
  initial,         ///< they read them: it follows from what these are at first
  concentrations,  ///< they write them: it follows in each step
  held             ///< it is a value whatever they do
};

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
  /// A mechanism in compartments, by place, or the user, lets their reversal potentials come from
  /// there.
  void promote(std::vector<std::int32_t> const& places, reversal_source source);
  /// By place; empty where all are painted.
  std::vector<reversal_source> const& sources() const { return sources_; }
  /// Whether that of any compartment, or of all, follows from the concentrations in each step.
  bool changes() const { return !changing_.empty(); }
  bool changes_everywhere() const;
  /// Of places [begin, end): lets reversal potentials be those of the concentrations, by Nernst's
  /// equation, where they are so in each step, or where they are so at first, too.
  void find_reversal(std::uint32_t begin, std::uint32_t end, double temperature,
                     reversal_source least) const;
  std::size_t memory_bytes() const override;
  /// Mechanisms write concentrations in a run, and what comes out is theirs.
  void require_bounds() const override {}
  /// Of what a run begins with. \throws std::invalid_argument for a concentration below 0.
  void require_concentrations() const { population_base<Real>::require_bounds(); }

  /// Whether somebody wants to know the current.
  bool is_counted = false;

 private:
  /// Consecutive places.
  struct place_run {
    std::uint32_t begin, end;
  };
  std::vector<place_run> const& runs_of(reversal_source least) const {
    return least == reversal_source::initial ? derived_ : changing_;
  }
  std::vector<place_run> find_runs(reversal_source least) const;

  int charge_;
  std::string ion_;
  Real *current_, *conductance_;
  std::vector<reversal_source> sources_;
  /// At least `initial`, at least `concentrations`; none is `held`.
  std::vector<place_run> derived_, changing_;
};

}  // namespace nernst::cable

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/ion_group-inl.hpp>
