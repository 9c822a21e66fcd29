// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Synapses between synapses and astrocytes, as in Brian's example frompapers/Stimberg_et_al_2018:
// what synapses release adds up in an astrocyte, which acts back on them, in longer steps.
#include <nernst/brian.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"
#include <numeric>

using namespace nernst::dsl;
namespace brian = nernst::brian;

namespace {

struct neurons {
  static constexpr auto model = brian::neuron("dv/dt = -v/(10*ms) : 1", brian::threshold("v > 0.9"),
                                              brian::reset("v = 0"), brian::method("exact"));
};
struct releasing {
  static constexpr auto model = brian::synapse(
      R"(
        dY/dt = -Y/(25*ms) : 1 (clock-driven)
        dGamma/dt = G*(1 - Gamma)*20*Hz - Gamma/(2*second) : 1 (clock-driven)
        du/dt = -u/tau_pre : 1 (event-driven)
        G : 1
      )",
      brian::on_pre("U = (1 - Gamma)*0.6; u += U*(1 - u); Y += u; v_post += u"),
      brian::method("exponential_euler"), brian::constants("tau_pre", 300 * ms));
};
struct astrocytes {
  static constexpr auto model = brian::neuron(
      R"(
        dC/dt = (Y/300 - C)/(20*ms) : 1
        dG/dt = (int(C > 0.3 + 0.05*i) - G)/(50*ms) : 1
        Y : 1
      )",
      brian::method("euler"));
};
struct down {
  static constexpr auto model = brian::synapse("Y_post = Y_pre : 1 (summed)");
};
struct up {
  static constexpr auto model = brian::synapse("G_post = G_pre : 1 (summed)");
};

double sum(auto const& all) {
  return std::accumulate(all.begin(), all.end(), 0.0);
}

}  // namespace

/// The numbers are those of Brian 2.9 (its `Synapses(synapses, astrocytes, ...)`, numpy target).
TEST_CASE("synapses onto astrocytes and back agree with Brian 2", "[double]") {
  nernst::network net({.dt = 0.1 * ms});
  std::vector<int> who;
  std::vector<double> when;
  for (int k = 0; k < 300; ++k) {
    who.push_back(5 * k % 6);
    when.push_back(k * 0.7e-3);
  }
  auto const source = net.spikes(6, who, when);
  auto const all = net.population<neurons>(400);
  auto const synapses = net.connect<releasing>(source, all, "(i + 3*j) % 4 == 0", 1 * ms);
  synapses[delay]["j % 2 == 0"] = "2*ms + 0.1*ms*i";
  auto const astro = net.population<astrocytes>(4);
  net.set_dt(astro, 1 * ms);
  net.connect<down>(synapses, astro, "i % 4 == j");
  net.connect<up>(astro, synapses, "i == j % 4");
  auto const spikes = net.record_spikes(all);
  net.run(250 * ms);

  REQUIRE(synapses.size() == 600);
  CHECK(spikes.count() == 26475);
  CHECK(sum(spikes.steps()) == 26312500);
  CHECK(sum(spikes.neurons()) == 5273225);
  auto const agree = [](auto const& values, std::vector<double> const& theirs) {
    CHECK(test::worst_relative(values.get(), theirs) < 1e-11);
  };
  agree(astro["C"], {1.2950916795908314, 1.298409423642992, 1.3000566852226312, 1.301696070253002});
  agree(astro["G"],
        {0.9911508468366663, 0.9907859713001523, 0.9905979298981147, 0.9904060509164435});
  agree(astro["Y"], {175.6462195842144, 176.11272221820974, 176.3444856175571, 176.57523684767216});
  CHECK(sum(synapses["Gamma"].get()) == Approx(571.2169279023328).epsilon(1e-12));
  CHECK(sum(synapses["u"].get()) == Approx(517.969479193963).epsilon(1e-12));
}
