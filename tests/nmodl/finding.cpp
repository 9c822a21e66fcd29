// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/finding.hpp>

#include "catch.hpp"
#include <string>

using namespace nernst;

TEST_CASE("a finding is one line", "[nmodl][finding]") {
  nmodl::finding f{nmodl::grade::mistake, 0, {ir::mistake::syntax_error, "x", "a name", "3"}};
  f.file = "a.mod";
  CHECK(to_text(f).view() == "a.mod: cannot read 'x': expected a name, found 3");
  f.what.line = 2;
  f.what.column = 17;
  CHECK(to_text(f).view() == "a.mod:2:17: cannot read 'x': expected a name, found 3");
  f.weight = nmodl::grade::warning;
  f.advice = "write y";
  CHECK(to_text(f).view() ==
        "a.mod:2:17: warning: cannot read 'x': expected a name, found 3; write y");
  // However long the name of the file is, there is a message.
  std::string const long_name(2000, 'a');
  f.file = long_name;
  CHECK(to_text(f).full());
}
