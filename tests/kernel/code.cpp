// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/synapse_code.hpp>

#include "models.hpp"
#include <catch.hpp>

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using ir::op;

using code = kernel::neuron_code<models::cuba>;
static_assert(code::valid);
static_assert(code::arrays == 4);
static_assert(code::facts.find("g_e") == 1);
static_assert(code::facts.find("w") == ir::none);
static_assert(code::facts.variables[0].frozen && !code::facts.variables[1].frozen);
static_assert(code::facts.variables[0].written && !code::facts.variables[0].read);

struct plastic {
  static constexpr auto w = nernst::dsl::state<"w">(nernst::dsl::one);
  static constexpr auto g = nernst::dsl::state<"g">(nernst::dsl::one);
  static constexpr auto model =
      nernst::dsl::synapse(nernst::dsl::on_pre(nernst::dsl::post(g) += w, w *= 0.5));
};
using plastic_code = kernel::synapse_code<plastic>;
static_assert(plastic_code::valid && plastic_code::has_own && plastic_code::pathways == 1 &&
              plastic_code::arrays == 2);

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
    ir::name id("x");
    id.append(k % r.size);
    return id;
  };
  for (int k = 0; k < r.size; ++k)
    m.symbols.push_back({symbol(k), ir::role::state, ir::side::here, {}});
  int const rate = g.literal(100, power(ir::units::second, -1));
  for (int k = 0; k < r.size; ++k) {
    int const slope = g.subtract(g.make(op::sin, g.symbol((k + 1) % r.size)), g.symbol(k));
    m.equations.push_back({k, g.multiply(slope, rate), false});
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
using large_code = kernel::neuron_code<large>;
static_assert(large_code::valid);
static_assert(large_code::arrays == 200);
static_assert(large_code::block<kernel::update>::program.store_count == 200);
}  // namespace

TEST_CASE("programs in static storage are those of the derivation", "[kernel]") {
  kernel::neuron_derivation const d = code::derive();
  auto same = [](auto const& fixed, kernel::program const& p) {
    REQUIRE(static_cast<std::size_t>(fixed.size) == p.code.size());
    REQUIRE(static_cast<std::size_t>(fixed.store_count) == p.stores.size());
    CHECK(fixed.spike == p.spike);
    for (std::size_t k = 0; k < p.code.size(); ++k) {
      CHECK(fixed.code[k].code == p.code[k].code);
      CHECK(fixed.code[k].from == p.code[k].from);
      CHECK(fixed.code[k].a == p.code[k].a);
      CHECK(fixed.code[k].b == p.code[k].b);
      CHECK(fixed.code[k].c == p.code[k].c);
    }
    for (std::size_t k = 0; k < p.stores.size(); ++k)
      CHECK(fixed.stores[k].array == p.stores[k].array);
  };
  same(code::block<kernel::update>::program, d.kernels[kernel::update]);
  same(code::block<kernel::update_and_reset>::program, d.kernels[kernel::update_and_reset]);
  same(code::block<kernel::reset>::program, d.kernels[kernel::reset]);
}

TEST_CASE("a large model is evaluated in one sweep", "[kernel]") {
  auto const& p = large_code::block<kernel::update>::program;
  int sines = 0;
  for (int k = 0; k < p.size; ++k) sines += p.code[k].code == op::sin;
  CHECK(sines == 200);
  CHECK(p.size < 200 * 8);
}
