// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/make_cells.hpp>
#include <nernst/io/npy.hpp>

#include "catch.hpp"
#include "cells/models.hpp"
#include "io/folder.hpp"
#include <cmath>
#include <numbers>

using namespace nernst::dsl;
using namespace test;
using Catch::Contains;
using nernst::fixed_per_branch;

namespace {
using numbers = std::vector<double>;

auto const longer = branch(1), shorter = branch(2), trunk = branch(0);

/// Cells with spiking somata and passive dendrites.
template <class Network>
auto new_cells(Network& net, std::uint32_t number, int per_branch = 5) {
  auto const cells = net.cells(number, three_branches(), fixed_per_branch(per_branch));
  cells.template paint<spiking>(trunk, spiking::scale = 1);
  cells.template paint<leak>(longer || shorter, leak::g = 0.0003 * test::per_area,
                             leak::e = -65 * mV);
  return cells;
}
}  // namespace

TEST_CASE("cells: a leak alone decays as it should", "[cells]") {
  auto net = network_of();
  auto const cells =
      net.cells(3, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::single_compartment());
  cells.paint<leak>(whole, leak::g = 0.001 * test::per_area, leak::e = -70 * mV);
  cells.initialise(-50 * mV);
  auto const v = cells.record(voltage, at(0, 0.5));
  net.run(10 * ms);
  // Backward Euler: each step divides what is beyond rest by 1 + dt g / C.
  for (std::size_t cell = 0; cell < 3; ++cell) {
    numbers const found = v.trace(cell);
    REQUIRE(found.size() == 400);
    for (std::size_t k = 0; k < found.size(); ++k)
      CHECK(found[k] == Approx(-0.07 + 0.02 / std::pow(1 + 0.025, static_cast<double>(k))));
  }
}

TEST_CASE("cells: each does what it does alone, however many there are", "[cells]") {
  auto const simulate = [](std::uint32_t number, std::uint32_t which) {
    auto net = network_of();
    auto const cells = new_cells(net, number);
    for (std::uint32_t k = 0; k < number; ++k)
      cells(k).place<electrode>(at(1, 0.5), electrode::start = 1 * ms, electrode::end = 20 * ms,
                                electrode::amplitude = (0.1 + 0.01 * k) * nA);
    auto const v = cells.record(voltage, at(0, 0.5) || at(2, 1));
    net.run(20 * ms);
    numbers all = v.trace(which, 0), tip = v.trace(which, 1);
    all.insert(all.end(), tip.begin(), tip.end());
    return all;
  };
  numbers const alone = simulate(1, 0), among_three = simulate(3, 0), among_many = simulate(77, 0);
  REQUIRE(alone.size() == 1600);
  CHECK(*std::max_element(alone.begin(), alone.end()) > 0.02);
  double worst = 0;
  for (std::size_t k = 0; k < alone.size(); ++k) {
    worst = std::max(worst, std::abs(alone[k] - among_three[k]));
    worst = std::max(worst, std::abs(alone[k] - among_many[k]));
  }
  CHECK(worst < 1e-9);
}

namespace {
/// What the records of cells of some shapes hold, of which some have an electrode, and synapses
/// some spikes.
struct several {
  nernst::network<> net = network_of();
  nernst::cells<> cells;
  std::vector<nernst::cell_record<double>> records;
  std::vector<double> potential;
  std::size_t fired = 0;

