// EXPECT: reserved_name<.*"v".*"voltage, of the compartment
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct leak {
  static constexpr auto g = parameter<"g">(siemens / cm2);
#ifdef SHOULD_FAIL
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = density(current((v + 65 * mV) * g));
#else
  static constexpr auto model = density(current((voltage + 65 * mV) * g));
#endif
};

constexpr bool valid = nernst::kernel::compiled<leak>::valid;
