// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Kuramoto's coupled oscillators, Brian's example coupled_oscillators.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/reference.hpp"

using namespace nernst::dsl;

namespace {

struct oscillators {
  static constexpr auto Theta = state<"Theta">(one);
  static constexpr auto coupling = state<"coupling">(one);
  static constexpr auto omega = parameter<"omega">(hertz) | constant;
  static constexpr auto K = 2 * Hz;
  static constexpr auto model = neuron(d(Theta) / dt = omega + K / N * coupling, method(euler));
};
struct attraction {
  static constexpr auto model = synapse(summed(
      post(oscillators::coupling) = sin(pre(oscillators::Theta) - post(oscillators::Theta))));
};

}  // namespace

TEST_CASE("coupled oscillators agree with Brian 2", "[double]") {
  nernst::network net({.dt = 1 * ms});
  auto all = net.population<oscillators>(50);
  all[oscillators::Theta] = test::read<double>("networks/kuramoto/theta0.npy");
  all[oscillators::omega] = test::read<double>("networks/kuramoto/omega.npy");
  net.connect<attraction>(all, all, all_to_all());
  auto const phases = net.record(all, {"Theta"});
  net.run(5 * second);

  auto const theirs = test::read<double>("networks/kuramoto/theta.npy");
  double worst = 0;
  for (std::size_t n = 0; n < 50; ++n)
    for (std::size_t k = 0; k < 50; ++k)
      worst = std::max(worst, std::abs(phases.at(100 * k, 0, n) - theirs[50 * n + k]));
  CHECK(worst < 1e-10);
  CHECK(test::worst_relative(all[oscillators::Theta].get(),
                             test::read<double>("networks/kuramoto/theta_end.npy")) < 1e-10);
}
