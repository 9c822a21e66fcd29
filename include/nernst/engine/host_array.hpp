// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <string>
#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace nernst::detail {

/// Memory that begins `offset` bytes behind an alignment. Copies share it. (One type for all
/// elements: each shared_ptr takes compilers some milliseconds.)
inline std::shared_ptr<char> shared_memory(std::size_t bytes, std::size_t alignment,
                                           std::size_t offset) {
  std::align_val_t const how{alignment};
  auto* const memory = static_cast<char*>(::operator new(offset + bytes, how));
  return {memory + offset, [memory, how](char*) { ::operator delete(memory, how); }};
}

/// Memory for `size` elements, not initialised, so that each page belongs to the thread that writes
/// it first; of large arrays pages are large, where the system has them. It begins with a pair of
/// cache lines, which processors fetch together, so that threads that share an array share no pair,
/// and ends with a whole cache line. Copies share it.
template <class T>
class host_array {
 public:
  static constexpr std::size_t line = 64, alignment = 128, page = 4096,
                               large_page = std::size_t{1} << 21;

  host_array() = default;
  explicit host_array(std::size_t size) : size_(size) {
    if (size > 0) allocate(alignment, 0);
  }
  /// One of several arrays that loops go through together, by its number: each begins four lines
  /// further within a page than the one before. Where the last digits of addresses are alike,
  /// processors keep loads waiting for stores that have nothing to do with them. (CUBA on an EPYC
  /// of 2023: distances as the memory happened to come took 8 to 20 % more time.)
  host_array(std::size_t size, std::size_t number) : size_(size) {
    bool const is_large = size * sizeof(T) >= 2 * page;
    if (is_large)
      allocate(page, number * 4 * line % page);
    else if (size > 0)
      allocate(alignment, 0);
  }

  /// How many elements reach to the end of the last line of `size`.
  static constexpr std::size_t whole_lines(std::size_t size) {
    constexpr std::size_t width = line / sizeof(T);
    return (size + width - 1) / width * width;
  }

  T* data() const { return reinterpret_cast<T*>(data_.get()); }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t k) const { return data()[k]; }
  std::size_t memory_bytes() const { return size_ * sizeof(T); }

 private:
  void allocate(std::size_t aligned, std::size_t offset) {
    std::size_t const bytes = whole_lines(size_) * sizeof(T);
    bool const has_large_pages = bytes >= 2 * large_page;
    data_ = shared_memory(bytes, has_large_pages ? large_page : aligned, offset);
#if defined(MADV_HUGEPAGE)
    if (has_large_pages)
      static_cast<void>(::madvise(data_.get() - offset, offset + bytes, MADV_HUGEPAGE));
#endif
  }

  std::shared_ptr<char> data_;
  std::size_t size_ = 0;
};

}  // namespace nernst::detail
