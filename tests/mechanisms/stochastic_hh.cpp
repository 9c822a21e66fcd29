// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/stochastic_hh.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

/// A gate by Hodgkin and Huxley, in 1/ms.
struct rates {
  double opening, closing;
  double mean() const { return opening / (opening + closing); }
  /// That of Heun's method in steps of dt: a little less than p (1 - p) for one channel.
  double variance(double dt, double channels) const {
    double const z = dt * (opening + closing), kept = 1 - z + z * z / 2;
    double const noise = 2 * z * (1 - z / 2) * (1 - z / 2);
    return mean() * (1 - mean()) / channels * noise / (1 - kept * kept);
  }
};

}  // namespace

TEST_CASE("gates of finitely many channels vary as they should") {
  std::uint32_t const count = 4000;
  double const dt = 0.025, v = -50;
  nernst::network<> net({.dt = dt * ms, .seed = 7});
  auto cells =
      net.cells(count, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(1));
  cells.paint(whole, voltage = v * mV);
  auto const channels = cells.paint<stochastic_hh>(whole);
  cells.place<voltage_clamp>(at(0, 0.5), voltage_clamp::rs = 1 * ohm,
                             voltage_clamp::duration1 = 1 * second, voltage_clamp::level1 = v * mV);
  net.run(50 * ms);

  double const um2 = 1e-12 * 3.14159265358979 * 100;
  double const sodium_channels = 1200 * um2 / 20e-12, potassium_channels = 360 * um2 / 20e-12;
  auto const alpha_m = -(v + 40) / 10 / (std::exp(-(v + 40) / 10) - 1);
  auto const alpha_n = -0.1 * (v + 55) / 10 / (std::exp(-(v + 55) / 10) - 1);
  struct {
    char const* name;
    rates of;
    double channels;
  } const gates[] = {
      {"m", {alpha_m, 4 * std::exp(-(v + 65) / 18)}, sodium_channels},
      {"h", {0.07 * std::exp(-(v + 65) / 20), 1 / (std::exp(-(v + 35) / 10) + 1)}, sodium_channels},
      {"n", {alpha_n, 0.125 * std::exp(-(v + 65) / 80)}, potassium_channels}};
  for (auto const& gate : gates) {
    std::vector<double> const x = channels[gate.name].get();
    double mean = 0, variance = 0;
    for (double const one : x) mean += one / count;
    for (double const one : x) variance += (one - mean) * (one - mean) / (count - 1);
    double const expected = gate.of.variance(dt, gate.channels);
    CAPTURE(gate.name, gate.of.mean(), gate.channels);
    CHECK(std::abs(mean - gate.of.mean()) < 5 * std::sqrt(expected / count));
    CHECK(variance == Approx(expected).epsilon(5 * std::sqrt(2.0 / count)));
  }
}
