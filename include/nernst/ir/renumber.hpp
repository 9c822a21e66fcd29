// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/roots.hpp>

namespace nernst::ir {

namespace detail {

/// Enters nodes of one graph into another one in the order in which they are used.
class renumbering {
 public:
  constexpr renumbering(graph const& from, graph& to)
      : from_(from), to_(to), images_(from.size()) {}

  /// The node of the new graph that stands for `root`.
  constexpr int operator()(int root) {
    if (root == none) return none;
    for (stack_.push_back(root); !stack_.empty();) {
      int const i = stack_.back();
      int const waited_for = first_missing(i);
      if (waited_for != none) {
        stack_.push_back(waited_for);
        continue;
      }
      if (images_[i] == 0) images_[i] = to_.enter(moved(from_[i])) + 1;
      stack_.pop_back();
    }
    return images_[root] - 1;
  }

 private:
  constexpr int first_missing(int i) const {
    if (images_[i] != 0) return none;
    for (int const x : operands(from_[i]))
      if (images_[x] == 0) return x;
    return none;
  }
  constexpr node moved(node n) const {
    int const arity = operands(n.code);
    if (arity > 0) n.a = images_[n.a] - 1;
    if (arity > 1) n.b = images_[n.b] - 1;
    if (arity > 2) n.c = images_[n.c] - 1;
    return n;
  }

  graph const& from_;
  graph& to_;
  list<int> images_;  // a node's new number and one
  list<int> stack_;
};

}  // namespace detail

/// Numbers the nodes of a model anew, in the order in which its expressions use them, and drops
/// those that nobody uses. What is done by the order of numbers afterwards then depends on the
/// expressions alone, not on how they were entered. `also` is renumbered with the model.
constexpr void renumber(model& m, list<assignment>& also) {
  graph const before = static_cast<graph&&>(m.nodes);
  m.nodes = graph();
  detail::renumbering number(before, m.nodes);
  for_each_root(m, [&number](int& root) { root = number(root); });
  for (auto& s : also) s.value = number(s.value);
}

}  // namespace nernst::ir
