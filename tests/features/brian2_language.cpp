// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What Brian 2's tests say of expressions, statements and units, in both forms. (Those of
// populations stand in tests/network.)
#include "forms.hpp"

using namespace features;
using numbers = std::vector<double>;

namespace {
constexpr auto x = state<"x">(one);
constexpr auto y = state<"y">(one);
constexpr auto z = state<"z">(one);
constexpr std::string_view xyz = "x : 1\ny : 1\nz : 1\n";

/// A block of statements, which is one of a neuron's reset.
auto text(std::string_view statements) {
  return brian::neuron(xyz, brian::threshold("x > 1"), brian::reset(statements));
}
template <class... Statements>
auto block(Statements const&... statements) {
  return neuron(threshold(x > 1), reset(statements...));
}
/// What the first statement of a reset becomes.
std::string simplified(ir::model const& m) {
  reduced const r(m);
  REQUIRE(!r.m.reset.empty());
  return ir::to_string(r.m, r.m.reset[0].value);
}
template <class Written>
void both_become(Written const& value, std::string_view text, std::string const& expected) {
  INFO(text);
  CHECK(simplified(lower(neuron(reset(a = value)))) == expected);
  CHECK(simplified(lower(brian::neuron(
            variables, brian::reset(std::string("a = ") + std::string(text))))) == expected);
}
/// What stands in the definition of a number, for some values of a variable.
template <class Written>
void both_give(Written const& value, std::string_view text, std::string const& variable,
               numbers const& inputs, numbers const& expected,
               std::map<std::string, double> const& others = {}) {
  INFO(text);
  std::string const lines = std::string(variables) + "result = " + std::string(text) + " : 1";
  CHECK(values_of(lower(neuron(subexpression<"result">(value))), variable, inputs, others) ==
        expected);
  CHECK(values_of(lower(brian::neuron(lines)), variable, inputs, others) == expected);
}
/// Elementary functions are not the platform's, but within three units in the last place.
bool is_near(double found, double expected) {
  if (std::isnan(expected)) return std::isnan(found);
  if (std::isinf(expected)) return found == expected;
  return std::abs(found - expected) <= 3 * 0x1p-52 * std::abs(expected);
}
template <class Written>
void both_give(Written const& value, std::string_view text, double (*function)(double)) {
  numbers const inputs = {-1, -0.5, 0, 0.5, 1};
  numbers expected;
  for (double const input : inputs) expected.push_back(function(input));
  std::string const lines = std::string(variables) + "result = " + std::string(text) + " : 1";
  for (auto const& m :
       {lower(neuron(subexpression<"result">(value))), lower(brian::neuron(lines))}) {
    numbers const found = values_of(m, "a", inputs);
    for (std::size_t s = 0; s < inputs.size(); ++s) {
      INFO(text << " at " << inputs[s]);
      CHECK(is_near(found[s], expected[s]));
    }
  }
}
}  // namespace

