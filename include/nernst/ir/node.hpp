// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dimension.hpp>
#include <nernst/ir/operation.hpp>
#include <nernst/ir/span.hpp>

#include <bit>

namespace nernst::ir {

/// One operation of an expression graph. Operands are indices of earlier nodes.
struct node {
  op code = op::literal;
  int a = none, b = none, c = none;  ///< as many operands as the operation has
  int which = 0;     ///< which symbol, draw, timed array (a symbol) or function of the user
  double value = 0;  ///< of a literal, in SI units of dimension `unit`
  dimension unit = {};

  friend constexpr bool operator==(node const& x, node const& y) {
    return x.a == y.a && x.b == y.b && x.code == y.code && x.c == y.c && x.which == y.which &&
           (x.code != op::literal ||
            (x.unit.code == y.unit.code &&
             std::bit_cast<std::uint64_t>(x.value) == std::bit_cast<std::uint64_t>(y.value)));
  }
};

/// Whether a number is whole, and small enough to tell.
constexpr bool is_whole(double x) {
  return x > -4e15 && x < 4e15 && static_cast<double>(static_cast<long long>(x)) == x;
}

/// The operands of a node, in order.
struct operand_list {
  int node[3];
  int size;

  constexpr int const* begin() const { return node; }
  constexpr int const* end() const { return node + size; }
};
constexpr operand_list operands(node const& n) {
  return {{n.a, n.b, n.c}, (n.a != none) + (n.b != none) + (n.c != none)};
}

}  // namespace nernst::ir
