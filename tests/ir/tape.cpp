// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/tape.hpp>

#include "catch.hpp"
#include "notation.hpp"
#include "random_expressions.hpp"
#include <cstring>

using namespace notation;

namespace {

constexpr bool records_what_is_needed() {
  maker m;
  auto const unused = m.variable("unused"), x = m.variable("x"), y = m.variable("y");
  auto const sum = x + y, root = sum * sum + exp(unused - unused) * 0.0;
  auto const condition = select(x > y, sum, x);
  ir::tape const t = ir::record(m.model.nodes, ir::list<int>{sum * sum, ir::none, condition, x});
  ir::list<ir::node> const& n = t.operations;
  bool const order = n.size() == 6 && n[0].code == op::symbol && n[0].which == m.symbol(x) &&
                     n[1].which == m.symbol(y) && n[2].code == op::add && n[2].a == 0 &&
                     n[2].b == 1;
  for (int k = 0; k < n.size(); ++k)
    for (int const operand : operands(n[k]))
      if (operand < 0 || operand >= k) return false;
  return order && t.results.size() == 4 && n[t.results[0]].code == op::multiply &&
         t.results[1] == ir::none && n[t.results[2]].code == op::select && t.results[3] == 0 &&
         root != sum;
}
static_assert(records_what_is_needed());

constexpr bool keeps_what_nodes_name() {
  ir::graph g;
  int const t = g.symbol(7);
  int const row = g.make(op::lookup, t, ir::none, ir::none, 3), draw = g.random(op::normal, 5);
  int const call = g.make(op::call_3, row, draw, t, 2);
  ir::tape const tape = ir::record(g, ir::list<int>{call});
  return tape.operations.size() == 4 && tape.operations[0].which == 7 &&
         tape.operations[1].which == 3 && tape.operations[2].which == 5 &&
         tape.operations[3].which == 2 && tape.operations[3].c == 0;
}
static_assert(keeps_what_nodes_name());
static_assert(ir::record(ir::graph(), ir::list<int>{}).operations.empty() &&
              ir::record(ir::graph(), ir::list<int>{ir::none}).results == ir::list<int>{ir::none});

constexpr bool cuts_out_a_result() {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y"), z = m.variable("z");
  ir::tape const all = ir::record(m.model.nodes, ir::list<int>{x * y, ir::none, exp(y - z)});
  ir::tape const last = ir::record(all, 2);
  ir::list<ir::node> const& n = last.operations;
  return all.operations.size() == 6 && n.size() == 4 && n[0].which == m.symbol(y) &&
         n[1].which == m.symbol(z) && n[2].code == op::subtract && n[2].a == 0 && n[2].b == 1 &&
         n[3].code == op::exp && n[3].a == 2 && last.results == ir::list<int>{3} &&
         ir::record(all, 1).results == ir::list<int>{ir::none};
}
static_assert(cuts_out_a_result());

}  // namespace

TEST_CASE("a tape has the values of the expressions from which it was made", "[ir][tape]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    ir::graph g;
    random_expressions random(g, 3, seed);
    ir::list<int> const roots{random.number(5), random.number(3), ir::none, random.condition(3)};
    ir::tape const tape = ir::record(g, roots);
    ir::interpreter<values> of_graph(g, roots), of_tape(tape);
    values const at{{random.value(), random.value(), random.value()}};
    double expected[4], found[4];
    of_graph(at, expected);
    of_tape(at, found);
    REQUIRE(std::memcmp(expected, found, sizeof found) == 0);
    REQUIRE(std::isnan(found[2]));
  }
}
