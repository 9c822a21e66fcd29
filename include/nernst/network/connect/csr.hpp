// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/pairs.hpp>

namespace nernst {

/// A list of connections in rows by source, as a sparse matrix keeps it (compressed sparse rows).
class csr_rule {
 public:
  /// \throws std::invalid_argument where rows do not ascend from 0 to the number of targets.
  csr_rule(std::vector<std::uint64_t> row_begin, std::vector<std::uint32_t> targets);

  /// \throws std::invalid_argument where there is not one row for each source, std::out_of_range
  /// where a target is not there.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  std::vector<std::uint64_t> row_begin_;
  std::vector<std::uint32_t> targets_;
};

namespace detail {
/// \throws std::invalid_argument
[[noreturn]] void refuse_row(std::size_t row, std::string const& found);

template <std::integral Integer>
std::vector<std::uint64_t> to_rows(std::vector<Integer> const& given) {
  std::vector<std::uint64_t> rows(given.size());
  for (std::size_t k = 0; k < given.size(); ++k) {
    if (!std::in_range<std::uint64_t>(given[k])) refuse_row(k, std::to_string(given[k]));
    rows[k] = static_cast<std::uint64_t>(given[k]);
  }
  return rows;
}
}  // namespace detail

namespace dsl {
/// Connects source s with `targets[k]` for k from `row_begin[s]` to `row_begin[s + 1]`, which is
/// left out: `indptr` and `indices` of SciPy's `csr_matrix`. There is one row for each source.
/// \throws std::invalid_argument where rows do not ascend from 0 to the number of targets,
/// std::out_of_range where an index is negative or not below 2^32.
template <std::integral Row = std::int64_t, std::integral Target = std::int64_t>
csr_rule csr(std::vector<Row> const& row_begin, std::vector<Target> const& targets) {
  return csr_rule(nernst::detail::to_rows(row_begin),
                  nernst::detail::to_indices("csr", targets, "target"));
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/csr-inl.hpp>
#endif
