// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/reader.hpp>

namespace nernst::brian::detail {

/// How tightly operators bind, as in Python.
enum level : char { no_operator, either, both, inverse, comparison, sum, product, sign, exponent };

/// What the tokens from `plus` to `not_equal` mean between two operands.
inline constexpr ir::op binary_operations[] = {
    ir::op::add,          ir::op::subtract,  ir::op::multiply,      ir::op::divide,
    ir::op::floor_divide, ir::op::floor_mod, ir::op::power,         ir::op::less,
    ir::op::less_equal,   ir::op::greater,   ir::op::greater_equal, ir::op::equal,
    ir::op::not_equal};
constexpr ir::op operation_of(token_kind k) {
  return binary_operations[static_cast<int>(k) - static_cast<int>(token_kind::plus)];
}
/// How tightly each kind of token binds the operands around it.
struct level_table {
  level of[static_cast<int>(token_kind::bad) + 1] = {};
  constexpr level_table() {
    for (int k = static_cast<int>(token_kind::plus); k <= static_cast<int>(token_kind::not_equal);
         ++k)
      of[k] = k <= static_cast<int>(token_kind::minus)    ? sum
              : k <= static_cast<int>(token_kind::modulo) ? product
              : k == static_cast<int>(token_kind::power)  ? exponent
                                                          : comparison;
  }
};
inline constexpr level_table levels{};

/// Reads one expression of a text into the graph of the model, from token `next` on. At a mistake
/// it goes to the end of the text.
class expression_reader {
 public:
  constexpr expression_reader(reader& r, source const& s, int next)
      : r_(r), source_(s), t_(s.tokens.data() + next), names_(r.names.data()),
        plain_(!r.in_block || r.statements.is_untouched()) {}

  /// The node of an expression whose operators bind at least as tightly as `least`.
  constexpr int read(level least = either) {
    token const* const t = t_;
    int left = ir::none;
    if (t->kind == token_kind::name && plain_ && t[1].kind != token_kind::open)
      left = names_[t->index].node;
    if (left != ir::none)
      ++t_;
    else
      left = operand(least);
    for (;;) {
      level const binds =
          t_->kind == token_kind::name ? word_level() : levels.of[static_cast<int>(t_->kind)];
      if (binds < least || binds == no_operator || (r_.in_block && ends_here())) return left;
      token const& o = *t_++;
      if (binds == exponent && ++depth_ > deepest) return fail(o, "fewer powers of powers");
      int const right = read(binds == exponent ? sign : static_cast<level>(binds + 1));
      depth_ -= binds == exponent;
      left = combine(o.kind == token_kind::name ? word_operation(binds) : operation_of(o.kind),
                     left, right, o);
      if (binds == comparison && levels.of[static_cast<int>(t_->kind)] == comparison)
        fail(*t_, "one comparison (a < b and b < c)");
    }
  }
  /// Where the expression ends.
  constexpr token const& rest() const { return *t_; }
  constexpr int position() const { return static_cast<int>(t_ - source_.tokens.data()); }
  constexpr int fail(token const& t, std::string_view expected) {
    r_.unexpected(source_, t.at, expected);
    return give_up();
  }

 private:
  static constexpr int deepest = 100;

  constexpr int give_up() {
    while (t_->kind != token_kind::end) ++t_;
    return r_.m.nodes.literal(0);
  }
  constexpr int fail_name(ir::mistake what, token const& t, std::string_view expected = {},
                          std::string_view found = {}) {
    r_.fail_name(what, source_, t, expected, found);
    return give_up();
  }

  /// A statement ends with its line, unless a parenthesis is open.
  constexpr bool ends_here() const { return r_.in_block && open_ == 0 && t_->fresh_line; }

  constexpr level word_level() const {
    return is_word("and") ? both : is_word("or") ? either : no_operator;
  }
  static constexpr ir::op word_operation(level binds) {
    return binds == both ? ir::op::logical_and : ir::op::logical_or;
  }
  constexpr bool is_word(std::string_view word) const {
    return t_->kind == token_kind::name &&
           source_.text.substr(static_cast<std::size_t>(t_->at),
                               static_cast<std::size_t>(t_->size)) == word;
  }

  constexpr int operand(level least) {
    if (t_->kind == token_kind::number) return r_.m.nodes.literal(t_++->number);
    if (++depth_ > deepest) return fail(*t_, "fewer levels of parentheses");
    int const result = nested(least);
    --depth_;
    return result;
  }
  /// What may have an expression inside.
  constexpr int nested(level least) {
    token const& t = *t_;
    if (t.kind == token_kind::name) return named(least);
    if (t.kind == token_kind::open) {
      ++t_;
      ++open_;
      int const inside = read();
      --open_;
      if (t_->kind != token_kind::close) return fail(*t_, "an operator or )");
      ++t_;
      return inside;
    }
    if (t.kind != token_kind::minus && t.kind != token_kind::plus)
      return fail(t, "a number, a name or (");
    ++t_;
    int const x = read(sign);
    return t.kind == token_kind::minus ? r_.m.nodes.negate(x) : x;
  }

