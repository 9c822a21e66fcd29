// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
std::string said(ir::model const& m) {
  return std::string(ir::to_text(ir::check(m)));
}
}  // namespace

TEST_CASE("an event and what it does", "[language]") {
  ir::model const m =
      lower(neuron(on_event<"burst">(n = 0, x += n), event<"burst">(n > 3), event<"quiet">(on)));
  REQUIRE(m.events.size() == 2);
  CHECK(m.events[0].id == "burst");
  CHECK(ir::to_string(m, m.events[0].condition) == "n > 3");
  CHECK(m.events[0].check == ir::instant{ir::slot::after_thresholds, 0});
  CHECK(m.events[0].act == ir::instant{ir::slot::after_resets, 0});
  REQUIRE(m.events[0].action.size() == 2);
  CHECK(ir::to_string(m, m.events[0].action[1]) == "x += 0");
  CHECK(m.events[1].id == "quiet");
  CHECK(m.events[1].action.empty());
  CHECK(said(m) == "no mistake");
}

TEST_CASE("events and actions have their place in a step", "[language]") {
  ir::model const m = lower(neuron(event<"e">(x > 1).when(slot::before_thresholds, 2),
                                   on_event<"e">(x = 0).when(slot::end, -1),
                                   every(2 * ms, x += 1).when(slot::before_groups),
                                   at({5 * ms}, x = 1).when(slot::after_end, 3)));
  CHECK(m.events[0].check == ir::instant{ir::slot::before_thresholds, 2});
  CHECK(m.events[0].act == ir::instant{ir::slot::end, -1});
  CHECK(m.actions[0].when == ir::instant{ir::slot::before_groups, 0});
  CHECK(m.actions[1].when == ir::instant{ir::slot::after_end, 3});
}

TEST_CASE("actions at regular and at given times", "[language]") {
  ir::model const m = lower(
      neuron(every(2 * ms, x += 1, v = x * mV), at({1 * second, 5 * ms, 20 * ms}, b = 2 * nA)));
  REQUIRE(m.actions.size() == 2);
  CHECK(ir::to_string(m, m.actions[0].period) == "2*ms");
  CHECK(m.actions[0].times.empty());
  REQUIRE(m.actions[0].statements.size() == 2);
  CHECK(ir::to_string(m, m.actions[0].statements[1]) == "v = (x + 1)*(1*mV)");
  CHECK(m.actions[0].when == ir::instant{ir::slot::start, 0});
  CHECK(m.actions[1].period == ir::none);
  CHECK(m.actions[1].times == ir::list<double>{5e-3, 20e-3, 1});
  CHECK(said(m) == "no mistake");
}

TEST_CASE("a shared variable changes in timed actions only", "[language]") {
  CHECK(said(lower(neuron(every(1 * ms, b += 1 * nA)))) == "no mistake");
  CHECK(said(lower(neuron(every(1 * ms, b = w)))) ==
        "'b' is shared but depends on single elements");
  CHECK(said(lower(neuron(reset(b = 1 * nA)))) ==
        "'reset of b' cannot be assigned here, found a shared variable");
  CHECK(said(lower(neuron(event<"e">(on), on_event<"e">(b = 1 * nA)))) ==
        "'on_event: b' cannot be assigned here, found a shared variable");
}

TEST_CASE("mistakes with events", "[language]") {
  CHECK(said(lower(neuron(on_event<"burst">(n = 0)))) ==
        "the event 'burst' is not defined here: expected event(...) in the model");
  CHECK(said(lower(neuron(event<"e">(on), event<"e">(x > 1)))) ==
        "there is more than one 'event e'");
  CHECK(said(lower(neuron(event<"e">(on), on_event<"e">(x = 1), on_event<"e">(x = 2)))) ==
        "there is more than one 'on_event e'");
}
