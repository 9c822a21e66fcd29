// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/all_to_all.hpp>
#include <nernst/network/connect/row_random.hpp>

namespace nernst {

NERNST_INLINE connection_list all_to_all_rule::build(executor const& run,
                                                     connection_request const& request) const {
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  auto const to = [this, &request](std::size_t source) {
    detail::candidates all{request.targets};
    if (!autapses) all.left_out = request.target_like(static_cast<std::uint32_t>(source));
    return all;
  };
  for (std::size_t source = 0; source < request.sources; ++source)
    list.row_begin[source + 1] = to(source).size();
  detail::add_up_rows("all_to_all", list);
  list.target.resize(list.row_begin.back());
  run.for_each("nernst::all_to_all::fill", request.sources, [&](std::int64_t number) {
    auto const source = static_cast<std::size_t>(number);
    detail::candidates const all = to(source);
    std::uint32_t* const row = list.target.data() + list.row_begin[source];
    for (std::uint32_t k = 0; k < all.size(); ++k) row[k] = all[k];
  });
  return list;
}

}  // namespace nernst
