// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/field.hpp>
#include <nernst/io/file.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// NumPy's array files: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html,
/// little-endian, in C order.
namespace nernst::io {

static_assert(std::endian::native == std::endian::little,
              "npy files are written on little-endian machines");

/// An array in C order: `data` has as many entries as the product of `shape`.
template <class T>
struct array {
  std::vector<std::size_t> shape;
  std::vector<T> data;
};

/// One spike in a file: seconds and the neuron's number.
struct spike {
  double t;
  std::int32_t i;
  friend bool operator==(spike const&, spike const&) = default;
};

namespace detail {

/// NumPy's name of an element type, such as '<f8', in a header.
void append_type(std::string& to, entry_type type);
template <class T>
std::string npy_type() {
  if constexpr (std::is_same_v<T, spike>) {
    return "[('t', '<f8'), ('i', '<i4')]";
  } else {
    std::string text;
    append_type(text, entry_type_of<T>());
    return text;
  }
}
/// That of a record with one entry (or several) of each column.
std::string npy_type(std::vector<field> const& columns);

std::string npy_shape(std::vector<std::size_t> const& shape);

/// Everything before the entries: at least so many bytes.
std::string npy_header(std::string const& type, std::vector<std::size_t> const& shape,
                       std::size_t least = 0);
/// The rows [begin, end) as records.
std::string npy_rows(std::vector<field> const& columns, std::size_t begin, std::size_t end);

/// Writes beside the final path and renames at the end; removes what it wrote when anything fails.
void write_npy_bytes(std::string const& path, std::string const& type,
                     std::vector<std::size_t> const& shape, void const* data, std::size_t bytes);

/// A type of entries, by NumPy's name, and the bytes that one takes.
struct npy_entry {
  std::string type;
  std::size_t size;
};
/// What a file holds.
struct npy_content {
  npy_entry entry;
  std::vector<std::size_t> shape;
  std::vector<char> bytes;
};
/// Reads entries of one of some types.
npy_content read_npy_content(std::string const& path, std::vector<npy_entry> const& accepted);

}  // namespace detail

/// Writes a contiguous container (with `data()` and `size()`) of numbers as an array of this shape.
/// The file appears whole or not at all. Throws std::runtime_error when it cannot be written or the
/// shape does not have as many entries.
template <class Data>
void write_npy(std::string const& path, Data const& data, std::vector<std::size_t> const& shape) {
  using element = std::remove_cvref_t<decltype(*data.data())>;
  static_assert(!std::is_same_v<element, spike>, "write_spikes writes spikes");
  std::size_t entries = 1;
  for (std::size_t extent : shape) entries *= extent;
  if (entries != data.size())
    detail::file_error(path, "entries for shape " + detail::npy_shape(shape),
                       std::to_string(data.size()) + " entries");
  detail::write_npy_bytes(path, detail::npy_type<element>(), shape, data.data(),
                          entries * sizeof(element));
}

/// Reads an array whose entries are exactly of type `T`. Throws std::runtime_error, saying what was
/// expected and found, for any other type, Fortran order, a file that is cut short or that is no
/// npy file.
template <class T>
array<T> read_npy(std::string const& path) {
  static_assert(!std::is_same_v<T, spike>, "read_spikes reads spikes");
  auto [entry, shape, bytes] = detail::read_npy_content(path, {{detail::npy_type<T>(), sizeof(T)}});
  array<T> result{std::move(shape), std::vector<T>(bytes.size() / sizeof(T))};
  if (!bytes.empty()) std::memcpy(result.data.data(), bytes.data(), bytes.size());
  return result;
}

/// Reads an array of integers of 32 or 64 bits, with a sign or without. Throws as `read_npy` does.
array<std::int64_t> read_npy_integers(std::string const& path);

/// Writes fields of the same number of rows as one array of records, as `write_npy` above.
void write_npy(std::string const& path, std::vector<field> const& columns);

/// Writes spikes, in any order, as a structured array with the fields t (seconds) and i.
void write_spikes(std::string const& path, std::vector<spike> const& spikes);

/// Reads what `write_spikes` wrote; throws as `read_npy` does.
std::vector<spike> read_spikes(std::string const& path);

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/npy-inl.hpp>
#endif
