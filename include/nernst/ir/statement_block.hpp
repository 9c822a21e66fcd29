// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

/// The statements of one block while they are read one after the other: each sees what those before
/// it have assigned, and so do the subexpressions that it reads. The block itself is written in
/// terms of what was there before it (see `assignment`).
class statement_block {
 public:
  constexpr explicit statement_block(model& m) : m_(m) {}
  constexpr ~statement_block() = default;

  /// Whether nothing has been assigned yet.
  constexpr bool is_untouched() const { return now_.empty(); }

  /// The node of a variable as the next statement sees it.
  constexpr int read(int symbol) {
    if (symbol < now_.size() && now_[symbol] != none) return now_[symbol];
    return is_untouched() || m_.at(symbol).kind != role::subexpression ? m_.nodes.symbol(symbol)
                                                                       : follow(symbol);
  }

  constexpr void write(int symbol, int value) {
    for (int k = now_.size(), count = static_cast<int>(m_.symbols.size()); k < count; ++k)
      now_.push_back(none);
    followed_.clear();
    bool const again = now_[symbol] != none;
    now_[symbol] = value;
    if (!again) {
      statements_.push_back({symbol, value});
      return;
    }
    for (assignment& s : statements_)
      if (s.symbol == symbol) s.value = value;
  }

  /// Ends the block and returns it; another one may begin.
  constexpr std::vector<assignment> finish() {
    now_.clear();
    followed_.clear();
    std::vector<assignment> all;
    all.swap(statements_);
    return all;
  }

 private:
  /// A subexpression after variables have been assigned: it follows those that it reads.
  constexpr int follow(int symbol) {
    int const k = subexpression_of(m_, symbol), itself = m_.nodes.symbol(symbol);
    if (k == none) return itself;
    subexpression const definition = m_.subexpressions[static_cast<std::size_t>(k)];
    if (definition.constant_over_dt || definition.value == none) return itself;
    for (int s = followed_.size(), count = static_cast<int>(m_.symbols.size()); s < count; ++s)
      followed_.push_back(none);
    if (followed_[symbol] != none) return followed_[symbol];
    followed_[symbol] = itself;  // so that a definition which refers to itself comes to an end
    std::vector<int> replacement(m_.symbols.size(), none);
    bool changes = false;
    for (int const i : schedule(m_.nodes, std::span<int const>(&definition.value, 1))) {
      if (m_.nodes[i].code != op::symbol) continue;
      int const x = m_.nodes[i].a, y = read(x);
      if (y == i) continue;
      replacement[static_cast<std::size_t>(x)] = y;
      changes = true;
    }
    if (!changes) return itself;
    int const value = substitute(m_.nodes, definition.value, replacement);
    return followed_[symbol] = m_.at(symbol).type == value_type::integer
                                   ? m_.nodes.make(op::truncate, value)
                                   : value;
  }

  model& m_;
  buffer<int> now_;       ///< by symbol: what has been assigned
  buffer<int> followed_;  ///< by symbol: what subexpressions have become by that
  std::vector<assignment> statements_;
};

}  // namespace nernst::ir
