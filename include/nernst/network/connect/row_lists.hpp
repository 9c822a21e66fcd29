// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>

#include <algorithm>

namespace nernst::detail {

/// The list whose row s is what `rows(s, row)` appends to a vector. `rows` is copied for each
/// share of the sources. \throws std::length_error above the limit.
template <class Rows>
connection_list list_of_rows(char const* rule, executor const& run, std::uint32_t sources,
                             Rows const& rows, synapse_limit const& limit,
                             double expected_size = 0) {
  constexpr std::uint32_t share = 64;
  connection_list list;
  list.row_begin.assign(std::size_t{sources} + 1, 0);
  std::vector<std::vector<std::uint32_t>> made((std::size_t{sources} + share - 1) / share);
  for (auto& part : made) part.reserve(static_cast<std::size_t>(expected_size * share));
  auto const shares = static_cast<std::int64_t>(made.size());
  run.for_each("nernst::connect::rows", shares, [&](std::int64_t number) {
    Rows mine = rows;
    auto& part = made[static_cast<std::size_t>(number)];
    auto const begin = static_cast<std::uint32_t>(number) * share;
    std::uint32_t const end = begin + std::min(sources - begin, share);
    for (std::uint32_t source = begin; source < end; ++source) {
      std::size_t const before = part.size();
      mine(source, part);
      list.row_begin[std::size_t{source} + 1] = part.size() - before;
    }
  });
  add_up_rows(rule, list, limit);
  list.target.resize(list.row_begin.back());
  run.for_each("nernst::connect::gather", shares, [&](std::int64_t number) {
    auto& part = made[static_cast<std::size_t>(number)];
    std::uint64_t const begin = list.row_begin[static_cast<std::size_t>(number) * share];
    std::copy(part.begin(), part.end(), list.target.data() + begin);
    std::vector<std::uint32_t>().swap(part);
  });
  return list;
}

connection_list list_of_columns(executor const& run, connection_columns const& made);
/// A list of what a rule makes. \throws std::length_error above the limit.
connection_list list_of(executor const& run, connections made);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/row_lists-inl.hpp>
#endif
