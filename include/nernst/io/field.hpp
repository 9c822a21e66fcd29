// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nernst::io {

namespace detail {
/// Appends a number with as many digits as it takes to read the same one back.
void append_number(std::string& to, double number);
void append_number(std::string& to, float number);
void append_number(std::string& to, std::int64_t number);
void append_number(std::string& to, std::uint64_t number);

template <class T>
void append_entry(std::string& to, void const* entries, std::size_t place) {
  T const number = static_cast<T const*>(entries)[place];
  if constexpr (std::is_floating_point_v<T>)
    append_number(to, number);
  else if constexpr (std::is_signed_v<T>)
    append_number(to, std::int64_t{number});
  else
    append_number(to, std::uint64_t{number});
}
}  // namespace detail

/// The type of entries in a file.
struct entry_type {
  char kind;  ///< as NumPy has it: f, i or u
  std::uint8_t bytes;
};
template <class T>
constexpr entry_type entry_type_of() {
  static_assert(std::is_floating_point_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, bool>),
                "files hold floating-point numbers and integers");
  if constexpr (std::is_floating_point_v<T>) return {'f', sizeof(T)};
  return {std::is_signed_v<T> ? 'i' : 'u', sizeof(T)};
}

/// An array with a name, as files hold it: one entry in each row, or several. Names and values, in
/// C order and SI units, belong to somebody else.
struct field {
  std::string_view name;
  std::string_view unit;  ///< of the values: "V", or "1" for numbers
  entry_type type;
  void const* entries;
  void (*append)(std::string& to, void const* entries, std::size_t place);
  std::size_t rows;
  std::size_t width = 1;                   ///< of a row
  bool is_table = false;                   ///< has two dimensions
  std::uint32_t const* columns = nullptr;  ///< the numbers of neurons, say
  int suffixes = 0;                        ///< how often "_" stands behind the name

  template <class T>
  field(std::string_view called, std::string_view in, std::vector<T> const& values)
      : name(called), unit(in), type(entry_type_of<T>()), entries(values.data()),
        append(&detail::append_entry<T>), rows(values.size()) {}
  /// With two dimensions, and numbers of the columns where a text has to name them.
  template <class T>
  field(std::string_view called, std::string_view in, std::vector<T> const& values,
        std::size_t row_count, std::size_t column_count, std::uint32_t const* numbers = nullptr)
      : field(called, in, values) {
    rows = row_count;
    width = column_count;
    is_table = true;
    columns = numbers;
  }
  template <class T, class... Rest>
  field(std::string_view, std::string_view, std::vector<T>&&, Rest...) = delete;

  std::size_t row_bytes() const { return width * type.bytes; }
  std::string full_name() const;
};

/// Enters a field under its name, or one that is still free: with "_" behind it.
void enter(std::vector<field>& all, field one);

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/field-inl.hpp>
#endif
