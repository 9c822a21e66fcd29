// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Noise, spikes, events, actions, methods, sets of equations and synapses (docs/features.md).
#include "forms.hpp"

using namespace features;

namespace {
constexpr auto V = state<"V">(volt);
constexpr auto x = state<"x">(one);
constexpr auto y = state<"y">(one);
constexpr auto tau = 10 * ms;
constexpr auto sigma = 2 * mV;
constexpr auto values = brian::constants("tau", tau, "sigma", sigma);
}  // namespace

TEST_CASE("noise") {
  constexpr auto T = parameter<"T">(second);
  same(neuron(d(V) / dt = -V / T + sigma * pow<-1, 2>(T) * xi),
       brian::neuron("dV/dt = -V/T + sigma*T**-0.5*xi : volt\nT : second", values));
  same(neuron(d(x) / dt = -x / T + xi_<"a"> * sqrt(2 / T) + xi_<"b"> / sqrt(T)),
       brian::neuron("dx/dt = -x/T + xi_a*sqrt(2/T) + xi_b/sqrt(T) : 1\nT : second"));
  same(neuron(d(x) / dt = xi_<"common"> / sqrt(T), d(y) / dt = -xi_<"common"> / sqrt(T)),
       brian::neuron("dx/dt = xi_common/sqrt(T) : 1\ndy/dt = -xi_common/sqrt(T) : 1\nT : second"));
  same(neuron(d(x) / dt = x / T + x * xi / sqrt(T)),
       brian::neuron("dx/dt = x/T + x*xi/sqrt(T) : 1\nT : second"));
}

TEST_CASE("threshold, reset and refractoriness") {
  constexpr auto lines = "dV/dt = -V/tau : volt (unless refractory)\nx : 1\ny : 1\na : 1";
  constexpr auto equation = d(V) / dt = -V / tau | unless_refractory;
  same(neuron(equation, threshold(V > -50 * mV and x < 1),
              reset(V = -60 * mV, x += 0.1, y *= 2, x -= y), refractory(5 * ms)),
       brian::neuron(lines, brian::threshold("V > -50*mV and x < 1"),
                     brian::reset("V = -60*mV; x += 0.1; y *= 2; x -= y"),
                     brian::refractory(5 * ms), values));
  same(neuron(equation, threshold(V > -50 * mV), refractory(a * 5 * ms)),
       brian::neuron(lines, brian::threshold("V > -50*mV"), brian::refractory("a*5*ms"), values));
  same(neuron(equation, threshold(V > -50 * mV), refractory(V > -20 * mV)),
       brian::neuron(lines, brian::threshold("V > -50*mV"), brian::refractory("V > -20*mV"),
                     values));
  same(neuron(threshold(x > 1), reset(x %= 1, y /= 2)),
       brian::neuron("x : 1\ny : 1", brian::threshold("x > 1"), brian::reset("x %= 1; y /= 2")));
}

TEST_CASE("a threshold that is known") {
  // test_scalar_threshold
  constexpr auto c = 2;
  same(neuron(threshold(c > 1)),
       brian::neuron("", brian::threshold("c > 1"), brian::constants("c", 2)));
  same(neuron(threshold(true)), brian::neuron("", brian::threshold("True")));
}

TEST_CASE("events") {
  same(neuron(event<"burst">(x > 5), on_event<"burst">(x = 0, y += 1)),
       brian::neuron("x : 1\ny : 1", brian::event("burst", "x > 5"),
                     brian::on_event("burst", "x = 0; y += 1")));
  same(neuron(event<"burst">(x > 5).when(slot::after_resets),
              on_event<"burst">(x = 0).when(slot::end, 2)),
       brian::neuron("x : 1", brian::event("burst", "x > 5").when(slot::after_resets),
                     brian::on_event("burst", "x = 0").when(slot::end, 2)));
}

TEST_CASE("actions at regular and given times") {
  same(neuron(every(10 * ms, x += 1)), brian::neuron("x : 1", brian::every(10 * ms, "x += 1")));
  same(neuron(every(10 * ms, x += 1).when(slot::before_groups, -1)),
       brian::neuron("x : 1", brian::every(10 * ms, "x += 1").when(slot::before_groups, -1)));
  same(neuron(at({1 * ms, 25 * ms}, x = 0)),
       brian::neuron("x : 1", brian::at(1 * ms, 25 * ms, "x = 0")));
  constexpr auto all = shared<"all">(one);
  same(neuron(every(10 * ms, all += 1, x = all * i)),
       brian::neuron("all : 1 (shared)\nx : 1", brian::every(10 * ms, "all += 1; x = all*i")));
}

