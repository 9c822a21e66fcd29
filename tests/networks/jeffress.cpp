// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Jeffress' model of sound localisation: delay lines and detectors of coincidence.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include <numbers>

using namespace nernst::dsl;

namespace {

constexpr auto max_delay = 20 * cm / (300 * metre / second);

struct ears {
  static constexpr auto x = state<"x">(one);
  static constexpr auto theta = state<"theta">(one);
  static constexpr auto distance = parameter<"distance">(second);
  static constexpr auto sound = timed_array<"sound">(one);
  static constexpr auto lag = subexpression<"lag">(distance * sin(theta));
  static constexpr auto model =
      neuron(d(x) / dt = (sound(t - lag) - x) / ms | unless_refractory, lag,
             d(theta) / dt = 2 * std::numbers::pi / (200 * ms), threshold(x > 1), reset(x = 0),
             refractory(2.5 * ms), method(euler));
};
struct detectors {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model =
      neuron(d(v) / dt = -v / ms, threshold(v > 0.7), reset(v = 0), method(euler));
};
struct line {
  static constexpr auto model = synapse(on_pre(post(detectors::v) += 0.5));
};

void check_spikes(nernst::spike_record const& ours, std::string const& name) {
  auto const step = test::read<std::uint16_t>("networks/jeffress/" + name + "_step.npy");
  auto const same = test::compare(
      ours, step, test::read<std::uint16_t>("networks/jeffress/" + name + "_neuron.npy"));
  INFO(name << ": the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(ours.count() == step.size());
}

}  // namespace

TEST_CASE("coincidences of delayed spikes agree with Brian 2 spike for spike", "[double]") {
  nernst::network net({.dt = 0.02 * ms});
  auto both = net.population<ears>(2);
  auto cells = net.population<detectors>(30);
  both[ears::distance] = (i - 0.5) * max_delay;
  both[ears::sound] =
      timed_values(test::read_as<float>("networks/jeffress/sound.npy"), one, 0.02 * ms);
  auto lines = net.connect<line>(both, cells, all_to_all());
  lines[delay] = where(i == 0, j, 29 - j) / 29.0 * 1.1 * max_delay;
  auto const of_ears = net.record_spikes(both), of_cells = net.record_spikes(cells);
  net.run(200 * ms);
  check_spikes(of_ears, "ear");
  check_spikes(of_cells, "spike");
}
