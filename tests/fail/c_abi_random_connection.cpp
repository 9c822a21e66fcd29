// EXPECT: not_supported<.*"uniform.. or i in a C on_spike"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct synapse_with_failures {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto model =
      point(d(g) / dt = -g / (2 * ms), current(g* voltage), on_spike(g += weight * uniform()));
#else
  static constexpr auto model =
      point(d(g) / dt = -g / (2 * ms), current(g* voltage), on_spike(g += weight));
#endif
};

constexpr bool valid = nernst::c_abi::detail::exported_mechanism<synapse_with_failures>::valid;
