// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Which states are scaled, and what becomes of kernels that read and write them.
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/delivery.hpp>
#include <nernst/language.hpp>

#include "catch.hpp"
#include <string>

namespace {
using namespace nernst::dsl;
namespace kernel = nernst::kernel;
namespace ir = nernst::ir;

struct names {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto tau = shared<"tau">(second);
  static constexpr auto own_tau = parameter<"own_tau">(second);
};
struct decays : names {
  static constexpr auto model = neuron(d(v) / dt = (g + h - v) / (10 * ms), d(g) / dt = -g / tau,
                                       d(h) / dt = -h / (5 * ms), threshold(v > 1), reset(v = 0));
};
struct by_euler : names {
  static constexpr auto model =
      neuron(d(v) / dt = (g - v) / (10 * ms), d(g) / dt = -g / (5 * ms), method(euler));
};
/// Each neuron has its own time constant.
struct decays_each : names {
  static constexpr auto model = neuron(d(v) / dt = (g - v) / (10 * ms), d(g) / dt = -g / own_tau);
};
/// Written by the reset, frozen, driven.
struct written : names {
  static constexpr auto model = neuron(
      d(v) / dt = -v / (10 * ms) | unless_refractory, d(g) / dt = -g / (5 * ms),
      d(h) / dt = (1 - h) / (5 * ms), threshold(v > 1), reset(v = 0, g *= 0.5), refractory(2 * ms));
};
struct timed : names {
  static constexpr auto model = neuron(d(g) / dt = -g / (5 * ms), every(1 * ms, g += 1));
};
/// Takes its time otherwise.
struct computes : names {
  static constexpr auto model =
      neuron(d(v) / dt = (exp(-v) + g) / (10 * ms), d(g) / dt = -g / (5 * ms), method(euler));
};
/// Stays as it is.
struct rests : names {
  static constexpr auto model = neuron(d(g) / dt = 0 * Hz * g, method(euler));
};
struct long_name {
  static constexpr auto x = state<"a_name_that_has_31_characters_x">(one);
  static constexpr auto model = neuron(d(x) / dt = -x / (5 * ms));
};

template <class Model>
std::string scaled() {
  kernel::compiled_model const& m = kernel::compiled<Model>::value;
  std::string all;
  for (kernel::scaled_state const& s : m.scaled_states)
    all += std::string(m.variables[s.state].symbol.id.view()) + " ";
  return all;
}

struct adds {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(names::g) += w));
};
struct subtracts {
  static constexpr auto model = synapse(on_pre(post(names::g) -= 0.5 + post(names::h)));
};
struct halves {
  static constexpr auto model = synapse(on_pre(post(names::g) = 0.5 * post(names::g)));
};

template <class Synapse>
using onto_decays = kernel::compiled<Synapse, decays, decays>;
template <class Synapse>
kernel::scheduled_kernel const& pathway() {
  kernel::compiled_model const& m = onto_decays<Synapse>::value;
  return m.kernels[m.find(kernel::trigger::pathway)];
}
template <class Synapse>
bool reads(std::string_view id) {
  kernel::compiled_model const& m = onto_decays<Synapse>::value;
  int const s = m.find(id, ir::side::post);
  return s != ir::none && kernel::reads(m, pathway<Synapse>(), s);
}
}  // namespace

TEST_CASE("states that only decay, all neurons alike, are scaled", "[kernel]") {
  CHECK(scaled<decays>() == "g h ");
  CHECK(scaled<by_euler>() == "g ");
  CHECK(scaled<decays_each>() == "");
  CHECK(scaled<written>() == "");
  CHECK(scaled<timed>() == "");
  CHECK(scaled<computes>() == "");
  CHECK(scaled<rests>() == "");
  CHECK(scaled<long_name>() == "");
}

TEST_CASE("what a neuron reads of them takes the scale once per step", "[kernel]") {
  kernel::compiled_model const& m = kernel::compiled<decays>::value;
  kernel::scheduled_kernel const& update = m.kernels[m.find(kernel::trigger::update)];
  for (kernel::scaled_state const& s : m.scaled_states) {
    CHECK(m.variables[s.scale].symbol.kind == ir::role::scale);
    CHECK(s.decay != ir::none);
    CHECK(kernel::reads(m, update, s.scale));
    for (kernel::instruction const& i : m.code(update)) CHECK(i.from != kernel::origin::scale);
  }
}

TEST_CASE("synapses add by the inverse of a scale", "[kernel]") {
  CHECK(reads<adds>("_inverse_g"));
  CHECK_FALSE(reads<adds>("_scale_g"));
  CHECK(kernel::delivery_of(onto_decays<adds>::value, pathway<adds>(), true) ==
        kernel::delivery::adds);
  CHECK(reads<subtracts>("_inverse_g"));
  CHECK(reads<subtracts>("_scale_h"));
  CHECK_FALSE(reads<subtracts>("_scale_g"));
  CHECK(reads<halves>("_scale_g"));
  CHECK(reads<halves>("_inverse_g"));
}

TEST_CASE("synapses onto neurons without scaled states know nothing of them", "[kernel]") {
  CHECK(kernel::compiled<adds, written, written>::value.scaled_states.empty());
}
