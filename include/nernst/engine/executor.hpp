// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstdint>

namespace nernst {

namespace detail {

/// A function of a number, called through a pointer: what parallel work consists of.
template <class Number>
struct work {
  void const* body;
  void (*call)(void const* body, Number number);

  template <class Body>
  static work of(Body const& body) {
    return {&body, [](void const* b, Number n) { (*static_cast<Body const*>(b))(n); }};
  }
  void operator()(Number number) const { call(body, number); }
};

using loop_work = work<std::int64_t>;
using team_work = work<int>;

// What an executor does in a Kokkos execution space.
template <class Space>
int concurrency();
template <class Space>
int processors();
template <class Space>
void run_loop(char const* label, std::int64_t count, loop_work const& body);
template <class Space>
void run_team(int threads, team_work const& body);

}  // namespace detail

/// Where a network works: a Kokkos execution space that the host can reach, as a value. Work is
/// called through pointers: for large pieces that costs nothing, while a Kokkos kernel of its own
/// would cost every program that uses it the time to compile it.
class executor {
 public:
  template <class Space>
  static executor of() {
    executor e;
    e.threads_ = &detail::concurrency<Space>;
    e.processors_ = &detail::processors<Space>;
    e.loop_ = &detail::run_loop<Space>;
    e.team_ = &detail::run_team<Space>;
    return e;
  }

  /// The number of threads, which is the largest team. Kokkos must be initialised.
  int threads() const { return threads_(); }

  /// How many of the threads can run at the same time.
  int processors() const { return processors_(); }

  /// Calls `body(k)` for k = 0 ... count - 1 in parallel and waits. If calls throw, the exception
  /// of the smallest k leaves when all are done.
  template <class Body>
  void for_each(char const* label, std::int64_t count, Body const& body) const {
    loop_(label, count, detail::loop_work::of(body));
  }

  /// Runs `body(rank)` for rank = 0 ... threads - 1, all at the same time, each on a thread of its
  /// own, and returns when all have returned. The members may wait for one another (see `barrier`).
  /// The same rank runs on the same thread in every call.
  ///
  /// One Kokkos team, whose members run concurrently by definition; teams of more than 64 threads,
  /// which Kokkos' host spaces refuse, are static OpenMP loops of one iteration per thread. `body`
  /// is not copied. An exception that leaves it ends the program (std::terminate).
  /// \throws std::invalid_argument unless 1 <= number <= threads(), std::logic_error inside an
  /// OpenMP parallel region.
  template <class Body>
  void run_team(int number, Body const& body) const {
    team_(number, detail::team_work::of(body));
  }

 private:
  executor() = default;

  int (*threads_)();
  int (*processors_)();
  void (*loop_)(char const* label, std::int64_t count, detail::loop_work const&);
  void (*team_)(int threads, detail::team_work const&);
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/executor-inl.hpp>
#endif
