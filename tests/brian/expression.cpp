// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "read.hpp"

using namespace reading;

/// What is wrong with an expression of a unit.
constexpr mistake wrong(std::string_view expression, ir::dimension unit = {}) {
  ir::symbol variables[] = {{"a", ir::role::parameter, {}, ir::units::volt * ir::units::ampere, {}},
                            {"b", ir::role::parameter, {}, ir::units::volt, {}},
                            {"c", ir::role::parameter, {}, ir::units::ampere, {}},
                            {"d", ir::role::parameter, {}, {}, {}}};
  ir::symbol value{"value", ir::role::state, {}, unit, {}};
  return parse_expression(expression, value, variables).mistake().what;
}
constexpr bool has_unit(std::string_view expression, ir::dimension d) {
  return wrong(expression, d) == mistake::no_mistake;
}

// Brian 2's test_parse_expression_unit: a is in volt*amp, b in volt, c in amp, d a number. That
// `and` and `or` take conditions only, which Brian checks elsewhere, comes first here.
namespace units = ir::units;
static_assert(has_unit("a+b*c", units::watt) && wrong("a+b") == mistake::dimension_mismatch &&
              wrong("a<b") == mistake::dimension_mismatch);
static_assert(has_unit("a<b*c", {}) && wrong("a or b") == mistake::not_a_condition &&
              has_unit("not (a >= b*c)", {}));
static_assert(wrong("d > 1 or b<c") == mistake::dimension_mismatch && has_unit("a/(b*c)<1", {}) &&
              has_unit("a/(a-a)", {}));
static_assert(has_unit("a<mV*mA", {}) && has_unit("b**2", units::volt* units::volt) &&
              has_unit("a%(b*c)", units::watt));
static_assert(has_unit("-b", units::volt) && has_unit("(a/a)**(a/a)", {}) &&
              has_unit("rand()*b", units::volt));
static_assert(has_unit("sqrt(b)", power(units::volt, {1, 2})) && has_unit("ceil(b)", units::volt));
static_assert(has_unit("sqrt(randn()*b**2)", units::volt) && has_unit("sin(b/b)", {}) &&
              wrong("sin(b)") == mistake::dimension_mismatch);
static_assert(wrong("sqrt(b) + b") == mistake::dimension_mismatch &&
              wrong("sqrt(b, b)") == mistake::wrong_arguments);
static_assert(wrong("sqrt()") == mistake::wrong_arguments &&
              wrong("int(1, 2)") == mistake::wrong_arguments);
// test_parse_expression_unit_wrong_expressions: `a**b` is about units here.
static_assert(wrong("a**b") == mistake::dimension_mismatch &&
              wrong("a << b") == mistake::syntax_error &&
              wrong("int(True") == mistake::syntax_error);
// test_parse_expression_unit_functions
static_assert(has_unit("sin(5)", {}) && has_unit("3 + sin(5)", {}) && has_unit("d + sin(5)", {}) &&
              has_unit("3 + sin(d)", {}));
static_assert(wrong("sin(5*mV)") == mistake::dimension_mismatch &&
              wrong("sin(a)") == mistake::dimension_mismatch);
static_assert(wrong("3*mV + sin(5)") == mistake::dimension_mismatch &&
              wrong("b + sin(5)") == mistake::dimension_mismatch);
static_assert(has_unit("sqrt(b**2) + sqrt(7*mV**2)", units::volt) &&
              wrong("sqrt(d) + sqrt(7*mV**2)") == mistake::dimension_mismatch);
static_assert(has_unit("b + clip(3*mV, 0*mV, 5*mV)", units::volt) &&
              wrong("b + clip(3*mV, 0, 5)") == mistake::dimension_mismatch);
// More.
static_assert(has_unit("1 // 2", {}) && wrong("a // b") == mistake::dimension_mismatch &&
              has_unit("b**-1", power(units::volt, -1)));
static_assert(has_unit("b**0.5", power(units::volt, {1, 2})) &&
              wrong("b**d") == mistake::dimension_mismatch && has_unit("abs(b)", units::volt));
static_assert(has_unit("sign(b)", {}) && has_unit("floor(b)", units::volt) &&
              wrong("int(b)") == mistake::dimension_mismatch);
static_assert(wrong("and d") == mistake::syntax_error && wrong("d[0]") == mistake::syntax_error &&
              wrong("d.real") == mistake::syntax_error);
static_assert(wrong("d if d > 1 else 0") == mistake::syntax_error &&
              wrong("(d, d)") == mistake::syntax_error && wrong("d, d") == mistake::syntax_error &&
              wrong("lambda: d") == mistake::syntax_error &&
              wrong("'d'") == mistake::syntax_error && wrong("exp(x=1)") != mistake::no_mistake &&
              wrong("d << 1") == mistake::syntax_error && wrong("~d") == mistake::syntax_error &&
              wrong("d | d") == mistake::syntax_error && wrong("d ^ d") == mistake::syntax_error &&
              wrong("d := 1") == mistake::syntax_error &&
              wrong("0 < d < 1") == mistake::syntax_error &&
              wrong("exp") == mistake::syntax_error && wrong("") == mistake::syntax_error &&
              wrong("1 +") == mistake::syntax_error && wrong("(1") == mistake::syntax_error &&
              wrong("1)") == mistake::syntax_error && wrong("d * not d") == mistake::syntax_error &&
              wrong("d is d") == mistake::syntax_error);
// What other languages write for a power.
static_assert(is(mistake_of("dv/dt = -v^2/second : 1"), mistake::syntax_error, "^2/second : 1",
                 "** for a power") &&
              is_at(mistake_of("dv/dt = -v^2/second : 1"), mistake::syntax_error, 1, 11));
