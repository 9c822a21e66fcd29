// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Longitudinal diffusion beside NEURON: see tests/nmodl/diffusion/make_reference.py.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/mechanisms/passive.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <cmath>
#include <fstream>
#include <map>
#include <mod/shells.hpp>
#include <mod/sodium.hpp>
#include <numbers>
#include <sstream>

using namespace nernst::dsl;

namespace {

using numbers = std::vector<double>;

/// By step and variable.
std::map<std::pair<int, std::string>, numbers> read_diffusion() {
  std::map<std::pair<int, std::string>, numbers> all;
  std::ifstream file(NERNST_TEST_DATA "/../nmodl/diffusion/reference.txt");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    int step = 0;
    std::string name;
    words >> step >> name;
    for (double x = 0; words >> x;) all[{step, name}].push_back(x);
  }
  return all;
}

/// sodium.mod in C++.
struct salt {
  static constexpr auto g = parameter<"g">(siemens / metre2);
  static constexpr auto D = parameter<"D">(metre2 / second);
  static constexpr auto c = state<"c">(mmolar);
  static constexpr auto section = std::numbers::pi / 4 * diameter * diameter;
  static constexpr auto model =
      density(d(c) / dt = -4 * sodium.total_current / (sodium.molar_charge * diameter),
              sodium.current(g*(voltage - sodium.reversal)), initial(c = sodium.inside),
              write(sodium.inside = c), diffuses(c, D, section), defaults(D = 0.6 * um * um / ms));
};

/// Which branches have the mechanisms; they are the same for all.
nernst::morphology branched() {
  nernst::morphology cell(cylinder(20 * um, 20 * um));
  cell.attach(0, 1, cylinder(60 * um, 3 * um), "trunk");
  cell.attach(1, 1, cylinder(50 * um, 1.5 * um), "left");
  cell.attach(1, 1, cylinder(40 * um, 1 * um), "right");
  cell.attach(1, 0.5, cylinder(30 * um, 0.8 * um), "oblique");
  cell.attach(0, 0, cylinder(45 * um, 2 * um), "back");
  cell.attach(0, 0, cylinder(25 * um, 1.2 * um), "beside");
  cell.attach(2, 1, cylinder(20 * um, 1 * um), "apart");
  cell.attach(7, 1, cylinder(15 * um, 0.9 * um), "beyond");
  return cell;
}

/// `count` cells of that shape; the mechanisms of the soma are painted apart.
struct diffusing_cells {
  nernst::network<> net;
  decltype(net.cells(1, branched(), nernst::fixed_per_branch(3))) all;
  decltype(all.paint<mod::shells>(whole)) of_soma, shells;
  decltype(all.paint<mod::sodium>(whole)) sodium;

  explicit diffusing_cells(std::uint32_t count)
      : net({.dt = 0.025 * ms}), all(net.cells(count, branched(), nernst::fixed_per_branch(3))),
        of_soma(all.paint<mod::shells>(branch(0))),
        shells(all.paint<mod::shells>(whole - branch(0) - branch(7))),
        sodium(all.paint<mod::sodium>(whole - branch(7))) {
    using nernst::mechanisms::passive;
    all.paint<passive>(whole, passive::g = 0.0005 * siemens / cm2, passive::e = -65 * mV);
    of_soma["D"] = 0.3 * um * um / ms;
    numbers influx, conductance;
    for (std::uint32_t cell = 0; cell < count; ++cell)
      for (int k = 0; k < 24; ++k) {
        influx.push_back(0.02 * (k % 4));
        conductance.push_back(0.0004 * 1e4 * (k % 3));
      }
    set_influx(influx);
    sodium["g"] = conductance;
    all.set_temperature(279.45 * kelvin);
    all.initialise(-65 * mV);
  }
  void set_influx(numbers const& influx) {
    numbers soma, others;
    for (std::size_t k = 0; k < influx.size(); ++k)
      (k % 24 < 3 ? soma : others).push_back(influx[k]);
    of_soma["influx"] = soma;
    shells["influx"] = others;
  }
  /// Of the first cell, in the order of its branches.
  numbers get(std::string const& name) const {
    numbers soma = of_soma[name].get(), others = shells[name].get();
    numbers found(soma.begin(), soma.begin() + 3);
    found.insert(found.end(), others.begin(), others.begin() + 21);
    return found;
  }
};

