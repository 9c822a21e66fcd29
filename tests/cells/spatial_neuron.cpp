// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/brian.hpp>
#include <nernst/cable.hpp>
#include <nernst/cable/spatial_neuron.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <cmath>
#include <numbers>
#include <string>

using namespace nernst::dsl;
using Catch::Contains;
namespace brian = nernst::brian;

// The networks of data/make_spatial.py, and the tests of Brian's SpatialNeuron.
namespace test {
struct squid {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) : amp/meter**2
        I : amp (point current)
        gNa : siemens/meter**2
        dm/dt = alpham*(1 - m) - betam*m : 1
        dn/dt = alphan*(1 - n) - betan*n : 1
        dh/dt = alphah*(1 - h) - betah*h : 1
        alpham = 0.1/mV*10*mV/exprel((-v + 25*mV)/(10*mV))/ms : Hz
        betam = 4*exp(-v/(18*mV))/ms : Hz
        alphah = 0.07*exp(-v/(20*mV))/ms : Hz
        betah = 1/(exp((-v + 30*mV)/(10*mV)) + 1)/ms : Hz
        alphan = 0.01/mV*10*mV/exprel((-v + 10*mV)/(10*mV))/ms : Hz
        betan = 0.125*exp(-v/(80*mV))/ms : Hz
      )",
      brian::threshold("m > 0.5"), brian::refractory("m > 0.4"), brian::method("exponential_euler"),
      brian::constants("El", 10.613 * mV, "ENa", 115 * mV, "EK", -12 * mV, "gl", 0.3 * mS / cm2,
                       "gK", 36 * mS / cm2));
};
/// What compartments have is read by an equation.
struct reading {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) : amp/meter**2
        I : amp (point current)
        Ip = gp*exp(v/(20*mV))*(EK - v) : amp (point current)
        gp : siemens
        gNa : siemens/meter**2
        dw/dt = (Ic/(1e-2*amp/meter**2) + time_constant/ms + space_constant/mm + x/(100*um) - w)
                /(2*ms) : 1
        dm/dt = alpham*(1 - m) - betam*m : 1
        dn/dt = alphan*(1 - n) - betan*n : 1
        dh/dt = alphah*(1 - h) - betah*h : 1
        alpham = 0.1/mV*10*mV/exprel((-v + 25*mV)/(10*mV))/ms : Hz
        betam = 4*exp(-v/(18*mV))/ms : Hz
        alphah = 0.07*exp(-v/(20*mV))/ms : Hz
        betah = 1/(exp((-v + 30*mV)/(10*mV)) + 1)/ms : Hz
        alphan = 0.01/mV*10*mV/exprel((-v + 10*mV)/(10*mV))/ms : Hz
        betan = 0.125*exp(-v/(80*mV))/ms : Hz
      )",
      brian::method("exponential_euler"),
      brian::constants("El", 10.613 * mV, "ENa", 115 * mV, "EK", -12 * mV, "gl", 0.3 * mS / cm2,
                       "gK", 36 * mS / cm2));
};
struct giant_axon {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gl*(El - v) + gNa*m**3*h*(ENa - v) + gK*n**4*(EK - v) : amp/meter**2
        I : amp (point current)
        outwards : amp/meter**2
        dm/dt = alpham*(1 - m) - betam*m : 1
        dn/dt = alphan*(1 - n) - betan*n : 1
        dh/dt = alphah*(1 - h) - betah*h : 1
        alpham = 0.1/mV*10*mV/exprel((-v + 25*mV)/(10*mV))/ms : Hz
        betam = 4*exp(-v/(18*mV))/ms : Hz
        alphah = 0.07*exp(-v/(20*mV))/ms : Hz
        betah = 1/(exp((-v + 30*mV)/(10*mV)) + 1)/ms : Hz
        alphan = 0.01/mV*10*mV/exprel((-v + 10*mV)/(10*mV))/ms : Hz
        betan = 0.125*exp(-v/(80*mV))/ms : Hz
      )",
      brian::method("exponential_euler"), brian::every(0.01 * ms, "outwards = Ic - Im"),
      brian::constants("El", 10.613 * mV, "ENa", 115 * mV, "EK", -12 * mV, "gl", 0.3 * mS / cm2,
                       "gK", 36 * mS / cm2, "gNa", 120 * mS / cm2));
};
struct electrode {
  static constexpr auto model = brian::neuron("v : volt\n x : meter\n y : meter\n z : meter");
};
struct line_of_sight {
  static constexpr auto model = brian::synapse("w : ohm*meter**2 (constant)\n"
                                               "v_post = w*outwards_pre : volt (summed)",
                                               brian::constants("sigma", 0.3 * siemens / metre));
};
struct passive {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gL*(EL - v) : amp/meter**2
        I : amp (point current)
      )",
      brian::constants("gL", 1e-4 * siemens / cm2, "EL", -70 * mV));
};
struct initiation {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gL*(EL - v) + gNa*m*h*(ENa - v) + gK*n*(EK - v) : amp/meter**2
        dm/dt = (minf - m)/(0.3*ms) : 1
        dh/dt = (hinf - h)/(3*ms) : 1
        dn/dt = (ninf - n)/(5*ms) : 1
        minf = 1/(1 + exp((va - v)/ka)) : 1
        hinf = 1/(1 + exp((v - vi)/ki)) : 1
        ninf = 1/(1 + exp((vk - v)/kk)) : 1
        I : amp (point current)
        gNa : siemens/meter**2
        gK : siemens/meter**2
      )",
      brian::method("exponential_euler"),
      brian::constants("gL", 1e-4 * siemens / cm2, "EL", -70 * mV, "ENa", 50 * mV, "ka", 6 * mV,
                       "ki", 6 * mV, "va", -30 * mV, "vi", -50 * mV, "EK", -90 * mV, "vk", -20 * mV,
                       "kk", 8 * mV));
};
struct with_inputs {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gL*(EL - v) : amp/meter**2
        Is = gs*(Es - v) : amp (point current)
        gs : siemens
      )",
      brian::constants("gL", 1e-4 * siemens / cm2, "EL", -70 * mV, "Es", 0 * mV));
};
struct stimulation {
  static constexpr auto model = brian::neuron("dx/dt = 300*Hz : 1", brian::threshold("x > 1"),
                                              brian::reset("x = 0"), brian::method("euler"));
};
struct input {
  static constexpr auto model =
      brian::synapse("dg/dt = -g/taus : siemens (clock-driven)\n gs_post = g : siemens (summed)",
                     brian::on_pre("g += w"), brian::method("exact"),
                     brian::constants("taus", 1 * ms, "w", 20 * nS));
};
struct firing {
  static constexpr auto model = brian::spatial_neuron(
      "Im = gL*(-v) : amp/meter**2\n I : amp (point current)\n count : 1",
      brian::threshold("v > 10*mV"), brian::refractory("2*ms"), brian::reset("count += 1"),
      brian::constants("gL", 1e-3 * siemens / cm2));
};
struct clamped {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gL*(EL - v) + gClamp*(target - v) : amp/meter**2
        gClamp : siemens/meter**2
      )",
      brian::constants("gL", 1e-4 * siemens / cm2, "EL", -70 * mV, "target", -10 * mV));
};
struct switched {
  static constexpr auto model =
      brian::spatial_neuron("Im = 0*nA/cm**2 : amp/meter**2\n should_spike : boolean (constant)",
                            brian::threshold("should_spike"));
};
struct constant_currents {
  static constexpr auto model = brian::spatial_neuron(R"(
    Im = 0*nA/cm**2 : amp/meter**2
    I1 = 1*nA : amp (point current)
    I2 = 1*nA : amp (point current, constant over dt)
    I3 : amp (point current, shared)
    dI4/dt = -I4/(10*ms) : amp (point current)
  )");
};
struct timed {
  static constexpr auto model = brian::spatial_neuron(
      "Im = ta(t)/area : amp/meter**2", brian::timed_array("ta", nA), brian::method("euler"));
};
struct eventful {
  static constexpr auto model = brian::spatial_neuron(
      R"(
        Im = gL*(EL - v) : amp/meter**2
        event_time1 : second
        seen : volt
      )",
      brian::event("event1", "t >= i*ms and t < i*ms + dt"),
      brian::on_event("event1", "event_time1 = 0.1*ms; seen = v"),
      brian::constants("gL", 3e-4 * siemens / cm2, "EL", -65 * mV));
};

