// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/scale_table.hpp>

#include "catch.hpp"
#include <cmath>
#include <limits>

TEMPLATE_TEST_CASE("a scale falls as its state decays, and begins anew", "[engine]", float,
                   double) {
  using Real = TestType;
  auto const decay = static_cast<Real>(std::exp(-0.02));
  nernst::engine::scale_table<Real> const table(decay);
  auto const scale = table.scale(), inverse = table.inverse();
  REQUIRE(scale.period == 256);
  for (std::uint32_t n = 0; n < 3 * scale.period; ++n) {
    double const expected = std::pow(static_cast<double>(decay), n % 256);
    CHECK(scale.after(n) == Approx(expected).epsilon(4 * std::numeric_limits<Real>::epsilon()));
    CHECK(scale.after(n) * inverse.after(n) ==
          Approx(1).epsilon(4 * std::numeric_limits<Real>::epsilon()));
    CHECK(scale.begins_anew_after(n) == (n % 256 == 0));
  }
  CHECK(scale.after(256) == 1);
}

TEMPLATE_TEST_CASE("a scale never comes near the smallest number", "[engine]", float, double) {
  using Real = TestType;
  for (Real const decay : {Real(0.05), Real(0.01), Real(1e-6), Real(1e-30)}) {
    nernst::engine::scale_table<Real> const table(decay);
    auto const scale = table.scale();
    CHECK(scale.period < 256);
    Real const last = scale.after(scale.period - 1);
    CHECK(last * decay > std::sqrt(std::numeric_limits<Real>::min()) * decay);
    CHECK(std::isfinite(table.inverse().after(scale.period - 1)));
  }
}

TEMPLATE_TEST_CASE("what grows, changes sign or vanishes is stored in each step", "[engine]", float,
                   double) {
  using Real = TestType;
  for (Real const decay : {Real(1.5), Real(-0.5), Real(0), std::numeric_limits<Real>::quiet_NaN(),
                           std::numeric_limits<Real>::infinity()}) {
    nernst::engine::scale_table<Real> const table(decay);
    CHECK(table.scale().period == 1);
    CHECK(table.scale().after(7) == 1);
    CHECK(table.inverse().after(7) == 1);
  }
}
