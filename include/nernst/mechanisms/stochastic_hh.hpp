// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/mechanisms/hh.hpp>

namespace nernst::mechanisms {

using namespace language;

/// `hh` with finitely many channels, by noise in its gates: Langevin equations with the noise of
/// channels at rest. `gamma_na` and `gamma_k` are conductances of single channels; how many there
/// are follows from the area of the compartment. Gates may leave [0, 1]; conductances do not.
/// Fox RF (1997) Biophys J 72:2068-2074, after Fox RF, Lu Y (1994) Phys Rev E 49:3421-3431.
struct stochastic_hh {
  static constexpr auto gnabar = hh::gnabar;
  static constexpr auto gkbar = hh::gkbar;
  static constexpr auto gl = hh::gl;
  static constexpr auto el = hh::el;
  static constexpr auto gamma_na = parameter<"gamma_na">(siemens);
  static constexpr auto gamma_k = parameter<"gamma_k">(siemens);
  static constexpr auto usual =
      defaults(gnabar = 0.12 * siemens / cm2, gkbar = 0.036 * siemens / cm2,
               gl = 0.0003 * siemens / cm2, el = -54.3 * mV, gamma_na = 20 * pS, gamma_k = 20 * pS);
  static constexpr auto m = hh::m;
  static constexpr auto h = hh::h;
  static constexpr auto n = hh::n;

  static constexpr auto na_channels = gnabar * membrane_area / gamma_na;
  static constexpr auto k_channels = gkbar * membrane_area / gamma_k;
  static constexpr auto noise_m =
      sqrt(2 * hh::alpha_m * hh::beta_m / ((hh::alpha_m + hh::beta_m) * na_channels)) * xi_<"m">;
  static constexpr auto noise_h =
      sqrt(2 * hh::alpha_h * hh::beta_h / ((hh::alpha_h + hh::beta_h) * na_channels)) * xi_<"h">;
  static constexpr auto noise_n =
      sqrt(2 * hh::alpha_n * hh::beta_n / ((hh::alpha_n + hh::beta_n) * k_channels)) * xi_<"n">;
  static constexpr auto m_open = clip(m, 0, 1);
  static constexpr auto h_open = clip(h, 0, 1);
  static constexpr auto n_open = clip(n, 0, 1);
  static constexpr auto g_na = gnabar * m_open * m_open * m_open * h_open;
  static constexpr auto g_k = gkbar * n_open * n_open * n_open * n_open;

  static constexpr auto model =
      density(d(m) / dt = hh::alpha_m * (1 - m) - hh::beta_m * m + noise_m,
              d(h) / dt = hh::alpha_h * (1 - h) - hh::beta_h * h + noise_h,
              d(n) / dt = hh::alpha_n * (1 - n) - hh::beta_n * n + noise_n,
              sodium.current((voltage - sodium.reversal) * g_na),
              potassium.current((voltage - potassium.reversal) * g_k), current((voltage - el) * gl),
              initial(m = hh::alpha_m / (hh::alpha_m + hh::beta_m),
                      h = hh::alpha_h / (hh::alpha_h + hh::beta_h),
                      n = hh::alpha_n / (hh::alpha_n + hh::beta_n)),
              method(heun), usual);
};

}  // namespace nernst::mechanisms
