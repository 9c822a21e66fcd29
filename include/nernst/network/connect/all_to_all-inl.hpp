// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/all_to_all.hpp>

namespace nernst {

NERNST_INLINE connection_list all_to_all_rule::build(executor const& run,
                                                     connection_request const& request) const {
  std::uint64_t const targets = request.targets;
  detail::check_synapse_count("all_to_all", request.sources * targets);
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  list.target.resize(request.sources * targets);
  run.for_each("nernst::all_to_all::fill", request.sources, [&](std::int64_t source) {
    std::uint64_t const begin = static_cast<std::uint64_t>(source) * targets;
    list.row_begin[static_cast<std::size_t>(source) + 1] = begin + targets;
    for (std::uint32_t k = 0; k < targets; ++k) list.target[begin + k] = k;
  });
  return list;
}

}  // namespace nernst
