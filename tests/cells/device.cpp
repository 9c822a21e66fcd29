// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Cells on the device engine, on spaces of the host: the spikes and values of the host's engine,
// bit by bit.
#include <nernst/brian.hpp>
#include <nernst/cable/device_cells.hpp>
#include <nernst/cable/spatial_neuron.hpp>
#include <nernst/device.hpp>
#include <nernst/nmodl/mechanism.hpp>

#include "catch.hpp"
#include "cells/models.hpp"
#include <numbers>

using namespace nernst::dsl;
using namespace test;

namespace {

using host = Kokkos::DefaultHostExecutionSpace;
using device = nernst::device_space<host>;
/// The GPU, where Kokkos has one.
using default_space = Kokkos::DefaultExecutionSpace;
using cable_scheme = nernst::cable::step_scheme;

/// All that two networks have to have in common.
struct findings {
  std::vector<std::int32_t> neurons;
  std::vector<std::int64_t> steps;
  std::vector<std::vector<double>> values;

  friend bool operator==(findings const&, findings const&) = default;
};

std::vector<nernst::morphology> two_shapes() {
  nernst::morphology line(cylinder(20 * um, 20 * um));
  line.attach(0, 1, cylinder(300 * um, 1 * um), "dend");
  return {three_branches(), line};
}
std::vector<std::uint32_t> shapes_of(std::uint32_t count) {
  std::vector<std::uint32_t> all(count);
  for (std::uint32_t k = 0; k < count; ++k) all[k] = k % 3 == 1 ? 1 : 0;
  return all;
}

/// Cells of two shapes, of which each excites the next, with spiking somata, calcium that comes in
/// and synapses of which several are in one compartment.
template <class Space>
struct ring {
  nernst::network<Space> net{{.dt = 0.025 * ms, .seed = 5}};
  nernst::cells<Space, double> cells;
  nernst::spike_record spikes;
  std::vector<nernst::cell_record<double>> records;
  nernst::potential_record<double> outside;

  explicit ring(std::uint32_t count, nernst::discretisation const& how)
      : cells(net.cells(two_shapes(), shapes_of(count), how)), spikes(build(count)),
        outside(cells.record_potential({{.y = -30 * um}, {.x = 90 * um}}, 0.3 * siemens / metre)) {
    auto const soma = at(0, 0.5);
    records = {cells.record(voltage, soma || terminals),
               cells.template record<spiking>(spiking::m, soma),
               cells.record(calcium.inside, soma, 0.1 * ms),
               cells.record(calcium.reversal, soma || terminals),
               cells.record(sodium.total_current, soma),
               cells.record(membrane_current, soma || terminals),
               cells.record(axial_current, terminals),
               cells.record(stimulus_current, soma)};
  }
  findings find() const {
    findings f{spikes.neurons(), spikes.steps(), {cells["v"].get(), cells["point_current"].get()}};
    for (nernst::cell_record<double> const& r : records)
      for (std::uint32_t const n : r.all().neurons())
        f.values.push_back(r.all().trace(r.all().variables()[0], n));
    for (std::uint32_t const e : {0U, 1U}) f.values.push_back(outside.trace(e));
    return f;
  }

