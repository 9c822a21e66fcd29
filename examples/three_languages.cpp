// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Three languages in one network: neurons in Brian's, a channel in NEURON's, synapses in C++.
#include <mod/km.hpp> // km.mod: nernst_add_mechanisms(program km.mod)
#include <nernst/cable.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/nernst.hpp>

#include <cstdio>

using namespace nernst::dsl;
namespace mechanisms = nernst::mechanisms;

/// Neurons that fire in time with their drive.
struct integrator {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = nernst::brian::neuron(R"(
        dv/dt = (drive - v)/(20*ms) : volt (unless refractory)
        drive : volt
      )",
      nernst::brian::threshold("v > 15*mV"),
      nernst::brian::reset("v = 0*mV"),
      nernst::brian::refractory("5*ms"));
};
/// A synapse onto dendrites, each connection of which tires.
struct tiring_synapse {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto used = connection<"used">(one);
  static constexpr auto last = connection<"last">(second);
  static constexpr auto model =
      point(d(g) / dt = -g / (3 * ms),
            current(g * voltage),
            on_spike(used *= exp(-(t - last) / (200 * ms)),
                     g += weight * (1 - used),
                     used += 0.2 * (1 - used),
                     last = t));
};
/// A synapse back onto the neurons.
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(integrator::v) -= 2 * mV));
};

/// The parameter of km.mod that is called so.
constexpr auto gbar = parameter<"gbar">(siemens / cm2);

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  nernst::network net({.dt = 0.025 * ms});

  auto const neurons = net.population<integrator>(50);
  neurons["drive"] = "(16 + 0.1*i)*mV";

  nernst::morphology shape(cylinder(20 * um, 20 * um).tagged(1));
  shape["dendrite"] = cylinder(300 * um, 2 * um).tagged(3);
  auto const cells = net.cells(2, shape, nernst::d_lambda(0.1));
  cells.paint<mechanisms::hh>(soma);
  cells.paint<mechanisms::passive>(dendrites, mechanisms::passive::g = 0.1 * mS / cm2);
  cells(1).paint<mod::km>(soma, gbar = 10 * mS / cm2); // the second one tires

  auto const synapses = cells.place<tiring_synapse>(at(1, 0.5));
  auto const inputs = net.connect(neurons, synapses, all_to_all(), 1 * ms);
  inputs[tiring_synapse::weight] = 1 * nS;
  auto const detectors = cells.detect(centre(soma), 0 * mV);
  net.connect<inhibition>(detectors, neurons, all_to_all(), 2 * ms);

  auto const from_neurons = net.record_spikes(neurons), from_cells = net.record_spikes(detectors);
  net.run(500 * ms);

  std::vector<std::uint32_t> counts(2);
  for (auto const cell : from_cells.neurons()) ++counts[static_cast<std::size_t>(cell)];
  std::printf("%zu spikes of 50 neurons\n", from_neurons.count());
  std::printf("%u of a cell with hh, %u of one with hh and km\n", counts[0], counts[1]);
}
