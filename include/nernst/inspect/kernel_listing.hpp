// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/counts.hpp>
#include <nernst/inspect/nodes.hpp>
#include <nernst/inspect/run_listing.hpp>
#include <nernst/ir/dependency.hpp>

namespace nernst::inspection {

/// A kernel as C++ statements, and what it costs.
struct kernel_listing {
  std::vector<std::string> once_per_step, statements;
  std::vector<std::string> reads, writes;  ///< variables, in the order of the model
  operation_counts operations, operations_per_step;
  traffic values;
};

namespace detail {

/// Makes the listing of one kernel.
class kernel_lister {
 public:
  kernel_lister(ir::model& m, kernel::layout const& where, run_listing const& run,
                std::vector<ir::assignment> const& known, kernel::program const& p,
                std::string_view condition)
      : m_(m), where_(where), run_(run), known_(known), p_(p), condition_(condition),
        names_(run.names) {}

  kernel_listing operator()() {
    program_nodes const nodes(m_, where_, p_);
    list_prologue(nodes);
    list_body(nodes);
    r_.operations = count_operations(p_.code);
    r_.operations_per_step = count_operations(p_.prologue);
    r_.values = count_traffic(p_.code, p_.stores);
    list_access();
    return std::move(r_);
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  std::string leaf(kernel::instruction const& s) const {
    switch (s.from) {
    case kernel::source::scalar:
      return run_.scalars[index(s.a)];
    case kernel::source::step_scalar:
      return step_scalars_[index(s.a)];
    case kernel::source::draw:
      return std::string(ir::name_of(s.code)) + "(" + std::to_string(s.a) + ")";
    default: {
      int const symbol = symbol_read(m_, where_, s);
      return symbol == ir::none ? "?" : names_.variable(symbol);
    }
    }
  }
  statements begin(std::string_view prefix, std::vector<kernel::instruction> const& code,
                   std::vector<int> const& node) {
    std::vector<std::string> leaves;
    for (auto const& s : code) {
      bool const is_leaf = s.from != kernel::source::computed && s.from != kernel::source::literal;
      leaves.push_back(is_leaf ? leaf(s) : std::string());
    }
    statements list(names_, prefix, code, std::move(leaves));
    for (std::size_t k = 0; k < code.size(); ++k)
      for (auto const& v : known_)
        if (node[k] == v.value && list.is_computed(static_cast<int>(k)) &&
            !list.is_named(static_cast<int>(k)))
          list.name(static_cast<int>(k), names_.fresh(names_.variable(v.symbol)));
    return list;
  }

  void list_prologue(program_nodes const& nodes) {
    if (p_.prologue.empty()) return;
    statements list = begin("part", p_.prologue, nodes.prologue);
    int number = 0;
    for (int const value : p_.step_scalars) {
      list.use(value);
      if (!list.is_named(value)) list.name(value, names_.numbered("s", number));
    }
    list.write(r_.once_per_step);
    for (int const value : p_.step_scalars) step_scalars_.push_back(list.text(value));
  }

  void list_body(program_nodes const& nodes) {
    statements list = begin("x", p_.code, nodes.code);
    std::vector<char> stored(m_.symbols.size(), 0);
    std::vector<int> values;
    for (auto const& s : p_.stores) {
      stored[index(symbol_written(where_, s))] = 1;
      kernel::instruction const& n = p_.code[index(s.value)];
      // A selection that leaves the old value where the element does not fire.
      bool const rare = s.on_spike && n.code == ir::op::select && n.a == p_.spike;
      values.push_back(rare ? n.b : s.value);
      list.use(values.back());
    }
    if (p_.spike != ir::none) {
      list.use(p_.spike);
      if (list.is_computed(p_.spike))
        list.name(p_.spike, fires_ = names_.fresh(std::string(condition_)));
    }
    for (std::size_t k = 0; k < values.size(); ++k)
      if (values.size() > 1 && list.is_computed(values[k]) && !list.is_named(values[k]))
        list.name(values[k], new_name(p_.stores[k]));
    list.write(r_.statements);
    if (p_.spike != ir::none && fires_.empty()) {
      fires_ = names_.fresh(std::string(condition_));
      r_.statements.push_back("bool const " + fires_ + " = " + list.text(p_.spike) + " != 0.0;");
    }
    std::vector<std::string> text;
    for (std::size_t k = 0; k < values.size(); ++k) {
      text.push_back(list.text(values[k]));
      int const read = list.is_computed(values[k])
                           ? ir::none
                           : symbol_read(m_, where_, p_.code[index(values[k])]);
      if (values.size() == 1 || read == ir::none || stored[index(read)] == 0) continue;
      std::string const own = new_name(p_.stores[k]);
      r_.statements.push_back("double const " + own + " = " + text.back() + ";");
      text.back() = own;
    }
    for (std::size_t k = 0; k < values.size(); ++k)
      r_.statements.push_back((p_.stores[k].on_spike ? "if (" + fires_ + ") " : "") +
                              target(p_.stores[k]) + " = " + text[k] + ";");
  }
  std::string target(kernel::output const& s) const {
    return is_error(where_, s) ? "error" : names_.variable(symbol_written(where_, s));
  }
  std::string new_name(kernel::output const& s) { return names_.fresh(target(s) + "_new"); }

  void list_access() {
    ir::symbol_set reads, writes;
    std::vector<int> scalars;
    for (auto const* code : {&p_.prologue, &p_.code})
      for (auto const& s : *code) {
        int const symbol = symbol_read(m_, where_, s);
        if (symbol != ir::none) reads.insert(symbol);
        if (s.from == kernel::source::scalar) scalars.push_back(where_.scalars[index(s.a)]);
        if (s.from == kernel::source::computed && ir::is_lookup(s.code)) reads.insert(s.tag);
      }
    for (int const i : ir::schedule(m_.nodes, scalars))
      if (m_.nodes[i].code == ir::op::symbol) reads.insert(m_.nodes[i].a);
    for (auto const& s : p_.stores)
      if (!is_error(where_, s)) writes.insert(symbol_written(where_, s));
    for (int s = 0; s < static_cast<int>(m_.symbols.size()); ++s) {
      if (reads.contains(s)) r_.reads.push_back(names_.variable(s));
      if (writes.contains(s)) r_.writes.push_back(names_.variable(s));
    }
  }

  ir::model& m_;
  kernel::layout const& where_;
  run_listing const& run_;
  std::vector<ir::assignment> const& known_;
  kernel::program const& p_;
  std::string_view condition_;
  identifiers names_;
  std::vector<std::string> step_scalars_;
  std::string fires_;
  kernel_listing r_;
};

}  // namespace detail

/// Lists a kernel of a model; `known` as for `list_scalars`. `condition` names what the kernel
/// finds out of an element.
inline kernel_listing list_kernel(ir::model& m, kernel::layout const& where, run_listing const& run,
                                  std::vector<ir::assignment> const& known,
                                  kernel::program const& p, std::string_view condition = "fires") {
  return detail::kernel_lister(m, where, run, known, p, condition)();
}

}  // namespace nernst::inspection
