// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/kernel/element_numbers.hpp>

#include <memory>
#include <string>
#include <vector>

namespace nernst {

/// Some elements of a group in ascending order: the slice [begin, end), or those of a list. Each
/// has a number among them, from 0. Copies share the list.
class element_set {
 public:
  element_set() = default;
  /// The slice [begin, end).
  element_set(std::uint32_t begin, std::uint32_t end) : begin_(begin), end_(end) {}
  /// These elements, which ascend.
  explicit element_set(std::vector<std::uint32_t> ascending);

  /// All elements are in [begin, end), which is no larger than it has to be.
  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }
  /// How many places there are between the first element and the last.
  std::uint32_t span() const { return end_ - begin_; }
  bool is_slice() const { return list_ == nullptr; }
  std::uint32_t size() const {
    return is_slice() ? span() : static_cast<std::uint32_t>(list_->elements.size());
  }

  /// The element with a number, which has to be below `size()`.
  std::uint32_t operator[](std::uint32_t number) const {
    return is_slice() ? begin_ + number : list_->elements[number];
  }
  bool contains(std::uint32_t element) const {
    std::uint32_t const k = element - begin_;
    return k < span() && (is_slice() || list_->numbers[k] != nobody);
  }
  /// The number of an element of the set.
  std::uint32_t number_of(std::uint32_t element) const { return numbers()(element); }
  /// The same for kernels, as long as a copy of the set lives.
  kernel::element_numbers numbers() const {
    return {begin_, is_slice() ? nullptr : list_->numbers.data()};
  }
  /// Whether some element is in both sets.
  bool meets(element_set const& other) const;

 private:
  static constexpr std::uint32_t nobody = 0xFFFF'FFFF;
  struct listed {
    std::vector<std::uint32_t> elements;
    std::vector<std::uint32_t> numbers;  ///< by element from the first on; `nobody` between them
  };

  std::uint32_t begin_ = 0, end_ = 0;
  std::shared_ptr<listed const> list_;  ///< null for a slice
};

/// For people, and different where sets are: "[0, 10)", or "3 of [2, 9), checksum ...".
std::string to_text(element_set const& set);

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/element_set-inl.hpp>
#endif
