// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/text/scanner.hpp>

namespace nernst::nmodl {

/// What the C code between VERBATIM and ENDVERBATIM does.
enum class verbatim_effect : char {
  none,     ///< it is empty, includes, declares, prints, or gives a variable of an ion its value
  returns,  ///< nothing but a `return 0;`, which has none behind the last statement of a block
  /// It begins `if (_p_r) { ... } else {`, where a POINTER r to a Random of NEURON's interpreter,
  /// which is not there, would be asked for a number: what follows in NMODL is carried out.
  otherwise,
  ends,  ///< nothing but the } of this else
  unknown,
};

namespace detail {

/// Skims C code.
class verbatim_reader {
 public:
  constexpr explicit verbatim_reader(ir::string_view code)
      : p_(code.data()), end_(p_ + code.size()) {}

  constexpr verbatim_effect read() {
    bool returns = false;
    for (skip(); p_ != end_; skip()) {
      if (*p_ == '#') {
        directive();
        continue;
      }
      switch (statement()) {
      case verbatim_effect::unknown:
        return verbatim_effect::unknown;
      case verbatim_effect::otherwise:
        return has_rest_of_otherwise() ? verbatim_effect::otherwise : verbatim_effect::unknown;
      case verbatim_effect::ends:
        skip();
        return p_ == end_ ? verbatim_effect::ends : verbatim_effect::unknown;
      case verbatim_effect::returns:
        returns = true;
        break;
      case verbatim_effect::none:
        break;
      }
    }
    return returns ? verbatim_effect::returns : verbatim_effect::none;
  }

 private:
  /// Behind blanks and comments.
  constexpr void skip() {
    for (; p_ != end_; ++p_) {
      if (is_blank(*p_)) continue;
      if (*p_ != '/' || p_ + 1 == end_ || (p_[1] != '/' && p_[1] != '*')) return;
      bool const is_line = p_[1] == '/';
      char const* const inside = p_ + 2;
      for (p_ += 2; p_ != end_; ++p_)
        if (is_line ? *p_ == '\n' : *p_ == '/' && p_ > inside && p_[-1] == '*') break;
      if (p_ == end_) return;
    }
  }
  static constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
  constexpr void directive() {
    for (; p_ != end_ && *p_ != '\n'; ++p_)
      if (*p_ == '\\' && p_ + 1 != end_) ++p_;
  }

  /// The next word, or character.
  constexpr ir::string_view next() {
    skip();
    char const* const from = p_;
    while (p_ != end_ && text::continues_name(*p_)) ++p_;
    if (p_ == from && p_ != end_) ++p_;
    return {from, static_cast<std::size_t>(p_ - from)};
  }

  constexpr verbatim_effect statement() {
    ir::string_view const first = next();
    if (first == ";") return verbatim_effect::none;
    if (first == "return") return ends_with_zero();
    if (first == "printf") return printed();
    if (first == "if") return of_random_object();
    if (first == "}") return verbatim_effect::ends;
    return begins_declaration(first) ? declaration() : of_ion(first);
  }
  constexpr verbatim_effect ends_with_zero() {
    ir::string_view word = next();
    bool const in_parentheses = word == "(";
    if (in_parentheses) word = next();
    while (word == "0" || word == ".") word = next();
    if (in_parentheses) {
      if (word != ")") return verbatim_effect::unknown;
      word = next();
    }
    return word == ";" ? verbatim_effect::returns : verbatim_effect::unknown;
  }
  /// if (_p_r) { ... } else {
  constexpr verbatim_effect of_random_object() {
    bool const is_asked = next() == "(" && next().starts_with("_p_") && next() == ")";
    bool const has_two = is_asked && skip_braces() && next() == "else" && next() == "{";
    return has_two ? verbatim_effect::otherwise : verbatim_effect::unknown;
  }
  /// Nothing, or a complaint that more than one thread draws random numbers.
  constexpr bool has_rest_of_otherwise() {
    skip();
    if (p_ == end_) return true;
    for (ir::string_view const word : {"if", "(", "_nt", "!", "=", "nrn_threads", ")"})
      if (next() != word) return false;
    if (!skip_braces()) return false;
    skip();
    return p_ == end_;
  }
  constexpr bool skip_braces() {
    if (next() != "{") return false;
    for (int depth = 1; depth > 0;) {
      ir::string_view const word = next();
      if (word.empty()) return false;
      if (word == "\"") string();
      depth += word == "{" ? 1 : word == "}" ? -1 : 0;
    }
    return true;
  }
  /// What is printed has no effect, unless something is assigned there.
  constexpr verbatim_effect printed() {
    int depth = 0;
    ir::string_view before = "(";
    for (ir::string_view word = next(); !word.empty(); before = word, word = next()) {
      if (word == "\"") {
        string();
      } else if (word == "(") {
        if (depth++ > 0 && text::is_name(before)) return verbatim_effect::unknown;  // a call
      } else if (word == ")") {
        if (--depth == 0) return next() == ";" ? verbatim_effect::none : verbatim_effect::unknown;
      } else if (word == "=" || word == ";" || depth == 0 || follows_itself(word)) {
        return verbatim_effect::unknown;
      }
    }
    return verbatim_effect::unknown;
  }
  /// ++ or --
  constexpr bool follows_itself(ir::string_view word) const {
    return (word == "+" || word == "-") && p_ != end_ && *p_ == word[0];
  }
  /// To the end of a string that has begun.
  constexpr void string() {
    for (; p_ != end_ && *p_ != '"'; ++p_)
      if (*p_ == '\\' && p_ + 1 != end_) ++p_;
    if (p_ != end_) ++p_;
  }
  static constexpr bool begins_declaration(ir::string_view word) {
    for (ir::string_view const type :
         {"extern", "static", "const", "typedef", "double", "float", "int", "long", "short",
          "unsigned", "char", "void", "struct", "size_t"})
      if (word == type) return true;
    return false;
  }
  /// A declaration that computes nothing: it has no value and no body.
  constexpr verbatim_effect declaration() {
    for (ir::string_view word = next(); !word.empty(); word = next()) {
      if (word == ";") return verbatim_effect::none;
      if (word == "=" || word == "{" || word == "}" || word == "return")
        return verbatim_effect::unknown;
    }
    return verbatim_effect::unknown;
  }
  /// cai = _ion_cai;
  constexpr verbatim_effect of_ion(ir::string_view name) {
    constexpr ir::string_view before = "_ion_";
    if (!text::is_name(name) || next() != "=") return verbatim_effect::unknown;
    ir::string_view const value = next();
    bool const is_same = value.starts_with(before) && value.substr(before.size()) == name;
    return is_same && next() == ";" ? verbatim_effect::none : verbatim_effect::unknown;
  }

  char const *p_, *end_;
};

}  // namespace detail

/// Finds out whether C code has an effect that cannot be had without it.
constexpr verbatim_effect effect_of(ir::string_view code) {
  return detail::verbatim_reader(code).read();
}

/// Whether a name stands in C code, its directives and comments included.
constexpr bool stands_in(ir::string_view code, ir::string_view name) {
  char const* const end = code.end();
  for (char const* p = code.begin(); p != end;) {
    char const* const from = p;
    while (p != end && text::continues_name(*p)) ++p;
    if (name == ir::string_view(from, static_cast<std::size_t>(p - from))) return true;
    if (p != end) ++p;
  }
  return false;
}

}  // namespace nernst::nmodl
