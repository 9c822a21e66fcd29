// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace nernst::ir {

/// The number of no element: "no node", "no symbol".
inline constexpr int none = -1;

/// Elements side by side that belong to somebody else. Like `std::span`, but counted by `int`, and
/// with pointers for iterators: that takes the compiler a tenth of the time, and constant
/// evaluation fewer steps.
template <class T>
class span {
 public:
  constexpr span() = default;
  constexpr span(T* first, int size) : first_(first), size_(size) {}
  template <std::size_t N>
  constexpr span(T (&array)[N]) : first_(array), size_(static_cast<int>(N)) {}
  /// Whatever has `data()` and `size()`: a `list`, a `std::vector`, another span.
  template <class List>
    requires requires(List& all) {
      static_cast<T*>(all.data());
      static_cast<int>(all.size());
    }
  constexpr span(List&& all) : first_(all.data()), size_(static_cast<int>(all.size())) {}

  constexpr int size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T* data() const { return first_; }
  constexpr T& operator[](int i) const { return first_[i]; }
  constexpr T* begin() const { return first_; }
  constexpr T* end() const { return first_ + size_; }
  constexpr T& front() const { return first_[0]; }
  constexpr T& back() const { return first_[size_ - 1]; }
  /// The elements from `first` on: `count` of them, or all that follow.
  constexpr span from(int first, int count) const { return {first_ + first, count}; }
  constexpr span from(int first) const { return {first_ + first, size_ - first}; }

 private:
  T* first_ = nullptr;
  int size_ = 0;
};

}  // namespace nernst::ir