 private:
  nernst::spike_record build(std::uint32_t count) {
    nernst::region const trunk = branch(0);
    cells.template paint<spiking>(trunk, spiking::scale = 1);
    cells.template paint<leak>(!trunk, leak::g = 0.0003 * test::per_area, leak::e = -65 * mV);
    cells.template paint<calcium_channel>(trunk, calcium_channel::g = 1 * siemens / metre2);
    cells.template paint<pool>(trunk, pool::rest = 5e-5 * mmolar);
    cells.paint(!trunk, calcium.reversal = 120 * mV);
    cells(0).template place<electrode>(at(0, 0.5), electrode::start = 1 * ms,
                                       electrode::end = 2 * ms, electrode::amplitude = 2 * nA);
    auto const synapses =
        cells.template place<synapse_on_cell>(at(1, 0.49) || at(1, 0.5) || at(1, 0.51));
    auto const detectors = cells.detect(at(0, 0.5), 0 * mV);
    for (std::uint32_t const k : {0U, 1U, 2U}) connect(detectors, synapses, count, k);
    return net.record_spikes(detectors);
  }
  template <class Detectors, class Synapses>
  void connect(Detectors const& detectors, Synapses const& synapses, std::uint32_t count,
               std::uint32_t which) {
    std::vector<std::uint32_t> from, to;
    for (std::uint32_t k = 0; k < count; ++k) {
      from.push_back(k);
      to.push_back(3 * ((k + 1) % count) + which);
    }
    auto const all = net.connect(detectors, synapses, pairs(from, to), (1 + which) * ms);
    all[synapse_on_cell::weight] = (3 + which) * nS;
  }
};

template <class Space>
findings run_ring(std::uint32_t count, nernst::step_order order, cable_scheme scheme) {
  ring<Space> r(count, nernst::d_lambda(0.1));
  r.cells.set(order);
  r.cells.set(scheme);
  r.net.run(30 * ms);
  r.net.run(10 * ms);
  return r.find();
}

struct potassium_file {
  static constexpr auto model = nernst::nmodl::mechanism("potassium.mod", R"(
    NEURON { SUFFIX potassium_file USEION k READ ek WRITE ik RANGE gbar }
    PARAMETER { gbar = 0.036 (S/cm2) }
    ASSIGNED { v (mV) ek (mV) ik (mA/cm2) celsius (degC) }
    STATE { n }
    INITIAL { n = alpha(v)/(alpha(v) + 0.125*exp(-(v + 65)/80)) }
    BREAKPOINT { SOLVE states METHOD cnexp ik = gbar*n^4*(v - ek) }
    DERIVATIVE states { n' = alpha(v)*(1 - n) - 0.125*exp(-(v + 65)/80)*n }
    FUNCTION alpha(v (mV)) {
      if (fabs(v + 55) < 1e-6) { alpha = 0.1 } else { alpha = 0.01*(v + 55)/(1 - exp(-(v + 55)/10)) }
    }
  )");
};
struct synapse_file {
  static constexpr auto model = nernst::nmodl::mechanism("synapse.mod", R"(
    NEURON { POINT_PROCESS synapse_file RANGE tau NONSPECIFIC_CURRENT i }
    PARAMETER { tau = 2 (ms) }
    ASSIGNED { v (mV) i (nA) }
    STATE { g (uS) }
    INITIAL { g = 0 }
    BREAKPOINT { SOLVE decay METHOD cnexp i = g*v }
    DERIVATIVE decay { g' = -g/tau }
    NET_RECEIVE(w (uS)) { g = g + w*exp(-1e3*g) }
  )");
};

/// Cells of which each excites the next, with a channel and a synapse that are files.
template <class Space>
findings run_files() {
  nernst::network<Space> net{{.dt = 0.025 * ms}};
  auto const cells = net.cells(12, three_branches(), nernst::fixed_per_branch(3));
  nernst::region const trunk = branch(0);
  cells.template paint<spiking>(trunk, spiking::scale = 1);
  auto const channels = cells.template paint<potassium_file>(whole);
  cells.paint(whole, potassium.reversal = -77 * mV);
  cells(0).template place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                                     electrode::amplitude = 2 * nA);
  auto const synapses = cells.template place<synapse_file>(at(1, 0.5) || at(2, 0.5));
  auto const detectors = cells.detect(at(0, 0.5), 0 * mV);
  std::vector<std::uint32_t> from, to;
  for (std::uint32_t k = 0; k < 24; ++k) {
    from.push_back(k / 2);
    to.push_back((k + 2) % 24);
  }
  net.connect(detectors, synapses, pairs(from, to), 1 * ms)["w"] = 0.02 * uS;
  auto const spikes = net.record_spikes(detectors);
  auto const v = cells.record(voltage, at(0, 0.5) || at(1, 1));
  net.run(25 * ms);
  return {spikes.neurons(),
          spikes.steps(),
          {v.trace(3, 0), v.trace(11, 1), channels["n"].get(), synapses["g"].get()}};
}

/// Fire while the voltage is high, again and again behind a time: a fixed one, and one of their
/// own.
struct pausing {
  static constexpr auto model = point(threshold(voltage > -40 * mV), refractory(0.31 * ms));
};
struct resting {
  static constexpr auto pause = parameter<"pause">(second);
  static constexpr auto model = point(threshold(voltage > -40 * mV), refractory(pause));
};

template <class Space>
findings run_pauses() {
  nernst::network<Space> net{{.dt = 0.025 * ms}};
  auto const cells = net.cells(9, three_branches(), nernst::fixed_per_branch(3));
  cells.template paint<spiking>(whole, spiking::scale = 1);
  cells.template place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 4 * ms,
                                  electrode::amplitude = 3 * nA);
  auto const places = at(0, 0.5) || at(1, 0.1) || at(1, 0.12);
  auto const all = cells.template place<pausing>(places);
  auto const some = cells.template place<resting>(places);
  some[resting::pause] = (0.1 + 0.05 * nernst::dsl::i) * ms;
  auto const spikes = net.record_spikes(all), others = net.record_spikes(some);
  net.run(4 * ms);
  net.run(6 * ms);
  findings f{spikes.neurons(), spikes.steps(), {cells["v"].get()}};
  f.neurons.insert(f.neurons.end(), others.neurons().begin(), others.neurons().end());
  f.steps.insert(f.steps.end(), others.steps().begin(), others.steps().end());
  return f;
}

struct axon {
  static constexpr auto model = nernst::brian::spatial_neuron(
      R"(
        Im = gl*(El - v) + gNa*m**3*(1 - m)*(ENa - v) : amp/meter**2
        I : amp (point current)
        gNa : siemens/meter**2
        dm/dt = (1/(1 + exp((-40*mV - v)/(6*mV))) - m)/(0.4*ms) : 1
      )",
      nernst::brian::threshold("m > 0.5"), nernst::brian::refractory("m > 0.4"),
      nernst::brian::method("exponential_euler"),
      nernst::brian::constants("El", -65 * mV, "ENa", 50 * mV, "gl", 3 * mS / cm2));
};

