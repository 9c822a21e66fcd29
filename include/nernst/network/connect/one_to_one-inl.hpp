// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/one_to_one.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

NERNST_INLINE connection_list one_to_one_rule::build(executor const&,
                                                     connection_request const& request) const {
  if (request.sources != request.targets)
    detail::refuse<std::invalid_argument>(
        {"one_to_one: expected as many targets as sources, found ", request.sources,
         " sources and ", request.targets, " targets"});
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  for (std::uint32_t k = 0; k < request.sources; ++k) {
    if (autapses || request.target_like(k) != k) list.target.push_back(k);
    list.row_begin[std::size_t{k} + 1] = list.target.size();
  }
  return list;
}

}  // namespace nernst
