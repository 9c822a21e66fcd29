// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/reader.hpp>

namespace nernst::brian::detail {

using ir::binding;

/// Reads one expression of a text into the graph of the model, from token `next` on. At a mistake
/// it goes to the end of the text.
class expression_reader {
 public:
  constexpr expression_reader(reader& r, source const& s, int next)
      : r_(r), source_(s), t_(s.tokens.data() + next),
        plain_(!r.in_block || r.build.statements().is_untouched()) {}

  /// The node of an expression whose operators bind at least as tightly as `least`.
  constexpr int read(binding least = binding::disjunction) {
    token const* const first = t_;
    int left = plain_name();
    if (left == ir::none) left = operand(least);
    for (;;) {
      ir::op const code = operator_here();
      if (code == ir::op::literal) return left;
      binding const binds = ir::properties(code).binds;
      if (binds < least) return left;
      token const& o = *t_;
      int const right = right_of(code, binds), before = r_.m.nodes.size();
      left = combine(code, left, right, *t_);
      note(before, first, o);
      bool const again = ir::properties(operator_here()).binds == binding::comparison;
      if (binds == binding::comparison && again) fail(*t_, "one comparison (a < b and b < c)");
    }
  }
  /// Where the expression ends.
  constexpr token const& rest() const { return *t_; }
  constexpr int position() const { return static_cast<int>(t_ - source_.tokens.data()); }
  constexpr int fail(token const& t, ir::string_view expected) {
    r_.unexpected(source_, t.at, expected);
    return give_up();
  }

 private:
  static constexpr int deepest = 100;

  /// Notes where the operations were written that have been entered after the first `before` nodes.
  constexpr void note(int before, token const* first, token const& shown) {
    for (int i = before; i < r_.m.nodes.size(); ++i) r_.note(source_, first, shown, t_[-1], i);
  }

  constexpr int give_up() {
    while (t_->kind != token_kind::end) ++t_;
    return r_.m.nodes.literal(0);
  }
  constexpr int fail_name(ir::mistake what, token const& t, ir::string_view expected = {},
                          ir::string_view found = {}) {
    r_.fail_name(what, source_, t, expected, found);
    return give_up();
  }

  /// The most common operand: a name that stands for one node. Others give `none`.
  constexpr int plain_name() {
    if (!plain_ || t_->kind != token_kind::name || t_[1].kind == token_kind::open) return ir::none;
    int const node = r_.at(t_->name).node;
    if (node != ir::none) ++t_;
    return node;
  }

  /// A statement ends with its line, unless a parenthesis is open.
  constexpr bool ends_here() const { return r_.in_block && open_ == 0 && t_->fresh_line; }

  /// The operator between two operands that stands here, or `literal`.
  constexpr ir::op operator_here() const {
    if (ends_here()) return ir::op::literal;
    if (t_->kind == token_kind::infix) return t_->code;
    if (t_->kind != token_kind::name) return ir::op::literal;
    ir::string_view const word = source_.of(*t_);
    if (word == "and") return ir::op::logical_and;
    return word == "or" ? ir::op::logical_or : ir::op::literal;
  }
  constexpr int right_of(ir::op code, binding binds) {
    token const& o = *t_++;
    if (code != ir::op::power) return read(static_cast<binding>(static_cast<int>(binds) + 1));
    if (++depth_ > deepest) return fail(o, "fewer powers of powers");
    int const exponent = read(binding::sign);
    --depth_;
    return exponent;
  }

  constexpr int operand(binding least) {
    if (t_->kind == token_kind::number) return r_.m.nodes.literal(t_++->number);
    if (++depth_ > deepest) return fail(*t_, "fewer levels of parentheses");
    int const result = nested(least);
    --depth_;
    return result;
  }
  /// What may have an expression inside.
  constexpr int nested(binding least) {
    token const& t = *t_;
    if (t.kind == token_kind::name) return named(least);
    if (t.kind == token_kind::open) return in_parentheses();
    bool const minus = t.kind == token_kind::infix && t.code == ir::op::subtract;
    bool const plus = t.kind == token_kind::infix && t.code == ir::op::add;
    if (!minus && !plus) return fail(t, "a number, a name or (");
    ++t_;
    int const x = read(binding::sign), before = r_.m.nodes.size();
    if (plus) return x;
    int const negative = r_.m.nodes.negate(x);
    note(before, &t, t);
    return negative;
  }
  constexpr int in_parentheses() {
    ++t_;
    ++open_;
    int const inside = read();
    --open_;
    if (t_->kind != token_kind::close) return fail(*t_, "an operator or )");
    ++t_;
    return inside;
  }

