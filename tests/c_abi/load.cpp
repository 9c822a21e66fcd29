// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/load.hpp>
#include <nernst/cable.hpp>
#include <nernst/device.hpp>
#include <nernst/mechanisms.hpp>
#include <nernst/network.hpp>

#include "c_abi/by_hand.h"
#include "c_abi/mechanisms.hpp"
#include "catch.hpp"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <mod/scheme.hpp>

using namespace nernst::dsl;
using nernst::fixed_per_branch;
namespace mechanisms = nernst::mechanisms;

namespace {

nernst::c_abi::mechanism loaded(char const* name) {
  return nernst::c_abi::load(NERNST_TEST_CHANNELS, name);
}
nernst::morphology ball_and_stick() {
  nernst::morphology shape(cylinder(20 * um, 20 * um));
  shape.attach(0, 1, cylinder(300 * um, 2 * um), "dendrite");
  return shape;
}

using numbers = std::vector<double>;
using results = std::vector<numbers>;

/// What cells become when `build(net, cells)` has given them mechanisms: it gives the populations
/// whose variables are compared, with their names.
template <class Build>
results simulate(Build const& build) {
  nernst::network net({.dt = 0.025 * ms, .seed = 7});
  auto const cells = net.cells(5, ball_and_stick(), fixed_per_branch(7));
  cells.initialise(-65 * mV);
  auto const clamp = cells.template place<mechanisms::current_clamp>(
      at(0, 0.5), mechanisms::current_clamp::duration = 20 * ms,
      mechanisms::current_clamp::amplitude = 1 * nA);
  auto const read = build(net, cells);
  results all;
  for (int k = 0; k < 2; ++k) {
    net.run(10 * ms);
    all.push_back(cells["v"].get());
    for (numbers const& x : read()) all.push_back(x);
  }
  return all;
}
/// How many numbers differ, in any bit.
std::size_t differences(results const& x, results const& y) {
  REQUIRE(x.size() == y.size());
  std::size_t count = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    REQUIRE(x[k].size() == y[k].size());
    for (std::size_t n = 0; n < x[k].size(); ++n) count += x[k][n] == y[k][n] ? 0 : 1;
  }
  return count;
}
template <class Elements>
results values_of(Elements const& elements, std::initializer_list<char const*> names) {
  results all;
  for (char const* const name : names) all.push_back(elements[name].get());
  return all;
}
}  // namespace

TEST_CASE("a loaded channel does what the compiled one does, bit by bit", "[c_abi]") {
  auto const compiled = simulate([](auto&, auto const& cells) {
    auto const channels = cells.template paint<mechanisms::hh>(branch(0), mechanisms::hh::gnabar =
                                                                              0.1 * siemens / cm2);
    cells.template paint<mechanisms::passive>(
        branch(1), mechanisms::passive::g = 0.1 * mS / cm2 * (1 + distance / (100 * um)));
    return [=] { return values_of(channels, {"m", "h", "n"}); };
  });
  auto const through_library = simulate([](auto&, auto const& cells) {
    auto const hh = loaded("hh"), passive = loaded("passive");
    auto const channels = cells.paint(hh, branch(0), hh["gnabar"] = 0.1 * siemens / cm2);
    cells.paint(passive, branch(1), passive["g"] = 0.1 * mS / cm2 * (1 + distance / (100 * um)));
    return [=] { return values_of(channels, {"m", "h", "n"}); };
  });
  CHECK(differences(compiled, through_library) == 0);
  CHECK(*std::max_element(compiled[0].begin(), compiled[0].end()) > -0.060);
}

