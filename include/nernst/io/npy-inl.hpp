// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/file.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace nernst::io {

namespace detail {

NERNST_INLINE std::string npy_shape(std::vector<std::size_t> const& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text += ", ";
    text += message({shape[i]});
  }
  text += shape.size() == 1 ? ",)" : ")";
  return text;
}

NERNST_INLINE std::string npy_header(std::string const& type, std::vector<std::size_t> const& shape,
                                     std::size_t least) {
  std::string const text =
      message({"{'descr': ", type, ", 'fortran_order': False, 'shape': ", npy_shape(shape), ", }"});
  // Version 2 has four bytes for the length of the text, version 1 has two.
  bool const is_long = text.size() + 64 > 0xFFFF;
  std::string header("\x93NUMPY\x01\x00??", 10);
  if (is_long) header = std::string("\x93NUMPY\x02\x00????", 12);
  std::size_t const size = (std::max(least, header.size() + text.size() + 1) + 63) / 64 * 64;
  std::size_t length = size - header.size();
  for (std::size_t k = 8; k < header.size(); ++k, length >>= 8)
    header[k] = static_cast<char>(length & 0xFF);
  header += text;
  header.resize(size - 1, ' ');
  return header + '\n';
}

NERNST_INLINE void append_type(std::string& to, entry_type type) {
  to += '\'';
  to += type.bytes == 1 ? '|' : '<';
  to += type.kind;
  to += static_cast<char>('0' + type.bytes);
  to += '\'';
}

NERNST_INLINE std::string npy_type(std::vector<field> const& columns) {
  std::string type;
  for (field const& f : columns) {
    type += type.empty() ? "[('" : ", ('";
    type += f.full_name();
    type += "', ";
    append_type(type, f.type);
    if (f.is_table) {
      type += ", (";
      append_number(type, std::uint64_t{f.width});
      type += ",)";
    }
    type += ')';
  }
  type += ']';
  return type;
}

NERNST_INLINE std::string npy_rows(std::vector<field> const& columns, std::size_t begin,
                                   std::size_t end) {
  std::string bytes;
  for (std::size_t row = begin; row < end; ++row)
    for (field const& f : columns)
      bytes.append(static_cast<char const*>(f.entries) + row * f.row_bytes(), f.row_bytes());
  return bytes;
}

NERNST_INLINE void write_npy_bytes(std::string const& path, std::string const& type,
                                   std::vector<std::size_t> const& shape, void const* data,
                                   std::size_t bytes) {
  new_file out(path);
  out.write(npy_header(type, shape));
  out.write(data, bytes);
  out.complete();
}

/// What follows `'key':` in a header.
inline std::string npy_field(std::string const& path, std::string const& header,
                             std::string const& key) {
  std::size_t at = header.find(message({"'", key, "'"}));
  if (at != std::string::npos) at = header.find(':', at);
  if (at == std::string::npos)
    file_error(path, message({"a header with '", key, "'"}), message({"the header ", header}));
  std::size_t const begin = header.find_first_not_of(' ', at + 1);
  int depth = 0;
  std::size_t end = begin;
  for (; end < header.size(); ++end) {
    char const c = header[end];
    if (depth == 0 && (c == ',' || c == '}')) break;
    depth += (c == '(' || c == '[') - (c == ')' || c == ']');
  }
  if (begin >= end) return {};
  return header.substr(begin, header.find_last_not_of(' ', end - 1) + 1 - begin);
}

inline std::vector<std::size_t> npy_extents(std::string const& path, std::string const& text) {
  std::vector<std::size_t> shape;
  bool in_number = false;
  for (char c : text) {
    bool const digit = c >= '0' && c <= '9';
    if (digit && !in_number) shape.push_back(0);
    if (digit) shape.back() = shape.back() * 10 + static_cast<std::size_t>(c - '0');
    if (!digit && !std::strchr("(), ", c)) file_error(path, "a shape", text);
    in_number = digit;
  }
  return shape;
}

/// The one of some types that a file has.
inline npy_entry npy_entry_of(std::string const& path, std::string const& found,
                              std::vector<npy_entry> const& accepted) {
  std::string expected = "entries of type ";
  for (npy_entry const& e : accepted) {
    if (e.type == found) return e;
    if (&e != accepted.data()) expected += &e == &accepted.back() ? " or " : ", ";
    expected += e.type;
  }
  file_error(path, expected, found);
}

