// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/examine.hpp>

#include "catch.hpp"
#include "nmodl/files.hpp"
#include <string>

using namespace nernst;
using nmodl::construct;
using nmodl::stage;

namespace {
nmodl::contents examine(std::string const& file) {
  mod_file const text(file);
  nmodl::syntax s = text.parse();
  return nmodl::examine(s);
}
/// All that is said of a text, each line of it.
std::string said(std::string const& text) {
  nmodl::syntax s = nmodl::parse({"x.mod", text});
  if (!s.ok()) return std::string(to_text(s.mistake).view());
  nmodl::contents const c = nmodl::examine(s);
  std::string all;
  for (nmodl::finding const& f : c.findings)
    (all += all.empty() ? "" : "\n") += to_text(s.located(f)).view();
  return all;
}
/// The stage of a density mechanism with this in it, or what is wrong.
std::string stage_of(std::string const& text) {
  std::string const file =
      "NEURON { SUFFIX x } ASSIGNED { a b c[3] cai cao } PARAMETER { p = 1 } STATE { m n }\n" +
      text;
  std::string const mistakes = said(file);
  if (!mistakes.empty()) return mistakes;
  nmodl::syntax s = nmodl::parse({"x.mod", file});
  nmodl::contents const c = nmodl::examine(s);
  // The array among the declarations is not what is asked for.
  stage needs = stage::core;
  for (nmodl::use const& u : c.uses)
    if (u.what != construct::array || text.find('[') != std::string::npos)
      needs = std::max(needs, properties(u.what).needs);
  return std::string(to_text(needs));
}
std::string in_initial(std::string const& text) {
  return stage_of("INITIAL { " + text + " }");
}
}  // namespace

TEST_CASE("the stages of the files of the tests", "[nmodl][examine]") {
  for (auto const& [file, needs] : {std::pair{"leak.mod", stage::core},
                                    {"squid.mod", stage::core},
                                    {"dos.mod", stage::core},
                                    {"depressing.mod", stage::v1},
                                    {"calcium.mod", stage::v3},
                                    {"rare.mod", stage::v3},
                                    {"noisy.mod", stage::refused}}) {
    INFO(file);
    nmodl::contents const c = examine(file);
    for (nmodl::finding const& f : c.findings)
      if (f.weight != nmodl::grade::refusal) UNSCOPED_INFO(to_text(f).view());
    CHECK(!c.has_mistake());
    CHECK(c.needs == needs);
  }
  CHECK(examine("squid.mod").kind == nmodl::mechanism_kind::density);
  CHECK(examine("depressing.mod").kind == nmodl::mechanism_kind::point);
  CHECK(examine("depressing.mod").has_net_receive);
  CHECK(examine("rare.mod").kind == nmodl::mechanism_kind::artificial);
  CHECK(examine("calcium.mod").uses_construct(construct::diffusion));
  CHECK(examine("calcium.mod").uses_construct(construct::include));
  CHECK(examine("calcium.mod").uses_construct(construct::written_concentration));
  CHECK(!examine("calcium.mod").uses_construct(construct::pointer));
}

TEST_CASE("each construct has its stage", "[nmodl][examine]") {
  CHECK(in_initial("if (a > 1) { b = exp(a) } else { b = 2 }") == "core");
  CHECK(stage_of("BREAKPOINT { SOLVE s METHOD cnexp } DERIVATIVE s { m' = -m }") == "core");
  CHECK(stage_of("FUNCTION f(x) { TABLE FROM 0 TO 1 WITH 10 f = x }") == "core");
  CHECK(stage_of("BREAKPOINT { SOLVE s } DERIVATIVE s { m' = -m }") == "V1");
  CHECK(stage_of("BREAKPOINT { SOLVE s METHOD runge } DERIVATIVE s { m' = -m }") == "V1");
  CHECK(stage_of("BREAKPOINT { SOLVE s } PROCEDURE s() { m = m + dt }") == "V1");
  CHECK(stage_of("NEURON { USEION ca READ cao WRITE cai }") == "V1");
  CHECK(in_initial("a = nrn_ghk(v, cai, cao, 2) + pow(a, 2)") == "V1");
  CHECK(in_initial("printf(\"%g\", a)") == "V1");
  CHECK(in_initial("at_time(3)") == "V1");
  CHECK(in_initial("FROM i = 0 TO 2 { a = i }") == "V2");
  CHECK(in_initial("while (a < 1) { a = 2 }") == "V2");
  CHECK(in_initial("c[2] = 1") == "V2");
  CHECK(in_initial("LOCAL x[2] x[1] = 1") == "V2");
  CHECK(stage_of("KINETIC k { ~ m <-> n (1, 2) }") == "V2");
  CHECK(stage_of("INITIAL { SOLVE k STEADYSTATE sparse } KINETIC k { ~ m <-> n (1, 2) }") == "V2");
  CHECK(stage_of("LINEAR l { ~ m + n = 1 }") == "V2");
  CHECK(stage_of("DEFINE N 3") == "V2");
  CHECK(in_initial("a = scop_random()") == "V3");
  CHECK(stage_of("NEURON { POINTER q }") == "V3");
  CHECK(stage_of("NEURON { RANDOM q } INITIAL { a = random_normal(q, 0, 1) }") == "V3");
  CHECK(stage_of("FUNCTION_TABLE f(x)") == "V3");
  CHECK(stage_of("BEFORE BREAKPOINT { a = 1 }") == "V3");
  CHECK(in_initial("PROTECT a = a + 1") == "V3");
  CHECK(in_initial("s()").find("the function 's' is not defined here") != std::string::npos);
  CHECK(stage_of("DERIVATIVE s { m' = -m } INITIAL { s() }") == "V3");
}

