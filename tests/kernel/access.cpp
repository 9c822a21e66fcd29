// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/access.hpp>
#include <nernst/kernel/compiled.hpp>

#include "catch.hpp"
#include "ir/notation.hpp"
#include "models.hpp"

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
using kernel::trigger;
using nernst::ir::side;

struct onto_g {
  static constexpr auto model = synapse(on_pre(post(models::cuba::g_e) += 1 * mV));
};
struct onto_v {
  static constexpr auto model = synapse(on_pre(post(models::cuba::v) += 1 * mV));
};
struct by_v {
  static constexpr auto model = synapse(
      on_pre(post(models::cuba::g_e) += 0.1 * (post(models::cuba::v) - pre(models::cuba::v))));
};
struct among_g {
  static constexpr auto model =
      synapse(on_pre(post(models::cuba::g_e) += 0.1 * pre(models::cuba::g_e)));
};
struct back {
  static constexpr auto model = synapse(on_pre(pre(models::cuba::g_e) += 1 * mV));
};

constexpr auto const& cuba = kernel::compiled<models::cuba>::value;
template <class Synapse>
constexpr auto const& of = kernel::compiled<Synapse>::value;
}  // namespace

TEST_CASE("a reset is moved before deliveries only if nobody can tell the difference", "[kernel]") {
  STATIC_REQUIRE(kernel::commute(cuba, of<onto_g>, side::post));
  STATIC_REQUIRE_FALSE(kernel::commute(cuba, of<onto_v>, side::post));
  STATIC_REQUIRE_FALSE(kernel::commute(cuba, of<by_v>, side::post));
  STATIC_REQUIRE_FALSE(kernel::commute(cuba, of<by_v>, side::pre));
  STATIC_REQUIRE(kernel::commute(cuba, of<onto_v>, side::pre));
  kernel::compiled_model const now = cuba;
  CHECK(kernel::commute(now, of<onto_g>, side::post));
  CHECK_FALSE(kernel::commute(now, of<onto_v>, side::post));
}

TEST_CASE("synapses that write or follow their sources act one after the other", "[kernel]") {
  STATIC_REQUIRE_FALSE(kernel::needs_one_thread(of<onto_g>, true));
  STATIC_REQUIRE_FALSE(kernel::needs_one_thread(of<by_v>, true));
  STATIC_REQUIRE_FALSE(kernel::needs_one_thread(of<among_g>, false));
  STATIC_REQUIRE(kernel::needs_one_thread(of<among_g>, true));
  STATIC_REQUIRE(kernel::needs_one_thread(of<back>, false));
}

TEST_CASE("synapses leave variables alone that stand still while refractory", "[kernel]") {
  auto const between = [](auto synapse) -> kernel::compiled_model const& {
    return kernel::compiled<decltype(synapse), models::cuba, models::cuba>::value;
  };
  kernel::compiled_model const& m = between(onto_v());
  int const open = m.find("not_refractory", side::post);
  REQUIRE(open != nernst::ir::none);
  CHECK(kernel::reads(m, m.kernels[0], open));
  CHECK(between(onto_g()).find("not_refractory", side::post) == nernst::ir::none);
}

namespace {
namespace ir = nernst::ir;
using notation::expression;
using notation::maker;

/// A synapse with a weight, a trace of its own and variables of both neurons.
struct written_synapse : maker {
  expression w = variable("w"), trace = variable("trace");
  expression g = variable("g", {}, ir::role::state, side::post),
             v = variable("v", {}, ir::role::state, side::post);
  expression v_pre = variable("v", {}, ir::role::state, side::pre),
             x_pre = variable("x", {}, ir::role::state, side::pre);
  ir::list<ir::assignment> on_pre;
};
template <class Fill>
constexpr kernel::derivation pathway(Fill fill) {
  written_synapse s;
  fill(s);
  s.model.pathways.push_back({side::pre, s.on_pre});
  return kernel::derive(s.model);
}

/// A neuron with variables v and g, and what it resets.
enum class resets { v, g, g_from_v };
constexpr kernel::derivation resetting(resets what) {
  maker m;
  auto const v = m.variable("v"), g = m.variable("g");
  m.model.threshold = v > 1.0;
  m.model.reset.push_back(what == resets::v   ? m.set(v, m.number(-60))
                          : what == resets::g ? m.set(g, g * 0.0)
                                              : m.set(g, v * 2.0));
  return kernel::derive(m.model);
}
template <class Fill>
constexpr bool commutes(resets what, side part, Fill fill) {
  kernel::derivation const s = pathway(fill), neuron = resetting(what);
  if (!s.mistake.ok() || !neuron.mistake.ok()) throw "no model";
  return kernel::commute(neuron.view(), s.view(), part);
}
static_assert(commutes(resets::v, side::post, [](auto& s) { s.on_pre = {s.set(s.g, s.g + s.w)}; }));
static_assert(!commutes(resets::g, side::post,
                        [](auto& s) { s.on_pre = {s.set(s.g, s.g + s.w)}; }));
static_assert(!commutes(resets::v, side::post,
                        [](auto& s) { s.on_pre = {s.set(s.g, s.g + s.v)}; }));
static_assert(!commutes(resets::v, side::pre,
                        [](auto& s) { s.on_pre = {s.set(s.g, s.g + s.v_pre)}; }));
static_assert(commutes(resets::v, side::post,
                       [](auto& s) { s.on_pre = {s.set(s.g, s.g + s.v_pre)}; }));
// What the reset reads counts as well, and what both only read does not.
static_assert(!commutes(resets::g_from_v, side::post,
                        [](auto& s) { s.on_pre = {s.set(s.v, s.v + s.w)}; }));
static_assert(commutes(resets::g_from_v, side::post,
                       [](auto& s) { s.on_pre = {s.set(s.w, s.w + s.v)}; }));
// Names are compared within one part: v of the source is not v of the target.
static_assert(commutes(resets::g_from_v, side::post,
                       [](auto& s) { s.on_pre = {s.set(s.v_pre, s.v_pre + s.w)}; }));
static_assert(!commutes(resets::g_from_v, side::pre,
                        [](auto& s) { s.on_pre = {s.set(s.v_pre, s.v_pre + s.w)}; }));

struct access {
  bool reads, writes;
  friend constexpr bool operator==(access, access) = default;
};
constexpr access of_variable(kernel::compiled_model const& m, std::string_view id,
                             side owner = side::here) {
  int const k = m.find(id, owner);
  return {kernel::reads(m, k), kernel::writes(m, k)};
}
constexpr access untouched{false, false}, only_read{true, false}, only_written{false, true},
    changed{true, true};
}  // namespace

