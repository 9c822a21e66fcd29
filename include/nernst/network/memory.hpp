// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace nernst {

/// A number of bytes with three digits and a decimal unit: "17 B", "1.28 MB".
std::string to_bytes(std::size_t bytes);

/// The memory that one object of a network holds.
struct memory_entry {
  std::string object;
  std::size_t bytes = 0;
};

/// Prints one line per entry, names on the left and sizes on the right, and the total.
void print_memory(std::ostream& out, std::vector<memory_entry> const& entries);

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/memory-inl.hpp>
#endif
