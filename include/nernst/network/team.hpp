// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/runtime.hpp>

#include <Kokkos_Core.hpp>

#include <stdexcept>
#include <string>
#include <type_traits>

namespace nernst {

/// Number of threads of a host execution space, which is the largest team that `run_team` can run.
/// Kokkos must be initialised.
template <class ExecutionSpace = Kokkos::DefaultHostExecutionSpace>
int team_size() {
  return static_cast<int>(ExecutionSpace().concurrency());
}

namespace detail {
template <class ExecutionSpace>
inline constexpr bool is_openmp = false;
#if defined(KOKKOS_ENABLE_OPENMP)
template <>
inline constexpr bool is_openmp<Kokkos::OpenMP> = true;
#endif

template <class ExecutionSpace, class Body>
struct team_run {
  using member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  Body const* body;

  void operator()(int rank) const noexcept {
    if constexpr (is_openmp<ExecutionSpace>) pin_new_thread(rank);
    (*body)(rank);
  }
  void operator()(member const& thread) const noexcept {
    operator()(static_cast<int>(thread.team_rank()));
  }
};
}  // namespace detail

/// Runs `body(rank)` for rank = 0 … threads - 1, all at the same time, each on a thread of its own,
/// and returns when all have returned. The members may wait for one another (see `barrier`). The
/// same rank runs on the same thread in every call.
///
/// One Kokkos team, whose members run concurrently by definition; teams of more than 64 threads,
/// which Kokkos' host spaces refuse, are static OpenMP loops of one iteration per thread. `body` is
/// not copied. An exception that leaves it ends the program (std::terminate). Throws
/// std::invalid_argument unless 1 <= threads <= team_size<ExecutionSpace>(), and std::logic_error
/// inside an OpenMP parallel region.
template <class ExecutionSpace, class Body>
void run_team(int threads, Body const& body) {
  static_assert(Kokkos::SpaceAccessibility<ExecutionSpace, Kokkos::HostSpace>::accessible,
                "run_team: a host execution space is needed");
  detail::require_runtime("run_team");
  if (threads < 1 || threads > team_size<ExecutionSpace>())
    throw std::invalid_argument("run_team: expected 1 to " +
                                std::to_string(team_size<ExecutionSpace>()) + " threads, found " +
                                std::to_string(threads));
  detail::team_run<ExecutionSpace, Body> const run{&body};
  if constexpr (detail::is_openmp<ExecutionSpace>) {
#if defined(KOKKOS_ENABLE_OPENMP)
    if (omp_in_parallel()) throw std::logic_error("run_team: called inside a parallel region");
#endif
    if (threads > 64) {
      using ranks = Kokkos::RangePolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Static>,
                                        Kokkos::IndexType<int>>;
      Kokkos::parallel_for("nernst::run", ranks(0, threads, Kokkos::ChunkSize(1)), run);
      return;
    }
  }
  Kokkos::parallel_for("nernst::run", Kokkos::TeamPolicy<ExecutionSpace>(1, threads), run);
  ExecutionSpace().fence();
}

}  // namespace nernst
