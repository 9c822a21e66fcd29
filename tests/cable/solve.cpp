// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/cable/compartments.hpp>
#include <nernst/cable/elimination.hpp>
#include <nernst/language/units.hpp>

#include "cable/peer_data.hpp"
#include "catch.hpp"
#include <numbers>
#include <random>

using namespace nernst::dsl;
using namespace nernst::language;
using nernst::compartments;
using nernst::morphology;
using nernst::cable::step_scheme;

namespace {

using numbers = std::vector<double>;
double constexpr pi = std::numbers::pi;

std::size_t at_index(int k) {
  return static_cast<std::size_t>(k);
}

/// The currents and conductances are those of places, in A and S; nothing is per area or steady.
nernst::cable::cable_equation<double> at_places(numbers const& axial, numbers const& diagonal,
                                                numbers const& current, numbers const& conductance,
                                                numbers const& nothing) {
  return {.axial = axial.data(),
          .diagonal = diagonal.data(),
          .steady_conductance = nothing.data(),
          .steady_inflow = nothing.data(),
          .area = nothing.data(),
          .current_density = nothing.data(),
          .conductance_density = nothing.data(),
          .current = current.data(),
          .conductance = conductance.data()};
}

/// Neurons with a leak, side by side, into which current flows. Voltages are those beyond rest.
struct passive {
  std::vector<int> parent;
  int cells;
  numbers axial, capacitance, conductance, input, v;

  passive(compartments const& c, double resistivity, double capacity, double leak, int count = 1)
      : parent(c.parent), cells(count) {
    numbers const g = c.axial_conductance(resistivity * ohm * metre);
    for (std::size_t k = 0; k < c.area.size(); ++k)
      for (int cell = 0; cell < cells; ++cell) {
        axial.push_back(g[k]);
        capacitance.push_back(c.area[k] * capacity);
        conductance.push_back(c.area[k] * leak);
      }
    input.resize(axial.size());
    v.resize(axial.size());
  }

  void step(step_scheme scheme, double dt) { step(scheme, dt, 0, cells); }
  void step(step_scheme scheme, double dt, int first, int last) {
    nernst::cable::elimination const order(parent);
    numbers current(v.size()), diagonal(v.size()), inverse(v.size()), rest(v.size()),
        nothing(v.size());
    auto const row = [this](std::size_t compartment) {
      return compartment * static_cast<std::size_t>(cells);
    };
    double const rate = nernst::cable::change_rate(scheme, dt);
    for (std::size_t k = 0; k < v.size(); ++k) {
      current[k] = conductance[k] * v[k] - input[k];
      diagonal[k] += rate * capacitance[k];
    }
    for (std::size_t c = 0; c < parent.size(); ++c) {
      if (parent[c] < 0) continue;
      for (std::size_t k = 0; k < row(1); ++k) {
        diagonal[row(c) + k] += axial[row(c) + k];
        diagonal[row(at_index(parent[c])) + k] += axial[row(c) + k];
      }
    }
    auto const of = at_places(axial, diagonal, current, conductance, nothing);
    nernst::cable::advance(order.trees(cells, first, last), scheme, of, v.data(), inverse.data(),
                           rest.data());
  }
  void run(step_scheme scheme, double dt, int steps) {
    for (int k = 0; k < steps; ++k) step(scheme, dt);
  }
};

/// The voltage beyond rest of Rallpack 1 at one end: a sealed cable as long as its length constant,
/// with current into its beginning. W. Rall, Biophys. J. 9, 1483 (1969), as a sum of cosines.
double rallpack_1(bool at_far_end, double t) {
  double const tau = 0.04, infinite = 4.0 / (pi * 1e-6 * 1e-3);
  // The lambda is 1 mm, so that the input resistance of an infinite half cable is RM / (pi d
  // lambda).
  double const steady =
      0.1e-9 * infinite * (at_far_end ? 1 / std::sinh(1.0) : std::cosh(1.0) / std::sinh(1.0));
  double sum = std::exp(-t / tau);
  for (int n = 1; n < 2000; ++n) {
    double const rate = 1 + n * n * pi * pi;
    double const sign = at_far_end && n % 2 == 1 ? -1 : 1;
    sum += 2 * sign / rate * std::exp(-rate * t / tau);
  }
  return steady - 0.1e-9 * infinite * sum;
}

passive rallpack_1_cable(int count) {
  morphology const cell(cylinder(1 * mm, 1 * um));
  return {compartments(cell, nernst::fixed_per_branch(count)), 1, 0.01, 1 / 4.0};
}

}  // namespace

