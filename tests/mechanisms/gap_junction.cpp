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

/// Pairs of cells that a gap junction couples, the first of which is stimulated.
std::vector<std::vector<double>> coupled(std::uint32_t pairs, int order) {
  nernst::network<> net({.dt = 0.025 * ms});
  nernst::morphology const shape = test::ball_and_stick(20 * um);
  auto cells = net.cells(2 * pairs, shape, test::soma_and(7));
  cells.set(test::scheme_of(order));
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.paint<hh>(shape["soma"].main());
  cells.paint<passive>(shape["dend"].main(), passive::g = 0.1 * mS / cm2, passive::e = -65 * mV);
  auto const junctions = cells.place<gap_junction>(at(1, 0.9));
  std::vector<std::int32_t> peers = cells.numbers(at(1, 0.9));
  for (std::size_t k = 0; k < peers.size(); k += 2) std::swap(peers[k], peers[k + 1]);
  junctions.link(gap_junction::peer, cells, voltage, peers);
  for (std::uint32_t k = 0; k < pairs; ++k)
    cells(2 * k).place<current_clamp>(at(0, 0.5), current_clamp::delay = 2 * ms,
                                      current_clamp::duration = 1 * ms,
                                      current_clamp::amplitude = 0.3 * nA);
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.9));
  net.run(30.025 * ms);
  std::vector<std::vector<double>> traces;
  for (std::size_t cell = 0; cell < 2 * pairs; ++cell)
    for (std::size_t k : {0u, 1u}) traces.push_back(v.trace(cell, k));
  return traces;
}

}  // namespace

TEST_CASE("gap junctions agree with NEURON's by pointers") {
  for (int const order : {0, 2}) {
    test::neuron_rows const theirs(test::order_file("electrodes/gap", order));
    for (std::uint32_t const pairs : {1u, 37u}) {
      auto const ours = coupled(pairs, order);
      for (std::size_t k = 0; k < ours.size(); ++k) {
        CAPTURE(order, pairs, k);
        CHECK(theirs.worst(k % 4, ours[k], 1e3) < 1e-9);
      }
    }
  }
}

TEST_CASE("gap junctions couple populations as they do the cells of one") {
  auto const simulate = [](bool together) {
    nernst::network<> net({.dt = 0.025 * ms});
    nernst::morphology const shape = test::ball_and_stick(20 * um);
    auto const cells = net.cells(2, shape, test::soma_and(3));
    std::vector some{cells(0), cells(1)};
    if (!together) some[1] = net.cells(1, shape, test::soma_and(3));
    for (std::size_t k : {0u, 1u}) {
      some[k].paint<passive>(whole, passive::g = 0.1 * mS / cm2, passive::e = -65 * mV);
      some[k]
          .place<gap_junction>(at(1, 0.9))
          .link(gap_junction::peer, some[1 - k], voltage, some[1 - k].numbers(at(1, 0.9)));
    }
    some[0].place<current_clamp>(at(0, 0.5), current_clamp::duration = 5 * ms,
                                 current_clamp::amplitude = 0.3 * nA);
    auto const first = some[0].record(voltage, at(0, 0.5)),
               second = some[1].record(voltage, at(0, 0.5));
    net.run(10 * ms);
    std::vector<double> all = first.trace(), more = second.trace();
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  CHECK(simulate(true) == simulate(false));
}
