// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/unit_table.hpp>

#include "catch.hpp"

using namespace nernst::nmodl;

namespace {
constexpr double ratio(std::string_view from, std::string_view to,
                       constants values = constants::codata_2018) {
  unit_table const t(values);
  return t.read(from).value.factor / t.read(to).value.factor;
}
constexpr bool conforms(std::string_view a, std::string_view b) {
  unit_table const t;
  return t.read(a).value.conforms(t.read(b).value);
}
}  // namespace

// What nocmodl of NEURON 9.0.2 writes for NAME = (from) (to), bit by bit.
TEST_CASE("factors are those of NEURON", "[nmodl][unit_table]") {
  CHECK(ratio("faraday", "coulomb") == 0x1.78e555060882cp+16);
  CHECK(ratio("k-mole", "joule/degC") == 0x1.0a1013e8990bep+3);
  CHECK(ratio("pi", "1") == 0x1.921fb54442d18p+1);
  CHECK(ratio("faraday", "10000 coulomb") == 0x1.34c0c8b92a9b7p+3);
  CHECK(ratio("faraday", "kilocoulombs") == 0x1.81f0fae775425p+6);
  CHECK(ratio("mole k", "millivolt-coulomb/degC") == 0x1.03d3b37125759p+13);
  CHECK(ratio("e", "coulombs") == 0x1.7a4da290c1653p-63);
  CHECK(ratio("mole", "1") == 0x1.fe185ca57c517p+78);
  CHECK(ratio("planck", "joule-sec") == 0x1.b860bde023111p-111);
  CHECK(ratio("hbar", "joule-sec") == 0x1.185a7057c690dp-113);
  CHECK(ratio("liter", "cc") == 0x1.f400000000001p+9);
  CHECK(ratio("degree", "radian") == 0x1.1df46a2529d39p-6);
  CHECK(ratio("milli/liter", "mole/m3") == 0x1.00f4bac2fb05dp-79);
  CHECK(ratio("R", "joule/degC") == 0x1.0a1013e8990bep+3);
  CHECK(ratio("year", "ms") == 0x1.d63c1e85dd2f1p+34);
  CHECK(ratio("micromho", "siemens") == 0x1.0c6f7a0b5ed8dp-20);
  CHECK(ratio("ev", "erg") == 0x1.c2f8fe5409db8p-40);
  CHECK(ratio("angstrom", "micron") == 0x1.a36e2eb1c432ep-14);
  CHECK(ratio("foot", "cm") == 0x1.e7ae147ae147bp+4);
  CHECK(ratio("faraday", "coulomb/mole") == 0x1.777e5ea405752p+95);
  CHECK(ratio("1.5-3 volt2/sec", "watt") == 0x1.89374bc6a7efap-10);
}

// From share/lib/nrnunits.lib of NEURON 8.0, with its legacy units.
static_assert(ratio("faraday", "coulomb", constants::legacy) == 96485.309);
static_assert(ratio("R", "joule/degC", constants::legacy) == 8.3144598);
static_assert(ratio("mole", "1", constants::legacy) == 6.022169e23);
static_assert(ratio("hbar", "joule-sec", constants::legacy) == 1.055e-34);

static_assert(ratio("millivolt", "volt") == 1e-3 && ratio("volts", "volt") == 1);
static_assert(ratio("megohm", "ohm") == 1e6 && ratio("milli", "1") == 1e-3);
static_assert(ratio("cm2", "m2") == 0.01 * 0.01 && ratio("/ms", "kilohertz") == 1);
static_assert(ratio("3|4 volt", "1.5 volt") == 0.5 && ratio("2+3 m", "km") == 2);
static_assert(ratio("", "1") == 1 && ratio("0 volt", "volt") == 1);
static_assert(conforms("siemens", "amp/volt") && conforms("joule", "newton m"));
static_assert(conforms("mA/cm2", "mA/cm2") && !conforms("volt", "amp"));
static_assert(conforms("/sec-m", "/m/sec"));  // all behind / divides

constexpr std::string_view unknown(std::string_view unit) {
  return unit_table().read(unit).unknown;
}
static_assert(unknown("volt/foo") == "foo" && unknown("millifoos-m") == "millifoos");
static_assert(unknown("um2") == "um" && unknown("m^2") == "m^");
// For NEURON this would be 1 e / m3.
static_assert(unknown("1e-3 m") == "1e-3 m" && unknown("2e m").empty());
static_assert(unknown("s").empty() && unknown("ss").empty() && !unknown("x").empty());

static_assert([] {
  unit_table t;
  t.define("mM", t.read("milli/liter").value);
  return t.read("micro mM").ok() &&
         t.read("mM").value.factor == t.read("milli/liter").value.factor && t.is_own("mM") &&
         !t.is_own("molar") && unit_table::is_known("ohm");
}());

// Every unit of the table can be read, in both tables.
constexpr bool all_are_known() {
  for (constants const values : {constants::codata_2018, constants::legacy})
    for (detail::unit_name const& u : detail::unit_names)
      if (!unit_table(values).read(u.name).ok()) return false;
  return true;
}
static_assert(all_are_known());
