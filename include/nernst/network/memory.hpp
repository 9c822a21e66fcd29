// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/refuse.hpp>

#include <cstddef>
#include <iosfwd>
#include <new>
#include <stdexcept>
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

namespace detail {

/// The memory of the machine in bytes; much where that is not known.
std::size_t physical_memory();

/// Calls `work`, which asks for memory. \throws std::length_error if there is too little.
template <class Work>
void with_memory_for(std::string const& name, Work const& work) {
  bool enough = true;
  try {
    work();
  } catch (std::bad_alloc const&) {
    enough = false;
  }
  if (!enough) refuse<std::length_error>({name, ": expected more memory than there is"});
}

}  // namespace detail

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/memory-inl.hpp>
#endif
