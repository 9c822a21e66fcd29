// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Timed arrays. The numbers are those of Brian 2's tests of TimedArray, except where a derivation
// stands beside them.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/trace.hpp"
#include "precision.hpp"

using namespace nernst::dsl;

namespace {

using test::numbers, test::trace;

struct reader {
  static constexpr auto input = timed_array<"input">(one);
  static constexpr auto last = state<"last">(one);
  static constexpr auto value = subexpression<"value">(input(t));
  static constexpr auto model = neuron(value, every(dt, last = value));
};
struct reader_of_columns {
  static constexpr auto input = timed_array<"input">(one);
  static constexpr auto value = subexpression<"value">(input(t, i) + 1);
  static constexpr auto last = state<"last">(one);
  static constexpr auto model = neuron(value, every(dt, last = value));
};
struct driven {
  static constexpr auto current = timed_array<"current">(ampere);
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = current(t) * ohm / dt, method(euler));
};
struct solved {
  static constexpr auto current = timed_array<"current">(one);
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = (current(t) - v) / ms, method(exact));
};
struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * v / second, threshold(v < 1), method(euler));
};
struct target {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model = neuron(d(w) / dt = 0 * w / second, method(euler));
};
struct weighted {
  static constexpr auto weight = timed_array<"weight">(one);
  static constexpr auto model = synapse(on_pre(post(target::w) += weight(t)));
};

}  // namespace

TEST_CASE("timed values come with a unit and a step") {
  timed_values const one_column({0 * nA, 1 * nA}, 10 * ms);
  CHECK(one_column.values() == numbers{0, 1e-9});
  CHECK(one_column.rows() == 2);
  CHECK(one_column.columns() == 1);
  CHECK(one_column.dt() == 1e-2);
  timed_values const columns({{0 * nA, 1 * nA, 2 * nA}, {3 * nA, 4 * nA, 5 * nA}}, 10 * ms);
  CHECK(columns.values()[4] == 4e-9);
  CHECK(columns.rows() == 2);
  CHECK(columns.columns() == 3);
  timed_values const scaled(numbers{1, 2, 3, 4}, nA, 1 * ms, 2);
  CHECK(scaled.values()[3] == 4 * 1e-9);
  CHECK(scaled.rows() == 2);
  CHECK(timed_values({1.0, 2.0}, 1 * ms).values() == numbers{1, 2});
  CHECK_THROWS_AS(timed_values({1.0}, 0 * ms), std::invalid_argument);
  CHECK_THROWS_AS(timed_values(numbers{1, 2, 3}, nA, 1 * ms, 2), std::invalid_argument);
  CHECK_THROWS_AS((timed_values({{1.0, 2.0}, {3.0}}, 1 * ms)), std::invalid_argument);
}

TEST_CASE("a timed array with columns") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<reader_of_columns>(3);
  numbers values;
  for (int k = 0; k < 12; ++k) values.push_back(k);
  cells[reader_of_columns::input] = timed_values(values, one, 0.1 * ms, 3);
  auto m = net.record(cells, {"value"});
  net.run(0.5 * ms);
  CHECK(trace(m, 0, 0) == numbers{1, 4, 7, 10, 10});
  CHECK(trace(m, 0, 1) == numbers{2, 5, 8, 11, 11});
  CHECK(trace(m, 0, 2) == numbers{3, 6, 9, 12, 12});
  CHECK(cells["last"].get() == numbers{10, 11, 12});
}

TEST_CASE("a timed array finer than the steps") {
  nernst::network net({.dt = 1 * ms});
  auto cells = net.population<reader>(1);
  cells[reader::input] =
      timed_values({0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0}, 0.01 * ms);
  auto m = net.record(cells, {"value"});
  net.run(2.1 * ms);
  CHECK(trace(m) == numbers{0, 9, 9});
}

TEST_CASE("kernels and records read the same values of a timed array") {
  // A row of 0.35 ms begins in steps 0, 4, 7, 11, 14: k row / dt rounded up, since 0.05 ms is
  // coarser than the grid.
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<reader>(20);
  cells["input"] = timed_values({1.0, 2.0, 3.0, 4.0, 5.0}, 0.35 * ms);
  auto m = net.record(cells, {"value"}, {19}),
       stored = net.record(cells, {"last"}, {19}, {slot::end, 0});
  net.run(1.6 * ms);
  CHECK(trace(m) == numbers{1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5});
  CHECK(trace(stored) == trace(m));
}

TEST_CASE("a timed array with units drives a state") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<driven>(7);
  for (int run = 1; run <= 2; ++run) {
    cells[driven::v] = 0 * volt;
    cells[driven::current] = timed_values({1 * run * amp, 2 * run * amp, 3 * run * amp}, 0.1 * ms);
    nernst::network again({.dt = 0.1 * ms});
    auto fresh = again.population<driven>(7);
    fresh["current"] = timed_values({1 * run * amp, 2 * run * amp, 3 * run * amp}, 0.1 * ms);
    again.run(0.3 * ms);
    for (double const v : fresh["v"].get()) CHECK(v == Approx(6 * run));
  }
}

TEST_CASE("a timed array in the reaction of synapses") {
  nernst::network net({.dt = 0.1 * ms});
  auto source = net.population<cell>(1);
  auto other = net.population<target>(3);
  auto synapses = net.connect<weighted>(source, other, all_to_all());
  CHECK_THROWS_AS(net.run(0.1 * ms), std::logic_error);
  synapses[weighted::weight] = timed_values({1.0, 10.0, 100.0}, 0.1 * ms);
  net.run(0.3 * ms);
  CHECK(other["w"].get() == numbers{111, 111, 111});
}

TEST_CASE("a timed array without values, or with others than it was declared for") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<driven>(1, "cells");
  CHECK_THROWS_WITH(net.run(0.1 * ms),
                    "cells[current]: expected the values of the timed array before a run");
  CHECK_THROWS_WITH((cells["current"] = timed_values({1.0}, 1 * ms)),
                    "cells[current]: expected values in A, found 1");
  CHECK_THROWS_AS((cells["v"] = timed_values({1 * mV}, 1 * ms)), std::invalid_argument);
}

TEST_CASE("exact integration holds a timed array over a step, which must fit") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<solved>(1, "cells");
  cells[solved::current] = timed_values({1.0, 3.0}, 1 * ms);
  net.run(2 * ms);
  double const first = 1 - std::exp(-1.0);
  CHECK(cells["v"][0] == Approx(3 + (first - 3) * std::exp(-1.0)).epsilon(test::up_to(1e-12)));
  cells[solved::current] = timed_values({1.0, 3.0}, 0.25 * ms);
  CHECK_THROWS_WITH(net.run(1 * ms), "cells[current]: expected values with a step that is a "
                                     "multiple of dt = 0.0001 s, which the exact "
                                     "method relies on");
}
