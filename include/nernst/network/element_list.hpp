// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/refuse.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace nernst {

/// Numbers of neurons or synapses, as integers of any type: `{0, 50}`, `7`, a `std::vector<int>`.
/// \throws std::out_of_range for numbers that nothing can have.
class element_list {
 public:
  element_list() = default;
  element_list(std::initializer_list<std::int64_t> numbers) { read(numbers); }
  template <std::integral Integer>
  element_list(Integer number) : element_list({static_cast<std::int64_t>(number)}) {}
  template <std::integral Integer>
  element_list(std::vector<Integer> const& numbers) {
    read(numbers);
  }

  std::vector<std::uint32_t> const& numbers() const { return numbers_; }

 private:
  template <class Numbers>
  void read(Numbers const& numbers) {
    numbers_.reserve(numbers.size());
    for (auto const n : numbers) {
      if (!std::in_range<std::uint32_t>(n))
        detail::refuse<std::out_of_range>(
            {"list of elements: expected numbers from 0 on, below 2^32, found ", n});
      numbers_.push_back(static_cast<std::uint32_t>(n));
    }
  }

  std::vector<std::uint32_t> numbers_;
};

}  // namespace nernst
