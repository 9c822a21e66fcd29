// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/text/python.hpp>

#include "catch.hpp"
#include <string>

using nernst::ir::name_table;
using namespace nernst::text;

TEST_CASE("every mark is read as one token of its kind", "[text][token]") {
  for (mark const& m : python_marks) {
    INFO(m.text);
    CHECK(m.text.size() <= 3);
    name_table names;
    auto const all = scan(m.text, names, python);
    CHECK(all[0].kind == m.kind);
    CHECK(all[0].code == m.code);
    CHECK(all[0].size == static_cast<int>(m.text.size()));
    CHECK(all[1].kind == token_kind::end);
  }
}

TEST_CASE("a blank ends a mark", "[text][token]") {
  for (mark const& a : python_marks)
    for (mark const& b : python_marks) {
      std::string const text = std::string(a.text) + " " + std::string(b.text);
      INFO(text);
      name_table names;
      auto const all = scan(text, names, python);
      CHECK(all[0].kind == a.kind);
      CHECK(all[0].code == a.code);
      CHECK(all[1].kind == b.kind);
      CHECK(all[1].code == b.code);
    }
}

// Only operators and statements that change a variable have an operation.
constexpr bool operations_belong_to_operators() {
  for (mark const& m : python_marks) {
    bool const has_operation = m.kind == token_kind::infix || m.kind == token_kind::augment;
    if ((m.code != nernst::ir::op::literal) != has_operation) return false;
  }
  return true;
}
static_assert(operations_belong_to_operators());
static_assert(token{}.kind == token_kind::end && token{}.name == nernst::ir::none);
