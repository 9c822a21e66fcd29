// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/text/python.hpp>

#include "catch.hpp"
#include <string>

using nernst::ir::name_table;
using namespace nernst::text;

namespace {
/// The tokens of a text, with a blank between them and a bar before those that begin a line.
std::string cut(std::string_view text) {
  name_table names;
  auto const all = scan(text, names, python);
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

TEST_CASE("a text falls into tokens", "[text][scanner]") {
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

TEST_CASE("equal names are one name, however many there are", "[text][scanner]") {
  name_table names;
  std::string text;
  for (int k = 0; k < 1000; ++k) text += "x" + std::to_string(k % 500) + " ";
  auto const all = scan(text, names, python);
  CHECK(names.size() == 500);
  for (int k = 0; k < 500; ++k) {
    CHECK(all[k].name == all[k + 500].name);
    CHECK(names[all[k].name] == "x" + std::to_string(k));
  }
}

TEST_CASE("a token knows where it stands and what it is", "[text][scanner]") {
  name_table names;
  auto const all = scan("v **= 2.5\n", names, python);
  REQUIRE(all.size() >= 4);
  CHECK(all[0].kind == token_kind::name);
  CHECK(all[0].at == 0);
  CHECK(all[0].fresh_line);
  CHECK(all[1].kind == token_kind::augment);
  CHECK(all[1].code == nernst::ir::op::power);
  CHECK(all[1].at == 2);
  CHECK(all[1].size == 3);
  CHECK(!all[1].fresh_line);
  CHECK(all[2].kind == token_kind::number);
  CHECK(all[2].number == 2.5);
  CHECK(all[2].size == 3);
  CHECK(all[3].kind == token_kind::end);
  CHECK(all[3].at == 10);
  CHECK(all[3].size == 0);
}

// A language of its own: other marks, comments, quotation marks, and words with a text behind them.
constexpr mark own_marks[] = {{"<", token_kind::infix, nernst::ir::op::less},
                              {"||", token_kind::infix, nernst::ir::op::logical_or},
                              {"{", token_kind::open_brace}};
constexpr alphabet::own_letter own_letters[] = {{';', letter::comment}, {'"', letter::quote}};
constexpr raw_word own_words[] = {
    {.name = "title"}, {.name = "code", .last = "end"}, {.name = "see", .is_one_word = true}};
constexpr alphabet own{own_marks, own_letters, own_words};

TEST_CASE("texts of another language", "[text][scanner]") {
  name_table names;
  std::string_view const text =
      "a<b||{ ; c\n\"d e\" title f g\nsee h:i j code\n k\n end l\nm | n # code";
  auto const all = scan(text, names, own);
  std::string s;
  for (token const* t = all.data(); t->kind != token_kind::end; ++t)
    s += (t->kind == token_kind::bad   ? "?"
          : t->kind == token_kind::raw ? "!"
                                       : "") +
         std::string(
             text.substr(static_cast<std::size_t>(t->at), static_cast<std::size_t>(t->size))) +
         "/";
  CHECK(s == "a/</b/||/{/\"d e\"/!title f g/!see h:i/j/!code\n k\n end l/m/?|/n/?#/?code/");
  CHECK(names[all[6].name] == "title");
}

TEST_CASE("long texts have room for all their tokens", "[text][scanner]") {
  name_table names;
  std::string text;
  for (int k = 0; k < 3000; ++k) text += "(";
  auto const all = scan(text, names, python);
  for (int k = 0; k < 3000; ++k) CHECK(all[k].at == k);
  CHECK(all[3000].kind == token_kind::end);
}

static_assert(is_name("v") && is_name("_g2") && is_name("V_t") && !is_name("") && !is_name("2g") &&
              !is_name("a b") && !is_name("v.x") && !is_name("d/dt"));
