// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>
#include <nernst/ir/inline_subexpressions.hpp>

#include "written.hpp"

using namespace written;

namespace {
constexpr auto drive = subexpression<"drive">(3 * x + 1);
constexpr auto high = subexpression<"high">(v > 2 * mV);
constexpr auto chance = subexpression<"chance">(uniform()) | constant_over_dt;
constexpr auto whole = subexpression<"whole">(integer, x * 2);
constexpr auto common = shared_subexpression<"common">(b * 2);
static_assert(drive.unit == ir::units::one && high.type == ir::value_type::boolean &&
              whole.type == ir::value_type::integer);
static_assert(!drive.constant_over_dt && chance.constant_over_dt && common.is_shared);
}  // namespace

TEST_CASE("a subexpression is a name in formulas and a clause of its model", "[language]") {
  ir::model m =
      lower(neuron(d(x) / dt = -drive / second, drive, threshold(high && drive > 3), high));
  CHECK(ir::to_string(m) == "dx/dt = -drive/(1*s) : 1\ndrive = 3*x + 1 : 1\nhigh = v > 2*mV : "
                            "boolean\nthreshold: high and drive > 3\n");
  REQUIRE(ir::check(m).ok());
  CHECK(ir::inline_subexpressions(m).mistake.ok());
  CHECK(ir::to_string(m, m.equations[0].rhs) == "-(3*x + 1)/(1*s)");
  CHECK(ir::to_string(m, m.threshold) == "v > 2*mV and 3*x + 1 > 3");
}

TEST_CASE("flags of subexpressions", "[language]") {
  ir::model const m =
      lower(neuron(chance, common, whole, reset(x = chance, w = common, n = whole)));
  REQUIRE(m.subexpressions.size() == 3);
  CHECK(m.subexpressions[0].constant_over_dt);
  CHECK(!m.subexpressions[0].is_shared);
  CHECK(m.subexpressions[1].is_shared);
  CHECK(m.at(m.subexpressions[2].symbol).type == ir::value_type::integer);
  CHECK(ir::check(m).ok());
}

TEST_CASE("mistakes with subexpressions", "[language]") {
  auto const said = [](auto const&... clauses) {
    ir::diagnosis found = ir::check(lower(neuron(clauses...)));
    found.line = 0;
    return std::string(ir::to_text(found));
  };
  CHECK(said(d(x) / dt = drive / second) ==
        "the variable 'drive' is not defined here: expected its subexpression in the model");
  CHECK(said(drive, drive) == "the variable 'drive' is defined more than once");
  CHECK(said(d(x) / dt = x / second, subexpression<"x">(v)) ==
        "the variable 'x' is defined more than once");
  CHECK(said(subexpression<"y">(uniform())) ==
        "a random number cannot stand in 'y': expected the flag 'constant over dt'");
  CHECK(said(shared_subexpression<"y">(x)) == "'y' is shared but depends on single elements");
  CHECK(said(subexpression<"y">(xi)) == "noise cannot stand in 'y'");
  CHECK(said(drive, reset(drive = 2)) ==
        "'reset of drive' cannot be assigned here, found a subexpression");
}

TEST_CASE("synapses have subexpressions, too", "[language]") {
  ir::model const m = lower(synapse(drive, on_pre(post(x) += drive)));
  CHECK(ir::to_string(m) == "drive = 3*x + 1 : 1\non_pre: x_post += drive\n");
  CHECK(m.symbols.size() == 3);
}