  several(std::vector<nernst::morphology> const& shapes, std::vector<std::uint32_t> const& driven,
          std::vector<std::uint32_t> const& excited)
      : cells(net.cells(shapes, fixed_per_branch(5))) {
    cells.paint<spiking>(trunk, spiking::scale = 1);
    cells.paint<leak>(!trunk, leak::g = 0.0003 * test::per_area, leak::e = -65 * mV);
    auto const electrodes = cells.place<electrode>(at(1, 0.5), electrode::end = 20 * ms);
    for (std::uint32_t const k : driven)
      electrodes(k)[electrode::amplitude] = (0.1 + 0.2 * shapes[k].size()) * nA;
    auto const synapses = cells.place<synapse_on_cell>(terminals && !trunk);
    auto const source = net.spikes(1, std::vector<std::uint32_t>{0}, std::vector<double>{0.002});
    std::vector<std::uint32_t> const from(excited.size());
    net.connect(source, synapses, pairs(from, excited))[synapse_on_cell::weight] = 5 * nS;
    records = {cells.record(voltage, at(0, 0.5) || terminals),
               cells.record<spiking>(spiking::m, trunk), cells.record(membrane_current, whole),
               cells.record(sodium.total_current, trunk)};
    auto const outside = cells.record_potential({{.y = -30 * um}}, 0.3 * siemens / metre);
    auto const spikes = net.record_spikes(cells.detect(at(0, 0.5), 0 * mV));
    net.run(20 * ms);
    fired = spikes.count();
    potential = outside.trace();
  }
};
}  // namespace

TEST_CASE("cells: each of several shapes does what it does alone", "[cells]") {
  nernst::morphology line(cylinder(20 * um, 20 * um)), fork = three_branches();
  line.attach(0, 1, cylinder(300 * um, 1 * um), "dend");
  // Lines have one synapse each, forks two: those of the cells begin at 0, 1, 3, 4, 6 and 8.
  several const all({line, fork, line, fork, fork, line}, {0, 3}, {2, 3, 4});
  CHECK(all.cells.shape(0).size() < all.cells.shape(1).size());
  CHECK(all.cells.shape(4).size() == all.cells.shape(1).size());
  several const alone[] = {{{line}, {0}, {}},  {{fork}, {}, {1}}, {{line}, {}, {0}},
                           {{fork}, {0}, {0}}, {{fork}, {}, {}},  {{line}, {}, {}}};
  std::size_t fired = 0;
  for (std::size_t cell = 0; cell < 6; ++cell) {
    fired += alone[cell].fired;
    for (std::size_t r = 0; r < all.records.size(); ++r) {
      nernst::cell_record<double> const &found = all.records[r], &expected = alone[cell].records[r];
      REQUIRE(found.compartments(cell) == expected.compartments());
      double worst = 0, most = 0;
      for (std::size_t k = 0; k < expected.compartments().size(); ++k)
        for (std::size_t n = 0; n < found.steps(); ++n) {
          double const value = expected.profile(n)[k];
          worst = std::max(worst, std::abs(found.profile(n, cell)[k] - value));
          most = std::max(most, std::abs(value));
        }
      CAPTURE(cell, r);
      CHECK(worst < 1e-7 * most);
    }
  }
  CHECK(fired > 0);
  CHECK(all.fired == fired);
  for (std::size_t n = 100; n < 800; n += 100) {
    double sum = 0;
    for (several const& cell : alone) sum += cell.potential[n];
    CHECK(all.potential[n] == Approx(sum).epsilon(1e-9).margin(1e-15));
  }
  nernst::network<> net = network_of();
  CHECK_THROWS_WITH(
      net.cells(std::vector{line}, std::vector<std::uint32_t>{0, 1}, fixed_per_branch(1)),
      Contains("numbers of 1 shapes, found 1"));
  CHECK_THROWS_WITH(net.cells(std::vector{line, fork}, fixed_per_branch(1)).paint<leak>(branch(9)),
                    Contains("9"));
}

