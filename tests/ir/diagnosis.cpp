// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/diagnosis.hpp>

#include "catch.hpp"

using namespace nernst::ir;

static_assert(diagnosis{}.ok() && !diagnosis{mistake::duplicate_equation, "v", "", ""}.ok());
static_assert(to_text(diagnosis{}) == "no mistake");
static_assert(to_text(diagnosis{mistake::dimension_mismatch, "dv/dt", "V/s", "A"}) ==
              "the units do not fit in 'dv/dt': expected V/s, found A");
static_assert(to_text(diagnosis{mistake::unknown_variable, "x", "", ""}) ==
              "the variable 'x' is not defined here");
static_assert(to_text(diagnosis{mistake::not_a_condition, "threshold", "", "V"}) ==
              "'threshold' is not a condition, found V");
static_assert(to_text(diagnosis{mistake::syntax_error, "*2", "a number", "", 2, 7}) ==
              "cannot read '*2' (line 2, column 7): expected a number");

TEST_CASE("every mistake has a sentence that names the place", "[ir][diagnosis]") {
  for (int m = static_cast<int>(mistake::dimension_mismatch);
       m <= static_cast<int>(mistake::not_supported); ++m) {
    auto const sentence = to_text(diagnosis{static_cast<mistake>(m), "the_place", "", ""});
    INFO(std::string(sentence.view()));
    CHECK(sentence.view().find("'the_place'") != std::string_view::npos);
    CHECK_FALSE(sentence.full());
  }
}
