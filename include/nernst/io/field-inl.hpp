// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/field.hpp>

#include <charconv>

namespace nernst::io {

namespace detail {

template <class Number>
void append_digits(std::string& to, Number number) {
  char digits[32];
  to.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

NERNST_INLINE void append_number(std::string& to, double number) {
  append_digits(to, number);
}
NERNST_INLINE void append_number(std::string& to, float number) {
  append_digits(to, number);
}
NERNST_INLINE void append_number(std::string& to, std::int64_t number) {
  append_digits(to, number);
}
NERNST_INLINE void append_number(std::string& to, std::uint64_t number) {
  append_digits(to, number);
}

}  // namespace detail

NERNST_INLINE std::string field::full_name() const {
  std::string text(name);
  for (int k = 0; k < suffixes; ++k) text += '_';
  return text;
}

NERNST_INLINE void enter(std::vector<field>& all, field one) {
  auto const is_taken = [&] {
    for (field const& other : all)
      if (other.full_name() == one.full_name()) return true;
    return false;
  };
  while (is_taken()) ++one.suffixes;
  all.push_back(one);
}

}  // namespace nernst::io
