// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/brian/membrane.hpp>

#include "catch.hpp"
#include "read.hpp"

using namespace reading;

namespace {
template <class... Clauses>
constexpr ir::diagnosis wrong(std::string_view equations, Clauses const&... clauses) {
  return finding(spatial_neuron(equations, clauses...));
}
constexpr std::string_view leak = "Im = gL*(EL - v) : amp/meter**2\n gL : siemens/meter**2\n"
                                  "EL : volt\n";
std::string value_of(ir::model const& m, std::string_view id) {
  return ir::to_string(m, m.subexpressions[ir::subexpression_of(m, m.find(id))].value);
}
constexpr auto with(std::string_view more) {
  return equations(leak) + equations(more);
}
template <class... Clauses>
std::string text_of_threshold(Clauses const&... clauses) {
  ir::model const m = lower(spatial_neuron(leak, clauses...));
  REQUIRE(m.mistake.ok());
  return ir::to_string(m, m.threshold);
}
}  // namespace

TEST_CASE("the current of a spatial neuron is outwards", "[brian][spatial]") {
  ir::model const m = lower(spatial_neuron(with("I : amp (point current)\n"
                                                "J = 2*nA : amp (point current, shared)")));
  REQUIRE(m.mistake.ok());
  REQUIRE(ir::check(m).ok());
  CHECK(m.placed == ir::placement::density);
  REQUIRE(m.currents.size() == 1);
  CHECK(ir::to_string(m, m.currents[0].value) == "-Im");
  CHECK(value_of(m, "Im") == "gL*(EL - v) + I/area + J/area");
  CHECK(m.threshold == ir::none);
}

TEST_CASE("compartments have variables of their own", "[brian][spatial]") {
  CHECK(wrong("Im = v*Cm/second + v/Ri/meter + amp*length*distance*diameter/volume/area : "
              "amp/meter**2")
            .ok());
  CHECK(is_at(wrong("Im = 0*amp/meter**2 : amp/meter**2\nv : volt"), mistake::duplicate_variable, 2,
              1));
  CHECK(is(wrong(leak, constants("area", 1 * um * um)), mistake::duplicate_variable, "area"));
  CHECK(is(mistake_of("x = area : meter**2"), mistake::unknown_variable, "area"));
  CHECK(
      is(wrong(leak, threshold("v > 0*mV"), reset("v = 0*mV")), mistake::misplaced_statement, "v"));
}

TEST_CASE("compartments tell what charges them, how fast and how far", "[brian][spatial]") {
  CHECK(finding(spatial_neuron(with("dw/dt = (Ic - w)/time_constant : amp/meter**2\n"
                                    "far = space_constant + r_length_1 + r_length_2 : meter\n"
                                    "where = x + y + z : meter")))
            .ok());
  CHECK(is_at(finding(spatial_neuron(with("x : 1\nIc : amp"))), mistake::duplicate_variable, 2, 1));
  CHECK(is(wrong("Im = 1*uF/cm**2*volt/time_constant : amp/meter**2"), mistake::cyclic_definition,
           "time_constant"));
  CHECK(is(mistake_of("x = Ic : amp/meter**2"), mistake::unknown_variable, "Ic"));
  ir::model const m = lower(spatial_neuron(with("x : 1\ny = 2*x : 1")));
  REQUIRE(ir::check(m).ok());
  CHECK(value_of(m, "y") == "2*x");
  CHECK(value_of(m, "z") == "_z");
}

TEST_CASE("the threshold of a spatial neuron has a place", "[brian][spatial]") {
  CHECK(text_of_threshold(threshold("v > 10*mV")) == "v > 10*mV and _has_threshold");
}

TEST_CASE("mistakes in spatial neurons", "[brian][spatial]") {
  CHECK(is(wrong("x : 1"), mistake::missing_current, "Im"));
  CHECK(is_at(wrong("x : 1\nIm : amp/meter**2"), mistake::missing_current, 2, 1));
  CHECK(is_at(wrong("dIm/dt = -Im/second : amp/meter**2"), mistake::missing_current, 1, 1));
  CHECK(is(wrong("Im = 0*amp/meter**2 : amp/meter**2 (shared)"), mistake::unknown_flag, "shared",
           "Im without a flag"));
  CHECK(is(wrong("Im = 0*amp : amp"), mistake::dimension_mismatch, "Im", "A/m^2", "A"));
  CHECK(is(finding(spatial_neuron(with("I : volt (point current)"))), mistake::dimension_mismatch,
           "I", "A", "V"));
  CHECK(is(wrong("Im = 0*amp/meter**2 : amp/meter**2\nIm = 0*amp/meter**2 : amp/meter**2"),
           mistake::duplicate_variable, "Im"));
  CHECK(is(finding(spatial_neuron(with("dx/dt = -x/second : 1 (unless refractory)"))),
           mistake::unknown_flag, "unless refractory", "point current"));
  CHECK(is(mistake_of("I : amp (point current)"), mistake::unknown_flag, "point current",
           "constant, shared, linked"));
  CHECK(is(wrong(leak, on_pre("gL += 1*siemens/meter**2")), mistake::misplaced_clause, "on_pre"));
}
