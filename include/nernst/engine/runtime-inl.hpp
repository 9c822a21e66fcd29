// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/executor.hpp>
#include <nernst/engine/kokkos_arguments.hpp>
#include <nernst/engine/runtime.hpp>
#include <nernst/refuse.hpp>

#include <Kokkos_Core.hpp>

#include <cstdio>
#include <stdexcept>

namespace nernst {

namespace detail {

NERNST_INLINE void require_runtime(std::string const& who) {
  if (!Kokkos::is_initialized())
    detail::refuse<std::logic_error>(
        {who,
         ": Kokkos is not initialised; begin main with `nernst::runtime runtime(argc, argv);`"});
}

}  // namespace detail

NERNST_INLINE runtime::runtime(int& argc, char** argv) : owner_(!Kokkos::is_initialized()) {
  if (!owner_) return;
  detail::kokkos_arguments arguments(argc, argv);
  Kokkos::initialize(arguments.count(), arguments.values());
  if (arguments.count() < argc) argv[arguments.count()] = nullptr;
  argc = arguments.count();
  for (int k = 0; k < argc; ++k) argv[k] = arguments.values()[k];
  if (!detail::binding_chosen()) pinning_.emplace();
  using space = Kokkos::DefaultHostExecutionSpace;
  int const threads = detail::concurrency<space>(), processors = detail::processors<space>();
  if (threads > processors)
    std::fprintf(stderr, "nernst: %d threads on %d processors: %d of them do the work of all\n",
                 threads, processors, processors);
}
NERNST_INLINE runtime::~runtime() {
  if (owner_ && Kokkos::is_initialized()) Kokkos::finalize();
}

}  // namespace nernst