TEST_CASE("VERBATIM without effect", "[nmodl][examine]") {
  CHECK(stage_of("VERBATIM\n#include <math.h>\nENDVERBATIM") == "V1");
  // A return has an effect where statements follow, and in a FUNCTION.
  auto const of_called = [](std::string const& text) {
    return stage_of("INITIAL { a = 1 f() } " + text).substr(0, 50);
  };
  std::string const returned = "\nVERBATIM\n return 0;\nENDVERBATIM\n";
  std::string const refused = "x.mod:3:1: 'VERBATIM' is not supported; write it in";
  CHECK(of_called("PROCEDURE f() { a = 1" + returned + "}") == "V1");
  CHECK(of_called("PROCEDURE f() { if (a) { b = 2 } else { a = 1" + returned + "} }") == "V1");
  CHECK(of_called("PROCEDURE f() {" + returned + " a = 1 }") == refused.substr(0, 50));
  CHECK(of_called("PROCEDURE f() { if (a) {" + returned + "} b = 1 }") == refused.substr(0, 50));
  CHECK(of_called("FUNCTION f() { f = 1" + returned + "}") == refused.substr(0, 50));
  // Nobody can call what the file does not call.
  CHECK(stage_of("FUNCTION f() { f = 1" + returned + "}") == "V1");
  CHECK(stage_of("VERBATIM\nint f() { return 2; }\nENDVERBATIM") == "V1");
  // There is no Random that NEURON's interpreter gives.
  std::string const asked = "\nVERBATIM\n if (_p_r) { _lf = pick(_p_r); } else {\nENDVERBATIM\n";
  std::string const end = "\nVERBATIM\n }\nENDVERBATIM\n";
  CHECK(of_called("FUNCTION f() {" + asked + "f = scop_random()" + end + "}") == "V3");
  CHECK(of_called("FUNCTION f() { f = 1" + end + "}") == refused.substr(0, 50));
  CHECK(in_initial("\nVERBATIM\n a = 1;\nENDVERBATIM\n").find("x.mod:3:1: 'VERBATIM' is not") == 0);
  // Names of C code are refused where they are first used.
  CHECK(stage_of("VERBATIM\nextern double hoc_epsilon;\nENDVERBATIM\nINITIAL { a = hoc_epsilon }")
            .find("x.mod:5:15: 'hoc_epsilon' is not supported") == 0);
}

TEST_CASE("what is refused says what to write instead", "[nmodl][examine]") {
  CHECK(stage_of("NEURON { EXTERNAL a }") ==
        "x.mod:2:19: 'EXTERNAL' is not supported; write POINTER, or a PARAMETER that both "
        "mechanisms are given");
  CHECK(stage_of("DESTRUCTOR { a = 1 }").find("x.mod:2:1: 'DESTRUCTOR' is not supported; ") == 0);
  CHECK(stage_of("DISCRETE d { m@1 = m }").find("'DISCRETE' is not supported") !=
        std::string::npos);
  CHECK(stage_of("NONLINEAR s { ~ m*m = 2 }").find("'NONLINEAR'") != std::string::npos);
  CHECK(in_initial("LAG a BY p b = lag_a_p").find("'LAG'") != std::string::npos);
  CHECK(in_initial("a = stepforce(1, 2)").find("'stepforce' is not supported") !=
        std::string::npos);
}

