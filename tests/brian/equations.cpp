// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "read.hpp"

using namespace reading;

static_assert(mistake_of("").ok() && mistake_of("  # nothing\n\n ; ;").ok());
static_assert(mistake_of("dv/dt = -v/tau : volt", constants("tau", 10 * ms)).ok());

// What a line cannot be.
static_assert(is_at(mistake_of("v"), mistake::syntax_error, 1, 2) &&
              is_at(mistake_of("v = 3"), mistake::syntax_error, 1, 6));
static_assert(is_at(mistake_of("\n v : 1\n 3 : 1"), mistake::syntax_error, 3, 2) &&
              is_at(mistake_of("dv/dy = 1 : 1"), mistake::syntax_error, 1, 4));
static_assert(is_at(mistake_of("dv/dt : 1"), mistake::syntax_error, 1, 7) &&
              is_at(mistake_of("dv/dt = : 1"), mistake::syntax_error, 1, 9));
// A colon that is missing, or something else in its place.
constexpr bool misses_unit(std::string_view text, std::string_view where, int line, int column) {
  auto const d = mistake_of(text);
  return is(d, mistake::syntax_error, where, ": and a unit") && d.line == line &&
         d.column == column;
}
static_assert(misses_unit("v = 1\nw = 2 : 1", "end of line", 1, 6) &&
              misses_unit("dv/dt = -v/ms", "end of line", 1, 14) &&
              misses_unit("dv/dt = -v/ms  # comment\nw : 1\n", "end of line", 1, 14) &&
              misses_unit("x = w : 1\nv = 3*(x +\n 2)\n\nd w/dt = 1*Hz : 1", "end of line", 3, 4));
static_assert(misses_unit("dv/dt = -v/ms (unless refractory)\nw : 1", "end of line", 1, 34));
static_assert(misses_unit("dv/dt = -v/ms, volt", ", volt", 1, 14) &&
              misses_unit("dv/dt = -v/ms, volt\nw : 1", ", volt", 1, 14) &&
              misses_unit("v = clip(1, 2, 3), 1\nw = 2 : 1", ", 1", 1, 18) &&
              misses_unit("dv/dt = -v/ms; w : 1", "; w : 1", 1, 14));
static_assert(is(mistake_of("dv/dt = -v/ms volt\nw : 1"), mistake::syntax_error, "volt",
                 "an operator or : and a unit") &&
              is(mistake_of("v = (1\nw : 1"), mistake::syntax_error, "w : 1", "an operator or )"));
static_assert(mistake_of("v = 1\n + 2\n\n: 1").ok() &&
              mistake_of("v = 1 < 2\nand 2 < 3 : boolean").ok());
static_assert(is_at(mistake_of("v : 1 w : 1"), mistake::syntax_error, 1, 7) &&
              mistake_of("v : 1; w : 1").ok());

// Units of lines: base units only, in Brian's words.
static_assert(is(mistake_of("v : mV"), mistake::not_a_base_unit, "mV", "volt") &&
              is(mistake_of("v : gram"), mistake::not_a_base_unit, "gram", "kilogram"));
static_assert(is(mistake_of("v : molar"), mistake::not_a_base_unit, "molar", "mmolar") &&
              is(mistake_of("v : metre2"), mistake::not_a_base_unit, "metre2"));
static_assert(is(mistake_of("v : bool"), mistake::not_a_base_unit, "bool", "boolean") &&
              is(mistake_of("v : foo"), mistake::not_a_base_unit, "foo"));
static_assert(mistake_of("v :").what == mistake::syntax_error &&
              mistake_of("v : 2*volt").what == mistake::syntax_error &&
              mistake_of("v : volt*1").what == mistake::syntax_error &&
              mistake_of("v : volt - volt").what == mistake::syntax_error &&
              mistake_of("v : volt/").what == mistake::syntax_error &&
              mistake_of("v : 1.0").what == mistake::syntax_error &&
              mistake_of("v : second**(1/2)").what == mistake::syntax_error &&
              mistake_of("v : volt**40").what == mistake::syntax_error);
constexpr bool line_has_unit(std::string_view line, ir::dimension d,
                             ir::value_type type = ir::value_type::real) {
  ir::model const m = lower(neuron(line));
  return m.mistake.ok() && m.symbols[0].unit == d && m.symbols[0].type == type;
}
static_assert(line_has_unit("x : 1", {}) &&
              line_has_unit("x : boolean", {}, ir::value_type::boolean) &&
              line_has_unit("x : integer", {}, ir::value_type::integer) &&
              line_has_unit("x : radian", {}));
static_assert(line_has_unit("x : siemens/meter**2",
                            ir::units::siemens / power(ir::units::metre, 2)) &&
              line_has_unit("x : mmolar", ir::units::molar) &&
              line_has_unit("x : 1/second", ir::units::hertz) &&
              line_has_unit("x : second**-1", ir::units::hertz) &&
              line_has_unit("x : volt*second**-0.5", ir::dimension{2, 1, {-7, 2}, -1}) &&
              line_has_unit("x : volt**2/hertz", ir::dimension{4, 2, -5, -2}) &&
              line_has_unit("x\n:\n volt\n", ir::units::volt) &&
              line_has_unit("x : volt (constant)", ir::units::volt));
