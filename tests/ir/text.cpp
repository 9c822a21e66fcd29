// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/text.hpp>

#include "catch.hpp"

using namespace nernst::ir;

static_assert(name("v") == "v" && name("v") != name("w") && name("v") != "v1" &&
              name().view().empty());
static_assert(basic_text<3>("abcdef") == "abc" && basic_text<3>("abc").full() &&
              !basic_text<3>("ab").full());
static_assert((text("x").append(0)).append(-12) == "x0-12");
static_assert(text().append(-9223372036854775807LL - 1) == "-9223372036854775808");
static_assert((text("g") += '_') == "g_");
static_assert(fixed_string("tau_m").view() == "tau_m" &&
              fixed_string<6>(std::string_view("tau_m")) == fixed_string("tau_m"));

template <fixed_string Name>
struct named {
  static constexpr name id = Name.view();
};
static_assert(named<"g_e">::id == "g_e");

TEST_CASE("texts at run time", "[ir][text]") {
  text t("dv");
  t += "/dt";
  CHECK(std::string_view(t) == "dv/dt");
  CHECK(t.size == 5);
}
