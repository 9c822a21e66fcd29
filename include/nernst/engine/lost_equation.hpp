// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/kernel/compiled_model.hpp>

namespace nernst::engine {

/// An equation whose state will not be finite behind the first step, whatever it is before.
struct lost_equation {
  int state = ir::none;   ///< the symbol; `none` if there is no such equation
  int method = ir::none;  ///< of the model
  double found = 0;       ///< the value that is not finite

  constexpr bool exists() const { return state != ir::none; }
};

/// Looks for one, where the scalars that are computed once per run are known: a time constant that
/// nobody has set gives 1/0. What a choice of the user may leave out does not count.
lost_equation find_lost_equation(kernel::compiled_model const& model,
                                 ir::span<double const> scalars);

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/lost_equation-inl.hpp>
#endif
