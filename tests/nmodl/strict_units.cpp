// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/examine.hpp>
#include <nernst/nmodl/parse.hpp>
#include <nernst/nmodl/strict_units.hpp>

#include "catch.hpp"
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace nmodl = nernst::nmodl;

namespace {

std::vector<std::string> warnings_of(std::string_view text) {
  nmodl::syntax s = nmodl::parse({"x.mod", text});
  nmodl::contents c = nmodl::examine(s);
  REQUIRE_FALSE(c.has_mistake());
  int const before = c.findings.size();
  nmodl::check_units(s, c);
  std::vector<std::string> all;
  for (int k = before; k < c.findings.size(); ++k)
    all.emplace_back(to_text(s.located(c.findings[k])).view());
  return all;
}

/// The only warning of a BREAKPOINT, without the file.
std::string warning_of(std::string const& statements) {
  std::string const text =
      "UNITS { (mV) = (millivolt) (mA) = (milliamp) (S) = (siemens) (mM) = (milli/liter) }\n"
      "NEURON { SUFFIX x USEION ca READ cai WRITE ica NONSPECIFIC_CURRENT i }\n"
      "PARAMETER { g (S/cm2) e (mV) tau (ms) q }\n"
      "ASSIGNED { v (mV) i (mA/cm2) ica (mA/cm2) cai (mM) x (mV) } STATE { m }\n"
      "FUNCTION f(u (mV)) (/ms) { f = 1(/ms)*exp(u/1(mV)) }\n"
      "BREAKPOINT {\n" +
      statements + "}\n";
  std::vector<std::string> const all = warnings_of(text);
  REQUIRE(all.size() < 2);
  return all.empty() ? "" : all[0].substr(6);
}

}  // namespace

TEST_CASE("units of expressions fit, or are named with their place", "[nmodl][strict_units]") {
  CHECK(warning_of("i = g*(v - e)").empty());
  CHECK(warning_of("i = g*(v + 40)*m^3/(1 + exp(-(v + 40)/7(mV)))").empty());
  CHECK(warning_of("i = g*v^2") ==
        "7:1: warning: the units do not fit in 'i': expected 10 coul/m2-sec, found 1e-2 kg/sec3");
  CHECK(warning_of("i = (2)*g*(v - e)") ==
        "7:1: warning: the units do not fit in 'i': expected a factor (5e-1) before it, found 5 "
        "coul/m2-sec");
  CHECK(warning_of("x = v + tau") ==
        "7:7: warning: the units do not fit in '+': expected 1e-3 m2-kg/sec2-coul, found 1e-3 sec");
  CHECK(warning_of("m = exp(v)").starts_with("7:9: warning: the units do not fit in 'exp'"));
  CHECK(warning_of("q = f(tau)*tau").starts_with("7:7: warning: the units do not fit in 'f'"));
  CHECK(warning_of("q = f(e)*tau").empty());
  CHECK(warning_of("if (v > tau) { m = 1 }")
            .starts_with("7:7: warning: the units do not fit in 'comparison'"));
  CHECK(warning_of("q = 2^v").starts_with("7:7: warning: the units do not fit in 'a power'"));
  CHECK(warning_of("LOCAL a a = v/tau x = a*tau a = 3 q = a").empty());
  CHECK(warning_of("UNITSOFF x = tau UNITSON").empty());
}

TEST_CASE("what means something to NEURON has its unit", "[nmodl][strict_units]") {
  auto const all = warnings_of("NEURON { POINT_PROCESS x NONSPECIFIC_CURRENT i }\n"
                               "ASSIGNED { v (volt) i (mA) celsius (degC) y (furlow) }");
  REQUIRE(all.size() == 3);
  CHECK(all[0] ==
        "x.mod:2:12: warning: the units do not fit in 'v': expected millivolt, found volt");
  CHECK(all[1].starts_with("x.mod:2:24: warning: the unit 'mA' is not known"));
  CHECK(all[2].starts_with("x.mod:2:46: warning: the unit 'furlow' is not known"));
}

TEST_CASE("reactions are of one material", "[nmodl][strict_units]") {
  std::string const text =
      "NEURON { SUFFIX x } UNITS { (mM) = (milli/liter) (um) = (micron) }\n"
      "PARAMETER { k (/ms) kf (/mM-ms) vol (um3) area0 (um2) j (mM/ms) }\n"
      "STATE { a (mM) b (mM) c (milli um/liter) }\n"
      "KINETIC s { COMPARTMENT vol { a b } COMPARTMENT area0 { c }\n"
      "  ~ a + b <-> c (kf*vol, k*area0)\n  ~ a <-> b (k*vol, k)\n ~ a << (j)\n"
      "  CONSERVE a + b = vol*a\n}";
  auto const all = warnings_of(text);
  REQUIRE(all.size() == 2);
  CHECK(all[0].starts_with("x.mod:6:3: warning: the units do not fit in 'rate'"));
  CHECK(all[1].starts_with("x.mod:7:2: warning: the units do not fit in '<<'"));
}

// These files were checked by NEURON 9.0.2: modlunit FILE has nothing to say.
TEST_CASE("files that NEURON's modlunit passes have no warnings", "[nmodl][strict_units]") {
  int files = 0;
  for (auto const& entry : std::filesystem::directory_iterator(NERNST_TEST_DATA "/mod")) {
    if (entry.path().extension() != ".mod") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    INFO(entry.path());
    CHECK(warnings_of(text).empty());
    ++files;
  }
  CHECK(files >= 14);
}
