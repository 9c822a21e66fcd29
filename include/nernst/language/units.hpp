// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/powers_of_ten.hpp>
#include <nernst/ir/quantity.hpp>
#include <nernst/language/boost_units.hpp>

#include <boost/units/systems/si/base.hpp>

// Names and values are those of Brian 2, plus British spellings: every prefix with full names
// (`nsiemens`, `mvolt`), the usual ones with symbols (`nS`, `mV`), lengths also squared and cubed
// (`um2`, `metre3`). There are no names of one letter.

namespace nernst::language {

/// Seven base units are those of Boost.Units; every other unit follows from them.
inline constexpr ir::quantity<"m"> metre =
    boost::units::unit<boost::units::length_dimension, boost::units::si::system>{};
inline constexpr ir::quantity<"kg"> kilogram =
    boost::units::unit<boost::units::mass_dimension, boost::units::si::system>{};
inline constexpr ir::quantity<"s"> second =
    boost::units::unit<boost::units::time_dimension, boost::units::si::system>{};
inline constexpr ir::quantity<"A"> ampere =
    boost::units::unit<boost::units::current_dimension, boost::units::si::system>{};
inline constexpr ir::quantity<"K"> kelvin =
    boost::units::unit<boost::units::temperature_dimension, boost::units::si::system>{};
inline constexpr ir::quantity<"mol"> mole =
    boost::units::unit<boost::units::amount_dimension, boost::units::si::system>{};
inline constexpr ir::quantity<"cd"> candela =
    boost::units::unit<boost::units::luminous_intensity_dimension, boost::units::si::system>{};
/// The unit of numbers. Angles are numbers.
inline constexpr ir::quantity<"1"> one = 1, radian = 1, steradian = 1;

inline constexpr auto metre2 = metre * metre;
inline constexpr auto metre3 = metre2 * metre;
inline constexpr auto hertz = 1 / second;
inline constexpr auto newton = kilogram * metre / (second * second);
inline constexpr auto pascal = newton / metre2;
inline constexpr auto joule = newton * metre;
inline constexpr auto watt = joule / second;
inline constexpr auto coulomb = ampere * second;
inline constexpr auto volt = joule / coulomb;
inline constexpr auto farad = coulomb / volt;
inline constexpr auto siemens = ampere / volt;
inline constexpr auto ohm = volt / ampere;
inline constexpr auto weber = volt * second;
inline constexpr auto tesla = weber / metre2;
inline constexpr auto henry = weber / ampere;
inline constexpr auto lumen = candela * steradian;
inline constexpr auto lux = lumen / metre2;
inline constexpr auto becquerel = hertz;
inline constexpr auto gray = joule / kilogram;
inline constexpr auto sievert = gray;
inline constexpr auto katal = mole / second;
inline constexpr auto gram = kilogram / 1e3;
inline constexpr auto litre = metre3 / 1e3;
inline constexpr auto molar = 1e3 * mole / metre3;

inline constexpr auto meter = metre;
inline constexpr auto meter2 = metre2;
inline constexpr auto meter3 = metre3;
inline constexpr auto amp = ampere;
inline constexpr auto mol = mole;
inline constexpr auto candle = candela;
inline constexpr auto kilogramme = kilogram;
inline constexpr auto gramme = gram;
inline constexpr auto liter = litre;

// clang-format off
#define NERNST_PREFIXES(row, unit, suffix, power, exponent)                                        \
  row(y, -24, unit, suffix, power, exponent)                                                       \
  row(z, -21, unit, suffix, power, exponent)                                                       \
  row(a, -18, unit, suffix, power, exponent)                                                       \
  row(f, -15, unit, suffix, power, exponent)                                                       \
  row(p, -12, unit, suffix, power, exponent)                                                       \
  row(n, -9, unit, suffix, power, exponent)                                                        \
  row(u, -6, unit, suffix, power, exponent)                                                        \
  row(m, -3, unit, suffix, power, exponent)                                                        \
  row(c, -2, unit, suffix, power, exponent)                                                        \
  row(d, -1, unit, suffix, power, exponent)                                                        \
  row(da, 1, unit, suffix, power, exponent)                                                        \
  row(h, 2, unit, suffix, power, exponent)                                                         \
  row(k, 3, unit, suffix, power, exponent)                                                         \
  row(M, 6, unit, suffix, power, exponent)                                                         \
  row(G, 9, unit, suffix, power, exponent)                                                         \
  row(T, 12, unit, suffix, power, exponent)                                                        \
  row(P, 15, unit, suffix, power, exponent)                                                        \
  row(E, 18, unit, suffix, power, exponent)                                                        \
  row(Z, 21, unit, suffix, power, exponent)                                                        \
  row(Y, 24, unit, suffix, power, exponent)
// clang-format on

// A unit with a prefix, to a power; `exponent` is that of the unit itself, as a power of ten in SI
// units.
#define NERNST_PREFIXED(prefix, scale, unit, suffix, power, exponent)                              \
  inline constexpr decltype(unit##suffix) prefix##unit##suffix{                                    \
      ir::power_of_ten((power) * ((scale) + (exponent)))};

// The units that take prefixes, and their powers of ten; lengths also as areas and volumes.
#define NERNST_UNITS(row)                                                                          \
  NERNST_PREFIXES(row, metre, , 1, 0)                                                              \
  NERNST_PREFIXES(row, meter, , 1, 0)                                                              \
  NERNST_PREFIXES(row, second, , 1, 0)                                                             \
  NERNST_PREFIXES(row, ampere, , 1, 0)                                                             \
  NERNST_PREFIXES(row, amp, , 1, 0)                                                                \
  NERNST_PREFIXES(row, kelvin, , 1, 0)                                                             \
  NERNST_PREFIXES(row, mole, , 1, 0)                                                               \
  NERNST_PREFIXES(row, mol, , 1, 0)                                                                \
  NERNST_PREFIXES(row, candela, , 1, 0)                                                            \
  NERNST_PREFIXES(row, candle, , 1, 0)                                                             \
  NERNST_PREFIXES(row, radian, , 1, 0)                                                             \
  NERNST_PREFIXES(row, steradian, , 1, 0)                                                          \
  NERNST_PREFIXES(row, hertz, , 1, 0)                                                              \
  NERNST_PREFIXES(row, newton, , 1, 0)                                                             \
  NERNST_PREFIXES(row, pascal, , 1, 0)                                                             \
  NERNST_PREFIXES(row, joule, , 1, 0)                                                              \
  NERNST_PREFIXES(row, watt, , 1, 0)                                                               \
  NERNST_PREFIXES(row, coulomb, , 1, 0)                                                            \
  NERNST_PREFIXES(row, volt, , 1, 0)                                                               \
  NERNST_PREFIXES(row, farad, , 1, 0)                                                              \
  NERNST_PREFIXES(row, ohm, , 1, 0)                                                                \
  NERNST_PREFIXES(row, siemens, , 1, 0)                                                            \
  NERNST_PREFIXES(row, weber, , 1, 0)                                                              \
  NERNST_PREFIXES(row, tesla, , 1, 0)                                                              \
  NERNST_PREFIXES(row, henry, , 1, 0)                                                              \
  NERNST_PREFIXES(row, lumen, , 1, 0)                                                              \
  NERNST_PREFIXES(row, lux, , 1, 0)                                                                \
  NERNST_PREFIXES(row, becquerel, , 1, 0)                                                          \
  NERNST_PREFIXES(row, gray, , 1, 0)                                                               \
  NERNST_PREFIXES(row, sievert, , 1, 0)                                                            \
  NERNST_PREFIXES(row, katal, , 1, 0)                                                              \
  NERNST_PREFIXES(row, metre, 2, 2, 0)                                                             \
  NERNST_PREFIXES(row, metre, 3, 3, 0)                                                             \
  NERNST_PREFIXES(row, meter, 2, 2, 0)                                                             \
  NERNST_PREFIXES(row, meter, 3, 3, 0)                                                             \
  NERNST_PREFIXES(row, gram, , 1, -3)                                                              \
  NERNST_PREFIXES(row, gramme, , 1, -3)                                                            \
  NERNST_PREFIXES(row, litre, , 1, -3)                                                             \
  NERNST_PREFIXES(row, liter, , 1, -3)                                                             \
  NERNST_PREFIXES(row, molar, , 1, 3)
NERNST_UNITS(NERNST_PREFIXED)
#undef NERNST_PREFIXED

inline constexpr decltype(volt) nV = nvolt, uV = uvolt, mV = mvolt, kV = kvolt;
inline constexpr decltype(ampere) fA = fampere, pA = pampere, nA = nampere, uA = uampere,
                                  mA = mampere;
inline constexpr decltype(farad) fF = ffarad, pF = pfarad, nF = nfarad, uF = ufarad, mF = mfarad;
inline constexpr decltype(siemens) fS = fsiemens, pS = psiemens, nS = nsiemens, uS = usiemens,
                                   mS = msiemens;
inline constexpr decltype(second) fs = fsecond, ps = psecond, ns = nsecond, us = usecond,
                                  ms = msecond;
inline constexpr decltype(hertz) Hz = hertz, mHz = mhertz, kHz = khertz, MHz = Mhertz, GHz = Ghertz;
inline constexpr decltype(pascal) Pa = pascal, hPa = hpascal, kPa = kpascal, MPa = Mpascal,
                                  GPa = Gpascal;
inline constexpr decltype(coulomb) fC = fcoulomb, pC = pcoulomb, nC = ncoulomb, uC = ucoulomb,
                                   mC = mcoulomb;
inline constexpr decltype(molar) fM = fmolar, pM = pmolar, nM = nmolar, uM = umolar, mM = mmolar;
inline constexpr decltype(newton) pN = pnewton, nN = nnewton, uN = unewton, mN = mnewton;
inline constexpr decltype(joule) pJ = pjoule, nJ = njoule, uJ = ujoule, mJ = mjoule, kJ = kjoule;
inline constexpr decltype(watt) nW = nwatt, uW = uwatt, mW = mwatt, kW = kwatt;
inline constexpr decltype(tesla) nT = ntesla, uT = utesla, mT = mtesla;
inline constexpr decltype(henry) nH = nhenry, uH = uhenry, mH = mhenry;
inline constexpr decltype(weber) Wb = weber;
inline constexpr decltype(kelvin) uK = ukelvin, mK = mkelvin;
inline constexpr decltype(gram) pg = pgram, ng = ngram, ug = ugram, mg = mgram;
inline constexpr decltype(kilogram) kg = kilogram;
inline constexpr decltype(metre) nm = nmetre, um = umetre, mm = mmetre, cm = cmetre, dm = dmetre,
                                 km = kmetre;
inline constexpr decltype(metre2) nm2 = nmetre2, um2 = umetre2, mm2 = mmetre2, cm2 = cmetre2,
                                  dm2 = dmetre2, km2 = kmetre2;
inline constexpr decltype(metre3) nm3 = nmetre3, um3 = umetre3, mm3 = mmetre3, cm3 = cmetre3,
                                  dm3 = dmetre3, km3 = kmetre3;

}  // namespace nernst::language