TEST_CASE("test_constant_subexpression_order") {
  constexpr auto s1 = subexpression<"s1">(x) | constant_over_dt;
  constexpr auto s3 = subexpression<"s3">(1 + s1) | constant_over_dt;
  constexpr auto s2 = subexpression<"s2">(2 * s3) | constant_over_dt;
  auto const written = lower(neuron(d(x) / dt = -x / (10 * ms), s1, s2, s3));
  auto const text = lower(brian::neuron(R"(
    dx/dt = -x / (10*ms) : 1
    s1 = x : 1 (constant over dt)
    s2 = 2*s3 : 1 (constant over dt)
    s3 = 1 + s1 : 1 (constant over dt)
  )"));
  same(written, text);
  reduced const r(text);
  std::string order;
  for (auto const& s : r.held) order += std::string(r.m.at(s.symbol).id) + " ";
  CHECK(order == "s1 s3 s2 ");
}

TEST_CASE("test_semantics_floating_point_division") {
  numbers whole, thirds;
  for (int number = -5; number <= 5; ++number) {
    whole.push_back(number);
    thirds.push_back(number / 3.0);
  }
  both_give(n / 3, "n/3", "n", whole, thirds);
  both_give(a / 3, "a/3", "a", whole, thirds);
}

TEST_CASE("test_semantics_floor_division and test_semantics_mod") {
  numbers whole, floors, remainders;
  for (int number = -15; number <= 15; ++number) {
    whole.push_back(number);
    floors.push_back(std::floor(number / 3.0));
    remainders.push_back(number - 3 * std::floor(number / 3.0));
  }
  both_give(floor_div(n, 3), "n//3", "n", whole, floors);
  both_give(floor_div(a, 3), "a//3", "a", whole, floors);
  both_give(n % 3, "n % 3", "n", whole, remainders);
  both_give(a % 3, "a % 3", "a", whole, remainders);
  both_give(a % -3, "a % -3", "a", {-4, -3, 0, 2, 4}, {-1, 0, 0, -1, -2});
}

TEST_CASE("test_integer_power") {
  both_give(pow(2, n), "2**n", "n", {0, 1, 2}, {1, 2, 4});
  both_give(pow(-1, n), "(-1)**n", "n", {0, 1, 2}, {1, -1, 1});
}

TEST_CASE("test_bool_to_int") {
  both_give(trunc(on), "int(on)", "on", {1, 0}, {1, 0});
  both_give(trunc(a > 1.0), "int(a > 1.0)", "a", {2, 0.5}, {1, 0});
}

TEST_CASE("test_timestep_function") {
  double const step = 1e-4;
  numbers times, steps;
  for (int number = 0; number < 100000; ++number) {
    times.push_back(number * step);
    steps.push_back(number);
  }
  both_give(timestep(t, dt), "timestep(t, dt)", "t", times, steps, {{"dt", step}});
}

TEST_CASE("test_math_functions") {
  using function = double (*)(double);
  both_give(sin(a), "sin(a)", static_cast<function>(std::sin));
  both_give(cos(a), "cos(a)", static_cast<function>(std::cos));
  both_give(tan(a), "tan(a)", static_cast<function>(std::tan));
  both_give(sinh(a), "sinh(a)", static_cast<function>(std::sinh));
  both_give(cosh(a), "cosh(a)", static_cast<function>(std::cosh));
  both_give(tanh(a), "tanh(a)", static_cast<function>(std::tanh));
  both_give(asin(a), "arcsin(a)", static_cast<function>(std::asin));
  both_give(acos(a), "arccos(a)", static_cast<function>(std::acos));
  both_give(atan(a), "arctan(a)", static_cast<function>(std::atan));
  both_give(log(a), "log(a)", static_cast<function>(std::log));
  both_give(log10(a), "log10(a)", static_cast<function>(std::log10));
  both_give(log1p(a), "log1p(a)", static_cast<function>(std::log1p));
  both_give(exp(a), "exp(a)", static_cast<function>(std::exp));
  both_give(expm1(a), "expm1(a)", static_cast<function>(std::expm1));
  both_give(sqrt(a), "sqrt(a)", static_cast<function>(std::sqrt));
  both_give(ceil(a), "ceil(a)", static_cast<function>(std::ceil));
  both_give(floor(a), "floor(a)", static_cast<function>(std::floor));
  both_give(abs(a), "abs(a)", static_cast<function>(std::abs));
  both_give(
      sign(a), "sign(a)", +[](double at) { return static_cast<double>((at > 0) - (at < 0)); });
  both_give(exprel(a), "exprel(a)", +[](double at) { return at == 0 ? 1 : std::expm1(at) / at; });
  both_give(pow(a, 3), "a**3", +[](double at) { return at * at * at; });
}

namespace {
// test_parse_expression_unit: A is in volt*amp, v in volt, c in amp, a a number. What is wrong
// there is in tests/fail.
constexpr auto A = parameter<"A">(volt * amp);
constexpr auto c = parameter<"c">(amp);
template <class T>
constexpr bool has_unit(T const&, ir::dimension d) {
  return nernst::dsl::detail::traits<T>::unit == d;
}
static_assert(has_unit(A + v * c, ir::units::watt) &&
              has_unit(pow<2>(v), ir::units::volt* ir::units::volt));
static_assert(has_unit(A % (v * c), ir::units::watt) && has_unit(-v, ir::units::volt) &&
              has_unit(pow(A / A, A / A), {}));
static_assert(has_unit(A / (A - A), {}) && has_unit(uniform() * v, ir::units::volt) &&
              has_unit(sin(v / v), {}));
static_assert(has_unit(sqrt(v), power(ir::units::volt, {1, 2})) &&
              has_unit(ceil(v), ir::units::volt));
static_assert(has_unit(sqrt(randn() * pow<2>(v)), ir::units::volt) && has_unit(3 + sin(a), {}));
static_assert(Condition<decltype(A < v * c)> && Condition<decltype(not(A >= v * c))> &&
              Condition<decltype(A / (v * c) < 1)>);
}  // namespace

TEST_CASE("test_parse_expression_unit") {
  std::string const lines = std::string(variables) + "A : watt\nc : amp\nresult = ";
  auto const wrong = [&](std::string_view definition) {
    return mistake_of(brian::neuron(lines + std::string(definition))) != "no mistake";
  };
  CHECK_FALSE(wrong("A + v*c : watt"));
  CHECK_FALSE(wrong("A % (v*c) : watt"));
  CHECK_FALSE(wrong("v**2 : volt**2"));
  CHECK_FALSE(wrong("(A/A)**(A/A) : 1"));
  CHECK_FALSE(wrong("sqrt(v) : volt**0.5"));
  CHECK_FALSE(wrong("not (A >= v*c) : boolean"));
  CHECK(wrong("A + v : watt"));
  CHECK(wrong("A < v : boolean"));
  CHECK(wrong("A or v : boolean"));
  CHECK(wrong("sin(v) : 1"));
  CHECK(wrong("sqrt(v) + v : volt"));
}

TEST_CASE("test_unit_errors_threshold_reset") {
  // In C++: unit_in_comparison.cpp, unit_in_reset.cpp and unit_in_increment.cpp in tests/fail.
  constexpr auto line = "dv/dt = -v/(10*ms) : 1";
  using brian::threshold, brian::reset;
  CHECK(mistake_of(brian::neuron(line, threshold("v > -20*mV"))) ==
        "the units do not fit in 'threshold: v > -20*mV' (line 1, column 3): expected 1, found V");
  CHECK(mistake_of(brian::neuron(line, threshold("True"), reset("v = -65*mV"))) ==
        "the units do not fit in 'reset of v' (line 1, column 1): expected 1, found V");
  CHECK(mistake_of(brian::neuron(line, threshold("False"),
                                 reset("temp_var = -65\n\n v = temp_var"))) == "no mistake");
  CHECK(mistake_of(
            brian::neuron(line, threshold("False"), reset("temp_var = -65*mV\n v = temp_var"))) ==
        "the units do not fit in 'reset of v' (line 2, column 2): expected 1, found V");
  CHECK(mistake_of(brian::neuron(line, threshold("False"), reset("v /= 2"))) == "no mistake");
  CHECK(mistake_of(brian::neuron(line, threshold("False"), reset("v -= 60*mV"))) ==
        "the units do not fit in 'reset: v -= 60*mV' (line 1, column 3): expected 1, found V");
}

TEST_CASE("test_unit_checking") {
  // In C++: unit_in_equation.cpp and unit_in_sum.cpp in tests/fail.
  auto const units = [](std::string_view lines, std::string_view name, auto value) {
    return ir::check(lower(brian::neuron(lines, brian::constants(name, value)))).what;
  };
  CHECK(units("dv/dt = -v : volt", "tau", 5 * ms) == ir::mistake::dimension_mismatch);
  CHECK(units("dv/dt = -v/tau : volt", "tau", 5 * mV) == ir::mistake::dimension_mismatch);
  CHECK(units("dv/dt = -(v + I)/(5*ms) : volt", "I", 3 * second) ==
        ir::mistake::dimension_mismatch);
  CHECK(units("dv/dt = -(v + I)/tau : volt\nI : second", "tau", 5 * ms) ==
        ir::mistake::dimension_mismatch);
  CHECK(units("dv/dt = -v/tau : volt\nI = 2*v : amp", "tau", 5 * ms) ==
        ir::mistake::dimension_mismatch);
  CHECK(units("dv/dt = -v/tau : volt\nI = 2*v : volt", "tau", 5 * ms) == ir::mistake::no_mistake);
}

TEST_CASE("test_refractoriness_types") {
  // In C++: unit_in_refractory.cpp in tests/fail.
  auto const found = [](std::string_view lines, std::string_view refractory) {
    return mistake_of(brian::neuron(lines, brian::refractory(refractory)));
  };
  CHECK(found("", "3*Hz") == "the units do not fit in 'refractory' (line 1, column 1): expected s "
                             "or a condition, found Hz");
  CHECK(found("ref : Hz", "ref") == "the units do not fit in 'refractory' (line 1, column 1): "
                                    "expected s or a condition, found Hz");
  CHECK(found("", "3") == "the units do not fit in 'refractory' (line 1, column 1): expected s or "
                          "a condition, found 1");
  CHECK(found("ref : 1", "ref") == "the units do not fit in 'refractory' (line 1, column 1): "
                                   "expected s or a condition, found 1");
}

TEST_CASE("test_repeated_subexpressions and test_nested_subexpressions") {
  constexpr auto twice = subexpression<"twice">(2 * z);
  constexpr auto sum = subexpression<"sum">(twice + y);
  constexpr auto half = subexpression<"half">(integer, z / 2);
  auto const lines =
      std::string(xyz) + "twice = 2*z : 1\nsum = twice + y : 1\nhalf = z/2 : integer";
  auto const written = lower(neuron(
      threshold(x > 1), reset(x = twice, z *= 2, y = twice, x += sum + half), twice, sum, half));
  auto const text =
      lower(brian::neuron(lines, brian::threshold("x > 1"),
                          brian::reset("x = twice; z *= 2; y = twice; x += sum + half")));
  same(written, text);
  reduced const r(text);
  REQUIRE(r.m.reset.size() == 3);
  CHECK(ir::to_string(r.m, r.m.reset[0]) == "x = z*2 + (z*4 + z*4 + int(z))");
  CHECK(ir::to_string(r.m, r.m.reset[1]) == "z = z*2");
  CHECK(ir::to_string(r.m, r.m.reset[2]) == "y = z*4");
}

TEST_CASE("test_automatic_augmented_assignments") {
  // What Brian regroups, y + (x + 1.0), would be rounded differently, and stays.
  same(block(x = x + 1.0), text("x += 1.0"));
  same(block(x = 2.0 * x), text("x *= 2.0"));
  same(block(x = x - 3.0), text("x += -3.0"));
  same(block(x = x / 2.0), text("x *= 0.5"));
  same(block(x = 1.0 / x), text("x = 1.0/x"));
  same(block(x = 2.0 * (x + 1.0)), text("x += 1.0; x *= 2.0"));
}

TEST_CASE("test_apply_loop_invariant_optimisation_simplification") {
  both_become(a - a, "a - a", "0");
  both_become(b * a - b * a, "b*a - b*a", "0");
  both_become(a * b * 0, "a*b*0", "0");
  both_become(a * 0.0, "a*0.0", "0");
  both_become(0.0 / (a * b), "0.0/(a*b)", "0");
  both_become(0 + a * b, "0 + a*b", "a*b");
  both_become(a * b - 0.0, "a*b - 0.0", "a*b");
  both_become(1 * a * b, "1*a*b", "a*b");
  both_become(a * b / 1.0, "a*b/1.0", "a*b");
  both_become(a * (1 + 2 + 3), "a*(1 + 2 + 3)", "a*6");
  both_become(exp(0 * b) * a, "exp(0)*a", "a");
}

TEST_CASE("test_apply_loop_invariant_optimisation_no_optimisation") {
  both_become(uniform() - uniform(), "rand() - rand()", "uniform(0) - uniform(1)");
  both_become(3 * uniform() - 3 * uniform(), "3*rand() - 3*rand()", "uniform(0)*3 - uniform(1)*3");
}
