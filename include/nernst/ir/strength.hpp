// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/shared_exponentials.hpp>
#include <nernst/ir/strength_reducer.hpp>

namespace nernst::ir {

namespace detail {

/// How expressions use each other, and what must not change by a digit.
class usage {
 public:
  constexpr usage(model const& m, span<int const> roots)
      : order_(schedule(m.nodes, roots)), users_(m.nodes.size()), marks_(m.nodes.size()) {
    bool decides = false;
    for (int const i : order_) {
      node const& n = m.nodes[i];
      if (n.code == op::symbol && depends_on_state(m.at(n.which))) marks_[i] = state;
      if (is_random(n.code)) marks_[i] = state;
      for (int const x : operands(n)) {
        ++users_[x];
        marks_[i] = static_cast<char>(marks_[i] | marks_[x]);
      }
      decides = decides || is_decisive(n.code, marks_[i]);
    }
    if (decides) mark_decisive(m.nodes);
    for (int const r : roots)
      if (r != none) ++users_[r];
  }

  constexpr list<int> const& order() const { return order_; }
  constexpr int users(int i) const { return users_[i]; }
  /// Whether a node decides a jump.
  constexpr bool is_decisive(int i) const { return (marks_[i] & decisive) != 0; }

 private:
  static constexpr char state = 1, decisive = 2;

  static constexpr bool depends_on_state(symbol const& s) {
    variation const with = variation::by_state | variation::by_draw;
    return s.type != value_type::integer && changes(variation_of(s.kind), with);
  }
  static constexpr bool is_decisive(op code, char mark) {
    continuity const c = properties(code).continuity;
    return c == continuity::jumps || (c == continuity::compares && mark == 0);
  }
  constexpr void mark_decisive(graph const& g) {
    for (int k = order_.size(); k-- > 0;) {
      int const i = order_[k];
      if ((marks_[i] & decisive) == 0 && !is_decisive(g[i].code, marks_[i])) continue;
      for (int const x : operands(g[i])) marks_[x] = static_cast<char>(marks_[x] | decisive);
    }
  }

  list<int> order_, users_;
  list<char> marks_;
};

}  // namespace detail

/// clang limits the statements of a constant evaluation. Reduction takes about 150 for each
/// operation, simplification 40: above `most_reduced` operations they are only simplified, above
/// `most_simplified` they stay as they are.
inline constexpr int most_reduced = 4000, most_simplified = 12000;

/// Builds `roots` anew so that they cost less: in simplest form, without divisions and powers where
/// products do, with everything gathered that is computed less often, and one exponential for
/// several. Returns the new roots. All kernels of a model should be built at once: then equal
/// expressions stay equal. `often[s]` is how often symbol `s` has to be computed.
constexpr list<int> reduce_strength(model& m, span<int const> roots, span<frequency const> often) {
  graph& g = m.nodes;
  detail::usage const use(m, roots);
  int const operations = use.order().size();
  if (operations > most_simplified) return list<int>(roots);
  if (operations > most_reduced) return simplify(g, roots);
  list<int> images(g.size());
  strength_reducer make(g, often);
  for (int const i : use.order()) {
    node n = g[i];
    int const arity = operands(n.code);
    if (arity == 0) {
      images[i] = n.code == op::literal && !n.unit.is_one() ? g.literal(n.value) : i;
      make.enter(images[i], 0);
      continue;
    }
    n.a = images[n.a];
    if (arity > 1) n.b = images[n.b];
    if (arity > 2) n.c = images[n.c];
    images[i] = use.is_decisive(i) ? make.exactly(n) : make(n);
    make.enter(images[i], use.users(i));
    if (use.is_decisive(i)) make.keep(images[i]);
  }
  list<int> result(roots);
  for (int& root : result)
    if (root != none) root = images[root];
  return share_exponentials(g, result, [&make](int i) { return make.may_change(i); });
}

/// How often each variable of a model has to be computed, where no coefficient differs between
/// elements.
constexpr list<frequency> frequencies(model const& m) {
  list<frequency> all;
  for (auto const& s : m.symbols) all.push_back(frequency_of(variation_of(s.kind)));
  return all;
}
constexpr list<int> reduce_strength(model& m, span<int const> roots) {
  return reduce_strength(m, roots, frequencies(m));
}

}  // namespace nernst::ir
