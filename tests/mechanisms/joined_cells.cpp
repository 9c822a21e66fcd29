// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/mechanisms/electrodes.hpp>
#include <nernst/mechanisms/gap_junction.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "catch.hpp"
#include "mechanisms/neuron.hpp"

using namespace nernst::dsl;
using namespace nernst::mechanisms;
using Catch::Contains;
using nernst::cable::step_scheme;
using indices = std::vector<std::int32_t>;

namespace {

double largest_difference(std::vector<double> const& a, std::vector<double> const& b) {
  REQUIRE(a.size() == b.size());
  double most = 0;
  for (std::size_t k = 0; k < a.size(); ++k) most = std::max(most, std::abs(a[k] - b[k]));
  return most;
}

enum class coupling { implicit, as_neuron };

/// Two compartments of 1000 um2, 10 pF and 1 nS, at -50 and -70 mV: the voltages at 5 ms.
std::array<double, 2> two_compartments(double conductance, double dt, step_scheme scheme,
                                       coupling how) {
  nernst::network<> net({.dt = dt * ms});
  auto const cells =
      net.cells(2, nernst::morphology(sphere(std::sqrt(1000 / 3.14159265358979) * um)),
                nernst::single_compartment());
  cells.set(scheme);
  cells.paint<passive>(whole, passive::g = 0.1 * mS / cm2, passive::e = -60 * mV);
  cells["v"] = std::vector<double>{-0.05, -0.07};
  if (how == coupling::implicit) {
    cells.join({0}, {1}, conductance * siemens);
  } else {
    auto const sides =
        cells.place<gap_junction>(at(0, 0.5), gap_junction::r = 1 / conductance * ohm);
    sides.link(gap_junction::peer, cells, voltage, indices{1, 0});
  }
  net.run(5 * ms);
  std::vector<double> const v = cells["v"].get();
  return {v[0], v[1]};
}
/// Its error: the half difference decays with (g + 2 G) / C, the mean stays.
double error_of(double conductance, double dt, step_scheme scheme, coupling how) {
  auto const [a, b] = two_compartments(conductance, dt, scheme, how);
  double const half = 0.01 * std::exp(-5e-3 * (1e-9 + 2 * conductance) / 1e-11);
  return std::max(std::abs(a - (-0.06 + half)), std::abs(b - (-0.06 - half)));
}

}  // namespace

TEST_CASE("two joined compartments follow their formula", "[cells]") {
  for (auto const& [scheme, order] :
       {std::pair(step_scheme::backward_euler, 1.0), std::pair(step_scheme::crank_nicolson, 2.0)}) {
    auto const error = [with = scheme](double dt) {
      return error_of(1e-9, dt, with, coupling::implicit);
    };
    CAPTURE(order, error(0.05));
    CHECK(std::log2(error(0.1) / error(0.05)) == Approx(order).margin(0.05));
    CHECK(std::log2(error(0.05) / error(0.025)) == Approx(order).margin(0.05));
  }
  // With voltages of the beginning of the step, Crank and Nicolson's method is of order 1, too.
  auto const error = [](double dt) {
    return error_of(1e-9, dt, step_scheme::crank_nicolson, coupling::as_neuron);
  };
  CHECK(std::log2(error(0.05) / error(0.025)) == Approx(1).margin(0.1));
}

TEST_CASE("great conductances make joined compartments one", "[cells]") {
  for (double const g : {1e-4, 1e-2, 1.0}) {
    CAPTURE(g);
    CHECK(error_of(g, 0.025, step_scheme::backward_euler, coupling::implicit) < 1e-8);
    // As NEURON does it, two voltages change places in each step.
    CHECK(error_of(g, 0.025, step_scheme::backward_euler, coupling::as_neuron) > 1e-3);
  }
}

