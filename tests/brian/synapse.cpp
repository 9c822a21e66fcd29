// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "read.hpp"

using namespace reading;

namespace {
template <class... Clauses>
constexpr ir::model between(std::string_view text, Clauses const&... clauses) {
  ir::model const source = lower(neuron("dv/dt = 1/second : 1\nx : amp")),
                  target = lower(neuron("dv/dt = 1/second : 1\nge : siemens\nr : 1 (shared)"));
  return lower(synapse(text, clauses...), source.symbols, target.symbols);
}
constexpr ir::diagnosis mistake_between(ir::model const& m) {
  return ir::check(m);
}
std::string pathways(ir::model const& m) {
  INFO(to_text(ir::check(m)).view());
  CHECK(ir::check(m).ok());
  return ir::to_string(m);
}
}  // namespace

static_assert(is(mistake_between(between("", on_pre("gi += we"), constants("we", 6 * nS))),
                 mistake::unknown_variable, "gi") &&
              is(mistake_between(between("", on_pre("ge_pre += 1*nS"))), mistake::unknown_variable,
                 "ge_pre") &&
              is(mistake_between(between("", on_pre("ge += 1*mV"))), mistake::dimension_mismatch,
                 "on_pre: ge += 1*mV", "S", "V") &&
              is_at(mistake_between(between("", on_pre("r_post\nge += 1*mV"))),
                    mistake::syntax_error, 2, 1) &&
              is_at(mistake_between(between("w : 1", on_pre("w = 2\nge += 1*mV"))),
                    mistake::dimension_mismatch, 2, 4) &&
              is(mistake_between(between("", on_pre("foo_post = 1"))), mistake::unknown_variable,
                 "foo_post"));
static_assert(is(mistake_between(between("", threshold("v > 1"))), mistake::misplaced_clause,
                 "threshold", "", "synapse"));
static_assert(is(mistake_between(between("i : 1")), mistake::reserved_name, "i") &&
              is(mistake_between(between("j : 1")), mistake::reserved_name, "j") &&
              is(mistake_between(between("delay : second")), mistake::reserved_name, "delay"));
static_assert(is(mistake_between(between("r_post = 2 : 1 (summed)")), mistake::misplaced_statement,
                 "summed r_post", "", "a shared variable") &&
              is(mistake_between(between("r = 2 : 1 (summed)")), mistake::unknown_variable, "r",
                 "x_pre or x_post of a neuron") &&
              is(mistake_between(between("foo_post = 2 : 1 (summed)")), mistake::unknown_variable,
                 "foo_post") &&
              is(mistake_between(between("ge_post = 2 : 1 (summed)")), mistake::dimension_mismatch,
                 "ge_post", "S", "1") &&
              is(mistake_between(between("ge_post = 2 : siemens (summed)")),
                 mistake::dimension_mismatch, "summed ge_post", "S", "1") &&
              is(mistake_between(between("w : siemens\nge_post = w : siemens (summed)\n"
                                         "ge_post = 2*w : siemens (summed)")),
                 mistake::duplicate_variable, "ge_post") &&
              is(mistake_between(between("w : siemens\nge_post = w + ge_post : siemens (summed)")),
                 mistake::cyclic_definition, "ge_post"));
static_assert(is(mistake_between(between("w : 1", on_pre("lastupdate = t"))),
                 mistake::unknown_variable, "lastupdate", "lastupdate : second") &&
              is(mistake_between(between("w : 1", on_pre("w = lastupdate/second"))),
                 mistake::unknown_variable, "lastupdate") &&
              is(mistake_between(between("w : 1", on_pre("N_incoming = 2"))),
                 mistake::misplaced_statement, "N_incoming", "", "a built-in variable"));
static_assert(is(mistake_between(between("w : 1", on_pre("x = 2*w"))), mistake::no_effect,
                 "on_pre") &&
              is(mistake_between(between("w : 1", on_pre("w = 2"), on_pre("").named("up"))),
                 mistake::no_effect, "on_pre up") &&
              is(mistake_between(between("w : 1")), mistake::no_effect, "synapse"));
