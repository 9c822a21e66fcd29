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
  static constexpr auto model =
      neuron(d(v) / dt = (E - v) / (10 * ms), threshold(v > -50 * mV), reset(v = E));
};
struct excitation {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cell::v) += w));
};
struct follower {
  static constexpr auto leader = linked<"leader">(volt);
  static constexpr auto v = state<"v">(volt);
  static constexpr auto input = timed_array<"input">(volt);
  static constexpr auto model = neuron(d(v) / dt = (leader + input(t) - v) / (10 * ms),
                                       threshold(v > -50 * mV), reset(v = -70 * mV));
};
struct unset {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto model = neuron(d(v) / dt = -v / tau, method(exact));
};
struct pushed {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto period = shared<"period">(second);
  static constexpr auto model = neuron(d(v) / dt = -v / (10 * ms), every(period, v += 1 * mV));
};
}  // namespace errors

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
  using errors::cell, errors::excitation, errors::follower, errors::pushed, errors::unset;

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
  attempt("cells[cell::v] = std::vector<double>(3)",
          [&] { cells[cell::v] = std::vector<double>(3); });
  attempt("cells[cell::E] = cell::v", [&] { cells[cell::E] = cell::v; });
  attempt("cells[\"v\"] = -65 * mA", [&] { cells["v"] = -65 * mA; });
  attempt("cells[\"v\"] = -65.0", [&] { cells["v"] = -65.0; });
  attempt("cells[\"v\"] = \"E + 5*mA\"", [&] { cells["v"] = "E + 5*mA"; });
  attempt("cells[\"v\"] = \"E + 5*\"", [&] { cells["v"] = "E + 5*"; });
  attempt("cells[\"v\"][\"w > 0\"] = \"E\"", [&] { cells["v"]["w > 0"] = "E"; });
  attempt("net.record(cells, {\"v\"}, {10})", [&] { net.record(cells, {"v"}, {10}); });
  attempt("net.connect<excitation>(cells(0, 5), cells, one_to_one())",
          [&] { net.connect<excitation>(cells(0, 5), cells, one_to_one()); });
  attempt("net.connect<excitation>(cells, cells, pairs({0, 1}, {2}))",
          [&] { net.connect<excitation>(cells, cells, pairs({0, 1}, {2})); });
  attempt("net.connect<excitation>(cells, cells, pairs({0, 1}, {2, 10}))",
          [&] { net.connect<excitation>(cells, cells, pairs({0, 1}, {2, 10})); });
  attempt("fixed_probability(1.5)", [] { fixed_probability(1.5); });
  attempt("net.connect<excitation>(cells, cells, all_to_all(), -1 * ms)",
          [&] { net.connect<excitation>(cells, cells, all_to_all(), -1 * ms); });
  attempt("synapses[excitation::w] = {1e-3}", [&] { synapses[excitation::w] = {1e-3}; });
  attempt("spikes.rates(0.25 * ms)", [&] { spikes.rates(0.25 * ms); });
  auto trace = net.record(cells, {"v"}, {7, 3});
  net.run(1 * ms);
  attempt("trace.at(0, 0, 3), neurons 7 and 3 recorded", [&] { trace.at(0, 0, 3); });
  attempt("trace.time(10), 10 steps recorded", [&] { trace.time(10); });
  attempt("trace.trace(\"w\", 7)", [&] { trace.trace("w", 7); });
  attempt("trace.trace(\"v\", 0)", [&] { trace.trace("v", 0); });
  attempt("net.record(cells, {\"v\"}, {}, {slot::start, 0}, 0.25 * ms)",
          [&] { net.record(cells, {"v"}, {}, {slot::start, 0}, 0.25 * ms); });
  attempt("net.record_spikes(cells, {\"v\"}, {slot::start, 0})",
          [&] { net.record_spikes(cells, {"v"}, {slot::start, 0}); });
  attempt("net.record_spikes(cells, nernst::keep::counts).times()",
          [&] { net.record_spikes(cells, nernst::keep::counts).times(); });
  attempt("spikes.save(\"spikes.txt\")", [&] { spikes.save("spikes.txt"); });
  attempt("spikes.save(\"no such folder/spikes.npy\")",
          [&] { spikes.save("no such folder/spikes.npy"); });

  auto followers = net.population<follower>(2, "followers");
  auto clocks = net.population<pushed>(1, "clocks");
  attempt("followers.link(follower::leader, cells, cell::v)",
          [&] { followers.link(follower::leader, cells, cell::v); });
  attempt("followers.link(follower::leader, cells, cell::v, {3, 10})", [&] {
    followers.link(follower::leader, cells, cell::v, std::vector<std::int32_t>{3, 10});
  });
  attempt("followers.link(\"leader\", clocks, \"period\")",
          [&] { followers.link("leader", clocks, "period"); });
  attempt("net.record(followers, {\"input\"})", [&] { net.record(followers, {"input"}); });
  attempt("net.run(1 * ms)", [&] { net.run(1 * ms); });
  followers.link(follower::leader, cells, cell::v, std::vector<std::int32_t>{3, 4});
  attempt("net.run(1 * ms), followers linked", [&] { net.run(1 * ms); });
  attempt("followers[\"input\"] = timed_values({1 * nA, 2 * nA}, ms)",
          [&] { followers["input"] = nernst::timed_values({1 * nA, 2 * nA}, ms); });
  attempt("timed_values({1.0, 2.0, 3.0}, mV, ms, 2)",
          [&] { nernst::timed_values({1.0, 2.0, 3.0}, mV, ms, 2); });
  followers["input"] = nernst::timed_values({1 * mV, 2 * mV}, ms);
  clocks[pushed::period] = 0.5 * ms;
  auto decaying = net.population<unset>(10, "decaying");
  attempt("net.run(1 * ms), tau of decaying never set", [&] { net.run(1 * ms); });
  decaying[unset::tau] = 10 * ms;
  clocks[pushed::period] = 0.25 * ms;
  attempt("clocks[pushed::period] = 0.25 * ms; net.run(1 * ms)", [&] { net.run(1 * ms); });
}
