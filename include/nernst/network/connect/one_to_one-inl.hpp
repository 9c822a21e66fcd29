// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/one_to_one.hpp>
#include <nernst/refuse.hpp>

#include <numeric>
#include <stdexcept>
#include <string>

namespace nernst {

NERNST_INLINE connection_list one_to_one_rule::build(executor const&,
                                                     connection_request const& request) const {
  if (request.sources != request.targets)
    detail::refuse<std::invalid_argument>(
        {"one_to_one: expected as many targets as sources, found ", request.sources,
         " sources and ", request.targets, " targets"});
  detail::check_synapse_count("one_to_one", request.sources);
  connection_list list;
  list.row_begin.resize(std::size_t{request.sources} + 1);
  std::iota(list.row_begin.begin(), list.row_begin.end(), std::uint64_t{0});
  list.target.resize(request.targets);
  std::iota(list.target.begin(), list.target.end(), std::uint32_t{0});
  return list;
}

}  // namespace nernst
