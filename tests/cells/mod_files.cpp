// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/cable.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/nernst.hpp>
#include <nernst/nmodl/mechanism.hpp>

#include "catch.hpp"
#include <cmath>
#include <numeric>

using namespace nernst::dsl;
namespace nmodl = nernst::nmodl;

namespace {

struct leak {
  static constexpr auto g = parameter<"g">(siemens / cm2);
  static constexpr auto model = nmodl::mechanism(R"(
    NEURON { SUFFIX leak NONSPECIFIC_CURRENT i RANGE g, e }
    PARAMETER { g = 0.001 (S/cm2) e = -65 (mV) }
    ASSIGNED { v (mV) i (mA/cm2) }
    BREAKPOINT { i = g*(v - e) }
  )");
};

struct gates {
  static constexpr auto gbar = parameter<"gbar">(siemens / cm2);
  static constexpr nmodl::source file{"gates.mod", R"(
    NEURON {
      SUFFIX gates
      USEION na READ ena WRITE ina
      NONSPECIFIC_CURRENT il
      RANGE gbar
      GLOBAL minf
    }
    PARAMETER { gbar = 0.12 (S/cm2) gl = 0.3 (mS/cm2) el = -54.3 (mV) q10 = 3 }
    STATE { m h }
    ASSIGNED { v (mV) celsius (degC) ena (mV) ina (mA/cm2) il (mA/cm2) minf mtau hinf htau speed }
    INITIAL {
      speed = q10^((celsius - 20)/10)
      rates(v)
      m = minf
      h = hinf
    }
    BREAKPOINT {
      SOLVE states METHOD cnexp
      ina = gbar*m^3*h*(v - ena)
      il = (0.001)*gl*(v - el)
    }
    DERIVATIVE states {
      rates(v)
      m' = (minf - m)/mtau
      h' = (hinf - h)/htau
    }
    INCLUDE "rates.inc"
  )"};
  static constexpr nmodl::source rates{"rates.inc", R"(
    PROCEDURE rates(v) {
      LOCAL a, b
      TABLE minf, mtau, hinf, htau DEPEND speed FROM -100 TO 100 WITH 400
      a = 0.1*linoid(-(v + 40), 10)
      b = 4*exp(-(v + 65)/18)
      mtau = 1/(speed*(a + b))
      minf = a/(a + b)
      a = 0.07*exp(-(v + 65)/20)
      b = 1/(1 + exp(-(v + 35)/10))
      htau = 1/(speed*(a + b))
      hinf = a/(a + b)
      if (htau < 0.1) { htau = 0.1 }
    }
    FUNCTION linoid(x, y) {
      if (fabs(x/y) < 1e-6) { linoid = y*(1 - x/y/2) } else { linoid = x/(exp(x/y) - 1) }
    }
  )"};
  static constexpr auto model = nmodl::mechanism(file, rates);
};

struct used_synapse {
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto model = nmodl::mechanism("synapse.mod", R"(
    COMMENT
      A SUFFIX would be another kind.
    ENDCOMMENT
    NEURON { POINT_PROCESS synapse NONSPECIFIC_CURRENT i RANGE tau1, tau2, e, use, recovery }
    PARAMETER { tau1 = 0.5 (ms) tau2 = 4 (ms) e = 0 (mV) use = 0.4 recovery = 50 (ms) }
    STATE { A (uS) B (uS) }
    ASSIGNED { v (mV) i (nA) factor }
    INITIAL {
      LOCAL tp
      A = 0
      B = 0
      tp = (tau1*tau2)/(tau2 - tau1)*log(tau2/tau1)
      factor = 1/(-exp(-tp/tau1) + exp(-tp/tau2))
    }
    BREAKPOINT {
      SOLVE state METHOD cnexp
      i = (B - A)*(v - e)/(1 + 0.3*exp(-0.06*v))
    }
    DERIVATIVE state { A' = -A/tau1 B' = -B/tau2 }
    NET_RECEIVE (weight (uS), left, before (ms)) {
      INITIAL { left = 1 before = 0 }
      left = 1 - (1 - left)*exp(-(t - before)/recovery)
      A = A + weight*factor*use*left
      B = B + weight*factor*use*left
      left = left - use*left
      before = t
    }
  )");
};

struct electrode {
  static constexpr auto model = nmodl::mechanism(R"(
    NEURON { POINT_PROCESS electrode RANGE del, dur, amp ELECTRODE_CURRENT i }
    PARAMETER { del (ms) dur (ms) amp (nA) }
    ASSIGNED { i (nA) }
    BREAKPOINT { if (t < del + dur && t >= del) { i = amp } else { i = 0 } }
  )");
};

struct coupling {
  static constexpr auto model = nmodl::mechanism(R"(
    NEURON { POINT_PROCESS coupling NONSPECIFIC_CURRENT i POINTER vpeer RANGE r }
    PARAMETER { r = 100 (megohm) }
    ASSIGNED { v (mV) vpeer (mV) i (nA) }
    BREAKPOINT { if (nrn_pointing(vpeer)) { i = (v - vpeer)/r } }
  )");
};

struct given {
  static constexpr auto model = nmodl::mechanism("given.mod", R"(
    NEURON { SUFFIX given NONSPECIFIC_CURRENT i RANGE g }
    PARAMETER { g = 0.001 (S/cm2) }
    STATE { m }
    ASSIGNED { v (mV) i (mA/cm2) }
    INITIAL { m = inf(v) }
    BREAKPOINT { SOLVE states METHOD cnexp i = g*m*(v + 30) }
    DERIVATIVE states { m' = (inf(v) - m)/tau(v) }
    FUNCTION_TABLE inf(v (mV))
    FUNCTION_TABLE tau(v (mV)) (ms)
  )");
};

struct gridded {
  static constexpr auto model = nmodl::mechanism("gridded.mod", R"(
    NEURON { SUFFIX gridded NONSPECIFIC_CURRENT i RANGE g, c }
    PARAMETER { g = 0.001 (S/cm2) c = 1.3 }
    STATE { m }
    ASSIGNED { v (mV) i (mA/cm2) }
    INITIAL { m = 0.2 }
    BREAKPOINT { SOLVE states METHOD cnexp i = g*m*(v + 30) }
    DERIVATIVE states { m' = rate(v, c)*(1 - m) - back(v, c, t)*m }
    FUNCTION_TABLE rate(v (mV), c) (/ms)
    FUNCTION_TABLE back(v (mV), c, s (ms)) (/ms)
  )");
};

/// As `mechanisms::tabulated_hh`.
struct squid {
  static constexpr auto written = nmodl::mechanism("squid.mod", R"(
    NEURON {
      SUFFIX squid
      USEION na READ ena WRITE ina
      USEION k READ ek WRITE ik
      NONSPECIFIC_CURRENT il
      GLOBAL minf, hinf, ninf, mtau, htau, ntau
      THREADSAFE
    }
    PARAMETER { gnabar = .12 (S/cm2) gkbar = .036 (S/cm2) gl = .0003 (S/cm2) el = -54.3 (mV) }
    STATE { m h n }
    ASSIGNED {
      v (mV) celsius (degC) ena (mV) ek (mV) ina (mA/cm2) ik (mA/cm2) il (mA/cm2)
      minf hinf ninf mtau (ms) htau (ms) ntau (ms)
    }
    BREAKPOINT {
      SOLVE states METHOD cnexp
      ina = gnabar*m*m*m*h*(v - ena)
      ik = gkbar*n*n*n*n*(v - ek)
      il = gl*(v - el)
    }
    INITIAL { rates(v) m = minf h = hinf n = ninf }
    DERIVATIVE states {
      rates(v)
      m' = (minf - m)/mtau
      h' = (hinf - h)/htau
      n' = (ninf - n)/ntau
    }
    PROCEDURE rates(v (mV)) {
      LOCAL alpha, beta, q10
      TABLE minf, mtau, hinf, htau, ninf, ntau DEPEND celsius FROM -100 TO 100 WITH 200
      q10 = 3^((celsius - 6.3)/10)
      alpha = .1 * vtrap(-(v + 40), 10)
      beta = 4 * exp(-(v + 65)/18)
      mtau = 1/(q10*(alpha + beta))
      minf = alpha/(alpha + beta)
      alpha = .07 * exp(-(v + 65)/20)
      beta = 1/(exp(-(v + 35)/10) + 1)
      htau = 1/(q10*(alpha + beta))
      hinf = alpha/(alpha + beta)
      alpha = .01*vtrap(-(v + 55), 10)
      beta = .125*exp(-(v + 65)/80)
      ntau = 1/(q10*(alpha + beta))
      ninf = alpha/(alpha + beta)
    }
    FUNCTION vtrap(x, y) {
      if (fabs(x/y) < 1e-6) { vtrap = y*(1 - x/y/2) } else { vtrap = x/(exp(x/y) - 1) }
    }
  )");
  static constexpr auto model = nmodl::with_tables(written);
};

static_assert(gates::model.placed == nernst::ir::placement::density);
static_assert(used_synapse::model.placed == nernst::ir::placement::point);

struct pool {
  static constexpr auto model = nmodl::mechanism(R"(
    NEURON { SUFFIX pool USEION ca WRITE cai RANGE count }
    UNITS { (mM) = (milli/liter) }
    PARAMETER { least = 1e-4 (mM) }
    STATE { c (mM) }
    ASSIGNED { cai (mM) count }
    INITIAL { c = 4e-4 cai = 3e-4 }
    BREAKPOINT {
      SOLVE fall METHOD cnexp
      if (c < least) { c = least }
      count = count + 1
      cai = 2*c
    }
    DERIVATIVE fall { c' = -c/2 }
  )");
};

struct reader {
  static constexpr auto model = nmodl::mechanism(R"(
    NEURON { SUFFIX reader USEION ca READ cai NONSPECIFIC_CURRENT i RANGE seen }
    ASSIGNED { cai (mM) seen (mM) i (mA/cm2) }
    BREAKPOINT { seen = cai i = 0 }
  )");
};

/// Sums of what the older random functions draw, and of its squares.
struct draws {
  static constexpr auto model = nmodl::mechanism(R"(
    NEURON { SUFFIX draws RANGE u, e, n, p, uu, ee, nn, pp }
    ASSIGNED { u e n p uu ee nn pp }
    INITIAL { u = 0 e = 0 n = 0 p = 0 uu = 0 ee = 0 nn = 0 pp = 0 }
    BREAKPOINT { SOLVE draw }
    PROCEDURE draw() {
      LOCAL x
      x = scop_random() u = u + x uu = uu + x^2
      x = exprand(3) e = e + x ee = ee + x^2
      x = normrand(-1, 2) n = n + x nn = nn + x^2
      x = poisrand(4) p = p + x pp = pp + x^2
    }
  )");
};

constexpr char const* drawn[] = {"u", "e", "n", "p", "uu", "ee", "nn", "pp"};

std::vector<std::vector<double>> draw(std::uint64_t seed, int steps) {
  nernst::network net({.dt = 0.025 * ms, .seed = seed});
  auto const cells =
      net.cells(100, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(4));
  auto const of = cells.paint<draws>(whole);
  net.run(steps * 0.025 * ms);
  std::vector<std::vector<double>> all;
  for (char const* const name : drawn) all.push_back(of[name].get());
  return all;
}

}  // namespace

TEST_CASE("the older random functions have their means and variances", "[cells][nmodl]") {
  constexpr int steps = 50, elements = 400, count = steps * elements;
  auto const all = draw(7, steps);
  struct {
    double mean, variance;
  } constexpr expected[] = {{0.5, 1. / 12}, {3, 9}, {-1, 4}, {4, 4}};
  for (std::size_t k = 0; k < 4; ++k) {
    INFO(drawn[k]);
    auto const& [mean, variance] = expected[k];
    double const sum = std::accumulate(all[k].begin(), all[k].end(), 0.);
    double const squares = std::accumulate(all[k + 4].begin(), all[k + 4].end(), 0.);
    CHECK(sum / count == Approx(mean).margin(5 * std::sqrt(variance / count)));
    CHECK(squares / count - mean * mean == Approx(variance).epsilon(0.1));
  }
  CHECK(all == draw(7, steps));
  CHECK(all[0] != draw(8, steps)[0]);
}

TEST_CASE("without a current, BREAKPOINT acts behind the states", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  auto pools = cells.paint<pool>(whole);
  auto readers = cells.paint<reader>(whole);
  net.run(0.025 * ms);
  double const fallen = 4e-4 * std::exp(-0.025 / 2);
  CHECK(pools["c"].get()[0] == Approx(fallen).epsilon(1e-12));
  CHECK(readers["seen"].get()[0] == Approx(2 * fallen).epsilon(1e-12));
  CHECK(pools["count"].get()[0] == 1);
  net.run(9.975 * ms);
  CHECK(pools["c"].get()[0] == Approx(1e-4).epsilon(1e-12));
  CHECK(readers["seen"].get()[0] == Approx(2e-4).epsilon(1e-12));
  CHECK(pools["count"].get()[0] == 400);
}

TEST_CASE("a synapse of a text adds up what spikes bring", "[cells][nmodl]") {
  STATIC_REQUIRE(nernst::kernel::require_superposition<used_synapse>());
}

TEST_CASE("a text is a mechanism of cells as any other", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  auto channels = cells.paint<leak>(whole);
  CHECK(channels["g"].get()[0] == Approx(10));
  CHECK(channels["e"].get()[0] == Approx(-0.065));
  channels[leak::g] = 0.002 * siemens / cm2;
  CHECK(channels["g"].get()[0] == Approx(20));
  // Its current is called as what all populations have, their indices, which expressions mean.
  cells.initialise(-55 * mV);
  auto const i = cells.record<leak>("i", at(0, 0.5));
  net.run(0.025 * ms);
  CHECK(i.trace(0, 0)[0] == Approx(20 * 0.01));
  channels["g"] = "(i + 3)*siemens/meter**2";
  CHECK(channels["g"].get()[0] == 3);
}

// NEURON 9.0.2: a section of 10 by 10 um with the mechanisms of this folder, tables off, gates.gbar
// 0.15, celsius 20; an IClamp of 0.05 nA from 1 to 6 ms; events of a NetCon of weight 0.001 at 2, 4
// and 4.5 ms; dt 0.025. NEURON takes a difference for the derivative of the currents.
TEST_CASE("texts in a cell do what they do in NEURON", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  cells.set_temperature(293.15 * kelvin);
  auto channels = cells.paint<gates>(whole, gates::gbar = 0.15 * siemens / cm2);
  auto synapses = cells.place<used_synapse>(at(0, 0.5));
  auto pulse = cells.place<electrode>(at(0, 0.5));
  pulse["del"] = 1 * ms;
  pulse["dur"] = 5 * ms;
  pulse["amp"] = 0.05 * nA;
  // What fires in a step acts at the beginning of the next one.
  auto const events = net.spikes(1, {0, 0, 0}, {1.975e-3, 3.975e-3, 4.475e-3});
  auto const connections = net.connect(events, synapses, all_to_all(), 0 * ms);
  connections[used_synapse::weight] = 0.001 * uS;
  struct sample {
    double v, m, b;
  };
  sample const neuron[] = {{49.44174780935688, 0.9980285975759651, 0.0005429726862564864},
                           {43.94740255313173, 0.9989177832798943, 0.0007896374967792842},
                           {16.04659704600134, 0.993119807369967, 0.0004226624945382377},
                           {1.2325378194937917, 0.9770861280411329, 0.00022623493060793648}};
  for (sample const& there : neuron) {
    net.run(2.5 * ms);
    CHECK(1e3 * cells["v"].get()[0] == Approx(there.v).margin(2e-3));
    CHECK(channels["m"].get()[0] == Approx(there.m).margin(1e-6));
    CHECK(1e6 * synapses["B"].get()[0] == Approx(there.b).epsilon(1e-9));
  }
}

TEST_CASE("tables of a text are those of NEURON, where it is asked for them", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(2, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  cells.set_temperature(283.15 * kelvin);
  auto channels = cells(0).paint<squid>(whole);
  auto others = cells(1).paint<nernst::mechanisms::tabulated_hh>(whole);
  auto pulse = cells.place<electrode>(at(0, 0.5));
  pulse["del"] = 1 * ms;
  pulse["dur"] = 10 * ms;
  pulse["amp"] = 0.05 * nA;
  for (int k = 0; k < 8; ++k) {
    net.run(1 * ms);
    auto const v = cells["v"].get();
    CHECK(v[0] == Approx(v[1]).margin(1e-12));
    CHECK(channels["m"].get()[0] == Approx(others["m"].get()[0]).epsilon(1e-9));
  }
}

// NEURON 9.0.2: a section of 10 by 10 um; table_inf_given and table_tau_given with the same
// Vectors; an IClamp of -0.02 nA from 1 to 7 ms; dt 0.025.
TEST_CASE("the values of a FUNCTION_TABLE are given", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  auto channels = cells.paint<given>(whole);
  CHECK_THROWS_WITH(net.run(1 * ms), Catch::Contains("expected the values of the timed array"));
  channels["inf"] = function_values({-80 * mV, -60 * mV, -35 * mV, 20 * mV}, {0.1, 0.35, 0.8, 0.9});
  CHECK_THROWS_AS(channels["tau"] = function_values({0 * mV}, {0.1}), std::invalid_argument);
  CHECK_THROWS_AS(function_values({0 * mV, 0 * mV}, {1 * ms, 2 * ms}), std::invalid_argument);
  CHECK_THROWS_AS(function_values({0 * mV, 1 * mV}, {1 * ms}), std::invalid_argument);
  channels["tau"] =
      function_values({-80 * mV, -60 * mV, -35 * mV, 20 * mV}, {8 * ms, 3 * ms, 5 * ms, 1 * ms});
  auto pulse = cells.place<electrode>(at(0, 0.5));
  pulse["del"] = 1 * ms;
  pulse["dur"] = 6 * ms;
  pulse["amp"] = -0.02 * nA;
  cells.initialise(-65 * mV);
  double const neuron[][2] = {{-53.41742119166706, 0.3551909967221407},
                              {-48.70525246760477, 0.43398339461692687},
                              {-42.19236014528798, 0.5092887324886293},
                              {-33.028879765431185, 0.6143678005970321}};
  for (auto const& [v, m] : neuron) {
    net.run(2.5 * ms);
    CHECK(1e3 * cells["v"].get()[0] == Approx(v).epsilon(1e-9));
    CHECK(channels["m"].get()[0] == Approx(m).epsilon(1e-9));
  }
}

// NEURON 9.0.2: the same, with table_rate_gridded(values, 4, places, 3, 1, 3) and
// table_back_gridded(values, 4, places, 3, places, 2, places), and another c behind 5 and 7.5 ms.
TEST_CASE("the values of a FUNCTION_TABLE of several arguments are given", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  auto channels = cells.paint<gridded>(whole);
  CHECK_THROWS_WITH(net.run(1 * ms), Catch::Contains("expected the values of the timed array"));
  function_axis const v({-80 * mV, -60 * mV, -35 * mV, 20 * mV}), c({1, 2, 4}), s({0 * ms, 3 * ms});
  auto const rate = [](double x) { return x / ms; };
  channels["rate"] =
      function_grid({v, function_axis(1, 3, 3)},
                    {rate(0.1), rate(0.2), rate(0.4), rate(0.3), rate(0.5), rate(0.7), rate(0.6),
                     rate(0.2), rate(0.9), rate(0.8), rate(1.1), rate(0.3)});
  std::vector<decltype(rate(1))> back;
  for (int k = 0; k < 24; ++k) back.push_back(rate(0.05 * (k % 7 + 1)));
  CHECK_THROWS_WITH(
      channels["back"] = function_grid({v, c}, {rate(1)}),
      Catch::Contains("expected two axes or more, and 12 values, found 2 axes and 1"));
  CHECK_THROWS_WITH(channels["back"] = function_grid({s, s}, {1, 2, 3, 4}),
                    Catch::Contains("expected the values of a function of 3 arguments, found one "
                                    "of 2"));
  CHECK_THROWS_WITH(channels["back"] = function_values({0 * mV}, {0.1}),
                    Catch::Contains("expected the values of a function of 3 arguments, found one "
                                    "of 1"));
  CHECK_THROWS_WITH((channels["back"] = nernst::function_grid({v, s, c}, back)),
                    Catch::Contains("expected places of argument 2 in 1, found s"));
  channels["back"] = nernst::function_grid({v, c, s}, back);
  auto pulse = cells.place<electrode>(at(0, 0.5));
  pulse["del"] = 1 * ms;
  pulse["dur"] = 6 * ms;
  pulse["amp"] = -0.02 * nA;
  cells.initialise(-65 * mV);
  double const neuron[][3] = {{-50.39155859902568, 0.4810722164129754, 1.3},
                              {-42.157659617386585, 0.7460771137553732, 2.6},
                              {-36.08781122368203, 0.796570967212485, 9},
                              {-30.83036503639411, 0.8101934288965431, 9}};
  for (auto const& [potential, m, next] : neuron) {
    net.run(2.5 * ms);
    CHECK(1e3 * cells["v"].get()[0] == Approx(potential).epsilon(1e-9));
    CHECK(channels["m"].get()[0] == Approx(m).epsilon(1e-9));
    channels["c"] = next;
  }
}

TEST_CASE("what a POINTER points to is a link", "[cells][nmodl]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(2, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  cells(0).paint<leak>(whole);
  auto junctions = cells(0).place<coupling>(at(0, 0.5));
  auto others = cells(1).place<coupling>(at(0, 0.5));
  junctions.link("vpeer", cells, "v", std::vector<std::int32_t>{1});
  others.link("vpeer", cells, "v", {0});
  cells.initialise(-55 * mV);
  net.run(10 * ms);
  auto const v = cells["v"].get();
  CHECK(v[0] == Approx(-0.065).margin(1e-4));
  CHECK(v[1] == Approx(v[0]).margin(1e-6));
}
