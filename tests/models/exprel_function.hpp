// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// A rate in two forms, one of which is 0/0 at -50 mV: examples/advanced/exprel_function.py of
/// Brian 2.
namespace exprel_function {
struct written {
  static constexpr auto v = parameter<"v">(volt);
  static constexpr auto alpha_simple = subexpression<"alpha_simple">(
      0.32 * pow<-1>(mV) * (-50 * mV - v) / (exp((-50 * mV - v) / (4 * mV)) - 1.) / ms);
  static constexpr auto alpha_improved = subexpression<"alpha_improved">(
      0.32 * pow<-1>(mV) * 4 * mV / exprel((-50 * mV - v) / (4 * mV)) / ms);
  static constexpr auto model = neuron(alpha_simple, alpha_improved);
};

struct text {
  static constexpr auto model = brian::neuron(
      R"(
        v : volt
        # opening rate from the HH model
        alpha_simple = 0.32*(mV**-1)*(-50*mV-v)/
                       (exp((-50*mV-v)/(4*mV))-1.)/ms : Hz
        alpha_improved = 0.32*(mV**-1)*4*mV/exprel((-50*mV-v)/(4*mV))/ms : Hz
      )");
};
}  // namespace exprel_function
}  // namespace models
