// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <cmath>
#include <limits>
#include <stdexcept>

using namespace nernst::dsl;
using nernst::watch;
using numbers = std::vector<double>;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// v is no number behind the first step with t > until; w is infinite behind the first one at t >=
/// from.
struct failing {
  static constexpr auto v = state<"v">(one);
  static constexpr auto w = state<"w">(one);
  static constexpr auto until = parameter<"until">(second);
  static constexpr auto from = parameter<"from">(second);
  static constexpr auto model = neuron(every(dt, v = sqrt((until - t) / second),
                                             w = where(t < from - dt / 2, 1.0, -1 / (0 * t / t))),
                                       threshold(v + w > 1e9));
};
/// The same of a variable that all share.
struct failing_for_all {
  static constexpr auto level = shared<"level">(one);
  static constexpr auto model =
      neuron(every(dt, level = where(t < 0.25 * ms, 1.0, log(0 * t / second))));
};

/// w is no number behind the first step that begins with more than 3.
struct failing_synapse {
  static constexpr auto w = state<"w">(one);
  static constexpr auto model = synapse(every(dt, w = sqrt(3 - w) + w + 1).when(slot::end));
};

/// The message of what ends a run.
template <class Run>
std::string end_of(Run run) {
  try {
    run();
  } catch (std::runtime_error const& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a run that is watched ends with the first state that is not finite", "[watch]") {
  nernst::network net({.dt = 0.1 * ms});
  auto before = net.population<failing>(5, "before"), cells = net.population<failing>(40, "cells");
  before["until"] = 1 * second;
  before["from"] = 1 * second;
  cells["from"] = 1 * second;
  numbers until(40, 1);
  until[3] = 0.00235;
  until[17] = 0.00125;
  until[29] = 0.00125;
  cells["until"] = until;
  auto trace = net.record(cells, {"v"}, {17});

  CHECK(end_of([&] { net.run(1 * ms, watch::finite); }) == "");
  CHECK(end_of([&] { net.run(9 * ms, watch::finite); }) ==
        "cells[v]: expected a finite value, found nan at neuron 17, t = 0.0014 s (step 14)");
  // It goes on where it ended.
  CHECK(net.time() == Approx(1.4e-3));
  CHECK(trace.steps() == 14);
  CHECK(std::isfinite(trace.at(12, 0, 0)));
  CHECK(std::isnan(cells["v"][17]));
  CHECK(std::isfinite(cells["v"][3]));
  until[17] = 1;
  until[29] = 1;
  cells["until"] = until;
  CHECK(end_of([&] { net.run(0.1 * ms, watch::finite); }) == "");
  CHECK(end_of([&] { net.run(2 * ms, watch::finite); }) ==
        "cells[v]: expected a finite value, found nan at neuron 3, t = 0.0025 s (step 25)");
  // Nobody looks, unless asked to.
  CHECK(end_of([&] { net.run(2 * ms); }) == "");
  CHECK(net.time() == Approx(4.5e-3));
}

TEST_CASE("of what fails in one step the first population, variable and neuron is named",
          "[watch]") {
  nernst::network net({.dt = 0.1 * ms});
  auto early = net.population<failing>(7), late = net.population<failing>(9, "late");
  for (auto& cells : {early, late}) {
    cells["until"] = 1 * second;
    cells["from"] = 1 * second;
  }
  auto const one_at = [](std::size_t size, std::size_t place, double value) {
    numbers all(size, 1);
    all[place] = value;
    return all;
  };
  late["until"] = one_at(9, 0, 0.35e-3);
  early["from"] = one_at(7, 6, 0.4e-3);
  CHECK(end_of([&] { net.run(1 * ms, watch::finite); }) ==
        "population 0[w]: expected a finite value, found -inf at neuron 6, t = 0.0005 s (step 5)");
  late["from"] = one_at(9, 8, 0);
  early["from"] = 1 * second;
  CHECK(end_of([&] { net.run(1 * ms, watch::finite); }) ==
        "late[v]: expected a finite value, found nan at neuron 0, t = 0.0006 s (step 6)");
}

TEST_CASE("a watched run reports as others do, and looks at shared states", "[watch]") {
  nernst::network net({.dt = 0.1 * ms});
  net.population<failing_for_all>(3, "all");
  int reports = 0;
  auto const reporter = [&reports](nernst::report::progress_info const&) { ++reports; };
  net.run(0.1 * ms, nernst::watch::finite);
  net.run(0.1 * ms, reporter, nernst::watch::finite);
  CHECK(reports == 2);
  CHECK(end_of([&] { net.run(1 * ms, reporter, watch::finite); }) ==
        "all[level]: expected a finite value, found -inf at t = 0.0004 s (step 4)");
  CHECK(reports == 3);
}

TEST_CASE("what the user gives may be infinite", "[watch]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<failing>(3);
  cells["until"] = infinity * second;
  cells["from"] = infinity * second;
  CHECK(end_of([&] { net.run(1 * ms, watch::finite); }).starts_with("population 0[v]"));
  cells["until"] = 1 * second;
  CHECK(end_of([&] { net.run(1 * ms, watch::finite); }) == "");
}

TEST_CASE("a watched run looks at the states of synapses, behind those of neurons", "[watch]") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<failing>(30);
  cells["until"] = 1 * second;
  cells["from"] = 1 * second;
  auto synapses =
      net.connect<failing_synapse>(cells, cells, pairs({3, 2, 1}, {0, 29, 5}), 0 * ms, "s");
  synapses[failing_synapse::w] = numbers{0, 3.5, 0};
  CHECK(end_of([&] { net.run(1 * ms, watch::finite); }) ==
        "s[w]: expected a finite value, found nan at synapse 1, t = 0.0001 s (step 1)");
  CHECK(synapses[failing_synapse::w][0] == Approx(1 + std::sqrt(3)));
}