TEST_CASE("methods") {
  constexpr auto f = d(x) / dt = (y - x) / tau;
  constexpr auto g = d(y) / dt = -y / tau;
  auto const text = [](auto const&... clauses) {
    return brian::neuron("dx/dt = (y - x)/tau : 1\ndy/dt = -y/tau : 1", values, clauses...);
  };
  same(neuron(f, g), text());
  same(neuron(f, g, method(exact)), text(brian::method("exact")));
  same(neuron(f, g, method(exact)), text(brian::method("linear")));
  same(neuron(f, g, method(exponential_euler)), text(brian::method("exponential_euler")));
  same(neuron(f, g, method(euler)), text(brian::method("euler")));
  same(neuron(f, g, method(rk2)), text(brian::method("rk2")));
  same(neuron(f, g, method(rk4)), text(brian::method("rk4")));
  same(neuron(f, g, method(heun)), text(brian::method("heun")));
  same(neuron(f, g, method(milstein)), text(brian::method("milstein")));
  same(neuron(f, g, method(rk45)), text(brian::method("rk45")));
  same(neuron(f, g, method(rk45)), text(brian::method("gsl")));
  same(neuron(f, g, method(rk45)), text(brian::method("gsl_rkf45")));
  same(neuron(f, g, method(backward_euler)), text(brian::method("backward_euler")));
  same(neuron(f, g, method(rosenbrock)), text(brian::method("rosenbrock")));
  same(neuron(f, g, method(rk4, x), method(exact, y)),
       text(brian::method("rk4", "x"), brian::method("exact", "y")));
  same(neuron(f, g, method(scheme("k = dt*f(x,t); x_new = x + dt*f(x + k/2, t + dt/2)"))),
       text(brian::scheme("k = dt*f(x,t); x_new = x + dt*f(x + k/2, t + dt/2)")));
}

TEST_CASE("sets of equations") {
  constexpr auto ampa = state<"ampa">(siemens);
  constexpr auto gaba = state<"gaba">(siemens);
  constexpr auto decay = [](auto g, auto time) { return d(g) / dt = -g / time; };
  same(neuron(decay(ampa, 5 * ms), decay(gaba, 10 * ms)),
       brian::neuron(brian::equations("dg/dt = -g/time : siemens", "g", "ampa", "time", 5 * ms) +
                     brian::equations("dg/dt = -g/time : siemens", "g", "gaba", "time", 10 * ms)));
  same(neuron(decay(ampa, 5 * ms), threshold(a > 1)),
       brian::neuron(brian::equations("dampa/dt = -ampa/(5*ms) : siemens") + "a : 1",
                     brian::threshold("a > 1")));
}

namespace {
/// The neurons on both sides of a synapse.
ir::model const neurons =
    lower(neuron(threshold(V > 0 * mV), d(x) / dt = -x / tau, parameter<"g">(one)));
template <class Written, class Text>
void same_synapse(Written const& written, Text const& text) {
  same(lower(written), lower(text, neurons.symbols, neurons.symbols));
}
}  // namespace

TEST_CASE("synapses that add") {
  constexpr auto weight = parameter<"weight">(volt);
  same_synapse(synapse(on_pre(post(V) += weight)),
               brian::synapse("weight : volt", brian::on_pre("V_post += weight")));
  same_synapse(synapse(on_pre(post(V) += weight)),
               brian::synapse("weight : volt", brian::on_pre("V += weight")));
  same_synapse(
      synapse(on_pre(post(V) += weight * pre(x), weight *= 0.5)),
      brian::synapse("weight : volt", brian::on_pre("V_post += weight*x_pre; weight *= 0.5")));
  same_synapse(synapse(on_pre(post(x) += 1 / (1 + abs(i - j)))),
               brian::synapse(brian::on_pre("x_post += 1/(1 + abs(i - j))")));
  same_synapse(synapse(on_pre(post(x) += 1 / post(N))),
               brian::synapse(brian::on_pre("x_post += 1/N_post")));
}

TEST_CASE("synapses with equations") {
  constexpr auto weight = parameter<"weight">(one);
  same_synapse(
      synapse(d(x) / dt = -x / tau | event_driven, on_pre(x += 1)),
      brian::synapse("dx/dt = -x/tau : 1 (event-driven)", brian::on_pre("x += 1"), values));
  same_synapse(synapse(d(x) / dt = -x / tau | clock_driven, on_pre(x += 1), method(rk4)),
               brian::synapse("dx/dt = -x/tau : 1 (clock-driven)", brian::on_pre("x += 1"), values,
                              brian::method("rk4")));
  same_synapse(synapse(d(x) / dt = -x / tau, every(10 * ms, x = weight)),
               brian::synapse("dx/dt = -x/tau : 1\nweight : 1", brian::every(10 * ms, "x = weight"),
                              values));
  constexpr auto g = parameter<"g">(one);
  same_synapse(synapse(summed(post(g) = weight * pre(x))),
               brian::synapse("weight : 1\ng_post = weight*x_pre : 1 (summed)"));
}

TEST_CASE("pathways of synapses") {
  constexpr auto weight = parameter<"weight">(one);
  same_synapse(
      synapse(on_pre(post(x) += weight), on_post(weight *= 0.5)),
      brian::synapse("weight : 1", brian::on_pre("x += weight"), brian::on_post("weight *= 0.5")));
  same_synapse(synapse(on_pre(weight += 1).named("up").on("burst"),
                       on_pre(weight = 0).when(slot::resets, 2)),
               brian::synapse("weight : 1", brian::on_pre("weight += 1").named("up").on("burst"),
                              brian::on_pre("weight = 0").when(slot::resets, 2)));
  same_synapse(synapse(on_pre(weight = n + N_incoming * N_outgoing), multisynaptic_index(n)),
               brian::synapse("weight : 1", brian::on_pre("weight = n + N_incoming*N_outgoing"),
                              brian::multisynaptic_index("n")));
  same_synapse(synapse(on_pre(weight += 1), per_synapse),
               brian::synapse("weight : 1", brian::on_pre("weight += 1"), brian::per_synapse()));
  same_synapse(
      synapse(d(x) / dt = -x / tau | event_driven, on_pre(weight = (t - lastupdate) / second)),
      brian::synapse("dx/dt = -x/tau : 1 (event-driven)\nweight : 1",
                     brian::on_pre("weight = (t - lastupdate)/second"), values));
}