/// Brian's neuron with a current at its beginning.
template <class Space>
findings run_spatial_neuron() {
  nernst::network<Space> net{{.dt = 0.01 * ms}};
  nernst::morphology const shape(cylinder(500 * um, 2 * um, 40), "axon");
  auto const neuron =
      net.template spatial_neuron<axon>(shape, 1 * uF / cm2, 100 * ohm * (0.01 * metre));
  neuron["v"] = -65 * mV;
  neuron["gNa"] = 200 * mS / cm2;
  neuron(0)["I"] = 0.5 * nA;
  neuron.threshold_at(shape["axon"].at(400 * um));
  auto const spikes = net.record_spikes(neuron);
  net.run(5 * ms);
  neuron["I"] = 0 * nA;
  net.run(5 * ms);
  return {spikes.neurons(), spikes.steps(), {neuron["v"].get(), neuron["m"].get()}};
}

/// A cell that is large enough for several threads.
template <class Space>
findings run_large() {
  ring<Space> r(1, nernst::fixed_per_branch(1000));
  r.net.run(5 * ms);
  return r.find();
}

/// Calcium that comes in and a messenger that it makes: both diffuse.
struct spreading {
  static constexpr auto D = parameter<"D">(metre2 / second);
  static constexpr auto c = state<"c">(mmolar);
  static constexpr auto messenger = state<"messenger">(mmolar);
  static constexpr auto section = std::numbers::pi / 4 * diameter * diameter;
  static constexpr auto model =
      density(d(c) / dt = -calcium.total_current / (calcium.molar_charge * 0.1 * um),
              d(messenger) / dt = c / (20 * ms) - messenger / (5 * ms),
              initial(c = calcium.inside, messenger = 0 * mmolar), write(calcium.inside = c),
              diffuses(c, D, section), diffuses(messenger, 3 * D, section));
};

