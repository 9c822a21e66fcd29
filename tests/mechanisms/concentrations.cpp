// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/calcium.hpp>
#include <nernst/mechanisms/concentrations.hpp>
#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/mechanisms/potassium.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"
#include <fstream>
#include <sstream>

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

template <class Network>
auto ball_in(Network& net, int order) {
  auto cells =
      net.cells(1, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  cells.set(test::scheme_of(order));
  return cells;
}

/// A soma and a dendrite of three compartments each, with `hh`.
auto soma_and_dendrite_in(nernst::network<>& net) {
  nernst::morphology shape(cylinder(20 * um, 20 * um));
  shape.attach(0, 1, cylinder(200 * um, 2 * um), "dend");
  auto cells = net.cells(1, shape, nernst::fixed_per_branch(3));
  cells.paint<hh>(whole);
  return cells;
}

/// The current of Goldman, Hodgkin and Katz without a derivative, at 34 degrees.
struct opaque_ghk {
  template <class T>
  NERNST_FUNCTION T operator()(T v, T inside, T outside) const {
    namespace codata = nernst::ir::codata_2018;
    T const w = v * (2 * codata::faraday_constant / (codata::gas_constant * 307.15));
    return 2 * codata::faraday_constant * (inside * efun(-w) - outside * efun(w));
  }
  template <class T>
  static NERNST_FUNCTION T efun(T z) {
    return z / (exp(z) - 1);
  }
};
struct quotient_calcium : low_voltage_calcium {
  static constexpr auto opaque = function<"opaque", opaque_ghk>(
      volt * siemens / metre2 / (metre / second), volt, molar, molar);
  static constexpr auto model =
      density(d(m) / dt = (m_end - m) / m_tau, d(h) / dt = (h_end - h) / h_tau,
              calcium.current(opaque(voltage, calcium.inside, calcium.outside) * p),
              functions(opaque), initial(m = m_end, h = h_end), usual);
};

/// How far calcium is from NEURON's: v in mV, the concentration in mM, and the current in mA/cm^2.
struct differences {
  double v, inside, current;
};
template <class Channel>
differences calcium_apart(int order) {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = ball_in(net, order);
  cells.set_temperature(307.15 * kelvin);
  cells.paint(whole, voltage = -70 * mV);
  cells.template paint<passive>(whole, passive::g = 0.1 * mS / cm2);
  cells.template paint<high_voltage_calcium>(whole,
                                             high_voltage_calcium::gbar = 0.001 * siemens / cm2);
  cells.template paint<Channel>(whole, Channel::pbar = 5e-5 * cm / second);
  cells.template paint<calcium_pool>(whole);
  cells.template place<current_clamp>(at(0, 0.5), current_clamp::delay = 5 * ms,
                                      current_clamp::duration = 20 * ms,
                                      current_clamp::amplitude = 0.1 * nA);
  auto const v = cells.record(voltage, at(0, 0.5));
  auto const c = cells.record(calcium.inside, at(0, 0.5));
  auto const flow = cells.record(calcium.total_current, at(0, 0.5));
  net.run(60.025 * ms);
  test::neuron_rows const theirs(test::order_file("ions/calcium", order));
  std::vector<double> current = flow.trace();
  current[0] = theirs.at(0, 3) * 10;  // there has been no step yet
  return {theirs.worst(0, v.trace(), 1e3), theirs.worst(1, c.trace(), 1),
          theirs.worst(3, current, 0.1)};
}

/// What an ion has of its equations, in V and A/m^2, at a permeability of 1 cm/s.
template <auto const& Ion>
struct probe {
  static constexpr auto potential = state<"potential">(volt);
  static constexpr auto flow = state<"flow">(ampere / metre2);
  static constexpr auto model = density(
      potential, flow, initial(potential = Ion.reversal, flow = Ion.ghk() * (1 * cm / second)));
};

template <auto const& Ion>
std::pair<double, double> probed(double degrees, double v, double inside, double outside) {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = ball_in(net, 0);
  cells.set_temperature((273.15 + degrees) * kelvin);
  auto const one = cells.template paint<probe<Ion>>(whole);
  cells.paint(whole, voltage = v * mV, Ion.inside = inside * mM, Ion.outside = outside * mM);
  auto const found = net.record(one, {"potential", "flow"});
  net.run(0.025 * ms);
  return {found.at(0, 0, 0) * 1e3, found.at(0, 1, 0) * 0.1};
}
std::pair<double, double> probed(double degrees, double v, double inside, double outside,
                                 int charge) {
  if (charge == 2) return probed<calcium>(degrees, v, inside, outside);
  if (charge == 1) return probed<sodium>(degrees, v, inside, outside);
  return probed<chloride>(degrees, v, inside, outside);
}

/// Wants to know how much sodium there is.
struct sodium_reader {
  static constexpr auto x = state<"x">(molar);
  static constexpr auto model = density(x, initial(x = sodium.inside));
};
struct sodium_reader_at_place {
  static constexpr auto x = state<"x">(molar);
  static constexpr auto model = point(x, initial(x = sodium.inside));
};
/// Sodium that goes back from 20 to 10 mM. It writes `sodium.inside`.
struct negative_sodium {
  static constexpr auto c = state<"c">(molar);
  static constexpr auto model =
      point(d(c) / dt = 0 * mM / ms, write(sodium.inside = c), initial(c = -1 * mM));
};
struct sodium_at_place {
  static constexpr auto c = state<"c">(molar);
  static constexpr auto model =
      point(d(c) / dt = (10 * mM - c) / (5 * ms), write(sodium.inside = c), initial(c = 20 * mM));
};
struct sodium_clamp {
  static constexpr auto c = state<"c">(molar);
  static constexpr auto model = density(c, write(sodium.inside = c), initial(c = 20 * mM));
};

}  // namespace

