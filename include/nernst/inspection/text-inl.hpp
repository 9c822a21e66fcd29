// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/text.hpp>

#include <utility>

namespace nernst::inspection {

namespace detail {

/// Lines in columns: each as wide as its widest text.
inline std::string table(std::vector<std::vector<std::string>> const& rows) {
  std::vector<std::size_t> width;
  for (auto const& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == width.size()) width.push_back(0);
      if (row[c].size() > width[c]) width[c] = row[c].size();
    }
  std::string all;
  for (auto const& row : rows) {
    std::string line = "  ";
    for (std::size_t c = 0; c < row.size(); ++c)
      line += row[c] + std::string(width[c] - row[c].size() + 2, ' ');
    all += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return all;
}

inline std::string joined(std::vector<std::string> const& list, char const* between = ", ") {
  std::string all;
  for (auto const& one : list) (all += all.empty() ? "" : between) += one;
  return all;
}

/// "3 calls, 1 function": what is not 0.
inline std::string listed(std::initializer_list<std::pair<int, char const*>> amounts) {
  std::vector<std::string> parts;
  for (auto const& [n, what] : amounts)
    if (n != 0)
      parts.push_back(std::to_string(n) + " " + what + (n == 1 || what[0] < 'A' ? "" : "s"));
  return joined(parts);
}
inline std::string costs(ir::operation_counts const& n) {
  std::string const kinds = listed({{n.additions, "+-"},
                                    {n.multiplications, "*"},
                                    {n.divisions, "/"},
                                    {n.square_roots, "square root"},
                                    {n.functions, "function"},
                                    {n.calls, "call"}});
  std::string const others = listed({{n.roundings, "rounding"},
                                     {n.comparisons, "comparison"},
                                     {n.selections, "selection"},
                                     {n.lookups, "lookup"},
                                     {n.uniform, "uniform random number"},
                                     {n.normal, "normal random number"},
                                     {n.poisson, "poisson random number"},
                                     {n.binomial, "binomial random number"}});
  return std::to_string(n.flop()) + " flop" + (kinds.empty() ? "" : " (" + kinds + ")") +
         (others.empty() ? "" : ", " + others);
}
inline std::string costs(traffic const& t) {
  std::string all =
      std::to_string(8 * t.loaded) + " bytes read, " + std::to_string(8 * t.stored) + " written";
  if (t.stored_by_scale > 0)
    all += ", " + std::to_string(8 * t.stored_by_scale) + " more where a scale begins anew";
  if (t.stored_on_spike > 0)
    all += ", " + std::to_string(8 * t.stored_on_spike) + " more where it fires";
  if (t.indices > 0) all += ", " + std::to_string(4 * t.indices) + " of indices";
  return all;
}

inline std::string in_brackets(std::vector<std::string> const& entries, int order,
                               char const* instead) {
  std::string all;
  for (std::size_t k = 0; k < entries.size(); ++k) {
    bool const first = k % static_cast<std::size_t>(order) == 0;
    all += first ? (k == 0 ? "[[" : "], [") : ", ";
    all += entries[k].empty() ? instead : entries[k];
  }
  return all + "]]";
}

inline void add_kernel(std::string& all, description::kernel const& k) {
  all += "\n" + k.what.name + ": " + k.what.task + " (slot " +
         std::string(ir::to_text(k.what.when.when));
  if (k.what.when.order != 0) all += ", order " + std::to_string(k.what.when.order);
  all += ")\n";
  if (!k.code.once_per_step.empty()) {
    all += "  // once per step\n";
    for (auto const& s : k.code.once_per_step) all += "  " + s + "\n";
    all += k.for_all ? "  // once\n" : "  // for each element\n";
  } else if (k.for_all) {
    all += "  // once\n";
  }
  for (auto const& s : k.code.statements) all += "  " + s + "\n";
  std::vector<std::vector<std::string>> rows;
  if (!k.code.reads.empty()) rows.push_back({"reads", joined(k.code.reads)});
  if (!k.code.writes.empty()) rows.push_back({"writes", joined(k.code.writes)});
  if (!k.code.delivery.empty()) rows.push_back({"delivery", joined(k.code.delivery)});
  if (!k.code.once_per_step.empty())
    rows.push_back({"per step", costs(k.code.operations_per_step)});
  rows.push_back({k.for_all ? "once" : "per element", costs(k.code.operations)});
  if (!k.for_all) rows.push_back({"", costs(k.code.values)});
  all += table(rows);
}

}  // namespace detail

NERNST_INLINE std::string to_text(description const& d) {
  std::string all = d.kind + "\n";
  std::vector<std::vector<std::string>> rows;
  for (auto const& l : d.lines) {
    bool const is_equation = l.what == "equation" || l.what == "subexpression" || l.what == "sum";
    all += "  " + (is_equation ? l.text : l.what + ": " + l.text) + "\n";
  }
  for (auto const& v : d.variables)
    rows.push_back(
        {v.name, v.kind, v.type == "real" ? v.unit : v.type, v.constant ? "constant" : ""});
  all += "\nvariables\n" + detail::table(rows);
  if (!d.mistake.ok())
    return all + "\nmistake: " + std::string(ir::to_text(d.mistake).view()) + "\n";
  if (!d.methods.empty()) {
    rows.clear();
    for (auto const& m : d.methods) rows.push_back({detail::joined(m.states), m.name, m.reason});
    all += "\nmethod, and why\n" + detail::table(rows);
  }
  if (!d.once_per_run.empty() || !d.propagators.empty()) all += "\nonce per run\n";
  for (auto const& p : d.propagators) {
    all += std::string("  // exp(A*dt)") + (p.per_element ? ", for each element" : "") + "\n";
    all += "  A = " + detail::in_brackets(p.matrix, p.order, "0") + "\n";
    all += "  " + detail::in_brackets(p.coefficients, p.order, "-") + " = exp(A*dt)\n";
  }
  for (auto const& s : d.once_per_run) all += "  " + s + "\n";
  if (!d.scaled_states.empty())
    all += "\nscaled states: memory has them without their scales, which all elements have in "
           "common\n";
  for (auto const& s : d.scaled_states)
    all += "  " + s.state + "  " + s.scale + " *= " + s.decay + ", until it begins anew at 1 and " +
           s.state + " is stored: in each step, or seldom (exactness::fast)\n";
  for (auto const& k : d.kernels) detail::add_kernel(all, k);
  return all;
}

}  // namespace nernst::inspection