static_assert(
    is(mistake_between(between("w : 1", on_pre("w = 1").named("up"), on_post("w = 0").named("up"))),
       mistake::repeated_clause, "pathway up") &&
    is(mistake_between(between("w : 1", on_pre("w = 1").named("to top"))), mistake::reserved_name,
       "to top") &&
    is(mistake_between(between("k : integer", multisynaptic_index("k"))),
       mistake::duplicate_variable, "k") &&
    is(mistake_between(between("", multisynaptic_index("i"))), mistake::reserved_name, "i") &&
    is(mistake_between(between("", multisynaptic_index("k"), on_pre("k = 1"))),
       mistake::misplaced_statement, "k", "", "a constant"));
static_assert(is(mistake_between(between("dx/dt = -x**2/(5*ms) : 1 (event-driven)")),
                 mistake::unsuitable_method, "event_driven", "", "dx/dt is not linear") &&
              is_at(mistake_between(between("w : 1\ndx/dt = -x*t/ms**2 : 1 (event-driven)")),
                    mistake::unsuitable_method, 2, 1) &&
              is(mistake_between(between("dx/dt = xi/ms**0.5 : 1 (event-driven)")),
                 mistake::misplaced_noise, "dx/dt"));
static_assert(mistake_between(between("dx/dt = -y : 1 (event-driven)")).what ==
                  mistake::unknown_variable &&
              is(mistake_between(between("dx/dt = -x/(5*ms) : 1 (event-driven, clock-driven)")),
                 mistake::unknown_flag, "clock-driven") &&
              is(mistake_between(between("x : 1 (unless refractory)")), mistake::unknown_flag,
                 "unless refractory"));

TEST_CASE("names without an end are the target's", "[brian][synapse]") {
  CHECK(pathways(between("", on_pre("ge += we"), constants("we", 6 * nS))) ==
        pathways(between("", on_pre("ge_post += we"), constants("we", 6 * nS))));
  CHECK(pathways(between("w : siemens", on_pre("ge += w"))) == "on_pre: ge_post += w\n");
  // As in Brian 2, a constant may be called like variables of neurons, which come first.
  CHECK(pathways(between("w : 1", on_pre("w += A_pre + B_post + v_pre"),
                         constants("A_pre", 2, "B_post", 3, "v_pre", 4))) ==
        "on_pre: w += 5 + v_pre\n");
  CHECK(pathways(between("v : 1", on_pre("v += v_pre*v_post"))) == "on_pre: v += v_pre*v_post\n");
  CHECK(pathways(between("w : 1", on_pre("v_post = w; w = v"))) ==
        "on_pre: v_post = w\non_pre: w = w\n");
  CHECK(pathways(between("w = x_pre/amp : 1", on_pre("v += r"))) ==
        "w = x_pre/(1*A) : 1\non_pre: v_post += r_post\n");
}

TEST_CASE("a synapse knows the numbers of its neurons", "[brian][synapse]") {
  ir::model const m = between("w : 1", on_pre("w = i + 2*j + N_pre - N_post"));
  REQUIRE(ir::check(m).ok());
  int found = 0;
  for (ir::symbol const& s : m.symbols) {
    found += s.kind == ir::role::index && s.owner == ir::side::here;
    found += 10 * (s.kind == ir::role::index && s.owner == ir::side::post);
    found += 100 * (s.kind == ir::role::count && s.owner == ir::side::pre);
    found += 1000 * (s.kind == ir::role::count && s.owner == ir::side::post);
  }
  CHECK(found == 1111);
}

