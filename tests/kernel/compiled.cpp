// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/compiled.hpp>

#include "models.hpp"
#include <catch.hpp>

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using ir::op;
using kernel::trigger;

using code = kernel::compiled<models::cuba>;
constexpr kernel::compiled_model const& cuba = code::value;
constexpr kernel::scheduled_kernel const& cuba_reset =
    cuba.kernels[kernel::number_of<models::cuba, trigger::reset>];
static_assert(code::valid && cuba.is_valid());
static_assert(cuba.arrays == 3);
static_assert(cuba.find("g_e") == 1);
static_assert(cuba.find("w") == ir::none);
static_assert(cuba.variables[0].symbol.frozen && !cuba.variables[1].symbol.frozen);
static_assert(kernel::writes(cuba, cuba_reset, 0) && !kernel::reads(cuba, cuba_reset, 0));

struct plastic {
  static constexpr auto w = nernst::dsl::state<"w">(nernst::dsl::one);
  static constexpr auto g = nernst::dsl::state<"g">(nernst::dsl::one);
  static constexpr auto model =
      nernst::dsl::synapse(nernst::dsl::on_pre(nernst::dsl::post(g) += w, w *= 0.5));
};
using plastic_code = kernel::compiled<plastic>;
static_assert(plastic_code::valid && plastic_code::value.has_own &&
              plastic_code::value.kernels.size() == 1 && plastic_code::value.arrays == 2);
static_assert(plastic_code::value.kernels[0].when_executed == trigger::pathway);

/// 200 coupled equations, written by a loop: a front end of one's own needs a `lower` and
/// `own_method`.
struct ring {
  int size;
  using own_method = void;
};
constexpr ir::model lower(ring const& r) {
  ir::model m;
  ir::graph& g = m.nodes;
  auto symbol = [&](int k) {
    ir::identifier id("x");
    id.append(k % r.size);
    return id;
  };
  for (int k = 0; k < r.size; ++k) m.symbols.push_back({.id = symbol(k)});
  int const rate = g.literal(100, power(ir::units::second, -1));
  for (int k = 0; k < r.size; ++k) {
    int const slope = g.subtract(g.make(op::sin, g.symbol((k + 1) % r.size)), g.symbol(k));
    m.equations.push_back({k, g.multiply(slope, rate)});
  }
  m.threshold = g.make(op::greater, g.symbol(0), g.literal(1));
  m.reset.push_back({0, g.literal(0)});
  m.method = ir::method_id::euler;
  return m;
}
struct large {
  static constexpr ring model{200};
};
// Within the limits of constant evaluation that compilers have by default.
using large_code = kernel::compiled<large>;
constexpr kernel::compiled_model const& large_model = large_code::value;
constexpr kernel::scheduled_kernel const& large_update =
    large_model.kernels[kernel::number_of<large, trigger::update>];
static_assert(large_code::valid);
static_assert(large_model.arrays == 200);
static_assert(large_model.stores(large_update).size() == 200);

/// A synapse between neurons of given models sees their variables as these have them.
struct receiving {
  static constexpr auto x = nernst::dsl::state<"x">(nernst::dsl::one);
  static constexpr auto level = nernst::dsl::shared<"level">(nernst::dsl::one);
  static constexpr auto model = nernst::dsl::neuron(
      nernst::dsl::d(x) / nernst::dsl::dt = -x / nernst::dsl::ms,
      nernst::dsl::every(1 * nernst::dsl::ms, level += 1), nernst::dsl::method(nernst::dsl::euler));
};
struct reading_level {
  static constexpr auto model = nernst::dsl::synapse(
      nernst::dsl::on_pre(nernst::dsl::post(receiving::x) += nernst::dsl::post(receiving::level)));
};
constexpr ir::role level_of(kernel::compiled_model const& synapse) {
  return synapse.variables[synapse.find("level", ir::side::post)].symbol.kind;
}
// A shared variable that the neuron itself changes is read anew in each step.
static_assert(level_of(kernel::compiled<reading_level>::value) == ir::role::shared);
static_assert(level_of(kernel::compiled<reading_level, receiving, receiving>::value) ==
              ir::role::shared_state);

/// Texts that read a subexpression after one of its variables was assigned, in every kind of block.
namespace brian = nernst::brian;
struct following {
  static constexpr auto model =
      brian::neuron("v : 1\nx : 1\ns = 2*v : 1\ndeep = s*s + x : 1", brian::threshold("v > 1"),
                    brian::reset("v = 1; v = s"), brian::event("high", "v > 2"),
                    brian::on_event("high", "v += 1; v = deep; x = s"),
                    brian::every(1 * nernst::dsl::ms, "v += 1; x = s; x = deep"));
};
struct following_synapse {
  static constexpr auto model =
      brian::synapse("w : 1\ns = 2*w + v : 1", brian::on_pre("w += 1; v_post += s; w = s"));
};
static_assert(kernel::compiled<following>::valid &&
              kernel::compiled<following_synapse, following, following>::valid);
}  // namespace

TEST_CASE("programs in static storage are those of the derivation", "[kernel]") {
  kernel::derivation const d = kernel::derive(lower(models::cuba::model));
  kernel::compiled_model const now = d.view();
  REQUIRE(cuba.kernels.size() == now.kernels.size());
  auto same = [&](trigger what) {
    kernel::scheduled_kernel const& fixed = cuba.kernels[cuba.find(what)];
    kernel::scheduled_kernel const& p = now.kernels[now.find(what)];
    auto const code_1 = cuba.code(fixed), code_2 = now.code(p);
    auto const stores_1 = cuba.stores(fixed), stores_2 = now.stores(p);
    REQUIRE(code_1.size() == code_2.size());
    REQUIRE(stores_1.size() == stores_2.size());
    CHECK(fixed.spike == p.spike);
    for (int k = 0; k < code_1.size(); ++k) {
      CHECK(code_1[k].code == code_2[k].code);
      CHECK(code_1[k].from == code_2[k].from);
      CHECK(code_1[k].a == code_2[k].a);
      CHECK(code_1[k].b == code_2[k].b);
      CHECK(code_1[k].c == code_2[k].c);
    }
    for (int k = 0; k < stores_1.size(); ++k) CHECK(stores_1[k].array == stores_2[k].array);
  };
  same(trigger::update);
  same(trigger::update_and_reset);
  same(trigger::reset);
}

TEST_CASE("a large model is evaluated in one sweep", "[kernel]") {
  auto const p = large_model.code(large_update);
  int sines = 0;
  for (kernel::instruction const& i : p) sines += i.code == op::sin;
  CHECK(sines == 200);
  CHECK(p.size() < 200 * 8);
}