TEST_CASE("potentials and currents of concentrations are those of NEURON") {
  std::ifstream file(NERNST_TEST_DATA "/neuron/ions/potentials.txt");
  int lines = 0;
  for (std::string kind; file >> kind; ++lines) {
    double degrees = 0, v = 0, inside = 0, outside = 0, expected = 0;
    int charge = 0;
    file >> degrees;
    if (kind == "ghk") file >> v;
    file >> inside >> outside >> charge >> expected;
    auto const [potential, flow] = probed(degrees, v, inside, outside, charge);
    CAPTURE(kind, degrees, v, inside, outside, charge);
    // Near 0 mV, NEURON goes on with 1 - x/2.
    double const near = kind == "ghk" && std::abs(v) == 1e-3 ? 1e-9 : 1e-12;
    CHECK((kind == "ghk" ? flow : potential) == Approx(expected).epsilon(near));
  }
  CHECK(lines == 80);
}

TEST_CASE("calcium in a shell agrees with NEURON's") {
  for (int const order : {0, 1, 2}) {
    CAPTURE(order);
    differences const alike = calcium_apart<quotient_calcium>(order);
    CHECK(alike.v < 1e-9);
    CHECK(alike.inside < 1e-12);
    CHECK(alike.current < 1e-12);
    // NEURON differentiates the current by a difference quotient over 0.001 mV.
    differences const derived = calcium_apart<low_voltage_calcium>(order);
    CHECK(derived.v < 1e-5);
    CHECK(derived.inside < 1e-9);
  }
}

TEST_CASE("potassium around a membrane agrees with NEURON's") {
  for (int const order : {0, 1, 2}) {
    nernst::network<> net({.dt = 0.025 * ms});
    auto cells = ball_in(net, order);
    cells.paint<hh>(whole);
    auto const space = cells.paint<potassium_space>(whole);
    cells.place<current_clamp>(at(0, 0.5), current_clamp::delay = 1 * ms,
                               current_clamp::duration = 1 * second,
                               current_clamp::amplitude = 0.3 * nA);
    auto const v = cells.record(voltage, at(0, 0.5));
    auto const c = net.record(space, {"c"});
    net.run(50.025 * ms);
    test::neuron_rows const theirs(test::order_file("ions/potassium", order));
    CAPTURE(order);
    CHECK(theirs.worst(0, v.trace(), 1e3) < 1e-9);
    CHECK(theirs.worst(1, test::trace_of(c), 1) < 1e-9);
  }
}

TEST_CASE("what calcium opens begins with the concentration that a pool begins with") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = ball_in(net, 0);
  cells.set_temperature(307.15 * kelvin);
  cells.paint<sk_potassium>(whole);
  cells.paint<calcium_pool>(whole, calcium_pool::rest = 0.2 * uM);
  auto const z = cells.record<sk_potassium>(sk_potassium::z, at(0, 0.5));
  auto const e = cells.record(calcium.reversal, at(0, 0.5));
  net.run(0.05 * ms);
  CHECK(z.trace()[0] == Approx(1 / (1 + std::pow(0.43 / 0.2, 4.8))));
  CHECK(e.trace()[0] ==
        Approx(8.31446261815324 * 307.15 / (2 * 96485.33212331001) * std::log(2 / 0.0002)));
}

