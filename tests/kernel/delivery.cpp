// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/delivery.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
using kernel::delivery;

constexpr auto g = state<"g">(one);
constexpr auto h = state<"h">(one);
constexpr auto w = parameter<"w">(one);

template <class... Statements>
constexpr auto synapse_that(Statements const&... s) {
  return synapse(on_pre(s...));
}
struct constant_weight {
  static constexpr auto model = synapse_that(post(g) += 0.5);
};
struct own_weight {
  static constexpr auto model = synapse_that(post(g) -= w * pre(h), post(h) += w);
};
struct multiplies {
  static constexpr auto model = synapse_that(post(g) *= 0.5);
};
struct by_distance {
  static constexpr auto model = synapse_that(post(g) += w * (1 - post(g)));
};
struct crosses {
  static constexpr auto model = synapse_that(post(g) += post(h), post(h) += 1);
};
struct learns {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = synapse_that(post(g) += v, v *= 0.9);
};
struct feeds_back {
  static constexpr auto model = synapse_that(pre(g) += w);
};
struct follows {
  static constexpr auto model = synapse_that(post(g) += pre(g));
};

struct kept_back {
  static constexpr auto u = state<"u">(one);
  static constexpr auto neurons = neuron(d(u) / dt = -u / ms | unless_refractory, threshold(u > 1),
                                         refractory(2 * ms), method(euler));
};
struct leaking {
  static constexpr auto model = kept_back::neurons;
};
struct onto_kept_back {
  static constexpr auto model = synapse(on_pre(post(kept_back::u) += 0.5));
};
struct of_chance {
  static constexpr auto model = synapse_that(post(g) += uniform());
};
struct after_spike {
  static constexpr auto model = synapse(on_post(post(g) += 0.5));
};

template <class Synapse>
constexpr bool counts() {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  return kernel::is_countable(m, m.kernels[m.find(kernel::trigger::pathway)]);
}

template <class Synapse>
constexpr delivery way(bool same = false) {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  return kernel::delivery_of(m, m.kernels[0], same);
}
}  // namespace

TEST_CASE("a pathway that only adds is told from those whose order counts", "[kernel]") {
  STATIC_REQUIRE(way<constant_weight>() == delivery::adds);
  STATIC_REQUIRE(way<own_weight>() == delivery::adds);
  STATIC_REQUIRE(way<multiplies>() == delivery::owned);
  STATIC_REQUIRE(way<by_distance>() == delivery::owned);
  STATIC_REQUIRE(way<crosses>() == delivery::owned);
  STATIC_REQUIRE(way<learns>() == delivery::owned);
  STATIC_REQUIRE(way<feeds_back>() == delivery::in_order);
}

TEST_CASE("within one population a synapse may read what another one changes", "[kernel]") {
  STATIC_REQUIRE(way<follows>() == delivery::adds);
  STATIC_REQUIRE(way<follows>(true) == delivery::in_order);
  STATIC_REQUIRE(way<own_weight>(true) == delivery::in_order);
  STATIC_REQUIRE(way<constant_weight>(true) == delivery::adds);
}

TEST_CASE("synapses that are all alike are told from others", "[kernel]") {
  STATIC_REQUIRE(counts<constant_weight>());
  STATIC_REQUIRE_FALSE(counts<own_weight>());
  STATIC_REQUIRE_FALSE(counts<multiplies>());
  STATIC_REQUIRE_FALSE(counts<by_distance>());
  STATIC_REQUIRE_FALSE(counts<crosses>());
  STATIC_REQUIRE_FALSE(counts<feeds_back>());
  STATIC_REQUIRE_FALSE(counts<of_chance>());
  STATIC_REQUIRE_FALSE(counts<after_spike>());
}

TEST_CASE("what refractoriness keeps back is added all the same", "[kernel]") {
  constexpr kernel::compiled_model const& m =
      kernel::compiled<onto_kept_back, leaking, leaking>::value;
  STATIC_REQUIRE(kernel::delivery_of(m, m.kernels[m.find(kernel::trigger::pathway)], true) ==
                 delivery::adds);
  STATIC_REQUIRE(kernel::is_countable(m, m.kernels[m.find(kernel::trigger::pathway)]));
}
