// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <Kokkos_Core.hpp>

int run_tests(int argc, char** argv);

int main(int argc, char** argv) {
  Kokkos::ScopeGuard kokkos(argc, argv);
  return run_tests(argc, argv);
}
