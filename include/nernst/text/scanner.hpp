// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/name_table.hpp>
#include <nernst/text/number.hpp>
#include <nernst/text/token.hpp>

namespace nernst::text {

/// What a character can begin.
enum class letter : char {
  other,
  blank,
  line,
  alphabetic,
  digit,
  point,
  comment,  ///< up to the end of the line
  quote,
  mark,
  backslash,  ///< joins lines
};

/// Tables by character, of the language that a text is written in.
struct alphabet {
  /// A mark that begins with the character: its place in `marks` + 1, or 0.
  struct mark_forms {
    std::uint8_t alone = 0, assigning = 0, twice = 0, twice_assigning = 0;
  };

  letter kind[256] = {};
  bool in_name[256] = {};
  bool begins_raw[256] = {};
  mark_forms forms[256] = {};
  ir::span<mark const> marks;
  ir::span<raw_word const> raw_words;

  /// `own` are characters with a meaning in this language only.
  struct own_letter {
    char c;
    letter kind;
  };
  constexpr alphabet(ir::span<mark const> all, ir::span<own_letter const> own,
                     ir::span<raw_word const> raw = {})
      : marks(all), raw_words(raw) {
    set(" \t\f\v", letter::blank);
    set("\n\r", letter::line);
    set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", letter::alphabetic);
    set("0123456789", letter::digit);
    set(".", letter::point);
    std::uint8_t number = 0;
    for (mark const& m : marks) {
      ++number;
      set(m.text.substr(0, 1), letter::mark);
      enter(m.text, number);
    }
    for (own_letter const& o : own) kind[static_cast<unsigned char>(o.c)] = o.kind;
    for (raw_word const& w : raw) begins_raw[static_cast<unsigned char>(w.name[0])] = true;
  }
  constexpr letter of(char c) const { return kind[static_cast<unsigned char>(c)]; }
  constexpr bool continues_name(char c) const { return in_name[static_cast<unsigned char>(c)]; }

 private:
  constexpr void set(ir::string_view all, letter k) {
    bool const continues = k == letter::alphabetic || k == letter::digit;
    for (char const c : all) {
      kind[static_cast<unsigned char>(c)] = k;
      in_name[static_cast<unsigned char>(c)] = continues;
    }
  }
  constexpr void enter(ir::string_view text, std::uint8_t number) {
    mark_forms& f = forms[static_cast<unsigned char>(text[0])];
    bool const twice = text.size() > 1 && text[1] == text[0] && text[0] != '=';
    bool const assigning = text.size() > 1 && text.back() == '=';
    if (twice)
      (assigning ? f.twice_assigning : f.twice) = number;
    else
      (assigning ? f.assigning : f.alone) = number;
  }
};
/// Whether a character may stand in a name, or begin one.
constexpr bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
constexpr bool continues_name(char c) {
  return begins_name(c) || is_digit(c);
}
/// Whether a text is a name: a letter or underscore, then letters, digits and underscores.
constexpr bool is_name(ir::string_view s) {
  if (s.empty() || !begins_name(s[0])) return false;
  for (char const c : s)
    if (!continues_name(c)) return false;
  return true;
}

namespace detail {

/// Scans a text from its beginning to its end. In constant evaluation every statement counts, and a
/// member more than a local variable: hence the tables, conditions by falling frequency, and copies
/// of members in loops over characters.
class scanner {
 public:
  constexpr scanner(ir::string_view text, ir::name_table& names, alphabet const& letters)
      : begin_(text.data()), p_(begin_), end_(begin_ + text.size()), letters_(letters),
        names_(names), tokens_(text.size() < 1000 ? static_cast<int>(text.size()) + 1
                                                  : static_cast<int>(text.size()) / 4) {
    while (p_ != end_) {
      switch (letters_.kind[static_cast<unsigned char>(*p_)]) {
      case letter::mark:
        mark_at();
        break;
      case letter::alphabetic:
        name();
        break;
      case letter::blank:
        blanks();
        break;
      case letter::digit:
        number();
        break;
      case letter::point:
        if (p_ + 1 != end_ && is_digit(p_[1]))
          number();
        else
          put(token_kind::bad, p_++);
        break;
      case letter::line:
        fresh_ = true;
        ++p_;
        break;
      case letter::comment:
        to_line_end();
        break;
      case letter::quote:
        quoted();
        break;
      case letter::backslash:
        join_lines();
        break;
      case letter::other:
        put(token_kind::bad, p_++);
        break;
      }
    }
    fresh_ = true;
    put(token_kind::end, end_);
  }

  constexpr ir::list<token> take() { return static_cast<ir::list<token>&&>(tokens_); }