TEST_CASE("synapses that learn", "[brian][synapse]") {
  ir::model const m = between(R"(
      w : siemens
      dApre/dt = -Apre/taupre : 1 (event-driven)
      dApost/dt = -Apost/taupost : 1 (event-driven)
      ds/dt = -s/(5*ms) : 1
      taupre : second)",
                              on_pre("ge += w; Apre += 0.01; w = clip(w + Apost*nS, 0*nS, wmax)"),
                              on_post("Apost += 0.02; w = clip(w + Apre*nS, 0*nS, wmax)"),
                              method("euler"), constants("taupost", 20 * ms, "wmax", 3 * nS));
  CHECK(pathways(m) == "dApre/dt = -Apre/taupre : 1 (event-driven)\n"
                       "dApost/dt = -Apost/(20*ms) : 1 (event-driven)\n"
                       "ds/dt = -s/(5*ms) : 1\n"
                       "on_pre: ge_post += w\n"
                       "on_pre: Apre += 0.01\n"
                       "on_pre: w = clip(w + Apost*(1*nS), 0*S, 3*nS)\n"
                       "on_post: Apost += 0.02\n"
                       "on_post: w = clip(w + Apre*(1*nS), 0*S, 3*nS)\n");
  CHECK(m.of_synapses);
  CHECK(m.method == ir::method_id::euler);
  CHECK(m.pathways[0].when == ir::instant{ir::slot::synapses, -1});
  CHECK(m.pathways[1].when == ir::instant{ir::slot::synapses, 1});
}

TEST_CASE("pathways have names, events and places", "[brian][synapse]") {
  ir::model const m = between(
      "w : 1", on_pre("w += 1").named("up").on("burst").when(ir::slot::end, 3), on_pre("w += 2"),
      on_pre("w += 3"), on_post("w = 0").when(ir::slot::synapses), multisynaptic_index("k"),
      every(10 * ms, "w *= 0.5").when(ir::slot::end), at(5 * ms, "w = k"));
  CHECK(pathways(m) == "every 10*ms: w = w*0.5\nat 5*ms: w = k\non_pre up of burst: w += 1\n"
                       "on_pre: w += 2\non_pre pre_1: w += 3\non_post: w = 0\n"
                       "multisynaptic index: k\n");
  CHECK(pathways(between("w : 1", on_pre("w += 1"), per_synapse())) ==
        "on_pre: w += 1\nstate: per synapse\n");
  CHECK(m.pathways[0].event == "burst");
  CHECK(m.pathways[0].when == ir::instant{ir::slot::end, 3});
  CHECK(m.pathways[1].event == "spike");
  CHECK(m.pathways[3].when == ir::instant{ir::slot::synapses, 0});
}

TEST_CASE("neurons sum over their synapses", "[brian][synapse]") {
  ir::model const m = between("w : siemens\nge_post = w*x_pre/amp : siemens (summed)\n"
                              "x_pre = 2*w*volt : amp (summed)");
  CHECK(pathways(m) == "ge_post = w*x_pre/(1*A) : S (summed)\n"
                       "x_pre = 2*w*(1*V) : A (summed)\n");
  CHECK(m.sums[0].symbol == m.find("ge", ir::side::post));
  CHECK(m.sums[1].symbol == m.find("x", ir::side::pre));
}

TEST_CASE("a synapse knows how many others there are, and when it last acted", "[brian][synapse]") {
  ir::model const m = between("dx/dt = -x/(5*ms) : 1 (event-driven)\nn : integer",
                              on_pre("n = N_incoming - N_outgoing; ge += lastupdate*nS/second"));
  CHECK(pathways(m) == "dx/dt = -x/(5*ms) : 1 (event-driven)\non_pre: n = N_incoming - "
                       "N_outgoing\non_pre: ge_post += lastupdate*(1*nS)/(1*s)\n");
  CHECK(m.find(ir::role::last_update) != ir::none);
  // A synapse without such equations may have one of its own, a neuron a name.
  ir::model const own = between("lastupdate : second", on_pre("lastupdate = t"));
  CHECK(pathways(own) == "on_pre: lastupdate = t\n");
  CHECK(mistake_of("N_incoming : 1\nlastupdate : second").ok());
  CHECK(mistake_of("x : integer", reset("x = N_incoming")).what == mistake::unknown_variable);
}
