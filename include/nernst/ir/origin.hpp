// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/list.hpp>
#include <nernst/ir/short_string.hpp>

namespace nernst::ir {

/// A place in a text, or in the program, counted from 1.
struct text_place {
  int line = 1, column = 1;
};

/// Where character `at` of a text stands. Lines end with LF, CR LF or, as on old Macs, CR.
constexpr text_place place_of(string_view text, int at) {
  text_place p;
  auto const size = static_cast<std::size_t>(at);
  for (std::size_t k = 0; k < size; ++k) {
    ++p.column;
    bool const is_old_end = text[k] == '\r' && k + 1 < text.size() && text[k + 1] != '\n';
    if (text[k] != '\n' && !is_old_end) continue;
    ++p.line;
    p.column = 1;
  }
  return p;
}

/// A text that a part of a model was read from. `clause` is its name; equations have none.
struct source_text {
  string_view text = {}, clause = {};
};

/// Where something was written: the characters from `begin` to `end` of a text. The operator or the
/// name that it begins with for people stands at `at`. What was written in C++ has a place only.
struct origin {
  int node = none;  ///< of an operation: the node that it was entered as
  int text = none;  ///< which text of the model
  int begin = 0, at = 0, end = 0;
  text_place place = {};  ///< in the program, if there is no text
};

/// The origin of an operation, or `none`. Whoever enters the same operation twice notes the first.
constexpr int origin_of(list<origin> const& all, int node) {
  for (int k = 0; k < all.size(); ++k)
    if (all[k].node == node) return k;
  return none;
}

/// An operation as it was written, `threshold: v > I`; a long one is cut, but shows its operator.
constexpr short_string<35> written(source_text const& source, origin const& o) {
  // With line and column behind it, it is a piece that compilers show in full.
  constexpr int longest = 23;
  short_string<35> all(source.clause);
  if (all.size > 0) all += ": ";
  bool const is_long = all.size + o.end - o.begin > longest && o.at > o.begin;
  if (is_long) all += "... ";
  for (int i = is_long ? o.at : o.begin; i < o.end; ++i) {
    char const c = source.text[static_cast<std::size_t>(i)];
    if (c == '\n' || c == '\r' || (all.size >= longest - 3 && o.end - i > longest - all.size))
      return all += "...";
    all += c >= ' ' && c <= '~' ? c : ' ';
  }
  return all;
}

}  // namespace nernst::ir
