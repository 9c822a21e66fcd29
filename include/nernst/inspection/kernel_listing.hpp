// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/counts.hpp>
#include <nernst/inspection/run_listing.hpp>

namespace nernst::inspection {

/// A kernel as C++ statements, and what it costs.
struct kernel_listing {
  std::vector<std::string> once_per_step, statements;
  std::vector<std::string> reads, writes;  ///< variables, in the order of the model
  ir::operation_counts operations, operations_per_step;
  traffic values;
  std::vector<std::string> delivery;  ///< how the engine may carry out a pathway, and why
};

/// Lists a kernel of a model.
kernel_listing list_kernel(replay& model, run_listing const& run,
                           kernel::scheduled_kernel const& k);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/kernel_listing-inl.hpp>
#endif
