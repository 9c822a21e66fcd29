// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language/boost_units.hpp>

#include <boost/units/quantity.hpp>
#include <boost/units/systems/si/current.hpp>
#include <boost/units/systems/si/dimensionless.hpp>
#include <boost/units/systems/si/electric_potential.hpp>
#include <boost/units/systems/si/plane_angle.hpp>
#include <boost/units/systems/si/resistance.hpp>
#include <boost/units/systems/si/time.hpp>

#include "catch.hpp"
#include <string_view>
#include <type_traits>

namespace {

namespace si = boost::units::si;
namespace units = nernst::ir::units;
using nernst::ir::quantity;
using nernst::language::dimension_of;

using number = quantity<units::one>;
using voltage = quantity<units::volt>;

constexpr voltage mV(1e-3), volt(1);

template <class T>
constexpr std::string_view name_of() {
  return __PRETTY_FUNCTION__;
}

// Conversions where the dimensions agree, and only there.
using boost_voltage = boost::units::quantity<si::electric_potential, double>;
using boost_current = boost::units::quantity<si::current, double>;
static_assert(std::is_convertible_v<boost_voltage, voltage> &&
              std::is_convertible_v<voltage, boost_voltage>);
static_assert(std::is_convertible_v<si::electric_potential, voltage> &&
              !std::is_convertible_v<voltage, si::electric_potential>);
static_assert(!std::is_constructible_v<voltage, boost_current> &&
              !std::is_constructible_v<boost_current, voltage>);
static_assert(!std::is_constructible_v<voltage, si::current> &&
              !std::is_constructible_v<double, boost_current>);
static_assert(dimension_of<boost::units::electric_potential_dimension> == units::volt);
static_assert(dimension_of<boost::units::resistance_dimension> == units::ohm);
static_assert(dimension_of<boost::units::dimensionless_type> == units::one);
static_assert(dimension_of<boost::units::plane_angle_dimension> == units::one);
static_assert(std::is_same_v<decltype(quantity(boost_voltage())), voltage>);
static_assert(name_of<decltype(quantity(boost_voltage()) * mV)>().find("boost::") ==
              std::string_view::npos);

TEST_CASE("quantities convert from and to Boost.Units", "[quantity][boost_units]") {
  voltage const v = 3.0 * si::volt;
  CHECK(v.si == 3);
  boost_voltage const b = 20 * mV;
  CHECK(b.value() == 20 * 0.001);
  CHECK(voltage(b) == 20 * mV);
  CHECK(boost_voltage(v).value() == 3);
  quantity const r = 3.0 * si::volt / (2.0 * si::ampere);
  static_assert(std::is_same_v<decltype(r), quantity<units::ohm> const>);
  CHECK(r.si == 1.5);
  voltage const unit = si::volt;
  CHECK(unit.si == 1);
  boost::units::quantity<si::dimensionless> const n = mV / volt;
  CHECK(n.value() == 0.001);
  number const angle = 2.0 * si::radian;
  CHECK(angle == 2);
  CHECK(
      dimension_of<boost::units::unit<boost::units::time_dimension, si::system>::dimension_type> ==
      units::second);
}

}  // namespace
