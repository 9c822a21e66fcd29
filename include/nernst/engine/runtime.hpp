// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/affinity.hpp>

#include <optional>
#include <string>

namespace nernst {

namespace detail {
/// Throws std::logic_error when Kokkos is not initialised; every entry point `who` of the library
/// that needs it calls this first.
void require_runtime(std::string const& who);
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
  runtime(int& argc, char** argv);
  ~runtime();
  runtime(runtime const&) = delete;
  runtime& operator=(runtime const&) = delete;

 private:
  bool owner_;
  std::optional<detail::pinned_threads> pinning_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/runtime-inl.hpp>
#endif
