// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/calcium.hpp>
#include <nernst/mechanisms/concentrations.hpp>
#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

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

/// The current density of calcium for a permeability of 1 m/s.
struct permeable {
  static constexpr auto density_of_current = state<"density_of_current">(ampere / metre2);
  static constexpr auto model = density(initial(density_of_current = calcium.ghk() * 1 * metre / second),
                                        calcium.current(0 * metre / second * calcium.ghk()));
};

}  // namespace

TEST_CASE("calcium in a shell agrees with NEURON's") {
  for (int const order : {0, 2}) {
    nernst::network<> net({.dt = 0.025 * ms});
    auto cells = ball_in(net, order);
    cells.set_temperature(307.15 * kelvin);
    cells.paint(whole, voltage = -70 * mV);
    cells.paint<passive>(whole, passive::g = 0.1 * mS / cm2);
    cells.paint<high_voltage_calcium>(whole,
                                      high_voltage_calcium::gbar = 0.001 * siemens / cm2);
    cells.paint<low_voltage_calcium>(whole, low_voltage_calcium::pbar = 5e-5 * cm / second);
    cells.paint<calcium_pool>(whole);
    cells.place<current_clamp>(at(0, 0.5), current_clamp::delay = 5 * ms,
                               current_clamp::duration = 20 * ms,
                               current_clamp::amplitude = 0.1 * nA);
    auto const v = cells.record(voltage, at(0, 0.5));
    auto const pool = cells.record(voltage, at(0, 0.5));
    net.run(60.025 * ms);
    test::neuron_rows const theirs(test::order_file("ions/calcium", order));
    CAPTURE(order);
    CHECK(theirs.worst(0, v.trace(), 1e3) < 1e-9);
  }
}
