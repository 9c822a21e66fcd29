// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/builder.hpp>

#include "catch.hpp"
#include <array>

using namespace nernst::ir;

namespace {

/// What is wrong with a model that was built by `fill`.
template <class Fill>
constexpr diagnosis wrong(Fill fill) {
  model m;
  builder b(m);
  fill(b);
  b.finish();
  return m.mistake;
}
template <class Fill>
constexpr bool says(Fill fill, mistake what, std::string_view where,
                    std::string_view expected = {}) {
  diagnosis const d = wrong(fill);
  return d.what == what && d.where == where && d.expected == expected;
}
constexpr int state(builder& b, std::string_view id) {
  return b.variable({.id = id}, id);
}
constexpr int subexpression_named(builder& b, std::string_view id) {
  return b.variable({.id = id, .kind = role::subexpression}, id);
}
constexpr int one(builder& b) {
  return b.result().nodes.literal(1);
}

constexpr bool enters_variables_once() {
  model m;
  builder b(m);
  int const v = state(b, "v"), w = state(b, "w");
  int const post = b.variable({.id = "v", .owner = side::post}, "v");
  return v != w && post != v && state(b, "v") == v && m.symbols.size() == 3 &&
         b.variable({.id = "v", .owner = side::post}, "v") == post && !b.failed();
}
static_assert(enters_variables_once());

static_assert(wrong([](builder&) {}).ok());
static_assert(says(
    [](builder& b) {
      state(b, "v");
      b.variable({.id = "v", .kind = role::parameter}, "v");
    },
    mistake::duplicate_variable, "v"));
static_assert(says(
    [](builder& b) {
      b.define({subexpression_named(b, "s"), one(b)});
      b.define({subexpression_named(b, "s"), one(b)});
    },
    mistake::duplicate_variable, "s"));
static_assert(says([](builder& b) { subexpression_named(b, "s"); }, mistake::unknown_variable, "s",
                   "its subexpression in the model"));
static_assert(says([](builder& b) { b.on_event("high", {}, {}); }, mistake::unknown_event, "high",
                   "event(...) in the model"));
static_assert(says(
    [](builder& b) {
      b.event("high", one(b), {});
      b.event("high", one(b), {});
    },
    mistake::repeated_clause, "event high"));
static_assert(says(
    [](builder& b) {
      b.event("high", one(b), {});
      b.on_event("high", {{state(b, "v"), one(b)}}, {});
      b.on_event("high", {{state(b, "v"), one(b)}}, {});
    },
    mistake::repeated_clause, "on_event high"));
static_assert(says([](builder& b) { b.method(method_id::euler, "v"); }, mistake::unknown_variable,
                   "v", "an equation of it"));
static_assert(says(
    [](builder& b) {
      b.equation({state(b, "v"), one(b)});
      b.method(method_id::euler, "v");
      b.method(method_id::rk4, "v");
    },
    mistake::repeated_clause, "method of v"));
static_assert(says([](builder& b) { b.tolerance(1e-3, "v"); }, mistake::unknown_variable, "v",
                   "an equation of it"));
static_assert(says(
    [](builder& b) {
      b.scheme("x_new = x");
      b.scheme("x_new = x");
      b.scheme("x_new = 2*x");
    },
    mistake::repeated_clause, "scheme"));
static_assert(says(
    [](builder& b) {
      b.pathway({side::pre, {{state(b, "v"), one(b)}}, "up"});
      b.pathway({side::post, {{state(b, "v"), one(b)}}, "up"});
    },
    mistake::repeated_clause, "pathway up"));
static_assert(says(
    [](builder& b) {
      int const x = b.variable({.id = "x", .owner = side::pre}, "x");
      b.sum({x, one(b)});
      b.sum({x, one(b)});
    },
    mistake::repeated_clause, "summed x_pre"));
static_assert(says(
    [](builder& b) {
      b.multisynaptic_index(state(b, "k"));
      b.multisynaptic_index(state(b, "l"));
    },
    mistake::repeated_clause, "multisynaptic_index"));
static_assert(
    says([](builder& b) { b.variable(nernst::ir::builtin(role::incoming), "N_incoming"); },
         mistake::unknown_variable, "N_incoming", "synapse"));
// The first mistake counts.
static_assert(says(
    [](builder& b) {
      b.fail(mistake::syntax_error, "here", "a number");
      b.fail(mistake::unknown_function, "there");
      b.on_event("high", {}, {});
    },
    mistake::syntax_error, "here", "a number"));

// Events, methods and tolerances find their places, whatever comes first.
constexpr bool takes_any_order() {
  model m;
  builder b(m);
  b.on_event("high", {{state(b, "v"), one(b)}}, {slot::end, 2});
  b.method(method_id::rk4, "v");
  b.tolerance(1e-9, "v");
  b.tolerance(1e-4, {});
  b.method(method_id::euler);
  b.equation({state(b, "w"), one(b), true});
  b.equation({state(b, "v"), one(b)});
  b.event("high", one(b), {slot::start, -1});
  b.pathway({side::post, {{state(b, "w"), one(b)}}});
  b.finish();
  bool const events = m.events.size() == 1 && m.events[0].condition != none &&
                      m.events[0].action.size() == 1 && m.events[0].act == instant{slot::end, 2} &&
                      m.events[0].check == instant{slot::start, -1};
  bool const equations = m.equations.size() == 2 && m.equations[0].unless_refractory &&
                         m.equations[0].method == method_id::automatic &&
                         m.equations[1].method == method_id::rk4 &&
                         m.equations[1].absolute_tolerance == 1e-9;
  return events && equations && m.mistake.ok() && m.method == method_id::euler &&
         m.relative_tolerance == 1e-4 && m.pathways[0].trigger == side::post &&
         m.pathways[0].name == "post";
}
static_assert(takes_any_order());

constexpr bool sorts_times() {
  model m;
  builder b(m);
  double const times[] = {0.3, 0.1, 0.2, 0.1};
  b.at(times, {}, {slot::groups, 2});
  b.every(one(b), {}, {slot::end, 0});
  return m.actions[0].times == list<double>{0.1, 0.1, 0.2, 0.3} && m.actions[0].period == none &&
         m.actions[0].when == instant{slot::groups, 2} && m.actions[1].times.empty() &&
         m.actions[1].period != none;
}
static_assert(sorts_times());

constexpr bool finds_cycles() {
  model m;
  builder b(m);
  int const x = subexpression_named(b, "x"), y = subexpression_named(b, "y"),
            z = subexpression_named(b, "z");
  b.define({z, one(b)});
  b.define({x, m.nodes.add(m.nodes.symbol(y), one(b))});
  bool const none_yet = b.cycle() == none;
  b.define({y, m.nodes.add(m.nodes.symbol(x), one(b))});
  return none_yet && b.cycle() == 1;
}
static_assert(finds_cycles());

}  // namespace

TEST_CASE("a model of many variables", "[ir][builder]") {
  model m;
  builder b(m);
  std::array<identifier, 1000> names;
  for (int k = 0; k < 1000; ++k) {
    auto& id = names[static_cast<std::size_t>(k)];
    id = identifier("x").append(k);
    CHECK(state(b, id) == k);
  }
  for (int k = 0; k < 1000; ++k) CHECK(state(b, names[static_cast<std::size_t>(k)]) == k);
  CHECK(m.symbols.size() == 1000);
}
