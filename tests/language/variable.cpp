// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"

using namespace written;

namespace {
template <class L, class R>
concept Assignable = requires(L l, R r) {
  l = r;
};
template <class V>
concept HasPost = requires(V x) {
  post(x);
};

/// A single statement as text.
template <class S>
std::string done(S const& s) {
  ir::model const m = lower(neuron(reset(s)));
  REQUIRE(m.reset.size() == 1);
  return ir::to_string(m, m.reset[0]);
}
}  // namespace

TEST_CASE("variables know their name, unit, kind and owner", "[language]") {
  STATIC_REQUIRE(v.id() == "v");
  STATIC_REQUIRE(v.unit == ir::units::volt);
  STATIC_REQUIRE(v.kind == ir::role::state);
  STATIC_REQUIRE(I.kind == ir::role::parameter);
  STATIC_REQUIRE(b.kind == ir::role::shared);
  STATIC_REQUIRE(t.unit == ir::units::second);
  STATIC_REQUIRE(t.kind == ir::role::time);
  STATIC_REQUIRE(dt.kind == ir::role::time_step);
  STATIC_REQUIRE(i.kind == ir::role::index);
  STATIC_REQUIRE(post(v).owner == ir::side::post);
  STATIC_REQUIRE(pre(v).owner == ir::side::pre);
  STATIC_REQUIRE(post(I).kind == ir::role::parameter);
}

TEST_CASE("a neuron's neuron is nobody", "[language]") {
  STATIC_REQUIRE(HasPost<decltype(v)>);
  STATIC_REQUIRE(!HasPost<decltype(post(v))>);
  STATIC_REQUIRE(!HasPost<decltype(pre(v))>);
  STATIC_REQUIRE(!HasPost<decltype(v + v)>);
}

TEST_CASE("assignments write statements down", "[language]") {
  CHECK(done(v = -60 * mV) == "v = -60*mV");
  CHECK(done(v += 2 * mV) == "v += 2*mV");
  CHECK(done(v -= 2 * mV) == "v -= 2*mV");
  CHECK(done(v *= 0.5) == "v = v*0.5");
  CHECK(done(v /= 2) == "v = v/2");
  CHECK(done(x = 1) == "x = 1");
  CHECK(done(x = i) == "x = i");
  CHECK(done(w = w) == "w = w");
  auto const u = state<"u">(volt);
  CHECK(done(v = u) == "v = u");
  CHECK(done(v = post(v)) == "v = v_post");
}

TEST_CASE("a condition is no value", "[language]") {
  STATIC_REQUIRE(Assignable<decltype(x) const&, double>);
  STATIC_REQUIRE(!Assignable<decltype(x) const&, condition<3>>);
  STATIC_REQUIRE(!Assignable<decltype(x) const&, char const*>);
}
