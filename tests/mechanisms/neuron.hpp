// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

/// Comparison with what NEURON 9.0.2 computed (tests/data/make_neuron_cable.py).
namespace test {

/// What NEURON recorded: a row for each time, a column for each variable.
struct neuron_rows {
  explicit neuron_rows(std::string const& file)
      : all(nernst::io::read_npy<double>(std::string(NERNST_TEST_DATA "/neuron/") + file)) {}

  std::size_t rows() const { return all.shape.at(0); }
  double at(std::size_t row, std::size_t column) const {
    return all.data.at(row * all.shape.at(1) + column);
  }
  /// The largest difference of a column to values here, of which every `every`-th is compared and
  /// which are multiplied by `factor`: volts by 1e3.
  double worst(std::size_t column, std::vector<double> const& ours, double factor,
               std::size_t every = 1, std::size_t until = SIZE_MAX) const {
    double difference = 0;
    for (std::size_t k = 0; k < std::min(rows(), until); ++k)
      difference = std::max(difference, std::abs(ours.at(k * every) * factor - at(k, column)));
    return difference;
  }

  nernst::io::array<double> all;
};

/// The steps of NEURON's values for secondorder.
inline nernst::cable::step_scheme scheme_of(int secondorder) {
  using nernst::cable::step_scheme;
  if (secondorder == 0) return step_scheme::backward_euler;
  return secondorder == 1 ? step_scheme::crank_nicolson : step_scheme::crank_nicolson_with_ions;
}
inline std::string order_file(std::string const& stem, int secondorder) {
  return stem + "_order" + std::to_string(secondorder) + ".npy";
}

/// As many compartments as NEURON's nseg, by the name of the branch; 1 for the soma.
inline nernst::discretisation soma_and(int others) {
  return nernst::fixed_per_branch(
      [=](nernst::cable::branch const& of) { return of.name == "soma" ? 1 : others; });
}

/// A soma as long as thick, and at its end a dendrite of 200 x 1 um.
inline nernst::morphology ball_and_stick(nernst::cable::length soma) {
  nernst::morphology shape(nernst::dsl::cylinder(soma, soma));
  shape.attach(0, 1, nernst::dsl::cylinder(200 * nernst::dsl::um, 1 * nernst::dsl::um), "dend");
  return shape;
}

/// Where the values of an element of a record are, step by step.
template <class Real>
std::vector<double> trace_of(nernst::state_record<Real> const& of, std::size_t element = 0,
                             std::size_t variable = 0) {
  std::vector<double> values(of.steps());
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = of.at(k, variable, element);
  return values;
}

}  // namespace test
