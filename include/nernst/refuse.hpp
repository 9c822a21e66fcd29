// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace nernst::detail {

/// A piece of a message: a text, or a number.
class message_part {
 public:
  message_part(std::string_view text) : text_(text) {}
  message_part(char const* text) : text_(text) {}
  message_part(std::string const& text) : text_(text) {}
  message_part(double number) : number_(number), kind_(kind::real) {}
  template <std::unsigned_integral Integer>
  message_part(Integer number) : whole_(number), kind_(kind::unsigned_whole) {}
  template <std::signed_integral Integer>
  message_part(Integer number)
      : whole_(static_cast<std::uint64_t>(std::int64_t{number})), kind_(kind::whole) {}

  std::string text() const;

 private:
  enum class kind : std::uint8_t { text, real, whole, unsigned_whole };

  std::string_view text_;
  double number_ = 0;
  std::uint64_t whole_ = 0;
  kind kind_ = kind::text;
};

std::string message(std::initializer_list<message_part> parts);
/// How messages name a variable: "cells[v]".
inline std::string label(std::string_view object, std::string_view variable) {
  return message({object, "[", variable, "]"});
}

/// Throws an `Error` of the standard library that says what was expected, and what was found.
template <class Error>
[[noreturn]] void refuse(std::initializer_list<message_part> parts) {
  throw Error(message(parts));
}

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/refuse-inl.hpp>
#endif
