// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/ir/quantity.hpp>

#include <boost/units/systems/si/base.hpp>
#include <boost/units/units_fwd.hpp>

namespace nernst::language {

namespace detail {
template <class Tag>
struct base_dimension;
template <>
struct base_dimension<boost::units::length_base_dimension> {
  static constexpr ir::dimension value = ir::units::metre;
};
template <>
struct base_dimension<boost::units::mass_base_dimension> {
  static constexpr ir::dimension value = ir::units::kilogram;
};
template <>
struct base_dimension<boost::units::time_base_dimension> {
  static constexpr ir::dimension value = ir::units::second;
};
template <>
struct base_dimension<boost::units::current_base_dimension> {
  static constexpr ir::dimension value = ir::units::ampere;
};
template <>
struct base_dimension<boost::units::temperature_base_dimension> {
  static constexpr ir::dimension value = ir::units::kelvin;
};
template <>
struct base_dimension<boost::units::amount_base_dimension> {
  static constexpr ir::dimension value = ir::units::mole;
};
template <>
struct base_dimension<boost::units::luminous_intensity_base_dimension> {
  static constexpr ir::dimension value = ir::units::candela;
};
// In the SI angles are numbers.
template <>
struct base_dimension<boost::units::plane_angle_base_dimension> {
  static constexpr ir::dimension value = ir::units::one;
};
template <>
struct base_dimension<boost::units::solid_angle_base_dimension> {
  static constexpr ir::dimension value = ir::units::one;
};

template <class List>
struct dimension_of_list;
template <>
struct dimension_of_list<boost::units::dimensionless_type> {
  static constexpr ir::dimension value = ir::units::one;
};
template <class Tag, auto N, auto D, class Rest>
struct dimension_of_list<
    boost::units::list<boost::units::dim<Tag, boost::units::static_rational<N, D>>, Rest>> {
  static constexpr ir::dimension value =
      power(base_dimension<Tag>::value, {static_cast<int>(N), static_cast<int>(D)}) *
      dimension_of_list<Rest>::value;
};
}  // namespace detail

/// The `ir::dimension` of a dimension of Boost.Units, such as
/// `boost::units::electric_potential_dimension`. Angles are numbers.
template <class BoostDimension>
inline constexpr ir::dimension dimension_of = detail::dimension_of_list<BoostDimension>::value;

}  // namespace nernst::language

namespace nernst::ir {

/// SI units of Boost.Units, such as `boost::units::si::volt`, are quantities of value 1.
template <class Dim>
struct quantity_traits<boost::units::unit<Dim, boost::units::si::system>> {
  static constexpr ir::dimension dimension = language::dimension_of<Dim>;
  static constexpr double to_si(boost::units::unit<Dim, boost::units::si::system>) { return 1; }
};
/// Quantities of Boost.Units in SI units convert both ways; the program includes
/// `boost/units/quantity.hpp`.
template <class Dim, class Y>
struct quantity_traits<
    boost::units::quantity<boost::units::unit<Dim, boost::units::si::system>, Y>> {
  using foreign = boost::units::quantity<boost::units::unit<Dim, boost::units::si::system>, Y>;
  static constexpr ir::dimension dimension = language::dimension_of<Dim>;
  static constexpr double to_si(foreign const& q) { return static_cast<double>(q.value()); }
  static constexpr foreign from_si(double si) { return foreign::from_value(static_cast<Y>(si)); }
};

}  // namespace nernst::ir
