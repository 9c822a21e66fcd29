// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/buffer.hpp>
#include <nernst/ir/dimension.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace nernst::ir {

/// What a node computes. The order groups operations by their number of operands; see `operands`.
enum class op : std::uint8_t {
  // leaves
  literal,  ///< `value`, in SI units of dimension `unit`
  symbol,   ///< the variable with index `a`
  uniform,  ///< a random number in [0, 1); `a` tells the draws of an element apart
  normal,   ///< a standard normal random number; `a` as above
  // one operand
  negate,
  logical_not,
  abs,
  sign,
  ceil,
  floor,
  sqrt,
  exp,
  expm1,
  exprel,  ///< (exp(x) - 1) / x, continued to 1 at 0
  log,
  log10,
  log1p,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  truncate,  ///< the whole part, towards 0
  poisson,   ///< a random number of events, `a` on average; `tag` tells the draws of an element
             ///< apart
  lookup,    ///< the value of timed array `tag` (a symbol) at time `a`
  call_1,    ///< the user's function `tag`
  // two operands
  add,
  subtract,
  multiply,
  divide,
  power,
  floor_mod,     ///< a - b floor(a/b), Python's `%`
  floor_divide,  ///< floor(a/b), Python's `//`
  atan2,
  minimum,
  maximum,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  binomial,  ///< the random number of successes in `a` trials with probability `b`; `tag` as for
             ///< `poisson`
  lookup_2,  ///< the value of timed array `tag` at time `a` in column `b`
  call_2,
  // three operands
  select,  ///< a ? b : c
  clip,    ///< a limited to [b, c], with the type of a; `resolve` replaces it
  call_3,
};

/// Number of operands of an operation.
constexpr int operands(op code) {
  return code < op::negate ? 0 : code < op::add ? 1 : code < op::select ? 2 : 3;
}
/// Whether an operation yields a truth value.
constexpr bool is_condition(op code) {
  return code == op::logical_not || (code >= op::less && code <= op::logical_or);
}
/// Whether each evaluation draws anew.
constexpr bool is_random(op code) {
  return code == op::uniform || code == op::normal || code == op::poisson || code == op::binomial;
}
/// Whether an operation calls a function of the user.
constexpr bool is_call(op code) {
  return code == op::call_1 || code == op::call_2 || code == op::call_3;
}
/// Whether an operation reads a timed array.
constexpr bool is_lookup(op code) {
  return code == op::lookup || code == op::lookup_2;
}

/// "No node", "no symbol".
inline constexpr int none = -1;

/// One operation of an expression graph. Operands are indices of earlier nodes.
struct node {
  op code = op::literal;
  int a = none, b = none, c = none;
  double value = 0;
  dimension unit;
  int tag = 0;  ///< which draw, timed array or function, where an operation needs that

  friend constexpr bool operator==(node const& x, node const& y) {
    return x.a == y.a && x.b == y.b && x.code == y.code && x.c == y.c && x.tag == y.tag &&
           (x.code != op::literal ||
            (x.unit.code == y.unit.code &&
             std::bit_cast<std::uint64_t>(x.value) == std::bit_cast<std::uint64_t>(y.value)));
  }
};

/// An expression graph in an array. Equal expressions get equal indices (hash-consing, O(1) per
/// node) and operations on literals are folded where the arithmetic is exact to evaluate in every
/// compiler; operands always precede their users. A node's index is its identity; nodes are never
/// removed.
class graph {
 public:
  constexpr graph() = default;
  /// A graph with these nodes, which are those of another graph from its start on. It costs little
  /// as long as no node is added.
  constexpr graph(node const* nodes, int count) : nodes_(nodes, count) {}

  constexpr int size() const { return nodes_.size_; }
  constexpr node const& operator[](int i) const { return nodes_.data_[i]; }
  /// All nodes, in the order in which they were made.
  constexpr node const* data() const { return nodes_.data_; }

