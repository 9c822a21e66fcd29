// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Mechanisms of one's own, as docs/mechanisms.md shows them.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/mechanisms.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

struct leak {
  static constexpr auto g = parameter<"g">(siemens / cm2);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto usual = defaults(g = 1 * mS / cm2, e = -70 * mV);
  static constexpr auto model = density(current(g * (voltage - e)), usual);
};

struct depressing_synapse {
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto recovery = parameter<"recovery">(second);
  static constexpr auto usual = defaults(tau = 2 * ms, recovery = 300 * ms);
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto used = connection<"used">(one);
  static constexpr auto last = connection<"last">(second);
  static constexpr auto model =
      point(d(g) / dt = -g / tau, current((voltage - 0 * mV) * g),
            on_spike(used *= exp(-(t - last) / recovery), g += weight * (1 - used),
                     used += 0.5 * (1 - used), last = t),
            usual);
};

struct magnesium_pump {
  static constexpr ion<"mg", 2> magnesium{};
  static constexpr auto rate = parameter<"rate">(ampere / cm2);
  static constexpr auto model =
      density(magnesium.current(magnesium.inside / (magnesium.inside + 0.5 * mM) * rate));
};

}  // namespace

TEST_CASE("mechanisms of one's own are painted with what they usually have") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = net.cells(2, test::ball_and_stick(20 * um), nernst::fixed_per_branch(3));
  auto const soma = branch(0), dendrite = branch(1);
  cells.paint<leak>(soma);
  cells.paint<leak>(dendrite, leak::g = 0.5 * mS / cm2 * (1 + distance / (100 * um)));
  cells.initialise(-60 * mV);
  auto const v = cells.record(voltage, at(0, 0.5));
  net.run(100 * ms);
  CHECK(v.trace(1).front() == -0.06);
  CHECK(v.trace(1).back() == Approx(-0.07));
}

TEST_CASE("spikes see what their connections have") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = net.cells(1, test::ball_and_stick(20 * um), nernst::fixed_per_branch(1));
  cells.paint<leak>(whole);
  auto const synapse = cells.place<depressing_synapse>(at(1, 0.5));
  auto const source =
      net.spikes(1, std::vector<std::uint32_t>{0, 0, 0}, std::vector<double>{0.01, 0.02, 0.05});
  auto const projection = net.connect(source, synapse, one_to_one());
  projection[depressing_synapse::weight] = 1 * nS;
  net.run(60 * ms);
  double g = 0, used = 0, last = 0;
  for (double const spike : {0.01, 0.02, 0.05}) {
    used *= std::exp(-(spike - last) / 0.3);
    g = g * std::exp(-(spike - last) / 0.002) + 1e-9 * (1 - used);
    used += 0.5 * (1 - used);
    last = spike;
  }
  CHECK(projection[depressing_synapse::used].get().at(0) == Approx(used));
  CHECK(synapse[depressing_synapse::g].get().at(0) ==
        Approx(g * std::exp(-(0.06 - 0.05 - 25e-6) / 0.002)).epsilon(1e-9));
}

TEST_CASE("elements of a mechanism are counted cell by cell") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells = net.cells(11, test::ball_and_stick(20 * um), nernst::fixed_per_branch(5));
  cells.paint<leak>(whole);
  auto const synapses = cells.place<exp_synapse>(at(1, 0.9) || at(0, 0.5) || at(1, 0.1),
                                                 exp_synapse::tau = 1 * second);
  REQUIRE(synapses.size() == 33);
  auto const source = net.spikes(33, std::vector<std::uint32_t>{4, 32}, std::vector<double>{0, 0});
  auto const projection = net.connect(source, synapses, one_to_one());
  projection[exp_synapse::weight] = 1 * uS;
  auto const v = cells.record(voltage, at(1, 0.9) || at(0, 0.5) || at(1, 0.1));
  auto const g = net.record(synapses, {"g"});
  net.run(0.1 * ms);
  for (std::size_t k = 0; k < 33; ++k) {
    CAPTURE(k);
    CHECK((g.at(1, 0, k) > 0) == (k == 4 || k == 32));
  }
  for (std::size_t cell = 0; cell < 11; ++cell) {
    bool const is_reached = cell == 1 || cell == 10;
    for (std::size_t k = 0; k < 3; ++k)
      CHECK((v.trace(cell, k)[2] > v.trace(0, k)[2]) == is_reached);
  }
  // The one of cell 1 is on its soma, that of cell 10 near the beginning of its dendrite.
  CHECK(v.trace(1, 1)[2] > v.trace(1, 0)[2]);
  CHECK(v.trace(10, 2)[2] > v.trace(10, 1)[2]);
}

TEST_CASE("ions of one's own have the concentrations that they are given") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells =
      net.cells(1, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  constexpr auto magnesium = magnesium_pump::magnesium;
  cells.add(magnesium);
  cells.paint(whole, magnesium.inside = 0.5 * mM, magnesium.outside = 1 * mM);
  cells.paint<magnesium_pump>(whole, magnesium_pump::rate = 2 * uA / cm2);
  auto const v = cells.record(voltage, at(0, 0.5));
  net.run(1 * ms);
  // 1 uA/cm^2 out of 1 uF/cm^2.
  CHECK(v.trace().back() == Approx(-0.065 - 0.001 * 0.975));
}
