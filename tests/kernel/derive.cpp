// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/derive.hpp>

#include "models.hpp"
#include <catch.hpp>

namespace {
using nernst::ir::op;
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::origin;
using kernel::trigger;

template <class Model>
kernel::derivation derive() {
  return kernel::derive(lower(Model::model));
}
/// The first kernel with a trigger.
kernel::scheduled_kernel const& kernel_of(kernel::compiled_model const& m, trigger what) {
  REQUIRE(m.has(what));
  return m.kernels[m.find(what)];
}
int count(ir::span<kernel::instruction const> code, origin from) {
  int n = 0;
  for (auto const& i : code) n += i.from == from;
  return n;
}
int count(ir::span<kernel::instruction const> code, op what) {
  int n = 0;
  for (auto const& i : code) n += i.from == origin::computed && i.code == what;
  return n;
}
}  // namespace

TEST_CASE("the kernel of the CUBA neuron", "[kernel]") {
  auto const derived = derive<models::cuba>();
  auto const d = derived.view();
  REQUIRE(d.mistake.ok());
  REQUIRE(d.methods.size() == 1);
  CHECK(d.methods[0].name == "exact");
  CHECK(d.arrays == 3);  // v g_e g_i
  CHECK(d.flag == ir::none);
  CHECK(d.last_spike == ir::none);  // the engine keeps it
  CHECK(d.refractory_steps != ir::none);
  CHECK(d.has_refractory());

  for (trigger const what : {trigger::update, trigger::update_and_reset}) {
    auto const& k = kernel_of(d, what);
    auto const code = d.code(k);
    CHECK(k.spike != ir::none);
    CHECK(count(code, op::exp) == 0);
    CHECK(count(code, op::divide) == 0);
    CHECK(count(code, origin::array) == 3);
    CHECK(count(code, origin::step) == 0);
    REQUIRE(count(code, origin::open) == 1);
    for (auto const& i : code)
      if (i.from == origin::open) CHECK(i.is_mask);
    CHECK(count(code, op::multiply) == 5);  // the propagator has five entries that are not 0
    CHECK(d.stores(k).size() == 3);
    CHECK(code.size() <= 27);
  }
  auto const &update = kernel_of(d, trigger::update),
             &fused = kernel_of(d, trigger::update_and_reset),
             &reset = kernel_of(d, trigger::reset);
  // The reset is one selection more than the update, and shares the rest.
  CHECK(count(d.code(fused), op::select) == count(d.code(update), op::select) + 1);
  REQUIRE(d.stores(reset).size() == 1);
  CHECK(d.stores(reset)[0].array == d.variables[d.find("v")].array);
  CHECK(reset.spike == ir::none);
}

TEST_CASE("refractoriness by a period of each neuron or by a condition keeps a flag", "[kernel]") {
  auto const derived = derive<models::own_period>();
  auto const own = derived.view();
  REQUIRE(own.mistake.ok());
  REQUIRE(own.last_spike != ir::none);
  CHECK(own.variables[own.find("_last_spike")].array == own.last_spike);
  auto const& update = kernel_of(own, trigger::update_and_reset);
  CHECK(count(own.code(update), origin::open) == 0);
  CHECK(count(own.code(update), origin::step) == 1);
  int rare = 0;
  for (auto const& s : own.stores(update)) rare += s.on_spike ? 1 : 0;
  CHECK(rare == 1);
  CHECK(own.flag != ir::none);
  CHECK(own.refractory_steps == ir::none);
  auto const of_high = derive<models::while_high>();
  auto const high = of_high.view();
  REQUIRE(high.mistake.ok());
  CHECK(high.last_spike == ir::none);
  CHECK(high.flag != ir::none);
  CHECK(high.has_refractory());
  auto const of_plain = derive<models::plain>();
  auto const never = of_plain.view();
  CHECK(never.last_spike == ir::none);
  CHECK(never.flag == ir::none);
  CHECK_FALSE(never.has_refractory());
}

TEST_CASE("a reset needs a threshold", "[kernel]") {
  auto const derived = derive<models::silent>();
  CHECK(std::string(ir::to_text(derived.view().mistake)) == "'reset' needs a threshold");
}

TEST_CASE("a mistake ends the derivation", "[kernel]") {
  using namespace nernst::dsl;
  auto const x = state<"x">(one);
  auto const result = kernel::derive(lower(neuron(d(x) / dt = -x / ms, d(x) / dt = x / ms)));
  CHECK(result.mistake.what == ir::mistake::duplicate_equation);
  CHECK(result.kernels.empty());
  CHECK(result.variables.empty());
  CHECK(result.arrays == 0);
  CHECK_FALSE(result.view().is_valid());
}

TEST_CASE("the program of a synapse", "[kernel]") {
  using namespace nernst::dsl;
  auto const w = parameter<"w">(one);
  auto const g = state<"g">(one);
  auto const derived = kernel::derive(lower(synapse(on_pre(post(g) += w * pre(g)))));
  auto const d = derived.view();
  REQUIRE(d.mistake.ok());
  REQUIRE(d.kernels.size() == 1);
  CHECK(d.kernels[0].when_executed == trigger::pathway);
  CHECK(d.kernels[0].which == 0);
  CHECK(d.arrays == 3);
  auto const stores = d.stores(d.kernels[0]);
  REQUIRE(stores.size() == 1);
  CHECK(d.variables[d.find("g", ir::side::post)].array == stores[0].array);
  CHECK(d.has_own);
}