TEST_CASE("solve: elimination gives what elimination of the full matrix gives", "[cable]") {
  std::mt19937 draw(1);
  std::uniform_real_distribution<double> number(0.1, 2);
  for (int size = 1; size < 30; ++size) {
    std::vector<int> parent{-1};
    for (int k = 1; k < size; ++k)
      parent.push_back(k == 7 ? -1 : static_cast<int>(draw() % static_cast<unsigned>(k)));
    numbers axial, diagonal(at_index(size)), b;
    for (int k = 0; k < size; ++k) axial.push_back(number(draw)), b.push_back(number(draw));
    for (double& d : diagonal) d = number(draw);
    numbers full = diagonal, current, nothing(b.size()), x(b.size());
    for (int k = 0; k < size; ++k) {
      current.push_back(-b[at_index(k)]);
      if (parent[at_index(k)] < 0) continue;
      full[at_index(k)] += axial[at_index(k)];
      full[at_index(parent[at_index(k)])] += axial[at_index(k)];
    }
    auto const of = at_places(axial, full, current, nothing, nothing);
    numbers inverse(b.size()), rest(b.size());
    nernst::cable::elimination const order(parent);
    nernst::cable::advance(order.trees(1, 0, 1), step_scheme::backward_euler, of, x.data(),
                           inverse.data(), rest.data());
    for (int k = 0; k < size; ++k) {
      double sum = full[at_index(k)] * x[at_index(k)];
      for (int c = 0; c < size; ++c) {
        if (parent[at_index(c)] == k) sum -= axial[at_index(c)] * x[at_index(c)];
        if (parent[at_index(k)] == c) sum -= axial[at_index(k)] * x[at_index(c)];
      }
      CHECK(sum == Approx(b[at_index(k)]).epsilon(1e-12));
    }
  }
}

TEST_CASE("solve: cells side by side do not know each other", "[cable]") {
  auto const shape = morphology::from_swc(test::peer_path("grown0.swc"));
  compartments const c(shape, nernst::fixed_per_branch(3));
  int const cells = 5;
  passive all(c, 1, 0.01, 1, cells);
  for (int k = 0; k < cells; ++k) all.input[at_index(3 * cells + k)] = (k + 1) * 1e-11;
  all.run(step_scheme::crank_nicolson, 1e-4, 20);
  for (int k = 0; k < cells; ++k) {
    passive one(c, 1, 0.01, 1);
    one.input[3] = (k + 1) * 1e-11;
    one.run(step_scheme::crank_nicolson, 1e-4, 20);
    for (int n = 0; n < c.size(); ++n) CHECK(all.v[at_index(n * cells + k)] == one.v[at_index(n)]);
  }
  // Some of them alone: nothing happens to the others.
  numbers const before = all.v;
  all.step(step_scheme::crank_nicolson, 1e-4, 1, 3);
  for (int k : {0, 3, 4}) CHECK(all.v[at_index(k)] == before[at_index(k)]);
  for (int k : {1, 2}) CHECK(all.v[at_index(k)] != before[at_index(k)]);
}

