// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/model.hpp>

#include "catch.hpp"

using namespace nernst::ir;

namespace {

constexpr bool declares_once() {
  model m;
  int const v = m.declare({"v", role::state, side::here, units::volt});
  int const post = m.declare({"v", role::state, side::post, units::volt});
  return v != post && m.declare({"v", role::state, side::here, units::volt}) == v &&
         m.find("v") == v && m.find("v", side::post) == post && m.find("v", side::pre) == none &&
         m.find("w") == none && m.find("vv") == none && m.at(post).owner == side::post &&
         m.symbols.size() == 2;
}
static_assert(declares_once());

constexpr bool enters_builtins_like_others() {
  model m;
  int const t = m.time(), dt = m.time_step(), free = m.not_refractory();
  return m.time() == t && m.symbols.size() == 3 && m.at(m.nodes[t].which).unit == units::second &&
         m.at(m.nodes[dt].which).kind == role::time_step &&
         m.at(m.nodes[free].which).kind == role::not_refractory &&
         m.find("dt") == m.nodes[dt].which;
}
static_assert(enters_builtins_like_others());

}  // namespace

TEST_CASE("a refractory period is a duration or a condition", "[ir][model]") {
  model m;
  CHECK_FALSE(m.has_refractory());
  m.refractory_time = m.nodes.literal(0.005, units::second);
  CHECK(m.has_refractory());
  model n;
  n.refractory_while = n.nodes.make(op::greater, n.nodes.symbol(0), n.nodes.symbol(1));
  CHECK(n.has_refractory());
}