/// Cells in which calcium comes in at the soma and diffuses; not into all branches of all.
template <class Space>
findings run_diffusion(std::uint32_t count, int per_branch, nernst::step_order order) {
  nernst::network<Space> net{{.dt = 0.025 * ms}};
  auto const cells =
      net.cells(two_shapes(), shapes_of(count), nernst::fixed_per_branch(per_branch));
  cells.set(order);
  REQUIRE(cells.group().layout().is_divided() == (per_branch == 1000));
  nernst::region const trunk = branch(0);
  cells.template paint<spiking>(trunk, spiking::scale = 1);
  cells.template paint<calcium_channel>(trunk, calcium_channel::g = 1 * siemens / metre2);
  auto const of_somata = cells.template paint<spreading>(trunk, spreading::D = 0.6 * um * um / ms);
  auto const of_dendrites =
      cells(count / 4, count)
          .template paint<spreading>(branch(1), spreading::D = (1 + distance / mm) * um * um / ms);
  cells.template place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                                  electrode::amplitude = 2 * nA);
  auto const inside = cells.record(calcium.inside, at(1, 0));
  net.run(3 * ms);
  net.run(2 * ms);
  findings f;
  for (auto const& some : {of_somata, of_dendrites})
    for (char const* const id : {"c", "messenger"}) f.values.push_back(some[id].get());
  for (std::uint32_t k = 0; k < count; ++k) f.values.push_back(inside.trace(k));
  return f;
}

/// Cells of two shapes that joints make chains and rings, and others beside them.
template <class Space>
findings run_joined(std::uint32_t count, int per_branch, cable_scheme scheme) {
  nernst::network<Space> net{{.dt = 0.025 * ms}};
  auto const cells =
      net.cells(two_shapes(), shapes_of(count), nernst::fixed_per_branch(per_branch));
  cells.set(scheme);
  nernst::region const trunk = branch(0);
  cells.template paint<spiking>(trunk, spiking::scale = 1);
  cells.template paint<leak>(!trunk, leak::g = 0.0003 * test::per_area, leak::e = -65 * mV);
  auto const near = cells.numbers(at(1, 0.3)), far = cells.numbers(at(1, 0.9));
  std::vector<std::int32_t> from, to;
  for (std::size_t k = 0; k + 1 < count; ++k)
    if (k % 5 < 3) {
      from.push_back(far[k]);
      to.push_back(near[k + 1]);
    }
  from.insert(from.end(), {far[0], near[1], far[0]});  // of which two are rings at least
  to.insert(to.end(), {near[0], far[0], far[count / 2]});
  cells.join(from, to, 3 * nS);
  REQUIRE(cells.group().layout().is_divided() == (per_branch == 1000));
  cells.template place<electrode>(at(0, 0.5), electrode::start = 1 * ms, electrode::end = 2 * ms,
                                  electrode::amplitude = 1 * nA);
  auto const detectors = cells.detect(at(0, 0.5), 0 * mV);
  auto const spikes = net.record_spikes(detectors);
  auto const membrane = cells.record(membrane_current, at(1, 0.3) || at(1, 0.9));
  net.run(5 * ms);
  net.run(5 * ms);
  findings f{spikes.neurons(), spikes.steps(), {cells["v"].get()}};
  for (std::uint32_t k = 0; k < count; ++k) f.values.push_back(membrane.trace(k, 0));
  return f;
}

}  // namespace

TEST_CASE("a GPU makes the same steps of cells each time, and the spikes of the host", "[gpu]") {
  auto const order = nernst::step_order::voltage_first;
  auto const scheme = cable_scheme::backward_euler;
  findings const found = run_ring<default_space>(60, order, scheme);
  findings const expected = run_ring<host>(60, order, scheme);
  CHECK(run_ring<default_space>(60, order, scheme) == found);
  CHECK(found.neurons == expected.neurons);
  CHECK(found.steps == expected.steps);
}

TEST_CASE("cells on a device do what they do on the host", "[cells]") {
  using nernst::step_order;
  for (std::uint32_t const count : {5U, 60U}) {
    CAPTURE(count);
    findings const expected =
        run_ring<host>(count, step_order::voltage_first, cable_scheme::backward_euler);
    REQUIRE(expected.neurons.size() > 4);
    CHECK(run_ring<device>(count, step_order::voltage_first, cable_scheme::backward_euler) ==
          expected);
  }
  findings const expected =
      run_ring<host>(20, step_order::states_first, cable_scheme::crank_nicolson_with_ions);
  REQUIRE(expected.neurons.size() > 4);
  CHECK(run_ring<device>(20, step_order::states_first, cable_scheme::crank_nicolson_with_ions) ==
        expected);
}

