// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/units.hpp>
#include <nernst/language.hpp>

#include <boost/units/quantity.hpp>
#include <boost/units/systems/si.hpp>

#include "catch.hpp"
#include <type_traits>

namespace {

namespace si = boost::units::si;
using namespace nernst::dsl;

/// Whether `unit` is Boost.Units' `Unit`, in dimension and in size.
template <class Unit>
constexpr bool is(decltype(quantity(Unit())) unit) {
  return unit.si == 1;
}
template <class A, class B>
constexpr bool same(A a, B b) {
  return std::is_same_v<A, B> && a.si == b.si;
}

// Every derived unit agrees with Boost.Units'.
static_assert(is<si::length>(metre) && is<si::mass>(kilogram) && is<si::time>(second) &&
              is<si::current>(ampere));
static_assert(is<si::temperature>(kelvin) && is<si::amount>(mole) &&
              is<si::luminous_intensity>(candela));
static_assert(is<si::plane_angle>(radian) && is<si::solid_angle>(steradian) &&
              is<si::dimensionless>(one));
static_assert(is<si::frequency>(hertz) && is<si::force>(newton) && is<si::pressure>(pascal) &&
              is<si::energy>(joule) && is<si::power>(watt));
static_assert(is<si::electric_charge>(coulomb) && is<si::electric_potential>(volt) &&
              is<si::capacitance>(farad));
static_assert(is<si::resistance>(ohm) && is<si::conductance>(siemens));
static_assert(is<si::magnetic_flux>(weber) && is<si::magnetic_flux_density>(tesla) &&
              is<si::inductance>(henry));
static_assert(is<si::luminous_flux>(lumen) && is<si::illuminance>(lux) &&
              is<si::activity>(becquerel));
static_assert(is<si::absorbed_dose>(gray) && is<si::dose_equivalent>(sievert) &&
              is<si::catalytic_activity>(katal));
static_assert(is<si::area>(metre2) && is<si::volume>(metre3));

// The units that the intermediate representation names.
namespace names = nernst::ir::units;
static_assert(volt.dimension == names::volt && farad.dimension == names::farad &&
              ohm.dimension == names::ohm);
static_assert(siemens.dimension == names::siemens && coulomb.dimension == names::coulomb &&
              molar.dimension == names::molar);
static_assert(weber.dimension == names::weber && tesla.dimension == names::tesla &&
              henry.dimension == names::henry);
static_assert(pascal.dimension == names::pascal && watt.dimension == names::watt &&
              katal.dimension == names::katal);

// Synonyms.
static_assert(same(meter, metre) && same(amp, ampere) && same(mol, mole) && same(liter, litre) &&
              same(gramme, gram));
static_assert(same(kilogramme, kilogram) && same(candle, candela) && same(meter2, metre2) &&
              same(mmeter3, mmetre3));
static_assert(same(mV, mvolt) && same(nS, nsiemens) && same(uF, ufarad) && same(pA, pamp) &&
              same(ms, msecond) && same(Hz, hertz));
static_assert(same(um, umetre) && same(cm2, cmetre2) && same(um3, umetre3) && same(kg, kilogram) &&
              same(mM, mmolar) && same(GPa, Gpascal));

TEST_CASE("prefixes are decimal literals", "[units]") {
  double const found[] = {yvolt.si, zvolt.si, avolt.si, fvolt.si,  pvolt.si, nvolt.si, uvolt.si,
                          mvolt.si, cvolt.si, dvolt.si, davolt.si, hvolt.si, kvolt.si, Mvolt.si,
                          Gvolt.si, Tvolt.si, Pvolt.si, Evolt.si,  Zvolt.si, Yvolt.si};
  double const brian[] = {1e-24, 1e-21, 1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1e-2, 1e-1,
                          1e1,   1e2,   1e3,   1e6,   1e9,   1e12, 1e15, 1e18, 1e21, 1e24};
  for (int i = 0; i < 20; ++i) CHECK(found[i] == brian[i]);
}

TEST_CASE("units have the values of Brian 2", "[units]") {
  CHECK((2 * mV).si == 2 * 0.001);
  CHECK((1.62 * mV).si == 1.62 * 0.001);
  CHECK((30 * nS).si == 30 * 1e-9);
  CHECK(gram.si == 0.001);
  CHECK(mgram.si == 1e-06);
  CHECK(kgram.si == 1);
  CHECK(pgram.si == 1e-15);
  CHECK(litre.si == 0.001);
  CHECK(mliter.si == 1e-06);
  CHECK(molar.si == 1000);
  CHECK(mM.si == 1);
  CHECK(uM.si == 0.001);
  CHECK(nM.si == 1e-06);
  CHECK(cm2.si == 0.0001);
  CHECK(um2.si == 1e-12);
  CHECK(um3.si == 1e-18);
  CHECK(cm3.si == 1e-06);
  CHECK(kmetre2.si == 1e6);
  CHECK(Mohm.si == 1e6);
  CHECK(kHz.si == 1e3);
  CHECK(cm2.in(mm2) == Approx(100));
  CHECK(litre.in(cm3) == Approx(1000));
}

TEST_CASE("units combine", "[units]") {
  constexpr auto area = 20000 * um * um;
  static_assert(std::is_same_v<decltype(1 * uF / (cm * cm) * area), decltype(farad + farad)>);
  CHECK((1 * uF / (cm * cm) * area).in(pF) == Approx(200));
  CHECK((Mohm * pF).in(us) == Approx(1));
  CHECK((nA / nS).in(volt) == Approx(1));
  CHECK((mV / ms).si == 1);
  static_assert(std::is_same_v<decltype(2 * mV / sqrt(ms)), decltype(volt * pow<-1, 2>(second))>);
}

TEST_CASE("physical constants agree with each other", "[units][constants]") {
  CHECK((avogadro_constant * elementary_charge / faraday_constant) == Approx(1).epsilon(1e-8));
  CHECK((avogadro_constant * boltzmann_constant / gas_constant) == Approx(1).epsilon(1e-7));
  auto const speed_of_light = 1 / sqrt(electric_constant * magnetic_constant);
  static_assert(std::is_same_v<decltype(speed_of_light), decltype(metre / second) const>);
  CHECK(speed_of_light.si == Approx(299792458).epsilon(1e-9));
  CHECK(molar_mass_constant.si == 1e-3);
  CHECK(electron_mass.in(kg) == 9.10938356e-31);
  auto const thermal_voltage = gas_constant * (zero_celsius + 37 * kelvin) / faraday_constant;
  CHECK(thermal_voltage.in(mV) == Approx(26.7267).epsilon(1e-5));
}

TEST_CASE("units convert to Boost.Units", "[units][boost_units]") {
  boost::units::quantity<si::conductance> const g = 30 * nS;
  CHECK(g.value() == 30 * 1e-9);
  quantity<names::volt> const v = 1e-9 * si::ampere / g;
  CHECK(v.in(mV) == Approx(100. / 3));
}

// The table of units and the names in C++ are one vocabulary.
namespace ir = nernst::ir;
namespace language = nernst::language;
struct listed {
  char const* name;
  double value;
  ir::dimension unit;
};
// clang-format off
#define ONE(name) {#name, language::name.si, language::name.dimension},
#define PREFIXED(name)                                                                             \
  ONE(name)                                                                                        \
  ONE(y##name) ONE(z##name) ONE(a##name) ONE(f##name) ONE(p##name) ONE(n##name) ONE(u##name)       \
  ONE(m##name) ONE(c##name) ONE(d##name) ONE(da##name) ONE(h##name) ONE(k##name) ONE(M##name)      \
  ONE(G##name) ONE(T##name) ONE(P##name) ONE(E##name) ONE(Z##name) ONE(Y##name)
constexpr listed all[] = {
    PREFIXED(metre) PREFIXED(meter) PREFIXED(metre2) PREFIXED(metre3) PREFIXED(meter2)
    PREFIXED(second) PREFIXED(ampere) PREFIXED(amp) PREFIXED(kelvin) PREFIXED(mole) PREFIXED(mol)
    PREFIXED(candela) PREFIXED(candle) PREFIXED(gram) PREFIXED(gramme) PREFIXED(litre)
    PREFIXED(liter) PREFIXED(molar) PREFIXED(radian) PREFIXED(steradian) PREFIXED(hertz)
    PREFIXED(newton) PREFIXED(pascal) PREFIXED(joule) PREFIXED(watt) PREFIXED(coulomb)
    PREFIXED(volt) PREFIXED(farad) PREFIXED(ohm) PREFIXED(siemens) PREFIXED(weber) PREFIXED(tesla)
    PREFIXED(henry) PREFIXED(lumen) PREFIXED(lux) PREFIXED(becquerel) PREFIXED(gray)
    PREFIXED(sievert) PREFIXED(katal)
    ONE(kilogram) ONE(kilogramme) ONE(kg) ONE(nV) ONE(uV) ONE(mV) ONE(kV) ONE(fA) ONE(pA) ONE(nA)
    ONE(uA) ONE(mA) ONE(fF) ONE(pF) ONE(nF) ONE(uF) ONE(mF) ONE(fS) ONE(pS) ONE(nS) ONE(uS) ONE(mS)
    ONE(fs) ONE(ps) ONE(ns) ONE(us) ONE(ms) ONE(Hz) ONE(mHz) ONE(kHz) ONE(MHz) ONE(GHz) ONE(Pa)
    ONE(hPa) ONE(kPa) ONE(MPa) ONE(GPa) ONE(fC) ONE(pC) ONE(nC) ONE(uC) ONE(mC) ONE(fM) ONE(pM)
    ONE(nM) ONE(uM) ONE(mM) ONE(pN) ONE(nN) ONE(uN) ONE(mN) ONE(pJ) ONE(nJ) ONE(uJ) ONE(mJ) ONE(kJ)
    ONE(nW) ONE(uW) ONE(mW) ONE(kW) ONE(nT) ONE(uT) ONE(mT) ONE(uH) ONE(mH) ONE(uK) ONE(pg) ONE(ng)
    ONE(ug) ONE(nm) ONE(um) ONE(mm) ONE(cm) ONE(km) ONE(nm2) ONE(um2) ONE(cm2) ONE(dm2) ONE(nm3)
    ONE(um3) ONE(cm3) ONE(dm3)};
// clang-format on

constexpr bool is_in_table(listed const& u) {
  auto const found = ir::find_unit(u.name);
  return found && found->value == u.value && found->unit == u.unit;
}
static_assert([] {
  for (listed const& u : all)
    if (!is_in_table(u)) return false;
  return true;
}());

TEST_CASE("units have the names and values of the expressions in C++", "[units]") {
  for (listed const& u : all) {
    INFO(u.name);
    auto const found = ir::find_unit(u.name);
    REQUIRE(found);
    CHECK(found->value == u.value);
    CHECK(found->unit == u.unit);
  }
}

}  // namespace
