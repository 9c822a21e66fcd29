// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>

namespace nernst::ir {

namespace detail {
template <class Text>
concept standard_text = requires(Text const& all) {
  typename Text::traits_type;
  static_cast<char const*>(all.data());
};
}  // namespace detail

/// Characters that belong to somebody else. Like `std::string_view`, from which and to which it
/// converts, but its header takes the compiler a tenth of the time, and constant evaluation fewer
/// steps: what reads texts at compile time is written with it.
class string_view {
 public:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  constexpr string_view() = default;
  constexpr string_view(char const* first, std::size_t size) : first_(first), size_(size) {}
  /// A text that ends with 0.
  constexpr string_view(char const* text) : first_(text), size_(__builtin_strlen(text)) {}
  /// A `std::string` or `std::string_view`.
  template <detail::standard_text Text>
  constexpr string_view(Text const& all) : first_(all.data()), size_(all.size()) {}
  template <detail::standard_text Text>
    requires std::is_trivially_copyable_v<Text>
  constexpr operator Text() const {
    return Text(first_, size_);
  }

  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr char const* data() const { return first_; }
  constexpr char const& operator[](std::size_t k) const { return first_[k]; }
  constexpr char const* begin() const { return first_; }
  constexpr char const* end() const { return first_ + size_; }
  constexpr char front() const { return first_[0]; }
  constexpr char back() const { return first_[size_ - 1]; }

  /// The characters from `first` on: `count` of them, or all that follow; none beyond the end.
  constexpr string_view substr(std::size_t first, std::size_t count = npos) const {
    if (first > size_) return {};
    std::size_t const rest = size_ - first;
    return {first_ + first, count < rest ? count : rest};
  }
  constexpr void remove_prefix(std::size_t count) {
    first_ += count;
    size_ -= count;
  }
  constexpr void remove_suffix(std::size_t count) { size_ -= count; }

  constexpr bool starts_with(string_view other) const {
    return size_ >= other.size_ && is_same(first_, other.first_, other.size_);
  }
  constexpr bool starts_with(char c) const { return size_ > 0 && front() == c; }
  constexpr bool ends_with(string_view other) const {
    return size_ >= other.size_ && is_same(end() - other.size_, other.first_, other.size_);
  }
  /// Where a character or text stands first, from a place on, or `npos`.
  constexpr std::size_t find(char c, std::size_t from = 0) const {
    while (from < size_ && first_[from] != c) ++from;
    return from < size_ ? from : npos;
  }
  constexpr std::size_t find(string_view text, std::size_t from = 0) const {
    for (; from + text.size_ <= size_; ++from)
      if (is_same(first_ + from, text.first_, text.size_)) return from;
    return npos;
  }
  /// Where one of some characters stands first.
  constexpr std::size_t find_first_of(string_view some) const {
    std::size_t k = 0;
    while (k < size_ && some.find(first_[k]) == npos) ++k;
    return k < size_ ? k : npos;
  }
  /// Where a text stands last.
  constexpr std::size_t rfind(string_view text) const {
    if (text.size_ > size_) return npos;
    for (std::size_t k = size_ - text.size_ + 1; k-- > 0;)
      if (is_same(first_ + k, text.first_, text.size_)) return k;
    return npos;
  }

  friend constexpr bool operator==(string_view a, string_view b) {
    return a.size_ == b.size_ && is_same(a.first_, b.first_, a.size_);
  }
  template <detail::standard_text Text>
  friend constexpr bool operator==(string_view a, Text const& b) {
    return a == string_view(b);
  }
  template <class Stream>
    requires requires(Stream& to) { to.write("", 1); }
  friend Stream& operator<<(Stream& to, string_view text) {
    to.write(text.first_, static_cast<std::ptrdiff_t>(text.size_));
    return to;
  }

 private:
  /// Four characters in one statement: constant evaluation counts statements.
  static constexpr bool is_same(char const* a, char const* b, std::size_t size) {
    std::size_t k = 0;
    for (; k + 4 <= size; k += 4)
      if (a[k] != b[k] || a[k + 1] != b[k + 1] || a[k + 2] != b[k + 2] || a[k + 3] != b[k + 3])
        return false;
    while (k < size && a[k] == b[k]) ++k;
    return k == size;
  }

  char const* first_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace nernst::ir
