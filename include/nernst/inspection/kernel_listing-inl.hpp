// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/kernel_listing.hpp>
#include <nernst/ir/schedule.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/deferral.hpp>
#include <nernst/kernel/delivery.hpp>
#include <nernst/kernel/side_by_side.hpp>

#include <utility>

namespace nernst::inspection {

namespace detail {

/// Makes the listing of one kernel.
class kernel_lister {
 public:
  kernel_lister(replay& model, run_listing const& run, kernel::scheduled_kernel const& k)
      : model_(model), m_(model.model()), run_(run), k_(k), code_(m_.code(k)),
        prologue_(m_.prologue(k)), stores_(m_.stores(k)), names_(run.names) {}

  kernel_listing operator()() {
    replay::kernel_nodes const nodes = model_.nodes_of(k_);
    list_prologue(nodes.prologue);
    list_body(nodes.code);
    list_access();
    list_delivery();
    r_.operations = count_operations(code_);
    r_.operations_per_step = count_operations(prologue_);
    r_.values = count_traffic(code_, stores_, m_.of_synapses);
    for (auto const& s : stores_) {
      if (scale_of(s) == ir::none) continue;
      --r_.values.stored;
      ++r_.values.stored_by_scale;
    }
    return std::move(r_);
  }

 private:
  using code_view = ir::span<kernel::instruction const>;

  std::string leaf(kernel::instruction const& s) const {
    switch (s.from) {
    case kernel::origin::scalar:
      return run_.scalars[static_cast<std::size_t>(s.a)];
    case kernel::origin::step_scalar:
      return step_scalars_[s.a];
    case kernel::origin::draw:
      return std::string(ir::properties(s.code).name) + "(" + std::to_string(s.which) + ")";
    case kernel::origin::literal:
    case kernel::origin::computed:
      return {};
    default: {
      int const symbol = symbol_read(m_, s);
      return symbol == ir::none ? "?" : names_.variable(symbol);
    }
    }
  }
  statements begin(std::string_view prefix, code_view code, ir::list<int> const& node) {
    std::vector<std::string> leaves;
    for (auto const& s : code) leaves.push_back(leaf(s));
    statements list(names_, prefix, code, std::move(leaves));
    for (int k = 0; k < code.size(); ++k)
      for (auto const& v : run_.known)
        if (node[k] == v.node && list.is_computed(k) && !list.is_named(k))
          list.name(k, names_.fresh(names_.variable(v.symbol)));
    return list;
  }

  void list_prologue(ir::list<int> const& nodes) {
    if (prologue_.empty()) return;
    statements list = begin("part", prologue_, nodes);
    int number = 0;
    for (int const value : m_.scalars_of_step(k_)) {
      list.use(value);
      if (!list.is_named(value)) list.name(value, names_.numbered("s", number));
    }
    list.write(r_.once_per_step);
    for (int const value : m_.scalars_of_step(k_)) step_scalars_.push_back(list.text(value));
  }

  void list_body(ir::list<int> const& nodes) {
    statements list = begin("x", code_, nodes);
    ir::list<int> const values = values_stored(list);
    name_values(list, values);
    list.write(r_.statements);
    if (k_.spike != ir::none && fires_.empty()) {
      fires_ = names_.fresh(condition());
      r_.statements.push_back("bool const " + fires_ + " = " + list.text(k_.spike) + " != 0.0;");
    }
    std::vector<std::string> lines;
    for (int k = 0; k < values.size(); ++k) {
      std::string const what = text_of(list, values, k);
      int const scale = scale_of(stores_[k]);
      lines.push_back(
          (stores_[k].on_spike ? "if (" + fires_ + ") " : "") + target(stores_[k]) + " = " + what +
          ";" + (scale == ir::none ? "" : "  // where " + names_.variable(scale) + " begins anew"));
    }
    for (auto const& line : lines) r_.statements.push_back(line);
  }

