// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/text/place.hpp>

#include "catch.hpp"

using namespace nernst::text;
namespace ir = nernst::ir;

constexpr bool is_at(std::string_view text, int at, int line, int column) {
  place const p = place_of(text, at);
  return p.line == line && p.column == column;
}
static_assert(is_at("", 0, 1, 1) && is_at("ab", 1, 1, 2) && is_at("ab", 2, 1, 3));
static_assert(is_at("a\nbc", 1, 1, 2) && is_at("a\nbc", 2, 2, 1) && is_at("a\nbc", 3, 2, 2));
static_assert(is_at("\n\nx", 2, 3, 1) && is_at("\n\nx", 1, 2, 1));
static_assert(is_at("a\r\nb", 3, 2, 1) && is_at("a\rb", 2, 2, 1) && is_at("a\r", 2, 1, 3));

// What stands at a place, up to the end of its line.
static_assert(excerpt("v = 3", 4) == "3" && excerpt("v = 3", 0) == "v = 3");
static_assert(excerpt("v = 3\nw", 2) == "= 3" && excerpt("v\nw", 1) == "end of line");
static_assert(excerpt("v", 1) == "end of text" && excerpt("", 0) == "end of text");
static_assert(excerpt("a text of more than 20 characters", 0) == "a text of more than ");
static_assert(excerpt("\tv", 0) == "a character" && excerpt("v\xc2\xb5", 1) == "a character" &&
              excerpt("v\xc2\xb5", 0) == "v");

TEST_CASE("a mistake in a text says where it is", "[text][place]") {
  auto const d = mistake_at("v = 3\n + w", 7, ir::mistake::syntax_error, "+ w", "a name");
  CHECK(d.what == ir::mistake::syntax_error);
  CHECK(d.line == 2);
  CHECK(d.column == 2);
  CHECK(to_text(d).view() == "cannot read '+ w' (line 2, column 2): expected a name");
  CHECK(!d.ok());
  CHECK(mistake_at("v", 0, ir::mistake::not_supported, "v", "w", "u").found.view() == "u");
}
