// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian/vocabulary.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/language/constants.hpp>

#include "catch.hpp"
#include <string>

using nernst::ir::find_unit;
namespace ir = nernst::ir;
namespace language = nernst::language;
using nernst::brian::detail::meaning;
using nernst::brian::detail::word;
using nernst::brian::detail::words;

constexpr bool is_word(std::string_view name, meaning what, bool is_brian = true) {
  word const* const w = words.find(name);
  return w != nullptr && w->name == name && w->what == what && w->is_brian == is_brian;
}
constexpr bool is_function(std::string_view name, ir::op code, bool is_brian = true) {
  return is_word(name, meaning::function, is_brian) && words.find(name)->code == code;
}
constexpr bool is_value(std::string_view name, double value) {
  return is_word(name, meaning::value) && words.find(name)->value == value &&
         words.find(name)->unit.is_one();
}
// A function of one number has Brian's name, and that of its operation where Brian leaves it to the
// user.
static_assert(is_function("exp", ir::op::exp) && is_function("exprel", ir::op::exprel) &&
              is_function("int", ir::op::trunc) && is_function("trunc", ir::op::trunc, false) &&
              is_function("arcsin", ir::op::asin) && is_function("asin", ir::op::asin, false) &&
              is_function("erf", ir::op::erf, false));
static_assert(is_function("clip", ir::op::clip) && is_function("rand", ir::op::uniform) &&
              is_function("randn", ir::op::normal) && is_function("poisson", ir::op::poisson) &&
              is_function("min", ir::op::minimum, false) &&
              is_function("where", ir::op::select, false) &&
              is_function("arctan2", ir::op::atan2, false) &&
              is_word("timestep", meaning::timestep));
static_assert(is_value("pi", 3.141592653589793) && is_value("e", 2.718281828459045) &&
              is_value("True", 1) && is_value("False", 0));
static_assert(is_word("t", meaning::special) && is_word("lastspike", meaning::special) &&
              is_word("j", meaning::special) && is_word("lambda", meaning::word) &&
              is_word("and", meaning::word));
static_assert(words.find("") == nullptr && words.find("v") == nullptr &&
              words.find("mV") == nullptr && words.find("Exp") == nullptr &&
              words.find("normal") == nullptr);

TEST_CASE("physical constants have the names and values of the expressions in C++",
          "[brian][vocabulary]") {
  struct listed {
    char const* name;
    double value;
    ir::dimension unit;
  };
#define ONE(name) {#name, language::name.si, language::name.dimension},
  // clang-format off
  listed const constants[] = {
    ONE(avogadro_constant) ONE(boltzmann_constant) ONE(electric_constant) ONE(electron_mass)
    ONE(elementary_charge) ONE(faraday_constant) ONE(gas_constant) ONE(magnetic_constant)
    ONE(molar_mass_constant) ONE(zero_celsius)};
  // clang-format on
  for (listed const& c : constants) {
    INFO(c.name);
    word const* const found = words.find(c.name);
    REQUIRE(found != nullptr);
    CHECK(found->what == meaning::value);
    CHECK(found->value == c.value);
    CHECK(found->unit == c.unit);
  }
}

TEST_CASE("the largest and the smallest units have their values", "[brian][vocabulary]") {
  CHECK(find_unit("Ymolar3")->value == 1e81);
  CHECK(find_unit("Zmolar3")->value == 1e72);
  CHECK(find_unit("ygram3")->value == 1e-81);
  CHECK(find_unit("ymetre3")->value == 1e-72);
}