TEST_CASE("a large cell on a device is that of the host", "[cells]") {
  findings const expected = run_large<host>();
  REQUIRE(expected.values[0].size() > 2048);
  REQUIRE(expected.neurons.size() == 1);
  CHECK(run_large<device>() == expected);
}

TEST_CASE("states diffuse along branches on a device as they do on the host", "[cells]") {
  using nernst::step_order;
  struct {
    std::uint32_t count;
    int per_branch;  // the last is divided
    step_order order;
  } const cases[] = {{5, 7, step_order::voltage_first},
                     {60, 4, step_order::states_first},
                     {1, 1000, step_order::voltage_first}};
  for (auto const& [count, per_branch, order] : cases) {
    CAPTURE(count);
    findings const expected = run_diffusion<host>(count, per_branch, order);
    std::vector<double> const &c = expected.values[2], &messenger = expected.values[3];
    REQUIRE(c.front() > 1.5 * c.back());
    REQUIRE(messenger.front() > 0);
    CHECK(run_diffusion<device>(count, per_branch, order) == expected);
  }
}

TEST_CASE("joined cells on a device are those of the host", "[cells]") {
  struct {
    std::uint32_t count;
    int per_branch;
    cable_scheme scheme;
  } const cases[] = {{7, 5, cable_scheme::backward_euler},
                     {90, 4, cable_scheme::crank_nicolson},
                     {3, 1000, cable_scheme::backward_euler}};  // divided: no joint is in a tree
  for (auto const& [count, per_branch, scheme] : cases) {
    CAPTURE(count);
    findings const expected = run_joined<host>(count, per_branch, scheme);
    REQUIRE(expected.neurons.size() >= count);
    CHECK(run_joined<device>(count, per_branch, scheme) == expected);
  }
}

TEST_CASE("channels and synapses of files do the same on a device", "[cells][nmodl]") {
  findings const expected = run_files<host>();
  REQUIRE(expected.neurons.size() > 4);
  CHECK(run_files<device>() == expected);
}

TEST_CASE("mechanisms that fire and pause do the same on a device", "[cells]") {
  findings const expected = run_pauses<host>();
  REQUIRE(expected.neurons.size() > 100);
  CHECK(run_pauses<device>() == expected);
}

TEST_CASE("spatial neurons do the same on a device", "[cells][brian]") {
  findings const expected = run_spatial_neuron<host>();
  REQUIRE(expected.neurons.size() > 0);
  CHECK(run_spatial_neuron<device>() == expected);
}

TEST_CASE("a step of cells on a device is one graph", "[cells]") {
  namespace tools = Kokkos::Tools::Experimental;
  static int started;
  started = 0;
  ring<device> r(5, nernst::fixed_per_branch(3));
  tools::set_profile_event_callback([](char const*) { ++started; });
  r.net.run(10 * ms);
  CHECK(started == 400);
  run_diffusion<device>(5, 2, nernst::step_order::voltage_first);
  CHECK(started == 600);
  run_joined<device>(7, 2, cable_scheme::backward_euler);
  CHECK(started == 1000);
  tools::set_profile_event_callback(nullptr);
}

TEST_CASE("cells on a device go on from what the host has stored", "[cells]") {
  ring<host> there(20, nernst::fixed_per_branch(3));
  there.net.every(1 * ms, [] {});  // where somebody may change values nothing is steady
  there.net.run(5 * ms);
  auto const stored = there.net.store();
  there.net.run(5 * ms);
  ring<device> here(20, nernst::fixed_per_branch(3));
  here.net.restore(stored);
  int calls = 0;
  here.net.every(1 * ms, [&] { calls += here.cells["v"].get().size() > 0 ? 1 : 0; });
  here.net.run(5 * ms);
  CHECK(calls == 5);
  CHECK(here.cells["v"].get() == there.cells["v"].get());
}
