// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/mechanisms/sodium.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;

TEST_CASE("persistent sodium agrees with NEURON's") {
  for (int const order : {0, 2}) {
    nernst::network<> net({.dt = 0.025 * ms});
    auto cells =
        net.cells(1, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
    cells.set(test::scheme_of(order));
    cells.set_temperature(307.15 * kelvin);
    cells.paint(whole, voltage = -70 * mV, sodium.reversal = 55 * mV);
    cells.paint<passive>(whole, passive::g = 0.1 * mS / cm2);
    auto const channel =
        cells.paint<persistent_sodium>(whole, persistent_sodium::gbar = 0.2 * mS / cm2);
    cells.place<current_clamp>(at(0, 0.5), current_clamp::delay = 5 * ms,
                               current_clamp::duration = 100 * ms,
                               current_clamp::amplitude = 0.02 * nA);
    auto const v = cells.record(voltage, at(0, 0.5));
    auto const gates = net.record(channel, {"m", "h"});
    net.run(200.025 * ms);
    test::neuron_rows const theirs("persistent/order" + std::to_string(order) + ".npy");
    CAPTURE(order);
    CHECK(theirs.worst(0, v.trace(), 1e3, 8) < 1e-9);
    CHECK(theirs.worst(1, test::trace_of(gates, 0, 0), 1, 8) < 1e-10);
    CHECK(theirs.worst(2, test::trace_of(gates, 0, 1), 1, 8) < 1e-10);
  }
}
