// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/replay.hpp>

namespace nernst::inspection {

/// What a kernel is called, and what it is for.
struct kernel_name {
  std::string name, task;
  ir::instant when;
};

kernel_name name_of(replay& model, kernel::scheduled_kernel const& k);

/// Whether a kernel does anything. The one that updates and resets stands for two that can be
/// joined.
bool is_used(kernel::compiled_model const& m, kernel::scheduled_kernel const& k);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/kernel_names-inl.hpp>
#endif