TEST_CASE("solve: voltages are those of NEURON", "[cable]") {
  auto const shape = morphology::from_swc(test::peer_path("grown1.swc"));
  compartments const c(shape, nernst::d_lambda(0.1, {.axial_resistivity = 100 * ohm * cm}));
  auto const peer = test::peer_cells("neuron_passive.txt");
  REQUIRE(peer.size() == 2);
  for (auto const scheme : {step_scheme::backward_euler, step_scheme::crank_nicolson}) {
    passive p(c, 1, 0.01, 1);
    p.input[at_index(c.holding(shape["soma"].at(0.5)))] = 0.1e-9;
    p.run(scheme, 0.025e-3, 200);
    double worst = 0;
    int segments = 0;
    for (auto const& line : peer[scheme == step_scheme::backward_euler ? 0 : 1].lines) {
      std::string const name = line.words[1];
      bool const is_only = name == "soma[0]" || name == "apic[0]";
      int const branch = shape.find(is_only ? name.substr(0, 4) : name);
      int const count = static_cast<int>(line.words.size()) - 2;
      for (int k = 0; k < count; ++k, ++segments) {
        int const n = c.holding(nernst::cable::location{branch, (k + 0.5) / count});
        double const mine = p.v[at_index(n)] * 1e3 - 65;
        worst = std::max(worst, std::abs(mine - line.number(at_index(k + 2))));
      }
    }
    CHECK(segments > 50);
    CHECK(worst < 1e-11);  // mV
  }
}

TEST_CASE("solve: voltages are those of Arbor", "[cable]") {
  auto const shape =
      morphology::from_swc(test::peer_path("arbor1.swc"), nernst::swc_reading::arbor);
  compartments const c(shape, nernst::fixed_per_branch(3));
  passive p(c, 1, 0.01, 1);
  p.input[at_index(c.holding(nernst::cable::location{0, 0.5}))] = 0.1e-9;
  p.run(step_scheme::backward_euler, 0.025e-3, 200);
  double worst = 0;
  auto const peer = test::peer_cells("arbor_passive.txt");
  REQUIRE(peer.size() == 1);
  REQUIRE(peer[0].lines.size() == at_index(shape.size()));
  for (auto const& line : peer[0].lines) {
    int const branch = static_cast<int>(line.number(1));
    int const n = c.holding(nernst::cable::location{branch, 0.5});
    worst = std::max(worst, std::abs(p.v[at_index(n)] * 1e3 - 65 - line.number(2)));
  }
  CHECK(worst < 1e-9);  // mV
}

TEST_CASE("solve: areas and voltages are those of Brian", "[cable]") {
  morphology cell(sphere(30 * um));
  cell["axon"] = cylinder(100 * um, 2 * um);
  cell["dend"] = section({50 * um, 50 * um}, {4 * um, 2 * um, 3 * um});
  cell["dend"]["L"] = cylinder(60 * um, 1 * um);
  compartments const c(cell, nernst::fixed_per_branch(2));
  passive p(c, 1, 0.01, 1);
  p.input[0] = 0.1e-9;
  p.run(step_scheme::backward_euler, 1e-4, 50);
  // Brian 2.9.0: m = Soma(30*um); m.axon = Cylinder(100*um, diameter=2*um, n=2)
  // m.dend = Section([4, 2, 3]*um, length=[50, 50]*um, n=2)
  // m.dend.L = Cylinder(60*um, diameter=1*um, n=2)
  // n = SpatialNeuron(m, "Im = 1e-4*siemens/cm**2*(-65*mV-v) : amp/meter**2\nI : amp (point
  // current)", Cm=1*uF/cm**2, Ri=100*ohm*cm); n.v = -65*mV; n.I[0] = 0.1*nA; run(5*ms), dt 0.1 ms
  struct compartment {
    int number;
    double area, v;
  };
  compartment const brian[] = {
      {0, 2827.43338823, -56.24343396551029}, {1, 314.15926536, -56.35382509115308},
      {2, 314.15926536, -56.46394089019594},  {4, 471.3331364, -56.30506773191185},
      {5, 392.71871616, -56.454230561707746}, {7, 94.24777961, -56.55057814689847},
      {8, 94.24777961, -56.62926635056336}};
  for (compartment const& b : brian) {
    CHECK(c.area[at_index(b.number)] * 1e12 == Approx(b.area).epsilon(1e-9));
    // Its sphere has a resistance of 1 ohm.
    CHECK(p.v[at_index(b.number)] * 1e3 - 65 == Approx(b.v).margin(1e-6));
  }
  // n.distance
  auto const way = c.values(distance, um);
  double const brian_way[] = {0, 25, 75, 25, 75, 115, 145};
  for (std::size_t k = 0; k < 7; ++k) CHECK(way[at_index(brian[k].number)] == Approx(brian_way[k]));
}

