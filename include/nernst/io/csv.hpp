// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/field.hpp>

/// Text files of comma-separated values: a line with the names and units of the columns,
/// `t (s),i,v[7] (V)`, and then a line for each row. Numbers are written with as many digits as it
/// takes to read the same ones back.
namespace nernst::io {

namespace detail {
std::string csv_header(std::vector<field> const& columns);
/// The rows [begin, end).
std::string csv_rows(std::vector<field> const& columns, std::size_t begin, std::size_t end);
}  // namespace detail

/// Writes fields of the same number of rows, side by side. The file appears whole or not at all.
/// \throws std::runtime_error when it cannot be written.
void write_csv(std::string const& path, std::vector<field> const& columns);

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/csv-inl.hpp>
#endif
