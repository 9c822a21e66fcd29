// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/graph.hpp>

namespace nernst::ir {

namespace detail {

// Operands are looked at one by one, as clang limits the steps of constant evaluation, and most of
// them are made here.

/// For many roots: one sweep over the graph.
constexpr list<int> schedule_all(graph const& g, span<int const> roots) {
  node const* const nodes = g.data();
  int last = none, count = 0;
  for (int const root : roots) last = root > last ? root : last;
  list<char> live(last + 1);
  char* const needed = live.data();
  for (int const root : roots)
    if (root != none) needed[root] = 1;
  for (int i = last; i >= 0; --i) {
    if (needed[i] == 0) continue;
    ++count;
    node const& n = nodes[i];
    if (n.a != none) needed[n.a] = 1;
    if (n.b != none) needed[n.b] = 1;
    if (n.c != none) needed[n.c] = 1;
  }
  list<int> order(count);
  int* next = order.data();
  for (int i = 0; i <= last; ++i)
    if (needed[i] != 0) *next++ = i;
  return order;
}

/// For a few roots: only what they need is looked at.
constexpr list<int> schedule_few(span<node const> all, span<int const> roots) {
  node const* const nodes = all.data();
  int const blocks = (all.size() + 63) / 64;
  list<std::uint64_t> live(blocks);
  list<int> found(all.size());
  std::uint64_t* const bits = live.data();
  int* const stack = found.data();
  int top = 0, count = 0;
  auto need = [bits, stack, &top](int i) {
    std::uint64_t const bit = std::uint64_t{1} << (i & 63);
    if ((bits[i >> 6] & bit) != 0) return;
    bits[i >> 6] |= bit;
    stack[top++] = i;
  };
  for (int const root : roots) {
    if (root == none) continue;
    for (need(root); top > 0; ++count) {
      node const& n = nodes[stack[--top]];
      if (n.a != none) need(n.a);
      if (n.b != none) need(n.b);
      if (n.c != none) need(n.c);
    }
  }
  list<int> order(count);
  int* next = order.data();
  for (int block = 0; block < blocks; ++block)
    for (std::uint64_t rest = bits[block]; rest != 0; rest &= rest - 1)
      *next++ = 64 * block + std::countr_zero(rest);
  return order;
}

}  // namespace detail

/// The nodes that `roots` need, each once, by rising index (so operands come before users); a root
/// that is `none` is skipped. The cost of a few roots is proportional to the number of these nodes,
/// but for one step per 64 nodes of the graph; that of many to the size of the graph.
constexpr list<int> schedule(graph const& g, span<int const> roots) {
  constexpr int few = 4;
  if (roots.size() > few) return detail::schedule_all(g, roots);
  return detail::schedule_few({g.data(), g.size()}, roots);
}
constexpr list<int> schedule(graph const& g, int root) {
  int const roots[] = {root};
  return detail::schedule_few({g.data(), g.size()}, roots);
}

/// Whether a node that `root` needs has a property.
template <class Property>
constexpr bool any_of(graph const& g, int root, Property has) {
  list<int> const order = schedule(g, root);
  for (int const i : order)
    if (has(g[i])) return true;
  return false;
}

}  // namespace nernst::ir
