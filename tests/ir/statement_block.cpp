// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/statement_block.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;

namespace {

struct block : maker {
  expression x = variable("x"), y = variable("y"), s = variable("s", {}, ir::role::subexpression);
  ir::statement_block statements{model};

  constexpr expression read(expression e) { return {&model.nodes, statements.read(symbol(e))}; }
  constexpr void write(expression e, int value) { statements.write(symbol(e), value); }
  constexpr void define(expression value, bool constant_over_dt = false) {
    model.subexpressions.push_back({symbol(s), value, constant_over_dt});
  }
};
constexpr bool is(ir::assignment const& s, int symbol, int value) {
  return s.symbol == symbol && s.value == value;
}

// x += 1; y = 2*x; x *= y, written in terms of what was there before.
constexpr bool sees_what_was_assigned() {
  block b;
  if (!b.statements.is_untouched()) return false;
  b.write(b.x, b.read(b.x) + 1.0);
  b.write(b.y, b.read(b.x) * 2.0);
  b.write(b.x, b.read(b.x) * b.read(b.y));
  bool const touched = !b.statements.is_untouched();
  auto const all = b.statements.finish();
  auto const first = b.x + 1.0;
  return touched && all.size() == 2 && is(all[0], b.symbol(b.x), first * (first * 2.0)) &&
         is(all[1], b.symbol(b.y), first * 2.0);
}
static_assert(sees_what_was_assigned());

// A new block begins with what was there before.
constexpr bool begins_anew() {
  block b;
  b.write(b.x, b.number(3));
  b.statements.finish();
  bool const untouched = b.statements.is_untouched() && b.read(b.x) == b.x;
  b.write(b.y, b.read(b.x));
  auto const all = b.statements.finish();
  return untouched && all.size() == 1 && is(all[0], b.symbol(b.y), b.x);
}
static_assert(begins_anew());

// A subexpression follows the variables that it reads, and those that it does not read leave it.
constexpr bool follows_subexpressions() {
  block b;
  b.define(b.x * b.x);
  bool const before = b.read(b.s) == b.s;
  b.write(b.y, b.number(5));
  bool const of_others = b.read(b.s) == b.s;
  b.write(b.x, b.y + 1.0);
  auto const now = b.y + 1.0;
  bool const of_x = b.read(b.s) == now * now;
  b.write(b.x, b.number(2));
  return before && of_others && of_x && b.model.nodes.is_literal(b.read(b.s), 4);
}
static_assert(follows_subexpressions());

// One that is held over a step stays, as does a name without a definition.
constexpr bool keeps_what_is_held() {
  block held, undefined;
  held.define(held.x * held.x, true);
  held.write(held.x, held.number(3));
  undefined.write(undefined.x, undefined.number(3));
  return held.read(held.s) == held.s && undefined.read(undefined.s) == undefined.s;
}
static_assert(keeps_what_is_held());

constexpr bool follows_through_others() {
  block b;
  auto const outer = b.variable("outer", {}, ir::role::subexpression);
  b.define(b.x * 2.0);
  b.model.subexpressions.push_back({b.symbol(outer), b.s + b.y});
  b.write(b.x, b.y);
  return b.read(outer) == b.y * 2.0 + b.y;
}
static_assert(follows_through_others());

// The value of an integer is a whole number.
constexpr bool truncates_integers() {
  block b;
  b.model.symbols[b.symbol(b.s)].type = ir::value_type::integer;
  b.define(b.x / 3.0);
  b.write(b.x, b.y);
  return b.read(b.s) == make(op::trunc, b.y / 3.0).node;
}
static_assert(truncates_integers());

// What later statements see of an integer is what it holds; what is stored is truncated there.
constexpr bool keeps_no_fraction() {
  block b;
  b.model.symbols[b.symbol(b.x)].type = ir::value_type::integer;
  b.write(b.x, b.y * 1.5);
  b.write(b.x, b.read(b.x) * 2.0);
  b.write(b.y, b.read(b.x));
  auto const first = make(op::trunc, b.y * 1.5) * 2.0;
  auto const all = b.statements.finish();
  return is(all[0], b.symbol(b.x), first) && is(all[1], b.symbol(b.y), make(op::trunc, first));
}
static_assert(keeps_no_fraction());

// A frozen variable may have been left as it was, where the block respects that; only those that
// read it afterwards ask.
constexpr bool asks_whether_it_was_written() {
  block free, gated;
  for (block* b : {&free, &gated}) {
    b->model.symbols[b->symbol(b->x)].frozen = true;
    b->define(b->x * 2.0);
  }
  gated.statements.respect_refractoriness();
  int seen[2] = {}, followed[2] = {}, other[2] = {}, k = 0;
  for (block* b : {&free, &gated}) {
    b->write(b->x, b->y);
    b->write(b->y, b->number(3));
    seen[k] = b->read(b->x);
    followed[k] = b->read(b->s);
    other[k++] = b->read(b->y);
  }
  bool const asks = gated.model.find(ir::role::not_refractory) != ir::none;
  expression const open{&gated.model.nodes, gated.model.not_refractory()};
  auto const now = select(open, gated.y, gated.x);
  return free.y == seen[0] && free.y * 2.0 == followed[0] && asks && now == seen[1] &&
         now * 2.0 == followed[1] && gated.model.nodes.is_literal(other[1], 3) &&
         free.model.find(ir::role::not_refractory) == ir::none &&
         gated.statements.finish()[0].value == gated.y;
}
static_assert(asks_whether_it_was_written());

// A definition that refers to itself comes to an end; the check finds it later.
constexpr bool ends() {
  block b;
  b.define(b.s + b.x);
  b.write(b.x, b.y);
  return b.read(b.s) == b.s + b.y;
}
static_assert(ends());

}  // namespace

TEST_CASE("variables may be entered while a block is read", "[ir][statement_block]") {
  block b;
  b.write(b.x, b.number(1));
  auto const late = b.variable("late");
  CHECK(b.read(late) == late);
  b.write(late, b.read(b.x) + 1.0);
  CHECK(b.model.nodes.is_literal(b.read(late), 2));
  CHECK(b.statements.finish().size() == 2);
}
