// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/reactions.hpp>

namespace nernst::nmodl::detail {

/// Reads the statements of a block.
class statement_parser : protected reaction_parser {
 protected:
  using reaction_parser::reaction_parser;

  /// { statements }
  constexpr int body() {
    int const where = at(), outside = visible();
    expect(token_kind::open_brace, "{");
    if (too_deep()) return add({});
    ++depth_;
    int first = ir::none, last = ir::none;
    while (s.ok() && !is(token_kind::close_brace)) {
      if (at_end()) {
        fail("a statement or }");
        break;
      }
      int const next = statement();
      if (next == ir::none) continue;
      (last == ir::none ? first : s.nodes[last].next) = next;
      last = next;
    }
    --depth_;
    advance();
    leave(outside);
    return add({.kind = node_kind::block, .a = first, .at = where});
  }

  constexpr void switch_units() {
    s.unit_switches.push_back({s.nodes.size(), word() == keyword::unitson});
  }

  /// (a, b (mV), ...): enters local variables.
  constexpr void arguments_of(block& b) {
    expect(token_kind::open, "(");
    b.first_argument = s.locals.size();
    while (s.ok() && !is(token_kind::close)) {
      local_variable v{.kind = local_variable::argument, .at = at()};
      v.name = name("an argument or )");
      v.unit = unit();
      enter(v);
      if (!accepts(token_kind::comma)) break;
    }
    b.arguments = s.locals.size() - b.first_argument;
    expect(token_kind::close, "a comma or )");
  }

 private:
  /// One statement; `none` for LOCAL.
  constexpr int statement() {
    int const where = at();
    switch (word()) {
    case keyword::none:
      return other_statement();
    case keyword::local:
      locals();
      return ir::none;
    case keyword::if_:
      return choice();
    case keyword::while_:
      advance();
      return loop_while(where);
    case keyword::from:
      return count();
    case keyword::solve:
      return solve();
    case keyword::table:
      return table();
    case keyword::verbatim:
      return verbatim();
    case keyword::conserve:
      return conserve();
    case keyword::compartment:
      return compartment(node_kind::compartment);
    case keyword::longitudinal_diffusion:
      return compartment(node_kind::diffusion);
    default:
      return rare_statement();
    }
  }
  constexpr int rare_statement() {
    int const where = at();
    switch (word()) {
    case keyword::initial: {
      advance();
      return add_at(where, {.kind = node_kind::initial, .a = body()});
    }
    case keyword::conductance:
      return conductance();
    case keyword::watch:
      return watch();
    case keyword::for_netcons:
      return for_netcons();
    case keyword::protect:
      advance();
      return add_at(where, {.kind = node_kind::protect, .a = assignment_or_call()});
    case keyword::lag:
      return lag();
    case keyword::mutexlock:
    case keyword::mutexunlock:
      advance();
      return add_at(where, {.kind = node_kind::mutex});
    case keyword::unitson:
    case keyword::unitsoff:
      switch_units();
      advance();
      return add_at(where, {.kind = node_kind::units});
    default:
      fail("a statement or }");
      return ir::none;
    }
  }
  constexpr int other_statement() {
    if (is(token_kind::tilde)) return reaction_or_equation();
    if (is(token_kind::open_brace)) return body();
    if (is_name()) return assignment_or_call();
    fail("a statement or }");
    return ir::none;
  }

  constexpr int assignment_or_call() {
    int const where = at(), number = name("a variable");
    if (is(token_kind::open)) {
      int const c = call(number, where);
      return add_at(where, {.kind = node_kind::invoke, .a = c});
    }
    int const target = variable(number, where);
    if (!accepts(token_kind::assign)) {
      fail(s.nodes[target].kind == node_kind::name ? "=, ( or [" : "=");
      return ir::none;
    }
    int const value = expression();
    return add_at(where, {.kind = node_kind::assign, .a = target, .b = value});
  }

