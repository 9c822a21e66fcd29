// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>
#include <nernst/engine/failures_before_success.hpp>
#include <nernst/network/connect/row_random.hpp>

namespace nernst::detail {

/// Connects each pair with a probability, independently of the others.
/// \throws std::length_error above the limit.
connection_rows independent_trials(connection_request const& request, double probability,
                                   bool autapses);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/independent_trials-inl.hpp>
#endif