// The methods that Brian 2.9 chooses for a SpatialNeuron.
struct gate {
  static constexpr auto model = brian::spatial_neuron(
      "Im = 0*amp/meter**2 : amp/meter**2\n dm/dt = (1/(1 + exp(-v/mV)) - m)/ms : 1");
};
struct product {
  static constexpr auto model = brian::spatial_neuron(
      "Im = 0*amp/meter**2 : amp/meter**2\n dm/dt = -m*h/ms : 1\n dh/dt = -h/ms : 1");
};
struct square {
  static constexpr auto model =
      brian::spatial_neuron("Im = 0*amp/meter**2 : amp/meter**2\n dm/dt = -m**2/ms : 1");
};
struct noisy {
  static constexpr auto model =
      brian::spatial_neuron("Im = 0*amp/meter**2 : amp/meter**2\n dm/dt = -m/ms + xi*ms**-0.5 : 1");
};
template <class Model>
constexpr bool is_integrated_by(std::string_view method) {
  auto const& methods = nernst::kernel::compiled<Model>::value.methods;
  return methods.size() == 1 && methods[0].name == method;
}
static_assert(is_integrated_by<gate>("exact") && is_integrated_by<square>("rk2"));
static_assert(is_integrated_by<product>("exponential_euler") && is_integrated_by<noisy>("heun"));