TEST_CASE("solve: Rallpack 1", "[cable]") {
  // The numbers of the reference at both ends, in mV: brian2/tests/rallpack_data/ref_cable.
  struct sample {
    double t, near, far;
  };
  sample const reference[] = {{0.005, -16.24285, -63.03988},
                              {0.050, 65.70190, 6.863367},
                              {0.100, 91.72946, 32.89087},
                              {0.250, 101.9351, 43.09647}};
  for (sample const& s : reference) {
    CHECK(rallpack_1(false, s.t) * 1e3 - 65 == Approx(s.near).epsilon(1e-6));
    CHECK(rallpack_1(true, s.t) * 1e3 - 65 == Approx(s.far).epsilon(1e-6));
  }
  // Root mean squares of the differences over 250 ms, as fractions of the range of the reference,
  // with steps of 50 us. What is left at the near end is the distance of the middle of the first
  // compartment from it.
  auto const differences = [](step_scheme scheme) {
    passive p = rallpack_1_cable(1000);
    p.input[1] = 0.1e-9;
    double near = 0, far = 0;
    int const steps = 5000;
    for (int k = 1; k <= steps; ++k) {
      p.step(scheme, 0.05e-3);
      near += std::pow(p.v[1] - rallpack_1(false, k * 0.05e-3), 2);
      far += std::pow(p.v[1000] - rallpack_1(true, k * 0.05e-3), 2);
    }
    double const range = rallpack_1(false, 0.25), far_range = rallpack_1(true, 0.25);
    return std::pair(std::sqrt(near / steps) / range, std::sqrt(far / steps) / far_range);
  };
  auto const [near, far] = differences(step_scheme::backward_euler);
  CHECK(near == Approx(0.050e-2).margin(0.0005e-2));
  CHECK(far == Approx(0.015e-2).margin(0.0005e-2));
  auto const [near_2, far_2] = differences(step_scheme::crank_nicolson);
  CHECK(near_2 == Approx(0.044e-2).margin(0.0005e-2));
  CHECK(far_2 < 0.0005e-2);
}

TEST_CASE("solve: Rallpack 2", "[cable]") {
  // A binary tree of 10 levels, one compartment for each branch.
  auto const shape = [](int level) {
    return cylinder(32 / std::exp2(level / 3.0) * um, 16 / std::exp2(2 * level / 3.0) * um);
  };
  morphology cell(shape(0), "root");
  for (int k = 1; k < 1023; ++k) {
    int const level = static_cast<int>(std::log2(k + 1.0));
    cell.attach((k - 1) / 2, 1, shape(level), k % 2 == 1 ? "L" : "R");
  }
  compartments const c(cell, nernst::fixed_per_branch(1));
  int const root = c.holding(cell["root"].at(0.5)), leaf = c.holding(cell["LLLLLLLLL"].at(0.5));
  passive p(c, 1, 0.01, 1 / 4.0);
  p.input[at_index(root)] = 0.1e-9;
  // brian2/tests/rallpack_data/ref_branch.0 and .x, in mV.
  struct sample {
    int steps;
    double root, leaf;
  };
  for (sample const& s : {sample{100, -62.02491, -62.10444},
                          {1000, -47.20380, -47.28334},
                          {5000, -40.12702, -40.20655}}) {
    passive from_rest = p;
    from_rest.run(step_scheme::crank_nicolson, 0.05e-3, s.steps);
    double const range = 25;  // mV
    CHECK(from_rest.v[at_index(root)] * 1e3 - 65 == Approx(s.root).margin(1e-3 * range));
    CHECK(from_rest.v[at_index(leaf)] * 1e3 - 65 == Approx(s.leaf).margin(1e-3 * range));
  }
}

