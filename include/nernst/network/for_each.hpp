// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Kokkos_Core.hpp>

#include <cstdint>

namespace nernst::detail {

/// Calls a function through a pointer: a Kokkos kernel that serves every caller.
struct any_loop {
  void const* body;
  void (*call)(void const* body, std::int64_t index);

  void operator()(std::int64_t index) const { call(body, index); }
};

template <class Space>
void run_loop(char const* label, std::int64_t count, any_loop const& loop) {
  Kokkos::parallel_for(label, Kokkos::RangePolicy<Space, Kokkos::IndexType<std::int64_t>>(0, count),
                       loop);
  Kokkos::fence();
}

/// Calls `body(k)` for k = 0 ... count - 1 in parallel and waits. For large pieces of work on the
/// host, outside of the step loop: there the call through a pointer costs nothing, while a kernel
/// of its own would cost every program that uses it the time to compile it.
template <class Space, class Body>
void for_each(char const* label, std::int64_t count, Body const& body) {
  run_loop<Space>(label, count, {&body, [](void const* b, std::int64_t k) {
                                   (*static_cast<Body const*>(b))(k);
                                 }});
}

}  // namespace nernst::detail
