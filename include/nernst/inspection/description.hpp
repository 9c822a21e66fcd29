// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/kernel_listing.hpp>
#include <nernst/inspection/kernel_names.hpp>
#include <nernst/ir/model.hpp>

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
    std::string what;  ///< "equation", "sum", "threshold", "reset" ...
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
  /// A state that only decays: `scale` times what memory holds, where the scale is multiplied by
  /// `decay` in each step.
  struct scaled_state {
    std::string state, scale, decay;
  };
  struct kernel {
    kernel_name what;
    bool for_all = false;  ///< executed once and not for each element
    kernel_listing code;
  };

  /// "neuron", "synapse", "density mechanism", "point mechanism", "artificial cell".
  std::string kind;
  ir::diagnosis mistake;
  std::vector<line> lines;
  std::vector<variable> variables;
  std::vector<method> methods;
  std::vector<propagator> propagators;
  std::vector<std::string> once_per_run;
  std::vector<scaled_state> scaled_states;
  std::vector<kernel> kernels;
};

/// Describes a model: `written` is how it was before it was compiled.
description describe(ir::model const& written, kernel::compiled_model const& compiled);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/description-inl.hpp>
#endif
