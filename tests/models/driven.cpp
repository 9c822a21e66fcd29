// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Models with functions of time, timed arrays or bursts.
#include "brette_2004.hpp"
#include "cobahh_approximated.hpp"
#include "hindmarsh_rose_1984.hpp"
#include "jansen_rit_1995.hpp"
#include "phase_locking.hpp"

using namespace models;

TEST_CASE("phase locking", "[models]") {
  compare<phase_locking::written, phase_locking::text>(
      {"phase_locking", 1e-4, 5000, 25, {"v", "a"}, {"v"}}, 1e-10);
}
TEST_CASE("Brette 2004", "[models]") {
  compare<brette_2004::written, brette_2004::text>({"brette_2004", 1e-4, 10000, 50, {"a"}, {"v"}},
                                                   1e-10);
}
TEST_CASE("Jansen and Rit 1995", "[models]") {
  compare<jansen_rit_1995::written, jansen_rit_1995::text>({"jansen_rit_1995",
                                                            1e-4,
                                                            10000,
                                                            100,
                                                            {"C1", "P0", "dlP"},
                                                            {"y0", "y1", "y2", "y3", "y4", "y5"},
                                                            {},
                                                            2e-3},
                                                           1e-10);
}
TEST_CASE("approximated Hodgkin-Huxley", "[models]") {
  compare<cobahh_approximated::written, cobahh_approximated::text>({"cobahh_approximated",
                                                                    1e-5,
                                                                    2000,
                                                                    20,
                                                                    {"v", "m", "n", "h"},
                                                                    {"v", "m", "n", "h"},
                                                                    {},
                                                                    0.5e-3},
                                                                   1e-10);
}
TEST_CASE("Hindmarsh and Rose 1984", "[models]") {
  compare<hindmarsh_rose_1984::written, hindmarsh_rose_1984::text>(
      {"hindmarsh_rose_1984", 1e-4, 10000, 50, {"x", "y", "z", "I"}, {"x", "y", "z"}}, 1e-10);
}
