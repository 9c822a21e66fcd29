// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>

namespace nernst::integrate::detail {

enum class scheme_operation : char {
  number,
  x,
  t,
  dt,
  dw,
  f,
  g,
  negate,
  sqrt,
  add,
  subtract,
  multiply,
  divide,
  power
};

/// One operation of a scheme; `a` and `b` are earlier ones.
struct scheme_instruction {
  scheme_operation what = scheme_operation::number;
  int a = ir::none, b = ir::none;
  double value = 0;
  bool is_stage = false;  ///< one value per state, else a number
  bool fixed = false;     ///< has a part without noise
  bool noisy = false;     ///< has a part for each noise variable
};

/// Reads the text of a scheme (see `scheme`): statements `name = expression`, separated by line
/// ends or semicolons, the last of which is x_new.
class scheme_text {
 public:
  constexpr explicit scheme_text(std::string_view text)
      : text_(text), begin_(text.data()), size_(text.size()) {
    emit({scheme_operation::x, ir::none, ir::none, 0, true, true, false});
    emit({scheme_operation::t, ir::none, ir::none, 0, false, true, false});
    emit({scheme_operation::dt, ir::none, ir::none, 0, false, true, false});
    emit({scheme_operation::dw, ir::none, ir::none, 0, false, false, true});
    while (mistake_.ok() && next_statement()) statement();
    if (mistake_.ok() && x_new_ == ir::none)
      fail(ir::mistake::syntax_error, text_.size(), "the end", "x_new = ...", "");
  }

  constexpr ir::diagnosis const& mistake() const { return mistake_; }
  constexpr int size() const { return code_.size(); }
  constexpr scheme_instruction const& operator[](int i) const { return code_[i]; }
  /// The operation that gives the new states.
  constexpr int x_new() const { return x_new_; }
  /// Whether f and g are needed at the start of the step only.
  constexpr bool one_stage() const { return !f_moves_ && !g_moves_; }
  /// The noise that a scheme of this form can be right for.
  constexpr stochastic ability() const {
    return !has_noise_ ? stochastic::none
           : g_moves_  ? stochastic::multiplicative
                       : stochastic::additive;
  }

 private:
  using kind = scheme_operation;
  static constexpr int x = 0, t = 1, dt = 2, dw = 3, failed = 0;
  struct known {
    std::string_view name;
    int value = ir::none;
  };

  constexpr int emit(scheme_instruction const& n) {
    code_.push_back(n);
    return code_.size() - 1;
  }

  constexpr int fail(ir::mistake what, std::size_t place, std::string_view where,
                     std::string_view expected, std::string_view found) {
    if (!mistake_.ok()) return failed;
    mistake_.what = what;
    mistake_.where = where;
    mistake_.expected = expected;
    mistake_.found = found;
    mistake_.line = mistake_.column = 1;
    for (std::size_t i = 0; i < place && i < text_.size(); ++i) {
      ++mistake_.column;
      if (text_[i] == '\n') {
        ++mistake_.line;
        mistake_.column = 1;
      }
    }
    return failed;
  }
  constexpr int unexpected(std::string_view expected) {
    skip();
    std::string_view const found =
        at_ < text_.size() && text_[at_] != '\n' ? text_.substr(at_, 1) : "the end";
    return fail(ir::mistake::syntax_error, at_, found, expected, "");
  }

