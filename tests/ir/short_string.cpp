// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/fixed_string.hpp>
#include <nernst/ir/short_string.hpp>

#include "catch.hpp"

using namespace nernst::ir;

static_assert(identifier("v") == "v" && identifier("v") != identifier("w") &&
              identifier("v") != "v1" && identifier().view().empty());
static_assert(short_string<3>("abcdef") == "abc" && short_string<3>("abc").full() &&
              !short_string<3>("ab").full());
static_assert((phrase("x").append(0)).append(-12) == "x0-12");
static_assert(phrase().append(-9223372036854775807LL - 1) == "-9223372036854775808");
static_assert((phrase("g") += '_') == "g_");
static_assert(fixed_string("tau_m").view() == "tau_m" &&
              fixed_string<6>(std::string_view("tau_m")) == fixed_string("tau_m"));

template <fixed_string Name>
struct named {
  static constexpr identifier id = Name.view();
};
static_assert(named<"g_e">::id == "g_e");

TEST_CASE("short strings at run time", "[ir][short_string]") {
  phrase t("dv");
  t += "/dt";
  CHECK(std::string_view(t) == "dv/dt");
  CHECK(t.size == 5);
}