  constexpr int named(level least) {
    token const& t = *t_++;
    known_name& n = names_[t.index];
    if (n.what == meaning::unresolved) r_.resolve(n);
    if (t_->kind == token_kind::open && n.what != meaning::word && !ends_here()) return call(t, n);
    switch (n.what) {
    case meaning::variable:
      return variable(t, n);
    case meaning::value:
      return n.node;
    case meaning::local:
      return n.index;
    case meaning::function:
    case meaning::own:
    case meaning::table:
      return fail(*t_, n.what == meaning::table ? "(t) after a timed array" : "( after a function");
    case meaning::word:
      if (n.view() != "not" || least > inverse) return fail(t, "a number, a name or (");
      return r_.m.nodes.make(ir::op::logical_not, read(inverse));
    default:
      return fail_name(ir::mistake::unknown_variable, t);
    }
  }

  constexpr int variable(token const& t, known_name const& n) {
    ir::symbol const& s = r_.m.at(n.index);
    if (s.kind == ir::role::noise && !r_.noise_allowed)
      return fail_name(ir::mistake::misplaced_noise, t);
    if (s.kind == ir::role::noise) return r_.m.nodes.symbol(n.index);
    if (plain_) return n.node;
    return r_.statements.read(n.index);
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
    if (t_->kind == token_kind::assign && n.what == meaning::function)
      return fail(*t_, "arguments without names");
    if (t_->kind != token_kind::close)
      return fail(*t_, count == 0 ? "an argument or )" : "an operator, a comma or )");
    ++t_;
    switch (n.what) {
    case meaning::function:
      if (count != builtins[n.index].arity) return wrong_count(t, builtins[n.index].arity, count);
      return apply(builtins[n.index], argument);
    case meaning::own: {
      ir::function const& f = r_.m.functions[static_cast<std::size_t>(n.index)];
      if (count != f.arity) return wrong_count(t, f.arity, count);
      ir::op const code = count == 1   ? ir::op::call_1
                          : count == 2 ? ir::op::call_2
                                       : ir::op::call_3;
      return r_.m.nodes.make(code, argument[0], argument[1], argument[2], n.index);
    }
    case meaning::table:
      if (count < 1 || count > 2)
        return fail_name(ir::mistake::wrong_arguments, t, "(t) or (t, i)");
      return r_.m.nodes.make(count == 1 ? ir::op::lookup : ir::op::lookup_2, argument[0],
                             argument[1], ir::none, n.index);
    case meaning::variable:
    case meaning::value:
    case meaning::local:
      return fail(parenthesis, "an operator");
    default:
      return fail_name(ir::mistake::unknown_function, t);
    }
  }
  constexpr int wrong_count(token const& t, int expected, int found) {
    ir::text e, f;
    e.append(expected);
    f.append(found);
    return fail_name(ir::mistake::wrong_arguments, t, e, f);
  }

  constexpr int apply(builtin const& f, int const* x) {
    ir::model& m = r_.m;
    ir::graph& g = m.nodes;
    switch (static_cast<special_function>(f.which)) {
    case special_function::whole:
      return g.make(ir::op::truncate, x[0]);
    case special_function::timestep:
      return g.make(
          ir::op::truncate,
          combine(ir::op::divide, g.add(x[0], g.multiply(g.literal(1e-3), x[1])), x[1], *t_));
    case special_function::uniform:
      return m.draw(ir::op::uniform);
    case special_function::normal:
      return m.draw(ir::op::normal);
    case special_function::poisson:
      return g.make(ir::op::poisson, x[0], ir::none, ir::none, m.draws++);
    case special_function::binomial:
      return g.make(ir::op::binomial, x[0], x[1], ir::none, m.draws++);
    case special_function::none:
      break;
    }
    if (f.arity == 2) return combine(f.code, x[0], x[1], *t_);
    return g.make(f.code, x[0], x[1], x[2]);
  }

  /// Literals are folded at once; their units must stay in range.
  constexpr int combine(ir::op code, int a, int b, token const& at) {
    ir::node const* const n = r_.m.nodes.data();
    if (n[a].code == ir::op::literal && n[b].code == ir::op::literal && !fits(code, n[a], n[b])) {
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
    return code != ir::op::power || b.value < -64 || b.value > 64 ||
           ir::can_raise(a.unit, static_cast<int>(b.value));
  }

  reader& r_;
  source const& source_;
  token const* t_;
  known_name* names_;
  bool plain_;  ///< no variable has been assigned
  int depth_ = 0, open_ = 0;
};

/// Whether an expression of a model is a truth value, as far as its last operation tells.
constexpr bool is_truth(ir::model const& m, int i) {
  ir::node const& n = m.nodes[i];
  if (n.code == ir::op::symbol) return m.at(n.a).type == ir::value_type::boolean;
  if (n.code == ir::op::select) return is_truth(m, n.b) && is_truth(m, n.c);
  return ir::is_condition(n.code);
}

/// The node of a text that is one expression.
constexpr int read_expression(reader& r, source const& s) {
  expression_reader e(r, s, 0);
  int const root = e.read();
  if (e.rest().kind != token_kind::end) e.fail(e.rest(), "an operator or the end");
  return root;
}

}  // namespace nernst::brian::detail
