// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Brian's example of gap junctions: every neuron sees the potentials of all.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct neurons {
  static constexpr auto v = state<"v">(one);
  static constexpr auto I_gap = state<"I_gap">(one);
  static constexpr auto model = neuron(d(v) / dt = (1.05 - v + I_gap) / (10 * ms), threshold(v > 1),
                                       reset(v = 0), method(exact, v));
};
struct junction {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model =
      synapse(summed(post(neurons::I_gap) = w * (pre(neurons::v) - post(neurons::v))));
};

}  // namespace

TEST_CASE("neurons with gap junctions agree with Brian 2 spike for spike", "[double]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<neurons>(10);
  cells[neurons::v] = i * 1.0 / (N - 1);
  auto junctions = net.connect<junction>(cells, cells, all_to_all());
  junctions[junction::w] = 0.02;
  auto const spikes = net.record_spikes(cells);
  auto const trace = net.record(cells, {"v"}, {0, 5});
  net.run(500 * ms);

  auto const step = test::read<std::uint16_t>("networks/gap_junctions/spike_step.npy");
  auto const same = test::compare(
      spikes, step, test::read<std::uint16_t>("networks/gap_junctions/spike_neuron.npy"));
  INFO("the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(spikes.count() == step.size());
  CHECK(test::worst_relative(test::rows(trace, 2, 1000),
                             test::read<double>("networks/gap_junctions/v_trace.npy"),
                             1e-3) < 1e-10);
}
