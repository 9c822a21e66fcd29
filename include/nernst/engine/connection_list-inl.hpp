// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>
#include <string>

namespace nernst::detail {

NERNST_INLINE void check_synapse_count(char const* rule, std::uint64_t count) {
  if (count > synapse_limit)
    detail::refuse<std::length_error>(
        {rule, ": expected at most ", synapse_limit, " synapses, found ", count});
}

NERNST_INLINE void add_up_rows(char const* rule, connection_list& list) {
  for (std::size_t row = 1; row < list.row_begin.size(); ++row)
    list.row_begin[row] += list.row_begin[row - 1];
  check_synapse_count(rule, list.row_begin.back());
}

}  // namespace nernst::detail
