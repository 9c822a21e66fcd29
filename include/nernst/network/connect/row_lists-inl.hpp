// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/by_source.hpp>
#include <nernst/network/connect/row_lists.hpp>

#include <utility>

namespace nernst::detail {

NERNST_INLINE connection_list list_of_columns(executor const& run, connection_columns const& made) {
  std::uint64_t const count = std::uint64_t{made.targets} * made.degree;
  check_synapse_count(made.rule, count, made.limit.listed());
  return list_by_source(made.rule, run, {.sources = made.sources, .targets = made.targets}, count,
                        made.column);
}

NERNST_INLINE connection_list list_of(executor const& run, connections made) {
  connection_rows const& rows = made.rows;
  if (rows.row)
    return list_of_rows(rows.rule, run, rows.sources, rows.row, rows.limit.listed(), rows.expected);
  if (made.columns.column) return made.columns.to_list(run, made.columns);
  return std::move(made.list);
}

}  // namespace nernst::detail
