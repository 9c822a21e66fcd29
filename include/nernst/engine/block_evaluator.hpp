// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/environment.hpp>
#include <nernst/ir/evaluate_block.hpp>
#include <nernst/kernel/draw_blocks.hpp>

#include <algorithm>
#include <vector>

namespace nernst::engine {

/// Evaluates expressions for many elements side by side, each operation for all of them: what an
/// interpreter gives for each, but for the rounding of normal numbers. Allocates nothing once it is
/// made.
template <class Real>
class block_evaluator {
 public:
  /// The most elements of a block.
  static constexpr std::size_t size = 256;

  explicit block_evaluator(ir::tape_view const& t)
      : tape_(t), values_(static_cast<std::size_t>(t.operations.size()) * size) {
    for (int i = 0; i < tape_.operations.size(); ++i) {
      ir::node const& n = tape_.operations[i];
      first_.push_back(first_like(n, i));
      if (n.code == ir::op::literal) std::fill_n(values_of(i), size, n.value);
    }
  }

  /// Evaluates for the elements at `where.element` and the places behind it. Random numbers depend
  /// on `numbers`, one of each.
  void operator()(environment<Real> const& where, std::uint32_t const* numbers, std::size_t count) {
    for (int i = 0; i < tape_.operations.size(); ++i)
      if (first_[i] == i) evaluate(tape_.operations[i], {where, numbers, count}, values_of(i));
  }
  /// The values of a result.
  double const* result(int number) const { return values_of(tape_.results[number]); }

 private:
  struct block {
    environment<Real> const& where;
    std::uint32_t const* numbers;
    std::size_t count;
  };

  double* values_of(int operation) { return values_.data() + place(operation); }
  double const* values_of(int operation) const { return values_.data() + place(operation); }
  std::size_t place(int operation) const {
    return static_cast<std::size_t>(first_[operation]) * size;
  }
  /// The first operation that gives what this one does: the same draw.
  int first_like(ir::node const& n, int operation) const {
    bool const draws = n.code == ir::op::uniform || n.code == ir::op::normal;
    for (int i = 0; draws && i < operation; ++i) {
      ir::node const& other = tape_.operations[i];
      if (other.code == n.code && other.which == n.which) return i;
    }
    return operation;
  }

  void evaluate(ir::node const& n, block const& b, double* to) const {
    if (n.code == ir::op::literal) return;
    if (n.code == ir::op::symbol) return b.where.symbols(n.which, b.count, to);
    auto const draw = static_cast<std::uint32_t>(n.which);
    if (n.code == ir::op::uniform)
      return kernel::draw_uniform(b.where.key, b.numbers, draw, b.count, to);
    if (n.code == ir::op::normal)
      return kernel::draw_normal(b.where.key, b.numbers, draw, b.count, to);
    int const arity = ir::operands(n.code);
    double const* const x[3] = {values_of(n.a), arity > 1 ? values_of(n.b) : nullptr,
                                arity > 2 ? values_of(n.c) : nullptr};
    bool const is_of_all = !ir::is_random(n.code) && !ir::is_lookup(n.code) && !ir::is_call(n.code);
    if (is_of_all) return ir::evaluate_block(n.code, x, b.count, to);
    for (std::size_t k = 0; k < b.count; ++k) {
      double const operands[3] = {x[0][k], arity > 1 ? x[1][k] : 0, arity > 2 ? x[2][k] : 0};
      to[k] = one_by_one(n, b, b.numbers[k], operands);
    }
  }
  static double one_by_one(ir::node const& n, block const& b, std::uint32_t number,
                           double const* x) {
    if (ir::is_lookup(n.code)) return b.where.lookup(n.which, x[0], x[1]);
    if (ir::is_call(n.code)) return b.where.call(n.which, x);
    auto const draw = static_cast<std::uint32_t>(n.which);
    return n.code == ir::op::binomial ? kernel::binomial(b.where.key, number, draw, x[0], x[1])
                                      : kernel::poisson(b.where.key, number, draw, x[0]);
  }

  ir::tape_view tape_;
  ir::list<int> first_;         ///< by operation: where its values stand
  std::vector<double> values_;  ///< `size` of each operation
};

}  // namespace nernst::engine