 private:
  constexpr void grow() {
    ir::list<token> longer(2 * count_);
    for (int k = 0; k < count_; ++k) longer[k] = tokens_[k];
    tokens_.swap(longer);
    room_ = tokens_.size();
  }
  /// Enters the token from `from` to the present place.
  constexpr void put(token_kind kind, char const* from, ir::op code = ir::op::literal,
                     int name = ir::none, double number = 0) {
    if (count_ == room_) grow();
    tokens_[count_++] = {
        kind, code,  fresh_, static_cast<int>(from - begin_), static_cast<int>(p_ - from),
        name, number};
    fresh_ = false;
  }
  constexpr void put_mark(int which, char const* from) {
    if (which == 0) return put(token_kind::bad, from);
    mark const& m = letters_.marks[which - 1];
    put(m.kind, from, m.code);
  }
  constexpr void mark_at() {
    char const* const from = p_;
    alphabet::mark_forms const& f = letters_.forms[static_cast<unsigned char>(*p_++)];
    bool const twice = f.twice != 0 && p_ != end_ && *p_ == *from;
    if (twice) ++p_;
    int const longer = twice ? f.twice_assigning : f.assigning;
    if (longer == 0 || p_ == end_ || *p_ != '=') return put_mark(twice ? f.twice : f.alone, from);
    ++p_;
    put_mark(longer, from);
  }
  constexpr void blanks() {
    char const *p = p_ + 1, *const end = end_;
    while (p != end && *p == ' ') ++p;
    p_ = p;
  }
  constexpr void name() {
    char const *const from = p_, *p = from, *const end = end_;
    bool const* const in_name = letters_.in_name;
    ir::name_hash hash;
    // One statement for each character.
    for (; p != end && in_name[static_cast<unsigned char>(*p)]; ++p)
      hash.value = (hash.value ^ static_cast<unsigned char>(*p)) * ir::name_hash::factor;
    p_ = p;
    auto const size = static_cast<int>(p - from);
    if (letters_.begins_raw[static_cast<unsigned char>(*from)])
      for (raw_word const& w : letters_.raw_words)
        if (w.name == ir::string_view(from, static_cast<std::size_t>(size))) return raw(from, w);
    put(token_kind::name, from, ir::op::literal, names_.intern(from, size, hash.value));
  }
  constexpr void to_line_end() {
    char const *p = p_, *const end = end_;
    while (p != end && *p != '\n' && *p != '\r') ++p;
    p_ = p;
  }
  /// A token with all that its word takes. If the word that ends it is missing, it is bad.
  constexpr void raw(char const* from, raw_word const& w) {
    bool is_complete = true;
    if (w.is_one_word) {
      while (p_ != end_ && letters_.of(*p_) == letter::blank) ++p_;
      while (p_ != end_ && letters_.of(*p_) != letter::blank && letters_.of(*p_) != letter::line)
        ++p_;
    } else if (w.last.empty()) {
      to_line_end();
    } else {
      is_complete = to_last(w.last);
    }
    put(is_complete ? token_kind::raw : token_kind::bad, from, ir::op::literal,
        names_.intern(w.name));
  }
  /// Behind the line that begins with a word; tells whether there is one.
  constexpr bool to_last(ir::string_view word) {
    for (;;) {
      while (p_ != end_ && letters_.of(*p_) == letter::blank) ++p_;
      char const* const from = p_;
      while (p_ != end_ && letters_.continues_name(*p_)) ++p_;
      bool const is_last = word == ir::string_view(from, static_cast<std::size_t>(p_ - from));
      to_line_end();
      if (is_last || p_ == end_) return is_last;
      ++p_;
    }
  }
  /// Up to the next mark like the first; without one it is a single bad token.
  constexpr void quoted() {
    char const* const from = p_++;
    while (p_ != end_ && *p_ != *from) ++p_;
    if (p_ == end_) {
      p_ = from + 1;
      put(token_kind::bad, from);
      return;
    }
    ++p_;
    put(token_kind::quoted, from);
  }
  constexpr void number() {
    char const* const from = p_;
    scanned_number const n = scan_number(p_, end_);
    p_ = n.end;
    put(token_kind::number, from, ir::op::literal, ir::none, n.value);
  }
  /// A backslash joins lines if nothing but blanks stand behind it.
  constexpr void join_lines() {
    char const* const from = p_++;
    while (p_ != end_ && letters_.of(*p_) == letter::blank) ++p_;
    if (p_ == end_ || letters_.of(*p_) != letter::line) {
      p_ = from + 1;
      put(token_kind::bad, from);
      return;
    }
    bool const two = *p_ == '\r' && p_ + 1 != end_ && p_[1] == '\n';
    p_ += two ? 2 : 1;
  }

  char const *begin_, *p_, *end_;
  alphabet const& letters_;
  ir::name_table& names_;
  ir::list<token> tokens_;
  int count_ = 0, room_ = tokens_.size();
  bool fresh_ = true;
};

}  // namespace detail

/// The tokens of a text, with one of kind `end` behind the last. What cannot be read becomes a
/// `bad` token.
constexpr ir::list<token> scan(ir::string_view text, ir::name_table& names,
                               alphabet const& language) {
  return detail::scanner(text, names, language).take();
}

}  // namespace nernst::text
