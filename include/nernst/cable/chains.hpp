// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/elimination.hpp>

namespace nernst::cable {

/// How many chains of a cell that stands alone are eliminated at the same time, so that nobody
/// waits for a division.
inline constexpr std::size_t chains_together = 4;

/// Compartments one behind the other on the way to the root: row `end`, on which other chains may
/// hang, then `first`, `first - 1` and so on to `last`; none of the latter where that is larger.
struct chain {
  int end = 0, first = 0, last = 0;
  int parent = 0;       ///< the row of that of the last one; of a root its own
  bool varies = false;  ///< whether the matrix does from step to step, in it or behind it
  bool parent_varies = false;
  bool is_apart = false;  ///< its parent is of another piece
  int together = 1;       ///< of the first of some of falling length that are eliminated together

  NERNST_FUNCTION int length() const { return first - last + 1; }
  /// The row next to the root.
  int top() const { return length() > 0 ? last : end; }
};

/// Rows [first, last) in which the same things flow.
struct row_run {
  int first, last;
  bool varies, has_density, has_points;
};

/// A row and its parent, which has another owner, or whose voltage it has.
struct row_link {
  int row, parent;
  bool varies = false, parent_varies = false;
};

/// What one thread eliminates, in this order, and substitutes from behind.
struct tree_piece {
  std::vector<chain> chains;
  std::vector<row_link> hanging;  ///< of the stem: what other pieces hang on it with
  std::vector<row_link> tips;     ///< ends where nothing happens
};

/// The same as kernels find it, in any memory.
struct piece_view {
  chain const* chains = nullptr;
  row_link const *hanging = nullptr, *tips = nullptr;
  int chain_count = 0, hanging_count = 0, tip_count = 0;

  piece_view() = default;
  piece_view(tree_piece const& of)
      : chains(of.chains.data()), hanging(of.hanging.data()), tips(of.tips.data()),
        chain_count(static_cast<int>(of.chains.size())),
        hanging_count(static_cast<int>(of.hanging.size())),
        tip_count(static_cast<int>(of.tips.size())) {}
};

/// The tree of a cell as chains. Those that have as many others behind them stand
/// together. Where nothing but the voltage differs from step to step the matrix is eliminated once.
class chain_order {
 public:
  /// Compartments of piece 0 are the stem, on which the other pieces hang; all are in one where
  /// `piece` is empty.
  chain_order(std::vector<int> const& parent, std::vector<known_of_row> const& known,
              elimination const& order, std::vector<int> const& piece);

  std::vector<tree_piece> const& pieces() const { return pieces_; }
  /// The rows [first, last).
  std::vector<row_run> runs(int first, int last) const;

 private:
  struct row_facts {
    int parent = 0, piece = 0, children = 0;
    int of = -1;  ///< which chain
    bool is_tip = false, varies = false, has_density = false, has_points = false;
  };
  row_facts& row(int number) { return rows_[static_cast<std::size_t>(number)]; }
  row_facts const& row(int number) const { return rows_[static_cast<std::size_t>(number)]; }
  chain& chain_of(int number) { return chains_[static_cast<std::size_t>(row(number).of)]; }
  bool is_followed(int number) const;
  void make_chains();
  void take_ends();
  std::vector<int> heights(std::vector<known_of_row> const& known) const;
  void sort(std::vector<int> const& height);
  void enter(chain c);

  std::vector<row_facts> rows_;
  std::vector<chain> chains_;
  std::vector<tree_piece> pieces_;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/chains-inl.hpp>
#endif
