// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/affinity.hpp>
#include <nernst/engine/executor.hpp>
#include <nernst/engine/runtime.hpp>
#include <nernst/refuse.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>

namespace nernst::detail {

template <class Space>
inline constexpr bool is_openmp = false;
#if defined(KOKKOS_ENABLE_OPENMP)
template <>
inline constexpr bool is_openmp<Kokkos::OpenMP> = true;
#endif

template <class Space>
int concurrency() {
  return static_cast<int>(Space().concurrency());
}

/// Threads that are pinned have a processor each.
template <class Space>
int processors() {
#if defined(KOKKOS_ENABLE_OPENMP)
  if constexpr (is_openmp<Space>)
    if (pinned_cpus().empty()) return std::min(concurrency<Space>(), omp_get_num_procs());
#endif
  return concurrency<Space>();
}

/// The exception of the smallest number among those that parallel calls have thrown.
class first_failure {
 public:
  void keep(std::int64_t number) {
    std::lock_guard const lock(mutex_);
    if (what_ != nullptr && number_ < number) return;
    what_ = std::current_exception();
    number_ = number;
  }
  void rethrow() const {
    if (what_ != nullptr) std::rethrow_exception(what_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr what_;
  std::int64_t number_ = 0;
};

/// An exception may not leave a parallel region.
struct guarded_loop {
  loop_work body;
  first_failure* failure;

  void operator()(std::int64_t number) const noexcept {
    try {
      body(number);
    } catch (...) {
      failure->keep(number);
    }
  }
};

template <class Space>
void run_loop(char const* label, std::int64_t count, loop_work const& body) {
  using range = Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>;
  first_failure failure;
  Kokkos::parallel_for(label, range(0, count), guarded_loop{body, &failure});
  Kokkos::fence();
  failure.rethrow();
}

template <class Space>
struct team_member {
  using thread = typename Kokkos::TeamPolicy<Space>::member_type;
  team_work body;

  void operator()(int rank) const noexcept {
    if constexpr (is_openmp<Space>) pin_new_thread(rank);
    body(rank);
  }
  void operator()(thread const& member) const noexcept {
    operator()(static_cast<int>(member.team_rank()));
  }
};

template <class Space>
void run_team(int threads, team_work const& body) {
  static_assert(Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible,
                "run_team: a host execution space is needed");
  require_runtime("run_team");
  int const most = concurrency<Space>();
  if (threads < 1 || threads > most)
    detail::refuse<std::invalid_argument>(
        {"run_team: expected 1 to ", most, " threads, found ", threads});
  team_member<Space> const member{body};
  if constexpr (is_openmp<Space>) {
#if defined(KOKKOS_ENABLE_OPENMP)
    if (omp_in_parallel())
      detail::refuse<std::logic_error>({"run_team: called inside a parallel region"});
#endif
    constexpr int largest_team = 64;
    if (threads > largest_team) {
      using ranks =
          Kokkos::RangePolicy<Space, Kokkos::Schedule<Kokkos::Static>, Kokkos::IndexType<int>>;
      Kokkos::parallel_for("nernst::run", ranks(0, threads, Kokkos::ChunkSize(1)), member);
      return;
    }
  }
  Kokkos::parallel_for("nernst::run", Kokkos::TeamPolicy<Space>(1, threads), member);
  Space().fence();
}

}  // namespace nernst::detail
