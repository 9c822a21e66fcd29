// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "precision.hpp"
#include <algorithm>
#include <cmath>

using namespace nernst::dsl;
using Catch::Matchers::Contains;

namespace {

struct leak {
  static constexpr auto v = state<"v">(one);
  static constexpr auto f = subexpression<"f">(clip(v, 0.1, 0.9));
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto model = neuron(d(v) / dt = -v / (10 * ms) + 0 * rate, f);
};

struct constant_voltage {
  static constexpr auto v = parameter<"v">(volt);
  static constexpr auto w = state<"w">(ampere);
  static constexpr auto model = neuron(d(w) / dt = v / (Gohm * ms), method(euler));
};

using numbers = std::vector<double>;
using names = std::vector<std::string>;
using indices = std::vector<std::uint32_t>;

struct setting {
  nernst::network<> net{{.dt = 0.1 * ms}};
  decltype(net.population<leak>(1)) cells = net.population<leak>(2, "cells");
  setting() {
    cells["v"] = "1";
    cells[leak::rate] = numbers{100, 1000};
  }
};

}  // namespace

// Brian 2: test_state_monitor
TEST_CASE("all kinds of variables are recorded, for all neurons or some, or time alone") {
  setting s;
  auto const nothing = s.net.record(s.cells, {});
  auto const v = s.net.record(s.cells, {"v"}), v1 = s.net.record(s.cells, {"v"}, {1});
  auto const multi = s.net.record(s.cells, {"v", "f", "rate"});
  s.net.run(10 * ms);
  REQUIRE(nothing.steps() == 100);
  CHECK(nothing.times() == v.times());
  for (std::size_t k = 0; k < 100; ++k) {
    CHECK(v.times()[k] == static_cast<double>(k) * 1e-4);
    CHECK(v.at(k, 0, 1) == Approx(std::exp(-v.times()[k] / 0.01)));
  }
  CHECK(v.trace("v", 1) == v1.trace("v", 1));
  CHECK(v.trace(leak::v, 0) == multi.trace("v", 0));
  CHECK(multi.trace(leak::rate, 1) == numbers(100, 1000));
  numbers clipped = multi.trace("v", 0);
  for (double& x : clipped) x = std::clamp(x, test::kept(0.1), test::kept(0.9));
  CHECK(multi.trace(leak::f, 0) == clipped);
}

TEST_CASE("what is recorded may be named by variables, and neurons by any integers") {
  setting s;
  std::vector<int> const last{1};
  std::size_t const first = 0;
  auto const both = s.net.record(s.cells, {leak::v, leak::f}, last);
  auto const one = s.net.record(s.cells, leak::v, first), text = s.net.record(s.cells, "v");
  auto const slow = s.net.record(s.cells, {leak::v, "f"}, {0, 1}, 0.2 * ms);
  s.net.run(1 * ms);
  CHECK(both.variables() == names{"v", "f"});
  CHECK(both.trace(leak::v, 1) == text.trace("v", 1));
  CHECK(one.trace(leak::v, 0) == text.trace("v", 0));
  CHECK(slow.steps() == 5);
  CHECK(slow.time(1) == 0.2e-3);
  CHECK_THROWS_WITH(s.net.record(s.cells, "v", -1), Contains("found -1"));
}

// Brian 2: test_state_monitor_record_single_timestep
TEST_CASE("brian2 95: one more row with the present values") {
  setting s;
  auto const v = s.net.record(s.cells, {"v", "f"}, {0});
  s.net.run(0.5 * ms);
  s.net.record_now(v);
  REQUIRE(v.steps() == 6);
  CHECK(v.times().front() == 0);
  CHECK(v.times().back() == Approx(5e-4));
  CHECK(v.trace("v", 0).front() == 1);
  CHECK(v.trace("v", 0).back() == s.cells["v"][0]);
  CHECK(v.trace("f", 0).back() == test::kept(0.9));
  s.net.run(0.2 * ms);
  REQUIRE(v.steps() == 8);
  CHECK(v.time(6) == Approx(5e-4));
  CHECK(v.time(7) == Approx(6e-4));

  nernst::network<> other({.dt = 0.1 * ms});
  CHECK_THROWS_WITH(other.record_now(v), "record_now: expected a record of this network");
}

// Brian 2: test_state_monitor_bigger_dt
TEST_CASE("a period records every k-th step") {
  setting s;
  constexpr nernst::ir::instant start{slot::start, 0};
  auto const v = s.net.record(s.cells, {"v"});
  auto const slow = s.net.record(s.cells, {"v"}, {}, start, 0.5 * ms);
  s.net.run(0.3 * ms);
  auto const late = s.net.record(s.cells, {"v"}, {1}, start, 0.5 * ms);
  s.net.run(0.8 * ms);
  CHECK(v.steps() == 11);
  REQUIRE(slow.steps() == 3);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(slow.time(k) == v.time(5 * k));
    CHECK(slow.at(k, 0, 1) == v.at(5 * k, 0, 1));
  }
  REQUIRE(late.steps() == 2);
  CHECK(late.time(0) == v.time(5));
  CHECK(late.trace("v", 1) == numbers{v.at(5, 0, 1), v.at(10, 0, 1)});
}

TEST_CASE("a period is a multiple of dt, also where that changes") {
  setting s;
  constexpr nernst::ir::instant start{slot::start, 0};
  CHECK_THROWS_AS(s.net.record(s.cells, {"v"}, {}, start, -1 * ms), std::invalid_argument);
  CHECK_THROWS_WITH(s.net.record(s.cells, {"v"}, {}, start, 0.25 * ms),
                    "record of cells: expected a period that is a multiple of dt = 0.0001 s, found "
                    "0.00025 s");
  auto const v = s.net.record(s.cells, {"v"}, {0}, start, 0.2 * ms);
  s.net.run(0.4 * ms);
  s.net.set_dt(0.05 * ms);
  s.net.run(0.4 * ms);
  REQUIRE(v.steps() == 4);
  for (std::size_t k = 0; k < 4; ++k) CHECK(v.time(k) == Approx(static_cast<double>(k) * 2e-4));
  s.net.set_dt(0.4 * ms);
  CHECK_THROWS_AS(s.net.run(0.4 * ms), std::invalid_argument);
}

// Brian 2: test_state_monitor_indexing
TEST_CASE("a trace is asked for by the variable and the neuron's number") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<constant_voltage>(10, "cells");
  cells["v"] = "i*volt";
  auto const record = net.record(cells(2, 10), {"v", "w"}, {3, 4, 5});
  net.run(0.2 * ms);
  CHECK(record.variables() == names{"v", "w"});
  CHECK(record.units() == names{"V", "A"});
  CHECK(record.neurons() == indices{3, 4, 5});
  CHECK(record.trace("v", 3) == numbers{5, 5});
  CHECK(record.trace(constant_voltage::v, 5) == numbers{7, 7});
  CHECK_THROWS_AS(record.trace("v", 8), std::out_of_range);
  CHECK_THROWS_WITH(record.trace("v", 0),
                    "record of cells: expected one of the recorded neurons (3, 4, 5), found 0");
  CHECK_THROWS_AS(record.trace("i", 3), std::out_of_range);
  auto const other = net.record(cells, {"w"});
  CHECK_THROWS_WITH(other.trace(constant_voltage::v, 3),
                    "record of cells: expected one of the recorded variables (w), found 'v'");
  CHECK_THROWS_WITH(record.at(0, 2, 0), Contains("the place of a variable below 2"));
}
