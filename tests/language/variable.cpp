// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "written.hpp"

using namespace written;

namespace {
template <class L, class R>
concept Assignable = requires(L l, R r) { l = r; };
template <class V>
concept HasPost = requires(V x) { post(x); };

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

TEST_CASE("variables hold real numbers, whole numbers or truth values", "[language]") {
  constexpr auto k = parameter<"k">(integer);
  constexpr auto flag = shared<"flag">(boolean);
  STATIC_REQUIRE(v.type == ir::value_type::real);
  STATIC_REQUIRE(k.type == ir::value_type::integer);
  STATIC_REQUIRE(k.unit == ir::units::one);
  STATIC_REQUIRE(k.kind == ir::role::parameter);
  STATIC_REQUIRE(flag.type == ir::value_type::boolean);
  STATIC_REQUIRE(flag.kind == ir::role::shared);
  STATIC_REQUIRE(pre(flag).type == ir::value_type::boolean);
  STATIC_REQUIRE(linked<"u">(volt).kind == ir::role::linked);
  STATIC_REQUIRE(Operand<decltype(k)>);
  STATIC_REQUIRE(!Condition<decltype(k)>);
  STATIC_REQUIRE(!Operand<decltype(flag)>);
  STATIC_REQUIRE(Condition<decltype(flag)>);

  ir::model const m = lower(neuron(reset(n += k), threshold(flag)));
  CHECK(m.at(m.find("k")).type == ir::value_type::integer);
  CHECK(m.at(m.find("flag")).type == ir::value_type::boolean);
  CHECK(m.at(m.find("flag")).kind == ir::role::shared);
}

TEST_CASE("a promise to stay constant", "[language]") {
  constexpr auto E = parameter<"E">(volt) | constant;
  STATIC_REQUIRE(E.constant);
  STATIC_REQUIRE(!I.constant);
  STATIC_REQUIRE(post(E).constant);
  CHECK(lower(neuron(threshold(v > E))).at(1).constant);
  auto const broken = lower(neuron(reset(E = 2 * mV)));
  CHECK(ir::to_text(ir::check(broken)) == "'reset of E' cannot be assigned here, found a constant");
}

TEST_CASE("names that the library gives a value", "[language]") {
  STATIC_REQUIRE(N.kind == ir::role::count);
  STATIC_REQUIRE(lastspike.kind == ir::role::last_spike);
  STATIC_REQUIRE(lastspike.unit == ir::units::second);
  STATIC_REQUIRE(Condition<decltype(not_refractory)>);
  STATIC_REQUIRE(Operand<decltype(N)>);
  CHECK(value(i / (N - 1), {{"i", 3}, {"N", 7}}) == 0.5);
  CHECK(value(t - lastspike, {{"t", 0.25}, {"lastspike", -1e4}}, refractory(2 * ms)) == 10000.25);
  CHECK(value(not not_refractory, {{"not_refractory", 1}}, refractory(2 * ms)) == 0);
}

TEST_CASE("noise", "[language]") {
  STATIC_REQUIRE(xi.unit == power(ir::units::second, ir::rational(-1, 2)));
  STATIC_REQUIRE(xi.kind == ir::role::noise);
  STATIC_REQUIRE(xi_<"a">.id() == "xi_a");
  STATIC_REQUIRE(!std::same_as<decltype(xi_<"a">), decltype(xi_<"b">)>);
  auto const tau = 10 * ms;
  ir::model const m = lower(
      neuron(d(v) / dt = -v / tau + mV * sqrt(2 / tau) * xi, d(x) / dt = xi_<"x"> / sqrt(second)));
  CHECK(ir::check(m).ok());
  CHECK(m.at(m.find("xi")).kind == ir::role::noise);
  CHECK(m.at(m.find("xi_x")).kind == ir::role::noise);
  ir::model const twice =
      lower(neuron(d(v) / dt = volt * xi / sqrt(second), d(x) / dt = xi / sqrt(second)));
  ir::diagnosis found = ir::check(twice);
  found.line = 0;
  CHECK(ir::to_text(found) ==
        "noise cannot stand in 'dx/dt': expected xi_a, xi_b ... in several equations, found xi");
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
  CHECK(done(v %= 2 * mV) == "v = v % (2*mV)");
  CHECK(done(x = 1) == "x = 1");
  CHECK(done(x = i) == "x = i");
  CHECK(done(w = w) == "w = w");
  auto const u = state<"u">(volt);
  CHECK(done(v = u) == "v = u");
  CHECK(done(v = post(v)) == "v = v_post");
}

TEST_CASE("a truth value is assigned a condition", "[language]") {
  CHECK(done(on = v > 2 * mV) == "on = v > 2*mV");
  CHECK(done(on = not on and x > 0) == "on = not on and x > 0");
  CHECK(done(on = true) == "on = 1");
  auto const other = parameter<"other">(boolean);
  CHECK(done(on = other) == "on = other");
  CHECK(done(on = on) == "on = on");
  CHECK(ir::check(lower(neuron(reset(on = false, on = other || x < 1)))).ok());
}

TEST_CASE("what a whole number is assigned is cut towards 0", "[language]") {
  auto const after = [](auto const& s, double before) {
    return assigned(lower(neuron(reset(s))), {{"n", before}, {"x", 2.75}});
  };
  CHECK(after(n = x, 0) == 2);
  CHECK(after(n = -x, 0) == -2);
  CHECK(after(n += 1, 4) == 5);
  CHECK(after(n /= 2, 7) == 3);
  CHECK(after(n *= x, 3) == 8);
  CHECK(after(n %= 3, -1) == 2);
}

TEST_CASE("only some things can be assigned", "[language]") {
  STATIC_REQUIRE(Assignable<decltype(x) const&, double>);
  STATIC_REQUIRE(!Assignable<decltype(x) const&, char const*>);
}
