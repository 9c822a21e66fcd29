// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/synapse_code.hpp>

#include "catch.hpp"
#include "models.hpp"

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
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

constexpr auto const& cuba = kernel::neuron_code<models::cuba>::facts;
template <class Synapse>
constexpr auto const& of = kernel::synapse_code<Synapse>::facts;
}  // namespace

TEST_CASE("a reset is moved before deliveries only if nobody can tell the difference", "[kernel]") {
  STATIC_REQUIRE(kernel::commute(cuba, of<onto_g>, side::post));
  STATIC_REQUIRE_FALSE(kernel::commute(cuba, of<onto_v>, side::post));
  STATIC_REQUIRE_FALSE(kernel::commute(cuba, of<by_v>, side::post));
  STATIC_REQUIRE_FALSE(kernel::commute(cuba, of<by_v>, side::pre));
  STATIC_REQUIRE(kernel::commute(cuba, of<onto_v>, side::pre));
  kernel::facts const now = cuba;
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

TEST_CASE("variables that stand still while refractory are protected", "[kernel]") {
  STATIC_REQUIRE(kernel::is_frozen(cuba, "v"));
  STATIC_REQUIRE_FALSE(kernel::is_frozen(cuba, "g_e"));
  STATIC_REQUIRE_FALSE(kernel::is_frozen(cuba, "no such variable"));
  STATIC_REQUIRE(kernel::writes_frozen(of<onto_v>, cuba));
  STATIC_REQUIRE_FALSE(kernel::writes_frozen(of<onto_g>, cuba));
}
