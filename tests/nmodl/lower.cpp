// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/lower.hpp>

#include "catch.hpp"
#include "nmodl/clamped_membrane.hpp"
#include <fstream>
#include <iterator>
#include <sstream>

namespace nmodl = nernst::nmodl;
namespace ir = nernst::ir;

namespace {

constexpr char const* folder = NERNST_TEST_DATA "/../nmodl/mod/";

std::string text_of(std::string const& name) {
  std::ifstream file(folder + name + ".mod", std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A file, its model, and what its numbers are in SI units.
struct mechanism {
  explicit mechanism(std::string const& name, nmodl::table_mode tables = nmodl::table_mode::none,
                     nmodl::constants values = nmodl::constants::codata_2018)
      : text(text_of(name)), s(nmodl::parse({name, text})), c(nmodl::examine(s, values)),
        lowered(nmodl::lower(s, c, tables)) {
    INFO(nmodl::to_text(lowered.found).view());
    REQUIRE(lowered.found.what.ok());
  }
  double si(std::string const& variable) const {
    std::string const id = variable.substr(0, variable.find('['));
    if (id == "i" && is_state(id)) return 1;
    bool const is_point = lowered.model.placed == ir::placement::point;
    if (id == "i" || id == "il" || id == "ina" || id == "ica" || id == "ik")
      return is_point ? 1e-9 : 10;
    if (id == "eca") return 1e-3;
    for (auto const& d : s.declarations)
      if (s.names[d.name] == id)
        return interface_unit_of(c.units.with_usual_units(), s.unit_text(d.unit)).si;
    return 1;
  }
  bool is_state(std::string const& variable) const {
    for (auto const& d : s.declarations)
      if (s.names[d.name] == variable.substr(0, variable.find('[')))
        return d.kind == nmodl::storage::state;
    return false;
  }

  std::string text;
  nmodl::syntax s;
  nmodl::contents c;
  nmodl::lowered lowered;
};

/// What NEURON says of a mechanism at one step.
struct sample {
  double level;
  int step;
  std::vector<std::pair<std::string, double>> values;
};
std::vector<sample> reference_of(std::string const& name) {
  std::ifstream file(std::string(folder) + "reference.txt");
  std::vector<sample> all;
  for (std::string line; std::getline(file, line);) {
    std::istringstream in(line);
    std::string word;
    sample one{};
    in >> word >> one.level >> one.step;
    if (word != name) continue;
    while (in >> word) {
      auto const equals = word.find('=');
      one.values.emplace_back(word.substr(0, equals), std::stod(word.substr(equals + 1)));
    }
    all.push_back(one);
  }
  REQUIRE(all.size() >= 10);
  return all;
}

constexpr double levels[] = {-90, -40, 0, 50, -70};

void compare(mechanism const& m, clamped_membrane& here, sample const& there, double tolerance) {
  for (auto const& [id, expected] : there.values) {
    std::string name = id == "eca" ? "ca.reversal" : id;
    if (id == "cai" && !here.has(id)) name = "ca.inside";
    double const found =
        (m.is_state(id) || id == "flow" ? here.get_now(name) : here.get(name)) / m.si(id);
    INFO(id << " at " << there.level << " mV, step " << there.step);
    CHECK(found == Approx(expected).epsilon(tolerance).margin(1e-13));
  }
}

void agree(std::string const& name, double tolerance,
           nmodl::table_mode tables = nmodl::table_mode::none,
           nmodl::constants values = nmodl::constants::codata_2018) {
  mechanism const m(name, tables, values);
  bool const looks_up = tables == nmodl::table_mode::neuron;
  bool const is_old = values == nmodl::constants::legacy;
  std::vector<sample> const reference = reference_of(name + (looks_up ? "/tables"
                                                             : is_old ? "/legacy"
                                                                      : ""));
  clamped_membrane here(m.lowered.model, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  auto next = reference.begin();
  if (next->step == 0) compare(m, here, *next++, tolerance);
  std::map<std::string, double> connection{{"weight", 0.002e-6}, {"left", 1}, {"before", 0}};
  int const events[] = {40, 44, 120, 280};
  int done = 0;
  for (double const level : levels)
    for (int step = 1; step <= 80; ++step, ++done) {
      if (name == "synapse" && std::find(events, events + 4, done) != events + 4)
        here.event(connection);
      here.step(level * 1e-3);
      if (step == 1 || step == 80) compare(m, here, *next++, tolerance);
    }
  CHECK(next == reference.end());
}

nmodl::message finding_of(std::string_view text) {
  return nmodl::to_text(nmodl::lower({"x.mod", text}).found);
}

}  // namespace

TEST_CASE("mechanisms do what they do in NEURON", "[nmodl][lower]") {
  SECTION("gates") {
    agree("gates", 1e-12);
  }
  SECTION("a concentration and the constant field equation") {
    agree("pool", 1e-11);
  }
  SECTION("the same with the constants of NEURON before version 8") {
    agree("pool", 1e-11, nmodl::table_mode::none, nmodl::constants::legacy);
  }
  SECTION("a kinetic scheme and its steady state") {
    agree("scheme", 1e-9);
  }
  SECTION("equations that read each other") {
    agree("coupled", 1e-12);
  }
  SECTION("steps by hand, arrays and loops") {
    agree("steps", 1e-12);
  }
  SECTION("linear equations") {
    agree("linear", 1e-12);
  }
  SECTION("the implicit method") {
    agree("implicit", 1e-9);
  }
  SECTION("the method of Euler") {
    agree("forward", 1e-12);
  }
  SECTION("a synapse") {
    agree("synapse", 1e-12);
  }
  SECTION("blocks before and after the parts of a step") {
    agree("moments", 1e-12);
  }
  SECTION("statements behind the states, where there is no current") {
    agree("behind", 1e-12);
  }
  SECTION("indices and bounds that vary") {
    agree("places", 1e-12);
  }
  SECTION("states where their names stand, and what others make of them") {
    agree("named", 1e-12);
  }
  SECTION("loops whose ends vary, and those that a parameter ends") {
    agree("rounds", 1e-12);
  }
  SECTION("reactions that are not linear, and their steady state") {
    agree("binding", 1e-11);
  }
  SECTION("reactions of eight states, and equations of six, that are not linear") {
    agree("cascade", 1e-9);
    agree("ring", 1e-8);  // NEURON stops within 1e-8/ms
  }
  SECTION("the method of Runge and Kutta") {
    agree("fourth", 1e-12);
  }
  SECTION("stiff equations that are not linear, where NEURON stops within 1e-8/ms") {
    agree("stiff", 1e-7);
  }
  SECTION("tables, where they are computed and where they are looked up") {
    agree("tabled", 1e-12);
    agree("tabled", 1e-12, nmodl::table_mode::neuron);
    agree("gates", 1e-12, nmodl::table_mode::neuron);
  }
}

TEST_CASE("variables are seen in SI units, with the values of the file", "[nmodl][lower]") {
  mechanism const m("gates");
  ir::model const& model = m.lowered.model;
  CHECK(model.placed == ir::placement::density);
  auto const at = [&](char const* id) -> ir::symbol const& { return model.at(model.find(id)); };
  CHECK(at("gbar").kind == ir::role::parameter);
  CHECK(at("gbar").initial == Approx(1200));
  CHECK(at("gl").initial == Approx(3));
  CHECK(at("el").initial == Approx(-0.0543));
  CHECK(at("q10").kind == ir::role::shared);
  CHECK(at("q10").initial == 3);
  CHECK(at("g").kind == ir::role::subexpression);
  CHECK(at("g").unit == ir::units::siemens / power(ir::units::metre, 2));
  // What INITIAL leaves for others is kept; what only one block needs is not.
  CHECK(at("speed").kind == ir::role::state);
  CHECK(model.find("mtau") == ir::none);
  CHECK(model.equations.size() == 2);
  CHECK(model.currents.size() == 2);
  CHECK(model.currents[1].ion == "na");
}

TEST_CASE("outside of an array, an index reads the end and writes nothing", "[nmodl][lower]") {
  nmodl::lowered const l =
      nmodl::lower({"x.mod", "NEURON { SUFFIX x RANGE n, low, high, a, b } PARAMETER { n = 7.5 }\n"
                             "ASSIGNED { low high at a[3] b[3] }\n"
                             "INITIAL { FROM i = 0 TO 2 { a[i] = i + 1 } }\n"
                             "BREAKPOINT { low = a[-n] high = a[n] a[n] = 9 a[-n] = 9\n"
                             "  at = n - 5.75 b[at] = 4 }"});
  REQUIRE(l.found.what.ok());
  clamped_membrane here(l.model, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  here.step(-65e-3);
  here.step(-65e-3);
  CHECK(here.get("low") == 1);
  CHECK(here.get("high") == 3);
  CHECK(here.get("a[0]") == 1);
  CHECK(here.get("a[2]") == 3);
  CHECK(here.get("b[1]") == 4);
}

TEST_CASE("a loop that would go on beyond 50 rounds gives no number", "[nmodl][lower]") {
  nmodl::lowered const l =
      nmodl::lower({"x.mod", "NEURON { SUFFIX x RANGE last, found }\n"
                             "PARAMETER { last = 30 } ASSIGNED { found }\n"
                             "BREAKPOINT { LOCAL j j = 0 found = 0\n"
                             "  while (j + 0*v < last) { j = j + 1 found = found + j } }"});
  REQUIRE(l.found.what.ok());
  clamped_membrane here(l.model, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  here.step(-65e-3);
  CHECK(here.get("found") == 465);
  here.set("last", 50);
  here.step(-65e-3);
  CHECK(here.get("found") == 1275);
  here.set("last", 50.5);
  here.step(-65e-3);
  CHECK(std::isnan(here.get("found")));
}

// As the sources of NEURON behind 9.0.2 do it, which itself does not know it.
TEST_CASE("matexp multiplies states by the exponential of rates that vary", "[nmodl][lower]") {
  nmodl::lowered const l = nmodl::lower(
      {"x.mod", "NEURON { SUFFIX x } ASSIGNED { v (mV) }\n"
                "STATE { a b c open closed m }\n"
                "INITIAL { a = 0.5 b = 0.3 c = 0.2 open = 0.1 closed = 0.9 m = 0.1 }\n"
                "BREAKPOINT { SOLVE chain METHOD matexp SOLVE gate METHOD cnexp }\n"
                "KINETIC chain { ~ a <-> b (exp(v/20), 8) ~ b <-> c (3, 900*exp(-v/30))\n"
                "  ~ open <-> closed (2*exp(v/25), 3) CONSERVE a + b + c = 1 }\n"
                "DERIVATIVE gate { m' = 3*(1 - m) - 2*exp(v/25)*m }"});
  REQUIRE(l.found.what.ok());
  clamped_membrane here(l.model, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  double x[3] = {0.5, 0.3, 0.2};
  for (double const v : {-90, 40, -20})
    for (int step = 0; step < 40; ++step) {
      here.step(v * 1e-3);
      double const ab = std::exp(v / 20), cb = 900 * std::exp(-v / 30);
      ir::list<double> rates;
      for (double const r : {-ab, 8.0, 0.0, ab, -11.0, cb, 0.0, 3.0, -cb})
        rates.push_back(0.025 * r);
      auto const p = nernst::integrate::matrix_exponential<double>(rates, 3);
      double const y[] = {x[0], x[1], x[2]};
      for (int k = 0; k < 3; ++k)
        x[k] = p[3 * k] * y[0] + p[3 * k + 1] * y[1] + p[3 * k + 2] * y[2];
      CHECK(here.get_now("a") == Approx(x[0]).epsilon(1e-11));
      CHECK(here.get_now("b") == Approx(x[1]).epsilon(1e-11));
      CHECK(here.get_now("c") == Approx(x[2]).epsilon(1e-11));
      CHECK(here.get_now("open") == Approx(here.get_now("m")).epsilon(1e-11));
    }
}

// What NEURON's use case kinetic/side_effects states.
TEST_CASE("statements of KINETIC see the states that it finds", "[nmodl][lower]") {
  nmodl::lowered const l = nmodl::lower(
      {"x.mod", "NEURON { SUFFIX y RANGE x, forward, backward NONSPECIFIC_CURRENT i }\n"
                "ASSIGNED { i x forward backward } STATE { X Y } INITIAL { X = 1 Y = 2 }\n"
                "BREAKPOINT { SOLVE k METHOD sparse i = forward - backward }\n"
                "KINETIC k { ~ X <-> Y (0.4, 0.5) forward = f_flux backward = b_flux x = X }"});
  REQUIRE(l.found.what.ok());
  clamped_membrane here(l.model, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  for (int step = 1; step <= 200; ++step) {
    here.step(-65e-3);
    double const x = here.get_now("X"), y = here.get_now("Y");
    CHECK(here.get_now("x") == x);
    CHECK(here.get_now("forward") == Approx(0.4 * x).epsilon(1e-15));
    CHECK(here.get_now("backward") == Approx(0.5 * y).epsilon(1e-15));
    if (step == 1) CHECK(x == Approx(1.0146699266503667).epsilon(1e-15));
  }
}

// As NEURON's use case steady_state/minipump has it.
TEST_CASE("a steady state may be found under a condition", "[nmodl][lower]") {
  std::string const sought = text_of("binding"), solve = "SOLVE reactions STEADYSTATE sparse";
  std::string text = sought;
  text.replace(text.find(solve), solve.size(), "if (settles > 0) { " + solve + " }");
  text += "PARAMETER { settles = 0 }\n";
  nmodl::lowered const always = nmodl::lower({"always.mod", sought});
  nmodl::lowered const asked = nmodl::lower({"asked.mod", text});
  INFO(nmodl::to_text(asked.found).view());
  REQUIRE(asked.found.what.ok());
  clamped_membrane there(always.model, 0.025e-3, 6.3), here(asked.model, 0.025e-3, 6.3);
  there.initialise(-65e-3);
  here.initialise(-65e-3);
  CHECK(here.get("c") == 0.3);
  CHECK(here.get("b") == 1);
  CHECK(here.get("cb") == 0);
  here.set("settles", 1);
  here.initialise(-65e-3);
  for (char const* id : {"c", "b", "cb", "d"}) CHECK(here.get(id) == there.get(id));
  CHECK(here.get("cb") > 0);
}

TEST_CASE("what reacts in a way that is not linear may diffuse", "[nmodl][lower]") {
  nmodl::lowered const l = nmodl::lower(
      {"x.mod",
       "NEURON { SUFFIX x } STATE { a b } BREAKPOINT { SOLVE k METHOD sparse }\n"
       "KINETIC k { COMPARTMENT 2 {a b} LONGITUDINAL_DIFFUSION 1 {a} ~ 2 a <-> b (1, 1) }"});
  CHECK(l.found.what.ok());
  CHECK(l.model.diffusions.size() == 1);
}

TEST_CASE("equations of cnexp draw random numbers", "[nmodl][lower]") {
  static_assert(nmodl::lower({"x.mod", "NEURON { SUFFIX x } STATE { m }\n"
                                       "BREAKPOINT { SOLVE s METHOD cnexp }\n"
                                       "DERIVATIVE s { m' = -m + normrand(0, 1) }"})
                    .found.what.ok());
  SUCCEED();
}

TEST_CASE("a PARAMETER that bounds a loop is a constant", "[nmodl][lower]") {
  std::string const text = "NEURON { SUFFIX x RANGE n, factor, a } PARAMETER { n = 3 factor = 2 }\n"
                           "ASSIGNED { a } INITIAL { FROM k = 1 TO n*n { a = a + factor*k } }";
  nmodl::syntax s = nmodl::parse({"x.mod", text});
  nmodl::contents c = nmodl::examine(s);
  ir::model const m = nmodl::lower(s, c).model;
  REQUIRE(m.mistake.ok());
  CHECK(m.find("n") == ir::none);
  CHECK(m.at(m.find("factor")).kind == ir::role::parameter);
  REQUIRE(c.fixed.size() == 1);
  CHECK(s.names[c.fixed[0]] == "n");
  clamped_membrane here(m, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  CHECK(here.get("a") == 90);
}

TEST_CASE("what cannot be lowered is named with its place", "[nmodl][lower]") {
  CHECK(finding_of("NEURON { SUFFIX x } STATE { m }\nBREAKPOINT { SOLVE s METHOD cnexp }\n"
                   "DERIVATIVE s { m' = -m*m }")
            .view() == "x.mod:3:16: the method 'cnexp' cannot integrate these equations, found its "
                       "equation is not linear in it; write METHOD derivimplicit, which solves any "
                       "equation");
  CHECK(finding_of("NEURON { SUFFIX x } PARAMETER { n = 1e9 } ASSIGNED { a }\n"
                   "INITIAL { FROM i = 0 TO n { a = a + i } }")
            .view()
            .starts_with("x.mod:2:11: 'FROM with so many rounds' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x RANGE n, a, few } ASSIGNED { n a few[100] }\n"
                   "BREAKPOINT { FROM i = 0 TO n { a = a + few[few[i*i] + i] } }")
            .view()
            .starts_with("x.mod:2:14: 'a loop with so many rounds' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x } ASSIGNED { a }\nINITIAL { while (1) { a = a + t } }")
            .view()
            .starts_with("x.mod:2:11: 'a loop with so many rounds' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x RANGE n, a } ASSIGNED { n a few[9] }\n"
                   "BREAKPOINT { FROM i = 0 TO n { a = few[i] n = n + 1 } }")
            .view()
            .starts_with("x.mod:2:14: 'FROM with so much in it' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x RANGE n } ASSIGNED { n big[101] }\n"
                   "BREAKPOINT { n = 0 big[n + t] = 1 }")
            .view()
            .starts_with("x.mod:2:20: 'an index that varies' is not supported"));
  CHECK(finding_of("NEURON { POINT_PROCESS x }\nNET_RECEIVE(w) { net_event(t + 1) }")
            .view()
            .starts_with("x.mod:2:18: 'a later net_event' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x } ASSIGNED { a }\nINITIAL { a = f(2) }\n"
                   "FUNCTION f(n) { if (n > 0) { f = f(n) } }")
            .view()
            .find("no recursion") != std::string_view::npos);
  CHECK(finding_of("NEURON { SUFFIX x } STATE { a b }\nBREAKPOINT { SOLVE k METHOD sparse }\n"
                   "KINETIC k { ~ a <-> b (1, 2)\n SOLVE k STEADYSTATE sparse }")
            .view()
            .starts_with("x.mod:4:2: 'SOLVE in a block that is solved' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x } STATE { a b } ASSIGNED { v }\n"
                   "BREAKPOINT { SOLVE k METHOD matexp }\nKINETIC k { ~ a + b <-> a (v, 2) }")
            .view()
            .starts_with("x.mod:3:1: 'matexp of what is not linear' is not supported"));
  CHECK(finding_of("NEURON { SUFFIX x } STATE { a[17] } ASSIGNED { v }\n"
                   "BREAKPOINT { SOLVE k METHOD matexp }\n"
                   "KINETIC k { FROM i = 0 TO 15 { ~ a[i] <-> a[i + 1] (v, 2) } }")
            .view() ==
        "x.mod:3:1: 'matexp of more than 16 states' is not supported; write METHOD sparse");
  CHECK(finding_of("NEURON { POINT_PROCESS x POINTER p } ASSIGNED { p }\n"
                   "NET_RECEIVE(w) { p = w }")
            .view() ==
        "x.mod:2:18: 'a POINTER written here' is not supported; write it in BREAKPOINT");
  std::string const diffuses =
      "STATE { a b }\nBREAKPOINT { SOLVE k METHOD sparse }\nKINETIC k { ~ a <-> b (1, 1)\n";
  CHECK(finding_of("NEURON { SUFFIX x } " + diffuses + "LONGITUDINAL_DIFFUSION 1 {a} }").view() ==
        "x.mod:4:1: 'LONGITUDINAL_DIFFUSION' is not supported; name states of COMPARTMENT, once");
  CHECK(finding_of("NEURON { SUFFIX x } " + diffuses +
                   "COMPARTMENT 2 {a}\nLONGITUDINAL_DIFFUSION 1 {a}\nCONSERVE a + b = 1 }")
            .view() ==
        "x.mod:6:1: 'CONSERVE of what diffuses' is not supported; conserve states that stay");
  CHECK(finding_of("NEURON { POINT_PROCESS x } " + diffuses +
                   "COMPARTMENT 2 {a}\nLONGITUDINAL_DIFFUSION 1 {a} }")
            .view() == "x.mod:5:1: 'LONGITUDINAL_DIFFUSION' is not supported; write SUFFIX");
  CHECK(finding_of("NEURON { SUFFIX x }\nINITIAL { y = 1 }").view() ==
        "x.mod:2:11: the variable 'y' is not defined here");
}