  /// The scale by which an output is stored: a symbol, or `none`.
  int scale_of(kernel::output const& s) const {
    int const state = m_.scaled_by(s);
    return state == ir::none ? ir::none : m_.scaled_states[state].scale;
  }
  /// What is stored. A selection that leaves the old value where the element does not fire counts
  /// as what it chooses where it does.
  ir::list<int> values_stored(statements& list) const {
    ir::list<int> values;
    for (auto const& s : stores_) {
      kernel::instruction const& n = code_[s.value];
      bool const rare = s.on_spike && n.code == ir::op::select && n.a == k_.spike;
      values.push_back(rare ? n.b : s.value);
      list.use(values.back());
    }
    return values;
  }
  void name_values(statements& list, ir::list<int> const& values) {
    if (k_.spike != ir::none) {
      list.use(k_.spike);
      if (list.is_computed(k_.spike)) {
        fires_ = names_.fresh(condition());
        list.name(k_.spike, fires_);
      }
    }
    if (values.size() < 2) return;
    for (int k = 0; k < values.size(); ++k)
      if (list.is_computed(values[k]) && !list.is_named(values[k]))
        list.name(values[k], new_name(stores_[k]));
  }
  /// The text of a stored value. An old value that another store overwrites is copied before.
  std::string text_of(statements const& list, ir::list<int> const& values, int k) {
    std::string const text = list.text(values[k]);
    if (values.size() < 2 || list.is_computed(values[k])) return text;
    if (!is_stored(symbol_read(m_, code_[values[k]]))) return text;
    std::string const own = new_name(stores_[k]);
    r_.statements.push_back("double const " + own + " = " + text + ";");
    return own;
  }
  bool is_stored(int symbol) const {
    for (auto const& s : stores_)
      if (symbol != ir::none && symbol_written(m_, s) == symbol) return true;
    return false;
  }

  /// What the kernel finds out of an element.
  std::string condition() const {
    return k_.when_executed == kernel::trigger::check ? "happens" : "fires";
  }
  std::string target(kernel::output const& s) const {
    return is_error(m_, s) ? "error" : names_.variable(symbol_written(m_, s));
  }
  std::string new_name(kernel::output const& s) { return names_.fresh(target(s) + "_new"); }

  void list_access() {
    for (int s = 0; s < m_.variables.size(); ++s) {
      if (reads(s)) r_.reads.push_back(names_.variable(s));
      if (writes(s)) r_.writes.push_back(names_.variable(s));
    }
  }
  /// What compiled pathways (`engine/deliver.hpp`) decide by.
  void list_delivery() {
    if (k_.when_executed != kernel::trigger::pathway || k_.is_empty()) return;
    if (kernel::is_countable(m_, k_))
      r_.delivery.push_back("counts the spikes that reach a target, where rows are dense");
    bool const is_of_source = m_.pathways[k_.which].end == ir::side::pre;
    if (is_of_source && kernel::acts_side_by_side(m_, k_))
      r_.delivery.push_back("synapses of a row side by side");
    else if (is_of_source && kernel::adds_weights(m_, k_))
      r_.delivery.push_back("synapses of consecutive targets side by side");
    int const settling = kernel::settling(m_);
    if (settling != ir::none && &k_ == &m_.kernels[kernel::deferred_to(m_, settling)])
      r_.delivery.push_back("waits for the next spike of the source or for whoever looks");
  }
  bool writes(int symbol) const {
    for (auto const& s : stores_)
      if (!is_error(m_, s) && symbol_written(m_, s) == symbol) return true;
    return false;
  }
  bool reads(int symbol) const {
    for (code_view const code : {prologue_, code_})
      for (auto const& s : code) {
        if (symbol_read(m_, s) == symbol || kernel::reads(m_, s, symbol)) return true;
        bool const scalar = s.from == kernel::origin::scalar;
        if (scalar && mentions(model_.scalars()[s.a], symbol)) return true;
      }
    return false;
  }
  bool mentions(int node, int symbol) const {
    return ir::any_of(model_.nodes(), node, [symbol](ir::node const& n) {
      return n.code == ir::op::symbol && n.which == symbol;
    });
  }

  replay& model_;
  kernel::compiled_model const& m_;
  run_listing const& run_;
  kernel::scheduled_kernel const& k_;
  code_view code_, prologue_;
  ir::span<kernel::output const> stores_;
  identifiers names_;
  ir::list<std::string> step_scalars_;
  std::string fires_;
  kernel_listing r_;
};

}  // namespace detail

NERNST_INLINE kernel_listing list_kernel(replay& model, run_listing const& run,
                                         kernel::scheduled_kernel const& k) {
  return detail::kernel_lister(model, run, k)();
}

}  // namespace nernst::inspection
