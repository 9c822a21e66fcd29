// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_values.hpp>
#include <nernst/network/population_slice.hpp>

namespace nernst::detail {

/// How a rule of connection reads elements.
template <class Real>
element_values values_of(group_slice<Real> const& slice);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/slice_values-inl.hpp>
#endif
