// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

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
