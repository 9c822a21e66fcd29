// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/mechanism.hpp>

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

namespace {

using namespace nernst::dsl;

struct delayed_rectifier {
  static constexpr auto g = parameter<"g">(siemens / metre / metre);
  static constexpr auto n = state<"n">(one);
  static constexpr auto n_inf =
      subexpression<"n_inf">(1 / (1 + exp(-(voltage + 40 * mV) / (8 * mV))));
  static constexpr auto model =
      density(n_inf, d(n) / dt = (n_inf - n) / (5 * ms), initial(n = n_inf),
              potassium.current(g* pow<4>(n) * (voltage - potassium.reversal)),
              defaults(g = 360 * siemens / metre / metre));
};
struct delayed_rectifier_file {
  static constexpr auto model = nernst::nmodl::mechanism("rectifier.mod", R"(
    NEURON { SUFFIX rectifier USEION k READ ek WRITE ik RANGE g }
    PARAMETER { g = 0.036 (S/cm2) }
    ASSIGNED { v (mV) ek (mV) ik (mA/cm2) n_inf }
    STATE { n }
    INITIAL { n = 1/(1 + exp(-(v + 40)/8)) }
    BREAKPOINT { SOLVE states METHOD cnexp ik = g*n^4*(v - ek) }
    DERIVATIVE states {
      n_inf = 1/(1 + exp(-(v + 40)/8))
      n' = (n_inf - n)/5
    }
  )");
};
struct transmitter {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto model =
      point(current(g * voltage), on_spike(g += weight, send<"end">(2 * ms)),
            on_event<"end">(g -= weight, fire().where(g < 1 * nS)));
};

template <class Mechanism>
std::string rectifier() {
  constexpr auto report = nernst::inspect<Mechanism>();
  static_assert(report.method("n") == "exact" && !report.reason("n").empty());
  static_assert(report.reads("v") && report.reads("k.reversal") && report.reads("g"));
  static_assert(report.writes("n") && !report.writes("v") && !report.writes("g"));
  CHECK(report.description().kind == "density mechanism");
  return printed(report);
}

}  // namespace

TEST_CASE("reports of mechanisms", "[inspection]") {
  std::string const written = rectifier<delayed_rectifier>();
  CHECK(written == expected::text("rectifier.txt", written));
  std::string const file = rectifier<delayed_rectifier_file>();
  CHECK(file == expected::text("rectifier_file.txt", file));
  auto const point = nernst::inspect<transmitter>();
  static_assert(point.reads("v") && point.reads("g"));
  CHECK(point.description().kind == "point mechanism");
  CHECK(printed(point) == expected::text("transmitter.txt", printed(point)));
}
