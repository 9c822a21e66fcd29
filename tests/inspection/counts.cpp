// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/inspection/counts.hpp>
#include <nernst/kernel/derive.hpp>

#include "catch.hpp"
#include "models.hpp"
#include "operations.hpp"

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
namespace inspection = nernst::inspection;
using ir::op;
using ir::operation_counts;

constexpr operation_counts of(op code, double exponent = 0) {
  kernel::instruction const code_1[] = {
      {.code = code, .from = kernel::origin::computed, .a = 0, .b = 0, .c = 0, .value = exponent}};
  return inspection::count_operations(code_1);
}
// By repeated squaring: x^2 = x x, x^3 = x^2 x, x^7 = (x^3)^2 x, x^64 squares six times.
static_assert(of(op::power, 1) == operation_counts{});
static_assert(of(op::power, 2).multiplications == 1 && of(op::power, 3).multiplications == 2 &&
              of(op::power, 7).multiplications == 4);
static_assert(of(op::power, 64).multiplications == 6);
static_assert(of(op::power, -2).multiplications == 1 && of(op::power, -2).divisions == 1 &&
              of(op::power, -2).flop() == 2);
static_assert(of(op::power, 0.5).functions == 1 && of(op::power, 65).functions == 1);
static_assert(of(op::floor_mod).flop() == 3 && of(op::floor_mod).roundings == 1);
static_assert(of(op::logical_and).comparisons == 1 && of(op::logical_and).flop() == 0);
static_assert(of(op::poisson).draws() == 1 && of(op::poisson).flop() == 0);
static_assert(of(op::call_2).calls == 1 && of(op::lookup_2).lookups == 1);
static_assert(of(op::exp).functions == 1 && of(op::sqrt).square_roots == 1 &&
              of(op::minimum).selections == 1);
}  // namespace

TEST_CASE("the costs of a neuron that is solved exactly", "[inspection]") {
  // v = P_v_v*v + P_v_g*g where not_refractory, a bit, which counts as no byte; g = P_g_g*g.
  auto const d = kernel::derive(lower(models::leaky::model));
  REQUIRE(d.mistake.ok());
  kernel::compiled_model const m = d.view();
  auto const& update = m.kernels[m.find(kernel::trigger::update)];
  auto const n = inspection::count_operations(m.code(update));
  CHECK(n.multiplications == 3);
  CHECK(n.additions == 1);
  CHECK(n.flop() == 4);
  CHECK(n.draws() == 0);
  CHECK(inspection::count_traffic(m.code(update), m.stores(update)) ==
        inspection::traffic{2, 2, 0, 0});
}

TEST_CASE("random numbers and lookups are counted", "[inspection]") {
  auto const d = kernel::derive(notation::all_operations());
  REQUIRE(d.mistake.ok());
  kernel::compiled_model const m = d.view();
  auto const& timed = m.kernels[m.find(kernel::trigger::timed)];
  auto const n = inspection::count_operations(m.code(timed)),
             once = inspection::count_operations(m.prologue(timed));
  CHECK(n.uniform == 1);
  CHECK(n.normal == 1);
  CHECK(n.poisson == 3);
  CHECK(n.binomial == 1);
  CHECK(n.draws() == 6);
  CHECK(n.calls == 3);
  CHECK(n.lookups == 1);     // the one whose column is the element's number
  CHECK(once.lookups == 1);  // the one that is the same for all elements
}
