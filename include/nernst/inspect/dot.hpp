// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/kernel_names.hpp>
#include <nernst/inspect/nodes.hpp>
#include <nernst/ir/flatten.hpp>
#include <nernst/ir/print.hpp>

namespace nernst::inspection {

namespace detail {

/// Draws the operations of several programs over one graph: each operation once, however many
/// programs and results use it.
class drawing {
 public:
  drawing(ir::model m, kernel::layout const& where) : m_(std::move(m)), where_(where) {}

  void add(std::string const& kernel, kernel::program const& p) {
    program_nodes const nodes(m_, where_, p);
    for (auto const* part : {&nodes.prologue, &nodes.code})
      for (std::size_t k = 0; k < part->size(); ++k) {
        kernel::instruction const& s = (part == &nodes.code ? p.code : p.prologue)[k];
        bool const taken_over =
            s.from == kernel::source::scalar || s.from == kernel::source::step_scalar;
        if (!taken_over) note((*part)[k], part == &nodes.code ? per_element : per_step);
        if (s.from != kernel::source::scalar) continue;
        for (int const i : ir::schedule(m_.nodes, std::span<int const>(&(*part)[k], 1)))
          note(i, per_run);
      }
    for (auto const& s : p.stores)
      add_result(ir::spelling(m_.at(symbol_written(where_, s))),
                 nodes.code[static_cast<std::size_t>(s.value)], kernel);
    if (p.spike != ir::none)
      add_result("fires", nodes.code[static_cast<std::size_t>(p.spike)], kernel);
  }

  std::string text() const {
    std::string all = "digraph model {\n"
                      "  rankdir=LR;\n"
                      "  node [fontname=\"sans-serif\", shape=box, style=\"rounded,filled\"];\n"
                      "  edge [fontname=\"sans-serif\", fontsize=10];\n"
                      "  subgraph cluster_legend {\n"
                      "    label=\"computed\";\n";
    for (int f = 0; f < 3; ++f)
      all += "    legend_" + std::to_string(f) + " [label=\"" + how_often[f].name +
             "\", fillcolor=\"" + how_often[f].colour + "\"];\n";
    all += "  }\n";
    for (std::size_t i = 0; i < often_.size(); ++i)
      if (often_[i] != never) add_node(all, static_cast<int>(i), often_[i]);
    std::string const* variable = nullptr;
    std::string own;
    int number = 0;
    for (auto const& r : results_) {
      if (variable == nullptr || *variable != r.variable) {
        variable = &r.variable;
        own = "result_" + std::to_string(number++);
        all += "  " + own + " [label=" + quoted(r.variable) + ", shape=box, style=bold];\n";
      }
      std::string const from = source(all, r.node, own);
      all += "  " + from + " -> " + own + " [label=" + quoted(r.kernels) + "];\n";
    }
    return all + "}\n";
  }

 private:
  enum frequency : char { per_run, per_step, per_element, never };
  struct kind {
    char const* name;
    char const* colour;
  };
  static constexpr kind how_often[] = {
      {"once per run", "#cfe2f3"}, {"once per step", "#d9ead3"}, {"for each element", "#fff2cc"}};

  /// What a variable becomes, and by which kernels.
  struct result {
    std::string variable;
    int node = ir::none;
    std::string kernels;
  };

  void note(int node, frequency f) {
    if (often_.size() <= static_cast<std::size_t>(node))
      often_.resize(static_cast<std::size_t>(m_.nodes.size()), never);
    frequency& known = often_[static_cast<std::size_t>(node)];
    if (known == never || known < f) known = f;
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
  static std::string quoted(std::string_view s) {
    std::string all = "\"";
    for (char const c : s) {
      if (c == '"' || c == '\\') all += '\\';
      all += c;
    }
    return all + "\"";
  }
  static std::string id(int node) { return "n" + std::to_string(node); }
  /// Where an edge to `user` begins. A literal is drawn for each user.
  std::string source(std::string& all, int node, std::string const& user) const {
    ir::node const& n = m_.nodes[node];
    if (n.code != ir::op::literal) return id(node);
    std::string const own = id(node) + "_" + user;
    all += "  " + own + " [label=" + quoted(ir::decimal(n.value)) +
           ", shape=plaintext, style=\"\"];\n";
    return own;
  }
  std::string label(ir::node const& n) const {
    struct sign {
      ir::op code;
      char const* text;
    };
    constexpr sign signs[] = {
        {ir::op::negate, "-"},      {ir::op::add, "+"},           {ir::op::subtract, "-"},
        {ir::op::multiply, "*"},    {ir::op::divide, "/"},        {ir::op::power, "**"},
        {ir::op::floor_mod, "%"},   {ir::op::floor_divide, "//"}, {ir::op::less, "<"},
        {ir::op::less_equal, "<="}, {ir::op::greater, ">"},       {ir::op::greater_equal, ">="},
        {ir::op::equal, "=="},      {ir::op::not_equal, "!="}};
    if (n.code == ir::op::symbol) return ir::spelling(m_.at(n.a));
    if (ir::is_lookup(n.code)) return ir::spelling(m_.at(n.tag));
    if (ir::is_call(n.code))
      return std::string(m_.functions[static_cast<std::size_t>(n.tag)].id.view());
    for (auto const& s : signs)
      if (n.code == s.code) return s.text;
    return ir::name_of(n.code);
  }
  void add_node(std::string& all, int i, frequency often) const {
    ir::node const& n = m_.nodes[i];
    if (n.code == ir::op::literal) return;
    bool const leaf = n.code < ir::op::negate;
    all += "  " + id(i) + " [label=" + quoted(label(n)) + ", " +
           (leaf ? "shape=ellipse, style=filled, " : "") + "fillcolor=\"" +
           how_often[often].colour + "\"];\n";
    int const operand[] = {n.a, n.b, n.c};
    int const count = ir::operands(n.code);
    bool const symmetric = n.code == ir::op::add || n.code == ir::op::multiply || count == 1;
    constexpr char const* names[] = {"a", "b", "c"};
    for (int k = 0; k < count; ++k) {
      std::string const from = source(all, operand[k], id(i) + names[k]);
      all += "  " + from + " -> " + id(i) +
             (symmetric ? "" : std::string(" [label=\"") + names[k] + "\"]") + ";\n";
    }
  }

  ir::model m_;
  kernel::layout const& where_;
  std::vector<frequency> often_;  ///< by node
  std::vector<result> results_;
};

}  // namespace detail

/// The expression graph of the kernels of a model in the language of Graphviz: `dot -Tsvg`.
/// Operations that several kernels share stand in it once; the colour says how often they are
/// computed.
inline std::string to_dot(kernel::neuron_derivation const& d) {
  detail::drawing all(d.model, d.where);
  for (std::size_t k = 0; k < d.kernels.size(); ++k)
    if (is_used(d, k)) all.add(name_of(d, k).name, d.kernels[k]);
  return all.text();
}
inline std::string to_dot(kernel::synapse_derivation const& d) {
  detail::drawing all(d.model, d.where);
  for (std::size_t k = 0; k < d.pathways.size(); ++k) all.add(name_of(d, k).name, d.pathways[k]);
  return all.text();
}

}  // namespace nernst::inspection