  constexpr void locals() {
    do {
      advance();
      local_variable v{.at = at()};
      v.name = name();
      v.size = array_size();
      enter(v);
    } while (s.ok() && is(token_kind::comma));
  }

  constexpr int condition() {
    expect(token_kind::open, "( and a condition");
    int const c = expression();
    expect(token_kind::close, "an operator or )");
    return c;
  }
  /// The branches of a choice follow each other here, not as a recursion.
  constexpr int choice() {
    int first = ir::none, last = ir::none;
    for (;;) {
      int const where = at();
      advance();
      int const when = condition(), then = body();
      int const c = add_at(where, {.kind = node_kind::choice, .a = when, .b = then});
      (last == ir::none ? first : s.nodes[last].c) = c;
      last = c;
      if (!s.ok() || !accepts(keyword::else_)) return first;
      if (word() == keyword::if_) continue;
      int const otherwise = body();
      s.nodes[last].c = otherwise;
      return first;
    }
  }
  constexpr int loop_while(int where) {
    int const c = condition();
    return add_at(where, {.kind = node_kind::repeat, .a = c, .b = body()});
  }
  constexpr int count() {
    int const where = at(), outside = visible();
    advance();
    local_variable v{.kind = local_variable::counter, .at = at()};
    v.name = name();
    node n{.kind = node_kind::count, .name = v.name};
    n.value = enter(v);
    expect(token_kind::assign, "=");
    n.a = expression();
    expect(keyword::to);
    n.b = expression();
    if (accepts(keyword::by)) n.c = expression();
    n.d = body();
    leave(outside);
    return add_at(where, n);
  }

  constexpr int solve() {
    int const where = at();
    advance();
    node n{.kind = node_kind::solve, .at = where};
    n.name = name("the name of a block");
    if (word() == keyword::method || word() == keyword::steadystate) {
      n.value = word() == keyword::steadystate ? 1 : 0;
      advance();
      n.a = mention("the name of a method");
    }
    return add(n);
  }
  constexpr int table() {
    int const where = at();
    advance();
    node n{.kind = node_kind::table, .at = where};
    if (is_name()) n.a = names(true);
    if (accepts(keyword::depend)) n.b = names(true);
    expect(keyword::from);
    n.c = expression();
    expect(keyword::to);
    n.d = expression();
    expect(keyword::with);
    n.value = plain_number("a whole number");
    return add(n);
  }
  constexpr int verbatim() {
    constexpr int word_size = 8;
    range r{at() + word_size, end()};
    s.verbatims.push_back(r);
    int const n = add_at(at(), {.kind = node_kind::verbatim, .a = s.verbatims.size() - 1});
    advance();
    return n;
  }
  constexpr int conductance() {
    int const where = at();
    advance();
    node n{.kind = node_kind::conductance, .name = name()};
    n.b = local_of(n.name);
    if (accepts(keyword::useion)) n.a = mention();
    return add_at(where, n);
  }
  constexpr int lag() {
    int const where = at();
    advance();
    node n{.kind = node_kind::lag, .name = name()};
    expect(keyword::by);
    n.a = mention();
    return add_at(where, n);
  }

  /// (a > b) flag, ...
  constexpr int watch() {
    int first = ir::none, last = ir::none;
    do {
      int const where = at();
      advance();
      node n{.kind = node_kind::watch, .at = where};
      n.a = condition();
      n.b = expression();
      int const w = add(n);
      (last == ir::none ? first : s.nodes[last].next) = w;
      last = w;
    } while (s.ok() && is(token_kind::comma));
    if (first == last) return first;
    return add_at(s.nodes[first].at, {.kind = node_kind::block, .a = first});
  }
  constexpr int for_netcons() {
    int const where = at(), outside = visible();
    advance();
    block arguments;
    arguments_of(arguments);
    node n{.kind = node_kind::for_netcons, .a = arguments.first_argument, .b = body()};
    n.value = arguments.arguments;
    leave(outside);
    return add_at(where, n);
  }
};

}  // namespace nernst::nmodl::detail
