// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/mathematics.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

// What kernels compute with: numbers of one element, or packs with those of several elements side
// by side. This header speaks of numbers, pack.hpp of packs.
namespace nernst::kernel {

namespace detail {
/// The numbers in a value. There is a specialisation for packs.
template <class Value>
inline constexpr std::size_t width = 1;
}  // namespace detail

/// The type of a single number in a value.
template <class Value>
using real_of = typename ir::mathematics<Value>::real;
/// What comparing two values gives: `bool`, or one truth value per lane. Combine masks with `&&`,
/// `||` and `!`.
template <class Value>
using mask_of = decltype(std::declval<Value const&>() < std::declval<Value const&>());
/// Lanes in a value.
template <class Value>
inline constexpr std::size_t width_of = detail::width<Value>;
/// A value with a number for each of several elements.
template <class Value>
concept Pack = (width_of<Value> > 1);

namespace detail {
/// What can be asked of a mask. There is a specialisation for packs.
template <class Mask>
struct mask_traits {
  static NERNST_FUNCTION bool any(bool mask) { return mask; }
  static NERNST_FUNCTION std::uint64_t bits(bool mask) { return mask ? 1U : 0U; }
  static NERNST_FUNCTION bool of_bits(std::uint64_t bits) { return bits != 0; }
};
}  // namespace detail

/// Whether the mask holds in any lane, and one bit per lane, lane 0 lowest.
template <class Mask>
NERNST_FUNCTION bool any(Mask const& mask) {
  return detail::mask_traits<Mask>::any(mask);
}
template <class Mask>
NERNST_FUNCTION std::uint64_t bits(Mask const& mask) {
  return detail::mask_traits<Mask>::bits(mask);
}
/// The mask with these bits, of which there is one for each lane.
template <class Value>
NERNST_FUNCTION mask_of<Value> mask_of_bits(std::uint64_t bits) {
  return detail::mask_traits<mask_of<Value>>::of_bits(bits);
}

/// `a` in the lanes where the mask holds, else `b`; both are evaluated.
template <class Value>
NERNST_FUNCTION Value select(mask_of<Value> const& mask, Value const& a, Value const& b) {
  return ir::mathematics<Value>::select(mask, a, b);
}

/// A value from memory, and back, wherever it is: kernels of mechanisms begin in any compartment.
template <class Value>
NERNST_FUNCTION Value load_anywhere(real_of<Value> const* from) {
  if constexpr (Pack<Value>)
    return Value::load_unaligned(from);
  else
    return *from;
}
template <class Value>
NERNST_FUNCTION void store_anywhere(real_of<Value>* to, Value const& value) {
  if constexpr (Pack<Value>)
    value.store_unaligned(to);
  else
    *to = value;
}
/// The same of a pack that is aligned to its size.
template <class Value>
NERNST_FUNCTION Value load(real_of<Value> const* from) {
  if constexpr (Pack<Value>)
    return Value::load_aligned(from);
  else
    return *from;
}
template <class Value>
NERNST_FUNCTION void store(real_of<Value>* to, Value const& value) {
  if constexpr (Pack<Value>)
    value.store_aligned(to);
  else
    *to = value;
}

}  // namespace nernst::kernel