/// What Brian computed: a row for each time.
struct brian_rows {
  explicit brian_rows(std::string const& name)
      : all(nernst::io::read_npy<double>(NERNST_TEST_DATA "/spatial/" + name + ".npy")) {}

  /// The largest difference to a record of the same compartments, relative to the largest value.
  template <class Record>
  double worst(Record const& ours, std::vector<std::uint32_t> const& compartments,
               std::size_t every, std::string const& variable = "v") const {
    double difference = 0, largest = 0;
    std::size_t const columns = compartments.size();
    for (std::size_t c = 0; c < columns; ++c) {
      std::vector<double> const trace = ours.trace(variable, compartments[c]);
      for (std::size_t k = 0; k * columns < all.data.size(); ++k) {
        double const expected = all.data[k * columns + c];
        difference = std::max(difference, std::abs(trace.at(k * every) - expected));
        largest = std::max(largest, std::abs(expected));
      }
    }
    return difference / largest;
  }

  nernst::io::array<double> all;
};

inline auto network_in_steps_of(nernst::ir::quantity<"s"> dt) {
  return nernst::network<>({.dt = dt});
}
std::vector<double> steps_of(nernst::spike_record const& spikes, double dt) {
  std::vector<double> all;
  for (double const t : spikes.times()) all.push_back(std::round(t / dt));
  return all;
}
}  // namespace test

using namespace test;

TEST_CASE("spatial neuron: the axon of the squid, and its spikes at one place", "[cells][brian]") {
  auto net = network_in_steps_of(0.01 * ms);
  nernst::morphology const shape(cylinder(10 * cm, 2 * 238 * um, 200), "axon");
  auto const neuron = net.spatial_neuron<squid>(shape, 1 * uF / cm2, 35.4 * ohm * cm);
  neuron["h"] = 1;
  neuron["n"] = 0.5;
  neuron(shape["axon"](0 * cm, 8 * cm))["gNa"] = 120 * mS / cm2;
  neuron.threshold_at(shape["axon"].at(5.02 * cm));
  auto const spikes = net.record_spikes(neuron);
  auto const v = net.record(neuron, {"v"}, {0, 50, 100, 199});
  net.run(50 * ms);
  neuron(0)["I"] = 1 * uA;
  net.run(3 * ms);
  neuron["I"] = 0 * amp;
  net.run(12 * ms);
  double const worst = brian_rows("squid").worst(v, {0, 50, 100, 199}, 20);
  CHECK(worst < 1e-9);
  CHECK(steps_of(spikes, 1e-5) == brian_rows("squid_spikes").all.data);
  CHECK(spikes.neurons() == std::vector<std::int32_t>(spikes.count(), 100));
  CHECK(spikes.count() == 1);
}

/// As long as thick, or a ball of the same area. Balls of Brian have a little resistance inside,
/// that of a metre of axon, which decides how well others agree with it.
nernst::morphology with_soma(bool is_ball) {
  return nernst::morphology(is_ball ? sphere(30 * um) : cylinder(30 * um, 30 * um, 1));
}

TEST_CASE("spatial neuron: a bipolar cell with a current at a place", "[cells][brian]") {
  for (bool const is_ball : {false, true}) {
    auto net = network_in_steps_of(0.1 * ms);
    nernst::morphology shape = with_soma(is_ball);
    shape["axon"] = cylinder(300 * um, 1 * um, 100);
    shape["L"] = cylinder(100 * um, 1 * um, 50);
    shape["R"] = cylinder(150 * um, 1 * um, 50);
    auto const neuron = net.spatial_neuron<passive>(shape, 1 * uF / cm2, 100 * ohm * cm);
    neuron["v"] = -70 * mV;
    auto const v = net.record(neuron, {"v"}, {0, 126, 176});
    net.run(1 * ms);
    neuron(shape["L"].at(51 * um))["I"] = 0.2 * nA;
    net.run(5 * ms);
    neuron["I"] = 0 * amp;
    net.run(50 * ms);
    double const worst =
        brian_rows(is_ball ? "bipolar_ball" : "bipolar").worst(v, {0, 126, 176}, 10);
    CHECK(worst < (is_ball ? 1e-7 : 1e-9));
  }
}

