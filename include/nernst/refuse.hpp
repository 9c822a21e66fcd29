// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/string_view.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nernst::detail {

/// A piece of a message: a text, or a number. It is small, as hundreds of places make some.
class message_part {
 public:
  message_part(ir::string_view text) : text_(text.data()), size_(text.size()) {}
  message_part(std::string_view text) : message_part(ir::string_view(text)) {}
  message_part(char const* text) : text_(text), size_(kind::ended) {}
  message_part(std::string const& text) : message_part(ir::string_view(text)) {}
  message_part(double number) : real_(number), size_(kind::real) {}
  template <std::unsigned_integral Integer>
  message_part(Integer number) : whole_(number), size_(kind::unsigned_whole) {}
  template <std::signed_integral Integer>
  message_part(Integer number)
      : whole_(static_cast<std::uint64_t>(std::int64_t{number})), size_(kind::whole) {}

  std::string text() const;

 private:
  /// What it is, instead of the size of a text.
  enum kind : std::size_t { ended = SIZE_MAX - 3, real, whole, unsigned_whole };

  union {
    char const* text_;
    double real_;
    std::uint64_t whole_;
  };
  std::size_t size_;
};

std::string message(std::initializer_list<message_part> parts);
/// How messages name a variable: "cells[v]".
inline std::string label(std::string_view object, std::string_view variable) {
  return message({object, "[", variable, "]"});
}

/// Throws an `Error` of the standard library that says what was expected, and what was found.
template <class Error>
[[noreturn, gnu::cold]] void refuse(std::initializer_list<message_part> parts) {
  throw Error(message(parts));
}

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/refuse-inl.hpp>
#endif
