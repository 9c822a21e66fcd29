// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/operation.hpp>
#include <nernst/nmodl/cursor.hpp>

namespace nernst::nmodl::detail {

/// Reads expressions. Names of local variables are resolved at once, as a block may use one before
/// another hides it.
class expression_parser : protected cursor {
 protected:
  using cursor::cursor;

  /// How deep statements and expressions may stand within each other.
  static constexpr int deepest = 80;

  constexpr int expression() { return read(ir::binding::disjunction); }

  /// A name, or an element of an array.
  constexpr int variable(ir::string_view expected = "a name") {
    int const where = at(), number = name(expected);
    return variable(number, where);
  }
  /// The same, behind the name.
  constexpr int variable(int number, int where) {
    node n{.kind = node_kind::name, .name = number, .b = local_of(number), .at = where};
    token_kind const next = here().kind;
    if (next == token_kind::prime || next == token_kind::open_bracket) suffix(n);
    return add(n);
  }
  /// The call of a function or procedure, behind its name.
  constexpr int call(int number, int where) {
    expect(token_kind::open, "(");
    node n{.kind = node_kind::call, .name = number, .at = where};
    if (!is(token_kind::close)) n.a = arguments();
    expect(token_kind::close, "an operator, a comma or )");
    return add(n);
  }

  constexpr int local_of(int number) const {
    return number >= 0 && number < local_of_.size() ? local_of_[number] : ir::none;
  }
  /// Declares a local variable until `leave`.
  constexpr int enter(local_variable v) {
    while (local_of_.size() < s.names.size()) local_of_.push_back(ir::none);
    if (v.name == ir::none) return ir::none;
    v.hidden = local_of_[v.name];
    s.locals.push_back(v);
    visible_.push_back(s.locals.size() - 1);
    return local_of_[v.name] = s.locals.size() - 1;
  }
  constexpr int visible() const { return visible_.size(); }
  /// Only the first `count` local variables that were visible stay so.
  constexpr void leave(int count) {
    for (; visible_.size() > count; visible_.pop_back()) {
      local_variable const& v = s.locals[visible_.back()];
      local_of_[v.name] = v.hidden;
    }
  }

  /// Whether one more level is too deep.
  constexpr bool too_deep() {
    if (depth_ < deepest) return false;
    fail("fewer blocks and parentheses within each other");
    return true;
  }
  int depth_ = 0;

 private:
  static constexpr ir::binding tighter(ir::binding b) {
    return static_cast<ir::binding>(static_cast<int>(b) + 1);
  }

  /// Primes, and an index.
  constexpr void suffix(node& n) {
    while (accepts(token_kind::prime)) {
      n.kind = node_kind::prime;
      n.value += 1;
    }
    if (!accepts(token_kind::open_bracket)) return;
    if (n.kind == node_kind::name) n.kind = node_kind::element;
    n.a = nested();
    expect(token_kind::close_bracket, "an operator or ]");
  }

  constexpr int nested() {
    if (too_deep()) return add({});
    ++depth_;
    int const e = expression();
    --depth_;
    return e;
  }

  /// An expression whose operators bind at least as tightly as `least`.
  constexpr int read(ir::binding least) {
    int left = operand();
    for (;;) {
      token const& o = here();
      if (o.kind != token_kind::infix || o.code == ir::op::logical_not) return left;
      ir::op const code = o.code;
      ir::binding const binds = ir::properties(code).binds;
      if (binds < least) return left;
      int const where = at();
      advance();
      int const right = code == ir::op::power ? power() : read(tighter(binds));
      left = add({.kind = node_kind::infix, .code = code, .a = left, .b = right, .at = where});
    }
  }
  /// Powers of powers are read from the right.
  constexpr int power() {
    if (too_deep()) return add({});
    ++depth_;
    int const e = read(ir::binding::exponent);
    --depth_;
    return e;
  }

  constexpr int operand() {
    int const where = at();
    token const& t = here();
    if (t.kind == token_kind::number) return number_node(where, t.number, ir::none);
    if (is_name(t)) {
      if (double const* const value = macro(t.name)) return number_node(where, *value, t.name);
      advance();
      return is(token_kind::open) ? nested_call(t.name, where) : variable(t.name, where);
    }
    if (accepts(token_kind::open)) {
      int const e = nested();
      expect(token_kind::close, "an operator or )");
      return e;
    }
    if (is(ir::op::subtract)) return prefix(ir::op::negate);
    if (is(ir::op::logical_not)) return prefix(ir::op::logical_not);
    fail("a number, a name or (");
    return add({});
  }
  constexpr int nested_call(int number, int where) {
    if (too_deep()) return add({});
    ++depth_;
    int const c = call(number, where);
    --depth_;
    return c;
  }
  constexpr int number_node(int where, double value, int name) {
    advance();
    int const u = unit();
    return add({.kind = node_kind::number, .name = name, .b = u, .at = where, .value = value});
  }
  constexpr int prefix(ir::op code) {
    if (too_deep()) return add({});
    int const where = at();
    advance();
    ++depth_;
    int const x = read(ir::binding::sign);
    --depth_;
    return add({.kind = node_kind::prefix, .code = code, .a = x, .at = where});
  }

  constexpr int arguments() {
    int const first = argument();
    int last = first;
    while (accepts(token_kind::comma)) {
      int const next = argument();
      s.nodes[last].next = next;
      last = next;
    }
    return first;
  }
  constexpr int argument() {
    if (!is(token_kind::quoted)) return nested();
    int const where = at();
    advance();
    return add({.kind = node_kind::quoted, .at = where});
  }

  ir::list<int> local_of_;  ///< by name
  ir::list<int> visible_;
};

}  // namespace nernst::nmodl::detail