void compare_values(numbers const& ours, numbers const& theirs) {
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t k = 0; k < ours.size(); ++k) {
    CAPTURE(k);
    CHECK(ours[k] == Approx(theirs[k]).epsilon(1e-9));
  }
}

}  // namespace

TEST_CASE("concentrations diffuse along branches as in NEURON", "[cells][nmodl]") {
  auto const reference = read_diffusion();
  diffusing_cells cell(1);
  int done = 0;
  for (int const step : {1, 40, 400}) {
    cell.net.run((step - done) * 0.025 * ms);
    done = step;
    for (char const* name : {"ca[0]", "ca[1]", "ca[2]", "bound[0]", "bound[1]", "bound[2]"}) {
      INFO(step << " " << name);
      compare_values(cell.get(name), reference.at({step, name}));
    }
    INFO(step << " nai");
    compare_values(cell.sodium["nai"].get(), reference.at({step, "nai"}));
  }
}

TEST_CASE("what diffuses in C++ does so as in NEURON", "[cells]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells = net.cells(1, branched(), nernst::fixed_per_branch(3));
  auto const salts = cells.paint<salt>(whole - branch(7));
  using nernst::mechanisms::passive;
  cells.paint<passive>(whole, passive::g = 0.0005 * siemens / cm2, passive::e = -65 * mV);
  numbers conductance;
  for (int k = 0; k < 24; ++k) conductance.push_back(0.0004 * 1e4 * (k % 3));
  salts["g"] = conductance;
  cells.set_temperature(279.45 * kelvin);
  cells.initialise(-65 * mV);
  net.run(10 * ms);
  compare_values(salts["c"].get(), read_diffusion().at({400, "nai"}));
}

TEST_CASE("cells side by side diffuse as one alone", "[cells][nmodl]") {
  diffusing_cells single(1), many(19);
  single.net.run(2 * ms);
  many.net.run(2 * ms);
  for (char const* name : {"ca[0]", "bound[2]"}) compare_values(many.get(name), single.get(name));
  numbers const alone = single.sodium["nai"].get(), beside = many.sodium["nai"].get();
  for (std::size_t k = 0; k < beside.size(); ++k) {
    CHECK(beside[k] == beside[k % 24]);
    CHECK(beside[k] == Approx(alone[k % 24]).epsilon(1e-11));
  }
}

// Concentrations that are cos(pi (k + 1/2) / 20) in the k-th compartment only become smaller, where
// their number is a multiple of 20.
TEST_CASE("a mode of diffusion in a cable decays, in the cells that have the mechanism",
          "[cells][nmodl]") {
  int const count = GENERATE(20, 2100);  // the longer ones are divided
  constexpr int steps = 100;
  nernst::network net({.dt = 0.025 * ms});
  auto const cells = net.cells(5, nernst::morphology(cylinder(count * 5 * um, 2 * um)),
                               nernst::fixed_per_branch(count));
  auto const painted = cells(1, 3).paint<mod::sodium>(whole);
  painted["D"] = 0.7 * um * um / ms;
  cells.initialise(-65 * mV);
  auto const mode = [=](int k) { return std::cos(std::acos(-1.0) * (k % count + 0.5) / 20); };
  numbers start;
  for (int k = 0; k < 2 * count; ++k) start.push_back(10 + mode(k));
  net.run(0.025 * ms);
  painted["nai"] = start;
  net.run(steps * 0.025 * ms);
  double const s = 2 * std::sin(std::acos(-1.0) / 40) / 5;
  double const left = std::pow(1 + 0.7 * 0.025 * s * s, -steps);
  numbers const end = painted["nai"].get();
  for (int k = 0; k < 2 * count; ++k) {
    auto const at = static_cast<std::size_t>(k);
    CHECK(end[at] - 10 == Approx(left * mode(k)).epsilon(1e-10).margin(1e-12));
  }
}