TEST_CASE("spatial neuron: a spike begins in the axon", "[cells][brian]") {
  for (bool const is_ball : {false, true}) {
    auto net = network_in_steps_of(0.025 * ms);
    nernst::morphology shape = with_soma(is_ball);
    shape["axon"] = cylinder(300 * um, 1 * um, 100);
    auto const neuron = net.spatial_neuron<initiation>(shape, 1 * uF / cm2, 100 * ohm * cm);
    neuron["v"] = -65 * mV;
    auto const channels = neuron(shape["axon"](30 * um, 60 * um));
    CHECK(channels.size() == 10);
    channels["gNa"] = 700e-4 * siemens / cm2;
    channels["gK"] = "700*gL";
    auto const v = net.record(neuron, {"v"}, {0, 20, 40, 60, 80});
    net.run(1 * ms);
    neuron(shape["soma"].main())["I"] = 0.15 * nA;
    net.run(40 * ms);
    neuron["I"] = 0 * amp;
    net.run(9 * ms);
    double const worst =
        brian_rows(is_ball ? "initiation_ball" : "initiation").worst(v, {0, 20, 40, 60, 80}, 10);
    CHECK(worst < (is_ball ? 3e-6 : 1e-9));
  }
}

TEST_CASE("spatial neuron: synapses onto compartments", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology shape = with_soma(false);
  shape["L"] = cylinder(100 * um, 1 * um, 50);
  shape["R"] = cylinder(100 * um, 1 * um, 50);
  auto const neuron = net.spatial_neuron<with_inputs>(shape, 1 * uF / cm2, 100 * ohm * cm);
  neuron["v"] = -70 * mV;
  auto const from = net.population<stimulation>(2);
  from["x"] = std::vector<double>{0, 0.5};
  std::vector<std::uint32_t> const sources{0, 1}, targets{50, 100};
  net.connect<input>(from, neuron, pairs(sources, targets));
  auto const v = net.record(neuron, {"v"}, {0, 50, 100});
  net.run(50 * ms);
  double const worst = brian_rows("inputs").worst(v, {0, 50, 100}, 10);
  CHECK(worst < 1e-9);
}

TEST_CASE("spatial neuron: all compartments fire, are refractory and reset", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology const shape(cylinder(1400 * um, 1 * um, 7));
  auto const neuron = net.spatial_neuron<firing>(shape, 1 * uF / cm2, 100 * ohm * cm);
  neuron(2)["I"] = 0.5 * nA;
  auto const spikes = net.record_spikes(neuron);
  net.run(20 * ms);
  std::vector<double> found = steps_of(spikes, 1e-4), counts(7);
  for (auto const compartment : spikes.neurons()) {
    found.push_back(compartment);
    ++counts[static_cast<std::size_t>(compartment)];
  }
  CHECK(found == brian_rows("firing").all.data);
  CHECK(neuron["count"].get() == counts);
}

/// A tapered cell with branches and points in space.
nernst::morphology branched() {
  using points = std::vector<nernst::cable::section_point>;
  nernst::morphology shape(section(points{{0 * um, 0 * um, 0 * um, 20 * um},
                                          {10 * um, 0 * um, 0 * um, 20 * um},
                                          {20 * um, 0 * um, 0 * um, 20 * um}}));
  shape["stem"] = section(points{{20 * um, 0 * um, 0 * um, 6 * um},
                                 {50 * um, 5 * um, 0 * um, 4 * um},
                                 {80 * um, 0 * um, 10 * um, 3 * um},
                                 {80 * um, 40 * um, 20 * um, 2.5 * um}});
  shape["stem"]["L"] = section(points{{80 * um, 40 * um, 20 * um, 2.5 * um},
                                      {80 * um, 100 * um, 30 * um, 2 * um},
                                      {130 * um, 130 * um, 20 * um, 1 * um}});
  shape["stem"]["R"] = section(points{{80 * um, 40 * um, 20 * um, 2 * um},
                                      {120 * um, 10 * um, 20 * um, 1.5 * um},
                                      {160 * um, 10 * um, 10 * um, 1.5 * um},
                                      {200 * um, -20 * um, 20 * um, 1 * um},
                                      {230 * um, -20 * um, 50 * um, 0.5 * um}});
  points thin;
  for (int k = 0; k <= 5; ++k) thin.push_back({(20 - 20 * k) * um, 4 * k * um, 0 * um, 1 * um});
  shape["axon"] = section(thin);
  return shape;
}

