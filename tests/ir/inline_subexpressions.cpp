// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/inline_subexpressions.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;
using ir::role;

namespace {

struct sketch : maker {
  expression v = variable("v"), p = variable("p", {}, role::parameter),
             q = variable("q", {}, role::shared);
  expression a = variable("a", {}, role::subexpression), b = variable("b", {}, role::subexpression);

  constexpr void define(expression what, expression value, bool held = false,
                        bool is_shared = false) {
    model.subexpressions.push_back({symbol(what), value, held, is_shared});
  }
};

constexpr bool replaces_everywhere() {
  sketch s;
  s.equation(s.v, s.a - s.v);
  s.define(s.a, s.b * 2.0);
  s.define(s.b, s.p + 1.0);
  s.model.threshold = s.a > 1.0;
  s.model.reset = {s.set(s.v, s.b)};
  auto const held = ir::inline_subexpressions(s.model);
  auto const b = s.p + 1.0, a = b * 2.0;
  return held.mistake.ok() && held.statements.empty() && s.model.equations[0].rhs == a - s.v &&
         s.model.threshold == (a > 1.0) && s.model.reset[0].value == b &&
         s.model.subexpressions[0].value == a;
}
static_assert(replaces_everywhere());

// What is held becomes a variable; each may read those before it.
constexpr bool holds() {
  sketch s;
  s.equation(s.v, s.a - s.v);
  s.define(s.a, s.b * s.v, true);
  s.define(s.b, s.q + 1.0, true, true);
  auto const held = ir::inline_subexpressions(s.model);
  return held.statements.size() == 2 && held.statements[0].symbol == s.symbol(s.b) &&
         held.statements[0].value == s.q + 1.0 && held.statements[1].symbol == s.symbol(s.a) &&
         held.statements[1].value == s.b * s.v &&  // b has been stored by then
         s.model.at(s.symbol(s.a)).kind == role::state &&
         s.model.at(s.symbol(s.b)).kind == role::shared_state &&
         s.model.equations[0].rhs == s.a - s.v;
}
static_assert(holds());

// Of two that elements hold, one that reads the other sees its new value.
constexpr bool follows_held_values() {
  sketch s;
  s.define(s.a, s.b * 2.0, true);
  s.define(s.b, s.v + 1.0, true);
  auto const held = ir::inline_subexpressions(s.model);
  return held.statements[1].symbol == s.symbol(s.a) &&
         held.statements[1].value == (s.v + 1.0) * 2.0;
}
static_assert(follows_held_values());

constexpr bool marks_what_changes() {
  sketch s;
  s.model.reset = {s.set(s.p, s.p + 1.0)};
  s.model.actions.push_back({ir::none, {0.1}, {s.set(s.q, s.q * 2.0)}, {}});
  ir::inline_subexpressions(s.model);
  return s.model.at(s.symbol(s.p)).kind == role::state &&
         s.model.at(s.symbol(s.q)).kind == role::shared_state;
}
static_assert(marks_what_changes());

constexpr bool finds_cycles() {
  sketch s;
  s.define(s.a, s.b * 2.0);
  s.define(s.b, s.a + 1.0);
  auto const held = ir::inline_subexpressions(s.model);
  return held.mistake.what == ir::mistake::cyclic_definition && held.mistake.where == "a";
}
static_assert(finds_cycles());

}  // namespace

TEST_CASE("a model without subexpressions stays as it is", "[ir][inline_subexpressions]") {
  maker m;
  auto const v = m.variable("v");
  m.equation(v, -v);
  int const size = m.model.nodes.size();
  auto const held = ir::inline_subexpressions(m.model);
  CHECK(held.mistake.ok());
  CHECK(held.statements.empty());
  CHECK(m.model.nodes.size() == size);
}
