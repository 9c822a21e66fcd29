// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace nernst::io {

/// What the entries of a file are, in NumPy's words.
template <class T>
std::string type_name() {
  static_assert(std::is_floating_point_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, bool>),
                "files hold floating-point numbers and integers");
  char const kind = std::is_floating_point_v<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
  return std::string(1, sizeof(T) == 1 ? '|' : '<') + kind + std::to_string(sizeof(T));
}

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

/// An array with a name, as files hold it. The values, in C order and SI units, belong to somebody
/// else.
struct field {
  std::string name;
  std::string unit;  ///< of the values: "V", or "1" for numbers
  std::string type;  ///< NumPy's name of their type: "<f8"
  std::size_t entry_bytes;
  std::vector<std::size_t> shape;
  void const* entries;
  void (*append)(std::string& to, void const* entries, std::size_t place);
  /// Of the columns, where a row has several: the numbers of neurons, say.
  std::vector<std::uint32_t> columns;

  template <class T>
  field(std::string called, std::string in, std::vector<T> const& values,
        std::vector<std::size_t> extents, std::vector<std::uint32_t> numbers = {})
      : name(std::move(called)), unit(std::move(in)), type(type_name<T>()), entry_bytes(sizeof(T)),
        shape(std::move(extents)), entries(values.data()), append(&detail::append_entry<T>),
        columns(std::move(numbers)) {}
  template <class T>
  field(std::string called, std::string in, std::vector<T> const& values)
      : field(std::move(called), std::move(in), values, {values.size()}) {}
  template <class T>
  field(std::string, std::string, std::vector<T>&&) = delete;

  std::size_t rows() const { return shape.empty() ? 1 : shape[0]; }
  /// The number of entries in a row.
  std::size_t width() const {
    std::size_t product = 1;
    for (std::size_t k = 1; k < shape.size(); ++k) product *= shape[k];
    return product;
  }
};

/// Enters a field under its name, or one that is still free: with "_" behind it.
void enter(std::vector<field>& all, field one);

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/field-inl.hpp>
#endif
