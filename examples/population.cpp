// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What can be done with a population: its slices, its values, and what changes between runs:
// docs/population.md.
#include <nernst/nernst.hpp>

#include <cstdio>

namespace sheet {
using namespace nernst::dsl;

/// A neuron with a place on a sheet, a current of its own and one over time.
struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto x = parameter<"x">(metre);
  static constexpr auto y = parameter<"y">(metre);
  static constexpr auto kind = parameter<"kind">(integer);
  static constexpr auto E = shared<"E">(volt);
  static constexpr auto light = timed_array<"light">(ampere);
  static constexpr auto drive = subexpression<"drive">(100 * Mohm * (I + light(t)));
  static constexpr auto model =
      neuron(d(v) / dt = (E - v + drive) / (10 * ms) | unless_refractory, drive, x, y, kind,
             threshold(v > -50 * mV), reset(v = E), refractory(2 * ms));
};
/// Sees the potential of a neuron.
struct electrode {
  static constexpr auto seen = linked<"seen">(volt);
  static constexpr auto mean = state<"mean">(volt);
  static constexpr auto model = neuron(d(mean) / dt = (seen - mean) / (20 * ms));
};
}  // namespace sheet

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  using sheet::cell, sheet::electrode;
  nernst::runtime runtime(argc, argv);
  nernst::network net({.dt = 0.1 * ms, .seed = 1});

  auto cells = net.population<cell>(100, "cells");
  auto electrodes = net.population<electrode>(3);

  auto row = cells(90, 100), middle = row(3, 7), last = cells(99);
  std::printf("%u cells, in a row %u, in its middle %u: %u to %u\n", cells.size(), row.size(),
              middle.size(), middle.begin(), middle.end());

  cells[cell::x] = 50 * um * (i % 10);
  cells["y"] = "50*umeter*(i // 10)";
  constexpr auto distance = sqrt(pow<2>(cell::x - 200 * um) + pow<2>(cell::y - 200 * um));
  cells[cell::I] = 0.3 * nA * exp(-pow<2>(distance / (100 * um)));
  std::printf("neuron 37 is at %.0f um, %.0f um and gets %.3f nA\n", cells[cell::x][37] * 1e6,
              cells[cell::y][37] * 1e6, cells[cell::I][37] * 1e9);

  cells[cell::E] = -65 * mV;
  cells[cell::v] = cell::E + 10 * mV * uniform();
  row[cell::v] = cell::E + 1 * mV * i;
  last[cell::v] = -51 * mV;
  cells(0, 3)[cell::v] = std::vector<double>{-0.060, -0.061, -0.062};
  std::printf("v of neurons 0, 50, 90, 98, 99:");
  std::vector<double> const v = cells[cell::v].get();
  for (int n : {0, 50, 90, 98, 99}) std::printf(" %.1f", v[static_cast<std::size_t>(n)] * 1e3);
  std::printf(" mV\n");

  cells[cell::kind][distance < 100 * um] = 1;
  cells["kind"]["x >= 400*umeter and kind == 0"] = 2;
  auto const near = cells[cell::v][cell::kind == 1].get();
  std::printf("%zu near the middle, %zu at the right\n", near.size(),
              cells["kind"]["kind == 2"].get().size());

  cells[cell::light] = timed_values({0 * nA, 0.2 * nA, 0 * nA}, 50 * ms);
  electrodes.link(electrode::seen, cells, cell::v, std::vector<std::int32_t>{0, 44, 99});
  auto spikes = net.record_spikes(cells);
  net.run(50 * ms);
  std::printf("\nin the dark %zu spikes, drive of neuron 44: %.1f mV\n", spikes.count(),
              cells["drive"][44] * 1e3);
  net.run(50 * ms);
  std::printf("with light %zu spikes, seen: %.1f, %.1f and %.1f mV\n", spikes.count(),
              electrodes["mean"][0] * 1e3, electrodes["mean"][1] * 1e3,
              electrodes["mean"][2] * 1e3);

  cells[cell::E] = cell::E - 10 * mV;
  cells[cell::light] = timed_values({0 * nA}, 1 * ms);
  std::printf("\nE is now %.0f mV\n", cells[cell::E][0] * 1e3);
  auto more = net.grow(cells, 20);
  more[cell::v] = cell::E;
  std::printf("%u cells as before, %u more, from %u to %u\n", cells.size(), more.size(),
              more.begin(), more.end());
  std::size_t const before = spikes.count();
  cells(0, 50)[cell::I] = 0.4 * nA;
  net.run(50 * ms);
  std::printf("%zu spikes\n", spikes.count() - before);
}
