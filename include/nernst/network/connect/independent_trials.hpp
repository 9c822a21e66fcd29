// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>

namespace nernst::detail {

/// Connects each pair with a probability, independently of the others.
/// \throws std::length_error above `synapse_limit`.
connection_list draw_independent_trials(executor const& run, connection_request const& request,
                                        double probability, bool autapses);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/independent_trials-inl.hpp>
#endif
