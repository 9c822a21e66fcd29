// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/refuse.hpp>

#include <cmath>
#include <cstdio>

namespace nernst::detail {

NERNST_INLINE std::string message_part::text() const {
  char digits[32] = {};
  switch (size_) {
  case kind::ended:
    return text_;
  case kind::real:
    if (std::isnan(real_)) return "nan";  // its sign means nothing
    std::snprintf(digits, sizeof digits, "%.6g", real_);
    break;
  case kind::whole:
    std::snprintf(digits, sizeof digits, "%lld", static_cast<long long>(whole_));
    break;
  case kind::unsigned_whole:
    std::snprintf(digits, sizeof digits, "%llu", static_cast<unsigned long long>(whole_));
    break;
  default:
    return {text_, size_};
  }
  return digits;
}

NERNST_INLINE std::string message(std::initializer_list<message_part> parts) {
  std::string all;
  for (message_part const& part : parts) all += part.text();
  return all;
}

}  // namespace nernst::detail
