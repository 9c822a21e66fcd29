// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

namespace nernst::ir {

/// Calls `visit(list<assignment>&)` for every block of statements of a model: reset, events, timed
/// actions, pathways, those of mechanisms.
template <class Model, class Visit>
constexpr void for_each_block(Model& m, Visit visit) {
  visit(m.reset);
  for (auto& e : m.events) visit(e.action);
  for (auto& a : m.actions) visit(a.statements);
  for (auto& p : m.pathways) visit(p.statements);
  if (m.placed == placement::nowhere) {
    for (auto& e : m.event_blocks) visit(e.statements);
    return;
  }
  visit(m.initial);
  visit(m.written);
  visit(m.on_spike);
  visit(m.with_update);
  visit(m.with_currents);
  for (auto& e : m.event_blocks) visit(e.statements);
}

/// Calls `visit(int& root)` for every expression of a model in this order: equations,
/// subexpressions, what is in tables, threshold, reset, refractoriness, events, timed actions,
/// pathways, sums, those of mechanisms. Absent ones are visited as `none`.
template <class Model, class Visit>
constexpr void for_each_root(Model& m, Visit visit) {
  for (auto& e : m.equations) visit(e.rhs);
  for (auto& e : m.subexpressions) visit(e.value);
  for (auto& t : m.tabulations) visit(t.value);
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
  for (auto& s : m.sums) visit(s.value);
  if (m.placed != placement::nowhere) {
    for (auto& c : m.currents) visit(c.value);
    for (auto* const block :
         {&m.initial, &m.written, &m.with_update, &m.with_currents, &m.on_spike})
      for (auto& s : *block) visit(s.value);
  }
  for (auto& e : m.event_blocks)
    for (auto& s : e.statements) visit(s.value);
}

/// Every expression of a model, in the order of `for_each_root`.
constexpr list<int> roots(model const& m) {
  list<int> all;
  for_each_root(m, [&all](int root) { all.push_back(root); });
  return all;
}
/// Gives a model other expressions, in the same order.
constexpr void replace_roots(model& m, span<int const> all) {
  int const* next = all.data();
  for_each_root(m, [&next](int& root) { root = *next++; });
}

}  // namespace nernst::ir
