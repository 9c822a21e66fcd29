// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/statements.hpp>
#include <nernst/ir/flatten.hpp>

namespace nernst::inspection {

/// The names that the statements of all kernels of a model use, and the statements that are
/// executed once per run.
struct run_listing {
  identifiers names;
  std::vector<std::string> scalars;  ///< the name of each
  std::vector<std::string> statements;
};

/// `known` are nodes that have a name already: pairs of a node and a symbol. `steps` is the scalar
/// with the refractory period in steps.
inline run_listing list_scalars(ir::model const& m, kernel::layout const& where,
                                std::vector<ir::assignment> const& known, int steps = ir::none) {
  run_listing run{identifiers(m), {}, {}};
  int number = 0;
  for (std::size_t k = 0; k < where.scalars.size(); ++k) {
    ir::node const& n = m.nodes[where.scalars[k]];
    std::string name;
    if (n.code == ir::op::symbol) name = run.names.variable(n.a);
    for (auto const& v : known)
      if (name.empty() && v.value == where.scalars[k])
        name = run.names.fresh(run.names.variable(v.symbol));
    if (name.empty() && static_cast<int>(k) == steps) name = run.names.fresh("refractory_steps");
    run.scalars.push_back(name.empty() ? run.names.numbered("c", number) : name);
  }
  ir::flat_expressions const flat = ir::flatten(m.nodes, where.scalars);
  std::vector<kernel::instruction> code;
  std::vector<std::string> leaves;
  for (ir::node const& n : flat.program) {
    leaves.push_back(n.code == ir::op::symbol ? run.names.variable(n.a) : "");
    kernel::instruction s{
        n.code, kernel::source::computed, ir::is_condition(n.code), n.a, n.b, n.c, 0, n.tag};
    if (n.code == ir::op::symbol) s.from = kernel::source::shared;
    if (n.code == ir::op::literal) s.from = kernel::source::literal, s.value = n.value;
    if (n.code == ir::op::power &&
        flat.program[static_cast<std::size_t>(n.b)].code == ir::op::literal)
      s.value = flat.program[static_cast<std::size_t>(n.b)].value;
    code.push_back(s);
  }
  statements list(run.names, "part", code, std::move(leaves));
  for (std::size_t k = 0; k < flat.results.size(); ++k) {
    list.use(flat.results[k]);
    if (list.is_computed(flat.results[k])) list.name(flat.results[k], run.scalars[k]);
  }
  list.write(run.statements);
  return run;
}

}  // namespace nernst::inspection
