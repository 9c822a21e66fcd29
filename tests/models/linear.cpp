// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Linear equations, solved exactly; events and actions at regular times.
#include "adaptive_threshold.hpp"
#include "cuba.hpp"
#include "custom_events.hpp"
#include "if_curve_lif.hpp"

using namespace models;

TEST_CASE("CUBA", "[models]") {
  compare<cuba::written, cuba::text>({"cuba", 1e-4, 2000, 10, {"v", "ge", "gi"}, {"v", "ge", "gi"}},
                                     1e-11);
}
TEST_CASE("IF curve", "[models]") {
  compare<if_curve_lif::written, if_curve_lif::text>(
      {"if_curve_lif", 1e-4, 2000, 10, {"v0"}, {"v"}}, 1e-11);
}
TEST_CASE("adaptive threshold", "[models]") {
  compare<adaptive_threshold::written, adaptive_threshold::text>(
      {"adaptive_threshold", 1e-4, 2000, 7, {"v", "vt"}, {"v", "vt"}}, 1e-11);
}
TEST_CASE("custom events", "[models]") {
  compare<custom_events::written, custom_events::text>(
      {"custom_events", 1e-4, 1000, 3, {"allow_gspike"}, {"v", "g", "allow_gspike"}}, 1e-11);
}
