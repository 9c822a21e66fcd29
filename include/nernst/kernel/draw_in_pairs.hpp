// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/operation.hpp>
#include <nernst/kernel/philox_pack.hpp>

#include <algorithm>
#include <cstddef>

namespace nernst::kernel {

/// What `uniform` or `normal` draws for the elements [first, first + drawn_at_once), where `first`
/// is a multiple of that: both numbers of each block of bits. `Value` tells how many blocks are
/// treated at once; normal numbers agree to rounding.
template <ir::op Op, class Value>
NERNST_CALLABLE void draw_in_pairs(detail::repeated_key<Value> const& key, std::uint32_t first,
                                   std::uint32_t draw, real_of<Value>* to) {
  static_assert(Op == ir::op::uniform || Op == ir::op::normal);
  constexpr std::uint32_t width = width_of<Value>;
  real_of<Value>* const second = to + pair_distance;
  for (std::uint32_t k = 0; k < pair_distance; k += width) {
    detail::random_bits<Value> const bits(key, first + k, draw);
    store_anywhere<Value>(to + k, bits.template unit_interval<0>());
    store_anywhere<Value>(second + k, bits.template unit_interval<1>());
  }
  if constexpr (Op == ir::op::normal) {
    // Apart from the bits: processors overlap short chains of dependent instructions.
    for (std::uint32_t k = 0; k < pair_distance; k += width) {
      auto const [one, other] = detail::normal_pair<Value>(load_anywhere<Value>(to + k),
                                                           load_anywhere<Value>(second + k));
      store_anywhere<Value>(to + k, one);
      store_anywhere<Value>(second + k, other);
    }
  }
}

/// The number that an instruction draws.
struct draw_site {
  ir::op code = ir::op::uniform;
  int which = 0;

  friend constexpr bool operator==(draw_site const&, draw_site const&) = default;
};

/// How far the numbers of one site are behind those of the one before.
inline constexpr std::size_t drawn_stride = 2 * drawn_at_once;

/// What a kernel draws at `Sites` for the next `drawn_at_once` elements, from any one on.
template <class Value, std::size_t Sites>
class draws_ahead {
 public:
  using real = real_of<Value>;

  draws_ahead(draw_site const (&sites)[Sites], draw_key key) : sites_(sites), key_(key) {}

  /// The numbers of the elements from `at` on: of the first site, and of the others behind these.
  real const* operator()(std::size_t at) {
    std::size_t const offset = at % drawn_at_once, first = at - offset;
    if (first == upper_)
      move_down();
    else
      fill(first, 0);
    if (offset != 0) {
      upper_ = first + drawn_at_once;
      fill(upper_, drawn_at_once);
    }
    return numbers_ + offset;
  }

 private:
  void move_down() {
    for (std::size_t k = 0; k < Sites * drawn_stride; k += drawn_stride)
      std::copy_n(numbers_ + k + drawn_at_once, drawn_at_once, numbers_ + k);
  }
  void fill(std::size_t first, std::size_t place) {
    for (draw_site const& site : sites_) {
      auto const draw = static_cast<std::uint32_t>(site.which);
      auto const element = static_cast<std::uint32_t>(first);
      if (site.code == ir::op::normal)
        draw_in_pairs<ir::op::normal, Value>(key_, element, draw, numbers_ + place);
      else
        draw_in_pairs<ir::op::uniform, Value>(key_, element, draw, numbers_ + place);
      place += drawn_stride;
    }
  }

  draw_site const (&sites_)[Sites];
  detail::repeated_key<Value> key_;
  std::size_t upper_ = ~std::size_t{0};  ///< whose numbers are in the upper halves
  alignas(64) real numbers_[Sites * drawn_stride];
};

}  // namespace nernst::kernel
