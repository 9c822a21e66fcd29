// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/memory.hpp>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <ostream>
#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace nernst {

NERNST_INLINE std::string to_bytes(std::size_t bytes) {
  constexpr char const* units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < std::size(units); ++unit) value /= 1000;
  char text[32];
  std::snprintf(text, sizeof text, "%.3g %s", value, units[unit]);
  return text;
}

NERNST_INLINE void print_memory(std::ostream& out, std::vector<memory_entry> const& entries) {
  std::size_t total = 0;
  std::size_t width = std::string("total").size();
  for (auto const& entry : entries) {
    total += entry.bytes;
    width = std::max(width, entry.object.size());
  }
  auto const line = [&](std::string object, std::size_t bytes) {
    std::string const size = to_bytes(bytes);
    object.resize(width, ' ');
    out << object << "  " << std::string(size.size() < 7 ? 7 - size.size() : 0, ' ') << size
        << '\n';
  };
  for (auto const& entry : entries) line(entry.object, entry.bytes);
  line("total", total);
}

NERNST_INLINE std::size_t detail::physical_memory() {
#if defined(_SC_PHYS_PAGES)
  long const pages = ::sysconf(_SC_PHYS_PAGES), size = ::sysconf(_SC_PAGESIZE);
  if (pages > 0 && size > 0)
    return static_cast<std::size_t>(pages) * static_cast<std::size_t>(size);
#endif
  return std::size_t{1} << 62;
}

}  // namespace nernst
