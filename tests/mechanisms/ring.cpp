// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// NEURON's test/ringtest: 20 cells, each of which excites the next.

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

template <class Model>
void compare(std::string const& rates) {
  std::uint32_t const count = 20;
  nernst::network<> net({.dt = 0.025 * ms});
  nernst::morphology const shape = test::ball_and_stick(12.6157 * um);
  nernst::region const soma(shape["soma"].main()), dend(shape["dend"].main());
  auto cells = net.cells(count, shape, test::soma_and(7));
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.template paint<Model>(soma);
  cells.template paint<passive>(dend, passive::e = -65 * mV);
  auto const synapses = cells.template place<exp_synapse>(at(1, 0.8), exp_synapse::tau = 2 * ms);
  cells.template place<exp_synapse>(at(1, 0.1), exp_synapse::tau = 5 * ms,
                                    exp_synapse::e = -80 * mV);
  cells(0).template place<current_clamp>(at(0, 0.5), current_clamp::duration = 1 * ms,
                                         current_clamp::amplitude = 1 * nA);
  auto const detectors = cells.detect(at(0, 1));
  std::vector<std::uint32_t> from, to;
  for (std::uint32_t k = 0; k < count; ++k) {
    from.push_back(k);
    to.push_back((k + 1) % count);
  }
  auto projection = net.connect(detectors, synapses, pairs(from, to), 1 * ms);
  projection[exp_synapse::weight] = 10 * nS;
  auto const spikes = net.record_spikes(detectors);
  auto const v = cells(0, 2).record(voltage, at(0, 0.5) || at(1, 0.5));
  net.run(100 * ms);

  auto const theirs =
      nernst::io::read_npy<std::int64_t>(NERNST_TEST_DATA "/neuron/ring/" + rates + "_spikes.npy")
          .data;
  std::vector<std::int64_t> ours;
  for (std::size_t k = 0; k < spikes.count(); ++k) {
    ours.push_back(std::llround(spikes.times()[k] / 25e-6));
    ours.push_back(spikes.neurons()[k]);
  }
  CHECK(ours.size() == 66);
  CHECK(ours == theirs);
  test::neuron_rows const traces("ring/" + rates + "_traces.npy");
  for (std::size_t k = 0; k < 4; ++k) {
    CAPTURE(k);
    CHECK(traces.worst(k, v.trace(k / 2, k % 2), 1e3) < 1e-9);
  }
}

}  // namespace

TEST_CASE("a ring of cells spikes as in NEURON") {
  compare<hh>("exact");
  compare<tabulated_hh>("table");
}
