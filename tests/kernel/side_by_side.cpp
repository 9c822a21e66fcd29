// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/side_by_side.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
namespace ir = nernst::ir;

constexpr auto g = state<"g">(one);
constexpr auto h = state<"h">(one);
constexpr auto w = state<"w">(one);
constexpr auto apost = state<"apost">(one);

struct adds_constant {
  static constexpr auto model = synapse(on_pre(post(g) += 0.5));
};
struct weighs {
  static constexpr auto weight = parameter<"weight">(one);
  static constexpr auto model = synapse(on_pre(post(g) += weight));
};
struct weighs_from_target {
  static constexpr auto weight = parameter<"weight">(one);
  static constexpr auto model = synapse(on_pre(post(g) -= weight - post(h)));
};
struct scales {
  static constexpr auto weight = parameter<"weight">(one);
  static constexpr auto model = synapse(on_pre(post(g) += 0.5 * weight));
};
struct learns {
  static constexpr auto model =
      synapse(d(apost) / dt = -apost / (20 * ms) | event_driven,
              on_pre(post(g) += w, w -= 0.1 * apost), on_post(apost += 1));
};
struct grows {
  static constexpr auto model = synapse(on_pre(post(g) += exp(-post(h))));
};
struct draws {
  static constexpr auto model = synapse(on_pre(w += 0.1 * uniform()));
};
struct changes_source {
  static constexpr auto model = synapse(on_pre(pre(g) += 1, w += 0.1));
};
struct follows_others {
  static constexpr auto model = synapse(on_pre(post(g) += pre(g), w += 0.1));
};

template <class Synapse>
bool acts() {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  return kernel::acts_side_by_side(m, m.kernels[m.find(kernel::trigger::pathway)]);
}
template <class Synapse>
bool adds_weights() {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  return kernel::adds_weights(m, m.kernels[m.find(kernel::trigger::pathway)]);
}
template <class Synapse>
bool may_act() {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  return kernel::may_act_side_by_side(m, m.kernels[m.find(kernel::trigger::pathway)]);
}
}  // namespace

TEST_CASE("synapses of a row act side by side where each changes itself and its target",
          "[kernel]") {
  CHECK(acts<learns>());
  CHECK(acts<grows>());
  CHECK_FALSE(may_act<draws>());
  CHECK_FALSE(may_act<changes_source>());
  CHECK_FALSE(may_act<follows_others>());
}

TEST_CASE("where something is only added they could, but do not", "[kernel]") {
  CHECK(may_act<adds_constant>());
  CHECK(may_act<weighs>());
  CHECK_FALSE(acts<adds_constant>());
  CHECK_FALSE(acts<weighs>());
}

TEST_CASE("it is known which pathways do nothing but add weights", "[kernel]") {
  CHECK(adds_weights<weighs>());
  CHECK(adds_weights<weighs_from_target>());
  CHECK_FALSE(adds_weights<adds_constant>());
  CHECK_FALSE(adds_weights<scales>());
  CHECK_FALSE(adds_weights<learns>());
  CHECK_FALSE(adds_weights<grows>());
  CHECK_FALSE(adds_weights<follows_others>());
}

TEST_CASE("it is known which pathways change neurons", "[kernel]") {
  kernel::compiled_model const& m = kernel::compiled<learns>::value;
  for (kernel::scheduled_kernel const& k : m.kernels)
    if (k.when_executed == kernel::trigger::pathway)
      CHECK(kernel::changes_neurons(m, k) == (m.pathways[k.which].end == ir::side::pre));
}
