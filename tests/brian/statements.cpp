// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "read.hpp"

using namespace reading;

namespace {
std::string block(std::string_view statements) {
  ir::model const m =
      lower(neuron("v : 1\nw : 1\nn : integer\non : boolean\nu : volt\nk : 1 (constant)\ns : 1 "
                   "(shared)\nd = v*2 : 1\ng = d + w : 1\nf = w : 1",
                   reset(statements), constants("b", 3, "tau", 5 * ms)));
  auto const found = ir::check(m);
  if (!found.ok()) return std::string(to_text(found).view());
  std::string all;
  for (auto const& s : m.reset)
    all += std::string(m.at(s.symbol).id.view()) + " = " + ir::to_string(m, s.value) + "\n";
  return all;
}
constexpr ir::diagnosis reset_mistake(std::string_view statements) {
  return mistake_of("v : 1\nk : 1 (constant)\ns : 1 (shared)\nd = v*2 : 1", reset(statements),
                    constants("b", 3));
}
}  // namespace

static_assert(reset_mistake("v = 0").ok() && reset_mistake("").ok() &&
              reset_mistake("v = 0;;\n\n v += 1 # more\n").ok());
static_assert(is_at(reset_mistake("v"), mistake::syntax_error, 1, 2) &&
              is_at(reset_mistake("v = 1 2"), mistake::syntax_error, 1, 7) &&
              is_at(reset_mistake("v = 1\n = 2"), mistake::syntax_error, 2, 2) &&
              is_at(reset_mistake("v + 1"), mistake::syntax_error, 1, 3) &&
              is_at(reset_mistake("v == 1"), mistake::syntax_error, 1, 3) &&
              is_at(reset_mistake("v ="), mistake::syntax_error, 1, 4) &&
              is_at(reset_mistake("v |= 1"), mistake::syntax_error, 1, 3) &&
              is_at(reset_mistake("v = 1, 2"), mistake::syntax_error, 1, 6));
static_assert(is(reset_mistake("v = *2"), mistake::syntax_error, "reset: *2",
                 "a number, a name or ("));
static_assert(is(reset_mistake("x += 1"), mistake::unknown_variable, "x") &&
              is(reset_mistake("v = x"), mistake::unknown_variable, "x"));
static_assert(is(reset_mistake("k = 1"), mistake::misplaced_statement, "k", "", "a constant") &&
              is(reset_mistake("b = 1"), mistake::misplaced_statement, "b") &&
              is(reset_mistake("mV = 1"), mistake::misplaced_statement, "mV") &&
              is(reset_mistake("d = 1"), mistake::misplaced_statement, "d", "",
                 "a subexpression") &&
              is(reset_mistake("t = 1"), mistake::misplaced_statement, "t", "",
                 "a built-in variable") &&
              is(reset_mistake("s = 1"), mistake::misplaced_statement, "reset of s", "",
                 "a shared variable") &&
              is(reset_mistake("exp = 1"), mistake::misplaced_statement, "exp"));
static_assert(is(reset_mistake("v = xi"), mistake::misplaced_noise, "xi") &&
              is(reset_mistake("_x = 1"), mistake::reserved_name, "_x"));
// A wrong unit stands where the statement or the operator stands.
static_assert(is(reset_mistake("v = 3*mV"), mistake::dimension_mismatch, "reset of v", "1", "V") &&
              is_at(reset_mistake("v = 1\n  v = 3*mV"), mistake::dimension_mismatch, 2, 3) &&
              is_at(reset_mistake("k = 1"), mistake::misplaced_statement, 1, 1));
static_assert(is(reset_mistake("v += 3*mV"), mistake::dimension_mismatch, "reset: v += 3*mV", "1",
                 "V") &&
              is_at(reset_mistake("v = 1; v += 3*mV"), mistake::dimension_mismatch, 1, 10));
static_assert(is(reset_mistake("v = 1\nv = k + 3*mV"), mistake::dimension_mismatch,
                 "reset: k + 3*mV", "1", "V") &&
              is_at(reset_mistake("v = 1\nv = k + 3*mV"), mistake::dimension_mismatch, 2, 7));
static_assert(is_at(reset_mistake("x = v + 3*mV\nv = x"), mistake::dimension_mismatch, 1, 7) &&
              is_at(reset_mistake("x = 2*mV\nx += v\nv = x/mV"), mistake::dimension_mismatch, 2,
                    3));

TEST_CASE("each statement sees those before it", "[brian][statements]") {
  CHECK(block("v = 3; w += v") == "v = 3\nw = w + 3\n");
  CHECK(block("v += 1\nv *= 2") == "v = (v + 1)*2\n");
  CHECK(block("v -= w; w /= v") == "v = v - w\nw = w/(v - w)\n");
  CHECK(block("v %= 2; n //= 3; w **= 2") == "v = v % 2\nn = n//3\nw = w**2\n");
  CHECK(block("u = -60*mV") == "u = -60*mV\n");
  CHECK(block("on = v > 2 and not on") == "on = v > 2 and not on\n");
}

TEST_CASE("a subexpression follows the variables that were assigned before it",
          "[brian][statements]") {
  CHECK(block("w = d") == "w = d\n");
  CHECK(block("v = 3; w = d") == "v = 3\nw = 6\n");
  CHECK(block("v = v + 1; w = g") == "v = v + 1\nw = (v + 1)*2 + w\n");
  CHECK(block("w = 5; v = g") == "w = 5\nv = d + 5\n");
  CHECK(block("v = 5; w = f") == "v = 5\nw = f\n");
}

TEST_CASE("a new name is a value within its block", "[brian][statements]") {
  CHECK(block("x = v*2; v = x + 1; w = x") == "v = v*2 + 1\nw = v*2\n");
  CHECK(block("x = 1; x += v; v = x") == "v = 1 + v\n");
  CHECK(lower(neuron("v : 1", reset("x = v"), threshold("x > 1"))).mistake.what ==
        mistake::unknown_variable);
}

TEST_CASE("a statement ends with its line, but not within parentheses", "[brian][statements]") {
  CHECK(block("v = (1\n + w)") == "v = 1 + w\n");
  CHECK(block("v = 1 \\\n + w") == "v = 1 + w\n");
  CHECK(block("v = 1 +\n w") == "v = 1 + w\n");
  CHECK(block("v = 1\n+ w").find("cannot read 'reset: + w' (line 2, column 1)") == 0);
  CHECK(block("v = w\r\nw = v\r\n") == "v = w\nw = w\n");
}
