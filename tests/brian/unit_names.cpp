// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian/builtin.hpp>
#include <nernst/brian/unit_names.hpp>
#include <nernst/language/constants.hpp>
#include <nernst/language/units.hpp>

#include "catch.hpp"
#include <string>

using nernst::brian::find_unit;
namespace ir = nernst::ir;
namespace dsl = nernst::dsl;

static_assert(find_unit("mV")->value == 1e-3 && find_unit("mV")->unit == ir::units::volt &&
              !find_unit("mV")->is_base);
static_assert(find_unit("volt")->is_base && find_unit("Hz")->is_base &&
              find_unit("mmolar")->is_base && !find_unit("molar")->is_base);
static_assert(find_unit("kilogram")->is_base && !find_unit("gram")->is_base &&
              !find_unit("metre2")->is_base);
static_assert(find_unit("umeter2")->value == 1e-12 && find_unit("damp")->value == 0.1 &&
              find_unit("daamp")->value == 10);
static_assert(!find_unit("V") && !find_unit("A") && !find_unit("celsius") &&
              !find_unit("mkilogram") && !find_unit("xV") && !find_unit("") &&
              !find_unit("volt4") && !find_unit("litre2") && !find_unit("volts") &&
              !find_unit("1V") && !find_unit("mm4"));
static_assert(nernst::brian::base_unit_name(ir::units::volt) == "volt" &&
              nernst::brian::base_unit_name(ir::units::molar) == "mmolar");

namespace {
struct listed {
  char const* name;
  double value;
  ir::dimension unit;
};
#define ONE(name) {#name, dsl::name.si, dsl::name.dimension},
#define PREFIXED(name)                                                                             \
  ONE(name)                                                                                        \
  ONE(y##name)                                                                                     \
  ONE(z##name) ONE(a##name) ONE(f##name) ONE(p##name) ONE(n##name) ONE(u##name) ONE(m##name)       \
      ONE(c##name) ONE(d##name) ONE(da##name) ONE(h##name) ONE(k##name) ONE(M##name) ONE(G##name)  \
          ONE(T##name) ONE(P##name) ONE(E##name) ONE(Z##name) ONE(Y##name)
listed const all[] = {
    PREFIXED(metre) PREFIXED(meter) PREFIXED(metre2) PREFIXED(metre3) PREFIXED(meter2) PREFIXED(
        meter3) PREFIXED(second) PREFIXED(ampere) PREFIXED(amp) PREFIXED(kelvin) PREFIXED(mole)
        PREFIXED(mol) PREFIXED(candela) PREFIXED(candle) PREFIXED(gram) PREFIXED(gramme)
            PREFIXED(litre) PREFIXED(liter) PREFIXED(molar) PREFIXED(radian) PREFIXED(steradian)
                PREFIXED(hertz) PREFIXED(newton) PREFIXED(pascal) PREFIXED(joule) PREFIXED(watt)
                    PREFIXED(coulomb) PREFIXED(volt) PREFIXED(farad) PREFIXED(ohm) PREFIXED(siemens)
                        PREFIXED(weber) PREFIXED(tesla) PREFIXED(henry) PREFIXED(lumen)
                            PREFIXED(lux) PREFIXED(becquerel) PREFIXED(gray) PREFIXED(sievert)
                                PREFIXED(katal) ONE(kilogram) ONE(kilogramme) ONE(kg) ONE(nV)
                                    ONE(uV) ONE(mV) ONE(kV) ONE(fA) ONE(pA) ONE(nA) ONE(uA) ONE(mA)
                                        ONE(fF) ONE(pF) ONE(nF) ONE(uF) ONE(mF) ONE(fS) ONE(pS)
                                            ONE(nS) ONE(uS) ONE(mS) ONE(fs) ONE(ps) ONE(ns) ONE(us)
                                                ONE(ms) ONE(Hz) ONE(mHz) ONE(kHz) ONE(MHz) ONE(GHz)
                                                    ONE(Pa) ONE(hPa) ONE(kPa) ONE(MPa) ONE(GPa)
                                                        ONE(fC) ONE(pC) ONE(nC) ONE(uC) ONE(mC)
                                                            ONE(fM) ONE(pM) ONE(nM) ONE(uM) ONE(mM)
                                                                ONE(pN) ONE(nN) ONE(uN) ONE(mN)
                                                                    ONE(pJ) ONE(nJ) ONE(uJ) ONE(mJ)
                                                                        ONE(kJ) ONE(nW) ONE(uW)
                                                                            ONE(mW) ONE(kW) ONE(nT)
                                                                                ONE(uT) ONE(mT) ONE(
                                                                                    nH) ONE(uH) ONE(mH)
                                                                                    ONE(
                                                                                        Wb) ONE(uK)
                                                                                        ONE(
                                                                                            mK) ONE(pg)
                                                                                            ONE(ng)
                                                                                                ONE(ug) ONE(
                                                                                                    mg) ONE(nm)
                                                                                                    ONE(um) ONE(mm) ONE(cm) ONE(
                                                                                                        dm) ONE(km)
                                                                                                        ONE(nm2) ONE(um2) ONE(
                                                                                                            mm2) ONE(cm2)
                                                                                                            ONE(dm2) ONE(
                                                                                                                km2) ONE(nm3)
                                                                                                                ONE(um3) ONE(
                                                                                                                    mm3) ONE(cm3)
                                                                                                                    ONE(dm3) ONE(
                                                                                                                        km3)};
listed const constants[] = {ONE(avogadro_constant) ONE(boltzmann_constant) ONE(electric_constant)
                                ONE(electron_mass) ONE(elementary_charge) ONE(faraday_constant)
                                    ONE(gas_constant) ONE(magnetic_constant)
                                        ONE(molar_mass_constant) ONE(zero_celsius)};
}  // namespace

TEST_CASE("units have the names and values of the expressions in C++", "[brian][units]") {
  for (listed const& u : all) {
    INFO(u.name);
    auto const found = find_unit(u.name);
    REQUIRE(found);
    CHECK(found->value == u.value);
    CHECK(found->unit == u.unit);
  }
}

TEST_CASE("physical constants have the names and values of the expressions in C++",
          "[brian][units]") {
  for (listed const& c : constants) {
    INFO(c.name);
    int const b = nernst::brian::detail::builtins_by_name.find(
        c.name, nernst::brian::detail::hash_of(c.name));
    REQUIRE(b != ir::none);
    CHECK(nernst::brian::detail::builtins[b].value == c.value);
    CHECK(nernst::brian::detail::builtins[b].unit == c.unit);
  }
}
