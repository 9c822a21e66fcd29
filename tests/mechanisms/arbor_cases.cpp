// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Arbor's validation cases: those of its tests, beside NEURON's CVODE
// (tests/data/make_validation.py), and of its suite of benchmarks. rc-expsyn is in exp_synapse.cpp,
// rallpack1 and cable-steadystate in passive.cpp and ../cable/solve.cpp.

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/exp2_synapse.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"
#include <array>
#include <numbers>

using namespace nernst::dsl;
using namespace nernst::mechanisms;
using nernst::cable::step_scheme;

namespace {

nernst::morphology soma_of(double diameter) {
  return nernst::morphology(cylinder(diameter * um, diameter * um));
}
nernst::morphology ball_and(nernst::cable::branch_shape const& dendrite) {
  nernst::morphology shape = soma_of(12.6157);
  shape.attach(0, 1, dendrite, "dend");
  return shape;
}
nernst::cable::branch_shape squiggle() {
  std::vector<nernst::cable::length> lengths, diameters;
  for (int k = 0; k < 200; ++k) {
    double const x = k / 199.0;
    diameters.push_back(2 * (std::exp(-x) * (std::sin(40 * x) * 0.05 + 0.1) + 0.1) * um);
    if (k > 0) lengths.push_back(100 / 199.0 * um);
  }
  return section(lengths, diameters);
}

struct pulse {
  int branch;
  double place, delay, duration, amplitude;  ///< ms, nA
};
struct experiment {
  std::string file;
  nernst::morphology shape;
  std::vector<pulse> pulses;
  nernst::places sites;
  double duration = 100;  ///< ms
};
nernst::places in_dendrite() {
  return at(0, 0.5) || at(1, 0.5) || at(1, 0.99);
}
std::vector<experiment> experiments() {
  std::vector<pulse> const usual = {{1, 1, 5, 80, 0.3}};
  nernst::morphology forked = ball_and(cylinder(100 * um, 1 * um));
  forked.attach(1, 1, cylinder(100 * um, 1 * um), "second");
  forked.attach(1, 1, cylinder(100 * um, 1 * um), "third");
  nernst::places const of_forked = at(0, 0.5) || at(1, 0.5) || at(2, 0.99) || at(3, 0.99);
  return {
      {"soma", soma_of(18.8), {{0, 0.5, 10, 100, 0.1}}, at(0, 0.5)},
      {"ball_and_stick", ball_and(cylinder(200 * um, 1 * um)), usual, in_dendrite()},
      {"ball_and_taper", ball_and(section({200 * um}, {1 * um, 0.4 * um})), usual, in_dendrite()},
      {"ball_and_squiggle", ball_and(squiggle()), usual, in_dendrite()},
      {"ball_and_3stick", forked, {{2, 1, 5, 80, 0.45}, {3, 1, 40, 10, -0.2}}, of_forked}};
}

template <class Cells>
void paint(Cells const& cells, bool has_dendrites) {
  cells.set(step_scheme::crank_nicolson);
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.template paint<hh>(branch(0));
  cells.paint(branch(0), sodium.reversal = 63.55148117386 * mV,
              potassium.reversal = -74.17164678272 * mV);
  if (has_dendrites)
    cells.template paint<passive>(!branch(0), passive::g = 1 * mS / cm2, passive::e = -65 * mV);
}

/// How far traces are from those of a file, at most, in mV.
double error_of(std::string const& file, nernst::cell_record<double> const& v, std::size_t sites) {
  test::neuron_rows const theirs("validation/" + file + ".npy");
  double worst = 0;
  for (std::size_t k = 0; k < sites; ++k)
    worst = std::max(worst, theirs.worst(k, v.trace(0, k), 1e3));
  return worst;
}
double error_of(experiment const& of, double dt) {
  nernst::network<> net({.dt = dt * ms});
  auto const cells = net.cells(1, of.shape, test::soma_and(51));
  paint(cells, of.shape.size() > 1);
  for (pulse const& p : of.pulses)
    cells.place<current_clamp>(at(p.branch, p.place), current_clamp::delay = p.delay * ms,
                               current_clamp::duration = p.duration * ms,
                               current_clamp::amplitude = p.amplitude * nA);
  auto const v = cells.record(voltage, of.sites, 0.25 * ms);
  net.run((of.duration + dt) * ms);
  return error_of(of.file, v, v.compartments(0).size());
}

template <class Synapse, class... Values>
double error_with(std::string const& file, double dt, Values const&... values) {
  nernst::network<> net({.dt = dt * ms});
  auto const cells = net.cells(1, ball_and(cylinder(200 * um, 1 * um)), test::soma_and(51));
  paint(cells, true);
  auto const synapse = cells.place<Synapse>(at(1, 0.5), values...);
  std::vector<std::uint32_t> const index(3);
  std::vector<double> times;
  for (double const arrival : {10, 20, 40}) times.push_back((arrival - dt) * 1e-3);
  net.connect(net.spikes(1, index, times), synapse, all_to_all())[Synapse::weight] = 0.04 * uS;
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.5), 0.25 * ms);
  net.run((70 + dt) * ms);
  return error_of(file, v, 2);
}

}  // namespace

