// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/csv.hpp>
#include <nernst/io/file.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/io/npz.hpp>
#include <nernst/io/table.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace nernst::io {

NERNST_INLINE format format_of(std::string const& path, std::initializer_list<format> known) {
  constexpr std::string_view endings[] = {".npy", ".npz", ".csv"};
  std::string all;
  for (format const f : known) {
    std::string_view const ending = endings[static_cast<std::size_t>(f)];
    if (path.ends_with(ending)) return f;
    if (f == *(known.end() - 1))
      all += " or ";
    else if (!all.empty())
      all += ", ";
    all += ending;
  }
  std::size_t const name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/');
  std::size_t const dot = path.find_last_of('.');
  bool const has_ending = dot != std::string::npos && dot > name;
  nernst::detail::refuse<std::invalid_argument>({path, ": expected a file name that ends in ", all,
                                                 ", found '", has_ending ? path.substr(dot) : "",
                                                 "'"});
}

NERNST_INLINE void write_table(std::string const& path, std::vector<field> const& columns) {
  switch (format_of(path)) {
  case format::npz:
    return write_npz(path, columns);
  case format::csv:
    return write_csv(path, columns);
  case format::npy:
    return write_npy(path, columns);
  }
}

NERNST_INLINE growing_table::growing_table(std::string path, std::vector<field> const& columns)
    : path_(std::move(path)), format_(format_of(path_, {format::npy, format::csv})) {
  std::string const first = header(columns, 0);
  if (detail::file made(path_, "wb"); !made)
    detail::file_error(path_, "a path that can be written", std::strerror(errno));
  if (!write(0, first)) fail(first.size());
  size_ = first.size();
}

NERNST_INLINE void growing_table::append(std::vector<field> const& columns) {
  constexpr std::size_t most = 4096;
  std::size_t const rows = columns[0].rows;
  std::uint64_t end = size_;
  for (std::size_t row = 0; row < rows; row += most) {
    std::size_t const last = std::min(row + most, rows);
    std::string const text = format_ == format::csv ? detail::csv_rows(columns, row, last)
                                                    : detail::npy_rows(columns, row, last);
    if (!write(end, text)) fail(text.size());
    end += text.size();
  }
  // The header is last: until then it tells of the older rows alone.
  if (format_ == format::npy && !write(0, header(columns, rows_ + rows))) fail(0);
  rows_ += rows;
  size_ = end;
}

NERNST_INLINE std::string growing_table::header(std::vector<field> const& columns,
                                                std::size_t rows) const {
  if (format_ == format::csv) return detail::csv_header(columns);
  std::string const type = detail::npy_type(columns);
  std::size_t const longest = detail::npy_header(type, {~std::size_t{0}}).size();
  return detail::npy_header(type, {rows}, longest);
}

/// The file is open only meanwhile, so that all is on its way to the disk when this returns.
NERNST_INLINE bool growing_table::write(std::uint64_t at, std::string const& text) const {
  detail::file out(path_, "r+b");
  return out && out.go_to(at) && out.write(text.data(), text.size()) && out.close();
}

NERNST_INLINE void growing_table::fail(std::size_t bytes) const {
  std::string const reason = std::strerror(errno);
#if __has_include(<unistd.h>)
  // Where that fails, a .npy file still tells of the older rows alone.
  [[maybe_unused]] int const ignored = ::truncate(path_.c_str(), static_cast<off_t>(size_));
#endif
  detail::file_error(path_, nernst::detail::message({"to append ", bytes, " bytes"}), reason);
}

}  // namespace nernst::io
