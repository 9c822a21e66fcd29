// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/dependency.hpp>
#include <nernst/ir/simplify.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;
using ir::role;
using ir::side;

namespace {

constexpr bool sets() {
  ir::symbol_set a, b, c;
  a.insert(3);
  a.insert(200);
  a.insert(3);
  b.insert(200);
  c.insert(64);
  return a.size() == 2 && a.contains(200) && !a.contains(201) && !a.contains(100000) &&
         a.intersects(b) && !a.intersects(c) && !c.intersects(a) && !ir::symbol_set().intersects(a);
}
static_assert(sets());

constexpr bool reads_and_writes() {
  maker m;
  auto const v = m.variable("v"), w = m.variable("w"), b = m.variable("b", {}, role::shared),
             u = m.variable("u");
  ir::assignment const reset[] = {m.set(v, b - 65.0), m.set(w, w + b)};
  auto const r = ir::reads(m.model, reset);
  auto const written = ir::writes(reset);
  return r.contains(m.symbol(b)) && r.contains(m.symbol(w)) && !r.contains(m.symbol(v)) &&
         written.contains(m.symbol(v)) && !written.contains(m.symbol(b)) &&
         !r.contains(m.symbol(u));
}
static_assert(reads_and_writes());

/// A synapse onto `target` of its post neuron, with a weight, a trace of its own and variables of
/// both neurons.
struct synapse : maker {
  expression w = variable("w"), trace = variable("trace");
  expression g = variable("g", {}, role::state, side::post),
             v = variable("v", {}, role::state, side::post);
  expression v_pre = variable("v", {}, role::state, side::pre),
             x_pre = variable("x", {}, role::state, side::pre);
  ir::pathway on_pre;
};
template <class Fill>
constexpr synapse pathway(Fill fill) {
  synapse s;
  fill(s);
  return s;
}
template <class Fill>
constexpr bool accumulates(Fill fill, bool same_population = true) {
  synapse const s = pathway(fill);
  bool const answer = ir::accumulates(s.model, s.on_pre, same_population);
  // The answer does not depend on how the sum was written.
  synapse simple = pathway(fill);
  for (auto& a : simple.on_pre.statements)
    a.value = ir::simplify(simple.model.nodes, std::vector<int>{a.value})[0];
  return answer && ir::accumulates(simple.model, simple.on_pre, same_population);
}
template <class Fill>
constexpr bool order_independent(Fill fill) {
  synapse const s = pathway(fill);
  return ir::is_order_independent(s.model, s.on_pre);
}

static_assert(accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.w)}; }));
static_assert(accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.w + s.g)}; }));
static_assert(accumulates([](synapse& s) {
  s.on_pre.statements = {s.set(s.g, s.g - s.w * s.trace)};
}));
static_assert(accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.w - 2.0)}; }));
static_assert(accumulates([](synapse& s) {
  s.on_pre.statements = {s.set(s.g, s.g + s.w * s.v), s.set(s.x_pre, s.x_pre + 1.0)};
}));
static_assert(!accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.w - s.g)}; }));
static_assert(!accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.w)}; }));
static_assert(!accumulates([](synapse& s) {
  s.on_pre.statements = {s.set(s.g, s.g + s.w * s.g)};
}));
static_assert(!accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.g)}; }));
static_assert(!accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g * s.w)}; }));
static_assert(!accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.g, s.v + s.w)}; }));
static_assert(!accumulates([](synapse& s) {
  s.on_pre.statements = {s.set(s.v, s.v + s.w), s.set(s.g, s.g + s.v)};
}));
static_assert(!accumulates([](synapse& s) {
  s.on_pre.statements = {s.set(s.trace, s.trace + 1.0)};
}));
// One neuron's v may be another's v_pre, unless the populations differ.
static_assert(!accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.v, s.v + s.v_pre)}; }));
static_assert(accumulates([](synapse& s) { s.on_pre.statements = {s.set(s.v, s.v + s.v_pre)}; },
                          false));

// Plasticity changes the synapse and adds to the neuron.
static_assert(order_independent([](synapse& s) {
  s.on_pre.statements = {s.set(s.g, s.g + s.w), s.set(s.trace, s.trace + 0.01),
                         s.set(s.w, make(op::maximum, s.w - s.trace, 0.0))};
}));
static_assert(!order_independent([](synapse& s) {
  s.on_pre.statements = {s.set(s.v, s.v + s.w), s.set(s.w, s.w * s.v)};
}));
static_assert(!order_independent([](synapse& s) {
  s.on_pre.statements = {s.set(s.v, s.v * 0.5 + s.w)};
}));

constexpr bool takes_sums_apart() {
  synapse s;
  auto const i = ir::increment_of(s.model, s.set(s.g, s.g + s.w - s.trace),
                                  ir::neuron_writes(s.model, s.on_pre));
  return i.valid && i.summands == std::vector<int>{s.w, s.trace} &&
         i.negative == std::vector<char>{0, 1};
}
static_assert(takes_sums_apart());

constexpr ir::model resetting(bool of_g) {
  maker m;
  auto const v = m.variable("v"), g = m.variable("g");
  m.model.reset.push_back(of_g ? m.set(g, g * 0.0) : m.set(v, m.number(-60)));
  return m.model;
}
template <class Fill>
constexpr bool commutes(bool of_g, side part, Fill fill) {
  synapse const s = pathway(fill);
  ir::model const neuron = resetting(of_g);
  return ir::independent(ir::access_of(neuron, neuron.reset, ir::side::here),
                         ir::access_of(s.model, s.on_pre.statements, part));
}
static_assert(commutes(false, side::post,
                       [](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.w)}; }));
static_assert(!commutes(true, side::post,
                        [](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.w)}; }));
static_assert(!commutes(false, side::post,
                        [](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.v)}; }));
static_assert(!commutes(false, side::pre,
                        [](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.v_pre)}; }));
static_assert(commutes(false, side::post,
                       [](synapse& s) { s.on_pre.statements = {s.set(s.g, s.g + s.v_pre)}; }));

static_assert(ir::independent({{"a"}, {"b"}}, {{"a"}, {"c"}}));
static_assert(!ir::independent({{"a"}, {"b"}}, {{"a"}, {"b"}}));
static_assert(!ir::independent({{"a"}, {}}, {{}, {"a"}}) &&
              !ir::independent({{}, {"a"}}, {{"a"}, {}}));

}  // namespace

TEST_CASE("what a block does to one element", "[ir][dependency]") {
  synapse const s = pathway([](synapse& p) {
    p.on_pre.statements = {p.set(p.g, p.g + p.w * p.x_pre), p.set(p.trace, p.w)};
  });
  auto const post = ir::access_of(s.model, s.on_pre.statements, side::post),
             pre = ir::access_of(s.model, s.on_pre.statements, side::pre);
  CHECK(post.reads == std::vector<ir::name>{"g"});
  CHECK(post.writes == std::vector<ir::name>{"g"});
  CHECK(pre.reads == std::vector<ir::name>{"x"});
  CHECK(pre.writes.empty());
}
