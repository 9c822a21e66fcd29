// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/list.hpp>
#include <nernst/ir/node.hpp>

namespace nernst::ir {

/// An expression graph in an array. Equal expressions get equal indices (hash-consing, O(1) per
/// node) and operations on literals are folded where the arithmetic is exact to evaluate in every
/// compiler; operands always precede their users.
/// A node's index is its identity; nodes are never removed.
class graph {
 public:
  constexpr graph() = default;

  constexpr int size() const { return nodes_.size(); }
  constexpr node const& operator[](int i) const { return nodes_[i]; }
  /// All nodes, in the order in which they were made.
  constexpr node const* data() const { return nodes_.data(); }

  /// Makes room for that many nodes at once, where they can be foreseen.
  constexpr void reserve(int count) {
    for (limit_ = 32; limit_ <= count;) limit_ *= 2;
    nodes_.reserve(limit_);
    table_ = list<int>(2 * limit_);
    for (int i = 0; i < nodes_.size(); ++i) *find(nodes_[i]) = i + 1;
  }

  constexpr int literal(double value, dimension unit = {}) {
    return enter({.code = op::literal, .value = value, .unit = unit});
  }
  constexpr int symbol(int index) { return enter({.code = op::symbol, .which = index}); }
  /// A random number that takes no operands; `number` tells the draws of one element and step
  /// apart.
  constexpr int random(op code, int number) { return enter({.code = code, .which = number}); }
  /// An operation on earlier nodes, folded to a literal when its operands are literals.
  constexpr int make(op code, int a, int b = none, int c = none, int which = 0) {
    node const* const all = nodes_.data();
    if (all[a].code == op::literal &&
        (b == none || code == op::select || all[b].code == op::literal)) {
      int const folded = fold(code, a, b, c);
      if (folded != none) return folded;
    }
    return enter({.code = code, .a = a, .b = b, .c = c, .which = which});
  }
  /// The operation `n`, whose operands are nodes of this graph.
  constexpr int make(node const& n) { return make(n.code, n.a, n.b, n.c, n.which); }
  /// An operation whose operands may change places: they stand in rising order.
  constexpr int make_commuting(op code, int a, int b) {
    return a < b ? make(code, a, b) : make(code, b, a);
  }
  /// Any node as it is.
  constexpr int enter(node const& n) {
    if (nodes_.size() >= limit_) reserve(2 * nodes_.size());
    int* const slot = find(n);
    if (*slot == 0) {
      nodes_.push_back(n);
      *slot = nodes_.size();
    }
    return *slot - 1;
  }

  constexpr bool is_literal(int i) const { return nodes_[i].code == op::literal; }
  constexpr bool is_literal(int i, double value) const {
    return nodes_[i].code == op::literal && nodes_[i].value == value;
  }

  constexpr int negate(int a) { return make(op::negate, a); }
  constexpr int add(int a, int b) { return make(op::add, a, b); }
  constexpr int subtract(int a, int b) { return make(op::subtract, a, b); }
  constexpr int multiply(int a, int b) { return make(op::multiply, a, b); }
  constexpr int divide(int a, int b) { return make(op::divide, a, b); }
  constexpr int select(int condition, int yes, int no) {
    return yes == no ? yes : make(op::select, condition, yes, no);
  }

 private:
  static constexpr std::uint64_t mix = 0xD6E8FEB86659FD93U;
  static constexpr std::uint64_t key_of(node const& n) {
    if (n.code == op::literal) return std::bit_cast<std::uint64_t>(n.value) * mix + n.unit.code;
    auto const a = static_cast<std::uint64_t>(n.a), b = static_cast<std::uint64_t>(n.b);
    auto const rest = static_cast<std::uint64_t>(n.c + 64 * n.which);
    return ((a << 8 | static_cast<std::uint64_t>(n.code)) * mix + b) * mix + rest;
  }

  /// The slot of the table that holds the index of a node + 1, or the free one (0) where it
  /// belongs.
  constexpr int* find(node const& n) {
    std::uint64_t const key = key_of(n);
    int* const table = table_.data();
    node const* const all = nodes_.data();
    int const last = table_.size() - 1;
    int slot = static_cast<int>((key ^ key >> 29) * mix >> 33) & last;
    while (table[slot] != 0 && !(all[table[slot] - 1] == n)) slot = (slot + 1) & last;
    return table + slot;
  }

  constexpr int fold(op code, int a, int b, int c) {
    node const x = nodes_[a];
    if (code == op::select) return choose(x.value, b, c);
    if (code == op::negate) return literal(-x.value, x.unit);
    bool const alone = b == none;
    node const y = alone ? node{} : nodes_[b];
    bool const joins_units = code == op::multiply || code == op::divide || code == op::power;
    // A mistake in units must stay visible to the check.
    if (!alone && x.unit != y.unit && !joins_units) return none;
    constexpr double huge = 1e150;
    // Beyond these bounds a product may overflow, which is no constant expression.
    if (!(x.value < huge && x.value > -huge && y.value < huge && y.value > -huge)) return none;
    switch (code) {
    case op::abs:
      return literal(x.value < 0 ? -x.value : x.value, x.unit);
    case op::logical_not:
      return literal(x.value == 0);
    case op::add:
      return literal(x.value + y.value, x.unit);
    case op::subtract:
      return literal(x.value - y.value, x.unit);
    case op::multiply:
      return literal(x.value * y.value, x.unit * y.unit);
    case op::divide:
      if (y.value < 1 / huge && y.value > -1 / huge) return none;
      return literal(x.value / y.value, x.unit / y.unit);
    case op::power:
      return fold_power(x, y);
    case op::minimum:
      return y.value < x.value ? b : a;
    case op::maximum:
      return y.value > x.value ? b : a;
    case op::less:
      return literal(x.value < y.value);
    case op::less_equal:
      return literal(x.value <= y.value);
    case op::greater:
      return literal(x.value > y.value);
    case op::greater_equal:
      return literal(x.value >= y.value);
    case op::equal:
      return literal(x.value == y.value);
    case op::not_equal:
      return literal(x.value != y.value);
    case op::logical_and:
      return literal(x.value != 0 && y.value != 0);
    case op::logical_or:
      return literal(x.value != 0 || y.value != 0);
    default:
      return none;
    }
  }
  static constexpr int choose(double condition, int yes, int no) {
    return condition != 0 ? yes : no;
  }

  constexpr int fold_power(node const& x, node const& y) {
    bool const small = y.value >= -64 && y.value <= 64 &&
                       static_cast<double>(static_cast<int>(y.value)) == y.value;
    if (!small || x.value == 0) return none;
    int const n = static_cast<int>(y.value);
    double r = 1;
    for (int i = 0; i < (n < 0 ? -n : n); ++i) {
      r *= x.value;
      if (r > 1e150 || r < -1e150 || (r < 1e-150 && r > -1e-150)) return none;
    }
    if (!x.unit.is_one() && (n < -8 || n > 8)) return none;
    return literal(n < 0 ? 1 / r : r, power(x.unit, n));
  }

  list<node> nodes_;
  list<int> table_;
  int limit_ = 0;  // the number of nodes at which the table is half full
};

}  // namespace nernst::ir
