// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language/boost_units.hpp>
#include <nernst/language/quantity.hpp>

#include <boost/units/systems/si/base.hpp>

// Names and values are those of Brian 2, plus British spellings: every prefix with full names
// (`nsiemens`, `mvolt`), the usual ones with symbols (`nS`, `mV`), lengths also squared and cubed
// (`um2`, `metre3`). There are no names of one letter.

namespace nernst::dsl {

/// Seven base units are those of Boost.Units; every other unit follows from them.
inline constexpr quantity<ir::units::metre> metre =
    boost::units::unit<boost::units::length_dimension, boost::units::si::system>{};
inline constexpr quantity<ir::units::kilogram> kilogram =
    boost::units::unit<boost::units::mass_dimension, boost::units::si::system>{};
inline constexpr quantity<ir::units::second> second =
    boost::units::unit<boost::units::time_dimension, boost::units::si::system>{};
inline constexpr quantity<ir::units::ampere> ampere =
    boost::units::unit<boost::units::current_dimension, boost::units::si::system>{};
inline constexpr quantity<ir::units::kelvin> kelvin =
    boost::units::unit<boost::units::temperature_dimension, boost::units::si::system>{};
inline constexpr quantity<ir::units::mole> mole =
    boost::units::unit<boost::units::amount_dimension, boost::units::si::system>{};
inline constexpr quantity<ir::units::candela> candela =
    boost::units::unit<boost::units::luminous_intensity_dimension, boost::units::si::system>{};
/// The unit of numbers. Angles are numbers.
inline constexpr quantity<ir::units::one> one = 1, radian = 1, steradian = 1;

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

// Each prefixed value is a literal, the nearest double: products such as 1e-3 * 1e-9 are not.
#define NERNST_SCALED(unit, suffix, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13,    \
                      v14, v15, v16, v17, v18, v19)                                                \
  inline constexpr decltype(unit##suffix) y##unit##suffix{v0}, z##unit##suffix{v1},                \
      a##unit##suffix{v2}, f##unit##suffix{v3}, p##unit##suffix{v4}, n##unit##suffix{v5},          \
      u##unit##suffix{v6}, m##unit##suffix{v7}, c##unit##suffix{v8}, d##unit##suffix{v9},          \
      da##unit##suffix{v10}, h##unit##suffix{v11}, k##unit##suffix{v12}, M##unit##suffix{v13},     \
      G##unit##suffix{v14}, T##unit##suffix{v15}, P##unit##suffix{v16}, E##unit##suffix{v17},      \
      Z##unit##suffix{v18}, Y##unit##suffix{v19};
#define NERNST_PREFIXED(unit)                                                                      \
  NERNST_SCALED(unit, , 1e-24, 1e-21, 1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1e-2, 1e-1, 1e1, 1e2, \
                1e3, 1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24)
/// For units of 1e-3 SI units.
#define NERNST_PREFIXED_SMALL(unit)                                                                \
  NERNST_SCALED(unit, , 1e-27, 1e-24, 1e-21, 1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-5, 1e-4, 1e-2,    \
                1e-1, 1e0, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18, 1e21)
/// For units of 1e3 SI units.
#define NERNST_PREFIXED_LARGE(unit)                                                                \
  NERNST_SCALED(unit, , 1e-21, 1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1e0, 1e1, 1e2, 1e4, 1e5,     \
                1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24, 1e27)
#define NERNST_PREFIXED_POWERS(unit)                                                               \
  NERNST_SCALED(unit, 2, 1e-48, 1e-42, 1e-36, 1e-30, 1e-24, 1e-18, 1e-12, 1e-6, 1e-4, 1e-2, 1e2,   \
                1e4, 1e6, 1e12, 1e18, 1e24, 1e30, 1e36, 1e42, 1e48)                                \
  NERNST_SCALED(unit, 3, 1e-72, 1e-63, 1e-54, 1e-45, 1e-36, 1e-27, 1e-18, 1e-9, 1e-6, 1e-3, 1e3,   \
                1e6, 1e9, 1e18, 1e27, 1e36, 1e45, 1e54, 1e63, 1e72)
NERNST_PREFIXED(metre)
NERNST_PREFIXED(meter)
NERNST_PREFIXED_POWERS(metre)
NERNST_PREFIXED_POWERS(meter)
NERNST_PREFIXED(second)
NERNST_PREFIXED(ampere)
NERNST_PREFIXED(amp)
NERNST_PREFIXED(kelvin)
NERNST_PREFIXED(mole)
NERNST_PREFIXED(mol)
NERNST_PREFIXED(candela)
NERNST_PREFIXED(candle)
NERNST_PREFIXED_SMALL(gram)
NERNST_PREFIXED_SMALL(gramme)
NERNST_PREFIXED_SMALL(litre)
NERNST_PREFIXED_SMALL(liter)
NERNST_PREFIXED_LARGE(molar)
NERNST_PREFIXED(radian)
NERNST_PREFIXED(steradian)
NERNST_PREFIXED(hertz)
NERNST_PREFIXED(newton)
NERNST_PREFIXED(pascal)
NERNST_PREFIXED(joule)
NERNST_PREFIXED(watt)
NERNST_PREFIXED(coulomb)
NERNST_PREFIXED(volt)
NERNST_PREFIXED(farad)
NERNST_PREFIXED(ohm)
NERNST_PREFIXED(siemens)
NERNST_PREFIXED(weber)
NERNST_PREFIXED(tesla)
NERNST_PREFIXED(henry)
NERNST_PREFIXED(lumen)
NERNST_PREFIXED(lux)
NERNST_PREFIXED(becquerel)
NERNST_PREFIXED(gray)
NERNST_PREFIXED(sievert)
NERNST_PREFIXED(katal)
#undef NERNST_PREFIXED_POWERS
#undef NERNST_PREFIXED_LARGE
#undef NERNST_PREFIXED_SMALL
#undef NERNST_PREFIXED
#undef NERNST_SCALED

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

}  // namespace nernst::dsl