TEST_CASE("so do loaded ones with tables, and with random numbers", "[c_abi]") {
  auto const compiled = simulate([](auto&, auto const& cells) {
    auto const channels = cells.template paint<mechanisms::tabulated_hh>(branch(0));
    auto const few = cells.template paint<mechanisms::stochastic_hh>(branch(1));
    return [=] {
      results all = values_of(channels, {"m"});
      for (numbers const& x : values_of(few, {"m", "n"})) all.push_back(x);
      return all;
    };
  });
  auto const through_library = simulate([](auto&, auto const& cells) {
    auto const channels = cells.paint(loaded("tabulated_hh"), branch(0));
    auto const few = cells.paint(loaded("stochastic_hh"), branch(1));
    return [=] {
      results all = values_of(channels, {"m"});
      for (numbers const& x : values_of(few, {"m", "n"})) all.push_back(x);
      return all;
    };
  });
  CHECK(differences(compiled, through_library) == 0);
}

TEST_CASE("so do those that own concentrations, and have propagators for each compartment",
          "[c_abi]") {
  auto const paint = [](auto const& cells, auto const& buffers) {
    buffers["rate"] = "(100 + 10*i)*Hz";
    auto const inside = cells.record(calcium.inside, at(1, 0.5));
    return [=] {
      results all = values_of(buffers, {"c", "bound"});
      all.push_back(inside.trace());
      return all;
    };
  };
  auto const compiled = simulate([&](auto&, auto const& cells) {
    return paint(cells, cells.template paint<test::buffer>(whole));
  });
  auto const through_library = simulate(
      [&](auto&, auto const& cells) { return paint(cells, cells.paint(loaded("buffer"), whole)); });
  CHECK(differences(compiled, through_library) == 0);
}

TEST_CASE("so do loaded .mod files, and texts in Brian's language", "[c_abi]") {
  auto const observe = [](auto const& scheme, auto const& slow) {
    slow["g"] = 5 * siemens / metre2;
    return [=] {
      results all = values_of(scheme, {"c1", "o", "bound[1]"});
      all.push_back(slow["w"].get());
      return all;
    };
  };
  auto const compiled = simulate([&](auto&, auto const& cells) {
    return observe(cells.template paint<mod::scheme>(whole),
                   cells.template paint<test::slow_potassium>(branch(0)));
  });
  auto const through_library = simulate([&](auto&, auto const& cells) {
    return observe(cells.paint(loaded("scheme"), whole),
                   cells.paint(loaded("slow_potassium"), branch(0)));
  });
  CHECK(differences(compiled, through_library) == 0);
}

TEST_CASE("so do loaded synapses, with the variables of their connections", "[c_abi]") {
  auto const connect = [](auto& net, auto const& cells, auto const& depressing, auto const& slow) {
    cells.template paint<mechanisms::passive>(whole);
    auto const source = net.spikes(3, {0, 1, 2, 0, 1, 0, 2, 1},
                                   {1e-3, 2e-3, 2e-3, 4e-3, 8e-3, 10e-3, 12e-3, 13e-3});
    auto const to_fast = net.connect(source, depressing, all_to_all(), 0.5 * ms);
    to_fast["weight"] = "(1 + 0.1*i + 0.01*j)*nS";
    auto const to_slow = net.connect(source, slow, all_to_all(), 1 * ms);
    to_slow["weight"] = 2 * nS;
    to_slow[delay] = (1 + 0.025 * i) * ms;
    return [=] {
      results all = values_of(depressing, {"g"});
      for (numbers const& x : values_of(slow, {"a", "b"})) all.push_back(x);
      for (numbers const& x : values_of(to_fast, {"used", "last"})) all.push_back(x);
      return all;
    };
  };
  // Two of them are at one place, and add to the same currents.
  auto const where = at(1, 0.5) || at(1, 0.51) || at(0, 0.5);
  auto const compiled = simulate([&](auto& net, auto const& cells) {
    return connect(net, cells, cells.template place<test::depressing_synapse>(where),
                   cells.template place<mechanisms::exp2_synapse>(at(1, 0.9)));
  });
  auto const through_library = simulate([&](auto& net, auto const& cells) {
    return connect(net, cells, cells.place(loaded("depressing_synapse"), where),
                   cells.place(loaded("exp2_synapse"), at(1, 0.9)));
  });
  CHECK(differences(compiled, through_library) == 0);
}

