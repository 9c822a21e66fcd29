// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/affinity.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nernst {

namespace detail {

/// Throws std::logic_error when Kokkos is not initialised; every entry point `who` of the library
/// that needs it calls this first.
inline void require_runtime(std::string const& who) {
  if (!Kokkos::is_initialized())
    throw std::logic_error(
        who +
        ": Kokkos is not initialised; begin main with `nernst::runtime runtime(argc, argv);`");
}

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
        threads_ = std::string(name) + std::string(argument.substr(other_name.size()));
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
  static constexpr std::string_view name = "--kokkos-num-threads=",
                                    other_name = "--kokkos-threads=";
#else
  static constexpr std::string_view name = "--kokkos-threads=",
                                    other_name = "--kokkos-num-threads=";
#endif
  std::string quiet_ = "--kokkos-disable-warnings", threads_;
  std::vector<char*> pointers_;
  int count_ = 0;
};

}  // namespace detail

/// Owns Kokkos for the length of `main`: `nernst::runtime runtime(argc, argv);` is its first line.
///
/// Arguments beginning with `--kokkos-` are obeyed and removed from argv; the number of threads is
/// Kokkos' own choice otherwise (for OpenMP: OMP_NUM_THREADS). On Linux the OpenMP threads are
/// pinned, one per core, unless one of OMP_PROC_BIND, OMP_PLACES, GOMP_CPU_AFFINITY and
/// KMP_AFFINITY is set or there are more threads than CPUs; OpenMP itself has read those variables
/// before main. Kokkos' warnings are not printed unless KOKKOS_DISABLE_WARNINGS is set to a false
/// value. When Kokkos is initialised already, nothing is done here, nor at the end.
class runtime {
 public:
  runtime(int& argc, char** argv) : owner_(!Kokkos::is_initialized()) {
    if (!owner_) return;
    detail::kokkos_arguments arguments(argc, argv);
    Kokkos::initialize(arguments.count(), arguments.values());
    if (arguments.count() < argc) argv[arguments.count()] = nullptr;
    argc = arguments.count();
    std::copy_n(arguments.values(), argc, argv);
    if (!detail::binding_chosen()) pinning_.emplace();
  }
  ~runtime() {
    if (owner_ && Kokkos::is_initialized()) Kokkos::finalize();
  }
  runtime(runtime const&) = delete;
  runtime& operator=(runtime const&) = delete;

 private:
  bool owner_;
  std::optional<detail::pinned_threads> pinning_;
};

}  // namespace nernst
