// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/span.hpp>

#include <initializer_list>
#include <type_traits>

namespace nernst::ir {

/// An array that grows: what passes over models keep things in. Like `std::vector`, but counted by
/// `int`, unchecked, and with elements that exist (value-initialised) up to the capacity. Creating
/// n zeros takes constant evaluation one step, and compiling it a small part of the time.
///
/// A list that a long loop runs over has a name: nvcc 13 does not destroy the temporary in
/// `for (int x : f())` after thousands of iterations.
template <class T>
class list {
 public:
  constexpr list() = default;
  /// `size` value-initialised elements.
  constexpr explicit list(int size) : data_(create(size)), size_(size), capacity_(size) {}
  constexpr list(int size, T const& value) : list(size) {
    for (int i = 0; i < size; ++i) data_[i] = value;
  }
  constexpr list(std::initializer_list<T> values)
      : list(values.begin(), static_cast<int>(values.size())) {}
  constexpr explicit list(span<T const> values) : list(values.data(), values.size()) {}
  /// A copy of `count` elements.
  constexpr list(T const* from, int count) : list(count) { copy(from, data_, count); }
  constexpr list(list const& other)
      : data_(create(other.capacity_)), size_(other.size_), capacity_(other.capacity_) {
    copy(other.data_, data_, size_);
  }
  constexpr list(list&& other) noexcept
      : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
    other.data_ = nullptr;
    other.size_ = 0;
    other.capacity_ = 0;
  }
  constexpr list& operator=(list other) noexcept {
    swap(other);
    return *this;
  }
  constexpr ~list() { delete[] data_; }

  constexpr int size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T* data() { return data_; }
  constexpr T const* data() const { return data_; }
  constexpr T& operator[](int i) { return data_[i]; }
  constexpr T const& operator[](int i) const { return data_[i]; }
  constexpr T* begin() { return data_; }
  constexpr T* end() { return data_ + size_; }
  constexpr T const* begin() const { return data_; }
  constexpr T const* end() const { return data_ + size_; }
  constexpr T& front() { return data_[0]; }
  constexpr T const& front() const { return data_[0]; }
  constexpr T& back() { return data_[size_ - 1]; }
  constexpr T const& back() const { return data_[size_ - 1]; }

  /// `value` may be an element of this list.
  constexpr void push_back(T const& value) {
    if (size_ == capacity_) return push_back(T(value));
    data_[size_++] = value;
  }
  constexpr void push_back(T&& value) {
    if (size_ == capacity_) {
      T kept = static_cast<T&&>(value);
      reserve(capacity_ == 0 ? 16 : 4 * capacity_);
      data_[size_++] = static_cast<T&&>(kept);
      return;
    }
    data_[size_++] = static_cast<T&&>(value);
  }
  constexpr void append(span<T const> values) {
    if (size_ + values.size() > capacity_) reserve(size_ + values.size());
    copy(values.data(), data_ + size_, values.size());
    size_ += values.size();
  }
  constexpr void insert(int place, T value) {
    push_back(value);
    for (int i = size_ - 1; i > place; --i) data_[i] = static_cast<T&&>(data_[i - 1]);
    data_[place] = static_cast<T&&>(value);
  }
  constexpr void pop_back() { --size_; }
  /// Gives back everything.
  constexpr void clear() { list().swap(*this); }
  constexpr void reserve(int capacity) {
    if (capacity <= capacity_) return;
    T* const larger = new T[static_cast<decltype(sizeof 0)>(capacity)]();
    for (int i = 0; i < size_; ++i) larger[i] = static_cast<T&&>(data_[i]);
    delete[] data_;
    data_ = larger;
    capacity_ = capacity;
  }
  constexpr void swap(list& other) noexcept {
    T* const data = other.data_;
    int const size = other.size_, capacity = other.capacity_;
    other.data_ = data_;
    other.size_ = size_;
    other.capacity_ = capacity_;
    data_ = data;
    size_ = size;
    capacity_ = capacity;
  }

  friend constexpr bool operator==(list const& x, list const& y) {
    if (x.size_ != y.size_) return false;
    for (int i = 0; i < x.size_; ++i)
      if (!(x.data_[i] == y.data_[i])) return false;
    return true;
  }

  /// Eight elements in one statement: clang counts statements in constant evaluation.
  static constexpr void copy(T const* from, T* to, int count) {
    int i = 0;
    for (; std::is_constant_evaluated() && i + 8 <= count; i += 8)
      to[i] = from[i], to[i + 1] = from[i + 1], to[i + 2] = from[i + 2], to[i + 3] = from[i + 3],
      to[i + 4] = from[i + 4], to[i + 5] = from[i + 5], to[i + 6] = from[i + 6],
      to[i + 7] = from[i + 7];
    for (; i < count; ++i) to[i] = from[i];
  }

 private:
  static constexpr T* create(int size) {
    return size > 0 ? new T[static_cast<decltype(sizeof 0)>(size)]() : nullptr;
  }

  T* data_ = nullptr;
  int size_ = 0, capacity_ = 0;
};

}  // namespace nernst::ir
