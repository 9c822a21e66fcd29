// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/derive.hpp>

#include "models.hpp"
#include <catch.hpp>

namespace {
using nernst::ir::op;
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::source;

template <class Model>
kernel::neuron_derivation derive() {
  return kernel::derive_neuron<>(lower(Model::model));
}
int count(kernel::program const& p, source from) {
  int n = 0;
  for (auto const& i : p.code) n += i.from == from;
  return n;
}
int count(kernel::program const& p, op code) {
  int n = 0;
  for (auto const& i : p.code) n += i.from == source::computed && i.code == code;
  return n;
}
}  // namespace

TEST_CASE("the kernel of the CUBA neuron", "[kernel]") {
  auto const d = derive<models::cuba>();
  REQUIRE(d.mistake.ok());
  CHECK(d.method.name == "exact");
  CHECK(d.where.arrays.size() == 4);  // v g_e g_i and the step of the last spike
  CHECK(d.flag == ir::none);
  CHECK(d.where.array(d.model.find("_last_spike")) == d.last_spike);
  CHECK(d.refractory_steps != ir::none);

  for (auto const* p : {&d.kernels[kernel::update], &d.kernels[kernel::update_and_reset]}) {
    CHECK(p->spike != ir::none);
    CHECK(count(*p, op::exp) == 0);
    CHECK(count(*p, op::divide) == 0);
    CHECK(count(*p, source::array) == 4);
    CHECK(count(*p, source::step) == 1);
    CHECK(count(*p, op::multiply) == 5);  // the propagator has five entries that are not 0
    CHECK(p->stores.size() == 4);
    CHECK(p->code.size() <= 30);
  }
  // The reset is one selection more than the update, and shares the rest.
  CHECK(count(d.kernels[kernel::update_and_reset], op::select) ==
        count(d.kernels[kernel::update], op::select) + 1);
  int rare = 0;
  for (auto const& s : d.kernels[kernel::update_and_reset].stores) rare += s.on_spike ? 1 : 0;
  CHECK(rare == 1);
  REQUIRE(d.kernels[kernel::reset].stores.size() == 1);
  CHECK(d.kernels[kernel::reset].stores[0].array == d.where.array(d.model.find("v")));
  CHECK(d.kernels[kernel::reset].spike == ir::none);
}

TEST_CASE("refractoriness by a period of each neuron or by a condition keeps a flag", "[kernel]") {
  auto const own = derive<models::own_period>();
  REQUIRE(own.mistake.ok());
  CHECK(own.last_spike != ir::none);
  CHECK(own.flag != ir::none);
  CHECK(own.refractory_steps == ir::none);
  auto const high = derive<models::while_high>();
  REQUIRE(high.mistake.ok());
  CHECK(high.last_spike == ir::none);
  CHECK(high.flag != ir::none);
  auto const never = derive<models::plain>();
  CHECK(never.last_spike == ir::none);
  CHECK(never.flag == ir::none);
}

TEST_CASE("a reset without a threshold is no part of the update", "[kernel]") {
  auto const d = derive<models::silent>();
  REQUIRE(d.mistake.ok());
  CHECK(d.kernels[kernel::update].spike == ir::none);
  CHECK(d.kernels[kernel::update_and_reset].code.size() == d.kernels[kernel::update].code.size());
  CHECK(count(d.kernels[kernel::update], op::select) == 0);
}

TEST_CASE("a mistake ends the derivation", "[kernel]") {
  using namespace nernst::dsl;
  auto const x = state<"x">(one);
  auto const result =
      kernel::derive_neuron<>(lower(neuron(d(x) / dt = -x / ms, d(x) / dt = x / ms)));
  CHECK(result.mistake.what == ir::mistake::duplicate_equation);
  CHECK(result.kernels.empty());
  CHECK(result.where.arrays.empty());
}

TEST_CASE("the program of a synapse", "[kernel]") {
  using namespace nernst::dsl;
  auto const w = parameter<"w">(one);
  auto const g = state<"g">(one);
  auto const d = kernel::derive_synapse(lower(synapse(on_pre(post(g) += w * pre(g)))));
  REQUIRE(d.mistake.ok());
  REQUIRE(d.pathways.size() == 1);
  CHECK(d.where.arrays.size() == 3);
  CHECK(d.pathways[0].stores.size() == 1);
  CHECK(d.model.at(d.where.arrays[static_cast<std::size_t>(d.pathways[0].stores[0].array)]).owner ==
        ir::side::post);
}
