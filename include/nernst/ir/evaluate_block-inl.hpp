// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/evaluate_block.hpp>
#include <nernst/ir/interpreter.hpp>

namespace nernst::ir {

namespace detail {
/// Those that processors do for several elements at once have loops of their own.
template <op Code>
void evaluate_block(double const* const* x, std::size_t count, double* to) {
  double const *const a = x[0], *const b = x[1], *const c = x[2];
  for (std::size_t k = 0; k < count; ++k) {
    if constexpr (Code == op::select)
      to[k] = a[k] != 0 ? b[k] : c[k];
    else if constexpr (Code == op::logical_not)
      to[k] = a[k] == 0;
    else if constexpr (Code == op::logical_and)
      to[k] = a[k] != 0 && b[k] != 0;
    else if constexpr (Code == op::logical_or)
      to[k] = a[k] != 0 || b[k] != 0;
    else if constexpr (Code == op::clip)
      to[k] = evaluation<Code>::of(a[k], b[k], c[k]);
    else if constexpr (operands(Code) == 2)
      to[k] = evaluation<Code>::of(a[k], b[k]);
    else
      to[k] = evaluation<Code>::of(a[k]);
  }
}
}  // namespace detail

NERNST_INLINE void evaluate_block(op code, double const* const* x, std::size_t count, double* to) {
  switch (code) {
#define NERNST_ROW(name)                                                                           \
  case op::name:                                                                                   \
    return detail::evaluate_block<op::name>(x, count, to);
    NERNST_ROW(negate)
    NERNST_ROW(add)
    NERNST_ROW(subtract)
    NERNST_ROW(multiply)
    NERNST_ROW(divide)
    NERNST_ROW(floor_mod)
    NERNST_ROW(floor_divide)
    NERNST_ROW(minimum)
    NERNST_ROW(maximum)
    NERNST_ROW(clip)
    NERNST_ROW(less)
    NERNST_ROW(less_equal)
    NERNST_ROW(greater)
    NERNST_ROW(greater_equal)
    NERNST_ROW(equal)
    NERNST_ROW(not_equal)
    NERNST_ROW(logical_not)
    NERNST_ROW(logical_and)
    NERNST_ROW(logical_or)
    NERNST_ROW(select)
#undef NERNST_ROW
  default:
    break;
  }
  int const arity = operands(code);
  double operand[3] = {0, 0, 0};
  for (std::size_t k = 0; k < count; ++k) {
    for (int n = 0; n < arity; ++n) operand[n] = x[n][k];
    to[k] = detail::compute(code, operand);
  }
}

}  // namespace nernst::ir
