// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/c_abi/export.hpp>
#include <nernst/language.hpp>

namespace consumer {
using namespace nernst::dsl;

struct leak {
  static constexpr auto g = parameter<"g">(siemens / cm2);
  static constexpr auto model =
      density(current(g * (voltage + 65 * mV)), defaults(g = 1 * mS / cm2));
};
}  // namespace consumer

NERNST_EXPORT_MECHANISM(consumer::leak, leak)
