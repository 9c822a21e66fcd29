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
// In the language, but for a later time: read to the end, then refused.
static_assert(is(mistake_between(between("dx/dt = -x/(5*ms) : 1 (event-driven)")),
                 mistake::not_supported, "event-driven") &&
              is(mistake_between(between("dx/dt = -x/(5*ms) : 1 (clock-driven)")),
                 mistake::not_supported, "equations in synapses") &&
              is(mistake_between(between("r_post = 2 : 1 (summed)")), mistake::not_supported,
                 "summed") &&
              is(mistake_between(between("w : 1", on_post("w += 1"))), mistake::not_supported,
                 "on_post"));
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
