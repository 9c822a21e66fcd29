// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/by_source.hpp>
#include <nernst/network/connect/random_rows.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst::detail {

NERNST_INLINE void fill_random_rows(executor const& run, connection_request const& request,
                                    allowed_synapses allowed, connection_list& list) {
  constexpr std::uint32_t share = 64;
  list.target.resize(list.row_begin.back());
  kernel::draw_key const key = key_of(request, connecting_draw::rows);
  auto const shares =
      static_cast<std::int64_t>((std::uint64_t{request.sources} + share - 1) / share);
  run.for_each("nernst::connect::rows", shares, [&](std::int64_t number) {
    candidate_draw draw(allowed.multapses);
    auto const begin = static_cast<std::uint32_t>(number) * share;
    std::uint32_t const end = std::min(request.sources - begin, share) + begin;
    for (std::uint32_t source = begin; source < end; ++source) {
      std::uint32_t* const row = list.target.data() + list.row_begin[source];
      auto const size =
          static_cast<std::uint32_t>(list.row_begin[source + 1] - list.row_begin[source]);
      candidates from{request.targets};
      if (!allowed.autapses) from.left_out = request.target_like(source);
      row_random random(key, source);
      draw(random, from, size, row);
      std::sort(row, row + size);
    }
  });
}

/// The sources of one target after the other.
class random_sources {
 public:
  random_sources(connection_request const& request, allowed_synapses allowed, std::uint32_t degree)
      : request_(request), allowed_(allowed), draw_(allowed.multapses), drawn_(degree) {}

  std::vector<std::uint32_t> const& operator()(std::uint32_t target) {
    candidates from{request_.sources};
    if (!allowed_.autapses) from.left_out = request_.source_like(target);
    row_random random(key_of(request_, connecting_draw::rows), target);
    draw_(random, from, static_cast<std::uint32_t>(drawn_.size()), drawn_.data());
    return drawn_;
  }

 private:
  connection_request request_;
  allowed_synapses allowed_;
  candidate_draw draw_;
  std::vector<std::uint32_t> drawn_;
};

NERNST_INLINE connection_list draw_random_sources(executor const& run,
                                                  connection_request const& request,
                                                  allowed_synapses allowed, std::uint32_t degree) {
  std::uint64_t const synapses = std::uint64_t{request.targets} * degree;
  return list_by_source(run, request, synapses, random_sources(request, allowed, degree));
}

NERNST_INLINE std::uint32_t count_autapses(connection_request const& request, std::uint32_t begin,
                                           std::uint32_t end) {
  if (!request.one_population || begin == end) return 0;
  element_set const& from = request.source_set;
  element_set const& to = request.target_set;
  if (from.is_slice() && to.is_slice()) {
    std::uint32_t const first = std::max(from[begin], to.begin());
    std::uint32_t const last = std::min(from[end], to.end());
    return std::max(first, last) - first;
  }
  std::uint32_t count = 0;
  for (std::uint32_t k = begin; k < end; ++k) count += to.contains(from[k]) ? 1 : 0;
  return count;
}

NERNST_INLINE void check_degree(char const* rule, std::uint32_t degree,
                                connection_request const& request, allowed_synapses allowed,
                                std::uint32_t from, char const* what) {
  bool const loses_one = !allowed.autapses && count_autapses(request, 0, request.sources) > 0;
  std::uint32_t const others = loses_one ? from - 1 : from;
  std::uint32_t const needed = allowed.multapses ? std::min(degree, 1U) : degree;
  if (needed <= others) return;
  char const* const beside = loses_one ? " beside the element itself" : "";
  if (others == 0)
    refuse<std::invalid_argument>(
        {rule, ": expected ", what, " to draw from", beside, ", found none"});
  refuse<std::invalid_argument>(
      {rule, ": expected at least ", needed, " different ", what, beside, ", found ", others});
}

NERNST_INLINE void refuse_number(char const* rule, char const* what, std::int64_t found) {
  refuse<std::invalid_argument>(
      {rule, ": expected a ", what, " from 0 to ", synapse_limit, ", found ", found});
}

}  // namespace nernst::detail