TEST_CASE("cells: steady voltages along a cable are those of the cable equation", "[cells]") {
  auto net = network_of(0.1);
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(1 * mm, 1 * um)), fixed_per_branch(200));
  cells.paint<leak>(whole, leak::g = 0.25 * siemens / metre2, leak::e = -65 * mV);
  cells.paint(whole, axial_resistivity = 1 * ohm * metre);
  cells.place<electrode>(root, electrode::start = 0 * ms, electrode::end = 1000 * ms,
                         electrode::amplitude = 0.1 * nA);
  auto const v = cells.record(voltage, root || at(0, 1), 100 * ms);
  net.run(1000 * ms);
  // Rallpack 1: one length constant, 1.273 Gohm.
  double const resistance = 4.0 / (std::numbers::pi * 1e-9);
  CHECK(v.trace(0, 0).back() == Approx(-0.065 + 1e-10 * resistance / std::tanh(1.0)).epsilon(1e-4));
  CHECK(v.trace(0, 1).back() == Approx(-0.065 + 1e-10 * resistance / std::sinh(1.0)).epsilon(1e-4));
}

TEST_CASE("cells: values vary in space", "[cells]") {
  auto net = network_of();
  auto const cells = net.cells(2, three_branches(), fixed_per_branch(4));
  auto const leaks = cells(1).paint<leak>(longer, leak::e = -65 * mV - distance / um * 0.1 * mV,
                                          leak::g = 1 * siemens / metre2);
  CHECK(leaks.size() == 4);
  // The soma is 20 um long.
  CHECK(leaks[leak::e].get()[0] == Approx(-0.065 - 0.0001 * (20 + 25)));
  CHECK(leaks[leak::e].get()[3] == Approx(-0.065 - 0.0001 * (20 + 175)));
  leaks[leak::e] = -60 * mV;
  CHECK(leaks[leak::e].get()[3] == Approx(-0.06));
  cells(0).paint(shorter, membrane_capacitance = 2 * uF / cm2,
                 voltage = -60 * mV + radius / mm * mV);
  numbers const capacitance = cells[membrane_capacitance].get(), v = cells["v"].get();
  int const compartments = cells.shape().size();
  REQUIRE(v.size() == 2 * static_cast<std::size_t>(compartments));
  int changed = 0;
  for (std::size_t k = 0; k < v.size(); ++k) {
    bool const is_there = capacitance[k] == Approx(0.02);
    changed += is_there ? 1 : 0;
    CHECK(v[k] == (is_there ? Approx(-0.06 + 0.5e-6) : Approx(-0.065)));
  }
  CHECK(changed == 4);
}

TEST_CASE("cells: spikes are found where voltages rise above a level, and go to synapses",
          "[cells]") {
  auto net = network_of();
  auto const cells = new_cells(net, 10);
  cells(0).place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                            electrode::amplitude = 2 * nA);
  auto const synapses = cells.place<synapse_on_cell>(at(1, 0.5) || at(2, 0.5));
  auto const detectors = cells.detect(at(0, 0.5), 0 * mV);
  CHECK(synapses.size() == 20);
  CHECK(detectors.size() == 10);
  // Cell k to the second synapse of cell k + 1.
  std::vector<std::uint32_t> from, to;
  for (std::uint32_t k = 0; k + 1 < 10; ++k) {
    from.push_back(k);
    to.push_back(2 * (k + 1) + 1);
  }
  auto const projection = net.connect(detectors, synapses, pairs(from, to), 3 * ms);
  projection[synapse_on_cell::weight] = 100 * nS;
  auto const spikes = net.record_spikes(detectors);
  auto const g = net.record(synapses, {"g"}, {3});
  auto const v = cells.record(voltage, at(0, 0.5));
  net.run(60 * ms);
  REQUIRE(spikes.count() == 10);
  for (std::size_t k = 0; k < 10; ++k) {
    CHECK(spikes.neurons()[k] == static_cast<int>(k));
    // The time is that at which the voltage is above the level for the first time.
    numbers const trace = v.trace(k);
    auto const at_time = static_cast<std::size_t>(std::lround(spikes.times()[k] / 0.025e-3));
    CHECK(trace[at_time] > 0);
    CHECK(trace[at_time - 1] <= 0);
  }
  // A spike that is found at the end of a step acts so many steps later.
  auto const arrival = static_cast<std::size_t>(std::lround((spikes.times()[0] + 3e-3) / 0.025e-3));
  numbers const conductance = g.trace("g", 3);
  CHECK(conductance[arrival - 1] == 0);
  CHECK(conductance[arrival] == Approx(100e-9));
}

