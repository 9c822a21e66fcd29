// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/names.hpp>
#include <nernst/brian/number.hpp>

namespace nernst::brian::detail {

enum class token_kind : char {
  end,
  name,
  number,
  // Operators between two operands, in the order of `binary_operators`.
  plus,
  minus,
  times,
  divide,
  floor_divide,
  modulo,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  // The rest.
  open,
  close,
  comma,
  colon,
  semicolon,
  assign,
  add_assign,  // as plus, minus ... power, in this order
  subtract_assign,
  multiply_assign,
  divide_assign,
  floor_divide_assign,
  modulo_assign,
  power_assign,
  bad,
};

struct token {
  token_kind kind = token_kind::end;
  bool fresh_line = false;  ///< a line break stands before it
  int at = 0, size = 0;     ///< in characters
  int index = ir::none;     ///< of a name
  double number = 0;
};

/// What a character can begin.
enum class letter : char { other, blank, line, alphabetic, digit, point, comment, mark, backslash };

struct alphabet {
  letter kind[256] = {};
  bool in_name[256] = {};
  token_kind alone[256] = {};      ///< the operator that a character is
  token_kind assigning[256] = {};  ///< the operator that it is with `=` behind it
  token_kind twice[256] = {};      ///< the operator that two of it are

  constexpr alphabet() {
    auto set = [this](std::string_view all, letter k) {
      for (char const c : all) kind[static_cast<unsigned char>(c)] = k;
    };
    set(" \t\f\v", letter::blank);
    set("\n\r", letter::line);
    set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", letter::alphabetic);
    set("0123456789", letter::digit);
    set(".", letter::point);
    set("#", letter::comment);
    set("\\", letter::backslash);
    set("+-*/%<>=!(),:;", letter::mark);
    for (int c = 0; c < 256; ++c) {
      in_name[c] = kind[c] == letter::alphabetic || kind[c] == letter::digit;
      alone[c] = assigning[c] = twice[c] = token_kind::bad;
    }
    using enum token_kind;
    struct {
      char c;
      token_kind alone, assigning, twice;
    } constexpr marks[] = {{'+', plus, add_assign, bad},
                           {'-', minus, subtract_assign, bad},
                           {'*', times, multiply_assign, power},
                           {'/', divide, divide_assign, floor_divide},
                           {'%', modulo, modulo_assign, bad},
                           {'<', less, less_equal, bad},
                           {'>', greater, greater_equal, bad},
                           {'=', assign, equal, equal},
                           {'!', bad, not_equal, bad},
                           {'(', open, bad, bad},
                           {')', close, bad, bad},
                           {',', comma, bad, bad},
                           {':', colon, bad, bad},
                           {';', semicolon, bad, bad}};
    for (auto const& m : marks) {
      auto const c = static_cast<unsigned char>(m.c);
      alone[c] = m.alone;
      assigning[c] = m.assigning;
      twice[c] = m.twice;
    }
  }
  constexpr letter of(char c) const { return kind[static_cast<unsigned char>(c)]; }
};
inline constexpr alphabet letters{};

struct mark {
  token_kind kind = token_kind::bad;
  int size = 1;
};
/// The operator at `p`, which the next character may make longer.
constexpr mark long_mark(char const* p, char const* end) {
  auto const c = static_cast<unsigned char>(*p);
  if (p[1] == '=' && letters.assigning[c] != token_kind::bad) return {letters.assigning[c], 2};
  if (p[1] != *p || letters.twice[c] == token_kind::bad) return {letters.alone[c], 1};
  bool const assigns = p + 2 != end && p[2] == '=';
  if (assigns && *p == '*') return {token_kind::power_assign, 3};
  if (assigns && *p == '/') return {token_kind::floor_divide_assign, 3};
  return {letters.twice[c], 2};
}

/// The tokens of a text, with one of kind `end` behind the last. What cannot be read becomes a
/// `bad` token, which no rule of the grammar accepts. In constant evaluation every statement
/// counts: hence the tables, and conditions by falling frequency.
constexpr ir::buffer<token> tokenize(std::string_view text, name_table& names) {
  ir::buffer<token> all(static_cast<int>(text.size()) + 1);
  token* out = all.data();
  char const *const begin = text.data(), *const end = begin + text.size();
  letter const* const kind = letters.kind;
  bool const* const in_name = letters.in_name;
  token_kind const* const alone = letters.alone;
  bool fresh = true;
  for (char const* p = begin; p != end;) {
    char const* const from = p;
    letter const k = kind[static_cast<unsigned char>(*p)];
    if (k == letter::mark) {
      if (++p == end || (*p != '=' && *p != *from)) {
        *out++ = {alone[static_cast<unsigned char>(*from)], fresh, static_cast<int>(from - begin),
                  1};
      } else {
        mark const m = long_mark(from, end);
        p = from + m.size;
        *out++ = {m.kind, fresh, static_cast<int>(from - begin), m.size};
      }
    } else if (k == letter::alphabetic) {
      std::uint32_t hash = 2166136261U;
      for (; p != end && in_name[static_cast<unsigned char>(*p)]; ++p)
        hash = (hash ^ static_cast<unsigned char>(*p)) * 16777619U;
      int const size = static_cast<int>(p - from);
      *out++ = {token_kind::name, fresh, static_cast<int>(from - begin), size,
                names.intern(from, size, hash)};
    } else if (k == letter::blank) {
      while (++p != end && kind[static_cast<unsigned char>(*p)] == letter::blank);
      continue;
    } else if (k == letter::digit || (k == letter::point && p + 1 != end && is_digit(p[1]))) {
      scanned_number const n = scan_number(p, end);
      p = n.end;
      *out++ = {token_kind::number,         fresh,    static_cast<int>(from - begin),
                static_cast<int>(p - from), ir::none, n.value};
    } else if (k == letter::line) {
      fresh = true;
      ++p;
      continue;
    } else if (k == letter::comment) {
      while (++p != end && kind[static_cast<unsigned char>(*p)] != letter::line);
      continue;
    } else {
      // A backslash joins lines if nothing but blanks stand behind it.
      if (k == letter::backslash)
        while (++p != end && kind[static_cast<unsigned char>(*p)] == letter::blank);
      if (k == letter::backslash && p != end &&
          kind[static_cast<unsigned char>(*p)] == letter::line) {
        p += *p == '\r' && p + 1 != end && p[1] == '\n' ? 2 : 1;
        continue;
      }
      *out++ = {token_kind::bad, fresh, static_cast<int>(from - begin), 1};
      p = from + 1;
    }
    fresh = false;
    for (; p != end && *p == ' '; ++p);
  }
  *out = {token_kind::end, true, static_cast<int>(text.size()), 0};
  return all;
}

}  // namespace nernst::brian::detail
