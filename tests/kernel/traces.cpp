// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/delivery.hpp>
#include <nernst/kernel/derive.hpp>
#include <nernst/kernel/traces.hpp>
#include <nernst/language.hpp>

#include <catch.hpp>
#include <string>

using namespace nernst::dsl;

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::trigger;

constexpr auto v = state<"v">(one);
constexpr auto g = state<"g">(one);
constexpr auto w = state<"w">(one);
constexpr auto a = state<"a">(one);
constexpr auto b = state<"b">(one);
constexpr auto c = state<"c">(one);
constexpr auto p = parameter<"p">(one);
constexpr auto tau = shared<"tau">(second);
constexpr auto tau_each = parameter<"tau_each">(second);
constexpr auto of_a = d(a) / dt = -a / (5 * ms) | event_driven;
constexpr auto use_a = on_post(w += a).named("use");

/// The traces of a model, but for times and parts of computations: "_a_pre _b_post ".
template <class... Clauses>
std::string traces(Clauses const&... clauses) {
  kernel::derivation const d = kernel::derive(lower(synapse(clauses...)));
  REQUIRE(d.mistake.ok());
  std::string all;
  for (kernel::variable const& x : d.variables)
    if (x.symbol.kind == ir::role::trace && x.symbol.id.size == 2)
      all += std::string(ir::spelled(x.symbol).view()) + " ";
  return all;
}
int count(kernel::derivation const& d, trigger what, ir::op code) {
  kernel::compiled_model const m = d.view();
  int n = 0;
  for (auto const& s : m.code(m.kernels[m.find(what)])) n += s.code == code;
  return n;
}
}  // namespace

TEST_CASE("what depends on one end only is a trace", "[kernel][traces]") {
  auto const of_b = d(b) / dt = -b / tau | event_driven;
  CHECK(traces(of_a, of_b, on_pre(a += 1, w += b), on_post(b -= 1, w += a)) == "_a_pre _b_post ");
  CHECK(traces(on_pre(a = t / second, post(g) += a), on_post(w += a)) == "_a_pre ");
  CHECK(traces(of_a, on_pre(b = 0.5 * a, a -= b, post(g) += w * b), w) == "_a_pre _b_pre ");
  CHECK(traces(of_a, on_pre(a += 1), on_pre(a *= 2).named("more").when(slot::end), use_a) ==
        "_a_pre ");
  CHECK(traces(of_a, on_pre(a += pre(v) + t / second), use_a) == "_a_pre ");
}

TEST_CASE("what a trace may depend on", "[kernel][traces]") {
  CHECK(traces(of_a, on_pre(a += w), use_a).empty());
  CHECK(traces(of_a, on_pre(a += p), use_a).empty());
  CHECK(traces(of_a, on_pre(a += uniform()), use_a).empty());
  CHECK(traces(on_pre(a *= 0.5, post(g) += a)).empty());
  CHECK(traces(of_a, on_pre(a += post(v)), use_a).empty());
  CHECK(traces(of_a, on_pre(a += i), use_a).empty());
  CHECK(traces(of_a, on_pre(a += 1), on_post(a *= 0.5, w += a)).empty());
  CHECK(traces(of_a, on_pre(a += pre(v), pre(v) = 0), use_a).empty());
  CHECK(traces(of_a, on_pre(a += pre(v), post(v) += w), use_a).empty());
  CHECK(traces(of_a, on_pre(a += 1), use_a, every(10 * ms, a = 0)).empty());
  CHECK(traces(of_a, on_pre(a += 1), use_a, every(10 * ms, w += a)).empty());
  CHECK(traces(of_a, on_pre(a += 1), use_a, per_synapse).empty());
  // One that depends on what is none.
  CHECK(traces(of_a, on_pre(a += b, b += c, c += w), use_a).empty());
}

TEST_CASE("traces are solved over what stays the same", "[kernel][traces]") {
  auto const with = [](auto const& of) { return traces(of, on_pre(a += 1), use_a); };
  CHECK(with(d(a) / dt = -a / tau | event_driven) == "_a_pre ");
  CHECK(with(d(a) / dt = -a / tau_each | event_driven).empty());
  CHECK(with(d(a) / dt = (pre(v) - a) / (5 * ms) | event_driven).empty());
}

TEST_CASE("traces in every step", "[kernel][traces]") {
  auto const of_b = d(b) / dt = (a - b) / tau | clock_driven;
  auto const of_a_always = d(a) / dt = -a / (2 * ms) | clock_driven;
  auto const use_b = summed(post(g) = w * b);
  for (int m = 0; m < 3; ++m) {
    auto const found = [&] {
      if (m == 0) return traces(of_a_always, of_b, on_pre(a += 1), use_b, w, method(exact));
      if (m == 1) return traces(of_a_always, of_b, on_pre(a += 1), use_b, w, method(rk4));
      return traces(of_a_always, of_b, on_pre(a += 1), use_b, w, method(euler));
    }();
    CHECK(found == "_a_pre _b_pre ");
  }
  CHECK(traces(of_a_always, d(b) / dt = -b / tau | clock_driven, on_pre(a += 1), use_a, use_b, w) ==
        "_a_pre ");
  CHECK(traces(of_a_always, of_b, on_pre(a += 1), on_post(c += 1, w += b),
               d(c) / dt = -c / tau | clock_driven,
               summed(post(g) = w * b * c)) == "_a_pre _b_pre _c_post ");
  CHECK(traces(of_a_always, on_pre(a += 1), use_a, method(rk45)).empty());
  CHECK(traces(d(a) / dt = -a / tau_each | clock_driven, on_pre(a += 1), use_a).empty());
  CHECK(traces(d(a) / dt = (pre(v) - a) / (5 * ms) | clock_driven, on_pre(a += 1), use_a).empty());
}

TEST_CASE("what all synapses of a neuron compute is computed once", "[kernel][traces]") {
  kernel::derivation const d = kernel::derive(
      lower(synapse(of_a, on_pre(b = 0.5 * a, a -= b, post(g) += w * b * exp(-a)), w)));
  CHECK(count(d, trigger::trace, ir::op::exp) == 2);
  CHECK(count(d, trigger::pathway, ir::op::exp) == 0);
  CHECK(kernel::delivery_of(d.view(), d.kernels[d.view().find(trigger::pathway)], true) ==
        kernel::delivery::adds);
}
