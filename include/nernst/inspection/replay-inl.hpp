// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/replay.hpp>
#include <nernst/ir/print.hpp>

namespace nernst::inspection {

namespace detail {

/// The `number`th variable with a property.
template <class Property>
int variable_with(kernel::compiled_model const& m, Property has, int number = 0) {
  for (int k = 0; k < m.variables.size(); ++k)
    if (has(m.variables[k]) && number-- == 0) return k;
  return ir::none;
}
/// What an integrator with steps of its own finds, in the order of its results.
inline int result_of_steps(kernel::compiled_model const& m, int number) {
  auto const is_result = [](kernel::variable const& v) {
    return v.symbol.kind == ir::role::adaptive_result;
  };
  return variable_with(m, is_result, number);
}

}  // namespace detail

NERNST_INLINE int variable_in(kernel::compiled_model const& m, int array) {
  return detail::variable_with(m, [array](kernel::variable const& v) { return v.array == array; });
}

NERNST_INLINE int symbol_read(kernel::compiled_model const& m, kernel::instruction const& s) {
  using kernel::origin;
  switch (s.from) {
  case origin::array:
  case origin::linked:
    return variable_in(m, s.a);
  case origin::shared:
  case origin::scale:
  case origin::neighbour:
    return s.a;
  case origin::adaptive_result:
    return detail::result_of_steps(m, s.a);
  case origin::time:
  case origin::step:
  case origin::adaptive_step:
  case origin::elapsed:
  case origin::index:
  case origin::open:
    return detail::variable_with(
        m, [&s](kernel::variable const& v) { return kernel::origin_of(v.symbol) == s.from; });
  default:
    return ir::none;
  }
}

NERNST_INLINE int symbol_written(kernel::compiled_model const& m, kernel::output const& s) {
  if (s.to == kernel::origin::shared) return s.array;
  if (s.to == kernel::origin::adaptive_result) return detail::result_of_steps(m, s.array);
  return variable_in(m, s.array);
}

NERNST_INLINE bool is_error(kernel::compiled_model const& m, kernel::output const& s) {
  return s.to == kernel::origin::adaptive_result && s.array == m.adaptive_states.size();
}

NERNST_INLINE replay::replay(kernel::compiled_model const& m)
    : model_(m), scalars_(results(m.scalars)) {}

NERNST_INLINE ir::list<int> replay::results(kernel::recorded const& recorded) {
  ir::tape_view const tape = model_.tape(recorded);
  ir::list<int> made;
  for (ir::node n : tape.operations) {
    int const arity = ir::operands(n.code);
    if (arity > 0) n.a = made[n.a];
    if (arity > 1) n.b = made[n.b];
    if (arity > 2) n.c = made[n.c];
    made.push_back(nodes_.enter(n));
  }
  ir::list<int> result;
  for (int const r : tape.results) result.push_back(r == ir::none ? ir::none : made[r]);
  return result;
}

NERNST_INLINE replay::kernel_nodes replay::nodes_of(kernel::scheduled_kernel const& k) {
  kernel_nodes all;
  all.prologue = list(model_.prologue(k), {});
  ir::list<int> step_scalars;
  for (int const place : model_.scalars_of_step(k)) step_scalars.push_back(all.prologue[place]);
  all.code = list(model_.code(k), step_scalars);
  return all;
}

NERNST_INLINE ir::list<int> replay::list(ir::span<kernel::instruction const> code,
                                         ir::list<int> const& step_scalars) {
  ir::list<int> nodes;
  for (auto const& s : code) nodes.push_back(node_of(s, nodes, step_scalars));
  return nodes;
}

NERNST_INLINE int replay::node_of(kernel::instruction const& s, ir::list<int> const& before,
                                  ir::list<int> const& step_scalars) {
  auto const operand = [&before](int i) { return i == ir::none ? ir::none : before[i]; };
  switch (s.from) {
  case kernel::origin::literal:
    return nodes_.literal(s.value);
  case kernel::origin::scalar:
    return scalars_[s.a];
  case kernel::origin::step_scalar:
    return step_scalars[s.a];
  case kernel::origin::draw:
    return nodes_.random(s.code, s.which);
  case kernel::origin::computed:
    return nodes_.make(s.code, operand(s.a), operand(s.b), operand(s.c), s.which);
  default:
    return nodes_.symbol(symbol_read(model_, s));
  }
}

NERNST_INLINE std::string replay::spelling(int variable) const {
  return ir::spelling(model_.variables[variable].symbol);
}

NERNST_INLINE std::string replay::text(int node) const {
  auto const function = [this](int which) {
    return std::string(model_.functions[which].id.view());
  };
  auto const variable = [this](int s) { return spelling(s); };
  return ir::printer(nodes_, node, variable, function).text();
}

}  // namespace nernst::inspection
