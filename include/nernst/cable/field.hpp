// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/morphology.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/mechanism.hpp>
#include <nernst/language/variable.hpp>
#include <nernst/language/written_expression.hpp>

#include <array>

namespace nernst::cable {

namespace detail {
template <ir::fixed_string Name>
using length_variable = language::variable<Name, "m", ir::role::parameter>;

/// What varies along a neuron, in the order of the variables' names.
inline constexpr std::array<std::string_view, 6> field_names = {
    "distance", "radius", "diameter", "position.x", "position.y", "position.z"};

struct field_environment {
  std::array<double, field_names.size()> values{};  ///< in SI units
  std::vector<std::size_t> leaves;                  ///< by the variables of an expression

  double symbol(int which) const { return values[leaves[static_cast<std::size_t>(which)]]; }
  double draw(ir::op, int) const { return NAN; }
};
}  // namespace detail

/// An expression of distance, radius and position, ready to be evaluated anywhere on a neuron. For
/// a condition it also tells where it may change.
class field {
 public:
  /// `who` is what messages call it. \throws std::invalid_argument for expressions of anything
  /// else: other variables, random numbers, timed arrays, functions of the user.
  field(morphology const& of, language::written_expression const& e, std::string_view who);

  /// The value at a fraction of a branch.
  double at(location const& place);
  /// Where on a branch the condition holds.
  void append_where(int branch, stretches& to);

 private:
  /// Evaluates at a fraction of a frustum.
  void evaluate(std::size_t branch, std::size_t frustum, double fraction);
  /// Two fractions of a frustum, and the margins of a comparison there.
  struct turn_between {
    double low, high, before, after;
  };

  std::vector<double> samples(std::size_t branch, std::size_t frustum) const;
  double find_turn(std::size_t branch, std::size_t frustum, std::size_t comparison,
                   turn_between ends);
  /// Fractions of a frustum between which a condition does not change, its ends included.
  std::vector<double> turns(std::size_t branch, std::size_t frustum);
  double margin(std::size_t comparison) const {
    return results_[1 + 2 * comparison] - results_[2 + 2 * comparison];
  }

  morphology const* of_;
  std::vector<way> ways_;
  detail::field_environment here_;
  std::vector<double> results_;  ///< the value, then both sides of each comparison
  ir::interpreter<detail::field_environment> evaluate_;
};

}  // namespace nernst::cable

namespace nernst::dsl {

/// How far a place is along the branches from the root's beginning, or from where a morphology is
/// told to measure; 0 on a spherical root.
inline constexpr cable::detail::length_variable<"distance"> distance{};
/// How thick a branch is.
inline constexpr cable::detail::length_variable<"radius"> radius{};
using language::diameter;
/// Where the axis of a branch is: `position.x`, `position.y`, `position.z`.
struct position_variables {
  cable::detail::length_variable<"position.x"> x;
  cable::detail::length_variable<"position.y"> y;
  cable::detail::length_variable<"position.z"> z;
};
inline constexpr position_variables position{};

}  // namespace nernst::dsl

#if NERNST_HEADER_ONLY
#include <nernst/cable/field-inl.hpp>
#endif