  constexpr int named(binding least) {
    token const& t = *t_++;
    if (r_.at(t.name).what == meaning::unresolved) r_.resolve(t.name);
    known_name const& n = r_.at(t.name);
    if (t_->kind == token_kind::open && n.what != meaning::word && !ends_here()) return call(t, n);
    switch (n.what) {
    case meaning::variable:
      return variable(t, n);
    case meaning::value:
      return n.node;
    case meaning::local:
      return n.index;
    case meaning::table:
      return fail(*t_, "(t) after a timed array");
    case meaning::function:
    case meaning::timestep:
    case meaning::own:
      return fail(*t_, "( after a function");
    case meaning::word:
      if (source_.of(t) != "not" || least > binding::inversion)
        return fail(t, "a number, a name or (");
      return inverted(t);
    default:
      return fail_name(r_.misses_refractory(source_.of(t)) ? ir::mistake::missing_refractory
                                                           : ir::mistake::unknown_variable,
                       t);
    }
  }

  constexpr int inverted(token const& t) {
    int const x = read(binding::inversion), before = r_.m.nodes.size();
    int const inverse = r_.m.nodes.make(ir::op::logical_not, x);
    note(before, &t, t);
    return inverse;
  }

  constexpr int variable(token const& t, known_name const& n) {
    if (r_.m.at(n.index).kind == ir::role::noise) {
      if (!r_.noise_allowed) return fail_name(ir::mistake::misplaced_noise, t);
      return r_.m.nodes.symbol(n.index);
    }
    return plain_ ? n.node : r_.build.statements().read(n.index);
  }

  constexpr int call(token const& t, known_name const& n) {
    token const& parenthesis = *t_++;
    ++open_;
    int argument[4] = {ir::none, ir::none, ir::none, ir::none}, count = 0;
    if (t_->kind != token_kind::close)
      for (;; ++t_) {
        int const a = read();
        if (count < 4) argument[count] = a;
        ++count;
        if (t_->kind != token_kind::comma) break;
      }
    --open_;
    bool const builtin = n.what == meaning::function || n.what == meaning::timestep;
    if (t_->kind == token_kind::assign && builtin) return fail(*t_, "arguments without names");
    if (t_->kind != token_kind::close)
      return fail(*t_, count == 0 ? "an argument or )" : "an operator, a comma or )");
    ++t_;
    int const before = r_.m.nodes.size(), result = called(t, parenthesis, n, argument, count);
    note(before, &t, t);
    return result;
  }
  constexpr int called(token const& t, token const& parenthesis, known_name const& n,
                       int const* argument, int count) {
    switch (n.what) {
    case meaning::function:
      if (count != ir::operands(n.code)) return wrong_count(t, ir::operands(n.code), count);
      return apply(n.code, argument);
    case meaning::timestep:
      return count == 2 ? timestep(argument[0], argument[1]) : wrong_count(t, 2, count);
    case meaning::own: {
      int const arity = r_.m.functions[n.index].arity;
      if (count != arity) return wrong_count(t, arity, count);
      return r_.m.nodes.make(ir::call_of(arity), argument[0], argument[1], argument[2], n.index);
    }
    case meaning::table: {
      if (count < 1 || count > 2)
        return fail_name(ir::mistake::wrong_arguments, t, "(t) or (t, i)");
      ir::op const code = count == 1 ? ir::op::lookup : ir::op::lookup_2;
      return r_.m.nodes.make(code, argument[0], argument[1], ir::none, n.index);
    }
    case meaning::variable:
    case meaning::value:
    case meaning::local:
      return fail(parenthesis, "an operator");
    default:
      return fail_name(ir::mistake::unknown_function, t);
    }
  }
  constexpr int wrong_count(token const& t, int expected, int found) {
    ir::phrase e, f;
    e.append(expected);
    f.append(found);
    return fail_name(ir::mistake::wrong_arguments, t, e, f);
  }

