// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>

#include <cstddef>

namespace nernst::ir {

/// A short string held by value: usable in constant evaluation and at run time, comparable, never
/// allocating. Text beyond the capacity is cut off; `full()` tells.
template <int Capacity>
struct short_string {
  char data[Capacity + 1] = {};
  int size = 0;

  constexpr short_string() = default;
  constexpr short_string(char const* s) : short_string(string_view(s)) {}
  constexpr short_string(string_view s) { *this += s; }
  template <detail::standard_text Text>
  constexpr short_string(Text const& s) : short_string(string_view(s)) {}

  constexpr bool full() const { return size == Capacity; }
  constexpr string_view view() const { return {data, static_cast<std::size_t>(size)}; }
  constexpr operator string_view() const { return view(); }
  template <detail::standard_text Text>
    requires std::is_trivially_copyable_v<Text>
  constexpr operator Text() const {
    return view();
  }

  constexpr short_string& operator+=(char c) {
    if (size < Capacity) data[size++] = c;
    return *this;
  }
  constexpr short_string& operator+=(string_view s) {
    for (char const c : s)
      if (size < Capacity) data[size++] = c;
    return *this;
  }
  /// Appends a decimal integer.
  constexpr short_string& append(long long n) {
    if (n < 0) *this += '-';
    unsigned long long u =
        n < 0 ? 0ULL - static_cast<unsigned long long>(n) : static_cast<unsigned long long>(n);
    char digits[20] = {};
    int k = 0;
    do digits[k++] = static_cast<char>('0' + u % 10);
    while ((u /= 10) != 0);
    while (k > 0) *this += digits[--k];
    return *this;
  }
  friend constexpr bool operator==(short_string const& a, string_view b) { return a.view() == b; }
  friend constexpr bool operator==(short_string const& a, char const* b) { return a.view() == b; }
  template <detail::standard_text Text>
  friend constexpr bool operator==(short_string const& a, Text const& b) {
    return a.view() == b;
  }
  friend constexpr bool operator==(short_string const& a, short_string const& b) {
    return a.view() == b.view();
  }
};

/// The name of a variable. Longer names are refused by the front ends.
using identifier = short_string<31>;
/// One piece of a message.
using phrase = short_string<95>;

}  // namespace nernst::ir
