// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/ir/superposition.hpp>

namespace nernst::kernel {

namespace detail {
template <class Mechanism>
struct superposition_finding {
  static constexpr ir::diagnosis value = ir::superposition(lower(Mechanism::model)).obstacle();
  static constexpr ir::diagnosis get() { return value; }
};
}  // namespace detail

/// Whether elements of a point mechanism at one place can be computed as one (see
/// `ir::superposition`). What keeps them from it is one error, `not_linear`.
template <class Mechanism>
constexpr auto require_superposition() {
  using finding = detail::superposition_finding<Mechanism>;
  nernst::detail::report<finding, Mechanism>();
  return finding::value.ok();
}

}  // namespace nernst::kernel
