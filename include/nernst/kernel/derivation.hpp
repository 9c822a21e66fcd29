// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/check.hpp>
#include <nernst/ir/exprel.hpp>
#include <nernst/ir/inline_subexpressions.hpp>
#include <nernst/ir/renumber.hpp>
#include <nernst/ir/resolve_types.hpp>
#include <nernst/ir/strength.hpp>
#include <nernst/kernel/assemble.hpp>
#include <nernst/kernel/kernel_draft.hpp>
#include <nernst/kernel/mechanism_currents.hpp>

namespace nernst::kernel {

/// Appends a list to another one, and returns where it is.
template <class T>
constexpr range append(ir::list<T>& to, ir::list<T> const& more) {
  range const r{to.size(), more.size()};
  to.append(more);
  return r;
}

/// A compiled model that owns its lists: what the derivation makes.
struct derivation : model_outline, model_lists<ir::list> {
  /// The same, without its own lists.
  constexpr compiled_model view() const {
    compiled_model all;
    static_cast<model_outline&>(all) = *this;
#define NERNST_ROW(type, name) all.name = name;
    NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
    return all;
  }

  /// Enters a tape.
  constexpr recorded add(ir::tape const& t) {
    return {append(operations, t.operations), append(results, t.results)};
  }
  /// Enters a kernel and its program.
  constexpr void add(scheduled_kernel k, program const& p) {
    k.code = append(instructions, p.code);
    k.prologue = append(instructions, p.prologue);
    k.outputs = append(outputs, p.stores);
    k.step_scalars = append(step_scalars, p.step_scalars);
    k.spike = p.spike;
    kernels.push_back(k);
  }
};

namespace detail {

/// Brings the expressions of all kernels into their cheapest form at once: what they share stays
/// shared. What is computed outside of kernels does not count, so that names for parts of an
/// equation change nothing.
constexpr void optimise(ir::model& m, layout const& where, ir::list<kernel_draft>& kernels) {
  ir::list<int> roots = roots_of(kernels);
  ir::list<ir::frequency> often;
  for (int s = 0; s < m.symbols.size(); ++s) often.push_back(where.frequency(s, m.at(s).kind));
  roots = ir::reduce_strength(m, ir::use_exprel(m, roots), often);
  int const* next = roots.data();
  for (auto& k : kernels) {
    k.spike = *next++;
    for (auto& s : k.statements) s.value = *next++;
  }
}

/// Whether what is the same for all elements is computed beforehand: not where a kernel is executed
/// for one element, or for few.
constexpr prologue prologue_of(scheduled_kernel const& k) {
  bool const few = k.for_all || k.when_executed == trigger::pathway ||
                   k.when_executed == trigger::event || k.when_executed == trigger::trace ||
                   k.when_executed == trigger::sum;
  return few ? prologue::without : prologue::with;
}

/// Assembles all kernels in order, as each may add scalars, and enters what belongs to every model.
/// Every neuron has an update and a reset; a synapse has its pathways and the kernels that do
/// something.
constexpr void assemble_all(derivation& d, ir::model const& m, layout& where,
                            ir::span<kernel_draft const> kernels) {
  for (auto const& k : kernels) {
    bool const idle =
        k.statements.empty() && k.spike == ir::none && k.place.when_executed != trigger::pathway;
    if (!m.of_synapses || !idle)
      d.add(k.place, assemble(m, where, k.statements, k.spike, prologue_of(k.place)));
  }
  for (ir::symbol const& s : m.symbols) d.variables.push_back({.symbol = s});
  for (int k = 0; k < where.arrays.size(); ++k) d.variables[where.arrays[k]].array = k;
  d.arrays = where.arrays.size();
  d.scalars = d.add(ir::record(m.nodes, where.scalars));
  d.distributions = where.distributions;
  d.functions = m.functions;
  d.diffusions = m.diffusions;
}

/// Checks a model and brings it into the form that integrators work on. Returns the statements that
/// hold values over a step.
constexpr ir::list<ir::assignment> normalise(ir::model& m, ir::diagnosis& mistake) {
  {
    ir::typing types(m);
    ir::checker(m, types).run();
    mistake = types.found();
    if (!mistake.ok()) return {};
    ir::resolve_types(m, types);
  }
  if (m.placed != ir::placement::nowhere) define_own_conductance(m);
  ir::held_values held = ir::inline_subexpressions(m);
  mistake = held.mistake;
  if (!mistake.ok()) return {};
  ir::renumber(m, held.statements);
  ir::simplify(m);
  ir::use_exprel(m);
  return held.statements;
}

}  // namespace detail
}  // namespace nernst::kernel
