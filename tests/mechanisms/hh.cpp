// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/nmodl/mechanism.hpp>

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

/// A gate that is stepped by hand, with a table that depends on the step and the temperature.
struct stepped {
  static constexpr auto model = nernst::nmodl::with_tables(nernst::nmodl::mechanism(R"(
    NEURON { SUFFIX stepped NONSPECIFIC_CURRENT i RANGE g GLOBAL minf, mexp }
    PARAMETER { g = 0.001 (S/cm2) }
    ASSIGNED { v (mV) i (mA/cm2) celsius (degC) dt (ms) minf mexp }
    STATE { m }
    INITIAL { rates(v) m = minf }
    BREAKPOINT { SOLVE move i = g*m*v }
    PROCEDURE move() { rates(v) m = m + mexp*(minf - m) }
    PROCEDURE rates(v (mV)) {
      TABLE minf, mexp DEPEND dt, celsius FROM -100 TO 100 WITH 40
      minf = 1/(1 + exp(-(v + 35)/7))
      mexp = 1 - exp(-dt*3^((celsius - 6.3)/10)/(1 + 4*exp(-((v + 40)/20)^2)))
    }
  )"));
};

/// What no table can be close to.
struct jumping {
  static constexpr auto step = subexpression<"step">(floor(voltage / (3 * mV)));
  static constexpr auto model =
      density(step, tabulate(voltage, -1 * mV, 1.1 * mV, within(1e-3), step),
              current(step * 1e-9 * siemens / cm2 * voltage));
};
/// The channels of `hh` with tables of rates that are as long as it takes.
struct controlled_hh : hh {
  static constexpr auto m_inf = tabulated_hh::m_inf;
  static constexpr auto h_inf = tabulated_hh::h_inf;
  static constexpr auto n_inf = tabulated_hh::n_inf;
  static constexpr auto tau_m = tabulated_hh::tau_m;
  static constexpr auto tau_h = tabulated_hh::tau_h;
  static constexpr auto tau_n = tabulated_hh::tau_n;
  static constexpr auto model =
      density(m_inf, h_inf, n_inf, tau_m, tau_h, tau_n,
              tabulate(voltage, -100 * mV, 100 * mV, within(1e-7), m_inf, h_inf, n_inf),
              tabulate(voltage, -100 * mV, 100 * mV, within(0, 1e-6 * ms), tau_m, tau_h, tau_n),
              d(m) / dt = (m_inf - m) / tau_m, d(h) / dt = (h_inf - h) / tau_h,
              d(n) / dt = (n_inf - n) / tau_n, sodium.current((voltage - sodium.reversal) * g_na),
              potassium.current((voltage - potassium.reversal) * g_k), current((voltage - el) * gl),
              initial(m = m_inf, h = h_inf, n = n_inf), usual);
};

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

TEST_CASE("tables with an error that is asked for are within it") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(1 * mm, 1 * um)), nernst::fixed_per_branch(999));
  cells.paint(whole, voltage = -100 * mV + distance / mm * 200 * mV);
  cells.set_temperature(289.45 * kelvin);
  auto const channels = cells.paint<controlled_hh>(whole);
  net.run(0.025 * ms);
  auto const tables = channels.tables();
  REQUIRE(tables.size() == 6);
  for (std::size_t k = 0; k < 6; ++k) {
    CAPTURE(tables[k].name);
    CHECK(tables[k].pieces == tables[k / 3 * 3].pieces);
    CHECK((k < 3 ? tables[k].relative_error : tables[k].absolute_error * 1e9) < (k < 3 ? 1e-7 : 1));
  }
  CHECK(tables[0].name == "m_inf");
  // What the channels look up, beside the formulas.
  std::vector<double> const m = channels["m_inf"].get(), tau = channels["tau_m"].get();
  std::vector<double> v = cells["v"].get();
  v.pop_back();  // the end, which has no area
  v.erase(v.begin());
  REQUIRE(m.size() == v.size());
  double worst = 0, worst_time = 0;
  for (std::size_t k = 0; k < v.size(); ++k) {
    double const x = -(v[k] * 1e3 + 40) / 10;
    double const a = x == 0 ? 1 : x / std::expm1(x), b = 4 * std::exp(-(v[k] * 1e3 + 65) / 18);
    worst = std::max(worst, std::abs(m[k] * (a + b) / a - 1));
    worst_time = std::max(worst_time, std::abs(tau[k] - 1e-3 / 3 / (a + b)));
  }
  CHECK(worst < 1.01e-7);
  CHECK(worst_time < 1.01e-9);
  // With that many pieces, it is not by far too good: half as many would not be enough.
  CHECK(std::max({tables[0].relative_error, tables[1].relative_error, tables[2].relative_error}) >
        0.2e-7);
  CHECK(apart<controlled_hh>("hh_sim/exact", 0) < 1e-3);
}

