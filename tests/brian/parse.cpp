// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>

#include "catch.hpp"
#include "read.hpp"

using namespace reading;

namespace {
ir::list<ir::symbol> population() {
  return lower(neuron("dv/dt = 1*volt/second : volt\nw : 1\nn : integer\non : boolean\nr : volt "
                      "(shared)"))
      .symbols;
}
std::string read(std::string_view text, int target, ir::span<constant const> constants = {}) {
  auto const all = population();
  auto const e = parse_expression(text, all[target], all, constants);
  return e.mistake().ok() ? ir::to_string(e.model, e.root)
                          : std::string(to_text(e.mistake()).view());
}
}  // namespace

TEST_CASE("values are read at run time", "[brian][parse]") {
  constexpr auto known = constants("El", -60 * mV);
  CHECK(read("El + (randn()*5 - 5)*mV", 0, known.constants) == "-60*mV + (normal(0)*5 - 5)*(1*mV)");
  CHECK(read("v + r*w*i", 0) == "v + r*w*i");
  CHECK(read("7.9", 2) == "int(7.9)");
  CHECK(read("v > r", 3) == "v > r");
  CHECK(read("3", 0) == "the units do not fit in 'v' (line 1, column 1): expected V, found 1");
  CHECK(read("v + w", 0) ==
        "the units do not fit in 'v + w' (line 1, column 3): expected V, found 1");
  CHECK(read("3 + ", 1) ==
        "cannot read 'end of text' (line 1, column 5): expected a number, a name or (");
  CHECK(read("foo", 1) == "the variable 'foo' is not defined here (line 1, column 1)");
  CHECK(read("w", 3) == "'on' is not a condition (line 1, column 1), found 1");
  CHECK(read("xi", 1) == "noise cannot stand in 'xi' (line 1, column 1)");
  CHECK(read("1; 2", 1).find(
            "cannot read '; 2' (line 1, column 2): expected an operator or the end") == 0);
}

TEST_CASE("conditions are read at run time", "[brian][parse]") {
  auto const all = population();
  CHECK(ir::to_string(parse_condition("i > 10 and on", all).model,
                      parse_condition("i > 10 and on", all).root) == "i > 10 and on");
  CHECK(parse_condition("i", all).mistake().what == mistake::not_a_condition);
  CHECK(parse_condition("i >", all).mistake().what == mistake::syntax_error);
}

static_assert(parse_value("10*mV").model.nodes[parse_value("10*mV").root].value == 10e-3);
static_assert(parse_value("2*a", constants("a", 3).constants)
                  .model.nodes[parse_value("2*a", constants("a", 3).constants).root]
                  .value == 6);
static_assert(parse_value("v").mistake().what == mistake::unknown_variable &&
              parse_value("t").mistake().what == mistake::syntax_error);
