// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language/written_expression.hpp>

#include "written.hpp"

using namespace written;

namespace {
struct square {
  double operator()(double y) const { return y * y; }
};
constexpr auto f = function<"f", square>(one, one);
constexpr auto g = function<"g", square>(one, one);
}  // namespace

TEST_CASE("an expression by itself", "[language]") {
  auto const stimulus = timed_array<"stimulus">(volt);
  auto const e = flatten(v + stimulus(t, i) * poisson(3) + randn() * v);
  REQUIRE(e.variables.size() == 4);
  CHECK(e.variables[0].id == "v");
  CHECK(e.variables[1].id == "t");
  CHECK(e.variables[2].id == "i");
  CHECK(e.variables[3].kind == ir::role::table);
  CHECK(e.code.operations[3].which == 3);
  CHECK(e.code.operations[5].which == 0);
  CHECK(e.code.operations[8].which == 1);
  CHECK(e.unit == ir::units::volt);
  CHECK(flatten(v > 1 * mV).unit == ir::units::one);
  CHECK(flatten(v > 1 * mV).code.operations.back().code == ir::op::greater);
}

TEST_CASE("variables and functions of an expression are listed once", "[language]") {
  auto const e = flatten(f(x) + g(f(x)) * x);
  REQUIRE(e.variables.size() == 1);
  CHECK(e.variables[0].id == "x");
  REQUIRE(e.functions.size() == 2);
  CHECK(e.functions[0] == "f");
  CHECK(e.functions[1] == "g");
  CHECK(e.code.operations[1].which == 0);
  CHECK(e.code.operations[4].which == 1);
  REQUIRE(e.code.results.size() == 1);
  CHECK(e.code.results[0] == e.code.operations.size() - 1);
}

TEST_CASE("numbers, quantities and truth values are expressions, too", "[language]") {
  auto const q = flatten(-60 * mV);
  REQUIRE(q.code.operations.size() == 1);
  CHECK(q.code.operations[0].value == -0.06);
  CHECK(q.code.operations[0].unit == ir::units::volt);
  CHECK(q.variables.empty());
  CHECK(q.unit == ir::units::volt);
  CHECK(flatten(3).code.operations[0].value == 3);
  CHECK(flatten(true).code.operations[0].value == 1);
  CHECK(flatten(on).variables[0].type == ir::value_type::boolean);
}

TEST_CASE("variables of one name are two where their owners differ", "[language]") {
  auto const e = flatten(v + pre(v) + v);
  REQUIRE(e.variables.size() == 2);
  CHECK(e.variables[0].owner == ir::side::here);
  CHECK(e.variables[1].owner == ir::side::pre);
}

TEST_CASE("an expression by itself can be evaluated", "[language]") {
  auto const e = flatten(2 * f(x) + w / w);
  struct known {
    double symbol(int place) const { return place == 0 ? 3 : 7; }
    double draw(ir::op, int) const { return NAN; }
    double call(int, double const* arguments) const { return square{}(arguments[0]); }
  };
  double result = NAN;
  ir::interpreter<known> evaluate(e.code);
  evaluate({}, {&result, 1});
  CHECK(result == 19);
}