TEST_CASE("cells with channels converge to those of CVODE", "[arbor]") {
  for (experiment const& one : experiments()) {
    CAPTURE(one.file);
    double const coarse = error_of(one, 0.01), fine = error_of(one, 0.005);
    CHECK(fine < 0.15);
    CHECK(coarse / fine > 3.8);
  }
}

TEST_CASE("cells with synapses converge to those of CVODE", "[arbor]") {
  // What a spike brings is there at the beginning of a step, where states are those of its middle.
  auto const one = exp_synapse::tau = 2 * ms;
  CHECK(error_with<exp_synapse>("expsyn", 0.0025, one) < 0.05);
  auto const rise = exp2_synapse::tau1 = 0.5 * ms;
  auto const decay = exp2_synapse::tau2 = 2 * ms;
  double const coarse = error_with<exp2_synapse>("exp2syn", 0.005, rise, decay);
  double const fine = error_with<exp2_synapse>("exp2syn", 0.0025, rise, decay);
  CHECK(fine < 0.3);
  CHECK(coarse / fine == Approx(2).margin(0.1));
}

namespace {
/// test_kin1: a current that relaxes to a third of what it was.
struct relaxing {
  static constexpr auto a = state<"a">(amp / metre2);
  static constexpr auto b = state<"b">(amp / metre2);
  static constexpr auto flow = (2 * a - b) / (30 * ms);
  static constexpr auto model =
      density(d(a) / dt = -flow, d(b) / dt = flow, current(a), initial(a = 0.1 * amp / metre2));
};
/// test_kinlva: the T channel of Wang, Rinzel and Rogawski, J. Neurophysiol. 66, 839 (1991).
struct low_voltage {
  static constexpr auto m = state<"m">(one);
  static constexpr auto dd = state<"d">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto m_inf = 1 / (1 + exp(-(voltage + 63 * mV) / (7.8 * mV)));
  static constexpr auto tau = (1.7 + exp(-(voltage + 28.8 * mV) / (13.5 * mV))) * m_inf * ms / 5;
  static constexpr auto k = sqrt(0.25 + exp((voltage + 83.5 * mV) / (6.3 * mV))) - 0.5;
  static constexpr auto to_h = 3 * exp(-(voltage + 160.3 * mV) / (17.8 * mV)) / ms;
  static constexpr auto from_d =
      3 * (1 + exp((voltage + 37.4 * mV) / (30 * mV))) / (240 * ms) / (1 + k);
  static constexpr auto s = 1 - h - dd;
  static constexpr auto model =
      density(d(m) / dt = (m_inf - m) / tau, d(h) / dt = to_h * s - to_h * k * h,
              d(dd) / dt = from_d * k * s - from_d * dd,
              calcium.current(0.2 * mS / cm2 * m * m * m * h * (voltage - 120 * mV)),
              current(0.1 * mS / cm2 * (voltage + 65 * mV)),
              initial(m = m_inf, h = 1 / (1 + k + k * k), dd = h * k * k));
};
}  // namespace

TEST_CASE("a current that relaxes is that of its formula", "[arbor]") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const cells = net.cells(1, nernst::morphology(sphere(20 * um)), nernst::fixed_per_branch(1));
  auto const channel = cells.paint<relaxing>(whole);
  net.run(100 * ms);
  double const third = 0.1 / 3;
  CHECK(channel[relaxing::a].get()[0] == Approx(third + 2 * third * std::exp(-10.0)).epsilon(1e-9));
}

