// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>

#include <string>

namespace nernst {

/// The connections that a file lists; it is read when they are made.
class edges_rule {
 public:
  explicit edges_rule(std::string path) : path_(std::move(path)) {}

  /// \throws std::runtime_error for a file that cannot be read or is none of the two kinds,
  /// std::out_of_range where an index is not below the number of sources or targets; messages name
  /// the file and the line or row.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  std::string path_;
};

namespace dsl {
/// Connects the pairs of a file, in its order; indices count from the beginning of each slice.
/// `.npy`: integers of shape (n, 2). Any other: a text with a source and a target in each line,
/// apart by blanks, a comma or a semicolon; `#` begins a comment, and a first line of words is a
/// heading.
inline edges_rule edges_from(std::string path) {
  return edges_rule(std::move(path));
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/edges_from-inl.hpp>
#endif