TEST_CASE("solve: orders 1 and 2 in the time step, 2 in the length of compartments", "[cable]") {
  auto const error = [](step_scheme scheme, int steps) {
    passive p = rallpack_1_cable(20), fine = rallpack_1_cable(20);
    p.input[1] = fine.input[1] = 0.1e-9;
    p.run(scheme, 0.02 / steps, steps);
    fine.run(step_scheme::crank_nicolson, 0.02 / 6400, 6400);
    return std::abs(p.v.back() - fine.v.back());
  };
  CHECK(error(step_scheme::backward_euler, 100) / error(step_scheme::backward_euler, 200) ==
        Approx(2).epsilon(0.02));
  CHECK(error(step_scheme::crank_nicolson, 100) / error(step_scheme::crank_nicolson, 200) ==
        Approx(4).epsilon(0.02));
  auto const in_space = [](int count) {
    passive p = rallpack_1_cable(count);
    p.input[0] = 0.1e-9;
    p.run(step_scheme::backward_euler, 1e3, 2);
    return std::abs(p.v.front() - rallpack_1(false, 1e3));
  };
  CHECK(in_space(10) / in_space(20) == Approx(4).epsilon(0.02));
}

TEST_CASE("solve: the steady state of a tapered cable", "[cable]") {
  // As in Arbor's nsuite, validation cable-steadystate: diameters from 1.0 to 1.7 um. The equation
  // (r^2 v')' = 2 Ra g sqrt(1 + r'^2) r v has solutions I1(2 sqrt(q r)) / sqrt(r), and with K1.
  double const a = 0.5e-6, z = 0.85e-6, size = 1e-3, resistivity = 1, leak = 0.25, input = 1e-11;
  double const slope = (z - a) / size;
  double const q = 2 * resistivity * leak * std::sqrt(1 + slope * slope) / (slope * slope);
  auto const i = [&](double order, double r) {
    return std::cyl_bessel_i(order, 2 * std::sqrt(q * r));
  };
  auto const k = [&](double order, double r) {
    return std::cyl_bessel_k(order, 2 * std::sqrt(q * r));
  };
  // v = A I1/sqrt(r) + B K1/sqrt(r), dv/dr = sqrt(q) (A I2 - B K2) / r, which is 0 at the end.
  double const ratio = i(2, z) / k(2, z);
  double const flow = std::sqrt(q) * (i(2, a) - ratio * k(2, a)) / a * slope;
  double const scale = -input * resistivity / (pi * a * a) / flow;
  auto const v = [&](double r) { return scale * (i(1, r) + ratio * k(1, r)) / std::sqrt(r); };
  morphology const cell(section({size * metre}, {2 * a * metre, 2 * z * metre}));
  auto const error = [&](int count) {
    passive p(compartments(cell, nernst::fixed_per_branch(count)), resistivity, 0.01, leak);
    p.input[0] = input;
    p.run(step_scheme::backward_euler, 1e6, 1);
    return std::max(std::abs(p.v.front() / v(a) - 1), std::abs(p.v.back() / v(z) - 1));
  };
  CHECK(error(1000) < 1e-6);
  CHECK(error(100) / error(200) == Approx(4).epsilon(0.02));
}
