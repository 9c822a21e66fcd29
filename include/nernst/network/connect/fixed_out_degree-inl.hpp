// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/fixed_out_degree.hpp>
#include <nernst/network/connect/row_lists.hpp>

namespace nernst {

NERNST_INLINE connections fixed_out_degree_rule::make(executor const&,
                                                      connection_request const& request) const {
  char const* const name = "fixed_out_degree";
  if (request.sources > 0)
    detail::check_degree(name, degree_, request, allowed_, request.targets, "targets");
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, degree_);
  list.row_begin.front() = 0;
  detail::add_up_rows(name, list, request.limit);
  return detail::random_rows(name, request, allowed_, std::move(list.row_begin));
}

NERNST_INLINE connection_list
fixed_out_degree_rule::build(executor const& run, connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
