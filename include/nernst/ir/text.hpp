// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace nernst::ir {

/// A short string held by value: usable in constant evaluation and at run time, comparable, never
/// allocating. Text beyond the capacity is cut off; `full()` tells.
template <int Capacity>
struct basic_text {
  char data[Capacity + 1] = {};
  int size = 0;

  constexpr basic_text() = default;
  constexpr basic_text(char const* s) : basic_text(std::string_view(s)) {}
  constexpr basic_text(std::string_view s) { *this += s; }

  constexpr bool full() const { return size == Capacity; }
  constexpr std::string_view view() const { return {data, static_cast<std::size_t>(size)}; }
  constexpr operator std::string_view() const { return view(); }

  constexpr basic_text& operator+=(char c) {
    if (size < Capacity) data[size++] = c;
    return *this;
  }
  constexpr basic_text& operator+=(std::string_view s) {
    for (char c : s) *this += c;
    return *this;
  }
  /// Appends a decimal integer.
  constexpr basic_text& append(long long n) {
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
  friend constexpr bool operator==(basic_text const& a, std::string_view b) {
    return a.view() == b;
  }
  friend constexpr bool operator==(basic_text const& a, char const* b) { return a.view() == b; }
  friend constexpr bool operator==(basic_text const& a, basic_text const& b) {
    return a.view() == b.view();
  }
};

/// The name of a variable. Longer names are refused by the front ends.
using name = basic_text<31>;
/// One piece of a message.
using text = basic_text<95>;

/// A string as a template argument: `state<"v">`.
template <std::size_t N>
struct fixed_string {
  char data[N] = {};
  constexpr fixed_string() = default;
  constexpr fixed_string(char const (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) data[i] = s[i];
  }
  constexpr explicit fixed_string(std::string_view s) {
    for (std::size_t i = 0; i < N; ++i)
      data[i] =
          i + 1 < N ? s[i] : '\0';  // Clang writes texts as such only if the end is written too
  }
  constexpr std::string_view view() const { return {data, N - 1}; }
  friend constexpr bool operator==(fixed_string const&, fixed_string const&) = default;
};

}  // namespace nernst::ir
