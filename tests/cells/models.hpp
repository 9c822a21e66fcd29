// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

// Small mechanisms for tests of cells.
namespace test {
using namespace nernst::dsl;
inline constexpr auto per_area = siemens / (cm * cm);

struct leak {
  static constexpr auto g = parameter<"g">(siemens / metre2);
  static constexpr auto e = parameter<"e">(volt);
  static constexpr auto flow = subexpression<"flow">(g * (voltage - e));
  static constexpr auto model = density(flow, current(flow));
};
/// A sodium and a potassium current that make spikes.
struct spiking {
  static constexpr auto scale = parameter<"scale">(one);
  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto am = 1 / exprel(-(voltage + 40 * mV) / (10 * mV)) / ms;
  static constexpr auto bm = 4 * exp(-(voltage + 65 * mV) / (18 * mV)) / ms;
  static constexpr auto ah = 0.07 * exp(-(voltage + 65 * mV) / (20 * mV)) / ms;
  static constexpr auto bh = 1 / (exp(-(voltage + 35 * mV) / (10 * mV)) + 1) / ms;
  static constexpr auto an = 0.1 / exprel(-(voltage + 55 * mV) / (10 * mV)) / ms;
  static constexpr auto bn = 0.125 * exp(-(voltage + 65 * mV) / (80 * mV)) / ms;
  static constexpr auto model = density(
      d(m) / dt = am * (1 - m) - bm * m, d(h) / dt = ah * (1 - h) - bh * h,
      d(n) / dt = an * (1 - n) - bn * n,
      sodium.current(scale * 0.12 * per_area * m * m * m * h * (voltage - sodium.reversal)),
      potassium.current(scale * 0.036 * per_area * n * n * n * n * (voltage - potassium.reversal)),
      current(0.0003 * per_area * (voltage + 54.3 * mV)),
      initial(m = am / (am + bm), h = ah / (ah + bh), n = an / (an + bn)));
};
struct synapse_on_cell {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto model =
      point(d(g) / dt = -g / (2 * ms), current(g* voltage), on_spike(g += weight));
};
struct electrode {
  static constexpr auto start = parameter<"start">(second);
  static constexpr auto end = parameter<"end">(second);
  static constexpr auto amplitude = parameter<"amplitude">(ampere);
  static constexpr auto model =
      point(electrode_current(where(t >= start && t < end, amplitude, 0 * amp)));
};
/// Calcium that comes in and is pumped out.
struct calcium_channel {
  static constexpr auto g = parameter<"g">(siemens / metre2);
  static constexpr auto model = density(calcium.current(g * (voltage - calcium.reversal)));
};
struct pool {
  static constexpr auto c = state<"c">(mmolar);
  static constexpr auto rest = parameter<"rest">(mmolar);
  static constexpr auto depth = 0.1 * um;
  static constexpr auto faraday = 96485.33212331001 * coulomb / mol;
  static constexpr auto model =
      density(d(c) / dt = -calcium.total_current / (2 * faraday * depth) + (rest - c) / (10 * ms),
              initial(c = rest), write(calcium.inside = c));
};

inline nernst::network<> network_of(double dt_in_ms = 0.025) {
  return nernst::network<>({.dt = dt_in_ms * ms});
}
/// A soma and two dendrites at its end.
inline nernst::morphology three_branches() {
  nernst::morphology cell(cylinder(20 * um, 20 * um));
  cell.attach(0, 1, cylinder(200 * um, 2 * um), "first");
  cell.attach(0, 1, cylinder(100 * um, 1 * um), "second");
  return cell;
}
}  // namespace test
