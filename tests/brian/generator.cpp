// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/brian/generator.hpp>
#include <nernst/ir/print.hpp>

#include "catch.hpp"
#include <string>

namespace {

using namespace nernst;
using brian::generator_part;

ir::list<ir::symbol> variables() {
  ir::list<ir::symbol> all;
  all.push_back({.id = "v", .unit = ir::units::volt});
  all.push_back({.id = "x", .kind = ir::role::parameter});
  return all;
}
/// Its parts, or what is wrong with it.
std::string read(std::string_view text) {
  auto const known = variables();
  brian::constant const constants[] = {{"n", 3, {}, ir::value_type::integer}};
  auto const all = brian::parse_generator(text, {known, known, constants});
  if (!all.mistake().ok()) return std::string(to_text(all.mistake()).view());
  std::string parts = all.is_sample ? "sample" : "";
  for (int const root : all.roots) {
    if (!parts.empty()) parts += " | ";
    parts += root == ir::none ? "-" : ir::to_string(all.model, root);
  }
  return parts;
}
std::string read_condition(std::string_view text) {
  auto const known = variables();
  auto const all =
      brian::parse_part(text, generator_part::condition, {known, known, {}}, "condition");
  return all.mistake().ok() ? ir::to_string(all.model, all.root(generator_part::condition))
                            : std::string(to_text(all.mistake()).view());
}

}  // namespace

TEST_CASE("generators have an index, a range and a condition", "[brian][generator]") {
  CHECK(read("i") == "i | - | - | - | - | - | -");
  CHECK(read("k for k in range(i-3, i+4) if i != k") == "k | i - 3 | i + 4 | - | - | - | i != k");
  CHECK(read("i*4 + k for k in range(n)") == "i*4 + k | - | 3 | - | - | - | -");
  CHECK(read("k for k in range(0, 10, n)") == "k | 0 | 10 | 3 | - | - | -");
  CHECK(read("int(i/4) if i % 2 == 0") == "int(i/4) | - | - | - | - | - | i % 2 == 0");
  CHECK(read("i for _ in range(1)") == "i | - | 1 | - | - | - | -");
}

// Brian 2: test_synapse_generator_syntax.
TEST_CASE("brian 2: test_synapse_generator_syntax", "[brian][generator]") {
  CHECK(read("k for k in sample(1, N_post, p=x_pre) if abs(i-k)<10") ==
        "sample | k | 1 | N_post | - | x_pre | - | abs(i - k) < 10");
  CHECK(read("k for k in sample(N_post, size=5) if abs(i-k)<10") ==
        "sample | k | - | N_post | - | - | 5 | abs(i - k) < 10");
  CHECK(read("k+1 for k in range(i-100, i+100, 2)") == "k + 1 | i - 100 | i + 100 | 2 | - | - | -");
  for (char const* const text :
       {"mad rubbish", "k+1", "k for k in range()", "k for k in range(1,2,3,4)",
        "k for k in range(1,2,3) if ", "k[1:3] for k in range(1,2,3)", "k for k in x",
        "k for k in x[1:5]", "k for k in sample()", "k for k in sample(N_post, p=0.1, size=5)",
        "k for k in sample(N_post, q=0.1)"}) {
    INFO(text);
    CHECK(read(text).find("(line 1, column ") != std::string::npos);
  }
}

TEST_CASE("mistakes in generators name their place", "[brian][generator]") {
  CHECK(read("k+1") == "the variable 'k' is not defined here (line 1, column 1)");
  CHECK(read("k for k in range()") ==
        "the number of arguments of 'range' is wrong (line 1, column 12): expected 1 to 3 bounds, "
        "found 0");
  CHECK(read("k for k in list(3)") ==
        "cannot read 'list(3)' (line 1, column 12): expected range(...) or sample(...)");
  CHECK(read("k for k in sample(N_post, p=0.1, size=5)") ==
        "cannot read 'size=5)' (line 1, column 34): expected p=... or size=..., at the end");
  CHECK(read("k for k in sample(N_post, q=0.1)") ==
        "cannot read 'q=0.1)' (line 1, column 27): expected p=... or size=...");
  CHECK(read("k for k in sample(N_post)") ==
        "cannot read 'sample(N_post)' (line 1, column 12): expected p=... or size=... in it");
  CHECK(read("k for k in range(3, p=2)") ==
        "cannot read 'p=2)' (line 1, column 21): expected bounds without names");
  CHECK(read("k for k in range(3") ==
        "cannot read 'end of text' (line 1, column 19): expected an operator, a comma or )");
  CHECK(read("k for k\nin range(3) if x > 2 x") ==
        "cannot read 'x' (line 2, column 22): expected for, if, an operator or the end");
  CHECK(read("k for k") == "cannot read 'end of text' (line 1, column 8): expected in");
  CHECK(read("1 for 3 in range(3)") == "cannot read '3 in range(3)' (line 1, column 7): expected a "
                                       "name");
  CHECK(read("1 for 3 in range(3) for k") == "cannot read '3 in range(3) for k' (line 1, column "
                                             "7): expected a name");
  CHECK(read("k for i in range(3)") ==
        "'i' cannot be the name of a variable (line 1, column 7): expected a name without a "
        "meaning");
  CHECK(read("v for k in range(3)") ==
        "the units do not fit in 'the index' (line 1, column 1): expected 1, found V");
  CHECK(read("k for k in range(v)") ==
        "the units do not fit in 'range' (line 1, column 18): expected 1, found V");
  CHECK(read("k for k in range(3) if k") == "'if' is not a condition (line 1, column 24), found 1");
  CHECK(read("k for k in range(N)") ==
        "the variable 'N' is not defined here: expected N_pre or N_post");
}

TEST_CASE("conditions know both neurons", "[brian][generator]") {
  CHECK(read_condition("i != j") == "i != i_post");
  CHECK(read_condition("v_pre > v and N_pre < N_post") == "v_pre > v_post and N_pre < N_post");
  CHECK(read_condition("v_pre > 3") ==
        "the units do not fit in 'condition: v_pre > 3' (line 1, column 7): expected V, found 1");
  CHECK(read_condition("i") == "'condition' is not a condition (line 1, column 1), found 1");
  CHECK(read_condition("k for k in range(1)") ==
        "cannot read 'condition: for k in range(1)' (line 1, column 3): expected no generator: see "
        "to_target(...)");
  CHECK(read_condition("N_incoming < 5") == "the variable 'N_incoming' is not defined here");
  CHECK(read_condition("w > 2") == "the variable 'w' is not defined here (line 1, column 1)");
}
