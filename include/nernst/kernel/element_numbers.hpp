// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <cstdint>

namespace nernst::kernel {

/// The numbers that elements have among some of their group.
struct element_numbers {
  std::uint32_t first = 0;  ///< the element with number 0
  /// By element from that one on; null where they have the numbers that follow.
  std::uint32_t const* list = nullptr;

  NERNST_FUNCTION std::uint32_t operator()(std::uint32_t element) const {
    std::uint32_t const k = element - first;
    return list == nullptr ? k : list[k];
  }
};

}  // namespace nernst::kernel