TEST_CASE("names", "[nmodl][examine]") {
  CHECK(in_initial("a = x") == "x.mod:2:15: the variable 'x' is not defined here");
  CHECK(in_initial("x = a") == "x.mod:2:11: the variable 'x' is not defined here");
  // These are always there: variables of NEURON, first values and derivatives of states.
  CHECK(in_initial("a = v + t + dt + celsius + diam + area + m0 + Dm") == "core");
  CHECK(stage_of(
            "NEURON { NONSPECIFIC_CURRENT i USEION na WRITE ina } BREAKPOINT { i = 1 ina = 2 }") ==
        "core");
  CHECK(stage_of("NEURON { RANGE r } INITIAL { r = 1 }") ==
        "x.mod:2:16: warning: the variable 'r' is not defined here: expected PARAMETER, ASSIGNED "
        "or STATE");
  CHECK(stage_of("ASSIGNED { a }") == "x.mod:2:12: the variable 'a' is defined more than once");
  CHECK(stage_of("CONSTANT { m = 1 }").find("defined more than once") != std::string::npos);
  CHECK(stage_of("PROCEDURE a() { }").find("'a' is defined more than once") != std::string::npos);
  // NEURON before version 9 has let this pass.
  CHECK(stage_of("NEURON { RANGE f } FUNCTION f(x) { f = x }") ==
        "x.mod:2:16: warning: 'f' cannot stand here: expected a variable, found a FUNCTION or "
        "PROCEDURE");
  CHECK(stage_of("PROCEDURE f() { } FUNCTION f(x) { f = x }") ==
        "x.mod:2:19: the variable 'f' is defined more than once");
  CHECK(stage_of("NEURON { GLOBAL m }") ==
        "x.mod:2:17: 'm' cannot stand here: expected RANGE of a STATE");
  CHECK(stage_of("LOCAL a, w INITIAL { a = w }") == "core");
  CHECK(in_initial("c = 1") ==
        "x.mod:2:11: the index of 'c' is wrong: expected x[...] of an array");
  CHECK(in_initial("a[1] = 1") == "x.mod:2:11: the index of 'a' is wrong: expected no index");
}

TEST_CASE("ions", "[nmodl][examine]") {
  CHECK(said("NEURON { SUFFIX x USEION na READ ek }") ==
        "x.mod:1:34: the variable 'ek' is not defined here: expected ina, ena, nai or nao");
  CHECK(said("NEURON { SUFFIX x USEION k READ ek USEION k READ ki }") ==
        "x.mod:1:43: the variable 'k' is defined more than once");
  CHECK(said("NEURON { SUFFIX x USEION mg READ mgi }") ==
        "x.mod:1:26: warning: the valence of the ion 'mg' is not known: expected VALENCE, here or "
        "elsewhere");
  CHECK(said("NEURON { SUFFIX x USEION mg READ mgi VALENCE 2 USEION ca READ ica }") == "");
}

TEST_CASE("functions", "[nmodl][examine]") {
  CHECK(in_initial("a = f(1)") ==
        "x.mod:2:15: the function 'f' is not defined here: expected FUNCTION or PROCEDURE");
  CHECK(in_initial("a = exp(1, 2)") ==
        "x.mod:2:15: the number of arguments of 'exp' is wrong: expected 1, found 2");
  CHECK(stage_of("FUNCTION f(x) { f = x } INITIAL { a = f() }") ==
        "x.mod:2:39: the number of arguments of 'f' is wrong: expected 1, found 0");
  CHECK(stage_of("FUNCTION exp(x, y) { exp = x } INITIAL { a = exp(1, 2) }") == "core");
  CHECK(in_initial("net_event(t)") ==
        "x.mod:2:11: 'net_event' cannot stand here: expected NET_RECEIVE");
  CHECK(stage_of("BREAKPOINT { net_send(1, 2) }").find("'net_send' cannot stand here") !=
        std::string::npos);
  CHECK(stage_of("BREAKPOINT { TABLE a FROM 0 TO 1 WITH 2 }") ==
        "x.mod:2:14: 'TABLE' cannot stand here: expected FUNCTION or PROCEDURE");
  CHECK(stage_of("FUNCTION f(x) { TABLE a FROM 0 TO 1 WITH 2 f = 1 }")
            .find("expected FROM: a FUNCTION has one value") != std::string::npos);
  CHECK(stage_of("PROCEDURE f(x) { TABLE a DEPEND z FROM 0 TO 1 WITH 2 a = x }") ==
        "x.mod:2:33: the variable 'z' is not defined here");
}