// NEURON 9.0.2: soma 20 x 20 um and at soma(1) dend 200 x 2 um, nseg 3, Ra 35.4, cm 1, hh
// (usetable_hh 0), 6.3 degrees. soma: USEION na READ nai; dend.ena = 40; at dend(0.5) a point
// process USEION na WRITE nai, with INITIAL { nai = 20 } and nai' = (10 - nai)/5 by cnexp; at
// dend(5/6) one with READ nai. finitialize(-65), 0, 40 and 400 fadvance() of 0.025 ms; ena and v of
// soma(1/6), soma(0.5), dend(1/6), dend(0.5), dend(5/6).
TEST_CASE("the reversal potential is that of the concentrations where mechanisms use these") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = soma_and_dendrite_in(net);
  cells.paint<sodium_reader>(branch(0));
  cells.paint(branch(1), sodium.reversal = 40 * mV);
  cells.place<sodium_at_place>(at(1, 0.5));
  cells.place<sodium_reader_at_place>(at(1, 0.8));
  nernst::places const seen = at(0, 0.1) || at(0, 0.5) || at(1, 0.1) || at(1, 0.5) || at(1, 0.8);
  auto const e = cells.record(sodium.reversal, seen);
  auto const v = cells.record(voltage, seen);
  net.run(10.025 * ms);
  double const derived = 63.55150321937486;
  struct {
    std::size_t step;
    double e[5], v[5];
  } const neuron[] = {
      {0, {derived, derived, 40, 46.859730447891344, derived}, {-65, -65, -65, -65, -65}},
      {40,
       {derived, derived, 40, 49.093361615593544, derived},
       {-64.9136440267929, -64.91364618017174, -64.91688382698986, -64.91748874920007,
        -64.91533443462237}},
      {400,
       {derived, derived, 40, 60.480547939973206, derived},
       {-64.88942589434207, -64.8894274114793, -64.89170852944471, -64.88972500589556,
        -64.88822821900577}}};
  for (auto const& then : neuron)
    for (std::size_t k = 0; k < 5; ++k) {
      CAPTURE(then.step, k);
      CHECK(e.trace(0, k)[then.step] * 1e3 == Approx(then.e[k]).epsilon(1e-12));
      CHECK(v.trace(0, k)[then.step] * 1e3 == Approx(then.v[k]).epsilon(1e-11));
    }
  CHECK(e.trace(0, 2)[400] == 0.04);
}

// NEURON 9.0.2: the same soma and dend, with the first point process at soma(0.5) and dend(0.5);
// ion_style("na_ion", 3, 1, 0, 0, 0) in dend, whose ena is 40.
TEST_CASE("a reversal potential that is held stays where a concentration is written") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = soma_and_dendrite_in(net);
  cells.hold(branch(1), sodium.reversal = 40 * mV);
  cells.place<sodium_at_place>(at(0, 0.5) || at(1, 0.5));
  nernst::places const seen = at(0, 0.5) || at(1, 0.5);
  auto const e = cells.record(sodium.reversal, seen);
  auto const v = cells.record(voltage, seen);
  net.run(10.025 * ms);
  CHECK(e.trace(0, 0)[400] * 1e3 == Approx(60.480547939973206).epsilon(1e-12));
  CHECK(e.trace(0, 1)[400] == 0.04);
  CHECK(v.trace(0, 0)[400] * 1e3 == Approx(-64.99026788284375).epsilon(1e-11));
  CHECK(v.trace(0, 1)[400] * 1e3 == Approx(-64.99771290527109).epsilon(1e-11));
  CHECK_THROWS_WITH(cells.hold(whole, sodium.inside = 10 * mM),
                    "population 0: expected the reversal potential of an ion, found 'na.inside'");
}

TEST_CASE("concentrations do not begin below 0") {
  using Catch::Matchers::Contains;
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = soma_and_dendrite_in(net);
  CHECK_THROWS_WITH(cells.paint(branch(1), calcium.inside = -1 * uM),
                    "population 0 ca[inside]: expected a value of at least 0 in compartment 5, "
                    "found -0.001");
  CHECK_THROWS_AS(cells.paint(whole, sodium.outside = -1 * mM), std::invalid_argument);
  CHECK_THROWS_WITH(
      cells.paint<calcium_pool>(whole, calcium_pool::rest = -1 * uM),
      Contains("calcium_pool[rest]: expected a value of at least 0 in compartment 1"));
  cells.paint(whole, calcium.inside = 0 * uM);
  cells.place<negative_sodium>(at(1, 0.5));
  CHECK_THROWS_WITH(net.run(1 * ms),
                    "population 0 na[inside]: expected a value of at least 0 for compartment 6, "
                    "found -1");
}

TEST_CASE("a concentration is written once in a compartment") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = net.cells(2, test::ball_and_stick(20 * um), nernst::fixed_per_branch(1), "cells");
  cells(1).paint<sodium_clamp>(branch(1));
  cells(0).place<sodium_at_place>(at(0, 0.5) || at(1, 0.5));
  CHECK_THROWS_WITH(
      cells(1).place<sodium_at_place>(at(0, 0.5) || at(1, 0.5)),
      "sodium_at_place: expected to be the only mechanism that writes 'na.inside' of compartment 8 "
      "of cells, found 'sodium_clamp' there");
  CHECK_THROWS_WITH(
      cells(1).place<sodium_at_place>(at(0, 0.49) || at(0, 0.5)),
      "sodium_at_place: expected to be the only mechanism that writes 'na.inside' of compartment 6 "
      "of cells, found several elements there");
  cells(1).place<sodium_at_place>(at(0, 0.5));
}
