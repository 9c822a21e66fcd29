// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Rallpacks: Bhalla US, Bilitch DH, Bower JM (1992) Trends Neurosci 15:453-458.

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"
#include <numbers>

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

/// The voltage, in mV, of a cable without an open end into whose beginning 0.1 nA flows: at a
/// fraction of its length, which is `length` length constants, behind some time.
double of_cable(double resistance, double length, double x, double ms) {
  double const t = ms / 40, pi = std::numbers::pi;
  double sum = std::cosh(length * (1 - x)) / std::sinh(length) - std::exp(-t) / length;
  for (int n = 1; n < 200; ++n) {
    double const rate = 1 + std::pow(n * pi / length, 2);
    sum -= 2 / length * std::cos(n * pi * x) / rate * std::exp(-rate * t);
  }
  return -65 + 1e3 * 1e-10 * resistance * sum;
}
/// The resistance of one that never ends, for its diameter.
double endless(double diameter) {
  return 2 / std::numbers::pi * std::sqrt(4.0) * std::pow(diameter, -1.5);
}

/// The difference to it as a part of its range: root of the mean square.
double relative(std::vector<double> const& ours, double resistance, double length, double x) {
  double sum = 0, low = -65, high = -65;
  for (std::size_t k = 1; k < ours.size(); ++k) {
    double const theirs = of_cable(resistance, length, x, static_cast<double>(k) * 0.05);
    sum += std::pow(ours[k] * 1e3 - theirs, 2);
    low = std::min(low, theirs);
    high = std::max(high, theirs);
  }
  return std::sqrt(sum / static_cast<double>(ours.size() - 1)) / (high - low);
}

template <class Cells>
void make_rallpack(Cells const& cells, nernst::cable::location const& first) {
  cells.paint(whole, axial_resistivity = 1 * ohm * metre);
  cells.template place<current_clamp>(first, current_clamp::duration = 1 * second,
                                      current_clamp::amplitude = 0.1 * nA);
}

/// The ends of a cable of 1 mm with channels.
struct ends_of_cable {
  std::vector<double> first, last;
};
template <class Membrane>
ends_of_cable cable_ends(double dt, nernst::cable::step_scheme scheme) {
  nernst::network<> net({.dt = dt * ms});
  auto cells =
      net.cells(1, nernst::morphology(cylinder(1 * mm, 1 * um)), nernst::fixed_per_branch(1000));
  cells.set(scheme);
  make_rallpack(cells, {0, 0.0005});
  if constexpr (std::is_same_v<Membrane, hh>)
    cells.template paint<hh>(whole, hh::gl = 0.25 * siemens / metre2, hh::el = -65 * mV);
  else
    cells.template paint<passive>(whole, passive::g = 0.25 * siemens / metre2,
                                  passive::e = -65 * mV);
  auto const v = cells.record(voltage, at(0, 0.0005) || at(0, 0.9995));
  net.run(250 * ms);
  return {v.trace(0, 0), v.trace(0, 1)};
}

/// When a voltage goes through 0 upwards, in ms.
std::vector<double> crossings(std::vector<double> const& v, double dt) {
  std::vector<double> times;
  for (std::size_t k = 1; k < v.size(); ++k)
    if (v[k] > 0 && !(v[k - 1] > 0))
      times.push_back(dt * (static_cast<double>(k) - v[k] / (v[k] - v[k - 1])));
  return times;
}

/// The mean time between spikes at the far end of a cable with channels, in ms.
double far_interval(double dt) {
  auto const ends = cable_ends<hh>(dt, nernst::cable::step_scheme::crank_nicolson);
  std::vector<double> const last = crossings(ends.last, dt);
  CHECK(crossings(ends.first, dt).size() == 18);
  REQUIRE(last.size() == 17);
  return (last.back() - last.front()) / 16;
}

}  // namespace

TEST_CASE("Rallpack 1: a passive cable") {
  double const resistance = endless(1e-6);
  CHECK(of_cable(resistance, 1, 0, 5) == Approx(-16.24285).epsilon(1e-6));
  auto const ends = cable_ends<passive>(0.05, nernst::cable::step_scheme::backward_euler);
  CHECK(relative(ends.first, resistance, 1, 0) < 0.0006);
  CHECK(relative(ends.last, resistance, 1, 1) < 0.0002);
}

TEST_CASE("Rallpack 2: a passive tree, which is a cable in length constants") {
  int const levels = 10;
  auto const of_level = [](int k) {
    return cylinder(32 / std::pow(2, k / 3.0) * um, 16 / std::pow(2, 2 * k / 3.0) * um);
  };
  nernst::morphology tree(of_level(0));
  for (int k = 1; k < levels; ++k)
    for (int n = 0; n < 1 << k; ++n)
      tree.attach((1 << (k - 1)) - 1 + n / 2, 1, of_level(k),
                  "b" + std::to_string(k) + "_" + std::to_string(n));
  nernst::network<> net({.dt = 0.05 * ms});
  auto cells = net.cells(1, tree, nernst::fixed_per_branch(1));
  make_rallpack(cells, {0, 0.5});
  cells.paint<passive>(whole, passive::g = 0.25 * siemens / metre2, passive::e = -65 * mV);
  auto const v = cells.record(voltage, at(0, 0.5) || at(1022, 0.5));
  net.run(250 * ms);
  double const resistance = endless(16e-6);
  CHECK(of_cable(resistance, 0.08, 0, 50) == Approx(-47.20380).epsilon(1e-6));
  CHECK(relative(v.trace(0, 0), resistance, 0.08, 0) < 0.001);
  CHECK(relative(v.trace(0, 1), resistance, 0.08, 1) < 0.0003);
}

// NEURON 9.0.2: a section of 1000 x 1 um, nseg 1000, Ra 100, cm 1, hh (usetable_hh 0) with
// gl 2.5e-5 and el -65, IClamp at 0.0005 of 0.1 nA, secondorder 1, 250 ms; where straight lines
// between the steps of v(0.9995) go through 0. By the square of the step, the intervals tend
// to 14.53792 ms.
TEST_CASE("Rallpack 3: a cable with channels") {
  CHECK(std::abs(far_interval(0.025) - 14.540439345034022) < 1e-8);
  CHECK(std::abs(far_interval(0.005) - 14.538023573050397) < 1e-8);
}
