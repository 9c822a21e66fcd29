// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
std::string said(ir::model const& m) {
  return std::string(ir::to_text(ir::check(m)));
}
constexpr auto pair = synapse(on_pre(post(v) += x * mV), on_post(x += 1));
static_assert(lower(pair).pathways.size() == 2);
static_assert(delay.unit == ir::units::second);
}  // namespace

TEST_CASE("synapses act on spikes of either neuron", "[language]") {
  ir::model const m = lower(pair);
  CHECK(ir::to_string(m) == "on_pre: v_post += x*(1*mV)\non_post: x += 1\n");
  CHECK(m.pathways[0].trigger == ir::side::pre);
  CHECK(m.pathways[0].name == "pre");
  CHECK(m.pathways[0].event == "spike");
  CHECK(m.pathways[0].when == ir::instant{ir::slot::synapses, -1});
  CHECK(m.pathways[1].trigger == ir::side::post);
  CHECK(m.pathways[1].name == "post");
  CHECK(m.pathways[1].when == ir::instant{ir::slot::synapses, 1});
}

TEST_CASE("pathways have a name, an event and a place in the step", "[language]") {
  ir::model const m = lower(synapse(on_pre(x += 1).named("up").on("burst").when(slot::end, 2),
                                    on_post(x = 0).when(slot::synapses)));
  CHECK(ir::to_string(m) == "on_pre up of burst: x += 1\non_post: x = 0\n");
  CHECK(m.pathways[0].name == "up");
  CHECK(m.pathways[0].event == "burst");
  CHECK(m.pathways[0].when == ir::instant{ir::slot::end, 2});
  CHECK(m.pathways[1].when == ir::instant{ir::slot::synapses, 0});
}

TEST_CASE("pathways without a name are numbered", "[language]") {
  ir::model const m = lower(synapse(on_pre(x = 0), on_pre(x = 1), on_post(x = 2),
                                    on_pre(x = 3).named("pre_1"), on_pre(x = 4)));
  REQUIRE(m.pathways.size() == 5);
  CHECK(m.pathways[0].name == "pre");
  CHECK(m.pathways[1].name == "pre_2");
  CHECK(m.pathways[2].name == "post");
  CHECK(m.pathways[3].name == "pre_1");
  CHECK(m.pathways[4].name == "pre_3");
}

TEST_CASE("mistakes with pathways", "[language]") {
  CHECK(said(lower(synapse(on_pre(x = 0).named("up"), on_post(x = 1).named("up")))) ==
        "there is more than one 'pathway up'");
  CHECK(said(lower(synapse(on_pre(x = 0).named("a_name_with_more_than_31_letters")))) ==
        "the name 'a_name_with_more_than_31_letters' is too long: expected at most 31 characters");
}