TEST_CASE("so do loaded gap junctions, which are linked", "[c_abi]") {
  auto const link = [](auto const& cells, auto const& junctions) {
    std::vector<std::int32_t> peers = cells.numbers(at(1, 0.9));
    std::rotate(peers.begin(), peers.begin() + 1, peers.end());
    junctions.link("peer", cells, "v", peers);
    cells(0, 1)["v"] = -40 * mV;
    return [] { return results{}; };
  };
  auto const compiled = simulate([&](auto&, auto const& cells) {
    return link(cells, cells.template place<mechanisms::gap_junction>(at(1, 0.9)));
  });
  auto const through_library = simulate([&](auto&, auto const& cells) {
    return link(cells, cells.place(loaded("gap_junction"), at(1, 0.9)));
  });
  CHECK(differences(compiled, through_library) == 0);
}

TEST_CASE("a step by hand in C is one of a network, bit by bit", "[c_abi]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells = net.cells(1, nernst::morphology(sphere(20 * um)), fixed_per_branch(1));
  REQUIRE(cells["area"].get().size() == 1);
  auto const channels = cells.paint<mechanisms::hh>(whole);
  auto const clamp = cells.place<mechanisms::current_clamp>(
      at(0, 0.5), mechanisms::current_clamp::duration = 1 * second,
      mechanisms::current_clamp::amplitude = 0.1 * nA);
  auto const v = cells.record(voltage, at(0, 0.5));
  net.run(20 * ms);
  single_compartment by_hand;
  REQUIRE(begin(&by_hand, &loaded("hh").functions(), net.dt()) == 0);
  results expected{v.trace()}, found(1);
  for (std::size_t k = 0; k < expected[0].size(); ++k) {
    found[0].push_back(*value_of(&by_hand, "v"));
    REQUIRE(free_step(&by_hand, cells["area"].get()[0], clamp["amplitude"].get()[0]) == 0);
  }
  CHECK(differences(expected, found) == 0);
  CHECK(*std::max_element(found[0].begin(), found[0].end()) > 0);
  for (char const* const gate : {"m", "h", "n"})
    CHECK(*value_of(&by_hand, gate) == channels[gate].get()[0]);

  // Nothing moves the voltage of a membrane with such a capacitance.
  cells.paint(whole, membrane_capacitance = 1e30 * farad / metre2);
  for (double const level : {-0.09, -0.04, 0.0, 0.05}) {
    cells["v"] = level * volt;
    *value_of(&by_hand, "v") = level;
    for (int k = 0; k < 80; ++k) REQUIRE(clamped_step(&by_hand) == 0);
    net.run(2 * ms);
    for (char const* const gate : {"m", "h", "n"})
      CHECK(*value_of(&by_hand, gate) == channels[gate].get()[0]);
  }
}