TEST_CASE("cells: concentrations follow currents, and potentials these", "[cells]") {
  auto net = network_of();
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::single_compartment());
  cells.set_temperature(300 * kelvin);
  cells.paint<leak>(whole, leak::g = 1 * siemens / metre2, leak::e = -65 * mV);
  cells.paint<calcium_channel>(whole, calcium_channel::g = 0.01 * siemens / metre2);
  auto const pools = cells.paint<pool>(whole, pool::rest = 1e-4 * mmolar);
  net.run(100 * ms);
  double const c = pools[pool::c].get()[0];
  CHECK(c > 1e-4);
  // In the steady state what comes in goes out.
  double const v = cells["v"].get()[0];
  double const reversal = 8.31446261815324 * 300 / (2 * 96485.33212331001) * std::log(2 / c);
  double const inflow = 0.01 * (reversal - v);
  CHECK(c == Approx(1e-4 + inflow / (2 * 96485.33212331001 * 1e-7) * 0.01).epsilon(1e-3));
}

TEST_CASE("cells: a network goes on where it was stored", "[cells]") {
  auto const build = [](auto& net) {
    auto const cells = new_cells(net, 5);
    cells.template place<electrode>(at(0, 0.5), electrode::start = 0 * ms,
                                    electrode::end = 1000 * ms, electrode::amplitude = 0.5 * nA);
    return cells;
  };
  auto before = network_of();
  auto const cells = build(before);
  before.run(7 * ms);
  auto const kept = before.store();
  before.run(7 * ms);
  auto other = network_of();
  auto const again = build(other);
  other.restore(kept);
  other.run(7 * ms);
  CHECK(cells["v"].get() == again["v"].get());
}

TEST_CASE("cells: mistakes are named", "[cells]") {
  auto net = network_of();
  auto const cells = net.cells(2, three_branches(), fixed_per_branch(2), "cells");
  CHECK_THROWS_WITH(cells.paint<leak>(tag(7)),
                    "region: expected one with compartments, found none in tag(7)");
  CHECK_THROWS_WITH(cells.paint<leak>(branch(0, 0, 0.1)),
                    "cells: expected a region with compartments, found none of which half is in "
                    "branch(0, 0, 0.1)");
  cells.paint<leak>(longer);
  CHECK_THROWS_WITH(cells.paint<leak>(whole),
                    "cells: expected compartments without 'leak', found it in 4 of 12 "
                    "(regions are taken away from others by `-`)");
  CHECK_THROWS_WITH(cells(2), Contains("[0, 2)") && Contains("[2, 3)"));
  CHECK_THROWS_WITH(cells.place<electrode>(at(7, 0.5)),
                    "branch: expected a number from 0 to 2, found 7");
  CHECK_THROWS_WITH(cells.place<electrode>(terminals && tag(7)),
                    "cells: expected places, found none in (terminals && tag(7))");
  CHECK_THROWS_WITH(cells.paint(longer, leak::g = 1 * siemens / metre2),
                    "cells: expected a variable that can be set (voltage, "
                    "membrane_capacitance, axial_resistivity), found 'g'");
  CHECK_THROWS_WITH(cells.paint<leak>(shorter, spiking::scale = 1),
                    "leak: expected a variable that can be set (g, e), found 'scale'");
  constexpr auto total = parameter<"g">(siemens);
  CHECK_THROWS_WITH(cells.paint<leak>(shorter, total = 1 * nS),
                    "leak[g]: expected a value in S/m^2, found one in S");
  CHECK_THROWS_WITH(cells.set_temperature(-20 * kelvin),
                    "cells: expected a temperature above 0 K, found -20 K");
  cells.paint<pool>(longer);
  CHECK_THROWS_WITH(cells.paint<pool>(shorter || longer), Contains("without 'pool'"));
  CHECK_THROWS_WITH(cells.paint(whole, ion<"mg", 2>{}.outside = 1 * mmolar),
                    "cells: expected an ion with a known charge, found 'mg' "
                    "(cells.add(ion<\"mg\", 2>{}) gives it one)");
  cells.add(ion<"mg", 2>{});
  cells.paint(whole, ion<"mg", 2>{}.outside = 1 * mmolar);
  CHECK_THROWS_WITH(cells.paint<leak>(shorter, leak::e = -65 * mV + leak::e), Contains("'e'"));
  cells.paint(longer, axial_resistivity = 0 * ohm * metre);
  CHECK_THROWS_WITH(net.run(1 * ms), Contains("'axial_resistivity' above 0, found 0"));
}

