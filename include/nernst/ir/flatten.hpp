// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

/// Expressions as a list of operations: operands are places of earlier ones, `results` the places
/// of the roots (`none` for a root that is `none`). What is needed stands in it once.
struct flat_expressions {
  std::vector<node> program;
  std::vector<int> results;
};

constexpr flat_expressions flatten(graph const& g, std::span<int const> roots) {
  flat_expressions flat;
  std::vector<int> place(static_cast<std::size_t>(g.size()), none);
  auto at = [&](int i) { return i == none ? none : place[static_cast<std::size_t>(i)]; };
  for (int const i : schedule(g, roots)) {
    node n = g[i];
    int const arity = operands(n.code);
    if (arity > 0) n.a = at(n.a);
    if (arity > 1) n.b = at(n.b);
    if (arity > 2) n.c = at(n.c);
    place[static_cast<std::size_t>(i)] = static_cast<int>(flat.program.size());
    flat.program.push_back(n);
  }
  for (int const r : roots) flat.results.push_back(at(r));
  return flat;
}

}  // namespace nernst::ir
