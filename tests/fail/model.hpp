// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What most cases include, to be precompiled. What a compiler makes for every model is made here,
// for the two models below: this saves a third of the time of a case.
#pragma once

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

namespace precompiled {
using namespace nernst::dsl;

struct cells {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(ampere);
  static constexpr auto R = 10 * mV / nA;
  static constexpr auto model = neuron(d(v) / dt = (R * I - v) / (20 * ms),
                                       threshold(v > -50 * mV), reset(v = -60 * mV));
};
static_assert(nernst::kernel::compiled<cells>::valid);

struct texts {
  static constexpr auto model = nernst::brian::neuron("dv/dt = -v/(20*ms) : volt",
                                                      nernst::brian::threshold("v > -50*mV"));
};
static_assert(nernst::kernel::compiled<texts>::valid);
}  // namespace precompiled
