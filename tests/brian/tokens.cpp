// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian/tokens.hpp>

#include "catch.hpp"
#include <string>

using namespace nernst::brian::detail;

namespace {
/// The tokens of a text, with a blank between them and a bar before those that begin a line.
std::string cut(std::string_view text) {
  name_table names;
  auto const all = tokenize(text, names);
  std::string s;
  for (token const* t = all.data(); t->kind != token_kind::end; ++t) {
    if (t->fresh_line) s += "|";
    s += (t->kind == token_kind::bad ? "?" : "") +
         std::string(
             text.substr(static_cast<std::size_t>(t->at), static_cast<std::size_t>(t->size))) +
         " ";
  }
  return s;
}
}  // namespace

TEST_CASE("a text falls into tokens", "[brian][tokens]") {
  CHECK(cut("dv/dt=-v**2//3 : volt") == "|dv / dt = - v ** 2 // 3 : volt ");
  CHECK(cut("a<=b==c!=d>=e<f") == "|a <= b == c != d >= e < f ");
  CHECK(cut("a+=1;b//=2;c**=3;d%=4;e-=5") == "|a += 1 ; b //= 2 ; c **= 3 ; d %= 4 ; e -= 5 ");
  CHECK(cut("1.5e-3*x_1(2)") == "|1.5e-3 * x_1 ( 2 ) ");
  CHECK(cut("a # b\n c\r\nd") == "|a |c |d ");
  CHECK(cut("a \\\n b \\  \r\n c \\ d") == "|a b c ?\\ d ");
  CHECK(cut("a ! b & . 'c'") == "|a ?! b ?& ?. ?' c ?' ");
  CHECK(cut("a<<b>>c") == "|a < < b > > c ");
  CHECK(cut("") == "");
  CHECK(cut("  # only a comment") == "");
}

TEST_CASE("equal names are one name, however many there are", "[brian][names]") {
  name_table names;
  std::string text;
  for (int k = 0; k < 1000; ++k) text += "x" + std::to_string(k % 500) + " ";
  auto const all = tokenize(text, names);
  CHECK(names.size() == 500);
  for (int k = 0; k < 500; ++k) {
    CHECK(all[k].index == all[k + 500].index);
    CHECK(names[all[k].index].view() == "x" + std::to_string(k));
  }
}
