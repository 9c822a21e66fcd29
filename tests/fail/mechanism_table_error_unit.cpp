// EXPECT: dimension_mismatch<.*"within".*"s".*"V"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct gate {
#ifdef SHOULD_FAIL
  static constexpr auto error = within(1e-5, 1e-3 * mV);
#else
  static constexpr auto error = within(1e-5, 1e-3 * ms);
#endif
  static constexpr auto m = state<"m">(one);
  static constexpr auto tau = subexpression<"tau">(1 * ms / (1 + exp(voltage / (10 * mV))));
  static constexpr auto model =
      density(tau, tabulate(voltage, -100 * mV, 100 * mV, error, tau), d(m) / dt = -m / tau,
              current(m * 1 * siemens / metre2 * voltage));
};
constexpr bool valid = nernst::kernel::compiled<gate>::valid;
