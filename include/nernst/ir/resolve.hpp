// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/check.hpp>

namespace nernst::ir {

/// Replaces what depends on types by plain operations. `c` has checked the model and found nothing.
///
/// * `clip` becomes minimum and maximum; the result of clipping an integer is truncated, as in
/// Brian 2.
/// * An integer to an integer power is rounded: kernels compute powers to some digits only.
/// * What is assigned to an integer variable is truncated (Brian 2: a C cast).
constexpr void resolve_types(model& m, checker const& c) {
  bool needed = false;
  for (auto const& s : m.symbols)
    needed =
        needed || s.type == value_type::integer || s.kind == role::index || s.kind == role::count;
  for (int i = 0; i < m.nodes.size() && !needed; ++i)
    needed = m.nodes[i].code == op::clip || m.nodes[i].code == op::truncate;
  if (!needed) return;

  auto truncated = [&m](int i) { return m.nodes.make(op::truncate, i); };
  auto is_whole = [&c](int i) {
    return c.kind(i) == value_kind::integer || c.kind(i) == value_kind::truth ||
           c.kind(i) == value_kind::bit;
  };
  auto assign = [&](auto& s) {
    if (m.at(s.symbol).type == value_type::integer && !is_whole(s.value))
      s.value = truncated(s.value);
  };
  for (auto& s : m.subexpressions) assign(s);
  for_each_block(m, [&assign](auto& block) {
    for (auto& s : block) assign(s);
  });

  std::vector<int> const resolved = rebuild(m.nodes, roots(m), [&](int i, node const& n) {
    if (operands(n.code) == 0) return i;
    graph& g = m.nodes;
    if (n.code == op::clip) {
      int const limited = g.make(op::minimum, g.make(op::maximum, n.a, n.b), n.c);
      return is_whole(i) ? truncated(limited) : limited;
    }
    if (n.code == op::power && is_whole(i) && !g.is_literal(n.b)) {
      int const power = g.make(n);
      int const rounded = g.make(op::floor, g.add(power, g.literal(0.5)));
      return g.select(g.make(op::greater_equal, n.b, g.literal(0)), rounded, power);
    }
    return g.make(n);
  });
  int const* next = resolved.data();
  for_each_root(m, [&next](int& root) { root = *next++; });
}

struct held_values {
  std::vector<assignment> statements;  ///< of subexpressions that are constant over dt
  diagnosis mistake;
};

/// Brings a model into the form that integrators and kernels work on:
///
/// * every subexpression is replaced by its expression where it is used, those that are constant
/// over dt become variables (states, or
///   shared states) with a value in `held`, in an order in which each may read the ones before it;
/// * a parameter that statements change becomes a state, a shared variable that they change a
/// shared state.
///
/// The mistake is `cyclic_definition` if a subexpression refers to itself.
constexpr held_values inline_subexpressions(model& m) {
  held_values held;
  for_each_block(m, [&m](std::vector<assignment> const& block) {
    for (auto const& s : block) {
      role& kind = m.symbols[static_cast<std::size_t>(s.symbol)].kind;
      if (m.at(s.symbol).owner != side::here) continue;
      if (kind == role::parameter) kind = role::state;
      if (kind == role::shared) kind = role::shared_state;
    }
  });
  if (m.subexpressions.empty()) return held;

  // In order of dependence: a definition is entered when all that it reads are.
  std::size_t const count = m.subexpressions.size();
  std::vector<int> replacement(m.symbols.size(), none);
  std::vector<char> done(count, 0);
  std::vector<std::vector<int>> needs(count);
  for (std::size_t k = 0; k < count; ++k)
    for (int const i : schedule(m.nodes, std::span<int const>(&m.subexpressions[k].value, 1)))
      if (m.nodes[i].code == op::symbol && m.at(m.nodes[i].a).kind == role::subexpression) {
        int const other = subexpression_of(m, m.nodes[i].a);
        if (other != none) needs[k].push_back(other);
      }
  for (std::size_t entered = 0; entered < count;) {
    std::size_t const before = entered;
    for (std::size_t k = 0; k < count; ++k) {
      if (done[k] != 0) continue;
      bool ready = true;
      for (int const other : needs[k]) ready = ready && done[static_cast<std::size_t>(other)] != 0;
      if (!ready) continue;
      subexpression& s = m.subexpressions[k];
      s.value = substitute(m.nodes, s.value, replacement);
      if (s.constant_over_dt) {
        m.symbols[static_cast<std::size_t>(s.symbol)].kind =
            s.is_shared ? role::shared_state : role::state;
        held.statements.push_back({s.symbol, s.value});
      } else {
        replacement[static_cast<std::size_t>(s.symbol)] = s.value;
      }
      done[k] = 1;
      ++entered;
    }
    if (entered > before) continue;
    for (std::size_t k = 0; k < count; ++k)
      if (done[k] == 0) {
        held.mistake = {
            mistake::cyclic_definition, m.at(m.subexpressions[k].symbol).id.view(), {}, {}};
        return held;
      }
  }
  std::vector<int> const all = substitute(m.nodes, roots(m), replacement);
  int const* next = all.data();
  for_each_root(m, [&next](int& root) { root = *next++; });
  // A held value that reads another one sees the new one. What is held for all elements has been
  // stored by then.
  std::vector<int> now(m.symbols.size(), none), now_for_all = now;
  for (auto& s : held.statements) {
    bool const for_all = m.at(s.symbol).kind == role::shared_state;
    s.value = substitute(m.nodes, s.value, for_all ? now_for_all : now);
    (for_all ? now_for_all : now)[static_cast<std::size_t>(s.symbol)] = s.value;
  }
  return held;
}

}  // namespace nernst::ir