TEST_CASE("what a synapse reads and writes", "[kernel]") {
  kernel::derivation const d = pathway([](written_synapse& s) {
    s.on_pre = {s.set(s.g, s.g + s.w * s.x_pre), s.set(s.trace, s.w)};
  });
  auto const m = d.view();
  CHECK(of_variable(m, "g", side::post) == changed);
  CHECK(of_variable(m, "v", side::post) == untouched);
  CHECK(of_variable(m, "x", side::pre) == only_read);
  CHECK(of_variable(m, "v", side::pre) == untouched);
  CHECK(of_variable(m, "w") == only_read);
  CHECK(of_variable(m, "trace") == only_written);
}

namespace {
/// Kernels that read through their prologues, and from a timed array.
struct driven {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto unused = state<"unused">(one);
  static constexpr auto s = shared<"s">(one);
  static constexpr auto level = shared<"level">(one);
  static constexpr auto wave = timed_array<"wave">(one);
  static constexpr auto other = timed_array<"other">(one);
  static constexpr auto model = neuron(
      d(x) / dt = (sin(100 * t / second) * level + wave(t) - y) / second, every(1 * ms, level += s),
      threshold(x > 1), reset(x = 0, y += i), method(euler), at({1 * ms}, unused = other(t)));
};
constexpr auto const& drive = kernel::compiled<driven>::value;
constexpr kernel::scheduled_kernel const& first(trigger what) {
  return drive.kernels[drive.find(what)];
}
constexpr access of_kernel(kernel::scheduled_kernel const& k, std::string_view id) {
  return {kernel::reads(drive, k, drive.find(id)), kernel::writes(drive, k, drive.find(id))};
}
// What is the same for all elements is read by the prologue.
static_assert(drive.prologue(first(trigger::update)).size() > 0);
static_assert(of_kernel(first(trigger::update), "t") == only_read &&
              of_kernel(first(trigger::update), "level") == only_read &&
              of_kernel(first(trigger::update), "wave") == only_read);
static_assert(of_kernel(first(trigger::update), "x") == changed &&
              of_kernel(first(trigger::update), "y") == only_read &&
              of_kernel(first(trigger::update), "unused") == untouched &&
              of_kernel(first(trigger::update), "other") == untouched &&
              of_kernel(first(trigger::update), "i") == untouched);
static_assert(of_kernel(first(trigger::reset), "x") == only_written &&
              of_kernel(first(trigger::reset), "y") == changed &&
              of_kernel(first(trigger::reset), "i") == only_read &&
              of_kernel(first(trigger::reset), "t") == untouched);
static_assert(of_kernel(first(trigger::timed), "level") == changed);
// The last kernel is that at given times.
static_assert(of_kernel(drive.kernels.back(), "unused") == only_written &&
              of_kernel(drive.kernels.back(), "other") == only_read &&
              of_kernel(drive.kernels.back(), "wave") == untouched);
// A shared variable that stays is part of a scalar, not read by kernels.
static_assert(of_variable(drive, "s") == untouched);
static_assert(of_variable(drive, "level") == changed && of_variable(drive, "wave") == only_read &&
              of_variable(drive, "unused") == only_written);

}  // namespace

TEST_CASE("a variable of another population is read and written where it is linked", "[kernel]") {
  maker m;
  auto const x = m.variable("x"), other = m.variable("other", {}, ir::role::linked);
  m.equation(x, (other - x) / m.number(1, ir::units::second));
  m.model.threshold = x > 1.0;
  m.model.reset = {m.set(other, other + 1.0)};
  m.model.method = ir::method_id::euler;
  kernel::derivation const d = kernel::derive(m.model);
  REQUIRE(d.mistake.ok());
  auto const neuron = d.view();
  auto const& update = neuron.kernels[neuron.find(trigger::update)];
  auto const& reset = neuron.kernels[neuron.find(trigger::reset)];
  CHECK(kernel::reads(neuron, update, neuron.find("other")));
  CHECK_FALSE(kernel::writes(neuron, update, neuron.find("other")));
  CHECK(kernel::writes(neuron, reset, neuron.find("other")));
}
