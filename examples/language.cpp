// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What one can write in a model, and how it is understood: docs/language.md.
#include <nernst/ir/function_attribute.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

#include <cmath>
#include <iostream>

namespace language {
using namespace nernst::dsl;

/// Adaptive exponential integrate-and-fire neuron (Brette and Gerstner 2005) with a conductance.
struct adex {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto w = state<"w">(ampere);
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto b = shared<"b">(ampere);

  static constexpr auto C = 281 * pF;
  static constexpr auto g_L = 30 * nS;
  static constexpr auto E_L = -70.6 * mV, V_T = -50.4 * mV, D_T = 2 * mV;

  static constexpr auto I_L = g_L * (E_L - v);
  static constexpr auto I_exp = g_L * D_T * exp((v - V_T) / D_T);
  static constexpr auto I_syn = g * (0 * mV - v);

  static constexpr auto model =
      neuron(d(v) / dt = (I_L + I_exp + I_syn + I - w) / C | unless_refractory,
             d(w) / dt = (4 * nS * (v - E_L) - w) / (144 * ms),
             d(g) / dt = -g / (5 * ms),
             threshold(v > V_T + 5 * D_T and t > 10 * ms),
             reset(v = E_L, w += b),
             refractory(where(w > 1 * nA, 5 * ms, 2 * ms)),
             method(rk2));
};

/// A synapse with a variable of its own, which reads its source and writes its target.
struct facilitating {
  static constexpr auto u = state<"u">(one);
  static constexpr auto w = parameter<"w">(siemens);
  static constexpr auto model = synapse(
      on_pre(u += 0.1 * (1 - u), post(adex::g) += u * w * clip(1 + pre(adex::w) / nA, 0, 2)));
};

/// Plasticity by the times of spikes of both neurons, for a target that sums up slow inputs.
struct plastic {
  static constexpr auto w = state<"w">(siemens);
  static constexpr auto before = state<"before">(one);
  static constexpr auto after = state<"after">(one);
  static constexpr auto slow = state<"slow">(one);
  static constexpr auto distance = parameter<"distance">(metre);
  static constexpr auto w_max = 10 * nS;
  static constexpr auto model =
      synapse(d(before) / dt = -before / (20 * ms) | event_driven,
              d(after) / dt = -after / (20 * ms) | event_driven,
              d(slow) / dt = -slow / (100 * ms) | clock_driven,
              on_pre(post(adex::g) += w, slow += 1),
              on_pre(before += 0.01, w = clip(w + after * w_max, 0 * nS, w_max)).named("weaken"),
              on_post(after -= 0.0105, w = clip(w + before * w_max, 0 * nS, w_max)),
              on_post(w *= 0.99).named("tire").on("burst").when(slot::end),
              every(1 * second, w = min(w + 10 * pS, w_max)),
              summed(post(adex::I) = slow * pA / N_incoming),
              distance);
};

/// A neuron of the Hodgkin-Huxley kind is refractory as long as a condition holds.
struct channel {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto n = state<"n">(one);
  static constexpr auto alpha = 0.032 / mV * 5 * mV / exprel((15 * mV - v) / (5 * mV)) / ms;
  static constexpr auto beta = 0.5 * exp((10 * mV - v) / (40 * mV)) / ms;
  static constexpr auto model = neuron(d(v) / dt = (-90 * mV - v) * pow<4>(n) / ms,
                                       d(n) / dt = alpha * (1 - n) - beta * n,
                                       threshold(v > -20 * mV),
                                       refractory(v > -20 * mV),
                                       method(exponential_euler));
};

/// A neuron that fires at random, the more often the higher its potential.
struct escape {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto rate = 10 * Hz * exp((v + 50 * mV) / (4 * mV));
  static constexpr auto model = neuron(d(v) / dt = (-60 * mV - v) / (20 * ms),
                                       threshold(uniform() < rate * dt),
                                       reset(v = -60 * mV + randn() * mV));
};

/// An integrate-and-fire neuron in noise, whose bursts tire it.
struct bursting {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto count = state<"count">(integer);
  static constexpr auto tired = state<"tired">(boolean);
  static constexpr auto I = parameter<"I">(ampere) | constant;
  static constexpr auto tau = 20 * ms;
  static constexpr auto drive = subexpression<"drive">(where(tired, 0 * nA, I));
  static constexpr auto change = -70 * mV - v + 100 * Mohm * drive + 3 * mV * sqrt(tau) * xi;
  static constexpr auto model =
      neuron(d(v) / dt = change / tau | unless_refractory,
             drive,
             threshold(v > -50 * mV),
             reset(v = -60 * mV, count += 1),
             refractory(2 * ms),
             event<"burst">(count == 5),
             on_event<"burst">(count = 0, tired = true),
             every(100 * ms, tired = false),
             at({1 * second, 2 * second}, count = 0).when(slot::end));
};

/// log(1 + exp(x)) and its derivative, as functors for numbers of any type.
struct softplus {
  template <class T>
  NERNST_FUNCTION T operator()(T x) const {
    using std::exp, std::log;
    return log(T(1) + exp(x));
  }
  struct derivative {
    template <class T>
    NERNST_FUNCTION T operator()(T x) const {
      using std::exp;
      return T(1) / (T(1) + exp(-x));
    }
  };
};

/// Two rates that follow a given input through a function of the user's own.
struct rates {
  static constexpr auto r = state<"r">(hertz);
  static constexpr auto a = state<"a">(hertz);
  static constexpr auto stimulus = timed_array<"stimulus">(one);
  static constexpr auto gain = function<"gain", softplus>(one, one);
  static constexpr auto model =
      neuron(d(r) / dt = (100 * Hz * gain(stimulus(t, i) - a / Hz) - r) / (10 * ms),
             d(a) / dt = (0.1 * r - a) / (200 * ms),
             functions(gain),
             method(rk4, r),
             method(exact, a));
};
}  // namespace language

/// Prints a neuron, and how it is integrated.
template <class Model>
void neuron(char const* name) {
  static_assert(nernst::kernel::compiled<Model>::valid);
  auto const& method = nernst::kernel::compiled<Model>::value.methods[0];
  std::cout << name << '\n' << nernst::ir::to_string(nernst::dsl::lower(Model::model));
  std::cout << "method: " << method.name << ", " << method.reason.view() << "\n\n";
}

/// Prints the equations of a neuron, or of a synapse, only.
template <class Model>
void equations(char const* name) {
  static_assert(nernst::ir::check(lower(Model::model)).ok());
  std::cout << name << '\n' << nernst::ir::to_string(lower(Model::model)) << '\n';
}

int main() {
  neuron<language::adex>("adex");
  neuron<language::channel>("channel");
  neuron<language::escape>("escape");
  equations<language::bursting>("bursting");
  equations<language::rates>("rates");
  static_assert(nernst::kernel::compiled<language::facilitating>::valid);
  equations<language::facilitating>("facilitating");
  equations<language::plastic>("plastic");
}