  constexpr int literal(double value, dimension unit = {}) {
    return insert({op::literal, none, none, none, value, unit});
  }
  constexpr int symbol(int index) { return insert({op::symbol, index, none, none, 0, {}}); }
  /// A random draw; `index` tells the draws of one element and step apart.
  constexpr int random(op code, int index) { return insert({code, index, none, none, 0, {}}); }
  /// An operation on earlier nodes, folded to a literal when its operands are literals.
  constexpr int make(op code, int a, int b = none, int c = none, int tag = 0) {
    node const* const all = nodes_.data_;
    if (all[a].code == op::literal &&
        (b == none || code == op::select || all[b].code == op::literal)) {
      int const folded = fold(code, a, b, c);
      if (folded != none) return folded;
    }
    return insert({code, a, b, c, 0, {}, tag});
  }
  /// The operation `n`, whose operands are nodes of this graph.
  constexpr int make(node const& n) { return make(n.code, n.a, n.b, n.c, n.tag); }
  /// Any node as it is.
  constexpr int enter(node const& n) { return insert(n); }

  constexpr bool is_literal(int i) const { return nodes_.data_[i].code == op::literal; }
  constexpr bool is_literal(int i, double value) const {
    return nodes_.data_[i].code == op::literal && nodes_.data_[i].value == value;
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
  // These run for every node that any pass makes. clang counts statements in constant evaluation,
  // so there are few.
  static constexpr std::uint64_t mix = 0xD6E8FEB86659FD93U;
  static constexpr int high_bits(std::uint64_t key) {
    return static_cast<int>((key ^ key >> 29) * mix >> 33);
  }
  static constexpr int hash(node const& n) {
    return high_bits(
        n.code == op::literal
            ? std::bit_cast<std::uint64_t>(n.value) * mix + n.unit.code
            : ((static_cast<std::uint64_t>(n.a) << 8 | static_cast<std::uint64_t>(n.code)) * mix +
               static_cast<std::uint64_t>(n.b)) *
                      mix +
                  static_cast<std::uint64_t>(n.c + 64 * n.tag));
  }

  /// The table holds index + 1 of each node and 0 where it is free.
  constexpr int insert(node const& n) {
    if (nodes_.size_ >= limit_) grow();
    int *const table = table_.data_, last = 2 * limit_ - 1, slot = hash(n) & last;
    while (table[slot] != 0 && !(nodes_.data_[table[slot] - 1] == n)) slot = (slot + 1) & last;
    if (table[slot] != 0) return table[slot] - 1;
    return nodes_.data_[nodes_.size_] = n, (table[slot] = ++nodes_.size_) - 1;
  }

  constexpr void grow() {
    for (limit_ = 32; limit_ <= 2 * nodes_.size_;) limit_ *= 4;
    nodes_.reserve(limit_);
    table_ = buffer<int>(2 * limit_);
    int *const table = table_.data_, last = 2 * limit_ - 1;
    node const* const all = nodes_.data_;
    for (int i = 0, slot = 0; i < nodes_.size_; table[slot] = ++i)
      for (slot = hash(all[i]) & last; table[slot] != 0;) slot = (slot + 1) & last;
  }

  constexpr int fold(op code, int a, int b, int c) {
    if (code == op::select) return is_literal(a) ? ((*this)[a].value != 0 ? b : c) : none;
    int const n = operands(code);
    if (n == 0 || n > 2 || !is_literal(a) || (n == 2 && !is_literal(b))) return none;
    node const x = (*this)[a];
    node const y = n == 2 ? (*this)[b] : node{};
    // A mistake in units must stay visible to the check.
    if (n == 2 && x.unit != y.unit &&
        !(code == op::multiply || code == op::divide || code == op::power))
      return none;
    if (code == op::negate) return literal(-x.value, x.unit);
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

  buffer<node> nodes_;
  buffer<int> table_;
  int limit_ = 0;  // the number of nodes at which the table is half full
};

}  // namespace nernst::ir
