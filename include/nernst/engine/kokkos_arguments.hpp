// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Kokkos_Core.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace nernst::detail {

/// What Kokkos is given for the program's arguments: its warnings are off unless the environment
/// decides, and the number of threads goes by the name that this version of Kokkos knows.
class kokkos_arguments {
 public:
  kokkos_arguments(int argc, char** argv) {
    if (argc > 0) pointers_.push_back(argv[0]);
    if (!std::getenv("KOKKOS_DISABLE_WARNINGS")) pointers_.push_back(quiet_.data());
    for (int i = 1; i < argc; ++i) {
      std::string_view const argument = argv[i];
      if (argument.starts_with(other_name)) {
        threads_ = name;
        threads_ += argument.substr(other_name.size());
        pointers_.push_back(threads_.data());
      } else {
        pointers_.push_back(argv[i]);
      }
    }
    count_ = static_cast<int>(pointers_.size());
    pointers_.push_back(nullptr);
  }
  kokkos_arguments(kokkos_arguments const&) = delete;
  kokkos_arguments& operator=(kokkos_arguments const&) = delete;

  int& count() noexcept { return count_; }
  char** values() noexcept { return pointers_.data(); }

 private:
#if KOKKOS_VERSION >= 30700
  static constexpr std::string_view name = "--kokkos-num-threads=";
  static constexpr std::string_view other_name = "--kokkos-threads=";
#else
  static constexpr std::string_view name = "--kokkos-threads=";
  static constexpr std::string_view other_name = "--kokkos-num-threads=";
#endif
  std::string quiet_ = "--kokkos-disable-warnings", threads_;
  std::vector<char*> pointers_;
  int count_ = 0;
};

}  // namespace nernst::detail
