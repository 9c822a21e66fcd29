// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/connection_list.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>
#include <string>

namespace nernst::detail {

NERNST_INLINE void check_synapse_count(char const* rule, std::uint64_t count) {
  if (count > synapse_limit)
    detail::refuse<std::length_error>(
        {rule, ": expected at most ", synapse_limit, " synapses, found ", count});
}

}  // namespace nernst::detail
