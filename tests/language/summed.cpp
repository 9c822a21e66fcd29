// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
std::string said(ir::model const& m) {
  return std::string(ir::to_text(ir::check(m)));
}
constexpr auto g = parameter<"g">(siemens);
}  // namespace

TEST_CASE("a neuron sums over its synapses", "[language]") {
  ir::model const m =
      lower(synapse(summed(post(g) = x * nS), summed(pre(x) = x + post(v) / mV), on_pre(x = 1)));
  CHECK(said(m) == "no mistake");
  CHECK(ir::to_string(m) ==
        "g_post = x*(1*nS) : S (summed)\nx_pre = x + v_post/(1*mV) : 1 (summed)\n"
        "on_pre: x = 1\n");
  REQUIRE(m.sums.size() == 2);
  CHECK(m.sums[0].symbol == m.find("g", ir::side::post));
}

TEST_CASE("mistakes with sums", "[language]") {
  auto const c = parameter<"c">(one) | constant;
  auto const other = state<"g">(volt);
  CHECK(said(lower(synapse(summed(post(x) = 2 * x), summed(post(x) = x)))) ==
        "there is more than one 'summed x_post'");
  CHECK(said(lower(synapse(summed(pre(x) = 2 * x), summed(post(x) = x)))) == "no mistake");
  CHECK(said(lower(synapse(summed(x = 2 * x)))) ==
        "'summed x' cannot be assigned here, found a variable of the synapse");
  CHECK(said(lower(synapse(summed(post(c) = x)))) ==
        "'summed c_post' cannot be assigned here, found a constant");
  CHECK(said(lower(synapse(summed(post(b) = x * nA)))) ==
        "'summed b_post' cannot be assigned here, found a shared variable");
  CHECK(said(lower(synapse(summed(post(x) += x)))) ==
        "the definition of 'x_post' refers to itself");
  CHECK(said(lower(synapse(summed(post(g) = x * nS), on_pre(post(other) = 1 * mV)))) !=
        "no mistake");
}
