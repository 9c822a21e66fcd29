// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/file.hpp>
#include <nernst/io/spike_file.hpp>
#include <nernst/io/table.hpp>
#include <nernst/refuse.hpp>

#include <charconv>
#include <cmath>
#include <cstring>

namespace nernst::io {

namespace detail {

inline std::string text_of(std::string const& path) {
  file in(path, "rb");
  if (!in) file_error(path, "a file that can be read", std::strerror(errno));
  std::string text;
  std::string part(std::size_t{1} << 20, '\0');
  for (std::size_t got = part.size(); got == part.size();) {
    got = in.read(part.data(), part.size());
    text.append(part, 0, got);
  }
  return text;
}

/// A line `t,i`. Whether it is one.
inline bool read_spike(std::string_view line, spike& s) {
  char const* const end = line.data() + line.size();
  auto const [comma, no_time] = std::from_chars(line.data(), end, s.t);
  if (no_time != std::errc() || comma == end || *comma != ',') return false;
  auto const [rest, no_neuron] = std::from_chars(comma + 1, end, s.i);
  return no_neuron == std::errc() && (rest == end || *rest == ',') && std::isfinite(s.t);
}

inline std::vector<spike> read_csv_spikes(std::string const& path) {
  std::string const text = text_of(path);
  std::vector<spike> spikes;
  std::size_t number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    ++number;
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    bool const is_header = number == 1 && line.substr(0, 1) == "t";
    if (is_header || line.empty()) continue;
    spike s{};
    if (!read_spike(line, s))
      file_error(nernst::detail::message({path, ", line ", number}), "a time and a neuron: t,i",
                 nernst::detail::message({"'", line.substr(0, 40), "'"}));
    spikes.push_back(s);
  }
  return spikes;
}

}  // namespace detail

NERNST_INLINE std::vector<spike> read_spike_file(std::string const& path) {
  if (format_of(path, {format::npy, format::csv}) == format::npy) return read_spikes(path);
  return detail::read_csv_spikes(path);
}

}  // namespace nernst::io