TEST_CASE("elements find their compartments by a list, and may share them", "[c_abi]") {
  nernst_mechanism const& of = loaded("depressing_synapse").functions();
  REQUIRE(of.placement == NERNST_POINT);
  std::uint32_t const count = of.variable_count;
  std::vector<numbers> arrays(count, numbers(19));
  std::vector<double*> variables;
  std::map<std::string, double*> named;
  for (std::uint32_t k = 0; k < count; ++k) {
    std::fill(arrays[k].begin(), arrays[k].end(), of.variables[k].initial);
    variables.push_back(arrays[k].data());
    named[of.variables[k].name] = arrays[k].data();
  }
  std::vector<std::int32_t> const where{4, 4, 2, 0, 1, 2, 3, 4, 4};
  numbers work(of.work_size);
  nernst_elements elements{};
  elements.end = static_cast<std::uint32_t>(where.size());
  elements.variables = variables.data();
  elements.compartment = where.data();
  elements.work = work.data();
  elements.dt = 1e-3;
  std::fill_n(named["v"], 5, -0.05);
  REQUIRE(of.prepare(&elements) == NERNST_OK);

  numbers weight{1e-9, 2e-9}, used{0, 0}, last{0, 0};
  REQUIRE(of.connection_variable_count == 3);
  double* connections[3];
  for (std::uint32_t k = 0; k < 3; ++k) {
    std::string_view const name = of.connection_variables[k].name;
    connections[k] = (name == "weight" ? weight : name == "used" ? used : last).data();
  }
  std::uint32_t const element[] = {0, 1, 8}, by[] = {0, 1, 0};
  nernst_spikes const spikes{3, element, by, connections};
  REQUIRE(of.on_spike(&elements, &spikes) == NERNST_OK);
  CHECK(named["g"][0] == 1e-9);
  CHECK(named["g"][1] == 2e-9);
  CHECK(named["g"][8] == 0.5e-9);
  CHECK(used[0] == 0.75);
  REQUIRE(of.currents(&elements) == NERNST_OK);
  CHECK(named["_current"][4] == Approx(-0.05 * 3.5e-9).epsilon(1e-15));
  CHECK(named["_conductance"][4] == Approx(3.5e-9).epsilon(1e-15));
  CHECK(named["_current"][2] == 0);
  REQUIRE(of.advance(&elements) == NERNST_OK);
  CHECK(named["g"][1] == Approx(2e-9 * std::exp(-0.5)).epsilon(1e-15));
}

TEST_CASE("concentrations can be written without a step", "[c_abi]") {
  nernst_mechanism const& of = loaded("buffer").functions();
  REQUIRE(of.write_ions != nullptr);
  CHECK(loaded("hh").functions().write_ions == nullptr);
  single_compartment by_hand;
  REQUIRE(begin(&by_hand, &of, 1e-3) == 0);
  *value_of(&by_hand, "c") = 2;
  *value_of(&by_hand, "bound") = 3;
  REQUIRE(of.write_ions(&by_hand.elements) == NERNST_OK);
  CHECK(*value_of(&by_hand, "ca.inside") == 5);
  REQUIRE(of.advance(&by_hand.elements) == NERNST_OK);
  CHECK(*value_of(&by_hand, "ca.inside") ==
        *value_of(&by_hand, "c") + *value_of(&by_hand, "bound"));
}

TEST_CASE("functions say what they miss", "[c_abi]") {
  nernst_mechanism const& of = loaded("hh").functions();
  single_compartment by_hand;
  REQUIRE(begin(&by_hand, &of, 1e-3) == 0);
  nernst_elements& e = by_hand.elements;
  CHECK(of.ion_currents(&e, 2) == NERNST_BAD_ARGUMENT);
  e.dt = 2e-3;
  CHECK(of.advance(&e) == NERNST_NOT_PREPARED);
  CHECK(std::string(of.message()) == "expected a call of `prepare` with this dt before");
  e.dt = 0;
  CHECK(of.prepare(&e) == NERNST_BAD_ARGUMENT);
  CHECK(std::string(of.message()) == "expected dt > 0");
  e.dt = 1e-3;
  for (std::uint32_t k = 0; k < of.variable_count; ++k)
    if (std::string(of.variables[k].name) == "gnabar") by_hand.variables[k] = nullptr;
  CHECK(of.advance(&e) == NERNST_OK);
  CHECK(of.currents(&e) == NERNST_MISSING_ARRAY);
  CHECK(std::string(of.message()) == "expected an array for the variable 'gnabar', found NULL");
  e.begin = 2;
  CHECK(of.advance(&e) == NERNST_BAD_ARGUMENT);
}

