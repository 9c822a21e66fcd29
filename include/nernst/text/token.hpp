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

/// An operator or mark of punctuation: at most three characters, one, perhaps again, perhaps an
/// equals sign.
struct mark {
  ir::string_view text;
  token_kind kind = token_kind::bad;
  ir::op code = ir::op::literal;
};

/// A word behind which a text is not cut into tokens.
struct raw_word {
  ir::string_view name;
  /// The word that ends it when it is the first of a line, with the rest of that line; or else
  ir::string_view last = {};
  /// whether the next word is taken, not the whole line.
  bool is_one_word = false;
};

}  // namespace nernst::text
