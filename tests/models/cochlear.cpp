// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The largest model.
#include "rothman_manis_2003.hpp"

using namespace models;

TEST_CASE("Rothman and Manis 2003", "[models]") {
  std::vector<double> const I(6, 250e-12);
  compare<rothman_manis_2003::written, rothman_manis_2003::text>(
      {"rothman_manis_2003",
       1e-4,
       1500,
       20,
       {"v", "gnabar", "gkhtbar", "gkltbar", "gkabar", "ghbar", "gbarno", "gl"},
       {"v", "m", "h", "a", "r", "w", "n", "p", "h2"},
       {{500, "I", I}}},
      1e-10);
}
