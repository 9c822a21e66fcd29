// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/discretisation.hpp>
#include <nernst/cable/places.hpp>

namespace nernst {

namespace cable {
/// A compartment that a region covers, and how much of its area.
struct covered {
  int compartment;
  double fraction;
};
}  // namespace cable

/// A neuron in pieces: plain arrays by compartment, in SI units. As in NEURON there are, beside the
/// compartments of branches, some without an area: one at the beginning of the root, and one at the
/// end of each branch, where others begin. (A sphere has none.) Parents stand before their
/// children, the root first.
class compartments {
 public:
  /// \throws std::length_error above 2^24 compartments.
  compartments(morphology const& of, discretisation const& how);

  int size() const { return static_cast<int>(parent.size()); }

  std::vector<int> parent;              ///< or -1, for the root
  std::vector<cable::location> centre;  ///< the middle, by length; of those without area the place
  std::vector<double> from, to;         ///< fractions of the length of the branch of the centre
  std::vector<double> length;           ///< in m; 0 where there is no area
  std::vector<double> area;             ///< of the membrane, in m^2
  std::vector<double> volume;           ///< in m^3
  std::vector<double> diameter;         ///< the mean over the length, in m
  /// The resistance between the centre and that of the parent has two parts: what lies in this
  /// compartment, and what lies in the parent; in 1/m: times the axial resistivity there in ohm.
  std::vector<double> resistance, resistance_in_parent;

  /// The piece of a branch that a compartment is; none without an area, of a single compartment
  /// each branch.
  cable::stretches pieces(int compartment) const;
  /// The compartments that a region covers, by number. \throws std::invalid_argument if there is
  /// none.
  std::vector<cable::covered> covered_by(region const& where) const;
  /// The compartments that places are in. The ends of a branch are in those without area there.
  /// \throws std::invalid_argument for places that are not there.
  std::vector<int> holding(places const& where) const;
  int holding(cable::location const& where) const;

  /// The conductance between each compartment and its parent, in S, for an axial resistivity in
  /// ohm m; 0 for the root. \throws std::invalid_argument unless it is above 0.
  std::vector<double> axial_conductance(cable::axial_resistivity resistivity) const;
  /// The same with a resistivity for each compartment. \throws std::invalid_argument unless there
  /// are as many as compartments, all above 0.
  std::vector<double> axial_conductance(std::vector<double> const& resistivity) const;

  /// The value of an expression of distance, radius and position at each centre, as a number of
  /// units: `values(-65 * mV + 0.1 * mV / um * distance, mV)`. \throws std::invalid_argument for
  /// an expression of anything else.
  template <language::Operand E, ir::unit U>
  std::vector<double> values(E const& expression, ir::quantity<U> unit) const {
    auto const checked =
        language::detail::operand<"values(e, unit)", ir::dimension_of<U>>(expression);
    if constexpr (nernst::detail::any_mistaken<std::remove_const_t<decltype(checked)>>)
      return {};
    else
      return values(language::flatten(checked), unit.si);
  }

  /// The same of a flattened expression.
  std::vector<double> values(language::written_expression const& e, double unit) const;

  morphology const& shape() const { return *shape_; }

 private:
  struct node {
    int parent = cable::none;
    cable::location centre;
    double from = 0, to = 0;
    cable::extent whole;
    double resistance = 0, resistance_in_parent = 0;
  };

  void cut(discretisation const& how);
  void cut(int branch, std::vector<double> const& ends);
  void merge();
  int append(node const& n);
  /// The compartment where something begins that is attached there.
  int attached_at(cable::location const& where) const;
  /// The compartment with an area that has a place of a branch, the second of two that meet there.
  int at_fraction(int branch, double fraction) const;

  std::shared_ptr<morphology const> shape_;
  bool is_single_ = false;
  std::vector<int> first_;  ///< of each branch
  std::vector<int> count_;  ///< those of each branch that have an area
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/compartments-inl.hpp>
#endif