TEST_CASE("spatial neuron: what compartments have, and what flows into them", "[cells][brian]") {
  auto net = network_in_steps_of(0.025 * ms);
  auto const neuron = net.spatial_neuron<reading>(branched(), 1 * uF / cm2, 100 * ohm * cm);
  std::vector<double> const shape = brian_rows("branched_shape").all.data;
  std::size_t row = 0;
  for (auto const* const id : {"length", "distance", "area", "volume", "diameter", "r_length_1",
                               "r_length_2", "x", "y", "z"}) {
    std::vector<double> const found = neuron[id].get();
    for (std::size_t k = 0; k < neuron.size(); ++k)
      CHECK(found[k] == Approx(shape[row * neuron.size() + k]).epsilon(1e-12).margin(1e-18));
    ++row;
  }
  neuron["v"] = "(1 + distance/(100*um))*mV";
  neuron["h"] = 0.6;
  neuron["n"] = 0.3;
  neuron["gp"] = "1*nS*(x > 50*um)";
  neuron["gNa"] = "120*mS/cm**2*(distance < 150*um)";
  std::vector<std::string> const variables{"v", "Ic", "time_constant", "space_constant", "w"};
  auto const record = net.record(neuron, variables);
  net.run(1 * ms);
  neuron(0)["I"] = 0.5 * nA;
  net.run(5 * ms);
  neuron["I"] = 0 * amp;
  net.run(24 * ms);
  std::vector<std::uint32_t> all(neuron.size());
  for (std::uint32_t k = 0; k < all.size(); ++k) all[k] = k;
  for (std::string const& id : variables) {
    double const worst = brian_rows("branched_" + id).worst(record, all, 20, id);
    INFO(id);
    CHECK(worst < 1e-11);
  }
  CHECK(neuron["Cm"].get()[3] == Approx(0.01));
  CHECK(neuron["Ri"].get()[3] == Approx(1));
}

TEST_CASE("spatial neuron: the potential outside by synapses to electrodes", "[cells][brian]") {
  auto net = network_in_steps_of(0.01 * ms);
  nernst::morphology const shape(cylinder(4 * cm, 2 * 238 * um, 40));
  auto const neuron = net.spatial_neuron<giant_axon>(shape, 1 * uF / cm2, 35.4 * ohm * cm);
  neuron["h"] = 0.6;
  neuron["n"] = 0.3;
  neuron(0)["I"] = 5 * uA;
  auto const electrodes = net.population<electrode>(5);
  electrodes["x"] = "(i + 1)*4*cm/6";
  electrodes["y"] = 5 * mm;
  auto const synapses = net.connect<line_of_sight>(neuron, electrodes, all_to_all());
  synapses["w"] = "area_pre/(4*pi*sigma)/((x_pre - x_post)**2 + (y_pre - y_post)**2 + (z_pre - "
                  "z_post)**2)**0.5";
  std::vector<std::uint32_t> const all{0, 1, 2, 3, 4};
  auto const v = net.record(electrodes, {"v"}, all);
  net.run(10 * ms);
  double const worst = brian_rows("lfp").worst(v, all, 10);
  CHECK(worst < 1e-9);
}

// Brian's own tests.

TEST_CASE("spatial neuron: a pulse in an infinite cable is the Green function", "[cells][brian]") {
  auto net = network_in_steps_of(0.001 * ms);
  nernst::morphology const shape(cylinder(3 * mm, 1 * um, 500));
  auto const neuron = net.spatial_neuron<passive>(shape, 1 * uF / cm2, 100 * ohm * cm);
  neuron["v"] = -70 * mV;
  neuron(250)["I"] = 1 * nA;
  auto const v = net.record(neuron, {"v"}, {230});
  net.run(0.02 * ms);
  neuron["I"] = 0 * amp;
  net.run(3 * ms);
  double const g = 1, c = 0.01, r = 1, d = 1e-6, x = 20 * 6e-6;
  double const lambda = std::sqrt(d / (4 * r * g)), tau = c / g, pi = std::numbers::pi;
  std::vector<double> const trace = v.trace("v", 230);
  double worst = 0;
  for (std::size_t k = 500; k < trace.size(); ++k) {
    double const t = static_cast<double>(k + 1) * 1e-6;
    double const theory = 1e-9 * 2e-5 / (lambda * c * pi * d) * std::sqrt(tau / (4 * pi * t)) *
                          std::exp(-t / tau - tau / (4 * t) * (x / lambda) * (x / lambda));
    worst = std::max(worst, std::abs(trace[k] + 0.07 - theory));
  }
  CHECK(worst < 6.32e-6);
}

/// A length in which the voltage of a cable decays, of passive membranes, and what an ampere makes
/// at the beginning of one that goes on without an end.
struct cable_theory {
  double diameter;