TEST_CASE("cells: what mechanisms do is recorded where they are", "[cells]") {
  auto net = network_of();
  auto const cells = new_cells(net, 3);
  cells(1).place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                            electrode::amplitude = 2 * nA);
  auto const m = cells.record<spiking>(spiking::m, at(0, 0.5));
  auto const flow = cells.record<leak>("flow", at(1, 0.9) || at(2, 0.1));
  auto const sodium_flow = cells.record(sodium.total_current, at(0, 0.5));
  auto const all = cells.record("current", at(0, 0.5) || at(1, 0.9));
  auto const v = cells.record(voltage, at(1, 0.9));
  net.run(10 * ms);
  numbers const trace = m.trace(1);
  CHECK(*std::max_element(trace.begin(), trace.end()) > 0.9);
  CHECK(m.trace(0)[200] < 0.1);
  numbers const voltages = v.trace(1), flows = flow.trace(1, 0), totals = all.trace(1, 1);
  for (std::size_t k : {100u, 200u, 399u}) {
    CHECK(flows[k] == Approx(3 * (voltages[k] + 0.065)).margin(1e-9));
    // A current is that of the step before, by the voltage at its start.
    CHECK(totals[k] == Approx(3 * (voltages[k - 1] + 0.065)).margin(1e-9));
  }
  numbers const inward = sodium_flow.trace(1), whole_soma = all.trace(1, 0);
  CHECK(*std::min_element(inward.begin(), inward.end()) < -1);
  // What a step has left is there at the start of the next run.
  net.run(1 * ms);
  CHECK(all.trace(1, 1)[400] == Approx(3 * (v.trace(1)[399] + 0.065)).margin(1e-9));
  CHECK_THROWS_WITH(cells.record<leak>("flow", at(0, 0.5)),
                    Contains("painted or placed there by one call"));
  CHECK_THROWS_WITH(cells.record(calcium.inside, at(0, 0.5)), Contains("found 'ca'"));
}

TEST_CASE("cells: records know what they have", "[cells]") {
  auto net = network_of();
  auto const cells = net.cells(2, three_branches(), fixed_per_branch(2), "cells");
  CHECK_THROWS_WITH(cells.record<leak>(leak::g, at(1, 0.5)),
                    "cells: expected 'leak' in all compartments of the record, painted or placed "
                    "there by one call");
  CHECK_THROWS_WITH(cells.record("curent", at(1, 0.5)),
                    "cells: expected voltage, current, axial_current, membrane_current, "
                    "stimulus_current or what ions have, such as calcium.inside, found 'curent'");
  nernst::cells<> const& handle = cells;
  auto const v = handle.record(voltage, at(0, 0.5));
  net.run(0.05 * ms);
  CHECK_THROWS_WITH(v.trace(5), "record of cells: expected one of 2 cells, found cell 5");
  CHECK_THROWS_WITH(v.trace(0, 5),
                    "record of cells: expected one of 1 places of cell 0, found place 5");
  net.every(1 * ms, [&] { cells.paint<leak>(whole); });
  CHECK_THROWS_WITH(net.run(1 * ms), "a new population: expected no run to be under way");
}