NERNST_INLINE npy_content read_npy_content(std::string const& path,
                                           std::vector<npy_entry> const& accepted) {
  file in(path, "rb");
  if (!in) file_error(path, "a file that can be read", std::strerror(errno));
  auto const take = [&](std::size_t n, char const* what) {
    std::string text(n, '\0');
    std::size_t const got = in.read(text.data(), n);
    if (got != n)
      file_error(path, message({n, " bytes of ", what}),
                 message({got, " (the file is cut short)"}));
    return text;
  };
  std::string const magic = take(6, "magic number");
  if (magic != "\x93NUMPY")
    file_error(path, "an npy file, which begins with \\x93NUMPY", "another beginning");
  std::string const version = take(2, "version");
  if (version[0] < 1 || version[0] > 3)
    file_error(path, "npy version 1, 2 or 3", message({static_cast<int>(version[0])}));
  std::string const length = take(version[0] == 1 ? 2 : 4, "header length");
  std::size_t n = 0;
  for (std::size_t i = length.size(); i-- > 0;) n = n << 8 | static_cast<unsigned char>(length[i]);
  if (n > 1u << 20) file_error(path, "a header of at most 1 MiB", message({n, " bytes"}));
  std::string const header = take(n, "header");
  std::string const found = npy_field(path, header, "descr");
  std::string const order = npy_field(path, header, "fortran_order");
  npy_entry const entry = npy_entry_of(path, found, accepted);
  if (order != "False")
    file_error(path, "C order",
               order == "True" ? "Fortran order" : message({"fortran_order ", order}));
  std::vector<std::size_t> shape = npy_extents(path, npy_field(path, header, "shape"));

  std::size_t bytes = entry.size;
  for (std::size_t extent : shape)
    if (__builtin_mul_overflow(bytes, extent, &bytes))
      file_error(path, "a shape that fits in memory", npy_shape(shape));
  std::vector<char> data;
  std::size_t got = 0;
  while (got < bytes) {
    std::size_t const step = std::min(bytes - got, std::size_t{1} << 24);
    data.resize(got + step);
    std::size_t const read = in.read(data.data() + got, step);
    got += read;
    if (read != step)
      file_error(path, message({bytes, " bytes of entries for shape ", npy_shape(shape)}),
                 message({got, " (the file is cut short)"}));
  }
  return {entry, std::move(shape), std::move(data)};
}

template <class T>
array<std::int64_t> npy_integers(npy_content const& content) {
  array<std::int64_t> all{content.shape, {}};
  all.data.reserve(content.bytes.size() / sizeof(T));
  for (std::size_t at = 0; at < content.bytes.size(); at += sizeof(T)) {
    T entry;
    std::memcpy(&entry, content.bytes.data() + at, sizeof(T));
    all.data.push_back(static_cast<std::int64_t>(entry));
  }
  return all;
}

}  // namespace detail

NERNST_INLINE array<std::int64_t> read_npy_integers(std::string const& path) {
  auto const content = detail::read_npy_content(path, {{detail::npy_type<std::int64_t>(), 8},
                                                       {detail::npy_type<std::int32_t>(), 4},
                                                       {detail::npy_type<std::uint64_t>(), 8},
                                                       {detail::npy_type<std::uint32_t>(), 4}});
  if (content.entry.size == 8) return detail::npy_integers<std::int64_t>(content);
  bool const has_sign = content.entry.type == detail::npy_type<std::int32_t>();
  return has_sign ? detail::npy_integers<std::int32_t>(content)
                  : detail::npy_integers<std::uint32_t>(content);
}

NERNST_INLINE void write_npy(std::string const& path, std::vector<field> const& columns) {
  constexpr std::size_t most = 4096;
  std::size_t const rows = columns.empty() ? 0 : columns[0].rows;
  detail::new_file out(path);
  out.write(detail::npy_header(detail::npy_type(columns), {rows}));
  for (std::size_t row = 0; row < rows; row += most)
    out.write(detail::npy_rows(columns, row, std::min(row + most, rows)));
  out.complete();
}

NERNST_INLINE void write_spikes(std::string const& path, std::vector<spike> const& spikes) {
  std::vector<double> t;
  std::vector<std::int32_t> i;
  for (spike const& s : spikes) {
    t.push_back(s.t);
    i.push_back(s.i);
  }
  write_npy(path, {field("t", "s", t), field("i", "1", i)});
}

NERNST_INLINE std::vector<spike> read_spikes(std::string const& path) {
  constexpr std::size_t size = sizeof(double) + sizeof(std::int32_t);
  std::vector<char> const bytes =
      detail::read_npy_content(path, {{detail::npy_type<spike>(), size}}).bytes;
  std::vector<spike> spikes(bytes.size() / size);
  for (std::size_t k = 0; k < spikes.size(); ++k) {
    std::memcpy(&spikes[k].t, bytes.data() + k * size, sizeof(double));
    std::memcpy(&spikes[k].i, bytes.data() + k * size + sizeof(double), sizeof(std::int32_t));
  }
  return spikes;
}

}  // namespace nernst::io
