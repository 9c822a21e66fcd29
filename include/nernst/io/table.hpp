// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/field.hpp>

#include <initializer_list>
#include <memory>

namespace nernst::io {

/// The kinds of files for records. The ending of a path tells which.
enum class format : std::uint8_t {
  npy,  ///< one array of NumPy's: io/npy.hpp
  npz,  ///< several with names: io/npz.hpp
  csv,  ///< text: io/csv.hpp
};

/// The format by a path's ending. \throws std::invalid_argument for any other than the known ones.
format format_of(std::string const& path,
                 std::initializer_list<format> known = {format::npy, format::npz, format::csv});

/// Writes fields of the same number of rows as the path's ending says: .npz has an array for each,
/// .npy one array of records, .csv one column for each. The file appears whole or not at all.
/// \throws std::invalid_argument for an unknown ending, std::runtime_error when it cannot be
/// written.
void write_table(std::string const& path, std::vector<field> const& columns);

/// A file that grows by rows: .npy (one array of records) or .csv. It can be read at any time, also
/// after a cut or when the disk was full: what it has is the rows that were appended as a whole.
class growing_table {
 public:
  /// Makes the file, with no row, or empties it. The fields have to be appended like these.
  /// \throws std::invalid_argument for an unknown ending, std::runtime_error when it cannot be
  /// written.
  growing_table(std::string path, std::vector<field> const& columns);

  /// \throws std::runtime_error when the rows cannot be written: then none of them is.
  void append(std::vector<field> const& columns);

  std::string const& path() const { return path_; }
  std::size_t rows() const { return rows_; }

 private:
  std::string header(std::vector<field> const& columns, std::size_t rows) const;
  bool write(std::uint64_t at, std::string const& text) const;
  [[noreturn]] void fail(std::size_t bytes) const;

  std::string path_;
  format format_;
  std::size_t rows_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/table-inl.hpp>
#endif
