// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/fixed_in_degree.hpp>
#include <nernst/network/connect/row_lists.hpp>

namespace nernst {

NERNST_INLINE connections fixed_in_degree_rule::make(executor const&,
                                                     connection_request const& request) const {
  char const* const name = "fixed_in_degree";
  if (request.targets > 0)
    detail::check_degree(name, degree_, request, allowed_, request.sources, "sources");
  detail::check_synapse_count(name, std::uint64_t{request.targets} * degree_, request.limit);
  return detail::random_columns(name, request, allowed_, degree_);
}

NERNST_INLINE connection_list fixed_in_degree_rule::build(executor const& run,
                                                          connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
