// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/end_part.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"
#include <cmath>
#include <map>
#include <utility>

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
namespace ir = nernst::ir;

constexpr auto g = state<"g">(one);
constexpr auto h = state<"h">(one);
constexpr auto w = state<"w">(one);
constexpr auto apre = state<"apre">(one);
constexpr auto apost = state<"apost">(one);

struct plastic {
  static constexpr auto model =
      synapse(d(apre) / dt = -apre / (20 * ms) | event_driven,
              d(apost) / dt = -apost / (10 * ms) | event_driven,
              on_pre(post(g) += w, apre += 1, w = w - 0.1 * w * apost * exp(-post(h))),
              on_post(apost += 1, w = w + 0.1 * (1 - w) * apre));
};
/// What is computed of the target here is no function, or of what the pathway changes, or of the
/// synapse as well.
struct nothing_in_common {
  static constexpr auto model =
      synapse(on_pre(w = w + (post(h) + 1) * 0.5 + exp(w * post(h)) + exp(post(g)), post(g) += w));
};

template <class Synapse>
constexpr int pathway_from(ir::side end) {
  kernel::compiled_model const& m = kernel::compiled<Synapse>::value;
  for (int k = 0; k < m.kernels.size(); ++k)
    if (m.kernels[k].when_executed == kernel::trigger::pathway &&
        m.pathways[m.kernels[k].which].end == end)
      return k;
  return ir::none;
}

/// The memory of one synapse: its arrays by number, behind those of the model what is given.
struct memory {
  std::map<int, double>& value;
  double now;

  template <int Slot>
  double array() const {
    return value.at(Slot);
  }
  template <int Slot>
  void put(double v) const {
    value[Slot] = v;
  }
  template <int Slot>
  double linked() const {
    return value.at(Slot);
  }
  template <int Slot>
  void put_linked(double v) const {
    value[Slot] = v;
  }
  template <int>
  double scalar() const {
    return scalar_value;
  }
  double time() const { return now; }

  double scalar_value = 0;
};

template <class Divided, int... K>
void find(memory const& from, double* kept, std::integer_sequence<int, K...>) {
  kernel::evaluate_some<typename Divided::of_end, double, Divided::kept(K)...>(from, kept);
}
template <ir::side From, ir::side End, int Count>
void check_parts() {
  using compiled = kernel::compiled<plastic>;
  constexpr int number = pathway_from<plastic>(From);
  using divided = kernel::divided_kernel<compiled, number, End>;
  static_assert(divided::count == Count);

  std::map<int, double> whole;
  for (int k = 0; k < compiled::value.arrays; ++k) whole[k] = 0.01 + 0.003 * k;
  std::map<int, double> parts = whole;
  memory const at_once{whole, 0.05}, in_parts{parts, 0.05};
  kernel::evaluate<kernel::kernel_code<compiled, number>, double>(at_once);

  std::map<int, double> const before = parts;
  double kept[Count] = {};
  find<divided>(in_parts, kept, std::make_integer_sequence<int, Count>());
  CHECK(parts == before);
  for (int k = 0; k < Count; ++k) {
    CHECK(kept[k] > 0);
    parts[compiled::value.arrays + k] = kept[k];
  }
  kernel::evaluate<typename divided::of_synapse, double>(in_parts);
  for (int k = 0; k < Count; ++k) parts.erase(compiled::value.arrays + k);
  CHECK(parts != before);
  for (auto const& [slot, value] : whole) CHECK(parts[slot] == Approx(value).epsilon(1e-15));
}
}  // namespace

TEST_CASE("what depends on one end is computed apart from the rest", "[kernel]") {
  // The trace and the function of another variable; the trace.
  check_parts<ir::side::pre, ir::side::post, 2>();
  check_parts<ir::side::post, ir::side::pre, 1>();
}

TEST_CASE("only functions of one end and of time are worth it", "[kernel]") {
  constexpr int from_source = pathway_from<plastic>(ir::side::pre);
  using other_end = kernel::divided_kernel<kernel::compiled<plastic>, from_source, ir::side::pre>;
  CHECK(other_end::count == 0);
  constexpr int number = pathway_from<nothing_in_common>(ir::side::pre);
  using nothing =
      kernel::divided_kernel<kernel::compiled<nothing_in_common>, number, ir::side::post>;
  CHECK(nothing::count == 0);
}
