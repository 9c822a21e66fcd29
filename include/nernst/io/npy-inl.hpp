// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/file.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <stdexcept>

namespace nernst::io {

namespace detail {

using nernst::detail::message;
using nernst::detail::refuse;

NERNST_INLINE void npy_error(std::string const& path, std::string const& expected,
                             std::string const& found) {
  refuse<std::runtime_error>({path, ": expected ", expected, ", found ", found});
}

NERNST_INLINE std::string npy_shape(std::vector<std::size_t> const& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) text += ", ";
    text += message({shape[i]});
  }
  text += shape.size() == 1 ? ",)" : ")";
  return text;
}

NERNST_INLINE void write_npy_bytes(std::string const& path, std::string const& type,
                                   std::vector<std::size_t> const& shape, void const* data,
                                   std::size_t bytes) {
  std::string header =
      message({"{'descr': ", type, ", 'fortran_order': False, 'shape': ", npy_shape(shape), ", }"});
  char preamble[] = "\x93NUMPY\x01\x00??";
  constexpr std::size_t size = sizeof preamble - 1;
  header.append(63 - (size + header.size()) % 64, ' ');
  header += '\n';
  if (header.size() > 0xFFFF)
    npy_error(path, "a shape of less than 65536 characters",
              message({shape.size(), " dimensions"}));
  preamble[size - 2] = static_cast<char>(header.size() & 0xFF);
  preamble[size - 1] = static_cast<char>(header.size() >> 8);

  new_file out(path);
  out.write(preamble, size);
  out.write(header);
  out.write(data, bytes);
  out.complete();
}

/// What follows `'key':` in a header.
inline std::string npy_field(std::string const& path, std::string const& header,
                             std::string const& key) {
  std::size_t at = header.find(message({"'", key, "'"}));
  if (at != std::string::npos) at = header.find(':', at);
  if (at == std::string::npos)
    npy_error(path, message({"a header with '", key, "'"}), message({"the header ", header}));
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
    if (!digit && !std::strchr("(), ", c)) npy_error(path, "a shape", text);
    in_number = digit;
  }
  return shape;
}

NERNST_INLINE std::pair<std::vector<std::size_t>, std::vector<char>>
read_npy_bytes(std::string const& path, std::string const& type, std::size_t size) {
  file in(path, "rb");
  if (!in) npy_error(path, "a file that can be read", std::strerror(errno));
  auto const take = [&](std::size_t n, char const* what) {
    std::string text(n, '\0');
    std::size_t const got = in.read(text.data(), n);
    if (got != n)
      npy_error(path, message({n, " bytes of ", what}), message({got, " (the file is cut short)"}));
    return text;
  };
  std::string const magic = take(6, "magic number");
  if (magic != "\x93NUMPY")
    npy_error(path, "an npy file, which begins with \\x93NUMPY", "another beginning");
  std::string const version = take(2, "version");
  if (version[0] < 1 || version[0] > 3)
    npy_error(path, "npy version 1, 2 or 3", message({static_cast<int>(version[0])}));
  std::string const length = take(version[0] == 1 ? 2 : 4, "header length");
  std::size_t n = 0;
  for (std::size_t i = length.size(); i-- > 0;) n = n << 8 | static_cast<unsigned char>(length[i]);
  if (n > 1u << 20) npy_error(path, "a header of at most 1 MiB", message({n, " bytes"}));
  std::string const header = take(n, "header");
  std::string const found = npy_field(path, header, "descr");
  std::string const order = npy_field(path, header, "fortran_order");
  if (found != type) npy_error(path, message({"entries of type ", type}), found);
  if (order != "False")
    npy_error(path, "C order",
              order == "True" ? "Fortran order" : message({"fortran_order ", order}));
  std::vector<std::size_t> shape = npy_extents(path, npy_field(path, header, "shape"));

  std::size_t bytes = size;
  for (std::size_t extent : shape)
    if (__builtin_mul_overflow(bytes, extent, &bytes))
      npy_error(path, "a shape that fits in memory", npy_shape(shape));
  std::vector<char> data;
  std::size_t got = 0;
  while (got < bytes) {
    std::size_t const step = std::min(bytes - got, std::size_t{1} << 24);
    data.resize(got + step);
    std::size_t const read = in.read(data.data() + got, step);
    got += read;
    if (read != step)
      npy_error(path, message({bytes, " bytes of entries for shape ", npy_shape(shape)}),
                message({got, " (the file is cut short)"}));
  }
  return {std::move(shape), std::move(data)};
}

}  // namespace detail

NERNST_INLINE void write_spikes(std::string const& path, std::vector<spike> const& spikes) {
  constexpr std::size_t size = sizeof(double) + sizeof(std::int32_t);
  std::vector<char> bytes(spikes.size() * size);
  char* to = bytes.data();
  for (spike const& s : spikes) {
    std::memcpy(to, &s.t, sizeof s.t);
    std::memcpy(to + sizeof s.t, &s.i, sizeof s.i);
    to += size;
  }
  detail::write_npy_bytes(path, detail::npy_type<spike>(), {spikes.size()}, bytes.data(),
                          bytes.size());
}

NERNST_INLINE std::vector<spike> read_spikes(std::string const& path) {
  constexpr std::size_t size = sizeof(double) + sizeof(std::int32_t);
  std::vector<char> const bytes =
      detail::read_npy_bytes(path, detail::npy_type<spike>(), size).second;
  std::vector<spike> spikes(bytes.size() / size);
  for (std::size_t k = 0; k < spikes.size(); ++k) {
    std::memcpy(&spikes[k].t, bytes.data() + k * size, sizeof(double));
    std::memcpy(&spikes[k].i, bytes.data() + k * size + sizeof(double), sizeof(std::int32_t));
  }
  return spikes;
}

}  // namespace nernst::io