namespace {
/// A cable of 400 um in `pieces` cells that are joined by its own axial conductance, stimulated at
/// one end: every second one lies the other way round.
std::vector<double> cable_of(std::uint32_t pieces, std::uint32_t copies, step_scheme scheme) {
  int const each = 40 / static_cast<int>(pieces);
  nernst::network<> net({.dt = 0.025 * ms});
  nernst::morphology const piece(cylinder(10.0 * each * um, 1 * um));
  auto const cells = net.cells(pieces * copies, piece, nernst::fixed_per_branch(each));
  cells.set(scheme);
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.paint<hh>(whole);
  indices const first = cells.numbers(at(0, 0.5 / each)),
                last = cells.numbers(at(0, 1 - 0.5 / each));
  indices from, to;
  for (std::uint32_t copy = 0; copy < copies; ++copy)
    for (std::uint32_t k = 0; k + 1 < pieces; ++k) {
      indices const& end = k % 2 == 0 ? last : first;
      from.push_back(end[copy * pieces + k]);
      to.push_back(end[copy * pieces + k + 1]);
    }
  double const resistance = 1.0 * 10e-6 / (3.14159265358979324 * 0.25e-12);
  cells.join(from, to, 1 / resistance * siemens);
  for (std::uint32_t copy = 0; copy < copies; ++copy)
    cells(copy * pieces)
        .place<current_clamp>(at(0, 0), current_clamp::delay = 1 * ms,
                              current_clamp::duration = 1 * ms,
                              current_clamp::amplitude = (0.3 + 0.01 * copy) * nA);
  std::vector<nernst::cable::location> centres;
  for (int c = 0; c < each; ++c) centres.push_back({0, (c + 0.5) / each});
  auto const v = cells.record(voltage, nernst::places(centres));
  net.run(20 * ms);
  std::vector<double> all;
  for (std::uint32_t k = 0; k < pieces; ++k)
    for (int c = 0; c < each; ++c) {
      int const place = k % 2 == 0 ? c : each - 1 - c;
      std::vector<double> const trace =
          v.trace((copies - 1) * pieces + k, static_cast<std::size_t>(place));
      all.insert(all.end(), trace.begin(), trace.end());
    }
  return all;
}
}  // namespace

TEST_CASE("a cable in pieces that are joined is the cable", "[cells]") {
  for (step_scheme const scheme : {step_scheme::backward_euler, step_scheme::crank_nicolson})
    for (std::uint32_t const copies : {1u, 13u}) {
      std::vector<double> const one = cable_of(1, copies, scheme);
      CHECK(*std::max_element(one.begin(), one.end()) > 0.02);
      for (std::uint32_t const pieces : {2u, 5u}) {
        CAPTURE(pieces, copies);
        CHECK(largest_difference(cable_of(pieces, copies, scheme), one) < 1e-9);
      }
    }
}

namespace {
/// A ring of cells, of which some have a spike.
std::vector<double> ring_of(std::uint32_t count, double dt, coupling how) {
  nernst::network<> net({.dt = dt * ms});
  auto const cells = net.cells(count, test::ball_and_stick(20 * um), test::soma_and(5));
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.paint<hh>(branch(0));
  cells.paint<passive>(branch(1), passive::g = 0.1 * mS / cm2, passive::e = -65 * mV);
  indices const left = cells.numbers(at(1, 0.9)), right = cells.numbers(at(1, 0.5));
  indices next;
  for (std::size_t k = 0; k < count; ++k) next.push_back(right[(k + 1) % count]);
  if (how == coupling::implicit) {
    cells.join(left, next, 5 * nS);
  } else {
    indices before;
    for (std::size_t k = 0; k < count; ++k) before.push_back(left[(k + count - 1) % count]);
    cells.place<gap_junction>(at(1, 0.9), gap_junction::r = 200 * Mohm)
        .link(gap_junction::peer, cells, voltage, next);
    cells.place<gap_junction>(at(1, 0.5), gap_junction::r = 200 * Mohm)
        .link(gap_junction::peer, cells, voltage, before);
  }
  cells(0).place<current_clamp>(at(0, 0.5), current_clamp::delay = 1 * ms,
                                current_clamp::duration = 2 * ms,
                                current_clamp::amplitude = 0.5 * nA);
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 0.9), 0.1 * ms);
  net.run(10 * ms);
  std::vector<double> all;
  for (std::size_t cell = 0; cell < count; ++cell)
    for (std::size_t k : {0u, 1u}) {
      std::vector<double> const trace = v.trace(cell, k);
      all.insert(all.end(), trace.begin(), trace.end());
    }
  return all;
}
}  // namespace

