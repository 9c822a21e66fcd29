// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>

#include <string>

namespace nernst::engine {

/// What two networks have in common if the state of one can be that of the other, for people: a
/// line for each population, projection and variable.
template <class Real>
std::string outline_of(population_base<Real> const& neurons);
template <class Real>
std::string outline_of(projection_base<Real> const& synapses);

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/outline-inl.hpp>
#endif
