// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/record/state_record.hpp>
#include <nernst/refuse.hpp>

namespace nernst {

namespace cable {
/// The places of which values are recorded, cell by cell.
struct recorded_places {
  std::vector<std::vector<int>> compartments;  ///< by structure
  std::vector<std::uint32_t> structure = {};   ///< by cell
  std::vector<std::size_t> first = {0};        ///< by cell, and the end

  /// The place of a cell among all. \throws std::out_of_range
  std::size_t of(std::size_t cell, std::size_t place) const {
    std::size_t const there = of_cell(cell).size();
    if (place >= there)
      nernst::detail::refuse<std::out_of_range>({"record of cells: expected one of ", there,
                                                 " places of cell ", cell, ", found place ",
                                                 place});
    return first[cell] + place;
  }
  /// The compartments of the places of a cell. \throws std::out_of_range
  std::vector<int> const& of_cell(std::size_t cell) const {
    if (cell >= structure.size())
      nernst::detail::refuse<std::out_of_range>(
          {"record of cells: expected one of ", structure.size(), " cells, found cell ", cell});
    return compartments[structure[cell]];
  }
};
}  // namespace cable

/// A variable of compartments at places of cells, once in every step since it was asked for, or in
/// every k-th. Copies speak of the same record, which may outlive its network.
template <class Real>
class cell_record {
 public:
  cell_record(state_record<Real> const& all, cable::recorded_places places)
      : all_(all), places_(std::move(places)) {}

  std::size_t steps() const { return all_.steps(); }
  std::vector<double> times() const { return all_.times(); }
  /// The values (SI units) of all steps at a place of a cell, both counted in the order in which
  /// they were asked for. \throws std::out_of_range
  std::vector<double> trace(std::size_t cell = 0, std::size_t place = 0) const {
    std::vector<double> values(steps());
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] = all_.at(k, 0, places_.of(cell, place));
    return values;
  }
  /// The values at all places of a cell in a recorded step. \throws std::out_of_range
  std::vector<double> profile(std::size_t step, std::size_t cell = 0) const {
    std::vector<double> values(compartments(cell).size());
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] = all_.at(step, 0, places_.of(cell, k));
    return values;
  }
  /// The compartments of the places, by number among those of a cell. \throws std::out_of_range
  std::vector<int> const& compartments(std::size_t cell = 0) const { return places_.of_cell(cell); }
  /// All of it: one "neuron" for each place of each cell.
  state_record<Real> const& all() const { return all_; }

 private:
  state_record<Real> all_;
  cable::recorded_places places_;
};

/// The potential at extracellular electrodes. Copies speak of the same record, which may outlive
/// its network.
template <class Real>
class potential_record {
 public:
  explicit potential_record(state_record<Real> const& all) : all_(all) {}

  std::size_t steps() const { return all_.steps(); }
  std::vector<double> times() const { return all_.times(); }
  /// The potential in V in all steps at an electrode, in the order in which they were asked for.
  /// \throws std::out_of_range
  std::vector<double> trace(std::uint32_t electrode = 0) const {
    return all_.trace("potential", electrode);
  }
  /// All of it: one "neuron" for each electrode.
  state_record<Real> const& all() const { return all_; }

 private:
  state_record<Real> all_;
};

}  // namespace nernst
