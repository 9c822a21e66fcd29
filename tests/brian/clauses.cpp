// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The models of docs/brian.md.

#include <nernst/brian.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"

namespace brian = nernst::brian;
namespace ir = nernst::ir;
using namespace nernst::dsl;

struct neurons {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (ge + gi - (v - El))/taum : volt (unless refractory)  # the membrane
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
        taum : second (constant)
      )",
      brian::threshold("v > -50*mV"), brian::reset("v = El - 11*mV"), brian::refractory("5*ms"),
      brian::method("exact"), brian::constants("El", -49 * mV, "taue", 5 * ms, "taui", 10 * ms));
};
struct excitation {
  static constexpr auto model = brian::synapse("w : volt", brian::on_pre("ge += w"));
};

struct plastic {
  static constexpr auto model =
      brian::synapse(R"(
        w : siemens
        dApre/dt = -Apre/taupre : 1 (event-driven)
        dApost/dt = -Apost/taupost : 1 (event-driven)
      )",
                     brian::on_pre("ge += w; Apre += 0.01; w = clip(w + Apost*nS, 0*nS, wmax)"),
                     brian::on_post("Apost -= 0.0105; w = clip(w + Apre*nS, 0*nS, wmax)"),
                     brian::on_pre("w *= 0.99").named("tired").on("burst"),
                     brian::constants("taupre", 20 * ms, "taupost", 20 * ms, "wmax", 3 * nS));
};

constexpr auto decay = brian::equations("dx/dt = -x/tau : siemens", "x", "g_ampa", "tau", 5 * ms) +
                       brian::equations("dx/dt = -x/tau : siemens", "x", "g_gaba", "tau", 10 * ms) +
                       "g = g_ampa + g_gaba : siemens";

struct bursting {
  static constexpr auto model =
      brian::neuron(decay, brian::event("strong", "g > 10*nS").when(ir::slot::after_thresholds),
                    brian::on_event("strong", "g_gaba += 1*nS"),
                    brian::every(10 * ms, "g_ampa *= 0.5").when(ir::slot::end),
                    brian::at(20 * ms, 50 * ms, "g_ampa = 0*nS"), brian::method("euler", "g_gaba"));
};

struct driven {
  static constexpr auto model =
      brian::neuron("dv/dt = (stimulus(t, i) - v)/tau + sigma*xi*tau**-0.5 : volt",
                    brian::timed_array("stimulus", mV),
                    brian::constants("tau", 10 * ms, "sigma", 2 * mV), brian::method("euler"));
};

namespace {
template <class Model>
constexpr bool is_right() {
  return ir::check(lower(Model::model)).ok();
}
}  // namespace
static_assert(is_right<neurons>() && is_right<bursting>() && is_right<driven>());
static_assert(neurons::model.constants[0].name == "El" &&
              neurons::model.constants[0].value == -49e-3);

TEST_CASE("clauses come in any order", "[brian][clauses]") {
  ir::model const m = lower(bursting::model);
  CHECK(m.equations.size() == 2);
  CHECK(m.equations[0].method == ir::method_id::automatic);
  CHECK(m.equations[1].method == ir::method_id::euler);
  REQUIRE(m.events.size() == 1);
  CHECK(m.events[0].action.size() == 1);
  REQUIRE(m.actions.size() == 2);
  CHECK(m.actions[0].when == ir::instant{ir::slot::end, 0});
  CHECK(m.actions[1].times == ir::list<double>{20e-3, 50e-3});
  auto const again = brian::neuron("x : 1", brian::reset("x = 0"), brian::constants("a", 1),
                                   brian::threshold("x > a"), brian::constants("b", 2));
  CHECK(lower(again).mistake.ok());
  CHECK(again.constants.size() == 2);
}

TEST_CASE("a synapse knows its neurons", "[brian][clauses]") {
  ir::model const cells = lower(neurons::model);
  ir::model const m = lower(excitation::model, cells.symbols, cells.symbols);
  CHECK(ir::check(m).ok());
  CHECK(ir::to_string(m) == "on_pre: ge_post += w\n");
}

TEST_CASE("pathways are clauses of synapses", "[brian][clauses]") {
  ir::symbol const neuron[] = {{"ge", ir::role::state, ir::side::here, ir::units::siemens}};
  ir::model const m = lower(plastic::model, neuron, neuron);
  CHECK(ir::check(m).ok());
  REQUIRE(m.pathways.size() == 3);
  CHECK(m.pathways[0].name == "pre");
  CHECK(m.pathways[1].name == "post");
  CHECK(m.pathways[2].name == "tired");
  CHECK(m.pathways[2].event == "burst");
}
