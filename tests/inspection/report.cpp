// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "expected.hpp"
#include "models.hpp"
#include "network/cobahh_model.hpp"

namespace {
constexpr auto adex = nernst::inspect<models::adex>();
static_assert(adex.reads("I") && !adex.writes("I"));
static_assert(adex.reads("v") && adex.writes("v"));
static_assert(adex.reads("b") && !adex.writes("b"));
static_assert(!adex.reads("no such variable") && !adex.writes("no such variable"));
static_assert(adex.method("v") == "rk2" && adex.method("w") == "rk2");
static_assert(adex.method("I").empty() && adex.reason("I").empty());
static_assert(!adex.reason("v").empty());

constexpr auto leaky = nernst::inspect<models::leaky>();
static_assert(leaky.method("v") == "exact");
static_assert(leaky.reads("tau"));  // in a propagator
static_assert(leaky.reads("not_refractory") && !leaky.writes("not_refractory"));
static_assert(!leaky.reads("_last_spike") && !leaky.reads("_step"));

constexpr auto weighted = nernst::inspect<models::weighted>();
static_assert(weighted.reads("w") && !weighted.writes("w"));
static_assert(weighted.reads("g_post") && weighted.writes("g_post") && !weighted.writes("g"));
static_assert(weighted.method("g").empty());

template <class Report>
std::string printed(Report const& r) {
  std::ostringstream out;
  out << r;
  return out.str();
}
}  // namespace

TEST_CASE("reports", "[inspection]") {
  CHECK(printed(adex) == expected::text("adex.txt", printed(adex)));
  CHECK(printed(leaky) == expected::text("leaky.txt", printed(leaky)));
  CHECK(printed(weighted) == expected::text("weighted.txt", printed(weighted)));
  CHECK(printed(nernst::inspect<cobahh::neurons>()) ==
        expected::text("cobahh.txt", printed(nernst::inspect<cobahh::neurons>())));
}

TEST_CASE("reports say how spikes reach synapses", "[inspection]") {
  using names = std::vector<std::string>;
  auto const ways = [](auto const& report) {
    std::vector<names> all;
    for (auto const& k : report.description().kernels) all.push_back(k.code.delivery);
    return all;
  };
  for (names const& none : ways(leaky)) CHECK(none.empty());
  CHECK(ways(weighted) == std::vector<names>{{"synapses of consecutive targets side by side"}});
  CHECK(ways(nernst::inspect<models::alike>()) ==
        std::vector<names>{{"counts the spikes that reach a target, where rows are dense"}});
  auto const plastic = nernst::inspect<models::plastic>();
  auto const all = ways(plastic);
  CHECK(std::count(all.begin(), all.end(), names{"synapses of a row side by side"}) == 1);
  CHECK(std::count(all.begin(), all.end(),
                   names{"waits for the next spike of the source or for whoever looks"}) == 1);
  CHECK(plastic.text().find("  delivery     waits for") != std::string::npos);
  CHECK(plastic.json().find("\"delivery\": [\"waits for") != std::string::npos);
}

TEST_CASE("the description of a model with a mistake ends with it", "[inspection]") {
  using namespace nernst::dsl;
  auto const x = state<"x">(one);
  auto const written = lower(neuron(d(x) / dt = -x / ms, d(x) / dt = x / ms));
  auto const d = nernst::inspection::describe(written, nernst::kernel::derive(written).view());
  CHECK(d.kernels.empty());
  std::string const text = nernst::inspection::to_text(d);
  CHECK(text.find("\nmistake: " + std::string(nernst::ir::to_text(d.mistake).view()) + "\n") !=
        std::string::npos);
  CHECK(nernst::inspection::to_json(d).find("\"mistake\": ") != std::string::npos);
}
