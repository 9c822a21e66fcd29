// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/distributions.hpp>
#include <nernst/network/connect/pairwise_poisson.hpp>
#include <nernst/network/connect/random_rows.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace nernst {

NERNST_INLINE void pairwise_poisson_rule::refuse(double mean) {
  detail::refuse<std::invalid_argument>(
      {"pairwise_poisson: expected a mean that is not negative, found ", mean});
}

// The sum of Poisson numbers is one, and its synapses are spread evenly over the pairs of a row.
NERNST_INLINE connections pairwise_poisson_rule::make(executor const& run,
                                                      connection_request const& request) const {
  char const* const name = "pairwise_poisson";
  double const all = mean_ * request.sources * request.targets;
  if (all - 10 * std::sqrt(all) > static_cast<double>(request.limit.most))
    detail::check_synapse_count(name, static_cast<std::uint64_t>(std::min(all, 1e19)),
                                request.limit);
  connection_list list;
  list.row_begin.assign(std::size_t{request.sources} + 1, 0);
  auto const key = detail::key_of(request, detail::connecting_draw::row_sizes);
  run.for_each("nernst::pairwise_poisson::count", request.sources, [&](std::int64_t number) {
    auto const source = static_cast<std::uint32_t>(number);
    detail::candidates to{request.targets};
    if (!autapses_) to.left_out = request.target_like(source);
    double const size = kernel::poisson(key, source, 0, mean_ * to.size());
    list.row_begin[std::size_t{source} + 1] = static_cast<std::uint64_t>(size);
  });
  detail::add_up_rows(name, list, request.limit);
  return detail::random_rows(name, request, {.autapses = autapses_}, std::move(list.row_begin));
}

NERNST_INLINE connection_list
pairwise_poisson_rule::build(executor const& run, connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
