// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/origin.hpp>

namespace nernst::text {

using ir::place_of;
using place = ir::text_place;

/// What stands at a place, for messages: at most 20 characters of the line. What is not ASCII
/// cannot be shown in the type of an error.
constexpr ir::string_view excerpt(ir::string_view text, int at) {
  auto const begin = static_cast<std::size_t>(at);
  if (begin == text.size()) return "end of text";
  ir::string_view const rest = text.substr(begin, 20);
  std::size_t size = 0;
  while (size < rest.size() && rest[size] >= ' ' && rest[size] <= '~') ++size;
  if (size > 0) return rest.substr(0, size);
  return rest[0] == '\n' || rest[0] == '\r' ? "end of line" : "a character";
}

/// A mistake at a place of a text.
constexpr ir::diagnosis mistake_at(ir::string_view text, int at, ir::mistake what,
                                   ir::string_view where, ir::string_view expected = {},
                                   ir::string_view found = {}) {
  place const p = place_of(text, at);
  ir::diagnosis d{what, where, expected, found};
  d.line = p.line;
  d.column = p.column;
  return d;
}

}  // namespace nernst::text