  double length() const { return std::sqrt(diameter / (4 * 1.5)); }
  double resistance() const {
    return length() * 4 * 1.5 / (std::numbers::pi * diameter * diameter);
  }
};

TEST_CASE("spatial neuron: a current at the end of a cable", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology const shape(cylinder(300 * um, 1 * um, 200));
  auto const neuron = net.spatial_neuron<passive>(shape, 1 * uF / cm2, 150 * ohm * cm);
  neuron["v"] = -70 * mV;
  neuron(0)["I"] = 0.02 * nA;
  net.run(200 * ms);
  cable_theory const theory{1e-6};
  double const la = theory.length();
  CHECK(neuron["space_constant"].get()[0] == Approx(la).epsilon(1e-12));
  CHECK(neuron["time_constant"].get()[0] == Approx(0.01).epsilon(1e-12));
  std::vector<double> const v = neuron["v"].get(), x = neuron["distance"].get();
  for (std::size_t k = 0; k < v.size(); ++k) {
    double const expected =
        theory.resistance() * 2e-11 * std::cosh((3e-4 - x[k]) / la) / std::sinh(3e-4 / la);
    CHECK(std::abs(v[k] + 0.07 - expected) < 1e-6);
  }
}

TEST_CASE("spatial neuron: a cylinder and two branches as Rall's", "[cells][brian]") {
  double const thick = 1e-6, left = 0.5e-6;
  double const right = std::pow(std::pow(thick, 1.5) - std::pow(left, 1.5), 1 / 1.5);
  double const la = cable_theory{thick}.length(), l1 = cable_theory{left}.length(),
               l2 = cable_theory{right}.length();
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology shape(cylinder(300 * um, 1 * um, 500), "main");
  shape["L"] = cylinder(200 * um, 0.5 * um, 500);
  shape["R"] = cylinder(200e-6 / l1 * l2 * metre, right * metre, 500);
  auto const neuron = net.spatial_neuron<passive>(shape, 1 * uF / cm2, 150 * ohm * cm);
  neuron["v"] = -70 * mV;
  neuron(0)["I"] = 0.02 * nA;
  net.run(200 * ms);
  std::vector<double> const v = neuron["v"].get(), x = neuron["distance"].get();
  std::vector<double> const constants = neuron["space_constant"].get();
  double const full = 3e-4 / la + 2e-4 / l1, resistance = cable_theory{thick}.resistance();
  for (std::size_t k = 0; k < v.size(); ++k) {
    double const own = k < 500 ? la : k < 1000 ? l1 : l2;
    double const way = k < 500 ? x[k] / la : 3e-4 / la + (x[k] - 3e-4) / own;
    CHECK(constants[k] == Approx(own).epsilon(1e-7));
    double const expected = resistance * 2e-11 * std::cosh(full - way) / std::sinh(full);
    CHECK(std::abs(v[k] + 0.07 - expected) < 2e-6);
  }
}

TEST_CASE("spatial neuron: lengths, distances and areas of a soma with branches",
          "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology shape(sphere(30 * um));
  shape["L"] = cylinder(10 * um, 1 * um, 10);
  shape["L"]["L"] = cylinder(5 * um, 2 * um, 5);
  shape["L"]["R"] = cylinder(5 * um, 2 * um, 10);
  shape["right"] = cylinder(3 * um, 1 * um, 7);
  shape["right"]["nextone"] = cylinder(2 * um, 1 * um, 3);
  auto const neuron = net.spatial_neuron<passive>(shape, 1 * uF / cm2, 100 * ohm * cm);
  auto const has = [&](auto const& part, double size, double begin, double thick) {
    std::vector<double> const x = part["distance"].get(), area = part["area"].get();
    auto const count = static_cast<double>(x.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
      double const middle = (static_cast<double>(k) + 0.5) * size / count;
      CHECK(x[k] * 1e6 == Approx(begin + middle));
      CHECK(part["length"].get()[k] * 1e6 == Approx(size / count));
      CHECK(area[k] * 1e12 == Approx(std::numbers::pi * thick * size / count));
    }
  };
  has(neuron(shape["L"].main()), 10, 0, 1);
  has(neuron(shape["LL"]), 5, 10, 2);
  has(neuron(shape["LR"]), 5, 10, 2);
  has(neuron(shape["right"].main()), 3, 0, 1);
  has(neuron(shape["right"]["nextone"]), 2, 3, 1);
  neuron(shape["LL"])["v"] = -70 * mV;
  neuron(shape["LL"](1 * um, 3 * um))["v"] = 0 * mV;
  CHECK(neuron(shape["L"].main())["v"].get() == std::vector<double>(10));
  CHECK(neuron(shape["LL"])["v"].get() == std::vector<double>{-0.07, 0, 0, -0.07, -0.07});
  // A ball has no resistance; Brian gives its halves that of a metre.
  CHECK(neuron(0)["area"].get()[0] == Approx(std::numbers::pi * 900e-12));
  CHECK(neuron(0)["r_length_1"].get() == std::vector<double>{1});
  CHECK(neuron(0)["r_length_2"].get() == std::vector<double>{1});
}

