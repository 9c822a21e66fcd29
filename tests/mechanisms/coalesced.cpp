// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/cable.hpp>
#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/exp2_synapse.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/gap_junction.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/nmda_synapse.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

/// What an event brings depends on those before it of the same connection.
struct depressing_synapse {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto used = connection<"used">(one);
  static constexpr auto last = connection<"last">(second);
  static constexpr auto model =
      point(d(g) / dt = -g / (2 * ms), calcium.current(g*(voltage - calcium.reversal)),
            on_spike(used *= exp(-(t - last) / (30 * ms)), g += weight * (1 - used),
                     used += 0.5 * (1 - used), last = t));
};

// What keeps elements from being one.
namespace refused {
constexpr auto g = state<"g">(siemens);
constexpr auto weight = connection<"weight">(siemens);
constexpr auto flow = current(g * voltage);
constexpr auto jump = on_spike(g += weight);
constexpr auto decay = d(g) / dt = -g / (2 * ms);

struct nothing {
  static constexpr auto model = point(decay, flow, jump);
};
struct rest_of_current {
  static constexpr auto model = point(decay, current(g* voltage + 1 * nA), jump);
};
struct square {
  static constexpr auto model = point(decay, current(g* g* voltage / siemens), jump);
};
struct rest_of_equation {
  static constexpr auto model = point(d(g) / dt = (1 * nS - g) / (2 * ms), flow, jump);
};
struct saturating {
  static constexpr auto model = point(decay, flow, on_spike(g += weight * (1 - g / (1 * nS))));
};
struct beginning {
  static constexpr auto model = point(decay, flow, jump, initial(g = 1 * nS));
};
struct given {
  static constexpr auto model = point(decay, flow, jump, defaults(g = 1 * nS));
};
struct remembering {
  static constexpr auto sum = connection<"sum">(siemens);
  static constexpr auto model = point(decay, flow, on_spike(g += weight, sum += g));
};
struct drawing {
  static constexpr auto model = point(decay, flow, on_spike(g += weight * uniform()));
};
struct firing {
  static constexpr auto model = point(decay, flow, jump, threshold(voltage > 0 * mV));
};
struct writing {
  static constexpr auto c = state<"c">(molar);
  static constexpr auto model =
      point(decay, flow, jump, d(c) / dt = -c / (2 * ms), write(calcium.inside = c));
};
struct chosen {
  static constexpr auto model =
      point(d(g) / dt = where(g > 1 * nS, -2.0, -1.0) * g / (2 * ms), flow, jump);
};
}  // namespace refused

template <class Mechanism>
std::string obstacle() {
  constexpr nernst::ir::diagnosis found =
      nernst::ir::superposition(lower(Mechanism::model)).obstacle();
  return std::string(found.where.view()) + " " + std::string(found.expected.view());
}

/// Where 40 synapses of each cell are: several in each of the 7 compartments of a dendrite.
nernst::places sites() {
  return uniform(branch(1), 40, 7);
}

