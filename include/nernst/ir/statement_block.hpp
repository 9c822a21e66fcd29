// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

/// The statements of one block while they are read one after the other: each sees what those before
/// it have assigned, as the variables hold it, and so do the subexpressions that it reads. The
/// block itself is written in terms of what was there before it (see `assignment`).
class statement_block {
 public:
  constexpr explicit statement_block(model& m) : m_(m) {}
  constexpr ~statement_block() = default;

  /// The block leaves frozen variables as they are while their neuron is refractory. Its statements
  /// are carried out all the same, and those behind see the old value.
  constexpr void respect_refractoriness() { gated_ = true; }

  /// Whether nothing has been assigned yet.
  constexpr bool is_untouched() const { return now_.empty(); }

  /// The node of a variable as the next statement sees it.
  constexpr int read(int symbol) {
    if (symbol < now_.size() && now_[symbol] != none) return seen(symbol);
    bool const defined = m_.at(symbol).kind == role::subexpression;
    return is_untouched() || !defined ? m_.nodes.symbol(symbol) : follow(symbol);
  }

  constexpr void write(int symbol, int value, int origin = none) {
    extend(now_);
    followed_.clear();
    bool const again = now_[symbol] != none;
    now_[symbol] = stored(symbol, value);
    if (!again) {
      statements_.push_back({symbol, value, origin});
      return;
    }
    for (assignment& s : statements_)
      if (s.symbol == symbol) s = {symbol, value, origin};
  }

  /// Ends the block and returns it; another one may begin.
  constexpr list<assignment> finish() {
    now_.clear();
    followed_.clear();
    gated_ = false;
    list<assignment> all;
    all.swap(statements_);
    return all;
  }

 private:
  /// Makes a list as long as the list of symbols.
  constexpr void extend(list<int>& by_symbol) const {
    while (by_symbol.size() < m_.symbols.size()) by_symbol.push_back(none);
  }

  /// What a variable holds that has been assigned.
  constexpr int seen(int symbol) {
    ir::symbol const& x = m_.at(symbol);
    if (!gated_ || !x.frozen) return now_[symbol];
    ir::symbol open = builtin(role::not_refractory);
    open.owner = x.owner;
    int const written = now_[symbol], condition = m_.nodes.symbol(m_.declare(open));
    return m_.nodes.select(condition, written, m_.nodes.symbol(symbol));
  }

  /// A subexpression after variables have been assigned: it follows those that it reads.
  constexpr int follow(int symbol) {
    int const k = subexpression_of(m_, symbol), itself = m_.nodes.symbol(symbol);
    if (k == none) return itself;
    subexpression const definition = m_.subexpressions[k];
    if (definition.constant_over_dt || definition.value == none) return itself;
    extend(followed_);
    if (followed_[symbol] != none) return followed_[symbol];
    followed_[symbol] = itself;  // so that a definition which refers to itself comes to an end
    list<int> replacement(m_.symbols.size(), none);
    bool is_changed = false;
    list<int> const order = schedule(m_.nodes, definition.value);
    for (int const i : order) {
      if (m_.nodes[i].code != op::symbol) continue;
      int const x = m_.nodes[i].which, y = read(x);
      if (y == i) continue;
      replacement[x] = y;
      is_changed = true;
    }
    if (!is_changed) return itself;
    int const value = stored(symbol, substitute(m_.nodes, definition.value, replacement));
    followed_[symbol] = value;
    return value;
  }

  /// What a variable holds that is given a value: an integer drops the fraction. `resolve_types`
  /// removes this again where it knows that there is none.
  constexpr int stored(int symbol, int value) {
    if (m_.at(symbol).type != value_type::integer) return value;
    node const& n = m_.nodes[value];
    bool const whole = n.code == op::literal && is_whole(n.value);
    return whole ? value : m_.nodes.make(op::trunc, value);
  }

  model& m_;
  list<int> now_;       ///< by symbol: what has been assigned
  list<int> followed_;  ///< by symbol: what subexpressions have become by that
  list<assignment> statements_;
  bool gated_ = false;
};

}  // namespace nernst::ir
