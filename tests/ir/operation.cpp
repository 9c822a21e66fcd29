// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/evaluation.hpp>
#include <nernst/ir/operation.hpp>

#include "catch.hpp"

using namespace nernst::ir;

namespace {

using detail::operation_table::operation_count;
using detail::operation_table::operations;

constexpr bool has_one_row_each() {
  bool seen[operation_count] = {};
  for (operation const& o : operations) {
    auto const code = static_cast<int>(o.code);
    if (code >= operation_count || seen[code] || &properties(o.code) != &o) return false;
    seen[code] = true;
  }
  return true;
}
static_assert(has_one_row_each());

// `-x` and `x - y` have one name, as have calls and lookups with different numbers of arguments.
constexpr bool has_names_of_its_own() {
  for (operation const& a : operations) {
    if (a.name.empty()) return false;
    for (operation const& b : operations) {
      if (&a == &b) continue;
      bool const same = a.name == b.name && a.operands == b.operands;
      bool const same_in_brian = a.brian == b.brian && !a.brian.empty();
      bool const same_in_cpp = a.cpp == b.cpp && !a.cpp.empty();
      if (same || same_in_brian || same_in_cpp) return false;
    }
  }
  return true;
}
static_assert(has_names_of_its_own());

/// The operation of a name in Brian's language, or `literal`.
constexpr op find(std::string_view brian) {
  for (operation const& o : operations)
    if (o.brian == brian) return o.code;
  return op::literal;
}
static_assert(find("exp") == op::exp && find("int") == op::trunc && find("arcsin") == op::asin &&
              find("arccos") == op::acos && find("arctan") == op::atan &&
              find("clip") == op::clip && find("sign") == op::sign && find("erf") == op::literal);

constexpr bool has_as_many_operands_as_its_rules() {
  for (operation const& o : operations) {
    int const n = o.operands;
    if (operands(o.code) != n || n < 0 || n > 3) return false;
    bool const leaf = o.code == op::literal || o.code == op::symbol || o.code == op::uniform ||
                      o.code == op::normal;
    if (leaf != (n == 0)) return false;
    if ((o.unit == unit_rule::same || o.unit == unit_rule::root || o.unit == unit_rule::plain) &&
        n != 1)
      return false;
    if ((o.unit == unit_rule::equal || o.unit == unit_rule::alike) && n < 2) return false;
    if (o.unit == unit_rule::conditions && n != (o.code == op::logical_not ? 1 : 2)) return false;
    if ((o.value == value_rule::choice || o.value == value_rule::first) && n != 3) return false;
    if (is_condition(o.code) != (o.unit == unit_rule::conditions || o.binds == binding::comparison))
      return false;
    bool const is_free = o.cost == operation_counts{};
    if (is_free != (o.code == op::literal || o.code == op::symbol)) return false;
  }
  return true;
}
static_assert(has_as_many_operands_as_its_rules());

#define NERNST_ROW(id, ...)                                                                        \
  static_assert(operands(op::id) == 1 && properties(op::id).name == #id && !is_random(op::id));
NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW

static_assert(is_random(op::uniform) && is_random(op::normal) && is_random(op::poisson) &&
              is_random(op::poisson_2) && is_random(op::binomial) && !is_random(op::symbol) &&
              !is_random(op::exp));
static_assert(is_lookup(op::lookup) && is_lookup(op::lookup_2) && !is_lookup(op::call_1));
static_assert(is_call(call_of(1)) && is_call(call_of(2)) && is_call(call_of(3)) &&
              !is_call(op::lookup));
static_assert(operands(call_of(1)) == 1 && operands(call_of(2)) == 2 && operands(call_of(3)) == 3);
static_assert(operands(op::lookup) == 1 && operands(op::lookup_2) == 2 &&
              operands(op::binomial) == 2 && operands(op::poisson) == 1 &&
              operands(op::poisson_2) == 2);

// Operators bind as in Python.
static_assert(properties(op::logical_or).binds < properties(op::logical_and).binds &&
              properties(op::logical_and).binds < properties(op::logical_not).binds &&
              properties(op::logical_not).binds < properties(op::less).binds &&
              properties(op::less).binds < properties(op::add).binds &&
              properties(op::add).binds < properties(op::multiply).binds &&
              properties(op::multiply).binds < properties(op::negate).binds &&
              properties(op::negate).binds < properties(op::power).binds &&
              properties(op::power).binds < properties(op::exp).binds);

// Where a small change makes a large one.
static_assert(properties(op::floor).continuity == continuity::jumps &&
              properties(op::lookup).continuity == continuity::jumps &&
              properties(op::less).continuity == continuity::compares &&
              properties(op::sign).continuity == continuity::compares &&
              properties(op::exp).continuity == continuity::smooth);

static_assert([] {
  operation_counts all = properties(op::add).cost;
  all += properties(op::negate).cost;
  all += properties(op::exp).cost;
  all += properties(op::sqrt).cost;
  all += properties(op::less).cost;
  all += properties(op::uniform).cost;
  return all.additions == 2 && all.functions == 1 && all.square_roots == 1 &&
         all.comparisons == 1 && all.flop() == 4 && all.draws() == 1;
}());

}  // namespace

TEST_CASE("functions are exact where their table says so", "[ir][operation]") {
#define NERNST_ROW(id, ...)                                                                        \
  if (double const x = properties(op::id).exact_at; x == x) {                                      \
    INFO(#id);                                                                                     \
    CHECK(evaluation<op::id>::of(x) == properties(op::id).exact_value);                            \
  }
  NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
}
