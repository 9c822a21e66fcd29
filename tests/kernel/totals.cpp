// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/derive.hpp>
#include <nernst/kernel/totals.hpp>
#include <nernst/language.hpp>

#include <catch.hpp>
#include <string>

using namespace nernst::dsl;

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

constexpr auto I = parameter<"I">(one);
constexpr auto v = state<"v">(one);
constexpr auto w = state<"w">(one);
constexpr auto g = state<"g">(one);
constexpr auto h = state<"h">(one);
constexpr auto tau = shared<"tau">(second);
constexpr auto tau_each = parameter<"tau_each">(second);
constexpr auto of_g = d(g) / dt = -g / tau | clock_driven;
constexpr auto add_w = on_pre(g += w);
constexpr auto sum_g = summed(post(I) = g);

/// The totals of a model: "_g ".
template <class... Clauses>
std::string totals(Clauses const&... clauses) {
  kernel::derivation const d = kernel::derive(lower(synapse(clauses...)));
  REQUIRE(d.mistake.ok());
  std::string all;
  for (kernel::variable const& x : d.variables)
    if (x.symbol.kind == ir::role::total && x.symbol.owner == ir::side::post)
      all += std::string(x.symbol.id.view()) + " ";
  return all;
}
}  // namespace

TEST_CASE("what only the sum matters of is a total", "[kernel][totals]") {
  CHECK(totals(of_g, add_w, sum_g) == "_g ");
  CHECK(totals(of_g, add_w, summed(post(I) = 0.5 * g * (1 - post(v)))) == "_g ");
  CHECK(totals(of_g, on_pre(g += w, w *= 0.5), on_post(g += 1), sum_g) == "_g ");
  auto const of_h = d(h) / dt = (g - 2 * h) / (3 * ms) | clock_driven;
  CHECK(totals(of_g, of_h, add_w, summed(post(I) = h)) == "_g _h ");
  for (int m = 0; m < 3; ++m) {
    auto const found = [&] {
      if (m == 0) return totals(of_g, of_h, add_w, summed(post(I) = h), method(exact));
      if (m == 1) return totals(of_g, of_h, add_w, summed(post(I) = h), method(rk4));
      return totals(of_g, of_h, add_w, summed(post(I) = h), method(backward_euler));
    }();
    CHECK(found == "_g _h ");
  }
}

TEST_CASE("what is no total", "[kernel][totals]") {
  CHECK(totals(of_g, add_w, sum_g, per_synapse).empty());
  CHECK(totals(of_g, add_w).empty());
  CHECK(totals(of_g, add_w, summed(post(I) = w * g)).empty());
  CHECK(totals(of_g, add_w, summed(post(I) = g + 0.1)).empty());
  CHECK(totals(of_g, add_w, summed(post(I) = g * g)).empty());
  CHECK(totals(of_g, add_w, summed(post(I) = g * (1 - pre(v)))).empty());
  CHECK(totals(of_g, add_w, summed(pre(I) = g)).empty());
  CHECK(totals(of_g, on_pre(g = 0.5 * g + w), sum_g).empty());
  CHECK(totals(of_g, on_pre(g += w * (1 - g)), sum_g).empty());
  CHECK(totals(of_g, on_pre(g += w, w = 0.5 * g), sum_g).empty());
  CHECK(totals(d(g) / dt = -g / tau_each | clock_driven, add_w, sum_g).empty());
  CHECK(totals(d(g) / dt = (1 - g) / tau | clock_driven, add_w, sum_g).empty());
  CHECK(totals(d(g) / dt = -g * g / tau | clock_driven, add_w, sum_g, method(euler)).empty());
  CHECK(totals(of_g, add_w, sum_g, every(1 * ms, g = 0)).empty());
  CHECK(totals(of_g, add_w, sum_g, method(rk45)).empty());
  auto const of_h = d(h) / dt = (g - h) / (3 * ms) | clock_driven;
  CHECK(totals(of_g, of_h, add_w, sum_g, on_post(w += h)).empty());
}
