// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace nernst {

/// The time that was spent on tasks of one kind of one object, by the first thread.
struct profile_entry {
  std::string object;   ///< a population, a projection; empty for none
  std::string task;     ///< as in `network::schedule`
  double seconds = 0;   ///< wall-clock time
  double fraction = 0;  ///< of the time of all entries
};

/// Prints one line per entry: seconds, percent, object and task.
void print_profile(std::ostream& out, std::vector<profile_entry> const& entries);

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/profile-inl.hpp>
#endif
