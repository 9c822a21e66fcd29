// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/deferral.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
namespace ir = nernst::ir;

constexpr auto g = state<"g">(one);
constexpr auto w = state<"w">(one);
constexpr auto apre = state<"apre">(one);
constexpr auto apost = state<"apost">(one);
constexpr auto before = d(apre) / dt = -apre / (20 * ms) | event_driven;
constexpr auto after = d(apost) / dt = -apost / (20 * ms) | event_driven;
constexpr auto pre_spike = on_pre(post(g) += w, apre += 1, w -= 0.01 * apost);

struct plastic {
  static constexpr auto model =
      synapse(before, after, pre_spike, on_post(apost += 1, w += 0.01 * apre));
};
struct target_first {
  static constexpr auto model = synapse(
      before, after, pre_spike, on_post(apost += 1, w += 0.01 * apre).when(slot::synapses, -2));
};
struct reads_target {
  static constexpr auto model =
      synapse(before, after, pre_spike, on_post(apost += 1, w += 0.01 * apre * post(g)));
};
struct by_chance {
  static constexpr auto model =
      synapse(before, after, pre_spike, on_post(apost += 1, w += 0.01 * apre * uniform()));
};
struct acts_on_target {
  static constexpr auto model =
      synapse(before, after, pre_spike, on_post(apost += 1, w += 0.01 * apre, post(g) += w));
};
struct decays {
  static constexpr auto model = synapse(before, after, d(w) / dt = -w / (1 * second), pre_spike,
                                        on_post(apost += 1, w += 0.01 * apre));
};
struct added_up {
  static constexpr auto model =
      synapse(before, after, summed(post(g) = w), on_pre(apre += 1, w -= 0.01 * apost),
              on_post(apost += 1, w += 0.01 * apre));
};
struct without_target {
  static constexpr auto model = synapse(on_pre(post(g) += w));
};

template <class Synapse>
int waits_for() {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  for (int k = 0; k < m.kernels.size(); ++k)
    if (kernel::deferred_to(m, k) != ir::none) {
      auto const& late = m.kernels[kernel::deferred_to(m, k)];
      CHECK(m.pathways[m.kernels[k].which].end == ir::side::pre);
      CHECK(m.pathways[late.which].end == ir::side::post);
      return k;
    }
  return ir::none;
}
}  // namespace

TEST_CASE("spikes of targets may wait where only spikes of sources see what they do", "[kernel]") {
  CHECK(waits_for<plastic>() != ir::none);
  CHECK(waits_for<target_first>() != ir::none);
  CHECK(waits_for<reads_target>() == ir::none);
  CHECK(waits_for<by_chance>() == ir::none);
  CHECK(waits_for<acts_on_target>() == ir::none);
  CHECK(waits_for<decays>() == ir::none);
  CHECK(waits_for<added_up>() == ir::none);
  CHECK(waits_for<without_target>() == ir::none);
}

TEST_CASE("it is known which of two pathways comes first in a step", "[kernel]") {
  for (bool const is_first : {true, false}) {
    kernel::compiled_model const& m =
        is_first ? kernel::compiled<plastic>::value : kernel::compiled<target_first>::value;
    int const pre = is_first ? waits_for<plastic>() : waits_for<target_first>();
    CHECK(kernel::is_before(m, pre, kernel::deferred_to(m, pre)) == is_first);
  }
}