static_assert(mistake_of("dx/dt = 1/second : integer").what == mistake::syntax_error);

// Flags.
constexpr auto flag = [](std::string_view line) { return mistake_of(line, refractory("2*ms")); };
static_assert(flag("dx/dt = 1/second : 1 (unless refractory)").ok() &&
              flag("x = 1 : 1 (shared, constant over dt)").ok() &&
              flag("x : 1 (constant, shared)").ok() && flag("x : 1 (linked)").ok() &&
              flag("x : 1\n (constant)\ny : 1").ok());
static_assert(is(flag("dx/dt = 1/second : 1 (constant)"), mistake::unknown_flag, "constant",
                 "unless refractory"));
static_assert(is(flag("x = 1 : 1 (constant)"), mistake::unknown_flag, "constant",
                 "shared, constant over dt"));
static_assert(is(flag("x : 1 (unless refractory)"), mistake::unknown_flag, "unless refractory",
                 "constant, shared, linked"));
static_assert(is(flag("x : 1 (konstant)"), mistake::unknown_flag, "konstant") &&
              is(flag("x : 1 (linked, shared)"), mistake::unknown_flag, "shared") &&
              is(flag("x : 1 (shared, linked)"), mistake::unknown_flag, "linked"));
static_assert(flag("x : 1 ()").what == mistake::syntax_error &&
              flag("x : 1 (constant").what == mistake::syntax_error &&
              flag("x : 1 (constant shared)").what == mistake::unknown_flag &&
              flag("x : 1 (shared) y").what == mistake::syntax_error);
static_assert(is(flag("x : 1 (event-driven)"), mistake::unknown_flag, "event-driven"));
static_assert(is(mistake_of("dx/dt = 1/second : 1 (unless refractory)"),
                 mistake::missing_refractory, "x"));

// Names.
constexpr auto name = [](std::string_view line) { return mistake_of(line).what; };
static_assert(
    name("t : second") == mistake::reserved_name && name("dt : second") == mistake::reserved_name &&
    name("xi : 1") == mistake::reserved_name && name("xi_a : 1") == mistake::reserved_name &&
    name("i : integer") == mistake::reserved_name &&
    name("N : integer") == mistake::reserved_name &&
    name("t_in_timesteps : integer") == mistake::reserved_name &&
    name("not_refractory : boolean") == mistake::reserved_name &&
    name("lastspike : second") == mistake::reserved_name &&
    name("refractory : 1") == mistake::reserved_name &&
    name("refractory_until : 1") == mistake::reserved_name &&
    name("_x : 1") == mistake::reserved_name && name("x_pre : 1") == mistake::reserved_name &&
    name("x_post : 1") == mistake::reserved_name && name("lambda : 1") == mistake::reserved_name &&
    name("exp : 1") == mistake::reserved_name && name("pi : 1") == mistake::reserved_name &&
    name("mV : 1") == mistake::reserved_name && name("volt : 1") == mistake::reserved_name &&
    name("True : 1") == mistake::reserved_name);
static_assert(name("x : 1\nx : 1") == mistake::duplicate_variable &&
              name("dx/dt = 1/second : 1\nx = 1 : 1") == mistake::duplicate_variable);
static_assert(name("a_name_of_more_than_31_characters_ : 1") == mistake::name_too_long);
// Names that Brian leaves to the user win over those that only Nernst knows, and j means nothing in
// neurons.
static_assert(name("j : 1\nkV : 1\nmax : 1\nwhere : 1\nfaraday_constant : 1\nx = kV + max + where "
                   "+ faraday_constant + j : 1") == mistake::no_mistake);
static_assert(is(mistake_of("x = y : 1"), mistake::unknown_variable, "y") &&
              is(mistake_of("x = j : 1"), mistake::unknown_variable, "j"));
static_assert(is(mistake_of("x = lastspike : second"), mistake::unknown_variable, "lastspike"));
static_assert(
    mistake_of("x = lastspike : second\ny = int(not_refractory) : 1", refractory("1*ms")).ok());

// Definitions.
static_assert(is(mistake_of("x = y : 1\ny = x : 1"), mistake::cyclic_definition, "x") &&
              is(mistake_of("x = x : 1"), mistake::cyclic_definition, "x"));
static_assert(is_at(mistake_of("z = x : 1\nx = y : 1\ny = x : 1"), mistake::cyclic_definition, 1,
                    1));
static_assert(mistake_of("c = b : 1\nb = a : 1\na = 1 : 1").ok());
static_assert(is(mistake_of("x = xi : 1"), mistake::misplaced_noise, "xi") &&
              mistake_of("dx/dt = xi*second**-0.5 : 1").ok());
