// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace nernst::ir {

class graph;

/// An array that grows, for the insides of passes: like `std::vector`, but indexed by `int`,
/// unchecked, with elements that exist (value-initialised) up to the capacity. In constant
/// evaluation it takes a fraction of the steps: creating n zeros takes one.
template <class T>
class buffer {
 public:
  constexpr buffer() = default;
  /// `size` value-initialised elements.
  constexpr explicit buffer(int size) : data_(create(size)), size_(size), capacity_(size) {}
  /// A copy of `count` elements.
  constexpr buffer(T const* from, int count) : buffer(count) { copy(from, data_, count); }
  constexpr buffer(buffer const& other)
      : data_(create(other.capacity_)), size_(other.size_), capacity_(other.capacity_) {
    copy(other.data_, data_, size_);
  }
  constexpr buffer(buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  constexpr buffer& operator=(buffer other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  constexpr ~buffer() { delete[] data_; }

  constexpr int size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T* data() { return data_; }
  constexpr T const* data() const { return data_; }
  constexpr T& operator[](int i) { return data_[i]; }
  constexpr T const& operator[](int i) const { return data_[i]; }
  constexpr T const* begin() const { return data_; }
  constexpr T const* end() const { return data_ + size_; }

  constexpr void push_back(T const& value) {
    if (size_ == capacity_) reserve(capacity_ == 0 ? 16 : 4 * capacity_);
    data_[size_++] = value;
  }
  constexpr T const& back() const { return data_[size_ - 1]; }
  constexpr void pop_back() { --size_; }
  /// Gives back everything. (nvcc loses the old elements where `{}` is assigned.)
  constexpr void clear() {
    delete[] data_;
    data_ = nullptr;
    size_ = capacity_ = 0;
  }
  constexpr void reserve(int capacity) {
    if (capacity <= capacity_) return;
    T* const larger = create(capacity);
    copy(data_, larger, size_);
    delete[] data_;
    data_ = larger;
    capacity_ = capacity;
  }

  /// Eight elements in one statement: clang counts statements in constant evaluation.
  static constexpr void copy(T const* from, T* to, int count) {
    int i = 0;
    for (; i + 8 <= count; i += 8)
      to[i] = from[i], to[i + 1] = from[i + 1], to[i + 2] = from[i + 2], to[i + 3] = from[i + 3],
      to[i + 4] = from[i + 4], to[i + 5] = from[i + 5], to[i + 6] = from[i + 6],
      to[i + 7] = from[i + 7];
    for (; i < count; ++i) to[i] = from[i];
  }

 private:
  static constexpr T* create(int size) {
    return size > 0 ? new T[static_cast<decltype(sizeof 0)>(size)]() : nullptr;
  }
  friend graph;  // which reads its nodes without the price of a call

  T* data_ = nullptr;
  int size_ = 0, capacity_ = 0;
};

}  // namespace nernst::ir