TEST_CASE("rings of joined cells do what gap junctions do, with small steps", "[cells]") {
  for (std::uint32_t const count : {3u, 70u}) {
    CAPTURE(count);
    auto const apart = [&](double dt) {
      return largest_difference(ring_of(count, dt, coupling::implicit),
                                ring_of(count, dt, coupling::as_neuron));
    };
    double const coarse = apart(0.02), fine = apart(0.01);
    CHECK(coarse < 0.05);
    CHECK(coarse / fine == Approx(2).margin(0.2));
  }
}

namespace {
/// A cell whose dendrites are joined at their ends.
std::vector<double> looped(int per_branch, coupling how) {
  nernst::network<> net({.dt = 0.025 * ms});
  nernst::morphology shape(cylinder(20 * um, 20 * um));
  for (char const* const name : {"a", "b", "c"})
    shape.attach(0, 1, cylinder(300 * um, 1 * um), name);
  auto const cells = net.cells(1, shape, nernst::fixed_per_branch(per_branch));
  cells.paint<hh>(whole);
  auto const places = at(1, 0.9) || at(2, 0.8);
  indices const ends = cells.numbers(places);
  if (how == coupling::implicit)
    cells.join({ends[0]}, {ends[1]}, 2 * nS);
  else
    cells.place<gap_junction>(places, gap_junction::r = 500 * Mohm)
        .link(gap_junction::peer, cells, voltage, indices{ends[1], ends[0]});
  cells.place<current_clamp>(at(1, 1), current_clamp::duration = 2 * ms,
                             current_clamp::amplitude = 0.5 * nA);
  auto const v = cells.record(voltage, at(1, 0.9) || at(2, 0.8) || at(3, 0.5));
  net.run(8 * ms);
  std::vector<double> all = v.trace(0, 0);
  for (std::size_t const k : {1u, 2u}) {
    std::vector<double> const trace = v.trace(0, k);
    all.insert(all.end(), trace.begin(), trace.end());
  }
  return all;
}
}  // namespace

TEST_CASE("a joint within a cell is a gap junction", "[cells]") {
  for (int const per_branch : {5, 1001}) {
    CAPTURE(per_branch);
    std::vector<double> const joined = looped(per_branch, coupling::implicit);
    CHECK(*std::max_element(joined.begin(), joined.end()) > 0);
    CHECK(largest_difference(joined, looped(per_branch, coupling::as_neuron)) < 1e-9);
  }
}

TEST_CASE("what cannot be joined is said", "[cells]") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto const cells = net.cells(2, test::ball_and_stick(20 * um), test::soma_and(3), "cells");
  CHECK_THROWS_WITH(cells.join({0}, {1, 2}, 1 * nS),
                    "join: expected 1 compartments at the other ends, found 2");
  CHECK_THROWS_WITH(cells.join({0}, {1000}, 1 * nS),
                    "cells: expected a compartment below 14, found 1000");
  CHECK_THROWS_WITH(cells.join({2}, {2}, 1 * nS),
                    "cells: expected two compartments to be joined, found 2 twice");
  CHECK_THROWS_WITH(cells.join({0}, {2}, 0 * nS),
                    "cells: expected a conductance above 0 between compartments, found 0 S");
}
