// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/description.hpp>
#include <nernst/ir/print.hpp>

namespace nernst::inspection {

namespace detail {

inline std::string kind_of(ir::model const& m) {
  if (m.placed == ir::placement::density) return "density mechanism";
  if (m.placed == ir::placement::point) return "point mechanism";
  if (m.placed == ir::placement::artificial) return "artificial cell";
  return m.of_synapses ? "synapse" : "neuron";
}
inline void describe_lines(description& d, ir::model const& m) {
  std::string const all = ir::to_string(m);
  auto const equations = static_cast<std::size_t>(m.equations.size());
  auto const subexpressions = equations + static_cast<std::size_t>(m.subexpressions.size());
  auto const sums = subexpressions + static_cast<std::size_t>(m.sums.size());
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t const end = all.find('\n', begin);
    std::string const one = all.substr(begin, end - begin);
    std::size_t const colon = one.find(": "), before = d.lines.size();
    if (before < equations)
      d.lines.push_back({"equation", one});
    else if (before < sums)
      d.lines.push_back({before < subexpressions ? "subexpression" : "sum", one});
    else
      d.lines.push_back({one.substr(0, colon), one.substr(colon + 2)});
    begin = end + 1;
  }
}
inline void describe_variables(description& d, ir::model const& m) {
  for (auto const& s : m.symbols)
    d.variables.push_back({.name = ir::spelling(s),
                           .kind = std::string(ir::to_text(s.kind)),
                           .unit = std::string(ir::to_text(s.unit)),
                           .type = std::string(ir::to_text(s.type)),
                           .constant = s.constant});
}
inline void describe_methods(description& d, kernel::compiled_model const& m) {
  if (m.equations.empty()) return;
  for (auto const& method : m.methods)
    d.methods.push_back({{}, std::string(method.name), std::string(method.reason.view())});
  for (auto const& e : m.equations)
    d.methods[static_cast<std::size_t>(e.method)].states.push_back(
        ir::spelling(m.variables[m.shown(e.symbol)].symbol));
}
inline void describe_propagators(description& d, replay& model) {
  kernel::compiled_model const& m = model.model();
  for (auto const& block : m.propagators) {
    description::propagator p{block.order, block.per_element, {}, {}};
    for (int const node : model.results(block.matrix)) p.matrix.push_back(model.text(node));
    for (int const s : m.coefficients_of(block))
      p.coefficients.push_back(s == ir::none ? "" : model.spelling(s));
    d.propagators.push_back(p);
  }
}

/// What substeps begin with is loaded by the update, which its program does not say.
inline void add_start_of_substeps(kernel_listing& update, kernel::compiled_model const& m,
                                  identifiers const& names) {
  ir::list<int> arrays(m.adaptive_states);
  arrays.push_back(m.adaptive.length);
  update.values.loaded += arrays.size();
  for (int k = 0; k < arrays.size(); ++k)
    update.reads.insert(update.reads.begin() + k, names.variable(variable_in(m, arrays[k])));
}
inline void describe_kernels(description& d, replay& model) {
  kernel::compiled_model const& m = model.model();
  run_listing const run = list_run(model);
  d.once_per_run = run.statements;
  for (kernel::scaled_state const& s : m.scaled_states)
    if (!m.of_synapses)
      d.scaled_states.push_back({run.names.variable(s.state), run.names.variable(s.scale),
                                 run.scalars[static_cast<std::size_t>(s.decay)]});
  for (auto const& k : m.kernels) {
    if (!is_used(m, k)) continue;
    kernel_listing code = list_kernel(model, run, k);
    bool const updates = k.when_executed == kernel::trigger::update ||
                         k.when_executed == kernel::trigger::update_and_reset;
    if (updates && !m.adaptive_states.empty()) add_start_of_substeps(code, m, run.names);
    d.kernels.push_back({name_of(model, k), k.for_all, code});
  }
}

}  // namespace detail

NERNST_INLINE description describe(ir::model const& written,
                                   kernel::compiled_model const& compiled) {
  description d;
  d.kind = detail::kind_of(written);
  d.mistake = compiled.mistake;
  detail::describe_lines(d, written);
  detail::describe_variables(d, written);
  if (!d.mistake.ok()) return d;
  replay model(compiled);
  detail::describe_methods(d, compiled);
  detail::describe_propagators(d, model);
  detail::describe_kernels(d, model);
  return d;
}

}  // namespace nernst::inspection
