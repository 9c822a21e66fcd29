// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

namespace nernst::ir {

/// An array that grows, for the insides of passes: like `std::vector`, but indexed by `int`, unchecked, with elements that exist
/// (value-initialised) up to the capacity. In constant evaluation it takes a fraction of the steps: creating n zeros takes one.
template <class T>
class buffer {
 public:
  constexpr buffer() = default;
  /// `size` value-initialised elements.
  constexpr explicit buffer(int size) : data_(create(size)), size_(size), capacity_(size) {}
  constexpr buffer(buffer const& other) : buffer(other.size_) { copy(other.data_, data_, size_); }
  constexpr buffer(buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), capacity_(std::exchange(other.capacity_, 0)) {}
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
  constexpr void reserve(int capacity) {
    if (capacity <= capacity_) return;
    T* const larger = create(capacity);
    copy(data_, larger, size_);
    delete[] data_;
    data_ = larger;
    capacity_ = capacity;
  }

 private:
  static constexpr T* create(int size) { return size > 0 ? new T[static_cast<decltype(sizeof 0)>(size)]() : nullptr; }
  static constexpr void copy(T const* from, T* to, int count) {
    for (int i = 0; i < count; ++i) to[i] = from[i];
  }

  T* data_ = nullptr;
  int size_ = 0, capacity_ = 0;
};

}  // namespace nernst::ir
