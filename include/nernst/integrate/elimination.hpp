// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>

namespace nernst::integrate {

/// The LU factors of a sparse matrix whose entries are nodes: unrolled Gaussian elimination,
/// without a step for what is structurally zero. Pivots are diagonal entries, which must all be
/// there, in an order with little fill (Markowitz, Management Science 3, 1957). Their values are
/// not known, so they cannot be exchanged for larger ones.
class elimination {
 public:
  struct entry {
    int row, column;
    int node;
  };

  constexpr elimination(ir::graph& g, int size, ir::span<entry const> entries)
      : make_(g), g_(g), size_(size), table_(size * size), row_(size), column_(size),
        row_count_(size), column_count_(size), done_(size) {
    for (entry const& e : entries) put(e.row, e.column, e.node);
    for (int k = 0; k < size_; ++k) eliminate(choose());
  }

  /// The x with A x = b; `none` stands for zero in b and for a structural zero in x.
  constexpr ir::list<int> solve(ir::list<int> b) {
    int* const x = b.data();
    for (pivot const& p : pivots_) {
      if (x[p.index] == ir::none) continue;
      for (int k = p.lower; k < p.lower_end; ++k)
        x[lower_[k].index] = less(x[lower_[k].index], lower_[k].node, x[p.index]);
    }
    for (int step = pivots_.size() - 1; step >= 0; --step) {
      pivot const& p = pivots_[step];
      int& own = x[p.index];
      for (int k = p.upper; k < p.upper_end; ++k)
        own = less(own, upper_[k].node, x[upper_[k].index]);
      if (own != ir::none) own = make_.multiply(own, p.reciprocal);
    }
    return b;
  }

 private:
  struct cell {
    int row, column;
    int node;
    int next_in_row, next_in_column;  // numbers of cells, counted from 1
  };
  struct factor {
    int index;
    int node;
  };
  struct pivot {
    int index, reciprocal;
    int lower, lower_end, upper, upper_end;
  };

  /// a - l b; `none` stands for zero.
  constexpr int less(int a, int l, int b) {
    if (b == ir::none) return a;
    int const product = make_.multiply(l, b);
    return a == ir::none ? make_.negate(product) : make_.subtract(a, product);
  }

  constexpr void put(int row, int column, int node) {
    int& place = table_[row * size_ + column];
    if (place != 0) {
      cells_[place - 1].node = node;
      return;
    }
    cells_.push_back({.row = row,
                      .column = column,
                      .node = node,
                      .next_in_row = row_[row],
                      .next_in_column = column_[column]});
    place = cells_.size();
    row_[row] = place;
    column_[column] = place;
    ++row_count_[row];
    ++column_count_[column];
  }

  /// The first equation from the last pivot on that is no dearer than that one was, or else the
  /// cheapest.
  constexpr int choose() {
    int best = ir::none, least = 0;
    for (int k = 0; k < size_; ++k) {
      int const i = last_ + k < size_ ? last_ + k : last_ + k - size_;
      if (done_[i] != 0) continue;
      // A pivot that is 1, whatever the states are, is no risk.
      int const cost = 2 * (row_count_[i] - 1) * (column_count_[i] - 1) +
                       (g_.is_literal(cells_[table_[i * size_ + i] - 1].node) ? 0 : 1);
      if (best == ir::none || cost < least) {
        best = i;
        least = cost;
        if (cost <= last_cost_) break;
      }
    }
    last_ = best;
    last_cost_ = least;
    return best;
  }

  constexpr void eliminate(int p) {
    done_[p] = 1;
    int const reciprocal = make_.divide(g_.literal(1), cells_[table_[p * size_ + p] - 1].node);
    int const upper = upper_.size(), lower = lower_.size();
    for (int at = row_[p]; at != 0; at = cells_[at - 1].next_in_row) {
      cell const& c = cells_[at - 1];
      if (c.column != p) --column_count_[c.column];
      if (done_[c.column] == 0) upper_.push_back({c.column, c.node});
    }
    for (int at = column_[p]; at != 0; at = cells_[at - 1].next_in_column) {
      int const row = cells_[at - 1].row;
      if (done_[row] != 0) continue;
      int const l = make_.multiply(cells_[at - 1].node, reciprocal);
      lower_.push_back({row, l});
      --row_count_[row];
      for (int k = upper; k < upper_.size(); ++k) {
        int const place = table_[row * size_ + upper_[k].index];
        put(row, upper_[k].index,
            less(place != 0 ? cells_[place - 1].node : ir::none, l, upper_[k].node));
      }
    }
    pivots_.push_back({.index = p,
                       .reciprocal = reciprocal,
                       .lower = lower,
                       .lower_end = lower_.size(),
                       .upper = upper,
                       .upper_end = upper_.size()});
  }

  ir::simplifier make_;
  ir::graph& g_;
  int size_, last_ = 0, last_cost_ = 0;
  ir::list<int> table_, row_, column_, row_count_, column_count_;
  ir::list<char> done_;
  ir::list<cell> cells_;
  ir::list<factor> lower_, upper_;
  ir::list<pivot> pivots_;
};

}  // namespace nernst::integrate
