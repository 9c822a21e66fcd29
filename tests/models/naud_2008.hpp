// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Eight firing patterns of the adaptive exponential model:
/// examples/frompapers/Naud_et_al_2008_adex_firing_patterns.py of Brian 2, with one neuron for each
/// pattern.
namespace naud_2008 {
struct written {
  static constexpr auto v_t = -50.0 * mV, d_t = 2.0 * mV;

  static constexpr auto vm = state<"vm">(volt);
  static constexpr auto w = state<"w">(amp);
  static constexpr auto c_m = parameter<"c_m">(farad) | constant;
  static constexpr auto g_l = parameter<"g_l">(siemens) | constant;
  static constexpr auto a = parameter<"a">(siemens) | constant;
  static constexpr auto e_l = parameter<"e_l">(volt) | constant;
  static constexpr auto v_r = parameter<"v_r">(volt) | constant;
  static constexpr auto tau_w = parameter<"tau_w">(second) | constant;
  static constexpr auto b = parameter<"b">(amp) | constant;
  static constexpr auto i_stim = parameter<"i_stim">(amp) | constant;
  static constexpr auto model =
      neuron(d(vm) / dt = (g_l * (e_l - vm) + g_l * d_t * exp((vm - v_t) / d_t) + i_stim - w) / c_m,
             d(w) / dt = (a * (vm - e_l) - w) / tau_w, threshold(vm > 0 * mV),
             reset(vm = v_r, w += b), method(euler));
};

struct text : written {
  static constexpr auto model = brian::neuron(
      R"(
        dvm/dt = (g_l*(e_l - vm) + g_l*d_t*exp((vm-v_t)/d_t) + i_stim - w)/c_m : volt
        dw/dt  = (a*(vm - e_l) - w)/tau_w : amp
        c_m : farad (constant)
        g_l : siemens (constant)
        e_l : volt (constant)
        a : siemens (constant)
        tau_w : second (constant)
        b : amp (constant)
        v_r : volt (constant)
        i_stim : amp (constant)
      )",
      brian::threshold("vm > 0*mV"), brian::reset("vm = v_r; w += b"), brian::method("euler"),
      brian::constants("v_t", v_t, "d_t", d_t));
};
}  // namespace naud_2008
}  // namespace models
