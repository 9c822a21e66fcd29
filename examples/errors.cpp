// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What is checked when a program runs: docs/errors.md.
#include <nernst/nernst.hpp>

#include <exception>
#include <iostream>

namespace errors {
using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto E = shared<"E">(volt);
  static constexpr auto model = neuron(d(v) / dt = (E - v) / (10 * ms), threshold(v > -50 * mV), reset(v = E));
};
struct excitation {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cell::v) += w));
};
} // namespace errors

/// Prints what a mistake says.
template <class Mistake>
void attempt(char const* written, Mistake const& mistake) {
  std::cout << written << '\n';
  try {
    mistake();
    std::cout << "    no error\n";
  } catch (std::exception const& error) {
    std::cout << "    " << error.what() << '\n';
  }
}

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  using errors::cell, errors::excitation;

  attempt("network net without a runtime", [] { nernst::network<> net({.dt = 0.1 * ms}); });

  nernst::runtime runtime(argc, argv);
  attempt("network net({.dt = 0 * ms})", [] { nernst::network<> net({.dt = 0 * ms}); });

  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<cell>(10, "cells");
  auto synapses = net.connect<excitation>(cells, cells, one_to_one(), 0 * ms, "synapses");
  auto spikes = net.record_spikes(cells);

  attempt("net.run(-1 * ms)", [&] { net.run(-1 * ms); });
  attempt("cells(5, 20)", [&] { cells(5, 20); });
  attempt("cells[\"w\"]", [&] { cells["w"]; });
  attempt("cells[cell::v] = std::vector<double>(3)", [&] { cells[cell::v] = std::vector<double>(3); });
  attempt("cells[cell::E] = cell::v", [&] { cells[cell::E] = cell::v; });
  attempt("net.record(cells, {\"E\"})", [&] { net.record(cells, {"E"}); });
  attempt("net.record(cells, {\"v\"}, {10})", [&] { net.record(cells, {"v"}, {10}); });
  attempt("net.connect<excitation>(cells(0, 5), cells, one_to_one())", [&] { net.connect<excitation>(cells(0, 5), cells, one_to_one()); });
  attempt("net.connect<excitation>(cells, cells, pairs({0, 1}, {2}))", [&] { net.connect<excitation>(cells, cells, pairs({0, 1}, {2})); });
  attempt("net.connect<excitation>(cells, cells, pairs({0, 1}, {2, 10}))", [&] {
    net.connect<excitation>(cells, cells, pairs({0, 1}, {2, 10}));
  });
  attempt("fixed_probability(1.5)", [] { fixed_probability(1.5); });
  attempt("net.connect<excitation>(cells, cells, all_to_all(), -1 * ms)",
          [&] { net.connect<excitation>(cells, cells, all_to_all(), -1 * ms); });
  attempt("synapses.set(excitation::w, {1e-3})", [&] { synapses.set(excitation::w, {1e-3}); });
  attempt("spikes.rates(0.25 * ms)", [&] { spikes.rates(0.25 * ms); });
  attempt("spikes.save(\"no such folder/spikes.npy\")", [&] { spikes.save("no such folder/spikes.npy"); });
}
