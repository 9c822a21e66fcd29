// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/letters.hpp>
#include <nernst/nmodl/syntax.hpp>
#include <nernst/text/place.hpp>

namespace nernst::nmodl::detail {

using text::token;
using text::token_kind;

/// Where a parser is in the texts of a mechanism, and what it has found out. After the first
/// mistake it stands at the end of the text.
class cursor {
 public:
  constexpr explicit cursor(syntax& into) : s(into) {}

 protected:
  syntax& s;

  /// A text that is being read: its tokens, and the one that comes next.
  struct reading {
    ir::list<token> tokens;
    token const* t = nullptr;
    int source = 0, begin = 0;  ///< which one, and where it begins
  };
  /// Begins to read a text; the one before, which `resume` takes, waits.
  constexpr reading begin(source const& text) {
    reading before = static_cast<reading&&>(now_);
    int const begin = s.sources.empty()
                          ? 0
                          : s.begins.back() + static_cast<int>(s.sources.back().text.size()) + 1;
    s.sources.push_back(text);
    s.begins.push_back(begin);
    now_ = {text::scan(text.text, s.names, letters), nullptr, s.sources.size() - 1, begin};
    now_.t = now_.tokens.data();
    while (keywords_.size() < s.names.size())
      keywords_.push_back(keyword_of(s.names, keywords_.size()));
    skip_comments();
    return before;
  }
  constexpr void resume(reading&& before) {
    bool const has_failed = !s.ok();
    now_ = static_cast<reading&&>(before);
    if (has_failed) to_end();
  }

  constexpr token const& here() const { return *now_.t; }
  /// The token behind the next one.
  constexpr token const& beyond() const { return now_.t[now_.t->kind == token_kind::end ? 0 : 1]; }
  constexpr bool is(token_kind k) const { return now_.t->kind == k; }
  constexpr bool is(ir::op infix) const { return is(token_kind::infix) && now_.t->code == infix; }
  constexpr bool at_end() const { return is(token_kind::end); }
  /// The word that comes next, or `none`.
  constexpr keyword word() const {
    return is(token_kind::name) || is(token_kind::raw) ? keywords_[now_.t->name] : keyword::none;
  }
  /// Whether a name comes next, no word of the language.
  constexpr bool is_name() const { return is_name(*now_.t); }
  constexpr bool is_name(token const& t) const {
    return t.kind == token_kind::name && keywords_[t.name] == keyword::none;
  }
  /// Where the next token stands.
  constexpr int at() const { return now_.begin + now_.t->at; }
  constexpr int end() const { return at() + now_.t->size; }

  constexpr void advance() {
    if (now_.t->kind == token_kind::end) return;
    ++now_.t;
    if (now_.t->kind == token_kind::raw) skip_comments();
  }
  constexpr bool accepts(token_kind k) {
    bool const yes = is(k);
    if (yes) advance();
    return yes;
  }
  constexpr bool accepts(ir::op infix) {
    bool const yes = is(infix);
    if (yes) advance();
    return yes;
  }
  constexpr bool accepts(keyword k) {
    bool const yes = word() == k;
    if (yes) advance();
    return yes;
  }
  constexpr void expect(token_kind k, ir::string_view expected) {
    if (!accepts(k)) fail(expected);
  }
  constexpr void expect(keyword k) {
    if (!accepts(k)) fail(to_text(k));
  }

  /// Nothing can be read here.
  constexpr void fail(ir::string_view expected, ir::string_view advice = {}) {
    if (!s.ok()) return;
    ir::string_view const text = s.sources[now_.source].text;
    bool const is_open = is(token_kind::bad) && now_.t->name != ir::none;  // its end is missing
    ir::string_view const rest = is_open ? s.names[now_.t->name] : text::excerpt(text, now_.t->at);
    if (is_open) expected = rest == "COMMENT" ? "ENDCOMMENT" : "ENDVERBATIM";
    s.mistake =
        s.located({grade::mistake, at(), {ir::mistake::syntax_error, rest, expected, {}}, advice});
    to_end();
  }
  /// What stands at a place is wrong.
  constexpr void fail_at(int place, ir::diagnosis const& what, ir::string_view advice = {}) {
    if (!s.ok()) return;
    s.mistake = s.located({grade::mistake, place, what, advice});
    to_end();
  }

