// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/dot.hpp>
#include <nernst/inspection/kernel_names.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/ir/schedule.hpp>

#include <utility>
#include <vector>

namespace nernst::inspection {

namespace detail {

inline std::string dot_string(std::string_view s) {
  std::string all = "\"";
  for (char const c : s) {
    if (c == '"' || c == '\\') all += '\\';
    all += c;
  }
  return all + "\"";
}

struct legend_entry {
  ir::frequency often;
  char const* name;
  char const* colour;
};
inline constexpr legend_entry legend[] = {
    {ir::frequency::per_run, "once per run", "#cfe2f3"},
    {ir::frequency::per_step, "once per step", "#d9ead3"},
    {ir::frequency::per_element, "for each element", "#fff2cc"},
};
inline std::string colour_of(ir::frequency often) {
  for (auto const& e : legend)
    if (e.often == often) return e.colour;
  return {};
}

/// Draws the operations of several programs over one graph: each operation once, however many
/// programs and results use it.
class drawing {
 public:
  explicit drawing(replay& model) : model_(model) {}

  void add(kernel::scheduled_kernel const& k) {
    kernel::compiled_model const& m = model_.model();
    std::string const name = name_of(model_, k).name;
    replay::kernel_nodes const nodes = model_.nodes_of(k);
    note_all(m.prologue(k), nodes.prologue, ir::frequency::per_step);
    note_all(m.code(k), nodes.code, ir::frequency::per_element);
    for (auto const& s : m.stores(k))
      add_result(model_.spelling(symbol_written(m, s)), nodes.code[s.value], name);
    if (k.spike != ir::none) add_result("fires", nodes.code[k.spike], name);
  }

  std::string text() const {
    std::string all = "digraph model {\n"
                      "  rankdir=LR;\n"
                      "  node [fontname=\"sans-serif\", shape=box, style=\"rounded,filled\"];\n"
                      "  edge [fontname=\"sans-serif\", fontsize=10];\n"
                      "  subgraph cluster_legend {\n"
                      "    label=\"computed\";\n";
    int entries = 0;
    for (auto const& e : legend)
      all += "    legend_" + std::to_string(entries++) + " [label=\"" + e.name +
             "\", fillcolor=\"" + e.colour + "\"];\n";
    all += "  }\n";
    for (int i = 0; i < drawn_.size(); ++i)
      if (drawn_[i] != 0) all += node_text(i);
    return all + results_text() + "}\n";
  }

 private:
  /// What a variable becomes, and by which kernels.
  struct result {
    std::string variable;
    int node = ir::none;
    std::string kernels;
  };

  void note_all(ir::span<kernel::instruction const> code, ir::list<int> const& nodes,
                ir::frequency often) {
    for (int k = 0; k < code.size(); ++k) {
      kernel::origin const from = code[k].from;
      bool const taken_over = from == kernel::origin::scalar || from == kernel::origin::step_scalar;
      if (!taken_over) note(nodes[k], often);
      if (from != kernel::origin::scalar) continue;
      ir::list<int> const order = ir::schedule(model_.nodes(), nodes[k]);
      for (int const i : order) note(i, ir::frequency::per_run);
    }
  }
  void note(int node, ir::frequency often) {
    while (drawn_.size() <= node) {
      drawn_.push_back(0);
      often_.push_back(ir::frequency::per_run);
    }
    if (often > often_[node]) often_[node] = often;
    drawn_[node] = 1;
  }
  /// Results of one variable stay together.
  void add_result(std::string const& variable, int node, std::string const& kernel) {
    std::size_t at = results_.size();
    for (std::size_t k = 0; k < results_.size(); ++k) {
      if (results_[k].variable != variable) continue;
      at = k + 1;
      if (results_[k].node != node) continue;
      (results_[k].kernels += ", ") += kernel;
      return;
    }
    results_.insert(results_.begin() + static_cast<std::ptrdiff_t>(at), {variable, node, kernel});
  }

  static std::string id(int node) { return "n" + std::to_string(node); }
  /// Where an edge to `user` begins. A literal is drawn for each user.
  std::string source(std::string& all, int node, std::string const& user) const {
    ir::node const& n = model_.nodes()[node];
    if (n.code != ir::op::literal) return id(node);
    std::string const own = id(node) + "_" + user;
    all += "  " + own + " [label=" + dot_string(ir::decimal(n.value)) +
           ", shape=plaintext, style=\"\"];\n";
    return own;
  }
  std::string label(ir::node const& n) const {
    bool const is_variable = n.code == ir::op::symbol || ir::is_lookup(n.code);
    if (is_variable) return model_.spelling(n.which);
    if (ir::is_call(n.code)) return std::string(model_.model().functions[n.which].id.view());
    return std::string(ir::name_of(n.code));
  }
  std::string node_text(int i) const {
    ir::node const& n = model_.nodes()[i];
    if (n.code == ir::op::literal) return {};
    int const count = ir::operands(n.code);
    std::string all = "  " + id(i) + " [label=" + dot_string(label(n)) + ", " +
                      (count == 0 ? "shape=ellipse, style=filled, " : "") + "fillcolor=\"" +
                      colour_of(often_[i]) + "\"];\n";
    bool const symmetric = n.code == ir::op::add || n.code == ir::op::multiply || count == 1;
    char letter = 'a';
    for (int const operand : operands(n)) {
      std::string const name(1, letter++);
      std::string const from = source(all, operand, id(i) + name);
      all += "  " + from + " -> " + id(i) + (symmetric ? "" : " [label=\"" + name + "\"]") + ";\n";
    }
    return all;
  }
  std::string results_text() const {
    std::string all, own;
    std::string const* variable = nullptr;
    int number = 0;
    for (auto const& r : results_) {
      if (variable == nullptr || *variable != r.variable) {
        variable = &r.variable;
        own = "result_" + std::to_string(number++);
        all += "  " + own + " [label=" + dot_string(r.variable) + ", shape=box, style=bold];\n";
      }
      std::string const from = source(all, r.node, own);
      all += "  " + from + " -> " + own + " [label=" + dot_string(r.kernels) + "];\n";
    }
    return all;
  }

  replay& model_;
  ir::list<char> drawn_;           ///< by node
  ir::list<ir::frequency> often_;  ///< by node
  std::vector<result> results_;
};

}  // namespace detail

NERNST_INLINE std::string to_dot(kernel::compiled_model const& m) {
  replay model(m);
  detail::drawing all(model);
  for (auto const& k : m.kernels)
    if (is_used(m, k)) all.add(k);
  return all.text();
}

}  // namespace nernst::inspection
