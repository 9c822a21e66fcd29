// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/affinity-inl.hpp>
#include <nernst/engine/executor-inl.hpp>
#include <nernst/engine/runtime-inl.hpp>

// The spaces that the host can reach.
#define NERNST_SPACE(Space)                                                                        \
  template int concurrency<Space>();                                                               \
  template int processors<Space>();                                                                \
  template void run_loop<Space>(char const*, std::int64_t, loop_work const&);                      \
  template void run_team<Space>(int, team_work const&);

namespace nernst::detail {
#if defined(KOKKOS_ENABLE_SERIAL)
NERNST_SPACE(Kokkos::Serial)
#endif
#if defined(KOKKOS_ENABLE_OPENMP)
NERNST_SPACE(Kokkos::OpenMP)
#endif
#if defined(KOKKOS_ENABLE_THREADS)
NERNST_SPACE(Kokkos::Threads)
#endif
}  // namespace nernst::detail
