// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/hh.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"
#include <fstream>
#include <numbers>
#include <sstream>

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

/// How far three compartments are from NEURON's, in mV, and whether spikes of one are its spikes.
template <class Model>
double apart(std::string const& file, int order) {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells =
      net.cells(1, nernst::morphology(cylinder(10 * um, 10 * um)), nernst::fixed_per_branch(3));
  cells.set(test::scheme_of(order));
  cells.template paint<Model>(whole);
  cells.template place<current_clamp>(at(0, 0.5), current_clamp::delay = 1 * ms,
                                      current_clamp::duration = 0.1 * ms,
                                      current_clamp::amplitude = 0.3 * nA);
  auto const v = cells.record(voltage, at(0, 1.0 / 6) || at(0, 0.5) || at(0, 5.0 / 6));
  net.run(10.025 * ms);
  test::neuron_rows const theirs(test::order_file(file, order));
  double worst = 0;
  for (std::size_t k = 0; k < 3; ++k) worst = std::max(worst, theirs.worst(k, v.trace(0, k), 1e3));
  return worst;
}

/// The steps behind which the voltage of one compartment is above 0 mV and was not before.
template <class Model>
std::vector<int> spikes(double current, double dt, int order) {
  nernst::network<> net({.dt = dt * ms});
  auto const side = std::sqrt(500 / std::numbers::pi) * um;
  auto cells = net.cells(1, nernst::morphology(cylinder(side, side)), nernst::fixed_per_branch(1));
  cells.set(test::scheme_of(order));
  cells.template paint<Model>(whole);
  cells.template place<current_clamp>(at(0, 0.5), current_clamp::delay = 5 * ms,
                                      current_clamp::duration = 1e6 * second,
                                      current_clamp::amplitude = current * nA);
  auto const record = cells.record(voltage, at(0, 0.5));
  net.run((100 + dt) * ms);
  auto const v = record.trace();
  std::vector<int> steps;
  for (std::size_t k = 1; k < v.size(); ++k)
    if (v[k] > 0 && !(v[k - 1] > 0)) steps.push_back(static_cast<int>(k));
  return steps;
}

}  // namespace

TEST_CASE("three compartments with hh agree with NEURON") {
  for (int const order : {0, 1, 2}) {
    CAPTURE(order);
    CHECK(apart<hh>("hh_sim/exact", order) < 1e-9);
    CHECK(apart<tabulated_hh>("hh_sim/table", order) < 1e-9);
  }
}

TEST_CASE("spikes of one compartment with hh are those of NEURON") {
  std::ifstream file(NERNST_TEST_DATA "/neuron/squid/spikes.txt");
  int runs = 0;
  for (std::string line; std::getline(file, line); ++runs) {
    std::istringstream words(line);
    double current = 0, dt = 0;
    int order = 0;
    bool table = false;
    words >> current >> dt >> order >> table;
    std::vector<int> theirs;
    for (int step = 0; words >> step;) theirs.push_back(step);
    CAPTURE(line);
    CHECK(theirs ==
          (table ? spikes<tabulated_hh>(current, dt, order) : spikes<hh>(current, dt, order)));
  }
  CHECK(runs == 12);
}
