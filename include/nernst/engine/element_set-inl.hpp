// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <utility>

namespace nernst {

NERNST_INLINE element_set::element_set(std::vector<std::uint32_t> ascending) {
  if (ascending.empty()) return;
  begin_ = ascending.front();
  end_ = ascending.back() + 1;
  if (ascending.size() == span()) return;
  auto made = std::make_shared<listed>();
  made->numbers.assign(span(), nobody);
  for (std::uint32_t k = 0; k < ascending.size(); ++k) made->numbers[ascending[k] - begin_] = k;
  made->elements = std::move(ascending);
  list_ = std::move(made);
}

NERNST_INLINE bool element_set::meets(element_set const& other) const {
  std::uint32_t const first = std::max(begin_, other.begin_);
  std::uint32_t const last = std::min(end_, other.end_);
  if (is_slice() && other.is_slice()) return first < last;
  for (std::uint32_t e = first; e < last; ++e)
    if (contains(e) && other.contains(e)) return true;
  return false;
}

NERNST_INLINE std::string to_text(element_set const& set) {
  if (set.is_slice()) return detail::message({"[", set.begin(), ", ", set.end(), ")"});
  std::string elements;
  for (std::uint32_t k = 0; k < set.size(); ++k) elements += std::to_string(set[k]) + ",";
  return detail::message({set.size(), " of [", set.begin(), ", ", set.end(), "), checksum ",
                          engine::checksum(elements)});
}

}  // namespace nernst
