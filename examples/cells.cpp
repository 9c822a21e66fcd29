// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// From an SWC file to a network of cells with branches: channels are painted on regions, synapses
// placed, a spike goes round a ring. The file is that of the command line, or the one here.
#include <nernst/cable.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/nernst.hpp>

#include <algorithm>
#include <cstdio>

using namespace nernst::dsl;
namespace mechanisms = nernst::mechanisms;

/// A soma with an apical dendrite that forks, a basal dendrite and an axon.
constexpr auto file = R"(
  1 1    0    0   0  8    -1
  2 1    0   -8   0  8     1
  3 1    0    8   0  8     1
  4 4    0   10   0  2     1
  5 4    0  200   0  1.5   4
  6 4   80  300   0  0.5   5
  7 4  -80  300   0  0.5   5
  8 3   10  -10   0  1     1
  9 3  120  -90   0  0.4   8
 10 2  -10    0   0  0.75  1
 11 2 -400    0  50  0.5  10
)";

/// A mechanism of our own, spread over the membrane.
struct leak {
  static constexpr auto g = parameter<"g">(siemens / cm2);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto model = density(current(g * (voltage - e)));
};
/// One at a place: an electrode.
struct pulse {
  static constexpr auto end = parameter<"end">(second);
  static constexpr auto amplitude = parameter<"amplitude">(ampere);
  static constexpr auto model = point(electrode_current(where(t < end, amplitude, 0 * amp)));
};

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  nernst::network net({.dt = 0.025 * ms});

  auto const shape = argc > 1 ? nernst::morphology::from_swc(argv[1])
                              : nernst::morphology::from_swc_text(file);
  for (nernst::cable::branch const& b : shape.branches())
    std::printf("%s: %zu cones, %.0f um\n", b.name.c_str(), b.frusta.size(), b.length() * 1e6);

  auto const cells = net.cells(8, shape, nernst::d_lambda(0.1));
  cells.paint<mechanisms::hh>(soma || axon);
  cells.paint<leak>(dendrites, leak::g = (0.1 + 0.2 * distance / (300 * um)) * mS / cm2,
                    leak::e = -65 * mV);
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);

  auto const synapses = cells.place<mechanisms::exp_synapse>(
      terminals && apical_dendrites, mechanisms::exp_synapse::tau = 2 * ms);
  auto const detectors = cells.detect(centre(soma), 0 * mV);
  auto const next = where("j // 2 == (i + 1) % N_pre");
  auto const ring = net.connect(detectors, synapses, next, 5 * ms);
  ring[mechanisms::exp_synapse::weight] = 10 * nS;
  cells(0).place<pulse>(centre(soma), pulse::end = 1 * ms, pulse::amplitude = 3 * nA);

  auto const spikes = net.record_spikes(detectors);
  auto const v = cells(0).record(voltage, centre(soma) || terminals, 0.1 * ms);
  auto const everywhere = cells(0).record(voltage, whole, 0.1 * ms);
  net.run(100 * ms);

  std::printf("%u cells of %d compartments, %u synapses\n", cells.size(), cells.shape().size(),
              synapses.size());
  for (std::size_t k = 0; k < std::min<std::size_t>(spikes.count(), 4); ++k)
    std::printf("cell %d fired at %.2f ms\n", spikes.neurons()[k], spikes.times()[k] * 1e3);
  std::vector<double> const at_soma = v.trace(0, 0);
  std::printf("greatest voltage of the first soma: %.1f mV\n",
              *std::max_element(at_soma.begin(), at_soma.end()) * 1e3);
  v.all().save("cells.npz");  // for plot.py
  everywhere.all().save("cells_v.npz");
  nernst::save_shape(cells.shape(), "cells_shape.npz");
}