TEST_CASE("spatial neuron: a clamp spreads through all kinds of branches", "[cells][brian]") {
  auto net = network_in_steps_of(0.01 * ms);
  nernst::morphology shape(sphere(30 * um));
  shape["axon"] = cylinder(100 * um, 10 * um, 10);
  std::vector<nernst::cable::length> thick, lengths(10, 10 * um);
  for (int k = 10; k > 0; --k) thick.push_back(k * um);
  thick.push_back(0.1 * um);
  shape["dend"] = section(lengths, thick);
  auto const neuron = net.spatial_neuron<clamped>(shape);
  neuron["v"] = -70 * mV;
  neuron(shape["axon"].at(0.0))["gClamp"] = 100 * siemens / cm2;
  net.run(0.26 * ms);
  for (double const v : neuron["v"].get()) CHECK(std::abs(v + 0.010) < 0.25e-3);
}

TEST_CASE("spatial neuron: spikes come from the place of the threshold", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology shape(sphere(10 * um));
  shape["axon"] = cylinder(20 * um, 1 * um, 2);
  auto const neuron = net.spatial_neuron<switched>(shape);
  neuron.threshold_at(shape["axon"].at(15 * um));
  auto const spikes = net.record_spikes(neuron);
  for (std::vector<double> const& wanted :
       {std::vector<double>{1, 1, 1}, {0, 0, 0}, {0, 0, 1}, {1, 1, 0}}) {
    neuron["should_spike"] = wanted;
    net.run(0.1 * ms);
  }
  CHECK(spikes.neurons() == std::vector<std::int32_t>{2, 2});
  CHECK(steps_of(spikes, 1e-4) == std::vector<double>{0, 2});
}

TEST_CASE("spatial neuron: point currents are spread over their compartment", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology const shape(sphere(10 * um));
  auto const neuron = net.spatial_neuron<constant_currents>(shape);
  neuron["I3"] = 3 * nA;
  neuron["I4"] = 2 * nA;
  net.run(0.1 * ms);
  double const area = std::numbers::pi * 1e-10, i4 = 2e-9 * std::exp(-0.01);
  CHECK(neuron["area"].get()[0] == Approx(area));
  CHECK(neuron["v"].get()[0] == Approx((5e-9 + i4) / area / 0.009 * 1e-4).epsilon(1e-12));
  CHECK(neuron["Im"].get()[0] == Approx((5e-9 + i4) / area));
}

TEST_CASE("spatial neuron: timed arrays are read at the start of the step", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology const shape(sphere(10 * um));
  auto const neuron = net.spatial_neuron<timed>(shape);
  neuron["ta"] = timed_values({0 * nA, 1 * nA}, 1 * ms);
  auto const v = net.record(neuron, {"v"}, {0}, {nernst::ir::slot::after_groups, 0});
  net.run(2 * ms);
  std::vector<double> const trace = v.trace("v", 0);
  double const change = 1e-9 / (std::numbers::pi * 1e-10) / 0.009 * 1e-4;
  for (std::size_t k = 1; k < 20; ++k)
    CHECK(trace[k] - trace[k - 1] == Approx(k < 10 ? 0 : change).margin(1e-15));
}

TEST_CASE("spatial neuron: events, and what they read of their compartments", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology shape(sphere(10 * um));
  shape["dend1"] = cylinder(10 * um, 1 * um);
  shape["dend2"] = cylinder(10 * um, 1 * um);
  auto const neuron = net.spatial_neuron<eventful>(shape);
  neuron["v"] = std::vector<double>{-0.050, -0.051, -0.052};
  net.run(0.1 * ms);
  CHECK(neuron["event_time1"].get() == std::vector<double>{1e-4, 0, 0});
  CHECK(neuron["seen"].get()[0] == neuron["v"].get()[0]);
  net.run(2 * ms);
  CHECK(neuron["event_time1"].get() == std::vector<double>{1e-4, 1e-4, 1e-4});
  CHECK(neuron["seen"].get()[1] != 0);
}

