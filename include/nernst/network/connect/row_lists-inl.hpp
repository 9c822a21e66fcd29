// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/by_source.hpp>
#include <nernst/network/connect/row_lists.hpp>

#include <utility>

namespace nernst::detail {

NERNST_INLINE connection_list list_of(executor const& run, connection_request const& request,
                                      connections made) {
  connection_rows const& rows = made.rows;
  connection_columns const& columns = made.columns;
  if (rows.row) return list_of_rows(rows.rule, run, rows.sources, rows.row, rows.expected);
  if (columns.column)
    return list_by_source(run, request, std::uint64_t{columns.targets} * columns.degree,
                          columns.column);
  return std::move(made.list);
}

}  // namespace nernst::detail
