// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>
#include <nernst/kernel/compiled_model.hpp>

namespace nernst::kernel::detail {

/// A kernel before it is assembled.
struct kernel_draft {
  scheduled_kernel place;
  ir::list<ir::assignment> statements;
  int spike = ir::none;
};

/// Every expression of kernels: of each what says who fires, then what its statements store.
constexpr ir::list<int> roots_of(ir::span<kernel_draft const> kernels) {
  ir::list<int> roots;
  for (kernel_draft const& k : kernels) {
    roots.push_back(k.spike);
    for (ir::assignment const& s : k.statements) roots.push_back(s.value);
  }
  return roots;
}

constexpr bool writes_shared(ir::model const& m, ir::assignment const& s) {
  return m.at(s.symbol).kind == ir::role::shared_state;
}
constexpr bool writes_linked(ir::model const& m, ir::assignment const& s) {
  ir::symbol const& x = m.at(s.symbol);
  return x.kind == ir::role::linked || x.owner != ir::side::here;
}

constexpr bool writes_linked(ir::model const& m, ir::list<ir::assignment> const& block) {
  for (auto const& s : block)
    if (writes_linked(m, s)) return true;
  return false;
}

/// Enters a block of statements. Those that write shared variables are a kernel of their own. It
/// comes last, as the others are written in terms of the old values; but what elements hold over a
/// step reads what is held for all.
constexpr void add_drafts(ir::model const& m, scheduled_kernel place,
                          ir::list<ir::assignment> const& block, ir::list<kernel_draft>& drafts) {
  bool const shared_first = place.when_executed == trigger::held;
  for (bool const for_all : {shared_first, !shared_first}) {
    ir::list<ir::assignment> some;
    for (auto const& s : block)
      if (writes_shared(m, s) == for_all) some.push_back(s);
    place.links = writes_linked(m, some);
    place.for_all = for_all;
    if (!some.empty()) drafts.push_back({place, some});
  }
}

/// Takes random numbers out of the statements of a block that write shared variables. Such a number
/// is one for all elements, also where another statement reads that variable. Returns the
/// statements that draw them before.
constexpr ir::list<ir::assignment> draw_for_all(ir::model& m, ir::list<ir::assignment>& block) {
  ir::list<int> all, shared;
  for (auto const& s : block) {
    all.push_back(s.value);
    if (writes_shared(m, s)) shared.push_back(s.value);
  }
  ir::list<ir::assignment> before;
  if (shared.empty() || shared.size() == all.size()) return before;
  ir::list<int> drawn(m.draws, ir::none);
  ir::list<int> const order = ir::schedule(m.nodes, shared);
  for (int const i : order) {
    ir::node const n = m.nodes[i];
    if (!ir::is_random(n.code)) continue;
    ir::identifier const id = ir::identifier("_draw_").append(n.which);
    int const symbol = m.declare({.id = id, .kind = ir::role::shared_state});
    drawn[n.which] = m.nodes.symbol(symbol);
    before.push_back({symbol, i});
  }
  if (before.empty()) return before;
  all = ir::rebuild(m.nodes, all, [&](int i, ir::node const& n) {
    if (ir::is_random(n.code) && drawn[n.which] != ir::none) return drawn[n.which];
    return ir::operands(n.code) == 0 ? i : m.nodes.make(n);
  });
  int const* value = all.data();
  for (auto& s : block) s.value = *value++;
  return before;
}

}  // namespace nernst::kernel::detail
