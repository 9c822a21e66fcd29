// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

#include <span>
#include <vector>

namespace nernst::ir {

/// The nodes that `roots` need, each once, by rising index (so operands come before users); a root
/// that is `none` is skipped. The cost of a few roots is proportional to the number of these nodes,
/// but for one step per 64 nodes of the graph; that of many to the size of the graph.
constexpr buffer<int> schedule(graph const& g, std::span<int const> roots) {
  // clang counts statements in constant evaluation, so there are few.
  constexpr std::size_t few = 4;
  node const* const nodes = g.data();
  if (roots.size() > few) {
    int last = none, count = 0;
    for (int const root : roots) last = root > last ? root : last;
    buffer<char> live(last + 1);
    char* const needed = live.data();
    for (int const root : roots)
      if (root != none) needed[root] = 1;
    for (int i = last; i >= 0; --i) {
      node const& n = nodes[i];
      if (needed[i] != 0 && n.code >= op::negate)
        needed[n.a] = needed[n.code < op::add ? n.a : n.b] =
            needed[n.code < op::select ? n.a : n.c] = 1;
    }
    for (int i = 0; i <= last; ++i) count += needed[i];
    buffer<int> order(count);
    int* next = order.data();
    for (int i = 0; i <= last; ++i)
      if (needed[i] != 0) *next++ = i;
    return order;
  }
  int const size = g.size(), blocks = (size + 63) / 64;
  buffer<std::uint64_t> live(blocks);
  buffer<int> found(size);
  std::uint64_t* const bits = live.data();
  int* const stack = found.data();
  int top = 0, count = 0;
  auto need = [bits, stack, &top](int i) {
    if ((bits[i >> 6] >> (i & 63) & 1U) == 0)
      bits[i >> 6] |= std::uint64_t{1} << (i & 63), stack[top++] = i;
  };
  for (int const root : roots) {
    if (root == none) continue;
    need(root);
    for (; top > 0; ++count) {
      node const& n = nodes[stack[--top]];
      if (n.code < op::negate) continue;
      need(n.a);
      if (n.code >= op::add) need(n.b);
      if (n.code >= op::select) need(n.c);
    }
  }
  buffer<int> order(count);
  int* next = order.data();
  for (int block = 0; block < blocks; ++block)
    for (std::uint64_t rest = bits[block]; rest != 0; rest &= rest - 1)
      *next++ = 64 * block + __builtin_ctzll(rest);
  return order;
}

/// For each node of the graph whether `roots` need it.
constexpr std::vector<char> reachable(graph const& g, std::span<int const> roots) {
  std::vector<char> live(static_cast<std::size_t>(g.size()), 0);
  for (int const i : schedule(g, roots)) live[static_cast<std::size_t>(i)] = 1;
  return live;
}

/// Builds the expressions `roots` anew from the leaves up: `make(i, n)` gets a node's index and the
/// node with operands already replaced, and returns the index of what stands for it. Returns the
/// new roots; a root that is `none` stays so.
template <class Make>
constexpr std::vector<int> rebuild(graph& g, std::span<int const> roots, Make make) {
  buffer<int> const order = schedule(g, roots);
  buffer<int> images(g.size());
  int* const image = images.data();
  int const* const at = order.data();
  for (int k = 0, count = order.size(); k < count; ++k) {
    int const i = at[k];
    node const& n = g[i];
    image[i] = make(i, node{n.code, n.code < op::negate ? n.a : image[n.a],
                            n.code < op::add ? n.b : image[n.b],
                            n.code < op::select ? n.c : image[n.c], n.value, n.unit, n.tag});
  }
  std::vector<int> result(roots.begin(), roots.end());
  for (int& root : result)
    if (root != none) root = image[root];
  return result;
}

/// Replaces variables: `replacement[s]` is the node that stands for symbol `s` from now on, or
/// `none` to keep it; the list may be shorter than the list of symbols. All replacements happen at
/// once. Returns the new roots.
constexpr std::vector<int> substitute(graph& g, std::span<int const> roots,
                                      std::vector<int> const& replacement) {
  int const* const instead = replacement.data();
  int const count = static_cast<int>(replacement.size());
  return rebuild(g, roots, [&g, instead, count](int i, node const& n) {
    if (n.code == op::symbol) return n.a < count && instead[n.a] != none ? instead[n.a] : i;
    if (operands(n.code) == 0) return i;
    node const& old = g[i];
    if (old.a == n.a && old.b == n.b && old.c == n.c) return i;
    return g.make(n);
  });
}

constexpr int substitute(graph& g, int root, std::vector<int> const& replacement) {
  return substitute(g, std::span<int const>(&root, 1), replacement)[0];
}
/// The same for the values of statements.
constexpr void substitute(graph& g, std::vector<assignment>& block,
                          std::vector<int> const& replacement) {
  std::vector<int> roots;
  roots.reserve(block.size());
  for (auto const& s : block) roots.push_back(s.value);
  roots = substitute(g, roots, replacement);
  int const* next = roots.data();
  for (auto& s : block) s.value = *next++;
}

/// Calls `visit(std::vector<assignment>&)` for every block of statements of a model: reset, events,
/// timed actions, pathways.
template <class Model, class Visit>
constexpr void for_each_block(Model& m, Visit visit) {
  visit(m.reset);
  for (auto& e : m.events) visit(e.action);
  for (auto& a : m.actions) visit(a.statements);
  for (auto& p : m.pathways) visit(p.statements);
}

/// Calls `visit(int& root)` for every expression of a model in this order: equations,
/// subexpressions, threshold, reset, refractoriness, events, timed actions, pathways. Absent ones
/// are visited as `none`.
template <class Model, class Visit>
constexpr void for_each_root(Model& m, Visit visit) {
  for (auto& e : m.equations) visit(e.rhs);
  for (auto& e : m.subexpressions) visit(e.value);
  visit(m.threshold);
  for (auto& s : m.reset) visit(s.value);
  visit(m.refractory_time);
  visit(m.refractory_while);
  for (auto& e : m.events) {
    visit(e.condition);
    for (auto& s : e.action) visit(s.value);
  }
  for (auto& a : m.actions) {
    visit(a.period);
    for (auto& s : a.statements) visit(s.value);
  }
  for (auto& p : m.pathways)
    for (auto& s : p.statements) visit(s.value);
}

/// Every expression of a model, in the order of `for_each_root`.
constexpr std::vector<int> roots(model const& m) {
  std::vector<int> all;
  for_each_root(m, [&all](int root) { all.push_back(root); });
  return all;
}

/// Numbers the nodes of a model anew, in the order in which its expressions use them, and drops
/// those that nobody uses. What is done by the order of numbers afterwards then depends on the
/// expressions alone, not on how they were entered. `also` is renumbered with the model.
constexpr void renumber(model& m, std::vector<assignment>& also) {
  graph const before = std::move(m.nodes);
  m.nodes = graph();
  node const* const nodes = before.data();
  buffer<int> images(before.size()), stack;  // a node's new number and one
  int* const image = images.data();
  auto number = [&](int& root) {
    if (root == none) return;
    stack.push_back(root);
    while (!stack.empty()) {
      int const i = stack.back();
      node const& n = nodes[i];
      int const operand[] = {n.code >= op::negate ? n.a : none, n.code >= op::add ? n.b : none,
                             n.code >= op::select ? n.c : none};
      int next = image[i] != 0 ? 3 : 0;
      while (next < 3 && (operand[next] == none || image[operand[next]] != 0)) ++next;
      if (next < 3) {
        stack.push_back(operand[next]);
        continue;
      }
      if (image[i] == 0) {
        node moved = n;
        if (operand[0] != none) moved.a = image[n.a] - 1;
        if (operand[1] != none) moved.b = image[n.b] - 1;
        if (operand[2] != none) moved.c = image[n.c] - 1;
        image[i] = m.nodes.enter(moved) + 1;
      }
      stack.pop_back();
    }
    root = image[root] - 1;
  };
  for_each_root(m, number);
  for (auto& s : also) number(s.value);
}

}  // namespace nernst::ir
