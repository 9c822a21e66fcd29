// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/string_view.hpp>

#include <cstddef>

namespace nernst::ir {

/// A string as a template argument: `state<"v">`.
template <std::size_t N>
struct fixed_string {
  char data[N] = {};
  constexpr fixed_string() = default;
  constexpr fixed_string(char const (&s)[N]) {
    for (std::size_t i = 0; i < N; ++i) data[i] = s[i];
  }
  constexpr explicit fixed_string(string_view s) {
    for (std::size_t i = 0; i < N; ++i)
      data[i] =
          i + 1 < N ? s[i] : '\0';  // Clang writes texts as such only if the end is written too
  }
  constexpr string_view view() const { return {data, N - 1}; }
  friend constexpr bool operator==(fixed_string const&, fixed_string const&) = default;
};

}  // namespace nernst::ir
