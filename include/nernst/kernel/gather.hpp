// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/pack.hpp>

#include <type_traits>
#include <utility>

/// Values whose lanes stand anywhere in memory, or are not aligned, or of which only the first
/// `count` are there; the others are like the last of these.
namespace nernst::kernel {

namespace detail {
template <class Value, class Lane, std::size_t... K>
NERNST_FUNCTION Value value_of_lanes(Lane const& lane, std::index_sequence<K...>) {
  // Before xsimd 9 numbers stand in a list.
  if constexpr (std::is_constructible_v<Value, decltype(lane(K))...>)
    return Value(lane(K)...);
  else
    return Value({lane(K)...});
}
template <std::size_t... K, class Act>
NERNST_FUNCTION void for_each_lane(std::index_sequence<K...>, Act const& act) {
  (act(K), ...);
}
}  // namespace detail

/// The value with these numbers: `lane(k)` for each lane.
template <class Value, class Lane>
NERNST_FUNCTION Value of_lanes(Lane const& lane) {
  return detail::value_of_lanes<Value>(lane, std::make_index_sequence<width_of<Value>>());
}
/// What stands at `from + at[k]` for each lane.
template <class Value, class Index>
NERNST_FUNCTION Value gather(real_of<Value> const* from, Index const* at) {
  return of_lanes<Value>([&](std::size_t k) { return from[at[k]]; });
}
/// Lane k goes to `to + at[k]`, one after the other. (Instructions that scatter take longer on many
/// processors.)
template <class Value, class Index>
NERNST_FUNCTION void scatter(real_of<Value>* to, Index const* at, Value const& value) {
  alignas(Value) real_of<Value> lane[width_of<Value>];
  store<Value>(lane, value);
  detail::for_each_lane(std::make_index_sequence<width_of<Value>>(),
                        [&](std::size_t k) { to[at[k]] = lane[k]; });
}
/// The numbers from `from` on.
template <class Value>
NERNST_FUNCTION Value load_some(real_of<Value> const* from, std::size_t count) {
  if constexpr (Pack<Value>)
    if (count == width_of<Value>) return Value::load_unaligned(from);
  return of_lanes<Value>([&](std::size_t k) { return from[k < count ? k : count - 1]; });
}
template <class Value>
NERNST_FUNCTION void store_some(real_of<Value>* to, std::size_t count, Value const& value) {
  if constexpr (Pack<Value>)
    if (count == width_of<Value>) return value.store_unaligned(to);
  alignas(Value) real_of<Value> lane[width_of<Value>];
  store<Value>(lane, value);
  for (std::size_t k = 0; k < count; ++k) to[k] = lane[k];
}

}  // namespace nernst::kernel
