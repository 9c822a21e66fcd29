// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace nernst::ir {

// Those of std::numeric_limits, whose header takes longer than half of ours that read a file.
inline constexpr double positive_infinity = __builtin_inf();
inline constexpr double quiet_nan = __builtin_nan("");

}  // namespace nernst::ir
