// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Events of one's own: examples/advanced/custom_events.py of Brian 2, with regular instead of
/// random input.
namespace custom_events {
struct written {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto allow_gspike = parameter<"allow_gspike">(boolean);
  static constexpr auto model = neuron(
      d(v) / dt = (g - v) / (50 * ms), d(g) / dt = -g / (10 * ms), threshold(v > 1),
      reset(v = 0, g = 0, allow_gspike = true), event<"gspike">(g > 1 and allow_gspike),
      on_event<"gspike">(allow_gspike = false), event<"end_gspike">(g < 1 and not allow_gspike),
      on_event<"end_gspike">(allow_gspike = true), every(4 * ms, g += 0.5 * (1 + i)),
      method(exact));
};

struct text {
  static constexpr auto model = brian::neuron(
      R"(
        dv/dt = (g-v)/(50*ms) : 1
        dg/dt = -g/(10*ms) : 1
        allow_gspike : boolean
      )",
      brian::threshold("v>1"), brian::reset("v = 0; g = 0; allow_gspike = True;"),
      brian::event("gspike", "g>1 and allow_gspike"),
      brian::on_event("gspike", "allow_gspike = False"),
      brian::event("end_gspike", "g<1 and not allow_gspike"),
      brian::on_event("end_gspike", "allow_gspike = True"),
      brian::every(4 * ms, "g += 0.5*(1 + i)"), brian::method("exact"));
};
}  // namespace custom_events
}  // namespace models
