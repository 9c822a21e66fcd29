// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/field.hpp>

#include <algorithm>
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

NERNST_INLINE void enter(std::vector<field>& all, field one) {
  auto const is_same = [&](field const& other) { return other.name == one.name; };
  while (std::any_of(all.begin(), all.end(), is_same)) one.name += '_';
  all.push_back(std::move(one));
}

}  // namespace nernst::io
