// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/all_to_all.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/network/connect/row_random.hpp>

namespace nernst {

NERNST_INLINE connections all_to_all_rule::make(executor const&,
                                                connection_request const& request) const {
  auto const to = [allowed = autapses, request](std::uint32_t source) {
    detail::candidates all{request.targets};
    if (!allowed) all.left_out = request.target_like(source);
    return all;
  };
  std::uint64_t size = 0;
  for (std::uint32_t source = 0; source < request.sources; ++source) size += to(source).size();
  detail::check_synapse_count("all_to_all", size, request.limit);
  return connection_rows{
      "all_to_all",
      request.sources,
      static_cast<double>(request.targets),
      [to](std::uint32_t source, std::vector<std::uint32_t>& row) {
        detail::candidates const all = to(source);
        for (std::uint32_t k = 0; k < all.size(); ++k) row.push_back(all[k]);
      },
      request.limit,
      {.what = connection_law::kind::everything, .autapses = autapses, .request = request}};
}

NERNST_INLINE connection_list all_to_all_rule::build(executor const& run,
                                                     connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
