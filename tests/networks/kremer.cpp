// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Kremer et al. (2011): barrels of the cortex learn the direction of moving bars.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

constexpr int side = 2;

struct layer4 {
  static constexpr auto phase = state<"phase">(one);
  static constexpr auto barrel_x = parameter<"barrel_x">(integer);
  static constexpr auto barrel_y = parameter<"barrel_y">(integer);
  static constexpr auto selectivity = parameter<"selectivity">(one);
  static constexpr auto start = shared<"start">(second);
  static constexpr auto direction = timed_array<"direction">(one);
  static constexpr auto along = cos(direction(t)), across = sin(direction(t));
  static constexpr auto bar_x =
      shared_subexpression<"bar_x">(along * (t - start) / (5 * ms) + side / 2.0 - along * 6);
  static constexpr auto bar_y =
      shared_subexpression<"bar_y">(across * (t - start) / (5 * ms) + side / 2.0 - across * 6);
  static constexpr auto is_active = subexpression<"is_active">(
      abs((barrel_x + 0.5 - bar_x) * along + (barrel_y + 0.5 - bar_y) * across) < 0.5);
  static constexpr auto rate = subexpression<"rate">(
      where(is_active, max(cos(direction(t) - selectivity), 0) * (0.5 / (5 * ms)), 0 * Hz));
  static constexpr auto model =
      neuron(d(phase) / dt = rate, rate, is_active, bar_x, bar_y, threshold(phase > 1),
             reset(phase -= 1), every(60 * ms, start = t), method(euler));
};

struct layer23 {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto ge = state<"ge">(volt);
  static constexpr auto gi = state<"gi">(volt);
  static constexpr auto vt = state<"vt">(volt);
  static constexpr auto barrel_idx = parameter<"barrel_idx">(integer);
  static constexpr auto El = -70 * mV, Vt = -55 * mV;
  static constexpr auto model =
      neuron(d(v) / dt = (ge + gi + El - v) / (10 * ms), d(ge) / dt = -ge / (2 * ms),
             d(gi) / dt = -gi / (25 * ms), d(vt) / dt = (Vt - vt) / (50 * ms), barrel_idx,
             threshold(v > vt), reset(v = El, vt += 2 * mV), refractory(2 * ms), method(euler));
};

// Currents that make potentials of 10 mV and -3 mV: (2/10)^(10/(2 - 10)), (25/10)^(10/(25 - 10)).
constexpr auto EPSC = 10 * mV * 7.476743906106102;
constexpr auto IPSC = -3 * mV * 1.8420157493201932;

struct feedforward {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto A_source = state<"A_source">(volt);
  static constexpr auto A_target = state<"A_target">(volt);
  static constexpr auto model = synapse(
      d(A_source) / dt = -A_source / (5 * ms) | event_driven,
      d(A_target) / dt = -A_target / (25 * ms) | event_driven,
      on_pre(post(layer23::ge) += w, A_source += 0.05 * EPSC, w = clip(w + A_target, 0 * mV, EPSC)),
      on_post(A_target += -0.04 * EPSC, w = clip(w + A_source, 0 * mV, EPSC)));
};
struct recurrent_excitation {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(layer23::ge) += w));
};
struct recurrent_inhibition {
  static constexpr auto model = synapse(on_pre(post(layer23::gi) += IPSC));
};

auto make_layer4(nernst::network<>& net) {
  auto cells = net.population<layer4>(144);
  cells["barrel_x"] = "(i // 36) % 2";
  cells["barrel_y"] = "i // 72";
  cells["selectivity"] = "(i % 36)/36.0*2*pi";
  cells[layer4::phase] = test::read_as<float>("networks/kremer/phase0.npy");
  cells[layer4::direction] =
      timed_values(test::read_as<float>("networks/kremer/direction.npy"), one, 60 * ms);
  return cells;
}
auto make_layer23(nernst::network<>& net) {
  auto cells = net.population<layer23>(136);
  cells[layer23::v] = layer23::El;
  cells[layer23::vt] = layer23::Vt;
  cells["barrel_idx"]["i < 100"] = "(i % 10)//5 + (i//50)*2";
  return cells;
}
auto list(std::string const& name) {
  auto const index = [&](char const* side_of) {
    return test::read<std::uint16_t>("networks/kremer/" + name + side_of);
  };
  return pairs(index("_pre.npy"), index("_post.npy"));
}
void check_spikes(nernst::spike_record const& ours, std::string const& name) {
  auto const step = test::read<std::uint16_t>("networks/kremer/" + name + "_step.npy");
  auto const same = test::compare(
      ours, step, test::read<std::uint16_t>("networks/kremer/" + name + "_neuron.npy"));
  INFO(name << ": the first difference is in step " << same.steps);
  CHECK(same.spikes == step.size());
  CHECK(ours.count() == step.size());
}

}  // namespace

TEST_CASE("learning barrels agree with Brian 2 spike for spike", "[double]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto input = make_layer4(net);
  auto cells = make_layer23(net);
  auto excitatory = cells(0, 100), inhibitory = cells(100, 136);
  auto plastic = net.connect<feedforward>(input, excitatory, list("feed"));
  plastic[feedforward::w] = 0.5 * EPSC;
  auto lateral = net.connect<recurrent_excitation>(excitatory, cells, list("exc"));
  lateral[recurrent_excitation::w] = 0.3 * EPSC;
  lateral[recurrent_excitation::w][j >= 100] = EPSC;
  net.connect<recurrent_inhibition>(inhibitory, excitatory, list("inh"));
  auto const of_input = net.record_spikes(input), of_cells = net.record_spikes(cells);
  net.run(480 * ms);
  check_spikes(of_input, "layer4");
  check_spikes(of_cells, "spike");
  CHECK(test::worst_relative(plastic[feedforward::w].get(),
                             test::read<double>("networks/kremer/w_end.npy")) < 1e-9);
}

TEST_CASE("barrels are connected by their numbers, as in Brian 2") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto input = make_layer4(net);
  auto cells = make_layer23(net);
  auto const all = net.connect<feedforward>(
      input, cells(0, 100),
      where(pre(layer4::barrel_x) + side * pre(layer4::barrel_y) == post(layer23::barrel_idx)));
  CHECK(static_cast<int>(all.size()) ==
        test::read<std::int32_t>("networks/kremer/same_barrel.npy")[0]);
}
