// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/operation.hpp>
#include <nernst/ir/span.hpp>

namespace nernst::text {

enum class token_kind : char {
  end,
  name,
  number,
  infix,    ///< an operator between two operands
  assign,   ///< =
  augment,  ///< += and the like
  open,
  close,
  comma,
  colon,
  semicolon,
  open_brace,
  close_brace,
  open_bracket,
  close_bracket,
  prime,
  tilde,
  quoted,  ///< a text between quotation marks, with them
  raw,     ///< a word of the language and all that it takes as it stands, see `raw_word`
  bad,     ///< what cannot be read; no rule of any grammar accepts it
};

/// A word of a text.
struct token {
  token_kind kind = token_kind::end;
  ir::op code = ir::op::literal;  ///< of `infix` and `augment`
  bool fresh_line = false;        ///< a line break stands before it
  int at = 0, size = 0;           ///< in characters
  int name = ir::none;            ///< the number of a name
  double number = 0;
};

/// An operator or mark of punctuation.
struct mark {
  std::string_view text;
  token_kind kind = token_kind::bad;
  ir::op code = ir::op::literal;
};

/// The marks of Python. Each mark of a language has at most three characters: one, perhaps again,
/// perhaps an equals sign.
inline constexpr mark marks[] = {
    {"+"sv, token_kind::infix, ir::op::add},
    {"-"sv, token_kind::infix, ir::op::subtract},
    {"*"sv, token_kind::infix, ir::op::multiply},
    {"/"sv, token_kind::infix, ir::op::divide},
    {"//"sv, token_kind::infix, ir::op::floor_divide},
    {"%"sv, token_kind::infix, ir::op::floor_mod},
    {"**"sv, token_kind::infix, ir::op::power},
    {"<"sv, token_kind::infix, ir::op::less},
    {"<="sv, token_kind::infix, ir::op::less_equal},
    {">"sv, token_kind::infix, ir::op::greater},
    {">="sv, token_kind::infix, ir::op::greater_equal},
    {"=="sv, token_kind::infix, ir::op::equal},
    {"!="sv, token_kind::infix, ir::op::not_equal},
    {"+="sv, token_kind::augment, ir::op::add},
    {"-="sv, token_kind::augment, ir::op::subtract},
    {"*="sv, token_kind::augment, ir::op::multiply},
    {"/="sv, token_kind::augment, ir::op::divide},
    {"//="sv, token_kind::augment, ir::op::floor_divide},
    {"%="sv, token_kind::augment, ir::op::floor_mod},
    {"**="sv, token_kind::augment, ir::op::power},
    {"="sv, token_kind::assign},
    {"("sv, token_kind::open},
    {")"sv, token_kind::close},
    {","sv, token_kind::comma},
    {":"sv, token_kind::colon},
    {";"sv, token_kind::semicolon},
};

/// A word behind which a text is not cut into tokens.
struct raw_word {
  std::string_view name;
  /// The word that ends it when it is the first of a line, with the rest of that line; or else
  std::string_view last = {};
  /// whether the next word is taken, not the whole line.
  bool is_one_word = false;
};

}  // namespace nernst::text
