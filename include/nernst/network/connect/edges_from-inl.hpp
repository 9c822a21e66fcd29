// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/npy.hpp>
#include <nernst/network/connect/edges_from.hpp>
#include <nernst/network/connect/pairs.hpp>
#include <nernst/refuse.hpp>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace nernst {

namespace detail {

inline std::string text_of_file(std::string const& path) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr)
    refuse<std::runtime_error>(
        {path, ": expected a file that can be read, found ", std::strerror(errno)});
  std::string text;
  std::string part(std::size_t{1} << 20, '\0');
  for (std::size_t got = part.size(); got == part.size();) {
    got = std::fread(part.data(), 1, part.size(), file);
    text.append(part, 0, got);
  }
  bool const failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) refuse<std::runtime_error>({path, ": expected to read it, found an error"});
  return text;
}

/// Reads numbers off the beginning of a line.
class edge_line {
 public:
  explicit edge_line(std::string_view line) : rest_(line.substr(0, line.find('#'))) {
    skip(" \t\r");
  }

  bool is_empty() const { return rest_.empty(); }
  bool is_heading() const {
    return rest_.find_first_of("0123456789") == std::string_view::npos && !is_empty();
  }
  bool read(std::int64_t& number) {
    auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }
  /// Whether blanks, a comma or a semicolon stand here, which are read.
  bool read_separator() {
    std::size_t const before = rest_.size();
    skip(" \t");
    if (!rest_.empty() && (rest_.front() == ',' || rest_.front() == ';')) rest_.remove_prefix(1);
    skip(" \t");
    return rest_.size() < before;
  }
  bool ends() {
    skip(" \t\r");
    return rest_.empty();
  }

 private:
  void skip(char const* blanks) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
  }

  std::string_view rest_;
};

/// Pairs out of a file, with their places in it for messages.
class edge_list {
 public:
  edge_list(std::string const& path, connection_request const& request)
      : path_(path), request_(request) {}

  void add(std::size_t place, char const* what, std::int64_t source, std::int64_t target) {
    check(place, what, "source", source, request_.sources);
    check(place, what, "target", target, request_.targets);
    sources_.push_back(static_cast<std::uint32_t>(source));
    targets_.push_back(static_cast<std::uint32_t>(target));
  }
  void read_text() {
    std::string const text = text_of_file(path_);
    bool is_first = true;
    std::size_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
      ++number;
      std::string_view const line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      edge_line in(line);
      if (in.is_empty()) continue;
      bool const is_heading = is_first && in.is_heading();
      is_first = false;
      if (!is_heading) read_line(in, line, number);
    }
  }
  void read_npy() {
    io::array<std::int64_t> const all = io::read_npy_integers(path_);
    if (all.shape.size() != 2 || all.shape[1] != 2)
      refuse<std::runtime_error>(
          {path_, ": expected the shape (n, 2), found ", io::detail::npy_shape(all.shape)});
    for (std::size_t row = 0; row < all.shape[0]; ++row)
      add(row, "row", all.data[2 * row], all.data[2 * row + 1]);
  }
  pairs_rule rule() && { return {std::move(sources_), std::move(targets_)}; }

 private:
  void read_line(edge_line& in, std::string_view line, std::size_t number) {
    std::int64_t source = 0;
    std::int64_t target = 0;
    bool const fits = in.read(source) && in.read_separator() && in.read(target) && in.ends();
    if (!fits)
      refuse<std::runtime_error>({path_, ", line ", number, ": expected source,target, found '",
                                  line.substr(0, std::min(line.find('\r'), std::size_t{40})), "'"});
    add(number, "line", source, target);
  }
  void check(std::size_t place, char const* what, char const* side, std::int64_t found,
             std::uint32_t size) const {
    if (found >= 0 && found < size) return;
    refuse<std::out_of_range>({path_, ", ", what, " ", place, ": expected a ", side,
                               " index below ", size, ", found ", found});
  }

  std::string const& path_;
  connection_request const& request_;
  std::vector<std::uint32_t> sources_, targets_;
};

}  // namespace detail

NERNST_INLINE connection_list edges_rule::build(executor const& run,
                                                connection_request const& request) const {
  detail::edge_list edges(path_, request);
  bool const is_npy = path_.ends_with(".npy");
  if (is_npy)
    edges.read_npy();
  else
    edges.read_text();
  return std::move(edges).rule().build(run, request);
}

}  // namespace nernst