  constexpr char peek() const { return at_ < size_ ? begin_[at_] : '\0'; }
  static constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /// Over blanks, and over line ends inside of parentheses.
  constexpr void skip() {
    while (at_ < size_ && begin_[at_] <= ' ' && is_blank(begin_[at_])) ++at_;
  }
  constexpr bool is_blank(char c) const {
    return c == ' ' || c == '\t' || c == '\r' || (depth_ > 0 && c == '\n');
  }
  constexpr bool accept(char c) {
    skip();
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  constexpr std::string_view identifier() {
    skip();
    std::size_t const begin = at_;
    if (is_letter(peek()))
      while (at_ < size_ && (is_letter(begin_[at_]) || is_digit(begin_[at_]))) ++at_;
    return {begin_ + begin, at_ - begin};
  }

  constexpr bool next_statement() {
    while (at_ < size_ && (begin_[at_] == ';' || begin_[at_] == '\n' || is_blank(begin_[at_])))
      ++at_;
    return at_ < size_;
  }

  constexpr void statement() {
    std::size_t const begin = at_;
    std::string_view const name = identifier();
    if (name.empty()) {
      unexpected("a name");
      return;
    }
    if (x_new_ != ir::none) {
      fail(ir::mistake::syntax_error, begin, name, "nothing after x_new", "");
      return;
    }
    if (builtin(name) != ir::none || name == "f" || name == "g" || name == "sqrt") {
      fail(ir::mistake::reserved_name, begin, name, "", "");
      return;
    }
    if (find(name) != ir::none) {
      fail(ir::mistake::duplicate_variable, begin, name, "", "");
      return;
    }
    if (!accept('=')) {
      unexpected("'='");
      return;
    }
    int const value = expression();
    skip();
    if (mistake_.ok() && peek() != '\0' && peek() != '\n' && peek() != ';')
      unexpected("an operator or the end");
    if (!mistake_.ok()) return;
    if (name != "x_new") {
      names_.push_back({name, value});
      return;
    }
    if (!code_[value].is_stage || !code_[value].fixed)
      fail(ir::mistake::syntax_error, begin, "x_new", "x plus changes", "");
    else
      x_new_ = value;
  }

  static constexpr int builtin(std::string_view name) {
    char const first = name.front(), last = name.back();
    if (name.size() == 1) return first == 'x' ? x : first == 't' ? t : ir::none;
    if (name.size() != 2 || first != 'd') return ir::none;
    return last == 't' ? dt : last == 'W' ? dw : ir::none;
  }
  constexpr int find(std::string_view name) const {
    for (known const& k : names_)
      if (k.name.size() == name.size() && k.name.back() == name.back() && k.name == name)
        return k.value;
    return ir::none;
  }

  constexpr int expression() {
    int left = term();
    for (;;) {
      skip();
      std::size_t const place = at_;
      char const c = peek();
      if ((c != '+' && c != '-') || !mistake_.ok()) return left;
      ++at_;
      left = sum(c == '+' ? kind::add : kind::subtract, place, left, term());
    }
  }

  constexpr int term() {
    int left = factor();
    for (;;) {
      skip();
      std::size_t const place = at_;
      char const c = peek();
      if ((c != '*' && c != '/') || !mistake_.ok()) return left;
      ++at_;
      int const right = factor();
      left = c == '*' ? product(place, left, right) : scaled(kind::divide, place, left, right);
    }
  }

  constexpr int factor() {
    skip();
    if (peek() != '-' && peek() != '+') return power();
    bool const minus = text_[at_++] == '-';
    int const a = factor();
    if (!minus || !mistake_.ok()) return a;
    scheme_instruction n = code_[a];
    n.what = kind::negate;
    n.a = a;
    return emit(n);
  }

  constexpr int power() {
    int const base = primary();
    skip();
    std::size_t const place = at_;
    if (peek() != '*' || at_ + 1 >= size_ || begin_[at_ + 1] != '*' || !mistake_.ok()) return base;
    at_ += 2;
    return scaled(kind::power, place, base, factor());
  }

  constexpr int primary() {
    skip();
    std::size_t const begin = at_;
    if (is_digit(peek()) || peek() == '.') return number();
    if (peek() == '(') {
      open();
      int const value = expression();
      close();
      return value;
    }
    std::string_view const name = identifier();
    if (name.empty()) return unexpected("an expression");
    skip();
    if (peek() == '(') return call(name, begin);
    int const value = builtin(name) != ir::none ? builtin(name) : find(name);
    if (value == dw) has_noise_ = true;
    return value != ir::none ? value
                             : fail(ir::mistake::unknown_variable, begin, name,
                                    "x, t, dt, dW or an earlier name", "");
  }

  constexpr void open() {
    ++at_;
    ++depth_;
  }
  constexpr void close() {
    if (!mistake_.ok()) return;
    if (!accept(')')) unexpected("')'");
    --depth_;
  }

  constexpr int call(std::string_view name, std::size_t begin) {
    bool const root = name == "sqrt";
    if (!root && name != "f" && name != "g")
      return fail(ir::mistake::unknown_function, begin, name, "f, g or sqrt", "");
    open();
    int const a = expression();
    int b = ir::none;
    if (!root) {
      if (mistake_.ok() && !accept(',')) unexpected("','");
      if (mistake_.ok()) b = expression();
    }
    close();
    if (!mistake_.ok()) return failed;
    if (root) {
      if (code_[a].is_stage || code_[a].fixed == code_[a].noisy)
        return fail(ir::mistake::syntax_error, begin, name, "a number under the root", "");
      scheme_instruction n = code_[a];
      n.what = kind::sqrt;
      n.a = a;
      return emit(n);
    }
    if (!code_[a].is_stage || !code_[a].fixed)
      return fail(ir::mistake::syntax_error, begin, name, "a state first", "a number");
    if (code_[b].is_stage || code_[b].noisy)
      return fail(ir::mistake::syntax_error, begin, name, "a time as second argument", "");
    bool const noise = name == "g", moves = a != x || b != t;
    has_noise_ = has_noise_ || noise;
    (noise ? g_moves_ : f_moves_) = (noise ? g_moves_ : f_moves_) || moves;
    return emit({noise ? kind::g : kind::f, a, b, 0, true, !noise, noise});
  }

  /// A decimal number; what is exact or has one rounding in every compiler.
  constexpr int number() {
    std::size_t const begin = at_;
    std::uint64_t digits = 0;
    int exponent = 0, count = 0;
    bool point = false;
    for (; is_digit(peek()) || (peek() == '.' && !point); ++at_) {
      if (peek() == '.') {
        point = true;
        continue;
      }
      if (digits < 1'000'000'000'000'000)
        digits = 10 * digits + static_cast<std::uint64_t>(peek() - '0');
      else
        count = 100;
      ++count;
      if (point) --exponent;
    }
    if (count == 0) return unexpected("a number");
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      bool const minus = peek() == '-';
      if (minus || peek() == '+') ++at_;
      if (!is_digit(peek())) return unexpected("an exponent");
      int e = 0;
      for (; is_digit(peek()); ++at_) e = e < 1000 ? 10 * e + (peek() - '0') : e;
      exponent += minus ? -e : e;
    }
    if (digits != 0 && (count > 99 || exponent < -22 || exponent > 22))
      return fail(ir::mistake::syntax_error, begin, text_.substr(begin, at_ - begin),
                  "a number of at most 16 digits", "");
    double scale = 1;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent) && digits != 0; ++i) scale *= 10;
    auto const value = static_cast<double>(digits);
    return emit({kind::number, ir::none, ir::none, exponent < 0 ? value / scale : value * scale,
                 false, true, false});
  }