TEST_CASE("tables of a number of pieces tell how far they are from the values") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(1 * mm, 1 * um)), nernst::fixed_per_branch(1));
  auto const channels = cells.paint<tabulated_hh>(whole);
  net.run(0.025 * ms);
  auto const tables = channels.tables();
  REQUIRE(tables.size() == 6);
  CHECK(tables[0].name == "m_inf");
  CHECK(tables[0].pieces == 200);
  // Straight lines over 1 mV, at ten parts of each, beside the formula.
  auto const m_inf = [](double v) {
    double const x = -(v + 40) / 10;
    double const a = x == 0 ? 1 : x / std::expm1(x), b = 4 * std::exp(-(v + 65) / 18);
    return a / (a + b);
  };
  double absolute = 0, relative = 0;
  for (int k = 0; k < 2000; ++k) {
    double const v = k / 10 - 100, part = k % 10 / 10.0, value = m_inf(v + part);
    double const error = std::abs(m_inf(v) + part * (m_inf(v + 1) - m_inf(v)) - value);
    absolute = std::max(absolute, error);
    relative = std::max(relative, error / value);
  }
  CHECK(tables[0].absolute_error == Approx(absolute));
  CHECK(tables[0].relative_error == Approx(relative));
}

// NEURON 9.0.2: hh (usetable_hh 1) with an IClamp of 0.1 nA, and `stepped` with pas (0.5 mS/cm2,
// -70 mV), in cylinders of 20 um, from finitialize(-50) on; 120 steps of 0.025 ms at 6.3 degrees,
// 60 of 0.05 ms, and 60 at 16.3 degrees.
TEST_CASE("tables are made anew where the step and the temperature change") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(2, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  cells(0).paint<stepped>(whole);
  cells(0).paint<passive>(whole, passive::g = 0.5 * mS / cm2, passive::e = -70 * mV);
  auto const channels = cells(1).paint<tabulated_hh>(whole);
  cells(1).place<current_clamp>(at(0, 0.5), current_clamp::duration = 1 * second,
                                current_clamp::amplitude = 0.1 * nA);
  cells.set_temperature(279.45 * kelvin);
  cells.initialise(-50 * mV);
  auto const compare = [&cells](double first, double second) {
    CHECK(1e3 * cells["v"].get()[1] == Approx(first).epsilon(1e-11));
    CHECK(1e3 * cells["v"].get()[4] == Approx(second).epsilon(1e-11));
  };
  net.run(3 * ms);
  compare(-57.83917727284254, -68.75469290709417);
  net.set_dt(0.05 * ms);
  net.run(3 * ms);
  compare(-62.30571359985396, -63.381654739567395);
  double const before = channels.tables()[3].absolute_error;
  cells.set_temperature(289.45 * kelvin);
  net.run(3 * ms);
  compare(-66.37987416793341, -58.6545451922019);
  CHECK(channels.tables()[3].absolute_error == Approx(before / 3));  // of tau_m: q10 is 3
}

TEST_CASE("tables that would be too long are named") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const cells =
      net.cells(1, nernst::morphology(cylinder(1 * mm, 1 * um)), nernst::fixed_per_branch(1));
  cells.paint<jumping>(whole);
  CHECK_THROWS_WITH(net.run(1 * ms), Catch::Contains("expected a table of 'step'") &&
                                         Catch::Contains("1048576 pieces"));
}
