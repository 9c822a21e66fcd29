// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/replay.hpp>
#include <nernst/inspection/statements.hpp>

namespace nernst::inspection {

/// A node of a graph that has the name of a variable.
struct named_node {
  int symbol = ir::none, node = ir::none;
};

/// The names that the statements of all kernels of a model use, and the statements that are
/// executed once per run.
struct run_listing {
  identifiers names;
  ir::list<named_node> known;        ///< subexpressions
  std::vector<std::string> scalars;  ///< the name of each
  std::vector<std::string> statements;
};

run_listing list_run(replay& model);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/run_listing-inl.hpp>
#endif
