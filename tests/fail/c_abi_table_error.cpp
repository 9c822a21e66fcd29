// EXPECT: not_supported<.*"within\(\) in the C interface".*"a number of pieces"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct slow_gate {
  static constexpr auto m = state<"m">(one);
  static constexpr auto tau = subexpression<"tau">(1 * ms / (1 + exp(voltage / (10 * mV))));
#ifdef SHOULD_FAIL
  static constexpr auto table = tabulate(voltage, -100 * mV, 100 * mV, within(1e-5), tau);
#else
  static constexpr auto table = tabulate(voltage, -100 * mV, 100 * mV, 200, tau);
#endif
  static constexpr auto model = density(tau, table, d(m) / dt = -m / tau,
                                        current(m * 1 * siemens / metre2 * voltage));
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<slow_gate>::valid;