TEST_CASE("spatial neuron: parts and slices", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  auto const of = [](int frusta) { return cylinder(50 * um, 10 * um, frusta); };
  nernst::morphology shape(of(1), "sec");
  shape["sec1"] = of(2);
  shape["sec1"]["sec11"] = of(4);
  shape["sec1"]["sec12"] = of(8);
  shape["sec2"] = of(16);
  shape["sec2"]["sec21"] = of(32);
  auto const neuron = net.spatial_neuron<passive>(shape);
  neuron["v"] = "i*volt";
  CHECK(neuron.size() == 63);
  CHECK(neuron(shape["sec1"]).size() == 14);
  CHECK(neuron(shape["sec2"]).size() == 48);
  CHECK(neuron(shape["sec1"]["sec12"]).size() == 8);
  CHECK(neuron(shape["sec1"].main()).size() == 2);
  CHECK(neuron(shape["sec2"].main()).size() == 16);
  CHECK(neuron(0).size() == 1);
  CHECK(neuron(0, 1).size() == 1);
  auto const part = neuron(shape["sec1"]["sec11"]);
  CHECK(part["v"].get() == std::vector<double>{3, 4, 5, 6});
  CHECK(part(1)["v"].get() == std::vector<double>{4});
  CHECK(part(1, 3)["v"].get() == std::vector<double>{4, 5});
  CHECK(part(shape["sec1"]["sec11"](25 * um, 50 * um))["v"].get() == std::vector<double>{5, 6});
  CHECK(part(terminals)["v"].get() == std::vector<double>{6});
  CHECK(neuron(root)["v"].get() == std::vector<double>{0});

  neuron["v"] = "EL + distance*mV/um";
  CHECK(neuron["v"].get()[1] == Approx(-0.07 + 0.0625));
  neuron["v"] = 1 * volt;
  neuron(shape["sec1"])["v"] = "v + 1*volt";
  CHECK(neuron(shape["sec1"].main())["v"].get() == std::vector<double>(2, 2));
  CHECK(neuron(shape["sec1"]["sec12"])["v"].get() == std::vector<double>(8, 2));
  CHECK(neuron(shape["sec2"])["v"].get() == std::vector<double>(48, 1));
  neuron["I"] = "(distance > 60*um)*nA";
  CHECK(neuron(shape["sec1"].main())["I"].get() == std::vector<double>{1e-9, 1e-9});
  neuron["I"]["distance < 60*um"] = 2 * nA;
  CHECK(neuron(0, 2)["I"].get() == std::vector<double>{2e-9, 1e-9});
  CHECK(neuron["length"].get()[1] == Approx(25e-6));
  CHECK(neuron["distance"].get()[1] == Approx(62.5e-6));
  CHECK(neuron["volume"].get()[0] == Approx(std::numbers::pi * 25e-12 * 50e-6));
}

TEST_CASE("spatial neuron: several of them, each like one alone", "[cells][brian]") {
  nernst::morphology shape(sphere(10 * um));
  shape["dend"] = cylinder(500 * um, 1 * um, 6);
  auto const simulate = [&shape](std::uint32_t number, std::uint32_t which) {
    auto net = network_in_steps_of(0.1 * ms);
    auto const neurons =
        net.spatial_neuron<firing>(shape, 1 * uF / cm2, 100 * ohm * cm, number, "neurons");
    neurons(7 * which + 6)["I"] = 0.3 * nA;
    neurons.threshold_at(shape["dend"].at(1.0));
    auto const spikes = net.record_spikes(neurons);
    net.run(20 * ms);
    CHECK(spikes.neurons() ==
          std::vector<std::int32_t>(spikes.count(), static_cast<std::int32_t>(7 * which + 6)));
    return std::pair(steps_of(spikes, 1e-4), neurons(7 * which, 7 * which + 7)["v"].get());
  };
  auto const alone = simulate(1, 0), among = simulate(19, 11);
  CHECK(alone.first.size() > 5);
  CHECK(alone.first == among.first);
  for (std::size_t k = 0; k < 7; ++k)
    CHECK(among.second[k] == Approx(alone.second[k]).epsilon(1e-12));
}

TEST_CASE("spatial neuron: mistakes are named", "[cells][brian]") {
  auto net = network_in_steps_of(0.1 * ms);
  nernst::morphology shape(sphere(10 * um));
  shape["dend"] = cylinder(10 * um, 1 * um);
  auto const neuron = net.spatial_neuron<passive>(shape);
  CHECK_THROWS_WITH(neuron.threshold_at(root), Contains("with a threshold, found one without"));
  CHECK_THROWS_WITH(neuron(shape["dend"])(root), Contains("found none in"));
  CHECK_THROWS_WITH(neuron["gNa"], Contains("gNa"));
  CHECK_THROWS_WITH(neuron["v"] = 1 * nA, Contains("'v'") || Contains("V"));
}
