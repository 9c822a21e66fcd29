// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;
using ir::mistake;
namespace units = ir::units;

namespace {

/// A leaky neuron; tests spoil it.
struct leaky : maker {
  expression v = variable("v", units::volt), w = variable("w", units::ampere),
             tau = variable("tau", units::second, ir::role::shared);
  expression C = variable("C", units::farad, ir::role::parameter);
};
template <class Fill>
constexpr ir::diagnosis check(Fill fill) {
  leaky m;
  fill(m);
  return ir::check(m.model);
}
constexpr bool says(ir::diagnosis const& d, mistake what, std::string_view where,
                    std::string_view expected = {}, std::string_view found = {}) {
  return d.what == what && d.where == where && d.expected == expected && d.found == found;
}

static_assert(check([](leaky& m) {
                m.equation(m.v, -m.v / m.tau + m.w / m.C, true);
                m.equation(m.w, -m.w / m.tau);
                m.model.threshold = m.v > m.number(-0.05, units::volt);
                m.model.reset = {m.set(m.v, m.number(-0.06, units::volt)),
                                 m.set(m.w, m.w + m.number(1e-12, units::ampere))};
                m.model.refractory_time = m.number(5e-3, units::second);
              }).ok());
static_assert(check([](leaky&) {}).ok());

static_assert(says(check([](leaky& m) { m.equation(m.v, m.v); }), mistake::dimension_mismatch,
                   "dv/dt", "V/s", "V"));
static_assert(says(check([](leaky& m) { m.equation(m.v, (m.v + m.w) / m.tau); }),
                   mistake::dimension_mismatch, "dv/dt", "V", "A"));
static_assert(says(check([](leaky& m) { m.equation(m.v, (m.v + 1.0) / m.tau); }),
                   mistake::dimension_mismatch, "dv/dt", "V", "1"));
static_assert(says(check([](leaky& m) { m.equation(m.v, exp(m.v) * m.v / m.tau); }),
                   mistake::dimension_mismatch, "dv/dt", "1", "V"));
// The first mistake counts.
static_assert(says(check([](leaky& m) {
                     m.equation(m.v, m.v / m.tau);
                     m.equation(m.w, m.w);
                     m.model.threshold = m.v;
                   }),
                   mistake::dimension_mismatch, "dw/dt", "A/s", "A"));
static_assert(says(check([](leaky& m) {
                     m.equation(m.v, m.v / m.tau);
                     m.equation(m.v, m.v / m.tau);
                   }),
                   mistake::duplicate_equation, "v"));
static_assert(says(check([](leaky& m) { m.equation(m.v, m.v / m.tau, true); }),
                   mistake::missing_refractory, "v"));
static_assert(says(check([](leaky& m) { m.model.threshold = m.v > m.w; }),
                   mistake::dimension_mismatch, "threshold", "V", "A"));
static_assert(says(check([](leaky& m) { m.model.threshold = m.v; }), mistake::not_a_condition,
                   "threshold", "", "V"));
static_assert(says(check([](leaky& m) {
                     m.model.threshold = make(op::logical_and, m.v > m.v, m.tau);
                   }),
                   mistake::not_a_condition, "threshold", "", "s"));
static_assert(says(check([](leaky& m) { m.model.threshold = !m.w; }), mistake::not_a_condition,
                   "threshold", "", "A"));
static_assert(says(check([](leaky& m) { m.model.reset = {m.set(m.w, m.v)}; }),
                   mistake::dimension_mismatch, "reset of w", "A", "V"));
static_assert(says(check([](leaky& m) { m.model.refractory_time = m.number(5); }),
                   mistake::dimension_mismatch, "refractory", "s or a condition", "1"));
static_assert(says(check([](leaky& m) { m.model.refractory_while = m.v; }),
                   mistake::not_a_condition, "refractory", "", "V"));
static_assert(says(check([](leaky& m) { m.model.pathways = {{ir::side::pre, {m.set(m.v, m.w)}}}; }),
                   mistake::dimension_mismatch, "on_pre: v", "V", "A"));
static_assert(says(check([](leaky& m) {
                     m.model.pathways = {{ir::side::post, {m.set(m.v, m.w)}}};
                   }),
                   mistake::dimension_mismatch, "on_post: v", "V", "A"));
static_assert(says(check([](leaky& m) {
                     m.model.pathways = {{ir::side::post, {m.set(m.v, m.w)}, "up", "burst"}};
                   }),
                   mistake::dimension_mismatch, "on_post up of burst: v", "V", "A"));
static_assert(says(check([](leaky& m) { m.model.pathways = {{ir::side::pre, {}}}; }),
                   mistake::no_effect, "on_pre", "an assignment to a variable"));
static_assert(says(check([](leaky& m) { m.model.of_synapses = true; }), mistake::no_effect,
                   "synapse", "an assignment to a variable"));
// A sum has the unit of what it becomes, a stored variable of a neuron.
template <class Value>
constexpr ir::diagnosis sum_of(Value value, ir::role kind = ir::role::parameter,
                               ir::side owner = ir::side::post) {
  return check([&](leaky& m) {
    expression const g = m.variable("g", units::siemens, kind, owner);
    m.model.sums = {{m.symbol(g), value(m)}};
  });
}
constexpr auto conductance = [](leaky& m) { return m.w / m.v; };
static_assert(sum_of(conductance).ok() && sum_of(conductance, ir::role::state, ir::side::pre).ok());
static_assert(says(sum_of([](leaky& m) { return m.w; }), mistake::dimension_mismatch,
                   "summed g_post", "S", "A"));
static_assert(says(sum_of(conductance, ir::role::state, ir::side::here),
                   mistake::misplaced_statement, "summed g", "", "a variable of the synapse"));
static_assert(says(sum_of(conductance, ir::role::subexpression), mistake::misplaced_statement,
                   "summed g_post", "", "a subexpression"));
static_assert(says(check([](leaky& m) {
                     m.model.reset = {m.set(m.v, select(m.v > m.v, m.v, m.w))};
                   }),
                   mistake::dimension_mismatch, "reset of v", "V", "A"));
static_assert(says(check([](leaky& m) {
                     m.model.reset = {m.set(m.v, select(m.v, m.v, m.v + m.v))};
                   }),
                   mistake::not_a_condition, "reset of v", "", "V"));

constexpr bool threshold_of(ir::graph& g, int condition, bool expected) {
  ir::model m;
  m.nodes = g;
  m.threshold = condition;
  return ir::check(m).ok() == expected;
}
static_assert([] {
  ir::graph g;
  int const yes = g.literal(1), no = g.literal(0), draw = g.random(op::uniform, 0);
  int const less = g.make(op::less, draw, g.literal(0.5));
  return threshold_of(g, less, true) && threshold_of(g, yes, true) &&
         threshold_of(g, g.make(op::select, less, no, less), true) &&
         threshold_of(g, g.make(op::select, less, no, draw), false) && threshold_of(g, draw, false);
}());

template <class Build>
constexpr ir::dimension unit_of(Build build, bool valid = true) {
  leaky m;
  auto const e = build(m);
  m.model.reset = {m.set(m.variable("y", units::candela), e)};
  ir::typing types(m.model);
  ir::checker(m.model, types).run();
  ir::diagnosis const& d = types.found();
  ir::dimension const unit = types.unit(e.node);
  // The assignment itself does not fit; that is found last.
  bool const last = d.what == mistake::dimension_mismatch && d.expected == "cd" &&
                    d.found == ir::to_text(unit).view();
  return last == valid ? unit : units::mole;
}
static_assert(unit_of([](leaky& m) { return m.v * m.w; }) == units::watt);
static_assert(unit_of([](leaky& m) { return m.v / m.w; }) == units::ohm);
static_assert(unit_of([](leaky& m) { return -m.v; }) == units::volt);
static_assert(unit_of([](leaky& m) { return make(op::abs, m.v); }) == units::volt);
static_assert(unit_of([](leaky& m) { return make(op::sign, m.v); }) == units::one);
static_assert(unit_of([](leaky& m) { return make(op::minimum, m.v, m.v + m.v); }) == units::volt);
static_assert(unit_of([](leaky& m) { return make(op::floor_mod, m.tau, m.tau + m.tau); }) ==
              units::second);
static_assert(unit_of([](leaky& m) { return make(op::sqrt, m.tau); }) ==
              power(units::second, {1, 2}));
static_assert(unit_of([](leaky& m) { return pow(m.tau, -0.5); }) == power(units::second, {-1, 2}));
static_assert(unit_of([](leaky& m) { return pow(m.tau, 3); }) == power(units::second, 3));
static_assert(unit_of([](leaky& m) { return exp(m.v / (m.v + m.v)); }) == units::one);
static_assert(unit_of([](leaky& m) { return m.v < m.v; }) == units::one);
static_assert(unit_of([](leaky& m) { return pow(m.tau, 0.3); }, false)
                  .is_one());  // no unit has this exponent
static_assert(unit_of([](leaky& m) { return make(op::power, m.tau, m.v / m.v); }, false)
                  .is_one());  // a unit that is known at run time only
static_assert(unit_of([](leaky& m) { return make(op::floor, m.v); }) == units::volt);

}  // namespace

TEST_CASE("a unit out of range is reported, not thrown", "[ir][check]") {
  auto const d = check([](leaky& m) { m.model.reset = {m.set(m.v, pow(pow(m.v, 8), 8))}; });
  CHECK(d.what == mistake::dimension_mismatch);
  CHECK(d.where == "reset of v");
  CHECK(check([](leaky& m) {
          m.model.reset = {m.set(m.v, pow(m.tau, 20) * pow(m.tau, 20))};
        }).what == mistake::dimension_mismatch);
  CHECK(check([](leaky& m) {
          m.model.reset = {m.set(m.v, pow(m.tau, 20) / pow(m.tau, -20))};
        }).what == mistake::dimension_mismatch);
}

TEST_CASE("the sentence of a mistake", "[ir][check]") {
  auto const d = check([](leaky& m) { m.equation(m.v, m.w); });
  CHECK(to_text(d) == "the units do not fit in 'dv/dt': expected V/s, found A");
}
