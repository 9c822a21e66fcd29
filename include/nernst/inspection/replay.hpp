// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/graph.hpp>
#include <nernst/kernel/compiled_model.hpp>

#include <string>

namespace nernst::inspection {

/// The variable in an array.
int variable_in(kernel::compiled_model const& m, int array);
/// The variable that an instruction reads, or `none` where it reads none or a scalar.
int symbol_read(kernel::compiled_model const& m, kernel::instruction const& s);
/// The variable that an output writes.
int symbol_written(kernel::compiled_model const& m, kernel::output const& s);
/// Whether an output is the error of a substep, which has the place of the last variable.
bool is_error(kernel::compiled_model const& m, kernel::output const& s);

/// The expressions of a compiled model as one graph again: equal expressions are one node, wherever
/// they stand.
class replay {
 public:
  /// The node of each instruction of a kernel.
  struct kernel_nodes {
    ir::list<int> code, prologue;
  };

  explicit replay(kernel::compiled_model const& m);

  kernel::compiled_model const& model() const { return model_; }
  ir::graph const& nodes() const { return nodes_; }
  /// The nodes of the results of a tape.
  ir::list<int> results(kernel::recorded const& tape);
  /// The node of each scalar.
  ir::list<int> const& scalars() const { return scalars_; }
  kernel_nodes nodes_of(kernel::scheduled_kernel const& k);

  /// Expressions in Brian's language.
  std::string text(int node) const;
  std::string spelling(int variable) const;

 private:
  int node_of(kernel::instruction const& s, ir::list<int> const& before,
              ir::list<int> const& step_scalars);
  ir::list<int> list(ir::span<kernel::instruction const> code, ir::list<int> const& step_scalars);

  kernel::compiled_model const& model_;
  ir::graph nodes_;
  ir::list<int> scalars_;
};

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/replay-inl.hpp>
#endif
