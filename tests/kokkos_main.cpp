// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/runtime.hpp>

int run_tests(int argc, char** argv);

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  return run_tests(argc, argv);
}
