// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/branch.hpp>

#include <functional>

namespace nernst {

namespace cable {
using axial_resistivity = ir::quantity<ir::unit_of<ir::units::ohm * ir::units::metre>>;
using area_capacitance = ir::quantity<ir::unit_of<ir::units::farad / power(ir::units::metre, 2)>>;
using frequency = ir::quantity<ir::unit_of<ir::units::hertz>>;
}  // namespace cable

namespace cable::detail {
inline constexpr int most_compartments = 1 << 24;
/// \throws std::invalid_argument unless the number is finite and above 0; `what` begins the
/// message, "d_lambda: expected a fraction".
void require_positive(char const* what, double number);
}  // namespace cable::detail

/// Where branches are cut into compartments.
class discretisation {
 public:
  /// The ends of the compartments of a branch, as fractions of its length; the last is 1.
  using rule = std::function<std::vector<double>(cable::branch const&)>;

  explicit discretisation(rule ends) : ends_(std::move(ends)) {}

  /// Whether the whole neuron is one compartment.
  bool is_single() const { return !ends_; }
  /// \throws std::length_error above 2^24 compartments.
  std::vector<double> ends(cable::branch const& one) const;

 private:
  rule ends_;
};

/// What the length constant of a branch depends on; at first as in NEURON.
struct passive_membrane {
  /// Ra: 35.4 ohm cm.
  cable::axial_resistivity axial_resistivity{0.354};
  /// cm: 1 uF/cm^2.
  cable::area_capacitance capacitance{0.01};
};

/// The same number of compartments of equal length for each branch. \throws std::invalid_argument
/// below 1.
discretisation fixed_per_branch(int count);
/// So many of equal length as the function says for each branch. \throws std::invalid_argument,
/// when a morphology is cut, below 1.
discretisation fixed_per_branch(std::function<int(cable::branch const&)> count);
/// As many of equal length as it takes for none to be longer than this. \throws
/// std::invalid_argument unless it is above 0 um.
discretisation greatest_length(cable::length length);
/// NEURON's rule: an odd number of equal length, with none longer than about that fraction of the
/// length constant at a frequency. \throws std::invalid_argument unless all numbers are above 0.
discretisation d_lambda(double fraction, passive_membrane const& membrane = {},
                        cable::frequency frequency = cable::frequency(100));
/// One for each frustum, as Brian has it: the lengths of a section that is built by hand, or what
/// is between samples of a file.
discretisation each_frustum();
/// The whole neuron as one compartment.
discretisation single_compartment();

namespace cable {
/// How many length constants a branch is long, for alternating current of that many Hz: the
/// integral of dx / lambda, where lambda = sqrt(d / (4 pi f Ra cm)), with the mean of d in each
/// frustum.
double electrotonic_length(branch const& one, passive_membrane const& membrane, double hertz);
}  // namespace cable

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/discretisation-inl.hpp>
#endif
