// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/units.hpp>

#include "catch.hpp"
#include <cstdlib>
#include <string>
#include <utility>

using namespace nernst::ir;

namespace {

// Units are told apart by their names, and symbols that make names by their last letter.
constexpr bool has_names_of_its_own() {
  for (unit_row const& a : unit_rows) {
    if (a.name.empty() || (!a.prefixes.empty() && a.symbol.empty())) return false;
    for (unit_row const& b : unit_rows) {
      if (&a == &b) continue;
      if (a.name == b.name || (a.symbol == b.symbol && !a.symbol.empty())) return false;
      bool const names = !a.prefixes.empty() && !b.prefixes.empty();
      if (names && a.symbol.back() == b.symbol.back()) return false;
    }
    for (char const c : a.brian_prefixes)
      if (a.prefixes.find(c) == std::string_view::npos) return false;
  }
  return true;
}
static_assert(has_names_of_its_own());

static_assert(find_unit("mV")->value == 1e-3 && find_unit("mV")->unit == units::volt &&
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
              !find_unit("1V") && !find_unit("1volt") && !find_unit("mm4") && !find_unit("2"));
// The ends of the table of powers of ten.
static_assert(find_unit("Ymolar3")->value == 1e81 && find_unit("ygram3")->value == 1e-81);

static_assert(base_unit_name(units::volt) == "volt" && base_unit_name(units::molar) == "mmolar" &&
              base_unit_name(units::hertz) == "hertz" && base_unit_name(units::one) == "1" &&
              base_unit_name(units::volt / units::second) == "V/s");

constexpr prefix_row prefixes[] = {{'y', -24}, {'z', -21}, {'a', -18}, {'f', -15}, {'p', -12},
                                   {'n', -9},  {'u', -6},  {'m', -3},  {'c', -2},  {'d', -1},
                                   {'1', 0},   {'h', 2},   {'k', 3},   {'M', 6},   {'G', 9},
                                   {'T', 12},  {'P', 15},  {'E', 18},  {'Z', 21},  {'Y', 24}};
static_assert(std::size(prefixes) == std::size(prefix_rows));

double power_of_10(int exponent) {
  return std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr);
}
void check(std::string const& name, unit_row const& u, int prefix, int n, bool is_brian) {
  INFO(name);
  auto const found = find_unit(name);
  REQUIRE(found);
  int const exponent = n * (u.exponent + prefix);
  CHECK(found->value == power_of_10(exponent));
  CHECK(found->unit == power(u.unit, n));
  CHECK(found->is_base == (exponent == 0 && n == 1));
  CHECK(found->is_brian == is_brian);
}

}  // namespace

TEST_CASE("every unit is found by its full name, with every prefix and power", "[ir][units]") {
  for (unit_row const& u : unit_rows) {
    REQUIRE(u.factor == 1);
    std::string const name(u.name);
    for (int const n : {1, 2, 3}) {
      std::string const raised = n == 1 ? name : name + std::to_string(n);
      if (n > 1 && !u.has_powers) {
        CHECK_FALSE(find_unit(raised));
        CHECK_FALSE(find_unit("m" + raised));
        continue;
      }
      check(raised, u, 0, n, u.is_brian);
      for (prefix_row const& p : prefixes) {
        if (p.letter == '1') continue;
        if (u.takes_prefixes)
          check(p.letter + raised, u, p.exponent, n, u.is_brian);
        else
          CHECK_FALSE(find_unit(p.letter + raised));
      }
      if (u.takes_prefixes) check("da" + raised, u, 1, n, u.is_brian);
    }
  }
}

TEST_CASE("units are found by their symbols with the prefixes that they take", "[ir][units]") {
  int names = 0;
  for (unit_row const& u : unit_rows) {
    if (u.symbol.empty()) continue;
    for (prefix_row const& p : prefixes) {
      bool const is_name = u.prefixes.find(p.letter) != std::string_view::npos;
      bool const is_brian = u.brian_prefixes.find(p.letter) != std::string_view::npos;
      std::string const name =
          (p.letter == '1' ? "" : std::string(1, p.letter)) + std::string(u.symbol);
      for (int const n : {1, 2, 3}) {
        std::string const raised = n == 1 ? name : name + std::to_string(n);
        if (is_name && (n == 1 || u.symbol_has_powers)) {
          check(raised, u, p.exponent, n, is_brian);
          ++names;
        }
      }
    }
  }
  CHECK(names > 80);
}

TEST_CASE("every unit with a symbol is written with it", "[ir][units]") {
  for (unit_row const& u : unit_rows) {
    if (u.symbol.empty() || !is_coherent(u)) continue;
    INFO(u.name);
    CHECK(to_text(u.unit) == u.symbol);
  }
  CHECK(to_text(units::molar) == "mol/m^3");
  CHECK(to_text(power(units::molar, -1)) == "m^3 mol^-1");
}

TEST_CASE("prefixes have their powers of ten", "[ir][units]") {
  for (std::size_t k = 0; k < std::size(prefixes); ++k) {
    CHECK(prefix_rows[k].letter == prefixes[k].letter);
    CHECK(prefix_rows[k].exponent == prefixes[k].exponent);
  }
  for (int e = -81; e <= 81; ++e) CHECK(power_of_ten(e) == power_of_10(e));
}
