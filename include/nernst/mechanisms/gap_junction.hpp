// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/language.hpp>

namespace nernst::mechanisms {

using namespace language;

/// One side of a gap junction: a resistance to `peer`, the voltage of another compartment at the
/// beginning of the step. `link` says which one. As `gap.mod` of NEURON's documentation with a
/// POINTER, or with ParallelContext.source_var.
struct gap_junction {
  static constexpr auto r = parameter<"r">(ohm);
  static constexpr auto usual = defaults(r = 100 * Mohm);
  static constexpr auto peer = linked<"peer">(volt);
  static constexpr auto held = subexpression<"held">(peer) | constant_over_dt;
  static constexpr auto model = point(held, current((voltage - held) / r), usual);
};

}  // namespace nernst::mechanisms