TEST_CASE("cells: several detectors and synapses of a cell are told apart", "[cells]") {
  auto net = network_of();
  auto const cells = new_cells(net, 16);
  for (std::uint32_t const k : {3u, 12u})
    cells(k).place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                              electrode::amplitude = 2 * nA);
  auto const detectors = cells.detect(at(0, 0.5) || at(1, 0.3) || at(2, 0.1), -40 * mV);
  auto const targets = cells.place<synapse_on_cell>(at(0, 0.5) || at(1, 0.5) || at(2, 0.5));
  net.connect(detectors, targets, one_to_one(), 1 * ms)[synapse_on_cell::weight] = 1 * nS;
  auto const spikes = net.record_spikes(detectors);
  auto const g = net.record(targets, {"g"});
  net.run(10 * ms);
  REQUIRE(spikes.count() == 6);
  std::vector<int> const fired = spikes.neurons();
  for (int const cell : {3, 12})
    for (int k = 0; k < 3; ++k) CHECK(std::count(fired.begin(), fired.end(), 3 * cell + k) == 1);
  for (std::uint32_t n = 0; n < 48; ++n) {
    numbers const trace = g.trace("g", n);
    bool const has_input = *std::max_element(trace.begin(), trace.end()) > 0;
    CHECK(has_input == (n / 3 == 3 || n / 3 == 12));
  }
  CHECK_THROWS_WITH(net.record_spikes(detectors, {"level"}), Contains("without values"));
  CHECK_THROWS_WITH(net.grow(detectors, 3), Contains("linked"));
  CHECK_THROWS_WITH(net.set_dt(targets, 0.05 * ms), Contains("the steps of its cells"));
  targets.active(false);
  net.run(1 * ms);
}

TEST_CASE("cells: what electrodes outside see", "[cells]") {
  auto net = network_of();
  auto const cells = new_cells(net, 20);
  cells.place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                         electrode::amplitude = 2 * nA);
  std::vector<nernst::position> moved(20);
  for (std::size_t k = 0; k < 20; ++k) moved[k].y = 0.1 * static_cast<double>(k) * mm;
  // One beside the soma of the first cell, one far away: there all currents cancel.
  auto const potential =
      cells.record_potential({{.y = -30 * um}, {.x = 50 * um, .y = 1 * mm}, {.z = 1000 * mm}},
                             0.3 * siemens / metre, moved);
  auto const v = cells.record(
      voltage,
      nernst::places([&](nernst::morphology const&) { return cells.shape().centre; }, "all"));
  net.run(5 * ms);
  // The same from the voltages.
  nernst::compartments const& c = cells.shape();
  auto const g = c.axial_conductance(0.354 * ohm * metre);
  std::size_t const step = 100, count = c.centre.size();
  double expected = 0, most = 0;
  for (std::size_t cell = 0; cell < 20; ++cell) {
    auto const weight = nernst::cable::line_source_weights(c, {.y = -30 * um}, moved[cell], 0.3);
    for (std::size_t k = 0; k < count; ++k) {
      if (c.parent[k] < 0) continue;
      auto const up = static_cast<std::size_t>(c.parent[k]);
      double const inward = g[k] * (v.trace(cell, up)[step] - v.trace(cell, k)[step]);
      expected += inward * (weight[k] - weight[up]);
      most = std::max(most, std::abs(inward));
    }
  }
  CHECK(potential.trace(0)[step] == Approx(expected).epsilon(1e-9));
  CHECK(std::abs(expected) > 1e-6);
  CHECK(std::abs(potential.trace(2)[step]) < 1e-9);
  // A line seen from beside it: the logarithm of Holt and Koch.
  nernst::compartments const line(nernst::morphology(cylinder(100 * um, 1 * um)),
                                  nernst::fixed_per_branch(1));
  double const found =
      nernst::cable::line_source_weights(line, {.x = 150 * um, .y = 20 * um}, {}, 0.3)[1];
  double const h = 50e-6, l = 150e-6, r = 20e-6;
  bool const along_x = line.shape().point_at({0, 1}).x > 0;
  double const ratio = (std::sqrt(h * h + r * r) - h) / (std::sqrt(l * l + r * r) - l);
  if (along_x)
    CHECK(found == Approx(std::log(ratio) / (4 * std::numbers::pi * 0.3 * 100e-6)).epsilon(1e-9));
  CHECK(along_x);
  CHECK_THROWS_WITH(cells.record_potential({{}}, 0 * siemens / metre), Contains("conductivity"));
  CHECK_THROWS_WITH(cells.record_potential({{}}, 1 * siemens / metre, {{}}),
                    Contains("expected 20 positions"));
  CHECK_THROWS_WITH(cells.record_potential({}, 1 * siemens / metre),
                    "record_potential: expected an electrode at least, found none");
}