TEST_CASE("equations and methods", "[nmodl][examine]") {
  CHECK(stage_of("DERIVATIVE s { a' = 1 }") == "x.mod:2:16: 'a' is not a STATE");
  CHECK(stage_of("DERIVATIVE s { m = 1 }") ==
        "x.mod:2:1: 'DERIVATIVE' cannot stand here: expected an equation x' = ...");
  CHECK(stage_of("BREAKPOINT { SOLVE s METHOD cnexp }") ==
        "x.mod:2:14: there is no block 's' to solve: expected DERIVATIVE, KINETIC ...");
  CHECK(stage_of("BREAKPOINT { SOLVE s METHOD adams } DERIVATIVE s { m' = -m }") ==
        "x.mod:2:29: there is no integration method 'adams': expected cnexp, derivimplicit, euler, "
        "runge");
  CHECK(stage_of("BREAKPOINT { SOLVE k METHOD cnexp } KINETIC k { ~ m <-> n (1, 1) }")
            .find("expected sparse, matexp, euler, runge") != std::string::npos);
  CHECK(stage_of("KINETIC k { ~ a << (1) }") == "x.mod:2:15: 'a' is not a STATE");
  CHECK(stage_of("KINETIC k { ~ m + n -> (1) }").find("expected one state before") !=
        std::string::npos);
  CHECK(stage_of("DERIVATIVE s { m' = 1 CONSERVE m + n = 1 }")
            .find("'CONSERVE' cannot stand here: expected KINETIC") != std::string::npos);
  CHECK(stage_of("BREAKPOINT { CONDUCTANCE a USEION k }").find("expected an ion of USEION") !=
        std::string::npos);
  CHECK(stage_of("BREAKPOINT { } DERIVATIVE s { m' = -m }") ==
        "x.mod:2:16: warning: 's' has no effect: expected SOLVE in BREAKPOINT");
  CHECK(stage_of("BREAKPOINT { m' = -m }") ==
        "x.mod:2:14: warning: 'm' has no effect: expected x' in DERIVATIVE");
}

TEST_CASE("assignments", "[nmodl][examine]") {
  CHECK(in_initial("p = 2") == "core");
  CHECK(in_initial("t = 2") ==
        "x.mod:2:11: 't' cannot be assigned here, found a variable of NEURON");
  CHECK(
      stage_of("CONSTANT { q = 1 } INITIAL { q = 2 }") ==
      "x.mod:2:30: 'q' cannot be assigned here: expected a variable of ASSIGNED, found a constant");
}

TEST_CASE("events", "[nmodl][examine]") {
  CHECK(stage_of("NET_RECEIVE (w) { a = w }") ==
        "x.mod:2:1: 'NET_RECEIVE' cannot stand here: expected POINT_PROCESS in NEURON");
  CHECK(said("NEURON { POINT_PROCESS x } NET_RECEIVE (w) { } NET_RECEIVE (w) { }")
            .find("expected only one of them") != std::string::npos);
  CHECK(in_initial("WATCH (a > 1) 2").find("'WATCH' cannot stand here") != std::string::npos);
  CHECK(in_initial("INITIAL { a = 1 }").find("'INITIAL' cannot stand here") != std::string::npos);
}

TEST_CASE("units of factors", "[nmodl][examine]") {
  mod_file const file("calcium.mod");
  nmodl::syntax s = file.parse();
  nmodl::examine(s);
  // As nocmodl of NEURON 9.0.2 writes them.
  for (nmodl::declaration const& d : s.declarations) {
    if (s.names[d.name] == "FARADAY") CHECK(d.value == 0x1.34c0c8b92a9b7p+3);
    if (s.names[d.name] == "R") CHECK(d.value == 0x1.0a1013e8990bep+3);
    if (s.names[d.name] == "LENGTH") CHECK(d.value == 0x1.a36e2eb1c432cp-14);
    if (s.names[d.name] == "PI") CHECK(d.value == 0x1.921fb54442d18p+1);
    if (s.names[d.name] == "BURDEN") CHECK(d.value == 1.5);
  }
  CHECK(said("UNITS { F = (foo) (volt) }").find("x.mod:1:14: the unit 'foo' is not known") == 0);
  CHECK(said("UNITS { (mM) = (millimollar) }").find("the unit 'millimollar' is not known") !=
        std::string::npos);
  CHECK(said("UNITS { (ms) = (millisec) (x) = (volt) (x) = (volts) }") == "");
  CHECK(said("UNITS { (x) = (volt) (x) = (amp) }") ==
        "x.mod:1:23: the variable 'x' is defined more than once");
  CHECK(said("UNITS { F = (faraday) (volt) }") ==
        "x.mod:1:14: warning: the units do not fit in 'F': expected volt, found faraday");
}

TEST_CASE("constants before CODATA 2018", "[nmodl][examine]") {
  nmodl::syntax s = nmodl::parse(
      {"x.mod", "UNITS { F = (faraday) (coulomb) k = (k) (joule/degC) N = (mole) (1) }"});
  nmodl::examine(s, nmodl::constants::legacy);
  CHECK(s.declarations[0].value == 96485.3);
  CHECK(s.declarations[1].value == 1.38065e-23);
  CHECK(s.declarations[2].value == 6.02217e23);
}
