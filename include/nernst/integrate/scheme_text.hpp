// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>
#include <nernst/text/place.hpp>
#include <nernst/text/python.hpp>

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
  constexpr explicit scheme_text(ir::string_view text)
      : text_(text), tokens_(text::scan(text, names_, text::python)), t_(tokens_.data()),
        values_(names_.size(), ir::none) {
    define("x", emit({.what = kind::x, .is_stage = true, .fixed = true}));
    define("t", emit({.what = kind::t, .fixed = true}));
    define("dt", emit({.what = kind::dt, .fixed = true}));
    define("dW", emit({.what = kind::dw, .noisy = true}));
    while (mistake_.ok() && next_statement()) statement();
    if (mistake_.ok() && x_new_ == ir::none)
      fail(ir::mistake::syntax_error, *t_, "the end", "x_new = ...");
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
    if (!has_noise_) return stochastic::none;
    return g_moves_ ? stochastic::multiplicative : stochastic::additive;
  }

 private:
  using kind = scheme_operation;
  using token = text::token;
  using token_kind = text::token_kind;
  static constexpr int failed = 0;
  static constexpr ir::string_view reserved[] = {"x", "t", "dt", "dW", "f", "g", "sqrt"};

  constexpr int emit(scheme_instruction const& n) {
    code_.push_back(n);
    return code_.size() - 1;
  }
  constexpr void define(ir::string_view name, int value) {
    int const number = names_.intern(name);
    while (values_.size() <= number) values_.push_back(ir::none);
    values_[number] = value;
  }
  constexpr ir::string_view spelling(token const& t) const {
    return text_.substr(static_cast<std::size_t>(t.at), static_cast<std::size_t>(t.size));
  }

  static constexpr bool is_reserved(ir::string_view name) {
    for (ir::string_view const word : reserved)
      if (word == name) return true;
    return false;
  }

  constexpr int fail(ir::mistake what, token const& t, ir::string_view where,
                     ir::string_view expected = {}, ir::string_view found = {}) {
    if (mistake_.ok()) mistake_ = text::mistake_at(text_, t.at, what, where, expected, found);
    return failed;
  }
  constexpr int unexpected(ir::string_view expected) {
    token here = *t_;
    if (here.kind == token_kind::end || !ends_here())
      return fail(ir::mistake::syntax_error, here, quoted(here), expected);
    here.at = t_[-1].at + t_[-1].size;
    return fail(ir::mistake::syntax_error, here, "the end", expected);
  }

  constexpr ir::string_view quoted(token const& t) const {
    return t.kind == token_kind::end ? "the end" : spelling(t).substr(0, 1);
  }

  /// Statements end with their line, unless a parenthesis is open.
  constexpr bool ends_here() const { return depth_ == 0 && t_->fresh_line; }
  constexpr bool is(token_kind k) const { return t_->kind == k && !ends_here(); }
  constexpr bool is_infix(ir::op code) const { return is(token_kind::infix) && t_->code == code; }
  constexpr bool accept(token_kind k) {
    bool const there = is(k);
    if (there) ++t_;
    return there;
  }

  constexpr bool next_statement() {
    while (t_->kind == token_kind::semicolon) ++t_;
    return t_->kind != token_kind::end;
  }

  constexpr void statement() {
    token const& name = *t_;
    if (name.kind != token_kind::name) {
      fail(ir::mistake::syntax_error, name, quoted(name), "a name");
      return;
    }
    ++t_;
    ir::string_view const id = spelling(name);
    if (x_new_ != ir::none) {
      fail(ir::mistake::syntax_error, name, id, "nothing after x_new");
      return;
    }
    int const known = values_[name.name];
    if (is_reserved(id)) {
      fail(ir::mistake::reserved_name, name, id);
      return;
    }
    if (known != ir::none) {
      fail(ir::mistake::duplicate_variable, name, id);
      return;
    }
    if (!accept(token_kind::assign)) {
      unexpected("'='");
      return;
    }
    int const value = expression();
    bool const ends = t_->fresh_line || t_->kind == token_kind::semicolon;
    if (mistake_.ok() && !ends) unexpected("an operator or the end");
    if (!mistake_.ok()) return;
    if (id != "x_new")
      values_[name.name] = value;
    else if (!code_[value].is_stage || !code_[value].fixed)
      fail(ir::mistake::syntax_error, name, "x_new", "x plus changes");
    else
      x_new_ = value;
  }

  constexpr int expression() {
    int left = term();
    while (mistake_.ok() && (is_infix(ir::op::add) || is_infix(ir::op::subtract))) {
      token const& place = *t_++;
      bool const plus = place.code == ir::op::add;
      left = sum(plus ? kind::add : kind::subtract, place, left, term());
    }
    return left;
  }

  constexpr int term() {
    int left = factor();
    while (mistake_.ok() && (is_infix(ir::op::multiply) || is_infix(ir::op::divide))) {
      token const& place = *t_++;
      int const right = factor();
      bool const times = place.code == ir::op::multiply;
      left = times ? product(place, left, right) : scaled(kind::divide, place, left, right);
    }
    return left;
  }

  constexpr int factor() {
    bool const minus = is_infix(ir::op::subtract);
    if (!minus && !is_infix(ir::op::add)) return power();
    ++t_;
    int const a = factor();
    if (!minus || !mistake_.ok()) return a;
    scheme_instruction n = code_[a];
    n.what = kind::negate;
    n.a = a;
    return emit(n);
  }

  constexpr int power() {
    int const base = primary();
    if (!mistake_.ok() || !is_infix(ir::op::power)) return base;
    token const& place = *t_++;
    return scaled(kind::power, place, base, factor());
  }

  constexpr int primary() {
    token const& t = *t_;
    if (accept(token_kind::number))
      return emit({.what = kind::number, .value = t.number, .fixed = true});
    if (accept(token_kind::open)) {
      ++depth_;
      int const value = expression();
      close();
      return value;
    }
    if (!accept(token_kind::name)) return unexpected("an expression");
    ir::string_view const id = spelling(t);
    if (is(token_kind::open)) return call(id, t);
    int const value = values_[t.name];
    if (value == ir::none)
      return fail(ir::mistake::unknown_variable, t, id, "x, t, dt, dW or an earlier name");
    if (code_[value].what == kind::dw) has_noise_ = true;
    return value;
  }

  constexpr void close() {
    if (!mistake_.ok()) return;
    if (!accept(token_kind::close)) unexpected("')'");
    --depth_;
  }

  constexpr int call(ir::string_view id, token const& place) {
    if (id != "sqrt" && id != "f" && id != "g")
      return fail(ir::mistake::unknown_function, place, id, "f, g or sqrt");
    ++t_;
    ++depth_;
    int const a = expression();
    if (id == "sqrt") {
      close();
      return mistake_.ok() ? root(a, place) : failed;
    }
    if (mistake_.ok() && !accept(token_kind::comma)) unexpected("','");
    int const b = mistake_.ok() ? expression() : failed;
    close();
    if (!mistake_.ok()) return failed;
    if (!code_[a].is_stage || !code_[a].fixed)
      return fail(ir::mistake::syntax_error, place, id, "a state first", "a number");
    if (code_[b].is_stage || code_[b].noisy)
      return fail(ir::mistake::syntax_error, place, id, "a time as second argument");
    bool const noise = id == "g";
    bool const moves = code_[a].what != kind::x || code_[b].what != kind::t;
    has_noise_ = has_noise_ || noise;
    bool& moved = noise ? g_moves_ : f_moves_;
    moved = moved || moves;
    return emit({.what = noise ? kind::g : kind::f,
                 .a = a,
                 .b = b,
                 .is_stage = true,
                 .fixed = !noise,
                 .noisy = noise});
  }
  constexpr int root(int a, token const& place) {
    if (code_[a].is_stage || code_[a].fixed == code_[a].noisy)
      return fail(ir::mistake::syntax_error, place, "sqrt", "a number under the root");
    scheme_instruction n = code_[a];
    n.what = kind::sqrt;
    n.a = a;
    return emit(n);
  }

  constexpr int inseparable(token const& place, ir::string_view found) {
    return fail(ir::mistake::syntax_error, place, spelling(place), "sums of numbers times f and g",
                found);
  }

  constexpr int sum(kind what, token const& place, int a, int b) {
    if (!mistake_.ok()) return failed;
    scheme_instruction const p = code_[a], q = code_[b];
    if (p.is_stage != q.is_stage) return inseparable(place, "a state plus a number");
    return emit({.what = what,
                 .a = a,
                 .b = b,
                 .is_stage = p.is_stage,
                 .fixed = p.fixed || q.fixed,
                 .noisy = p.noisy || q.noisy});
  }

  constexpr int product(token const& place, int a, int b) {
    if (!mistake_.ok()) return failed;
    scheme_instruction const p = code_[a], q = code_[b];
    if (p.is_stage && q.is_stage) return inseparable(place, "a product of states or slopes");
    bool const mixed = (p.is_stage && p.fixed && q.noisy) || (q.is_stage && q.fixed && p.noisy);
    if (mixed) return inseparable(place, "a state or slope times dW");
    return emit({.what = kind::multiply,
                 .a = a,
                 .b = b,
                 .is_stage = p.is_stage || q.is_stage,
                 .fixed = p.fixed && q.fixed,
                 .noisy = p.noisy || q.noisy});
  }

  constexpr int scaled(kind what, token const& place, int a, int b) {
    if (!mistake_.ok()) return failed;
    scheme_instruction const p = code_[a], q = code_[b];
    bool const divides = what == kind::divide;
    if (q.is_stage || q.noisy)
      return inseparable(place,
                         divides ? "a division by x, f, g or dW" : "x, f, g or dW as exponent");
    if (!divides && (p.is_stage || (p.fixed && p.noisy)))
      return inseparable(place, "a power of states or slopes");
    return emit(
        {.what = what, .a = a, .b = b, .is_stage = p.is_stage, .fixed = p.fixed, .noisy = p.noisy});
  }

  ir::string_view text_;
  ir::name_table names_;
  ir::list<token> tokens_;
  token const* t_;
  int depth_ = 0;
  ir::list<scheme_instruction> code_;
  ir::list<int> values_;  ///< by the number of a name: the operation that it stands for
  int x_new_ = ir::none;
  bool has_noise_ = false, f_moves_ = false, g_moves_ = false;
  ir::diagnosis mistake_;
};

}  // namespace nernst::integrate::detail
