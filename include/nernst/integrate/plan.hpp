// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>

/// Integration methods: each turns the equations of a model into the new value of each state after
/// one step.
namespace nernst::integrate {

/// A propagator exp(A dt) of the exact method, which the engine computes once per run from the
/// values of the nodes in `matrix` and stores in the symbols of `coefficient`.
struct exact_block {
  /// A has `order` rows and columns: the block's equations, then what is held constant over a step
  /// (inputs, and last the number one).
  int order = 0;
  /// The equations of the block, ascending: indices into `model::equations`.
  ir::list<int> equations;
  /// order * order nodes, row major. They read parameters, shared variables, dt and i, no states.
  ir::list<int> matrix;
  /// order * order symbol indices, row major: where the entries of exp(A dt) go; `none` for entries
  /// that are not needed.
  ir::list<int> coefficient;
  /// Whether the entries of A differ between the elements of a population. Then each coefficient is
  /// an array.
  bool per_element = false;
};

/// States that an integrator advances through a step of the simulation by substeps, whose lengths
/// differ between elements. `value` and `error` are written in terms of the states at the start of
/// a substep, t, what the substeps before have covered of the step (the symbol of `role::elapsed`)
/// and the length (that of `role::adaptive_step`).
struct adaptive_states {
  /// Indices into `model::equations`, and for each the state after the substep and the symbol of
  /// `role::adaptive_result` by which the update of the model reads what the state is at the end of
  /// the step.
  ir::list<int> equations, value, result;
  /// The largest error of a substep as a fraction of what is tolerated: at most 1 where the substep
  /// is accepted. It falls with the power `order` of the length.
  int error = ir::none;
  int order = 0;
  /// The state that keeps for each element the length to begin the next step with, 0 before the
  /// first one, and the symbol of `role::adaptive_result` for its new value.
  int length = ir::none, next_length = ir::none;
};

/// One step of a method: the new value of each state in terms of the old ones (in the order of the
/// system's equations), and what it needs for that.
struct plan {
  ir::list<ir::assignment> update;
  ir::list<exact_block> exact;
  ir::list<adaptive_states> adaptive;
};

}  // namespace nernst::integrate