  constexpr int apply(ir::op code, int const* x) {
    ir::graph& g = r_.m.nodes;
    int const arity = ir::operands(code);
    if (ir::is_random(code) && arity == 0) return r_.m.draw(code);
    if (ir::is_random(code)) return g.make(code, x[0], x[1], ir::none, r_.m.draws++);
    return arity == 2 ? combine(code, x[0], x[1], *t_) : g.make(code, x[0], x[1], x[2]);
  }
  /// How many steps of a length a time is: rounded down, but for a thousandth of a step.
  constexpr int timestep(int time, int length) {
    ir::graph& g = r_.m.nodes;
    int const guarded = g.add(time, g.multiply(g.literal(1e-3), length));
    return g.make(ir::op::trunc, combine(ir::op::divide, guarded, length, *t_));
  }

  /// Literals are folded at once; their units must stay in range.
  constexpr int combine(ir::op code, int a, int b, token const& at) {
    ir::node const* const n = r_.m.nodes.data();
    bool const folded = n[a].code == ir::op::literal && n[b].code == ir::op::literal;
    if (folded && !fits(code, n[a], n[b])) {
      r_.fail(ir::mistake::dimension_mismatch, source_, at.at, source_.label, "a unit in range",
              to_text(n[b].unit));
      return give_up();
    }
    return r_.m.nodes.make(code, a, b);
  }
  static constexpr bool fits(ir::op code, ir::node const& a, ir::node const& b) {
    if (a.unit.is_one() && b.unit.is_one()) return true;
    if (code == ir::op::multiply) return ir::can_multiply(a.unit, b.unit);
    if (code == ir::op::divide)
      return ir::can_raise(b.unit, -1) && ir::can_multiply(a.unit, power(b.unit, -1));
    bool const folded = code == ir::op::power && b.value >= -64 && b.value <= 64;
    return !folded || ir::can_raise(a.unit, static_cast<int>(b.value));
  }

  reader& r_;
  source const& source_;
  token const* t_;
  bool plain_;  ///< no variable has been assigned
  int depth_ = 0, open_ = 0;
};

/// Whether an expression of a model is a truth value, as far as its last operation tells.
constexpr bool is_truth(ir::model const& m, int i) {
  ir::node const& n = m.nodes[i];
  if (n.code == ir::op::symbol) return m.at(n.which).type == ir::value_type::boolean;
  if (n.code == ir::op::select) return is_truth(m, n.b) && is_truth(m, n.c);
  return ir::is_condition(n.code);
}

/// The same of one whose value is known: what it was is found in its text.
constexpr bool is_truth(source const& s) {
  int depth = 0, outermost = 1000, operands = 0;
  bool joins = false, is_name = false;
  for (token const& t : s.tokens) {
    if (t.kind == token_kind::end) break;
    depth += t.kind == token_kind::open;
    depth -= t.kind == token_kind::close;
    if (t.kind == token_kind::open || t.kind == token_kind::close || depth > outermost) continue;
    if (depth < outermost) {
      outermost = depth;
      operands = 0;
      joins = false;
    }
    ++operands;
    ir::string_view const word = s.of(t);
    joins = joins || word == "and" || word == "or" || word == "not" ||
            (t.kind == token_kind::infix && ir::is_condition(t.code));
    is_name = word == "True" || word == "False";
  }
  return joins || (operands == 1 && is_name);
}

/// An expression of a model, and where it was written.
struct located_expression {
  int root = ir::none, origin = ir::none;
  bool is_truth = false;
};

/// A text that is one expression.
constexpr located_expression read_expression(reader& r, source const& s) {
  expression_reader e(r, s, 0);
  int const root = e.read();
  if (e.rest().kind != token_kind::end) e.fail(e.rest(), "an operator or the end");
  token const* const first = s.tokens.data();
  bool const truth = r.m.nodes.is_literal(root) ? is_truth(s) : is_truth(r.m, root);
  return {root, r.note(s, first, *first, e.rest()), truth};
}

}  // namespace nernst::brian::detail
