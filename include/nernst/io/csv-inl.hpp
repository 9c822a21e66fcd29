// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/csv.hpp>
#include <nernst/io/file.hpp>

#include <algorithm>

namespace nernst::io {

namespace detail {

NERNST_INLINE std::string csv_header(std::vector<field> const& columns) {
  std::string line;
  for (field const& f : columns)
    for (std::size_t k = 0; k < f.width; ++k) {
      if (!line.empty()) line += ',';
      line += f.full_name();
      if (f.is_table) {
        line += '[';
        append_number(line, std::uint64_t{f.columns[k]});
        line += ']';
      }
      if (f.unit == "1") continue;
      line += " (";
      line += f.unit;
      line += ')';
    }
  line += '\n';
  return line;
}

NERNST_INLINE std::string csv_rows(std::vector<field> const& columns, std::size_t begin,
                                   std::size_t end) {
  std::string text;
  for (std::size_t row = begin; row < end; ++row) {
    std::size_t const start = text.size();
    for (field const& f : columns)
      for (std::size_t k = row * f.width; k < (row + 1) * f.width; ++k) {
        if (text.size() != start) text += ',';
        f.append(text, f.entries, k);
      }
    text += '\n';
  }
  return text;
}

}  // namespace detail

NERNST_INLINE void write_csv(std::string const& path, std::vector<field> const& columns) {
  constexpr std::size_t most = 4096;
  detail::new_file out(path);
  out.write(detail::csv_header(columns));
  std::size_t const rows = columns.empty() ? 0 : columns[0].rows;
  for (std::size_t row = 0; row < rows; row += most)
    out.write(detail::csv_rows(columns, row, std::min(row + most, rows)));
  out.complete();
}

}  // namespace nernst::io