TEST_CASE("a low-voltage calcium channel agrees with LSODA", "[arbor]") {
  auto const error = [](double dt) {
    nernst::network<> net({.dt = dt * ms});
    auto const cells =
        net.cells(1, nernst::morphology(sphere(20 * um)), nernst::fixed_per_branch(1));
    cells.set(step_scheme::crank_nicolson);
    cells.paint<low_voltage>(whole);
    cells.place<current_clamp>(at(0, 0.5), current_clamp::delay = 20 * ms,
                               current_clamp::duration = 130 * ms,
                               current_clamp::amplitude = -0.025 * nA);
    auto const v = cells.record(voltage, at(0, 0.5), 0.25 * ms);
    net.run((300 + dt) * ms);
    return test::neuron_rows("validation/kinlva.npy").worst(0, v.trace(), 1e3);
  };
  CHECK(error(0.025) < 0.002);
  CHECK(error(0.0125) < 0.001);
}

TEST_CASE("spikes of cells with synapses come when their equation says", "[arbor]") {
  // rc-exp2syn-spike: 100 Mohm, 0.01 nF; the first of 101 cells excites the others.
  double const dt = 0.01;
  nernst::network<> net({.dt = dt * ms});
  auto const side = std::sqrt(1e-9 / std::numbers::pi) * metre;
  auto const cells =
      net.cells(101, nernst::morphology(cylinder(side, side)), nernst::single_compartment());
  cells.set(step_scheme::crank_nicolson);
  cells.paint<passive>(whole, passive::g = 10 * siemens / metre2, passive::e = -65 * mV);
  auto const synapses = cells.place<exp2_synapse>(at(0, 0.5), exp2_synapse::tau1 = 0.5 * ms,
                                                  exp2_synapse::tau2 = 4 * ms);
  auto const detectors = cells.detect(at(0, 0.5), -10 * mV);
  std::vector<double> delays;
  std::vector<std::uint32_t> targets;
  for (std::uint32_t k = 1; k < 101; ++k) {
    double const along = k * (std::sqrt(5) - 1) / 2;
    delays.push_back((3.3 + along - std::floor(along)) * 1e-3);
    targets.push_back(k);
  }
  auto const others =
      net.connect(detectors, synapses, pairs(std::vector<std::uint32_t>(100), targets));
  others[exp2_synapse::weight] = 0.1 * uS;
  others[delay] = delays;
  double const beginning = 1e-3;
  auto const kick =
      net.spikes(1, std::vector<std::uint32_t>{0}, std::vector<double>{beginning - dt * 1e-3});
  net.connect(kick, synapses(0), one_to_one())[exp2_synapse::weight] = 0.1 * uS;
  auto const spikes = net.record_spikes(detectors);
  net.run(10 * ms);

  // Until the voltage of one cell is -10 mV, by Runge and Kutta with steps of 0.1 us.
  double const peak = 0.5 * 4 / 3.5 * std::log(8.0);
  double const g = 1e-7 / (std::exp(-peak / 4) - std::exp(-peak / 0.5));
  auto const slope = [&](double x, double u) {
    double const open = g * (std::exp(-x / 4e-3) - std::exp(-x / 0.5e-3));
    return (-1e-8 * (u + 0.065) - open * u) / 1e-11;
  };
  double x = 0, u = -0.065;
  for (double const h = 1e-7; u < -0.01; x += h) {
    double const a = slope(x, u), b = slope(x + h / 2, u + h / 2 * a);
    double const c = slope(x + h / 2, u + h / 2 * b), d = slope(x + h, u + h * c);
    u += h / 6 * (a + 2 * b + 2 * c + d);
  }
  std::vector<double> first(101, -1);
  for (std::size_t k = 0; k < spikes.count(); ++k) {
    double& when = first[static_cast<std::size_t>(spikes.neurons()[k])];
    if (when < 0) when = spikes.times()[k] - beginning;
  }
  double worst = std::abs(first[0] - x);
  for (std::size_t k = 1; k < 101; ++k)
    worst = std::max(worst, std::abs(first[k] - 2 * x - delays[k - 1]));
  CHECK(worst < 0.05e-3);  // as Arbor's suite asks for
}
