// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// One cell with eight channels, beside NEURON and Arbor (tests/data/make_side_by_side.py).

#include <nernst/mechanisms.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"
#include <fstream>

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

nernst::morphology shape_of_file() {
  std::ifstream file(NERNST_TEST_DATA "/side_by_side/shape.txt");
  std::vector<nernst::morphology> made;
  int parent = 0, tag = 0, number = 0;
  for (double length = 0, first = 0, last = 0; file >> parent >> tag >> length >> first >> last;) {
    auto const shape = section({length * um}, {first * um, last * um}).tagged(tag);
    if (made.empty())
      made.emplace_back(shape);
    else
      made.front().attach(parent, 1, shape, "s" + std::to_string(number));
    ++number;
  }
  return made.front();
}

template <class Mechanism, class Cells, class... Values>
void paint(Cells const& cells, int which, Values const&... given) {
  cells.template paint<Mechanism>(tag(which), given...);
}

/// The voltages in mV at the sites, every 0.2 ms, with steps of 0.025 / 2^halved ms.
std::vector<std::vector<double>> voltages(int halved, int order) {
  nernst::morphology const shape = shape_of_file();
  double const dt = 0.025 / (1 << halved);
  nernst::network<> net({.dt = dt * ms});
  auto const cells = net.cells(1, shape, nernst::greatest_length(20 * um));
  cells.set(test::scheme_of(order));
  cells.set_temperature(307.15 * kelvin);
  auto const unit = siemens / cm2;
  cells.paint(whole, voltage = -70 * mV, axial_resistivity = 100 * ohm * cm);
  for (int const k : {1, 2, 3, 4}) {
    paint<passive>(cells, k, passive::g = (k < 3 ? 5e-5 : 7.5e-5) * unit);
    double const na[] = {0.05, 0.2, 0.01, 0.015}, kdr[] = {0.03, 0.12, 0.012, 0.012};
    paint<transient_sodium>(cells, k, transient_sodium::gbar = na[k - 1] * unit);
    paint<delayed_rectifier>(cells, k, delayed_rectifier::gbar = kdr[k - 1] * unit);
    if (k < 3)
      paint<m_type_potassium>(cells, k, m_type_potassium::gbar = (k == 1 ? 2e-4 : 5e-4) * unit);
    if (k == 2) continue;
    double const ka[] = {1e-4, 0, 2e-4, 3e-4}, high[] = {3e-4, 0, 1e-4, 2e-4};
    double const slow[] = {2e-4, 0, 1e-4, 1e-4}, h[] = {2e-5, 0, 4e-5, 8e-5};
    paint<a_type_potassium>(cells, k, a_type_potassium::gbar = ka[k - 1] * unit);
    paint<high_voltage_calcium>(cells, k, high_voltage_calcium::gbar = high[k - 1] * unit);
    if (k != 3)
      paint<low_voltage_calcium>(cells, k,
                                 low_voltage_calcium::pbar = (k == 1 ? 1e-5 : 2e-5) * cm / second);
    paint<calcium_pool>(cells, k, calcium_pool::depth = (k == 1 ? 0.2 : 0.1) * um);
    paint<sk_potassium>(cells, k, sk_potassium::gbar = slow[k - 1] * unit);
    paint<ih>(cells, k, ih::gbar = h[k - 1] * unit);
  }
  cells.paint(whole, sodium.reversal = 55 * mV, potassium.reversal = -90 * mV,
              calcium.inside = 1e-4 * mM);
  cells.place<current_clamp>(at(0, 0.5), current_clamp::delay = 5 * ms,
                             current_clamp::duration = 30 * ms,
                             current_clamp::amplitude = 0.6 * nA);
  std::vector<nernst::cable::location> sites;
  std::ifstream file(NERNST_TEST_DATA "/side_by_side/sites.txt");
  for (int site = 0; file >> site;) sites.push_back({site, 0.5});
  auto const v = cells.record(voltage, nernst::places(sites), 0.2 * ms);
  net.run((40 + dt) * ms);
  std::vector<std::vector<double>> all;
  for (std::size_t k = 0; k < sites.size(); ++k) {
    all.push_back(v.trace(0, k));
    for (double& value : all.back()) value *= 1e3;
  }
  return all;
}

using traces = std::vector<std::vector<double>>;
double apart(traces const& a, traces const& b, std::size_t until = SIZE_MAX) {
  double worst = 0;
  for (std::size_t k = 0; k < a.size(); ++k)
    for (std::size_t n = 0; n < std::min(a[k].size(), until); ++n)
      worst = std::max(worst, std::abs(a[k][n] - b[k][n]));
  return worst;
}
traces of_file(std::string const& program, int halved) {
  test::neuron_rows const file("../side_by_side/" + program + "_" + std::to_string(halved) +
                               ".npy");
  traces all(file.all.shape.at(1));
  for (std::size_t k = 0; k < all.size(); ++k)
    for (std::size_t n = 0; n < file.rows(); ++n) all[k].push_back(file.at(n, k));
  return all;
}

/// The voltages with each step.
std::vector<traces> with_all_steps(int order) {
  std::vector<traces> all;
  for (int k = 0; k < 4; ++k) all.push_back(voltages(k, order));
  return all;
}
/// The order of the scheme, by how changes shrink when steps are halved twice; before the first
/// spike.
double order_of(std::vector<traces> const& all) {
  return std::log2(apart(all[0], all[1], 40) / apart(all[2], all[3], 40)) / 2;
}

}  // namespace

TEST_CASE("a cell with eight channels is that of NEURON, and of Arbor as far as steps let it") {
  std::vector<traces> const ours = with_all_steps(0);
  for (int k = 0; k < 4; ++k) {
    CAPTURE(k);
    auto const which = static_cast<std::size_t>(k);
    traces const of_arbor = of_file("arbor", k);
    CHECK(apart(ours[which], of_file("neuron", k)) < 1e-5);
    // Arbor differs by less than half of what it and NEURON change when steps are halved.
    if (k < 3) CHECK(apart(ours[which], of_arbor) < 0.5 * apart(of_arbor, of_file("arbor", k + 1)));
  }
  CHECK(order_of(ours) == Approx(1).margin(0.1));
  CHECK(order_of(with_all_steps(2)) == Approx(2).margin(0.1));
}
