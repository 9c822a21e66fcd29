// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace nernst::detail {

/// Sorts elements by a key, those with equal keys in their order. Made once for many sorts.
class stable_order {
 public:
  /// Keys are below `bound`.
  explicit stable_order(std::uint32_t bound) : end_(bound) {}

  /// The place of each element, by its number.
  std::vector<std::uint32_t> const& operator()(std::vector<std::uint32_t> const& key) {
    place_.resize(key.size());
    is_counted_ = end_.size() <= 4 * key.size();
    is_counted_ ? count(key) : compare(key);
    return place_;
  }
  /// Calls `visit(key, end)` for each key of that sort, rising, where its elements end.
  template <class Visit>
  void for_each_key(Visit const& visit) const {
    std::size_t const all = is_counted_ ? end_.size() : sorted_.size();
    std::uint32_t before = 0;
    for (std::size_t k = 0; k < all; ++k) {
      auto const key = static_cast<std::uint32_t>(is_counted_ ? k : sorted_[k] >> 32);
      auto const end = is_counted_ ? end_[k] : static_cast<std::uint32_t>(k + 1);
      bool const goes_on = !is_counted_ && k + 1 < all && sorted_[k + 1] >> 32 == key;
      if (end == before || goes_on) continue;
      visit(key, end);
      before = end;
    }
  }

 private:
  void count(std::vector<std::uint32_t> const& key) {
    std::fill(end_.begin(), end_.end(), 0U);
    for (std::uint32_t const k : key) ++end_[k];
    std::exclusive_scan(end_.begin(), end_.end(), end_.begin(), 0U);
    for (std::size_t j = 0; j < key.size(); ++j) place_[j] = end_[key[j]]++;
  }
  void compare(std::vector<std::uint32_t> const& key) {
    sorted_.clear();
    for (std::size_t j = 0; j < key.size(); ++j) sorted_.push_back(std::uint64_t{key[j]} << 32 | j);
    std::sort(sorted_.begin(), sorted_.end());
    for (std::size_t k = 0; k < key.size(); ++k)
      place_[static_cast<std::uint32_t>(sorted_[k])] = static_cast<std::uint32_t>(k);
  }

  std::vector<std::uint32_t> end_, place_;
  std::vector<std::uint64_t> sorted_;
  bool is_counted_ = true;
};

}  // namespace nernst::detail