  constexpr int inseparable(std::size_t place, std::string_view found) {
    return fail(ir::mistake::syntax_error, place, text_.substr(place, 1),
                "sums of numbers times f and g", found);
  }

  constexpr int sum(kind what, std::size_t place, int a, int b) {
    if (!mistake_.ok()) return failed;
    auto const &p = code_[a], &q = code_[b];
    if (p.is_stage != q.is_stage) return inseparable(place, "a state plus a number");
    return emit({what, a, b, 0, p.is_stage, p.fixed || q.fixed, p.noisy || q.noisy});
  }

  constexpr int product(std::size_t place, int a, int b) {
    if (!mistake_.ok()) return failed;
    auto const &p = code_[a], &q = code_[b];
    if (p.is_stage && q.is_stage) return inseparable(place, "a product of states or slopes");
    if ((p.is_stage && p.fixed && q.noisy) || (q.is_stage && q.fixed && p.noisy))
      return inseparable(place, "a state or slope times dW");
    return emit({kind::multiply, a, b, 0, p.is_stage || q.is_stage, p.fixed && q.fixed,
                 p.noisy || q.noisy});
  }

  constexpr int scaled(kind what, std::size_t place, int a, int b) {
    if (!mistake_.ok()) return failed;
    auto const &p = code_[a], &q = code_[b];
    if (q.is_stage || q.noisy)
      return inseparable(place, what == kind::divide ? "a division by x, f, g or dW"
                                                     : "x, f, g or dW as exponent");
    if (what == kind::power && (p.is_stage || (p.fixed && p.noisy)))
      return inseparable(place, "a power of states or slopes");
    return emit({what, a, b, 0, p.is_stage, p.fixed, p.noisy});
  }

  std::string_view text_;
  char const* begin_;
  std::size_t size_, at_ = 0;
  int depth_ = 0;
  ir::buffer<scheme_instruction> code_;
  ir::buffer<known> names_;
  int x_new_ = ir::none;
  bool has_noise_ = false, f_moves_ = false, g_moves_ = false;
  ir::diagnosis mistake_;
};

}  // namespace nernst::integrate::detail
