// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

namespace nernst::ir {

/// A set of variables of one model, by symbol index.
class symbol_set {
 public:
  constexpr void insert(int symbol) {
    auto const word = static_cast<std::size_t>(symbol) / 64;
    if (word >= words_.size()) words_.resize(word + 1, 0);
    words_[word] |= bit(symbol);
  }
  constexpr bool contains(int symbol) const {
    auto const word = static_cast<std::size_t>(symbol) / 64;
    return word < words_.size() && (words_[word] & bit(symbol)) != 0;
  }
  constexpr bool intersects(symbol_set const& other) const {
    std::size_t const common =
        words_.size() < other.words_.size() ? words_.size() : other.words_.size();
    for (std::size_t i = 0; i < common; ++i)
      if ((words_[i] & other.words_[i]) != 0) return true;
    return false;
  }
  constexpr int size() const {
    int count = 0;
    for (std::uint64_t const w : words_) count += std::popcount(w);
    return count;
  }

 private:
  static constexpr std::uint64_t bit(int symbol) {
    return std::uint64_t{1} << (static_cast<unsigned>(symbol) % 64U);
  }
  std::vector<std::uint64_t> words_;
};

/// The variables that these expressions read, builtins among them.
constexpr symbol_set reads(model const& m, std::span<int const> roots) {
  symbol_set set;
  for (int const i : schedule(m.nodes, roots))
    if (m.nodes[i].code == op::symbol) set.insert(m.nodes[i].a);
  return set;
}
/// The variables that the right-hand sides of a block read.
constexpr symbol_set reads(model const& m, std::span<assignment const> block) {
  std::vector<int> roots;
  for (auto const& s : block) roots.push_back(s.value);
  return reads(m, roots);
}
/// The variables that a block changes.
constexpr symbol_set writes(std::span<assignment const> block) {
  symbol_set set;
  for (auto const& s : block) set.insert(s.symbol);
  return set;
}

/// What a block reads and writes of one element, by the names that the element's own model uses:
/// blocks of different models can be compared.
struct access {
  std::vector<name> reads, writes;
};

/// The reads and writes of a block among the variables of one owner: `side::here` for a neuron's
/// reset, `side::pre` or `side::post` for what a synapse's statements do to its neurons.
constexpr access access_of(model const& m, std::span<assignment const> block, side owner) {
  symbol_set const r = reads(m, block), w = writes(block);
  access result;
  for (int s = 0; s < static_cast<int>(m.symbols.size()); ++s) {
    if (m.at(s).owner != owner) continue;
    if (r.contains(s)) result.reads.push_back(m.at(s).id);
    if (w.contains(s)) result.writes.push_back(m.at(s).id);
  }
  return result;
}

constexpr bool intersect(std::vector<name> const& x, std::vector<name> const& y) {
  for (auto const& a : x)
    for (auto const& b : y)
      if (a == b) return true;
  return false;
}

/// Whether two blocks can be executed in either order with the same result: neither writes what the
/// other reads or writes.
constexpr bool independent(access const& x, access const& y) {
  return !intersect(x.writes, y.writes) && !intersect(x.writes, y.reads) &&
         !intersect(x.reads, y.writes);
}

/// The sum e in a statement of the form x = x + e, where e reads none of `forbidden`: its summands
/// in the order of the sum.
struct increment {
  bool valid = false;
  std::vector<int> summands;   ///< nodes, innermost first
  std::vector<char> negative;  ///< for each whether it is subtracted
};
constexpr increment increment_of(model const& m, assignment const& s, symbol_set const& forbidden) {
  increment result;
  auto separate = [&](int e) {
    return !reads(m, std::span<int const>(&e, 1)).intersects(forbidden);
  };
  int at = s.value;
  while (m.nodes[at].code == op::add || m.nodes[at].code == op::subtract) {
    node const& n = m.nodes[at];
    if (separate(n.b)) {
      result.summands.insert(result.summands.begin(), n.b);
      result.negative.insert(result.negative.begin(), n.code == op::subtract);
      at = n.a;
    } else if (n.code == op::add && separate(n.a)) {
      result.summands.insert(result.summands.begin(), n.a);
      result.negative.insert(result.negative.begin(), 0);
      at = n.b;
    } else {
      return result;
    }
  }
  result.valid = m.nodes[at].code == op::symbol && m.nodes[at].a == s.symbol;
  return result;
}

/// The variables of neurons that a pathway changes. With `same_population` the two neurons of a
/// synapse may be one, or one synapse's pre neuron another's post neuron: then variables with the
/// same name count as one.
constexpr symbol_set neuron_writes(model const& m, pathway const& p, bool same_population = true) {
  symbol_set written;
  for (auto const& s : p.statements) {
    if (m.at(s.symbol).owner == side::here) continue;
    written.insert(s.symbol);
    int const twin =
        m.find(m.at(s.symbol).id, m.at(s.symbol).owner == side::pre ? side::post : side::pre);
    if (same_population && twin != none) written.insert(twin);
  }
  return written;
}

/// Whether every statement of a pathway adds to a variable of a neuron (x = x + e, x = x - e)
/// something that reads no variable which the pathway changes: it can be delivered through
/// accumulators.
constexpr bool accumulates(model const& m, pathway const& p, bool same_population = true) {
  symbol_set const written = neuron_writes(m, p, same_population);
  for (auto const& s : p.statements)
    if (m.at(s.symbol).owner == side::here || !increment_of(m, s, written).valid) return false;
  return true;
}

/// Whether it is proven that a pathway gives the same result, but for the rounding of sums, in
/// whatever order its synapses are executed: neurons' variables are only added to and not read
/// otherwise; a synapse's own variables may change freely. Each synapse is executed at most once.
/// `false` means "not proven".
constexpr bool is_order_independent(model const& m, pathway const& p, bool same_population = true) {
  symbol_set const written = neuron_writes(m, p, same_population);
  for (auto const& s : p.statements) {
    bool const own = m.at(s.symbol).owner == side::here;
    if (own ? reads(m, std::span<int const>(&s.value, 1)).intersects(written)
            : !increment_of(m, s, written).valid)
      return false;
  }
  return true;
}

}  // namespace nernst::ir