static_assert(mistake_of("dx/dt = xi/sqrt(second) : 1\ndy/dt = xi/sqrt(second) : 1").what ==
              mistake::misplaced_noise);
static_assert(mistake_of("dx/dt = xi_a/sqrt(second) : 1\ndy/dt = xi_a/sqrt(second) : 1").ok());
static_assert(is(mistake_of("x = rand() : 1"), mistake::misplaced_random, "x") &&
              mistake_of("x = rand() : 1 (constant over dt)").ok());
static_assert(is(mistake_of("x = y : 1 (shared)\ny : 1"), mistake::not_shared, "x") &&
              mistake_of("x = y : 1 (shared)\ny : 1 (shared)").ok());
// A wrong unit stands where the equation or the operator stands, with the units of both operands.
constexpr bool misfits(ir::diagnosis const& d, std::string_view where, int line, int column,
                       std::string_view expected, std::string_view found) {
  return is(d, mistake::dimension_mismatch, where, expected, found) && d.line == line &&
         d.column == column;
}
template <class... Clauses>
constexpr ir::diagnosis mistake_in(std::string_view line, Clauses const&... clauses) {
  return finding(neuron(equations("v : volt\nI : amp") + line, clauses...));
}
static_assert(misfits(mistake_in("x = (v + I)/2 : volt"), "v + I", 1, 8, "V", "A") &&
              misfits(mistake_in("\n  x = 3*I : volt"), "x", 2, 3, "V", "A") &&
              misfits(mistake_in("dx/dt = 3*I : volt"), "dx/dt", 1, 1, "V/s", "A"));
static_assert(misfits(mistake_in("x = 2*exp(v) : 1"), "exp(v)", 1, 7, "1", "V") &&
              misfits(mistake_in("x = clip(v, I, 1) : volt"), "clip(v, I, 1)", 1, 5, "V", "A") &&
              misfits(mistake_in("x = v**I : volt"), "v**I", 1, 6, "1", "A") &&
              misfits(mistake_in("x = 1 + -v : 1"), "1 + -v", 1, 7, "1", "V"));
static_assert(misfits(mistake_in("x = 1 : 1", threshold("x > 0 and v >= I")), "threshold: v >= I",
                      1, 13, "V", "A"));
// The same sum again: it stands where it stood first.
static_assert(misfits(mistake_in("x = (v + I)/2 : volt\ny = 3*(v + I) : volt"), "v + I", 1, 8, "V",
                      "A"));
static_assert(is_at(mistake_in("x = not v : boolean"), mistake::not_a_condition, 1, 5) &&
              is_at(mistake_in("x = 1 : 1", threshold(" v")), mistake::not_a_condition, 1, 2) &&
              is_at(mistake_in("x = 1 : 1", refractory("v")), mistake::dimension_mismatch, 1, 1));
static_assert(is(mistake_of("dv/dt = -v : volt"), mistake::dimension_mismatch, "dv/dt", "V/s",
                 "V"));
static_assert(is(mistake_of("w = 3*mV : amp"), mistake::dimension_mismatch, "w", "A", "V"));

// Substitutions and sums of sets.
constexpr auto decay = equations("dx/dt = -x/tau : volt", "x", "v", "tau", 10 * ms);
static_assert(finding(neuron(decay)).ok() && lower(neuron(decay)).symbols[0].id == "v");
static_assert(finding(neuron(decay + equations("dx/dt = (v - x)/tau : volt", "tau", 5 * ms))).ok());
static_assert(finding(neuron(decay + "w : amp" + equations("u : 1"))).ok() &&
              finding(neuron("w : amp" + decay)).ok());
static_assert(is(finding(neuron(decay + decay)), mistake::duplicate_variable, "v"));
static_assert(is(finding(neuron(equations("x : 1", "x", 3))), mistake::misplaced_statement, "x"));
static_assert(is(finding(neuron(equations("x : 1", "x", "mV"))), mistake::reserved_name, "mV"));
static_assert(is(finding(neuron(equations("a : 1\nb : 1", "a", "b"))), mistake::duplicate_variable,
                 "b"));

TEST_CASE("a set of equations may be written as Brian's own tests write it", "[brian][equations]") {
  auto printed = [](auto const& written) {
    ir::model const m = lower(written);
    INFO(to_text(m.mistake).view());
    CHECK(ir::check(m).ok());
    return ir::to_string(m);
  };
  CHECK(printed(neuron("dv/dt = -(v + 70*mV) / tau : volt  # with a comment\n"
                       "             # a comment of its own\n"
                       "tau : second (constant)\n\n",
                       refractory("5*ms"))) ==
        printed(neuron(
            "d v/ dt\n=\n-(v +   # continued\n\n 70*mV)/\\\n tau\n: volt; tau:second(constant)",
            brian::refractory(5 * ms))));
  // The order of lines does not matter.
  CHECK(printed(neuron("dv/dt = (u - v)/(5*ms) : 1\nu = w*2 : 1\nw : 1")) ==
        "dv/dt = (u - v)/(5*ms) : 1\nu = w*2 : 1\n");
}
