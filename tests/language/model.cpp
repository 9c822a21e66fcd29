// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
template <class T>
concept IsThreshold = requires(T c) { threshold(c); };
}  // namespace

TEST_CASE("clauses stand in any order", "[language]") {
  auto const written = [](auto const&... clauses) {
    return ir::to_string(lower(neuron(clauses...)));
  };
  auto const equation = d(v) / dt = -v / (20 * ms);
  auto const fires = threshold(v > -50 * mV);
  auto const back = reset(v = -60 * mV);
  CHECK(written(equation, fires, back, refractory(5 * ms)) ==
        written(refractory(5 * ms), back, fires, equation));
  CHECK(written(equation, fires, back, refractory(5 * ms)) ==
        "dv/dt = -v/(20*ms) : V\nthreshold: v > -50*mV\nreset: v = -60*mV\nrefractory: 5*ms\n");
  CHECK(written(equation, refractory(v > 0 * mV)) ==
        "dv/dt = -v/(20*ms) : V\nrefractory while: v > 0*V\n");
}

TEST_CASE("a threshold is a condition", "[language]") {
  STATIC_REQUIRE(IsThreshold<condition<3>>);
  STATIC_REQUIRE(IsThreshold<bool>);
}

TEST_CASE("synapses write to their neurons", "[language]") {
  auto const Apost = state<"Apost">(one);
  ir::model const m = lower(synapse(on_pre(post(v) += x * mV, x = clip(x + Apost, 0, 0.01))));
  CHECK(ir::to_string(m) == "on_pre: v_post += x*(1*mV)\non_pre: x = clip(x + Apost, 0, 0.01)\n");
  CHECK(m.find("v", ir::side::post) != ir::none);
  CHECK(m.find("v") == ir::none);
}

TEST_CASE("a variable that nothing mentions may be a clause", "[language]") {
  auto const r = parameter<"r">(one);
  auto const s = parameter<"s">(boolean) | constant;
  ir::model const m = lower(neuron(d(v) / dt = -v / (20 * ms), r, s, b));
  CHECK(ir::to_string(m) == "dv/dt = -v/(20*ms) : V\n");
  REQUIRE(m.find("r") != ir::none);
  CHECK(m.at(m.find("r")).kind == ir::role::parameter);
  CHECK(m.at(m.find("s")).constant);
  CHECK(m.at(m.find("b")).kind == ir::role::shared);
  CHECK(lower(synapse(on_pre(x += 1), r)).find("r") != ir::none);
}

TEST_CASE("synapses act at times and have methods", "[language]") {
  ir::model const m =
      lower(synapse(d(x) / dt = -x * x / (20 * ms), d(v) / dt = -v / ms, every(10 * ms, x *= 0.5),
                    at({5 * ms}, v = 0 * mV).when(slot::end), method(rk4), method(exact, v)));
  CHECK(m.of_synapses);
  CHECK_FALSE(lower(neuron(d(x) / dt = -x / ms)).of_synapses);
  CHECK(m.method == ir::method_id::rk4);
  CHECK(m.equations[1].method == ir::method_id::exact);
  CHECK(ir::to_string(m) == "dx/dt = -x*x/(20*ms) : 1\ndv/dt = -v/(1*ms) : V\n"
                            "every 10*ms: x = x*0.5\nat 5*ms: v = 0*V\n");
  CHECK(ir::check(m).ok());
}

TEST_CASE("synapses between the same neurons are numbered", "[language]") {
  auto const k = parameter<"k">(integer);
  ir::model const m = lower(synapse(multisynaptic_index(k), on_pre(x += k)));
  REQUIRE(m.multisynaptic_index == m.find("k"));
  CHECK(m.at(m.multisynaptic_index).constant);
  CHECK(ir::to_string(m) == "on_pre: x += k\nmultisynaptic index: k\n");
  CHECK(
      std::string(ir::to_text(ir::check(lower(synapse(multisynaptic_index(k), on_pre(k = 1)))))) ==
      "'on_pre: k' cannot be assigned here, found a constant");
}

TEST_CASE("what a synapse knows of itself and its neurons", "[language]") {
  ir::model const m = lower(synapse(d(x) / dt = -x / ms | event_driven,
                                    on_pre(x = i + 10 * j + N_incoming - N_outgoing),
                                    on_post(v = lastupdate / second * mV)));
  CHECK(ir::check(m).ok());
  CHECK(m.at(m.find("i", ir::side::post)).kind == ir::role::index);
  CHECK(m.find(ir::role::incoming) != ir::none);
  CHECK(m.find(ir::role::outgoing) != ir::none);
  CHECK(m.find(ir::role::last_update) != ir::none);
  auto const said = [](ir::model const& written) {
    return std::string(ir::to_text(ir::check(written)));
  };
  CHECK(said(lower(synapse(on_pre(v = lastupdate / second * mV)))) ==
        "the variable 'lastupdate' is not defined here: expected an event-driven equation");
  CHECK(said(lower(neuron(reset(x = N_incoming)))) ==
        "the variable 'N_incoming' is not defined here: expected synapse");
  // Elsewhere they are names like others.
  auto const own = state<"lastupdate">(second);
  CHECK(ir::check(lower(synapse(on_pre(own = t)))).ok());
  CHECK(said(lower(synapse(d(x) / dt = -x / ms | event_driven, on_pre(own = t)))) ==
        "the variable 'lastupdate' is defined more than once");
  CHECK(ir::check(lower(neuron(reset(state<"N_incoming">(integer) = 1)))).ok());
}

TEST_CASE("a synapse that does nothing", "[language]") {
  auto const said = [](ir::model const& written) {
    return std::string(ir::to_text(ir::check(written)));
  };
  CHECK(said(lower(synapse())) == "'synapse' has no effect: expected an assignment to a variable");
  CHECK(said(lower(synapse(x, on_pre()))) ==
        "'on_pre' has no effect: expected an assignment to a variable");
  CHECK(said(lower(synapse(on_pre(x += 1), on_post().named("up")))) ==
        "'on_post up' has no effect: expected an assignment to a variable");
  CHECK(ir::check(lower(neuron())).ok());
  CHECK(ir::check(lower(synapse(every(1 * ms, x += 1)))).ok());
}

TEST_CASE("adaptive exponential integrate-and-fire neuron", "[language]") {
  auto const C = 281 * pF;
  auto const g_L = 32 * nS;
  auto const E_L = -70.6 * mV, V_T = -50.4 * mV, D_T = 2 * mV;
  ir::model const m =
      lower(neuron(d(v) / dt = (g_L * (E_L - v) + g_L * D_T * exp((v - V_T) / D_T) + I - w) / C,
                   d(w) / dt = (4 * nS * (v - E_L) - w) / (128 * ms), threshold(v > V_T + 5 * D_T),
                   reset(v = E_L, w += b), method(rk2)));
  CHECK(ir::to_string(m) == "dv/dt = (32*nS*(-70.6*mV - v) + 64.00000000000001*pA*exp((v - "
                            "-50.4*mV)/(2*mV)) + I - w)/(281*pF) : V\n"
                            "dw/dt = (4*nS*(v - -70.6*mV) - w)/(128*ms) : A\n"
                            "threshold: v > -40.4*mV\n"
                            "reset: v = -70.6*mV\n"
                            "reset: w += b\n");
  CHECK(m.at(m.find("I")).kind == ir::role::parameter);
  CHECK(m.at(m.find("b")).kind == ir::role::shared);
}
