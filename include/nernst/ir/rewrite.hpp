// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>
#include <nernst/ir/schedule.hpp>

namespace nernst::ir {

/// Builds the expressions `roots` anew from the leaves up: `make(i, n)` gets a node's index and the
/// node with operands already replaced, and returns the index of what stands for it. Returns the
/// new roots; a root that is `none` stays so. `order` is the schedule of `roots`.
template <class Make>
constexpr list<int> rebuild(graph& g, list<int> const& order, span<int const> roots, Make make) {
  list<int> images(g.size());
  int* const image = images.data();
  for (int const i : order) {
    node n = g[i];
    int const arity = operands(n.code);
    if (arity > 0) n.a = image[n.a];
    if (arity > 1) n.b = image[n.b];
    if (arity > 2) n.c = image[n.c];
    image[i] = make(i, n);
  }
  list<int> result(roots);
  for (int& root : result)
    if (root != none) root = image[root];
  return result;
}

template <class Make>
constexpr list<int> rebuild(graph& g, span<int const> roots, Make make) {
  return rebuild(g, schedule(g, roots), roots, make);
}

/// Replaces variables: `replacement[s]` is the node that stands for symbol `s` from now on, or
/// `none` to keep it; the list may be shorter than the list of symbols. All replacements happen at
/// once. Returns the new roots.
constexpr list<int> substitute(graph& g, span<int const> roots, span<int const> replacement) {
  return rebuild(g, roots, [&g, replacement](int i, node const& n) {
    if (n.code == op::symbol) {
      bool const replaced = n.which < replacement.size() && replacement[n.which] != none;
      return replaced ? replacement[n.which] : i;
    }
    node const& old = g[i];
    bool const same = old.a == n.a && old.b == n.b && old.c == n.c;
    return same ? i : g.make(n);
  });
}
constexpr int substitute(graph& g, int root, span<int const> replacement) {
  int const roots[] = {root};
  return substitute(g, roots, replacement)[0];
}
/// The same for the values of statements.
constexpr void substitute(graph& g, list<assignment>& block, span<int const> replacement) {
  list<int> roots;
  roots.reserve(block.size());
  for (auto const& s : block) roots.push_back(s.value);
  roots = substitute(g, roots, replacement);
  int const* next = roots.data();
  for (auto& s : block) s.value = *next++;
}

/// What a block says of the time, as if it stood at the end of the step.
constexpr void act_at_end_of_step(model& m, list<assignment>& block) {
  int const t = m.find(role::time);
  if (t == none || block.empty()) return;
  int const end = m.nodes.add(m.time(), m.time_step());
  list<int> replacement(m.symbols.size(), none);
  replacement[t] = end;
  substitute(m.nodes, block, replacement);
}

}  // namespace nernst::ir
