// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Equations, variables, flags, names and units (docs/features.md).
#include "forms.hpp"

using namespace features;

namespace {
constexpr auto x = state<"x">(one);
constexpr auto V = state<"V">(volt);
constexpr auto E = parameter<"E">(volt);
constexpr auto tau = 10 * ms;
constexpr auto with_tau = brian::constants("tau", 10 * ms);
// A condition makes use of a variable without doing anything else.
constexpr auto fires = [](std::string_view lines, std::string_view condition) {
  return brian::neuron(lines, brian::threshold(condition));
};
}  // namespace

TEST_CASE("lines of equations") {
  same(neuron(d(V) / dt = (E - V) / tau),
       brian::neuron("dV/dt = (E - V)/tau : volt\nE : volt", with_tau));
  constexpr auto I = subexpression<"I">((E - V) / (10 * Mohm));
  same(neuron(I, threshold(I > 1 * nA), reset(V = E)),
       brian::neuron("I = (E - V)/(10*Mohm) : amp\nE : volt\nV : volt",
                     brian::threshold("I > 1*nA"), brian::reset("V = E")));
  same(neuron(threshold(E > 1 * mV)), fires("E : volt", "E > 1*mV"));
  same(neuron(threshold(n > 3)), fires("n : integer", "n > 3"));
  same(neuron(threshold(on)), fires("on : boolean", "on"));
  same(neuron(threshold(parameter<"density">(siemens / metre2) > 3 * nS / um2)),
       fires("density : siemens/meter**2", "density > 3*nS/um2"));
  same(neuron(threshold(parameter<"c">(mole / metre3) > 3 * mM)), fires("c : mmolar", "c > 3*mM"));
}

TEST_CASE("a variable that statements change") {
  same(neuron(threshold(V > E), reset(V = E)),
       brian::neuron("V : volt\nE : volt", brian::threshold("V > E"), brian::reset("V = E")));
  same(neuron(threshold(n > 3), reset(n = 0)),
       brian::neuron("n : integer", brian::threshold("n > 3"), brian::reset("n = 0")));
}

TEST_CASE("definitions of whole numbers and of conditions") {
  same(neuron(subexpression<"m">(integer, a / 2)), brian::neuron("m = a/2 : integer\na : 1"));
  same(neuron(subexpression<"high">(v > w)),
       brian::neuron("high = v > w : boolean\nv : volt\nw : volt"));
}

TEST_CASE("names for values") {
  static constexpr auto El = -60 * mV;
  same(neuron(d(V) / dt = (El - V) / tau),
       brian::neuron("dV/dt = (El - V)/tau : volt", brian::constants("El", -60 * mV, "tau", tau)));
  same(neuron(threshold(a > 2 and n > 3)),
       brian::neuron("a : 1\nn : integer", brian::threshold("a > limit and n > most"),
                     brian::constants("limit", 2.0, "most", 3)));
}

TEST_CASE("comments, lines and several statements in one") {
  same(neuron(d(V) / dt = (E - V) / tau,  // the membrane
              threshold(V > E), reset(V = E, x += 1)),
       brian::neuron(R"(
         dV/dt = (E
                  - V)/tau : volt  # the membrane
         E : volt ; x : 1
       )",
                     brian::threshold("V > E"), brian::reset("V = E; x += 1"), with_tau));
}

TEST_CASE("names within a block of statements") {
  constexpr auto drop = V - E;
  same(neuron(threshold(V > E), reset(V -= 2 * drop)),
       brian::neuron("V : volt\nE : volt", brian::threshold("V > E"),
                     brian::reset("drop = V - E; V -= 2*drop")));
  // In a text the name keeps its value; in C++ it is an expression, which sees what came before it.
  same(neuron(threshold(V > E), reset(V = V - 2 * drop - drop)),
       brian::neuron("V : volt\nE : volt", brian::threshold("V > E"),
                     brian::reset("drop = V - E; V -= 2*drop; V -= drop")));
  same(neuron(threshold(V > E), reset(V -= 2 * drop, V -= drop)),
       brian::neuron("V : volt\nE : volt", brian::threshold("V > E"),
                     brian::reset("V -= 2*(V - E); V -= V - E")));
}

TEST_CASE("flags") {
  constexpr auto C = parameter<"C">(farad) | constant;
  same(neuron(threshold(C > 1 * pF)), fires("C : farad (constant)", "C > 1*pF"));
  constexpr auto B = shared<"B">(ampere);
  same(neuron(threshold(B > 1 * nA)), fires("B : amp (shared)", "B > 1*nA"));
  constexpr auto g = shared<"g">(siemens) | constant;
  same(neuron(threshold(g > 1 * nS)), fires("g : siemens (shared, constant)", "g > 1*nS"));
  same(neuron(threshold(linked<"seen">(volt) > 1 * mV)),
       fires("seen : volt (linked)", "seen > 1*mV"));
  same(neuron(d(V) / dt = -V / tau | unless_refractory, threshold(V > 1 * mV), refractory(2 * ms)),
       brian::neuron("dV/dt = -V/tau : volt (unless refractory)", brian::threshold("V > 1*mV"),
                     brian::refractory(2 * ms), with_tau));
  same(neuron(subexpression<"held">(2 * randn()) | constant_over_dt),
       brian::neuron("held = 2*randn() : 1 (constant over dt)"));
  same(neuron(shared_subexpression<"twice">(2 * B)),
       brian::neuron("twice = 2*B : amp (shared)\nB : amp (shared)"));
  same(neuron(shared_subexpression<"common">(randn()) | constant_over_dt),
       brian::neuron("common = randn() : 1 (shared, constant over dt)"));
}

TEST_CASE("names that are always there") {
  same(neuron(threshold(t > 10 * ms)), fires("", "t > 10*ms"));
  same(neuron(threshold(uniform() < 20 * Hz * dt)), fires("", "rand() < 20*Hz*dt"));
  same(neuron(threshold(2 * i < N)), fires("", "2*i < N"));
  same(neuron(threshold(a > 0), refractory(5 * ms),
              event<"late">(not_refractory and t - lastspike > 1 * second)),
       brian::neuron("a : 1", brian::threshold("a > 0"), brian::refractory("5*ms"),
                     brian::event("late", "not_refractory and t - lastspike > 1*second")));
  agree(a + std::numbers::pi, "a + pi : 1");
  agree(a + std::numbers::e, "a + e : 1");
  agree(min(a, std::numeric_limits<double>::infinity()), "min(a, inf) : 1");
  agree(v / (gas_constant * zero_celsius / faraday_constant),
        "v/(gas_constant*zero_celsius/faraday_constant) : 1");
}

TEST_CASE("the number of the step") {
  auto const written = lower(neuron(subexpression<"step">(timestep(t, dt))));
  auto const text = lower(brian::neuron("step = t_in_timesteps : integer"));
  std::vector<double> const steps = {0, 1, 7, 12345};
  CHECK(values_of(written, "t", {0, 1e-4, 7e-4, 1.2345}, {{"dt", 1e-4}}) == steps);
  CHECK(values_of(text, "t_in_timesteps", steps) == steps);
}

TEST_CASE("units") {
  agree(v + 20 * mV, "v + 20*mV : volt");
  agree(v * (30 * mS / cm2) * (20000 * um2), "v*(30*mS/cm2)*(20000*um2) : amp");
  agree(v / volt, "v/volt : 1");
  agree(a * 2.5 * second, "a*2.5*second : second");
}
