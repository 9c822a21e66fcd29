// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/evaluate_block.hpp>
#include <nernst/ir/interpreter.hpp>

#include "catch.hpp"
#include <cmath>
#include <cstring>
#include <vector>

using namespace nernst::ir;

namespace {
struct operands_of_one {
  double x[3];
  double symbol(int k) const { return x[k]; }
  double draw(op, int) const { return 0; }
};
bool is_same(double x, double y) { return std::memcmp(&x, &y, sizeof x) == 0; }
}  // namespace

TEST_CASE("a block of elements gets what an interpreter gives each of them, bit by bit") {
  std::vector<double> const some{-3, -1.5, -0.0, 0.0, 0.25, 1, 2.5, 717.5, NAN, INFINITY};
  std::vector<double> x[3];
  for (double const a : some)
    for (double const b : some)
      for (double const c : {-1.0, 0.0, 2.0, static_cast<double>(NAN)}) {
        x[0].push_back(a);
        x[1].push_back(b);
        x[2].push_back(c);
      }
  double const* const operand[] = {x[0].data(), x[1].data(), x[2].data()};
  std::size_t const count = x[0].size();
  for (int k = static_cast<int>(op::negate); k <= static_cast<int>(op::exprel); ++k) {
    auto const code = static_cast<op>(k);
    if (is_lookup(code) || is_call(code)) continue;
    CAPTURE(properties(code).name);
    graph g;
    int const root = g.make(code, g.symbol(0), operands(code) > 1 ? g.symbol(1) : none,
                            operands(code) > 2 ? g.symbol(2) : none);
    interpreter<operands_of_one> one(g, span<int const>(&root, 1));
    std::vector<double> all(count);
    evaluate_block(code, operand, count, all.data());
    bool fits = true;
    for (std::size_t n = 0; n < count; ++n) {
      double value = 0;
      one({{x[0][n], x[1][n], x[2][n]}}, span<double>(&value, 1));
      fits = fits && (is_same(all[n], value) || (std::isnan(value) && std::isnan(all[n])));
    }
    CHECK(fits);
  }
}
