// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/expression.hpp>

namespace nernst::nmodl::detail {

/// Reads reactions and equations, and what KINETIC has beside them.
class reaction_parser : protected expression_parser {
 protected:
  using expression_parser::expression_parser;

  keyword block_ = keyword::none;  ///< which block is read

  constexpr int add_at(int where, node n) {
    n.at = where;
    return add(n);
  }

  /// Names side by side, with commas or, in braces, without.
  constexpr int names(bool has_commas) {
    int const first = mention();
    int last = first;
    while (s.ok() && (has_commas ? accepts(token_kind::comma) : is_name())) {
      int const next = mention();
      s.nodes[last].next = next;
      last = next;
    }
    return first;
  }
  constexpr int mention(ir::string_view expected = "a name") {
    int const where = at(), number = name(expected);
    return add({.kind = node_kind::mention, .name = number, .b = local_of(number), .at = where});
  }

  constexpr int reaction_or_equation() {
    int const where = at();
    advance();
    if (block_ == keyword::kinetic) return reaction(where);
    if (block_ != keyword::linear && block_ != keyword::nonlinear) {
      fail_at(where, {ir::mistake::syntax_error, "~", "KINETIC, LINEAR or NONLINEAR", {}});
      return ir::none;
    }
    accepts(ir::op::add);  // ~+ continues the equation before
    node n{.kind = node_kind::equation, .a = expression()};
    expect(token_kind::assign, "an operator or =");
    n.b = expression();
    return add_at(where, n);
  }
  constexpr int conserve() {
    int const where = at();
    advance();
    node n{.kind = node_kind::conserve, .at = where};
    n.a = terms();
    expect(token_kind::assign, "+ or =");
    n.b = expression();
    return add(n);
  }
  /// [index,] volume { states }
  constexpr int compartment(node_kind kind) {
    int const where = at(), outside = visible();
    advance();
    node n{.kind = kind, .at = where};
    if (is_name() && beyond().kind == token_kind::comma) {
      local_variable v{.kind = local_variable::counter, .at = at()};
      v.name = n.name = name();
      enter(v);
      advance();
    }
    n.a = expression();
    expect(token_kind::open_brace, "an operator or { and states");
    n.b = names(false);
    expect(token_kind::close_brace, "a state or }");
    leave(outside);
    return add(n);
  }

 private:
  /// A + 2 B
  constexpr int terms() {
    int first = ir::none, last = ir::none;
    do {
      node n{.kind = node_kind::term, .at = at(), .value = 1};
      if (is(token_kind::number) || (is_name() && macro(here().name) != nullptr))
        n.value = plain_number();
      n.a = variable("a state, or a number and a state");
      int const next = add(n);
      (last == ir::none ? first : s.nodes[last].next) = next;
      last = next;
    } while (s.ok() && accepts(ir::op::add));
    return first;
  }
  constexpr int reaction(int where) {
    node n{.kind = node_kind::reaction, .at = where};
    n.a = terms();
    bool const is_decay = accepts(ir::op::subtract), has_less = !is_decay && accepts(ir::op::less);
    bool const is_influx = has_less && accepts(ir::op::less);
    if (!is_decay && !has_less) {
      fail("+, <->, << or ->");
      return ir::none;
    }
    if (has_less && !is_influx && !accepts(ir::op::subtract)) fail("<-> or <<");
    if (!is_influx && !accepts(ir::op::greater)) fail("<-> or ->");
    if (is_influx) n.kind = node_kind::influx;
    if (is_decay) n.kind = node_kind::decay;
    if (n.kind == node_kind::reaction) n.b = terms();
    expect(token_kind::open, n.kind == node_kind::reaction ? "+ or (" : "( and a rate");
    n.c = expression();
    if (n.kind == node_kind::reaction) {
      expect(token_kind::comma, "a comma and the rate back");
      n.d = expression();
    }
    expect(token_kind::close, "an operator or )");
    return add(n);
  }
};

}  // namespace nernst::nmodl::detail
