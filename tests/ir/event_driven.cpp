// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "catch.hpp"
#include "notation.hpp"

using namespace notation;
using ir::mistake;
namespace units = ir::units;

namespace {

/// A synapse with a trace that follows events; tests spoil it.
struct traced : maker {
  expression x = variable("x"), y = variable("y"), g = variable("g", {}, ir::role::parameter),
             v = variable("v", {}, ir::role::state, ir::side::post),
             tau = variable("tau", units::second, ir::role::parameter), now = time();

  constexpr void event_driven(expression of, expression rhs) {
    equation(of, rhs);
    model.equations.back().event_driven = true;
  }

 private:
  constexpr expression time() { return {&model.nodes, model.time()}; }
};
template <class Fill>
constexpr ir::diagnosis check(Fill fill) {
  traced m;
  m.model.of_synapses = true;
  fill(m);
  return ir::check(m.model);
}
constexpr bool refused(ir::diagnosis const& d, std::string_view reason,
                       std::string_view method = "event_driven") {
  return d.what == mistake::unsuitable_method && d.where == method && d.found == reason;
}

// What holds still between two events may stand in the equation, also what events change.
static_assert(check([](traced& m) { m.event_driven(m.x, -m.x / m.tau); }).ok());
static_assert(check([](traced& m) {
                m.event_driven(m.x, (m.g + m.y + m.v - m.x) / m.tau);
                m.model.pathways = {{ir::side::pre, {m.set(m.g, m.g + m.x)}}};
              }).ok());
static_assert(check([](traced& m) {
                m.event_driven(m.x, -m.x / m.tau);
                m.event_driven(m.y, -m.y / m.tau);
              }).ok());
static_assert(refused(check([](traced& m) { m.event_driven(m.x, -m.x * m.x / m.tau); }),
                      "dx/dt is not linear"));
static_assert(refused(check([](traced& m) { m.event_driven(m.x, exp(m.x) / m.tau); }),
                      "dx/dt is not linear"));
static_assert(refused(check([](traced& m) {
                        m.event_driven(m.x, (m.y - m.x) / m.tau);
                        m.equation(m.y, -m.y / m.tau);
                      }),
                      "dx/dt reads y"));
static_assert(refused(check([](traced& m) {
                        m.event_driven(m.x, (m.y - m.x) / m.tau);
                        m.event_driven(m.y, -m.y / m.tau);
                      }),
                      "dx/dt reads y"));
static_assert(refused(check([](traced& m) { m.event_driven(m.x, -m.x * m.now / m.tau / m.tau); }),
                      "dx/dt reads t"));
static_assert(refused(check([](traced& m) {
                        expression const draw{&m.model.nodes, m.model.draw(op::uniform)};
                        m.event_driven(m.x, (draw - m.x) / m.tau);
                      }),
                      "dx/dt is random"));
// Others must not read what is up to date at events only.
static_assert(refused(check([](traced& m) {
                        m.event_driven(m.x, -m.x / m.tau);
                        m.equation(m.y, (m.x - m.y) / m.tau);
                      }),
                      "dy/dt reads x"));
static_assert(refused(check([](traced& m) {
                        m.event_driven(m.x, -m.x / m.tau);
                        m.model.sums = {{m.symbol(m.v), m.x}};
                      }),
                      "summed v_post reads x"));
static_assert(refused(check([](traced& m) {
                        m.event_driven(m.x, -m.x / m.tau);
                        m.model.equations[0].method = ir::method_id::rk4;
                      }),
                      "dx/dt is event-driven", "rk4"));

/// A subexpression that reads the clock-driven y.
constexpr ir::diagnosis through_subexpression() {
  return check([](traced& m) {
    expression const s = m.variable("s", {}, ir::role::subexpression);
    m.model.subexpressions = {{m.symbol(s), m.y * 2.0}};
    m.event_driven(m.x, (s - m.x) / m.tau);
    m.equation(m.y, -m.y / m.tau);
  });
}
static_assert(refused(through_subexpression(), "dx/dt reads y"));

constexpr ir::diagnosis noisy() {
  return check([](traced& m) {
    ir::symbol const& xi = ir::builtin(ir::role::noise);
    m.event_driven(m.x, m.variable(xi.id, xi.unit, xi.kind) / make(op::sqrt, m.tau));
  });
}
static_assert(noisy().what == mistake::misplaced_noise && noisy().where == "dx/dt" &&
              noisy().expected == "a clock-driven equation");

}  // namespace

TEST_CASE("why an equation cannot be solved at events, in a sentence", "[ir][event_driven]") {
  CHECK(std::string(to_text(through_subexpression())) ==
        "the method 'event_driven' cannot integrate these equations: expected what stays the same "
        "between events, found dx/dt reads y");
  CHECK(ir::check_event_driven(ir::model()).ok());
}
