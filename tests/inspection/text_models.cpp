// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"
#include "expected.hpp"
#include <algorithm>

// Models that are written as texts, with what those in C++ do not show.

namespace models {
struct noisy {
  static constexpr auto model = nernst::brian::neuron(
      R"(
        dv/dt = (El - v + I)/tau + sigma*sqrt(2/tau)*xi : volt (unless refractory)
        dx/dt = -x/tau : 1
        I = a*sin(2*pi*10*Hz*t) : volt
        kick = rand()*mV : volt (constant over dt)
        a : volt
        counts : integer
      )",
      nernst::brian::threshold("v > El + 20*mV + kick"), nernst::brian::reset("v = El; x += 1"),
      nernst::brian::refractory("2*ms"), nernst::brian::event("high", "x > 3"),
      nernst::brian::on_event("high", "counts += 1"), nernst::brian::method("euler"),
      nernst::brian::constants("El", -70 * nernst::dsl::mV, "tau", 10 * nernst::dsl::ms, "sigma",
                               2 * nernst::dsl::mV));
};
struct depressing {
  static constexpr auto model =
      nernst::brian::synapse("w : volt", nernst::brian::on_pre("v_post += w*x_pre"));
};
struct gating {
  static constexpr auto model = nernst::brian::synapse(R"(
      ds/dt = -s/(5*ms) : 1
      dtrace/dt = -trace/(20*ms) : 1 (event-driven)
      half = s/2 : 1
      a_post = half*v_pre : volt (summed)
    )");
};
struct mixed {
  static constexpr auto model = nernst::brian::neuron(R"(
      dv/dt = (g - v**3/volt**2)/(10*ms) : volt
      dg/dt = -g/(5*ms) : volt
    )");
};
struct adaptive {
  static constexpr auto model =
      nernst::brian::neuron("dv/dt = -v**3/volt**2/(10*ms) : volt", nernst::brian::method("rk45"));
};
}  // namespace models

namespace {
constexpr auto noisy = nernst::inspect<models::noisy>();
static_assert(noisy.method("v") == "euler" && noisy.method("x") == "euler" &&
              noisy.method("I").empty());
static_assert(noisy.reads("a") && !noisy.writes("a"));
static_assert(noisy.reads("t"));
static_assert(noisy.writes("kick") && noisy.writes("counts"));

constexpr auto depressing = nernst::inspect<models::depressing, models::noisy, models::noisy>();
static_assert(depressing.reads("x_pre") && !depressing.writes("x_pre"));
static_assert(depressing.reads("v_post") && depressing.writes("v_post"));
static_assert(depressing.reads("w") && !depressing.reads("v_pre"));

constexpr auto mixed = nernst::inspect<models::mixed>();
static_assert(mixed.method("v") == "euler" && mixed.method("g") == "exact");

constexpr auto adaptive = nernst::inspect<models::adaptive>();
static_assert(adaptive.method("v") == "rk45" && adaptive.reads("v") && adaptive.writes("v"));

nernst::inspection::description::kernel const& kernel_of(nernst::inspection::description const& d,
                                                         std::string const& name) {
  auto const found = std::find_if(d.kernels.begin(), d.kernels.end(),
                                  [&](auto const& k) { return k.what.name == name; });
  REQUIRE(found != d.kernels.end());
  return *found;
}
bool has(std::vector<std::string> const& list, std::string const& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}
}  // namespace

TEST_CASE("every kernel of a model is listed, at its place in the step", "[inspection]") {
  auto const d = noisy.description();
  auto const& update = kernel_of(d, "update");
  CHECK(update.what.when == nernst::ir::instant{nernst::ir::slot::groups, 0});
  CHECK(update.code.operations.normal == 1);
  CHECK(update.code.operations.uniform == 0);
  CHECK(update.code.once_per_step.size() == 1);  // the sine
  CHECK(has(update.code.statements,
            "double const I = a*s_1;"));  // by the name that the model has for it
  CHECK(has(update.code.reads, "kick"));
  CHECK(kernel_of(d, "reset").what.when.when == nernst::ir::slot::resets);
  auto const& held = kernel_of(d, "constant over dt");
  CHECK(held.what.when.when == nernst::ir::slot::before_start);
  CHECK(held.code.operations.uniform == 1);
  CHECK(held.code.writes == std::vector<std::string>{"kick"});
  auto const& check = kernel_of(d, "event high");
  CHECK(check.code.statements == std::vector<std::string>{"bool const happens = x > 3.0;"});
  CHECK(check.code.writes.empty());
  CHECK(kernel_of(d, "on high").code.statements ==
        std::vector<std::string>{"counts = counts + 1.0;"});
  // The event may see the difference between a reset at once and one later.
  for (auto const& k : d.kernels) CHECK(k.what.name != "update and reset");
}

TEST_CASE("the pathway of a synapse in text", "[inspection]") {
  auto const d = depressing.description();
  REQUIRE(d.kernels.size() == 1);
  CHECK(d.kernels[0].what.name == "on_pre");
  CHECK(d.kernels[0].code.operations.flop() == 2);
  CHECK(d.kernels[0].code.values == nernst::inspection::traffic{3, 1, 0, 0});
}

TEST_CASE("a synapse without pathways is one all the same", "[inspection]") {
  auto const d = nernst::inspect<models::gating, models::noisy, models::noisy>().description();
  CHECK(d.kind == "synapse");
  REQUIRE(d.lines.size() == 4);
  CHECK(d.lines[0].what == "equation");
  CHECK(d.lines[1].text == "dtrace/dt = -trace/(20*ms) : 1 (event-driven)");
  CHECK(d.lines[2].what == "subexpression");
  CHECK(d.lines[3].what == "sum");
  CHECK(d.lines[3].text == "a_post = half*v_pre : V (summed)");
  CHECK(to_text(d).find("\n  a_post = half*v_pre : V (summed)\n") != std::string::npos);
}

TEST_CASE("methods are told by groups of states", "[inspection]") {
  auto const d = mixed.description();
  REQUIRE(d.methods.size() == 2);
  for (auto const& m : d.methods) {
    CHECK(m.states == std::vector<std::string>{m.name == "exact" ? "g" : "v"});
    CHECK_FALSE(m.reason.empty());
  }
}

TEST_CASE("steps of an integrator's own are a kernel", "[inspection]") {
  auto const d = adaptive.description();
  auto const& step = kernel_of(d, "substep");
  CHECK(step.code.statements.back().starts_with("error = "));
  CHECK(step.code.values == nernst::inspection::traffic{});  // all in registers
  auto const& update = kernel_of(d, "update");
  CHECK(update.code.values.loaded == 2);  // v and the length of its substeps
  CHECK(has(update.code.reads, "v"));
  CHECK(has(update.code.writes, "v"));
}