static_assert(is(mistake_of("x = (3 + 2)^2 : 1"), mistake::syntax_error, "^2 : 1",
                 "** for a power") &&
              is(mistake_of("x = (3^2) : 1"), mistake::syntax_error, "^2) : 1", "** for a power") &&
              is(mistake_of("x : meter^2"), mistake::syntax_error, "^2", "** for a power"));
static_assert(wrong("f(d)") == mistake::unknown_function &&
              wrong("z") == mistake::unknown_variable && wrong("d(1)") == mistake::syntax_error);
static_assert(wrong("xi") == mistake::misplaced_noise);
static_assert(wrong("1 and d < 2") == mistake::no_mistake &&
              wrong("d and d < 2") == mistake::not_a_condition);
static_assert(has_unit("3*mV", units::volt) && has_unit("5*nS*ms", units::farad) &&
              has_unit("um**2", power(units::metre, 2)));
static_assert(has_unit("faraday_constant", units::coulomb / units::mole) &&
              has_unit("timestep(t, dt)", {}) && has_unit("t", units::second));
// Units out of range are found while literals are multiplied.
static_assert(wrong("metre**8*metre**8*metre**8*metre**8*metre**8") == mistake::dimension_mismatch);
static_assert(wrong("(metre**8)**8") == mistake::dimension_mismatch &&
              wrong("1/(metre**-8)**4") == mistake::dimension_mismatch);

TEST_CASE("operators bind as in Python", "[brian][expression]") {
  CHECK(text("a + b*c") == "a + b*c");
  CHECK(text("(a + b)*c") == "(a + b)*c");
  CHECK(text("a - b - c") == "a - b - c");
  CHECK(text("a - (b - c)") == "a - (b - c)");
  CHECK(text("a/b/c") == "a/b/c");
  CHECK(text("a/b*c") == "a/b*c");
  CHECK(text("a//b % c") == "a//b % c");
  CHECK(text("-a**b") == "-a**b");
  CHECK(text("(-a)**b") == "(-a)**b");
  CHECK(text("a**-b") == "a**(-b)");
  CHECK(text("a**b**c") == "a**b**c");
  CHECK(text("(a**b)**c") == "(a**b)**c");
  CHECK(text("-a*b") == "-a*b");
  CHECK(text("a*-b") == "a*-b");
  CHECK(text("+a - -b") == "a - -b");
  CHECK(text("not a < b and on or off") == "not a < b and on or off");
  CHECK(text("on or off and not on") == "on or off and not on");
  CHECK(text("(on or off) and on") == "(on or off) and on");
  CHECK(text("a + b < c*2") == "a + b < c*2");
  CHECK(text("a==b") == "a == b");
  CHECK(text("a != b or a >= c or a<=b or a>c") == "a != b or a >= c or a <= b or a > c");
  CHECK(text("not not on") == "not not on");
  CHECK(text("-(a + b)") == "-(a + b)");
}

TEST_CASE("functions are the operations of their names", "[brian][expression]") {
  for (char const* f : {"exp", "exprel", "expm1",  "log",    "log10",  "log1p", "sqrt", "sin",
                        "cos", "tan",    "arcsin", "arccos", "arctan", "sinh",  "cosh", "tanh",
                        "abs", "sign",   "ceil",   "floor",  "erf",    "int"})
    CHECK(text(std::string(f) + "(a)") == std::string(f) + "(a)");
  CHECK(text("min(a, b) + max(a, b)") == "minimum(a, b) + maximum(a, b)");
  CHECK(text("pow(a, b)") == "a**b");
  CHECK(text("clip(a, b, c)") == "clip(a, b, c)");
  CHECK(text("where(a > b, c, 2)") == "select(a > b, c, 2)");
  CHECK(text("arctan2(a, b)") == "atan2(a, b)");
  CHECK(text("timestep(tau, dt)") == "int((tau + 0.001*dt)/dt)");
  CHECK(text("rand() - rand()") == "uniform(0) - uniform(1)");
  CHECK(text("randn()*2") == "normal(0)*2");
  CHECK(text("poisson(a)") == "poisson(a)");
  CHECK(text("binomial(n, a)") == "binomial(n, a)");
  CHECK(text("pi + e + inf") == text("3.141592653589793 + 2.718281828459045 + inf"));
  CHECK(text("True") == "1");
}

TEST_CASE("comments and line breaks are blanks, and names end where they end",
          "[brian][expression]") {
  CHECK(text("a  # first\n  + b \\\n - c") == "a + b - c");
  CHECK(text("android") == "the variable 'android' is not defined here (line 1, column 1)");
  CHECK(text("a oror b").find("cannot read 'threshold: oror b' (line 1, column 3)") == 0);
  CHECK(text("noton").find("the variable 'noton'") == 0);
}

TEST_CASE("what is nested too deeply is refused", "[brian][expression]") {
  for (auto const& [before, after] :
       {std::pair{"(", ")"}, {"-", ""}, {"a**", ""}, {"not ", ""}, {"exp(", ")"}}) {
    std::string few, many;
    for (int k = 0; k < 40; ++k) few += before;
    few += "on";
    for (int k = 0; k < 40; ++k) few += after;
    for (int k = 0; k < 100000; ++k) many += before;
    INFO(before);
    CHECK(lower(neuron(variables, threshold(few))).mistake.ok());
    CHECK(lower(neuron(variables, threshold(many))).mistake.what == mistake::syntax_error);
  }
}
