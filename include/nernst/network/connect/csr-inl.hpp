// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/csr.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst {

NERNST_INLINE void detail::refuse_row(std::size_t row, std::string const& found) {
  refuse<std::invalid_argument>(
      {"csr: expected rows that ascend from 0, found ", found, " at the beginning of row ", row});
}

NERNST_INLINE csr_rule::csr_rule(std::vector<std::uint64_t> row_begin,
                                 std::vector<std::uint32_t> targets)
    : row_begin_(std::move(row_begin)), targets_(std::move(targets)) {
  if (row_begin_.empty())
    detail::refuse<std::invalid_argument>(
        {"csr: expected the beginning of each row and the end of the last, found nothing"});
  if (row_begin_.front() != 0) detail::refuse_row(0, detail::message({row_begin_.front()}));
  auto const falling = std::is_sorted_until(row_begin_.begin(), row_begin_.end());
  if (falling != row_begin_.end())
    detail::refuse_row(static_cast<std::size_t>(falling - row_begin_.begin()),
                       detail::message({*falling}));
  if (row_begin_.back() != targets_.size())
    detail::refuse<std::invalid_argument>({"csr: expected the last row to end at ", targets_.size(),
                                           ", the number of targets, found ", row_begin_.back()});
}

NERNST_INLINE connection_list csr_rule::build(executor const&,
                                              connection_request const& request) const {
  if (row_begin_.size() != std::size_t{request.sources} + 1)
    detail::refuse<std::invalid_argument>({"csr: expected ", request.sources,
                                           " rows, one for each source, found ",
                                           row_begin_.size() - 1});
  detail::check_indices("csr", targets_, request.targets, "target");
  return {.row_begin = row_begin_, .target = targets_, .creation = {}};
}

}  // namespace nernst
