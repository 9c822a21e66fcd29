// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

#include <span>
#include <vector>

namespace nernst::ir {

/// The nodes that `roots` need, each once, by rising index (so operands come before users); a root that is `none` is skipped. The cost
/// is proportional to their number, but for one step per 64 nodes of the graph.
constexpr buffer<int> schedule(graph const& g, std::span<int const> roots) {
  int const size = g.size(), blocks = (size + 63) / 64;
  node const* const nodes = g.data();
  buffer<std::uint64_t> live(blocks);
  buffer<int> found(size);
  std::uint64_t* const bits = live.data();
  int* const stack = found.data();
  int top = 0, count = 0;
  auto need = [bits, stack, &top](int i) {
    if ((bits[i >> 6] >> (i & 63) & 1U) != 0) return;
    bits[i >> 6] |= std::uint64_t{1} << (i & 63);
    stack[top++] = i;
  };
  for (int const root : roots) {
    if (root == none) continue;
    need(root);
    while (top > 0) {
      node const& n = nodes[stack[--top]];
      ++count;
      if (n.code < op::negate) continue;
      need(n.a);
      if (n.code >= op::add) need(n.b);
      if (n.code == op::select) need(n.c);
    }
  }
  buffer<int> order(count);
  int* next = order.data();
  for (int block = 0; block < blocks; ++block)
    for (std::uint64_t rest = bits[block]; rest != 0; rest &= rest - 1) *next++ = 64 * block + std::countr_zero(rest);
  return order;
}

/// For each node of the graph whether `roots` need it.
constexpr std::vector<char> reachable(graph const& g, std::span<int const> roots) {
  std::vector<char> live(static_cast<std::size_t>(g.size()), 0);
  for (int const i : schedule(g, roots)) live[static_cast<std::size_t>(i)] = 1;
  return live;
}

/// Builds the expressions `roots` anew from the leaves up: `make(i, n)` gets a node's index and the node with operands already
/// replaced, and returns the index of what stands for it. Returns the new roots; a root that is `none` stays so.
template <class Make>
constexpr std::vector<int> rebuild(graph& g, std::span<int const> roots, Make make) {
  buffer<int> const order = schedule(g, roots);
  buffer<int> images(g.size());
  int* const image = images.data();
  for (int const i : order) {
    node n = g[i];
    if (n.code >= op::negate) n.a = image[n.a];
    if (n.code >= op::add) n.b = image[n.b];
    if (n.code >= op::select) n.c = image[n.c];
    image[i] = make(i, n);
  }
  std::vector<int> result(roots.begin(), roots.end());
  for (int& root : result)
    if (root != none) root = image[root];
  return result;
}

/// Replaces variables: `replacement[s]` is the node that stands for symbol `s` from now on, or `none` to keep it; the list may be
/// shorter than the list of symbols. All replacements happen at once. Returns the new roots.
constexpr std::vector<int> substitute(graph& g, std::span<int const> roots, std::vector<int> const& replacement) {
  int const* const instead = replacement.data();
  int const count = static_cast<int>(replacement.size());
  return rebuild(g, roots, [&g, instead, count](int i, node const& n) {
    if (n.code == op::symbol) return n.a < count && instead[n.a] != none ? instead[n.a] : i;
    if (operands(n.code) == 0) return i;
    node const& old = g[i];
    if (old.a == n.a && old.b == n.b && old.c == n.c) return i;
    return g.make(n.code, n.a, n.b, n.c);
  });
}

/// Calls `visit(int& root)` for every expression of a model in source order: equations, threshold, reset, refractoriness, pathways.
/// Absent ones are visited as `none`.
template <class Model, class Visit>
constexpr void for_each_root(Model& m, Visit visit) {
  for (auto& e : m.equations) visit(e.rhs);
  visit(m.threshold);
  for (auto& s : m.reset) visit(s.value);
  visit(m.refractory_time);
  visit(m.refractory_while);
  for (auto& p : m.pathways)
    for (auto& s : p.statements) visit(s.value);
}

/// Every expression of a model, in the order of `for_each_root`.
constexpr std::vector<int> roots(model const& m) {
  std::vector<int> all;
  for_each_root(m, [&all](int root) { all.push_back(root); });
  return all;
}

}  // namespace nernst::ir
