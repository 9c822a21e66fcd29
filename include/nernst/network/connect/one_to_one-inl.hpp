// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/one_to_one.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

NERNST_INLINE connections one_to_one_rule::make(executor const&,
                                                connection_request const& request) const {
  if (request.sources != request.targets)
    detail::refuse<std::invalid_argument>(
        {"one_to_one: expected as many targets as sources, found ", request.sources,
         " sources and ", request.targets, " targets"});
  return connection_rows{
      "one_to_one",
      request.sources,
      1,
      [allowed = autapses, request](std::uint32_t source, std::vector<std::uint32_t>& row) {
        if (allowed || request.target_like(source) != source) row.push_back(source);
      },
      request.limit,
      {.what = connection_law::kind::same, .autapses = autapses, .request = request}};
}

NERNST_INLINE connection_list one_to_one_rule::build(executor const& run,
                                                     connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
