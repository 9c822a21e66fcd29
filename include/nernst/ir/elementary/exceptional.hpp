// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/lanes.hpp>

#include <math.h>

// Rare arguments are left to the platform's library, number by number. The same arguments in
// vectors of any width, so that the results do not depend on it.
namespace nernst::ir::elementary {

/// A word for each lane, negative where x is not in [least, most], which are positive numbers.
template <class Value>
NERNST_FUNCTION word_of<Value> outside(Value x, real_in<Value> least, real_in<Value> most) {
  auto const from = bits_of_constant<Value>(least);
  word_of<Value> const above = bits_of(x) - from;
  return above | (bits_of_constant<Value>(most) - from - above);
}

template <class Value, class Function, class... Arguments>
#if defined(__GNUC__)
__attribute__((noinline, cold))
#endif
Value with_exceptions(word_of<Value> exceptional, Value y, Function f, Arguments... x) {
  using signed_word = std::make_signed_t<typename format<real_in<Value>>::word>;
  for (std::size_t k = 0; k < sizeof(Value) / sizeof(real_in<Value>); ++k)
    if (static_cast<signed_word>(exceptional[k]) < 0) y[k] = f(x[k]...);
  return y;
}
/// `y`, but f(x...) in lanes where `exceptional` is negative.
template <class Value, class Function, class... Arguments>
NERNST_FUNCTION Value except(word_of<Value> exceptional, Value y, Function f, Arguments... x) {
  if (!lanes<Value>::any_negative(exceptional)) [[likely]]
    return y;
  if constexpr (std::same_as<Value, real_in<Value>>)
    return f(x...);
  else
    return with_exceptions(exceptional, y, f, x...);
}

}  // namespace nernst::ir::elementary
