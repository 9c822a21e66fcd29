// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/elimination.hpp>
#include <nernst/ir/interpreter.hpp>

#include "catch.hpp"
#include <random>

using namespace nernst;
using integrate::elimination;
using entry = elimination::entry;

namespace {

/// A matrix whose entries are variables of given values.
struct matrix {
  ir::graph g;
  int size;
  ir::list<entry> entries;
  ir::list<double> values;

  void add(int row, int column, double value) { entries.push_back({row, column, variable(value)}); }
  int variable(double value) {
    values.push_back(value);
    return g.symbol(values.size() - 1);
  }
  ir::list<double> evaluate(ir::list<int> const& nodes) const {
    struct environment {
      ir::list<double> const& values;
      double symbol(int i) const { return values[i]; }
      double draw(ir::op, int) const { return NAN; }
    };
    ir::list<double> results(nodes.size());
    ir::interpreter<environment>(g, nodes)({values}, results);
    for (int k = 0; k < nodes.size(); ++k)
      if (nodes[k] == ir::none) results[k] = 0;
    return results;
  }
  /// The largest entry of A x - b.
  double residual(ir::list<double> const& x, ir::list<double> b) const {
    for (entry const& e : entries) b[e.row] -= values[g[e.node].which] * x[e.column];
    double most = 0;
    for (double const r : b) most = std::max(most, std::abs(r));
    return most;
  }
};

/// Operations of the factors of a matrix with the given pattern, and of one solution.
template <class Pattern>
constexpr int operations(int size, Pattern is_there) {
  ir::graph g;
  ir::list<entry> entries;
  ir::list<int> b(size);
  int symbols = 0;
  for (int i = 0; i < size; ++i) {
    for (int j = 0; j < size; ++j)
      if (is_there(i, j)) entries.push_back({i, j, g.symbol(symbols++)});
    b[i] = g.symbol(symbols++);
  }
  g.literal(1);
  int const before = g.size();
  elimination(g, size, entries).solve(b);
  return g.size() - before;
}

}  // namespace

// Per further row of an arrow: the reciprocal of its pivot, a factor, a correction of the corner
// and one of its right-hand side of two operations each, and three operations for its own solution.
// Elimination from the other end would fill the matrix.
static_assert(operations(40, [](int i, int j) { return i == j || i == 0 || j == 0; }) ==
              39 * (1 + 1 + 2 + 2 + 3) + 2);
static_assert(operations(40, [](int i, int j) { return i == j || i == 39 || j == 39; }) ==
              39 * (1 + 1 + 2 + 2 + 3) + 2);
static_assert(operations(40, [](int i, int j) { return i - j <= 1 && j - i <= 1; }) ==
              39 * (1 + 1 + 2 + 2 + 3) + 2);
static_assert(operations(40, [](int i, int j) { return i == j; }) == 40 * 2);

TEST_CASE("Random sparse matrices are solved, for several right-hand sides with the same factors") {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> value(-1, 1);
  for (int const size : {1, 2, 5, 12, 30})
    for (double const density : {0.05, 0.3, 1.0}) {
      matrix a;
      a.size = size;
      for (int i = 0; i < size; ++i)
        for (int j = 0; j < size; ++j)
          if (i == j || std::abs(value(random)) < density)
            a.add(i, j, value(random) + (i == j ? size : 0));
      elimination factors(a.g, size, a.entries);
      int before = a.g.size();
      int cost[2] = {};
      for (int& c : cost) {
        ir::list<int> b(size);
        ir::list<double> numbers;
        for (int i = 0; i < size; ++i) {
          numbers.push_back(value(random));
          b[i] = a.variable(numbers.back());
        }
        auto const x = a.evaluate(factors.solve(b));
        CHECK(a.residual(x, numbers) < 1e-13);
        c = a.g.size() - before;
        before = a.g.size();
      }
      CHECK(cost[0] == cost[1]);
    }
}

TEST_CASE("What is zero takes no operations") {
  matrix a;
  a.size = 3;
  a.add(0, 0, 2);
  a.add(1, 1, 4);
  a.add(1, 0, 1);
  a.add(2, 2, 5);
  elimination factors(a.g, 3, a.entries);
  ir::list<int> b(3);
  b[0] = b[2] = ir::none;
  b[1] = a.variable(3);
  int const before = a.g.size();
  auto const x = factors.solve(b);
  CHECK(x[0] == ir::none);
  CHECK(x[2] == ir::none);
  CHECK(a.evaluate(x) == ir::list<double>{0, 0.75, 0});
  CHECK(a.g.size() == before + 1);
}

TEST_CASE("A diagonal entry that is 1 is the pivot before one that may vanish") {
  // 1 3; 2 0
  for (int const first : {0, 1}) {
    matrix a;
    a.size = 2;
    int const second = 1 - first;
    a.entries.push_back({first, first, a.g.literal(1)});
    a.add(first, second, 3);
    a.add(second, first, 2);
    a.add(second, second, 0);
    ir::list<int> b(2);
    b[first] = a.variable(7);
    b[second] = a.variable(2);
    auto const x = a.evaluate(elimination(a.g, 2, a.entries).solve(b));
    CHECK(x[first] == Approx(1).epsilon(1e-14));
    CHECK(x[second] == Approx(2).epsilon(1e-14));
  }
}
