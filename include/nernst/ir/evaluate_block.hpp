// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/operation.hpp>

#include <cstddef>

namespace nernst::ir {

/// What an operation makes of the operands `x[0]`, `x[1]`, `x[2]` of `count` elements side by side:
/// the numbers that an `interpreter` gives. Truth values are 0 and 1. `to` may not be an operand.
void evaluate_block(op code, double const* const* x, std::size_t count, double* to);

}  // namespace nernst::ir

#if NERNST_HEADER_ONLY
#include <nernst/ir/evaluate_block-inl.hpp>
#endif
