// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace nernst {

/// What a run looks out for after each step. It ends with a `std::runtime_error` that names the
/// first of what it finds.
enum class watch : std::uint8_t {
  nothing,
  finite,  ///< a state of a neuron, a synapse or a population that is infinite or not a number
};

}  // namespace nernst
