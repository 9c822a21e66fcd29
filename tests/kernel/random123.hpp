// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/philox.hpp>

#include <optional>

#if __has_include(<Random123/philox.h>)
#include <Random123/philox.h>
#undef philox4x32  // a macro with the name of our function
#endif

namespace random123 {

/// What the authors of Philox compute (Debian's package librandom123-dev), where that is installed.
inline std::optional<nernst::kernel::philox_block>
block([[maybe_unused]] nernst::kernel::philox_block const& counter,
      [[maybe_unused]] std::uint64_t key) {
#if __has_include(<Random123/philox.h>)
  r123::Philox4x32 const generate;
  auto const low = static_cast<std::uint32_t>(key), high = static_cast<std::uint32_t>(key >> 32);
  auto const r =
      generate({{counter.v[0], counter.v[1], counter.v[2], counter.v[3]}}, {{low, high}});
  return nernst::kernel::philox_block{{r[0], r[1], r[2], r[3]}};
#else
  return {};
#endif
}

}  // namespace random123
