// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/lanes.hpp>

// Sums and products with what rounding takes from them.
namespace nernst::ir::elementary {

/// The sum of two numbers, of which the first is that sum rounded.
template <class Value>
struct extended {
  Value high, low;
};

/// a + b for |a| >= |b| or a = 0.
template <class Value>
NERNST_FUNCTION extended<Value> sum_of(Value a, Value b) {
  Value const sum = a + b;
  return {sum, (a - sum) + b};
}
/// a + b c for |a| >= |b c|.
template <class Value, class A>
NERNST_FUNCTION extended<Value> sum_with_product(A a, Value b, Value c) {
  Value const sum = fma(b, c, a);
  return {sum, fma(b, c, Value(a - sum))};
}
/// What rounding takes from the product of a and b.
template <class Value>
NERNST_FUNCTION Value lost_of_product(Value a, Value b, Value product) {
  if constexpr (lanes<Value>::fuses) {
    return fma(a, b, Value(-product));
  } else {
    using real = real_in<Value>;
    constexpr real splitter = real(1 << ((format<real>::fraction_bits + 2) / 2)) + real(1);
    Value const a_scaled = a * splitter, b_scaled = b * splitter;
    Value const a_high = a_scaled - (a_scaled - a), b_high = b_scaled - (b_scaled - b);
    Value const a_low = a - a_high, b_low = b - b_high;
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
  }
}
/// x - a b, exact where a number can hold it and the product is close to x.
template <class Value, class B>
NERNST_FUNCTION Value less_product(Value x, Value a, B b) {
  if constexpr (lanes<Value>::fuses) {
    return fma(a, Value(-all<Value>(b)), x);
  } else {
    Value const product = a * b;
    return (x - product) - lost_of_product(a, all<Value>(b), product);
  }
}
/// a b.
template <class Value>
NERNST_FUNCTION extended<Value> product_of(Value a, Value b) {
  Value const product = a * b;
  return {product, lost_of_product(a, b, product)};
}

}  // namespace nernst::ir::elementary
