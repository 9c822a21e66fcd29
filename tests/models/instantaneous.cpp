// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Exponential Euler where currents follow the potential at once: dv/dt has functions of v as
// coefficients.
#include "destexhe_1998.hpp"
#include "morris_lecar_1981.hpp"
#include "wang_buzsaki_1996.hpp"

using namespace models;

TEST_CASE("Morris and Lecar 1981", "[models]") {
  compare<morris_lecar_1981::written, morris_lecar_1981::text>(
      {"morris_lecar_1981", 1e-5, 22000, 100, {"V", "n", "I"}, {"V", "n"}}, 1e-10);
}
TEST_CASE("Wang and Buzsaki 1996", "[models]") {
  compare<wang_buzsaki_1996::written, wang_buzsaki_1996::text>(
      {"wang_buzsaki_1996", 1e-5, 10000, 50, {"v", "h"}, {"v", "h", "n"}}, 1e-10);
}
TEST_CASE("Destexhe et al. 1998", "[models]") {
  compare<destexhe_1998::written, destexhe_1998::text>({"destexhe_1998",
                                                        1e-5,
                                                        15000,
                                                        100,
                                                        {"v", "m_T", "h_T", "I_inj"},
                                                        {"v", "m", "n", "h", "m_T", "h_T"}},
                                                       1e-10);
}
