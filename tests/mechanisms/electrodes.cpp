// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/gap_junction.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

/// Cells with a soma with hh and a passive dendrite.
template <class Network>
auto cells_in(Network& net, std::uint32_t count, int order) {
  nernst::morphology const shape = test::ball_and_stick(20 * um);
  auto cells = net.cells(count, shape, test::soma_and(7));
  cells.set(test::scheme_of(order));
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.template paint<hh>(shape["soma"].main());
  cells.template paint<passive>(shape["dend"].main(), passive::g = 0.1 * mS / cm2,
                                passive::e = -65 * mV);
  return cells;
}

struct player {
  static constexpr auto wave = timed_array<"wave">(ampere);
  static constexpr auto model = point(electrode_current(wave(t)));
};

}  // namespace

TEST_CASE("current clamps agree with NEURON's IClamp") {
  for (int const order : {0, 2}) {
    nernst::network<> net({.dt = 0.025 * ms});
    auto cells = cells_in(net, 1, order);
    cells.place<current_clamp>(at(0, 0.5), current_clamp::delay = 2.01 * ms,
                               current_clamp::duration = 4.995 * ms,
                               current_clamp::amplitude = 0.5 * nA);
    auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.5));
    net.run(30.025 * ms);
    test::neuron_rows const theirs(test::order_file("electrodes/iclamp", order));
    CAPTURE(order);
    CHECK(theirs.worst(0, v.trace(0, 0), 1e3) < 1e-9);
    CHECK(theirs.worst(1, v.trace(0, 1), 1e3) < 1e-9);
  }
}

// NEURON 9.0.2: the same cell, secondorder 0, an IClamp of dur 1e9 into soma(0.5) with
// Vector([.01*(k%40) for k in range(400)]).play(clamp._ref_amp, .025); v of soma(0.5) and
// dend(0.5).
TEST_CASE("a current is played as by NEURON's Vector.play") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = cells_in(net, 1, 0);
  auto const electrode = cells.place<player>(at(0, 0.5));
  std::vector<double> values;
  for (int k = 0; k < 400; ++k) values.push_back(0.01 * (k % 40));
  electrode[player::wave] = timed_values(values, nA, 0.025 * ms);
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.5));
  net.run(10 * ms);
  struct {
    std::size_t step;
    double soma, dend;
  } const neuron[] = {{100, 29.4863039287668, 2.5354011025815444},
                      {399, -63.03292565876285, -66.04895361038508}};
  for (auto const& then : neuron) {
    CHECK(v.trace(0, 0)[then.step] * 1e3 == Approx(then.soma).epsilon(1e-11));
    CHECK(v.trace(0, 1)[then.step] * 1e3 == Approx(then.dend).epsilon(1e-11));
  }
}

TEST_CASE("voltage clamps agree with NEURON's SEClamp") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = cells_in(net, 1, 0);
  using clamp = voltage_clamp;
  cells.place<clamp>(at(0, 0.5), clamp::rs = 0.01 * Mohm, clamp::duration1 = 5 * ms,
                     clamp::duration2 = 10 * ms, clamp::duration3 = 5 * ms,
                     clamp::level1 = -65 * mV, clamp::level2 = 0 * mV, clamp::level3 = -80 * mV);
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.5));
  net.run(30.025 * ms);
  test::neuron_rows const theirs("electrodes/seclamp.npy");
  CHECK(theirs.worst(0, v.trace(0, 0), 1e3) < 1e-9);
  CHECK(theirs.worst(1, v.trace(0, 1), 1e3) < 1e-9);
}

TEST_CASE("an electrode has a resistance above 0") {
  using Catch::Matchers::Contains;
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = cells_in(net, 1, 0);
  using clamp = voltage_clamp;
  for (double const rs : {0.0, -1.0})
    CHECK_THROWS_WITH(cells.place<clamp>(at(1, 0.5), clamp::rs = rs * Mohm),
                      Contains("voltage_clamp[rs]: expected a value above 0 in compartment 6"));
  auto const electrode = cells.place<clamp>(at(1, 0.5));
  CHECK_THROWS_WITH(
      electrode[clamp::rs] = -2 * ohm,
      Contains("voltage_clamp[rs]: expected a value above 0 for element 0, found -2"));
  net.run(1 * ms);
  CHECK(electrode["rs"][0] == 1e6);
}

TEST_CASE("currents of whole compartments agree with NEURON's") {
  for (int const order : {0, 1}) {
    nernst::network<> net({.dt = 0.025 * ms});
    auto cells = cells_in(net, 3, order);
    using clamp = current_clamp;
    cells(1).place<clamp>(at(0, 0.5), clamp::delay = 2.01 * ms, clamp::duration = 4.995 * ms,
                          clamp::amplitude = 0.5 * nA);
    cells(1).place<clamp>(at(1, 0.5), clamp::delay = 5 * ms, clamp::duration = 100 * ms,
                          clamp::amplitude = -0.1 * nA);
    auto const places = at(0, 0.5) || at(1, 0.5) || at(1, 1.5 / 7);
    auto const membrane = cells.record(membrane_current, places);
    auto const stimulus = cells.record(stimulus_current, places);
    auto const axial = cells.record(axial_current, at(1, 0.5));
    auto const all = cells.record(membrane_current, branch(1), 1 * ms);
    auto const sodium_flow = cells.record(sodium.total_current, at(0, 0.5));
    auto const potassium_flow = cells.record(potassium.total_current, at(0, 0.5));
    net.run(10.025 * ms);
    CAPTURE(order);
    // NEURON knows currents at time 0, here they are those of the step before.
    auto const worst = [&](std::size_t column, std::vector<double> ours, double factor) {
      test::neuron_rows const theirs(test::order_file("electrodes/flows", order));
      ours.at(0) = theirs.at(0, column) / factor;
      return theirs.worst(column, ours, factor);
    };
    for (std::size_t k = 0; k < 3; ++k) CHECK(worst(k, membrane.trace(1, k), 1e9) < 1e-9);
    for (std::size_t k = 0; k < 2; ++k) CHECK(worst(3 + k, stimulus.trace(1, k), 1e9) < 1e-9);
    CHECK(worst(5, sodium_flow.trace(1), 0.1) < 1e-9);
    CHECK(worst(6, potassium_flow.trace(1), 0.1) < 1e-9);
    if (order == 0) CHECK(worst(7, axial.trace(1), 1e9) < 1e-9);
    REQUIRE(all.compartments().size() == 7);
    CHECK(all.profile(5, 1)[3] == membrane.trace(1, 1)[200]);
    CHECK(stimulus.trace(0, 0)[100] == 0);
  }
}
