// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/by_source.hpp>
#include <nernst/network/connect/row_lists.hpp>

#include <utility>

namespace nernst::detail {

NERNST_INLINE connection_list list_of_columns(executor const& run, connection_columns const& made) {
  return list_by_source(run, {.sources = made.sources, .targets = made.targets},
                        std::uint64_t{made.targets} * made.degree, made.column);
}

NERNST_INLINE connection_list list_of(executor const& run, connections made) {
  connection_rows const& rows = made.rows;
  if (rows.row) return list_of_rows(rows.rule, run, rows.sources, rows.row, rows.expected);
  if (made.columns.column) return made.columns.to_list(run, made.columns);
  return std::move(made.list);
}

}  // namespace nernst::detail
