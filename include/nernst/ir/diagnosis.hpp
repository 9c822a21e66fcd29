// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/mistake.hpp>
#include <nernst/ir/short_string.hpp>

namespace nernst::ir {

/// The finding of a check, as a value: run-time tests print it, compile-time checks lift it into
/// the type of an error. `where` names the place as the user wrote it; `expected` and `found` say
/// what was wanted there and what was there.
struct diagnosis {
  mistake what = mistake::no_mistake;
  short_string<35> where, expected, found;

  /// The line and column in a text, from 1; 0 where there is none.
  int line = 0, column = 0;

  constexpr bool ok() const { return what == mistake::no_mistake; }
};

/// One sentence for people.
constexpr short_string<191> to_text(diagnosis const& d) {
  string_view const sentence = sentence_of(d.what);
  std::size_t const place = sentence.find('*');
  short_string<191> t(sentence.substr(0, place));
  if (place == string_view::npos) return t;
  t += d.where;
  t += sentence.substr(place + 1);
  if (d.line > 0) {
    t += " (line ";
    t.append(d.line);
    t += ", column ";
    t.append(d.column);
    t += ")";
  }
  if (d.expected.size > 0) (t += ": expected ") += d.expected;
  if (d.found.size > 0) (t += ", found ") += d.found;
  return t;
}

}  // namespace nernst::ir
