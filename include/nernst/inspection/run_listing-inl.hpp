// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/run_listing.hpp>

#include <utility>

namespace nernst::inspection {

namespace detail {

/// The subexpressions that are no variables, and the nodes of their values.
inline ir::list<named_node> subexpressions_of(replay& model) {
  kernel::compiled_model const& m = model.model();
  ir::list<int> const values = model.results(m.named);
  int const periods = values.size() - m.subexpressions.size();
  ir::list<named_node> known;
  for (int k = 0; k < m.subexpressions.size(); ++k) {
    int const symbol = m.subexpressions[k];
    bool const is_variable = m.variables[symbol].symbol.kind != ir::role::subexpression;
    if (!is_variable) known.push_back({symbol, values[periods + k]});
  }
  return known;
}

inline std::vector<std::string> names_of_scalars(replay const& model, run_listing& run) {
  kernel::compiled_model const& m = model.model();
  std::vector<std::string> all;
  int number = 0;
  for (int k = 0; k < model.scalars().size(); ++k) {
    int const i = model.scalars()[k];
    ir::node const& n = model.nodes()[i];
    std::string name;
    if (n.code == ir::op::symbol) name = run.names.variable(n.which);
    for (auto const& v : run.known)
      if (name.empty() && v.node == i) name = run.names.fresh(run.names.variable(v.symbol));
    if (name.empty() && k == m.refractory_steps) name = run.names.fresh("refractory_steps");
    all.push_back(name.empty() ? run.names.numbered("c", number) : name);
  }
  return all;
}

/// The operations of a tape as instructions.
inline ir::list<kernel::instruction> instructions_of(ir::tape_view const& tape) {
  ir::list<kernel::instruction> code;
  for (ir::node const& n : tape.operations) {
    kernel::instruction s{.code = n.code,
                          .is_mask = ir::is_condition(n.code),
                          .a = n.a,
                          .b = n.b,
                          .c = n.c,
                          .which = n.which};
    if (n.code == ir::op::symbol) s.from = kernel::origin::shared;
    if (n.code == ir::op::literal) s.from = kernel::origin::literal;
    if (n.code == ir::op::literal) s.value = n.value;
    bool const constant_exponent =
        n.code == ir::op::power && tape.operations[n.b].code == ir::op::literal;
    if (constant_exponent) s.value = tape.operations[n.b].value;
    code.push_back(s);
  }
  return code;
}

}  // namespace detail

NERNST_INLINE run_listing list_run(replay& model) {
  kernel::compiled_model const& m = model.model();
  run_listing run{identifiers(m), detail::subexpressions_of(model), {}, {}};
  run.scalars = detail::names_of_scalars(model, run);
  ir::tape_view const tape = m.tape(m.scalars);
  std::vector<std::string> leaves;
  for (ir::node const& n : tape.operations)
    leaves.push_back(n.code == ir::op::symbol ? run.names.variable(n.which) : "");
  ir::list<kernel::instruction> const code = detail::instructions_of(tape);
  statements list(run.names, "part", code, std::move(leaves));
  for (int k = 0; k < tape.results.size(); ++k) {
    int const value = tape.results[k];
    list.use(value);
    if (list.is_computed(value)) list.name(value, run.scalars[static_cast<std::size_t>(k)]);
  }
  list.write(run.statements);
  return run;
}

}  // namespace nernst::inspection
