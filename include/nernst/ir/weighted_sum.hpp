// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/graph.hpp>

namespace nernst::ir {

/// Whether two numbers are the same to 10^-14 of `size`.
constexpr bool is_close(double a, double b, double size) {
  double const limit = 1e-14 * (size < 0 ? -size : size);
  return a - b <= limit && b - a <= limit;
}

/// An expression as sum_k weight_k term_k + offset, where weights and offset are literals.
struct weighted_sum {
  static constexpr int most = 8;
  int term[most] = {};
  double weight[most] = {}, offset = 0;
  double size = 0;  ///< of the largest literal in the offset
  int count = 0;
  bool ok = true;  ///< that there are not more terms than `most`

  constexpr weighted_sum() = default;
  constexpr weighted_sum(graph const& g, int expression) { add(g, expression, 1); }

  /// r where the terms of this sum are r times those of another, or 0. Offsets may differ.
  constexpr double multiple_of(weighted_sum const& other) const {
    if (!ok || !other.ok || count != other.count || count == 0) return 0;
    double ratio = 0;
    for (int k = 0; k < count; ++k) {
      double const theirs = other.weight_of(term[k]);
      if (weight[k] == 0 || theirs == 0) return 0;
      if (k == 0) ratio = weight[k] / theirs;
      if (!is_close(weight[k], ratio * theirs, weight[k])) return 0;
    }
    return ratio;
  }

 private:
  constexpr double weight_of(int node) const {
    for (int k = 0; k < count; ++k)
      if (term[k] == node) return weight[k];
    return 0;
  }
  constexpr void add(graph const& g, int i, double by) {
    node const& n = g[i];
    if (n.code == op::literal) {
      offset += by * n.value;
      double const magnitude = by * n.value < 0 ? -by * n.value : by * n.value;
      if (magnitude > size) size = magnitude;
    } else if (n.code == op::negate) {
      add(g, n.a, -by);
    } else if (n.code == op::add || n.code == op::subtract) {
      add(g, n.a, by);
      add(g, n.b, n.code == op::add ? by : -by);
    } else if (n.code == op::multiply && g.is_literal(n.b)) {
      add(g, n.a, by * g[n.b].value);
    } else if (n.code == op::divide && g.is_literal(n.b) && g[n.b].value != 0) {
      add(g, n.a, by / g[n.b].value);
    } else {
      enter(i, by);
    }
  }
  constexpr void enter(int i, double by) {
    for (int k = 0; k < count; ++k)
      if (term[k] == i) {
        weight[k] += by;
        return;
      }
    ok = ok && count < most;
    if (!ok) return;
    term[count] = i;
    weight[count++] = by;
  }
};

}  // namespace nernst::ir
