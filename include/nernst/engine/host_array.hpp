// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <string>

namespace nernst::detail {

/// Memory for `size` elements, not initialised, so that each page belongs to the thread that writes
/// it first. It begins with a pair of cache lines, which processors fetch together, so that threads
/// that share an array share no pair, and ends with a whole cache line. Copies share it.
template <class T>
class host_array {
 public:
  static constexpr std::size_t line = 64, alignment = 128;

  host_array() = default;
  explicit host_array(std::size_t size) : size_(size) {
    if (size == 0) return;
    std::size_t const bytes = (size * sizeof(T) + line - 1) / line * line;
    void* const memory = ::operator new(bytes, std::align_val_t{alignment});
    data_ = {static_cast<T*>(memory),
             [](T* p) { ::operator delete(p, std::align_val_t{alignment}); }};
  }

  T* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t k) const { return data_.get()[k]; }
  std::size_t memory_bytes() const { return size_ * sizeof(T); }

 private:
  std::shared_ptr<T> data_;
  std::size_t size_ = 0;
};

}  // namespace nernst::detail