namespace {
/// What is said where something is refused.
template <class Error, class Act>
std::string refusal(Act const& act) {
  try {
    act();
  } catch (Error const& e) {
    return e.what();
  }
  return "nothing";
}
bool has(std::string const& text, std::string_view part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("what cannot be loaded is refused", "[c_abi]") {
  auto const refused = [](std::string const& path, std::string const& name) {
    return refusal<std::runtime_error>([&] { nernst::c_abi::load(path, name); });
  };
  CHECK(has(refused("nowhere/libhh.so", ""),
            "load: nowhere/libhh.so: expected a shared library, found nowhere/libhh.so: "));
  std::ofstream("c_abi_text.so") << "no library";
  CHECK(has(refused("c_abi_text.so", ""), "c_abi_text.so: expected a shared library, found "));
  CHECK(has(refused(NERNST_TEST_CHANNELS, "kdr"),
            "expected the function 'nernst_mechanism_kdr' of a mechanism, found no such function"));
  CHECK(has(refused(NERNST_TEST_OTHER_VERSION, "future"),
            "expected version 1 of the interface, found version 99"));
}

TEST_CASE("what a loaded mechanism cannot do is refused", "[c_abi]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells = net.cells(1, ball_and_stick(), fixed_per_branch(1));
  auto const hh = loaded("hh"), synapse = loaded("depressing_synapse");
  auto const refused = [](auto const& act) { return refusal<std::invalid_argument>(act); };
  CHECK(has(refused([&] { hh["gna"]; }), "): expected one of the variables m, "));
  CHECK(has(refused([&] { hh["gna"]; }), ", found 'gna'"));
  CHECK(has(refused([&] { cells.paint(hh, whole, hh["el"] = 1 * siemens); }),
            ")[el]: expected a value in V, found one in S"));
  CHECK(has(refused([&] { cells.paint(hh, whole, mechanisms::ih::e = 1 * mV); }), "found 'e'"));
  CHECK(has(refused([&] { cells.place(hh, at(0, 0.5)); }),
            "): expected a point mechanism, which `place` takes, found a density mechanism"));
  CHECK(has(refused([&] { cells.paint(synapse, whole); }),
            "): expected a density mechanism, which `paint` spreads, found a point mechanism"));
  cells.paint(hh, whole);
  CHECK(has(refused([&] { cells.paint(hh, branch(0)); }), "', found it in 1 of 1"));
  auto const source = net.spikes(1, std::vector<std::uint32_t>{}, std::vector<double>{});
  auto const junctions = cells.place(loaded("gap_junction"), at(0, 0.5));
  CHECK(has(refused([&] { net.connect(source, junctions, all_to_all()); }),
            "): expected a mechanism on which spikes act, found one without on_spike"));
  CHECK(has(refused([&] { net.record_spikes(junctions); }),
            "record of spikes: expected neurons with a threshold, found '"));
  junctions.link("peer", cells(0, 1), "v", std::vector<std::int32_t>{1});
  auto const synapses = cells.place(synapse, at(0, 0.5));
  synapses["tau"] = 0 * ms;
  CHECK(has(refused([&] { net.run(1 * ms); }),
            "): expected finite coefficients of the equation of 'g'"));

  nernst::network<nernst::device_space<Kokkos::DefaultHostExecutionSpace>> of_device(
      {.dt = 0.025 * ms});
  auto const there = of_device.cells(1, ball_and_stick(), fixed_per_branch(1), "cells");
  CHECK(refused([&] { there.paint(hh, whole); }) ==
        "cells: expected a network on a host space, as cells of a device have no mechanisms of "
        "libraries");
}

TEST_CASE("loaded mechanisms are recorded by name, and remembered", "[c_abi]") {
  nernst::network net({.dt = 0.025 * ms});
  auto const cells = net.cells(2, ball_and_stick(), fixed_per_branch(2));
  auto const hh = loaded("hh");
  CHECK(hh.name() == "hh");
  CHECK(&loaded("hh").functions() == &hh.functions());
  auto const channels = cells.paint(hh, whole);
  CHECK(channels["gnabar"].get() == numbers(8, 1200));
  auto const m = cells.record(hh, "m", at(0, 0.5));
  net.run(1 * ms);
  auto const stored = net.store();
  net.run(1 * ms);
  numbers const first = channels["m"].get();
  net.restore(stored);
  net.run(1 * ms);
  CHECK(channels["m"].get() == first);
  CHECK(m.steps() == 80);
  CHECK(m.trace(1)[0] > 0.05);
}