TEST_CASE("cells: records are the same in pieces, in memory and in files", "[cells]") {
  test::folder const dir;
  struct simulation {
    nernst::network<> net = network_of();
    nernst::cells<> cells = new_cells(net, 20);
    nernst::cell_record<double> v = cells.record(voltage, whole, 0.1 * ms);
    nernst::potential_record<double> outside = cells.record_potential(
        {{.y = -30 * um}, {.x = 90 * um}}, 0.3 * siemens / metre, {}, 0.1 * ms);
    simulation() {
      cells.place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                             electrode::amplitude = 2 * nA);
    }
  };
  simulation at_once, in_pieces, streamed;
  at_once.net.run(5 * ms);
  streamed.v.all().stream_to(dir / "v.csv");
  for (double const piece : {0.025, 0.975, 1.55, 2.45}) {
    in_pieces.net.run(piece * ms);
    streamed.net.run(piece * ms);
    if (piece < 0.1) streamed.outside.all().stream_to(dir / "outside.csv");
  }
  CHECK(at_once.v.times().size() == 50);
  CHECK(in_pieces.v.times() == at_once.v.times());
  for (std::size_t k = 0; k < 50; ++k)
    CHECK(in_pieces.v.profile(k, 13) == at_once.v.profile(k, 13));
  CHECK(in_pieces.outside.trace(1) == at_once.outside.trace(1));

  at_once.v.all().save(dir / "v_kept.csv");
  at_once.outside.all().save(dir / "outside_kept.csv");
  at_once.outside.all().save(dir / "outside.npy");
  CHECK(test::contents(dir / "v.csv") == test::contents(dir / "v_kept.csv"));
  std::string const outside = test::contents(dir / "outside.csv");
  CHECK(outside == test::contents(dir / "outside_kept.csv"));
  CHECK(outside.substr(0, 45) == "t (s),potential[0] (V),potential[1] (V)\n0,0,0");
  auto const array = nernst::io::read_npy<double>(dir / "outside.npy");
  CHECK(array.shape == std::vector<std::size_t>{2, 50});
  CHECK(numbers(array.data.begin() + 50, array.data.end()) == at_once.outside.trace(1));
  CHECK(*std::max_element(array.data.begin(), array.data.end()) > 1e-6);
  CHECK_THROWS_WITH(streamed.outside.trace(1), Contains("found them in the file"));
  CHECK_THROWS_AS(at_once.outside.trace(2), std::out_of_range);

  at_once.net.record_now(at_once.outside.all());
  at_once.net.run(0.025 * ms);
  numbers const once_more = at_once.outside.trace(1);
  REQUIRE(once_more.size() == 52);
  CHECK(once_more[50] == once_more[51]);
}
