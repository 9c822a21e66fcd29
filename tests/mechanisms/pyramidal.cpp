// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A branched cell with nine channels (tests/data/make_neuron_pyramidal.py).

#include <nernst/mechanisms.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"
#include <array>
#include <fstream>
#include <map>
#include <sstream>

using namespace nernst::dsl;
using namespace nernst::mechanisms;

namespace {

/// What pyramidal/sections.txt says: compartments of each section by its name here, and the sites.
struct sections {
  std::map<std::string, int> count;
  std::vector<std::string> sites;
};
sections sections_of_file() {
  std::ifstream file(NERNST_TEST_DATA "/neuron/pyramidal/sections.txt");
  sections all;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, name, parent;
    double x = 0, length = 0;
    int count = 0;
    words >> kind >> name;
    if (name == "soma[0]") name = "soma";
    if (kind == "site") all.sites.push_back(name);
    if (kind != "section") continue;
    words >> parent >> x >> length >> count;
    all.count[name] = count;
  }
  return all;
}
nernst::discretisation counts(std::map<std::string, int> const& count) {
  return nernst::fixed_per_branch(
      [=](nernst::cable::branch const& of) { return count.at(of.name); });
}

nernst::region const soma = tag(1);
nernst::region const axon = tag(2);
nernst::region const basal = tag(3);
nernst::region const apical = tag(4);
auto const unit = siemens / cm2;

template <class Cells>
void paint_passive(Cells const& cells) {
  cells.paint(basal || apical, axial_resistivity = 150 * ohm * cm,
              membrane_capacitance = 1.5 * uF / cm2);
  cells.paint(soma || axon, axial_resistivity = 100 * ohm * cm);
  cells.template paint<passive>(soma || axon, passive::g = 5e-5 * unit);
  cells.template paint<passive>(basal || apical, passive::g = 7.5e-5 * unit);
}
/// As PAINTED there.
template <class Cells>
void paint_channels(Cells const& cells) {
  cells.paint(whole, sodium.reversal = 55 * mV, potassium.reversal = -90 * mV);
  cells.template paint<calcium_pool>(apical, calcium_pool::depth = 0.1 * um);
  cells.template paint<calcium_pool>(soma, calcium_pool::depth = 0.2 * um);
  cells.template paint<calcium_pool>(basal, calcium_pool::depth = 0.1 * um);

  auto const na = transient_sodium::gbar;
  cells.template paint<transient_sodium>(soma, na = 0.05 * unit);
  cells.template paint<transient_sodium>(axon, na = 0.2 * unit);
  cells.template paint<transient_sodium>(basal, na = 0.01 * unit * exp(-distance / (150 * um)));
  cells.template paint<transient_sodium>(apical, na = 0.02 * unit * exp(-distance / (300 * um)));

  auto const kdr = delayed_rectifier::gbar;
  cells.template paint<delayed_rectifier>(soma, kdr = 0.03 * unit);
  cells.template paint<delayed_rectifier>(axon, kdr = 0.12 * unit);
  cells.template paint<delayed_rectifier>(basal || apical, kdr = 0.012 * unit);

  auto const ka = a_type_potassium::gbar;
  cells.template paint<a_type_potassium>(soma, ka = 1e-4 * unit);
  cells.template paint<a_type_potassium>(basal || apical,
                                         ka = 1e-4 * unit * (1 + distance / (100 * um)));
  cells.template paint<m_type_potassium>(soma, m_type_potassium::gbar = 0.0002 * unit);
  cells.template paint<m_type_potassium>(axon, m_type_potassium::gbar = 0.0005 * unit);

  auto const high = high_voltage_calcium::gbar;
  cells.template paint<high_voltage_calcium>(soma, high = 0.0003 * unit);
  cells.template paint<high_voltage_calcium>(basal, high = 0.0001 * unit);
  cells.template paint<high_voltage_calcium>(apical, high = 0.0002 * unit);
  cells.template paint<low_voltage_calcium>(soma, low_voltage_calcium::pbar = 1e-5 * cm / second);
  cells.template paint<low_voltage_calcium>(apical, low_voltage_calcium::pbar =
                                                        2e-5 * cm / second * distance / (500 * um));

  cells.template paint<sk_potassium>(soma, sk_potassium::gbar = 0.0002 * unit);
  cells.template paint<sk_potassium>(basal || apical, sk_potassium::gbar = 0.0001 * unit);

  cells.template paint<ih>(soma, ih::gbar = 2e-5 * unit);
  cells.template paint<ih>(basal, ih::gbar = 2e-5 * unit * (1 + distance / (100 * um)));
  cells.template paint<ih>(apical, ih::gbar = 2e-5 * unit * (1 + pow<2>(distance / (150 * um))));
}

struct pyramidal_run {
  std::vector<std::vector<double>> v;  ///< by site
  std::vector<double> calcium;         ///< in mM, at the first site
};

nernst::morphology shape_of_file() {
  nernst::morphology shape =
      nernst::morphology::from_swc(NERNST_TEST_DATA "/neuron/pyramidal/pyramidal.swc");
  shape.measure_from({0, 0.5});
  return shape;
}

pyramidal_run run(double dt, int order, bool is_passive) {
  sections const file = sections_of_file();
  nernst::morphology const shape = shape_of_file();
  nernst::network<> net({.dt = dt * ms});
  auto cells = net.cells(1, shape, counts(file.count));
  cells.set(test::scheme_of(order));
  cells.set_temperature(307.15 * kelvin);
  cells.paint(whole, voltage = -70 * mV);
  paint_passive(cells);
  std::vector<nernst::cable::location> sites = {{0, 0.5}};
  for (std::string const& name : file.sites) sites.push_back({shape.find(name), 0.5});
  cells.template place<current_clamp>(at(0, 0.5), current_clamp::delay = 5 * ms,
                                      current_clamp::duration = 40 * ms,
                                      current_clamp::amplitude = (is_passive ? 0.1 : 0.9) * nA);
  if (!is_passive) paint_channels(cells);
  auto const v = cells.record(voltage, nernst::places(sites));
  pyramidal_run result;
  if (is_passive) {
    net.run((50 + dt) * ms);
  } else {
    auto const c = cells.record(calcium.inside, sites[1]);
    net.run((50 + dt) * ms);
    result.calcium = c.trace();
  }
  for (std::size_t k = 0; k < sites.size(); ++k) result.v.push_back(v.trace(0, k));
  return result;
}

}  // namespace

TEST_CASE("a branched cell without channels agrees with NEURON") {
  pyramidal_run const ours = run(0.025, 0, true);
  test::neuron_rows const theirs("pyramidal/passive_order0.npy");
  for (std::size_t k = 0; k < 4; ++k) {
    CAPTURE(k);
    CHECK(theirs.worst(k, ours.v[k], 1e3, 4) < 1e-9);
  }
}

TEST_CASE("a branched cell with nine channels agrees with NEURON") {
  // NEURON differentiates the current of the T channels by a difference quotient over 0.001 mV.
  for (int const order : {0, 1, 2})
    for (int const halved : {0, 3}) {
      double const dt = 0.025 / (1 << halved);
      pyramidal_run const ours = run(dt, order, false);
      std::ostringstream file;
      file << "pyramidal/order" << order << "_dt" << dt << ".npy";
      test::neuron_rows const theirs(file.str());
      for (std::size_t k = 0; k < 4; ++k) {
        CAPTURE(order, dt, k);
        CHECK(theirs.worst(k, ours.v[k], 1e3, 4u << halved) < 1e-6);
      }
      CHECK(theirs.worst(4, ours.calcium, 1, 4u << halved) < 1e-9);
    }
}