  /// The number of the name that comes next.
  constexpr int name(ir::string_view expected = "a name") {
    if (!is_name()) {
      fail(word() == keyword::none ? expected : ir::string_view("a name that is no word of NMODL"));
      return ir::none;
    }
    int const number = now_.t->name;
    advance();
    return number;
  }
  /// The node of a name.
  constexpr int add(node const& n) {
    s.nodes.push_back(n);
    return s.nodes.size() - 1;
  }

  /// The value of a name behind DEFINE, or null.
  constexpr double const* macro(int number) const {
    if (macro_of_.empty()) return nullptr;
    int const d = number < macro_of_.size() ? macro_of_[number] : ir::none;
    return d == ir::none ? nullptr : &s.declarations[d].value;
  }
  constexpr void add_macro(declaration const& d) {
    if (d.name == ir::none) return;
    while (macro_of_.size() <= d.name) macro_of_.push_back(ir::none);
    macro_of_[d.name] = s.declarations.size();
    s.declarations.push_back(d);
  }
  /// A number without sign, or the name of one.
  constexpr double plain_number(ir::string_view expected = "a number") {
    double const* const defined = is_name() ? macro(now_.t->name) : nullptr;
    if (!is(token_kind::number) && defined == nullptr) {
      fail(expected);
      return 0;
    }
    double const value = defined != nullptr ? *defined : now_.t->number;
    advance();
    return value;
  }
  constexpr double number(ir::string_view expected = "a number") {
    bool const is_negative = accepts(ir::op::subtract);
    double const value = plain_number(expected);
    return is_negative ? -value : value;
  }
  /// [size], or 0 if there is none.
  constexpr int array_size() {
    if (!accepts(token_kind::open_bracket)) return 0;
    int const where = at();
    double const n = plain_number("a whole number");
    constexpr int largest = 1 << 20;
    bool const is_size = n >= 1 && n <= largest && n == static_cast<int>(n);
    if (!is_size) fail_at(where, {ir::mistake::syntax_error, "[ ]", "a size from 1 on", {}});
    expect(token_kind::close_bracket, "]");
    return is_size ? static_cast<int>(n) : 1;
  }
  /// (unit), which is any text to the parenthesis, or `none`.
  constexpr int unit() {
    if (!is(token_kind::open)) return ir::none;
    ir::string_view const text = s.sources[now_.source].text;
    int const begin = now_.t->at + 1;
    char const *p = text.data() + begin, *const end = text.data() + text.size();
    while (p != end && *p != ')' && *p != '\n') ++p;
    auto const close = static_cast<int>(p - text.data());
    if (p == end || *p == '\n') {
      fail("a unit, (mV), that ends on its line");
      return ir::none;
    }
    s.units.push_back({now_.begin + begin, now_.begin + close});
    while (!at_end() && now_.t->at <= close) ++now_.t;
    skip_comments();
    return s.units.size() - 1;
  }
  constexpr int required_unit(ir::string_view expected) {
    if (!is(token_kind::open)) fail(expected);
    return unit();
  }

  /// The number of a name that the text need not have.
  constexpr int intern(ir::string_view name) {
    int const number = s.names.intern(name);
    if (keywords_.size() < s.names.size()) keywords_.push_back(keyword_of(name));
    return number;
  }

 private:
  constexpr void skip_comments() {
    while (is(token_kind::raw) && keywords_[now_.t->name] == keyword::comment) ++now_.t;
  }
  constexpr void to_end() { now_.t = now_.tokens.data() + now_.tokens.size() - 1; }

  reading now_;
  ir::list<keyword> keywords_;
  ir::list<int> macro_of_;  ///< by name: the declaration of a DEFINE
};

}  // namespace nernst::nmodl::detail