struct outcome {
  std::vector<std::vector<double>> traces;
  std::uint32_t elements = 0;
};
/// Cells with synapses on which spikes arrive, each with a weight of its own.
template <class Synapse>
outcome simulate(bool is_coalesced) {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const cells = net.cells(3, test::ball_and_stick(20 * um), test::soma_and(7));
  cells.paint<hh>(branch(0));
  cells.paint<passive>(branch(1), passive::g = 0.1 * mS / cm2, passive::e = -65 * mV);
  std::vector<std::uint32_t> who;
  std::vector<double> when;
  for (std::uint32_t k = 0; k < 400; ++k) {
    who.push_back(k * 7919 % 30);
    when.push_back(0.0001 * (k + 1));
  }
  auto const source = net.spikes(30, who, when);
  auto const connect = [&](auto const& synapses) {
    auto const projection =
        net.connect(source, synapses, where("(7 * i + 3 * j) % 11 == 0"), 1 * ms);
    projection[Synapse::weight] = "0.1 * nS * (1 + i % 5)";
    return projection.size();
  };
  outcome found;
  std::size_t made = 0;
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.9));
  if (is_coalesced) {
    auto const synapses = cells.place_coalesced<Synapse>(sites());
    CHECK(synapses.size() == 120);
    found.elements = synapses.population().size();
    made = connect(synapses);
  } else {
    auto const synapses = cells.place<Synapse>(sites());
    found.elements = synapses.size();
    made = connect(synapses);
  }
  CHECK(made > 300);
  net.run(50 * ms);
  for (std::size_t cell = 0; cell < 3; ++cell)
    for (std::size_t place = 0; place < 2; ++place) found.traces.push_back(v.trace(cell, place));
  return found;
}
template <class Synapse>
void compare() {
  outcome const one_by_one = simulate<Synapse>(false), together = simulate<Synapse>(true);
  CHECK(one_by_one.elements == 120);
  CHECK(together.elements == 21);
  double worst = 0, most = -1;
  for (std::size_t t = 0; t < together.traces.size(); ++t)
    for (std::size_t k = 0; k < together.traces[t].size(); ++k) {
      double const v = together.traces[t][k];
      worst = std::max(worst, std::abs(v - one_by_one.traces[t][k]));
      most = std::max(most, v);
    }
  CHECK(worst < 1e-10);
  CHECK(most > -0.06);
}

}  // namespace

TEST_CASE("synapses of one compartment that add up are one", "[cells]") {
  compare<exp2_synapse>();
  compare<depressing_synapse>();
}

TEST_CASE("an element has what its places would have together", "[cells]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const cells = net.cells(2, test::ball_and_stick(20 * um), test::soma_and(7));
  auto const where_they_are = at(1, 0.9) || at(1, 0.1) || at(1, 0.89) || at(0, 0.5);
  auto const source = net.spikes(1, std::vector<std::uint32_t>{0}, std::vector<double>{0});
  auto const synapses =
      cells.place_coalesced<exp_synapse>(where_they_are, exp_synapse::tau = 3 * ms);
  auto const all = net.connect(source, synapses, where("tau_post > 2 * ms and j != 1"));
  CHECK(synapses.size() == 8);
  CHECK(synapses.numbers() == std::vector<std::uint32_t>{2, 1, 2, 0, 5, 4, 5, 3});
  CHECK(all.j() == std::vector<std::uint32_t>{2, 2, 0, 5, 4, 5, 3});
  all[exp_synapse::weight] = std::vector<double>{1e-9, 2e-9, 3e-9, 4e-9, 5e-9, 6e-9, 7e-9};
  net.run(0.2 * ms);
  std::vector<double> const g = synapses.population()[exp_synapse::g].get();
  double const left = std::exp(-0.1 / 3) * 1e-9;
  double const expected[] = {3, 0, 3, 7, 5, 10};
  for (std::size_t k = 0; k < 6; ++k) CHECK(g[k] == Approx(expected[k] * left));
}

TEST_CASE("what keeps elements from being one is found", "[cells]") {
  CHECK(obstacle<refused::nothing>() == " ");
  CHECK(obstacle<depressing_synapse>() == " ");
  CHECK(obstacle<nmda_synapse>() == " ");
  CHECK(obstacle<refused::rest_of_current>() == "current ");
  CHECK(obstacle<refused::square>() == "current ");
  CHECK(obstacle<refused::rest_of_equation>() == "d()/dt g");
  CHECK(obstacle<refused::chosen>() == "d()/dt g");
  CHECK(obstacle<refused::saturating>() == "on_spike g");
  CHECK(obstacle<refused::remembering>() == "on_spike sum");
  CHECK(obstacle<refused::drawing>() == "random g");
  CHECK(obstacle<refused::beginning>() == "initial g");
  CHECK(obstacle<refused::given>() == "defaults g");
  CHECK(obstacle<refused::firing>() == "threshold ");
  CHECK(obstacle<refused::writing>() == "write ca.inside");
  CHECK(obstacle<gap_junction>() == "linked peer");
  CHECK(obstacle<current_clamp>() == "current ");
}
