// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/kernel_listing.hpp>
#include <nernst/inspect/kernel_names.hpp>

namespace nernst::inspection {

/// A model and what was derived from it, as texts and numbers: what `to_text` and `to_json` print.
/// Made at run time.
struct description {
  struct variable {
    std::string name, kind, unit, type;
    bool constant = false;
  };
  /// A line of the model: an equation, a subexpression, a condition or a statement.
  struct line {
    std::string what;  ///< "equation", "threshold", "reset" ...
    std::string text;  ///< without `what`
  };
  struct method {
    std::vector<std::string> states;
    std::string name, reason;
  };
  /// Coefficients that are found once per run: `coefficients` = exp(`matrix` dt), both with `order`
  /// rows. An empty text is an entry that is not needed.
  struct propagator {
    int order = 0;
    bool per_element = false;
    std::vector<std::string> matrix, coefficients;
  };
  struct kernel {
    kernel_name what;
    bool for_all = false;  ///< executed once and not for each element
    kernel_listing code;
  };

  std::string kind;  ///< "neuron" or "synapse"
  ir::diagnosis mistake;
  std::vector<line> lines;
  std::vector<variable> variables;
  std::vector<method> methods;
  std::vector<propagator> propagators;
  std::vector<std::string> once_per_run;
  std::vector<kernel> kernels;
};

constexpr std::string_view to_text(ir::role kind) {
  constexpr std::string_view names[] = {
      "state",    "parameter",     "shared",         "shared",    "coefficient",
      "advanced", "subexpression", "linked",         "noise",     "timed array",
      "time",     "time step",     "step",           "substep",   "elapsed",
      "index",    "count",         "not refractory", "last spike"};
  static_assert(std::size(names) == static_cast<std::size_t>(ir::role::last_spike) + 1);
  return names[static_cast<int>(kind)];
}
constexpr std::string_view to_text(ir::value_type type) {
  return type == ir::value_type::integer   ? "integer"
         : type == ir::value_type::boolean ? "boolean"
                                           : "real";
}

namespace detail {

inline void describe_model(description& d, ir::model const& m) {
  std::string const all = ir::to_string(m);
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t const end = all.find('\n', begin);
    std::string const one = all.substr(begin, end - begin);
    std::size_t const colon = one.find(": ");
    bool const is_clause = d.lines.size() >= m.equations.size() + m.subexpressions.size();
    if (is_clause)
      d.lines.push_back({one.substr(0, colon), one.substr(colon + 2)});
    else
      d.lines.push_back({d.lines.size() < m.equations.size() ? "equation" : "subexpression", one});
    begin = end + 1;
  }
  for (auto const& s : m.symbols)
    d.variables.push_back({ir::spelling(s), std::string(to_text(s.kind)),
                           std::string(ir::to_text(s.unit)), std::string(to_text(s.type)),
                           s.constant});
}

/// What substeps begin with is loaded by the update, which its program does not say.
inline void add_start_of_substeps(kernel_listing& update, kernel::neuron_derivation const& d,
                                  identifiers const& names) {
  std::vector<int> arrays = d.advanced;
  arrays.push_back(d.substeps.length);
  update.values.loaded += static_cast<int>(arrays.size());
  for (std::size_t k = 0; k < arrays.size(); ++k)
    update.reads.insert(update.reads.begin() + static_cast<std::ptrdiff_t>(k),
                        names.variable(d.where.arrays[static_cast<std::size_t>(arrays[k])]));
}

}  // namespace detail

/// Describes a neuron: `written` is the model before its derivation `d`.
inline description describe(ir::model const& written, kernel::neuron_derivation const& d) {
  description result;
  result.kind = "neuron";
  result.mistake = d.mistake;
  detail::describe_model(result, written);
  if (!d.mistake.ok()) return result;

  for (auto const& g : d.method.groups) {
    description::method one{{}, std::string(g.name), std::string(g.reason.view())};
    for (int const e : g.equations)
      one.states.push_back(
          ir::spelling(d.model.at(d.model.equations[static_cast<std::size_t>(e)].symbol)));
    result.methods.push_back(one);
  }
  for (auto const& block : d.exact) {
    description::propagator p{block.order, block.per_element, {}, {}};
    for (int const node : block.matrix) p.matrix.push_back(ir::to_string(d.model, node));
    for (int const s : block.coefficient)
      p.coefficients.push_back(s == ir::none ? "" : ir::spelling(d.model.at(s)));
    result.propagators.push_back(p);
  }

  ir::model m = d.model;
  std::vector<ir::assignment> known;
  for (std::size_t k = 0; k < d.subexpressions.size(); ++k)
    if (!written.subexpressions[k].constant_over_dt)
      known.push_back({m.subexpressions[k].symbol, d.subexpressions[k]});
  run_listing const run = list_scalars(m, d.where, known, d.refractory_steps);
  result.once_per_run = run.statements;
  for (std::size_t k = 0; k < d.kernels.size(); ++k) {
    if (!is_used(d, k)) continue;
    bool const is_extra = k >= 3 && k - 3 < d.extras.size();
    bool const for_all = is_extra && d.extras[k - 3].for_all,
               check = is_extra && d.extras[k - 3].what == kernel::purpose::check;
    result.kernels.push_back(
        {name_of(d, k), for_all,
         list_kernel(m, d.where, run, known, d.kernels[k], check ? "happens" : "fires")});
    if (k < 2 && !d.advanced.empty())
      detail::add_start_of_substeps(result.kernels.back().code, d, run.names);
  }
  return result;
}

/// Describes a synapse.
inline description describe(ir::model const& written, kernel::synapse_derivation const& d) {
  description result;
  result.kind = "synapse";
  result.mistake = d.mistake;
  detail::describe_model(result, written);
  if (!d.mistake.ok()) return result;
  ir::model m = d.model;
  run_listing const run = list_scalars(m, d.where, {});
  result.once_per_run = run.statements;
  for (std::size_t k = 0; k < d.pathways.size(); ++k)
    result.kernels.push_back(
        {name_of(d, k), false, list_kernel(m, d.where, run, {}, d.pathways[k])});
  return result;
}

}  // namespace nernst::inspection
