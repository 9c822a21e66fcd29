// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/dependency.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;
using ir::role;
using ir::side;
using ir::variation;

namespace {

constexpr bool varies_with_all_that_it_reads() {
  maker m;
  auto const v = m.variable("v"), p = m.variable("p", {}, role::parameter),
             s = m.variable("s", {}, role::shared), t = m.variable("t", {}, role::time);
  int const draw = m.model.draw(op::normal);
  int const roots[] = {p * s, ir::none, t * 2.0};
  ir::graph& g = m.model.nodes;
  return variation_of(m.model, s * 2.0 + 1.0) == variation::never &&
         variation_of(m.model, p * s) == variation::by_element &&
         variation_of(m.model, t * s) == (variation::by_step | variation::within_step) &&
         variation_of(m.model, v * s) == variation_of(role::state) &&
         variation_of(m.model, v * t) == (variation_of(role::state) | variation::within_step) &&
         variation_of(m.model, g.add(draw, s)) == variation::by_draw &&
         variation_of(m.model, ir::none) == variation::never &&
         variation_of(m.model, roots) ==
             (variation::by_element | variation::by_step | variation::within_step);
}
static_assert(varies_with_all_that_it_reads());

// Whoever asks says with what variables change; a timed array is held through a step where it is
// read at the time of the step's start, and only there.
constexpr bool varies_as_said() {
  maker m;
  auto const x = m.variable("x"), y = m.variable("y"), t = m.variable("t", {}, role::time);
  auto const table = m.variable("table", {}, role::table);
  ir::graph& g = m.model.nodes;
  auto const at = [&](int time) {
    return expression{&g, g.make(op::lookup, time, ir::none, ir::none, m.symbol(table))};
  };
  auto const column = [&](int time, int which) {
    return expression{&g, g.make(op::lookup_2, time, which, ir::none, m.symbol(table))};
  };
  auto const now = at(t), later = at(t + 1.0), own = column(t, x), both = x * now,
             unused = y * later;
  ir::list<int> const roots{both, later, own, m.model.draw(op::uniform), ir::none, x + 1.0};
  auto const all = ir::variations(g, roots, t, [&](int s) {
    return s == m.symbol(x)   ? variation::by_element
           : s == m.symbol(t) ? variation::by_step | variation::within_step
                              : variation::by_state;
  });
  variation const time = variation::by_step | variation::within_step;
  return all.size() == g.size() && all[x] == variation::by_element && all[t] == time &&
         all[now] == variation::by_step && all[later] == time &&
         all[both] == (variation::by_element | variation::by_step) &&
         all[own] == (variation::by_element | variation::by_step) &&
         all[roots[3]] == variation::by_draw && all[roots[5]] == variation::by_element &&
         all[y] == variation::never && all[unused] == variation::never;  // nobody asked for these
}
static_assert(varies_as_said());

constexpr bool reads_what_it_needs() {
  maker m;
  auto const v = m.variable("v"), w = m.variable("w"), b = m.variable("b", {}, role::shared),
             u = m.variable("u"), g = m.variable("g", {}, role::state, side::post);
  ir::assignment const reset[] = {m.set(v, b - 65.0), m.set(w, w + b), m.set(u, g * 2.0)};
  auto const reads = [&m](ir::assignment const& s, std::string_view id) {
    return ir::reads(m.model, s.value, [id](ir::symbol const& x) { return x.id == id; });
  };
  auto const of_post = [](ir::symbol const& x) { return x.owner == side::post; };
  return reads(reset[0], "b") && !reads(reset[0], "v") && !reads(reset[0], "w") &&
         reads(reset[1], "w") && reads(reset[1], "b") && !reads(reset[1], "u") &&
         ir::reads(m.model, reset[2].value, of_post) &&
         !ir::reads(m.model, reset[1].value, of_post) && !ir::reads(m.model, ir::none, of_post);
}
static_assert(reads_what_it_needs());

/// Definitions a, b, c, d of variables with the numbers 0 ... 3, each of what is given.
struct definitions : maker {
  expression x = variable("a"), y = variable("b"), z = variable("c"), u = variable("d"),
             other = variable("other");
  ir::list<ir::assignment> all;

  constexpr void operator()(expression of, int value) { all.push_back({symbol(of), value}); }
  constexpr ir::definition_order order() const {
    return ir::definition_order(model.nodes, all, model.symbols.size());
  }
};

constexpr bool sorts() {
  definitions d;
  d(d.x, d.y + d.z * d.y);
  d(d.y, d.z * d.other);
  d(d.z, d.number(2));
  d(d.u, d.x + d.other);
  auto const sorted = d.order();
  for (int k = 0; k < 4; ++k)
    if (sorted.is_cyclic(k)) return false;
  return sorted.order() == ir::list<int>{2, 1, 0, 3};
}
static_assert(sorts());

// Definitions that read no others keep their places.
constexpr bool keeps_order() {
  definitions d;
  d(d.u, d.other);
  d(d.x, d.number(1));
  d(d.z, ir::none);
  d(d.y, d.u * 2.0);
  return d.order().order() == ir::list<int>{0, 1, 2, 3};
}
static_assert(keeps_order());

constexpr bool finds_cycles() {
  definitions d;
  d(d.x, d.y + 1.0);
  d(d.y, d.x * 2.0);
  d(d.z, d.other * 2.0);
  d(d.u, d.x - d.z);  // reads definitions that read themselves
  auto const sorted = d.order();
  return sorted.is_cyclic(0) && sorted.is_cyclic(1) && !sorted.is_cyclic(2) &&
         sorted.is_cyclic(3) && sorted.order() == ir::list<int>{2};
}
static_assert(finds_cycles());

constexpr bool finds_itself() {
  definitions d;
  d(d.x, d.x * 2.0);
  d(d.y, d.other);
  auto const sorted = d.order();
  return sorted.is_cyclic(0) && !sorted.is_cyclic(1);
}
static_assert(finds_itself());
static_assert(definitions().order().order().empty());

}  // namespace

TEST_CASE("a long chain of definitions is sorted", "[ir][dependency]") {
  maker m;
  constexpr int count = 500;
  std::vector<expression> x;
  for (int k = 0; k < count; ++k) x.push_back(m.variable(ir::identifier("x").append(k)));
  ir::list<ir::assignment> all;
  for (int k = 0; k + 1 < count; ++k)
    all.push_back(
        {m.symbol(x[static_cast<std::size_t>(k)]), x[static_cast<std::size_t>(k) + 1] * 2.0});
  ir::definition_order const sorted(m.model.nodes, all, m.model.symbols.size());
  REQUIRE(sorted.order().size() == count - 1);
  for (int k = 0; k + 1 < count; ++k) REQUIRE(sorted.order()[k] == count - 2 - k);
  all.push_back({m.symbol(x.back()), x.front() * 2.0});
  ir::definition_order const circle(m.model.nodes, all, m.model.symbols.size());
  CHECK(circle.order().empty());
  CHECK(circle.is_cyclic(0));
}
