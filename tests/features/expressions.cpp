// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Operators, functions, random numbers and timed arrays (docs/features.md).
#include "forms.hpp"

using namespace features;

TEST_CASE("arithmetic") {
  agree(a + b, "a + b : 1");
  agree(v - w, "v - w : volt");
  agree(a * b, "a * b : 1");
  agree(-v, "-v : volt");
  agree(n / k, "n / k : 1");
  agree(floor_div(n, k), "n // k : 1");
  agree(v % w, "v % w : volt");
  agree(pow(a, b), "a**b : 1");
  agree(pow<2>(v), "v**2 : volt**2");
  agree(pow<-1, 2>(v), "v**-0.5 : volt**-0.5");
  agree_whole(pow(n, k), "n**k");
  agree((a + b) * (a - b) / a, "(a + b)*(a - b)/a : 1");
}

TEST_CASE("comparisons and logic") {
  agree(a < b, "a < b : boolean");
  agree(v <= w, "v <= w : boolean");
  agree(a > b, "a > b : boolean");
  agree(v >= w, "v >= w : boolean");
  agree(n == k, "n == k : boolean");
  agree(n != k, "n != k : boolean");
  agree(on and v > w, "on and v > w : boolean");
  agree(on or off, "on or off : boolean");
  agree(not on, "not on : boolean");
  agree(on or off and not on, "on or off and not on : boolean");
  agree(a < b and b < 2, "a < b and b < 2 : boolean");
}

TEST_CASE("functions of one number") {
  agree(sin(a), "sin(a) : 1");
  agree(cos(a), "cos(a) : 1");
  agree(tan(a), "tan(a) : 1");
  agree(sinh(a), "sinh(a) : 1");
  agree(cosh(a), "cosh(a) : 1");
  agree(tanh(a), "tanh(a) : 1");
  agree(asin(a), "arcsin(a) : 1");
  agree(acos(a), "arccos(a) : 1");
  agree(atan(a), "arctan(a) : 1");
  agree(exp(a), "exp(a) : 1");
  agree(expm1(a), "expm1(a) : 1");
  agree(exprel(a), "exprel(a) : 1");
  agree(log(a), "log(a) : 1");
  agree(log10(a), "log10(a) : 1");
  agree(log1p(a), "log1p(a) : 1");
  agree(erf(a), "erf(a) : 1");
}

TEST_CASE("functions of any unit") {
  agree(sqrt(pow<2>(v) + pow<2>(w)), "sqrt(v**2 + w**2) : volt");
  agree(abs(v), "abs(v) : volt");
  agree(ceil(a), "ceil(a) : 1");
  agree(floor(a), "floor(a) : 1");
  agree(sign(v), "sign(v) : 1");
  agree(clip(v, -70 * mV, w), "clip(v, -70*mV, w) : volt");
  agree_whole(clip(n, 0, 2.5), "clip(n, 0, 2.5)");
  agree(min(v, w), "min(v, w) : volt");
  agree(max(v, w), "max(v, w) : volt");
  agree(atan2(v, w), "arctan2(v, w) : 1");
  agree(where(on, v, w), "where(on, v, w) : volt");
  agree(timestep(t, dt), "timestep(t, dt) : 1");
}

TEST_CASE("whole parts, and conditions as numbers") {
  agree_whole(trunc(a), "int(a)");
  auto const written = lower(neuron(subexpression<"result">(trunc(v > w))));
  auto const text = lower(brian::neuron("result = int(v > w) : 1\nv : volt\nw : volt"));
  for (auto const& m : {written, text})
    CHECK(values_of(m, "v", {1, 3}, {{"w", 2}}) == std::vector<double>{0, 1});
}

TEST_CASE("random numbers") {
  same(neuron(threshold(uniform() < 0.5)), brian::neuron("", brian::threshold("rand() < 0.5")));
  same(neuron(threshold(randn() > 1)), brian::neuron("", brian::threshold("randn() > 1")));
  same(neuron(threshold(poisson(a) > 3)),
       brian::neuron("a : 1", brian::threshold("poisson(a) > 3")));
  same(neuron(threshold(binomial(10, a) > 3)),
       brian::neuron("a : 1", brian::threshold("binomial(10, a) > 3")));
  same(neuron(threshold(uniform() - uniform() > 0)),
       brian::neuron("", brian::threshold("rand() - rand() > 0")));
}

namespace {
/// log(1 + exp(x)).
struct softplus {
  double operator()(double x) const { return std::log1p(std::exp(x)); }
};
constexpr auto gain = function<"gain", softplus>(hertz, one);
}  // namespace

TEST_CASE("functions of one's own") {
  auto const written = lower(neuron(subexpression<"result">(gain(2 * a)), functions(gain)));
  auto const text = lower(brian::neuron("result = gain(2*a) : Hz\na : 1", brian::functions(gain)));
  same(written, text);
  CHECK(values_of(text, "a", {0.5}) == std::vector<double>{std::log1p(std::exp(1.0))});
}

TEST_CASE("timed arrays") {
  constexpr auto stimulus = timed_array<"stimulus">(nA);
  same(neuron(subexpression<"I">(stimulus(t))),
       brian::neuron("I = stimulus(t) : amp", brian::timed_array("stimulus", nA)));
  same(neuron(subexpression<"I">(stimulus(t - 1 * ms, i))),
       brian::neuron("I = stimulus(t - 1*ms, i) : amp", brian::timed_array("stimulus", nA)));
}
