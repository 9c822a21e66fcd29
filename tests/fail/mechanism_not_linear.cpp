// EXPECT: not_linear<.*"conductance.*"on_spike".*"g"
// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/superposition.hpp>
#include <nernst/language.hpp>

using namespace nernst::dsl;

struct conductance {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto weight = connection<"weight">(siemens);
#ifdef SHOULD_FAIL
  static constexpr auto arrival = on_spike(g = weight);
#else
  static constexpr auto arrival = on_spike(g += weight);
#endif
  static constexpr auto model = point(d(g) / dt = -g / (2 * ms), current(g* voltage), arrival);
};

constexpr bool valid = nernst::kernel::require_superposition<conductance>();
