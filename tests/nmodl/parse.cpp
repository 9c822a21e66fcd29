// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/parse.hpp>

#include "catch.hpp"
#include "nmodl/files.hpp"
#include <string>

using namespace nernst;
using nmodl::keyword;
using nmodl::node_kind;
using nmodl::storage;

namespace {
/// What is wrong with a text, or nothing.
std::string mistake(std::string const& text) {
  nmodl::syntax const s = nmodl::parse({"x.mod", text});
  return s.ok() ? "" : std::string(to_text(s.mistake).view());
}
int count(nmodl::syntax const& s, node_kind k) {
  int n = 0;
  for (nmodl::node const& one : s.nodes) n += one.kind == k;
  return n;
}
nmodl::declaration const* find(nmodl::syntax const& s, std::string_view name) {
  for (nmodl::declaration const& d : s.declarations)
    if (s.names[d.name] == name) return &d;
  return nullptr;
}
nmodl::block const* find(nmodl::syntax const& s, keyword kind, std::string_view name = {}) {
  for (nmodl::block const& b : s.blocks)
    if (b.kind == kind && s.spelling(b.name) == name) return &b;
  return nullptr;
}
}  // namespace

TEST_CASE("the files of the tests are read", "[nmodl][parse]") {
  for (char const* name : mod_files) {
    mod_file const file(name);
    nmodl::syntax const s = file.parse();
    INFO(to_text(s.mistake).view());
    CHECK(s.ok());
  }
}

TEST_CASE("what a file declares", "[nmodl][parse]") {
  mod_file const file("calcium.mod");
  nmodl::syntax const s = file.parse();
  REQUIRE(s.ok());
  CHECK(s.process == keyword::suffix);
  CHECK(s.spelling(s.name) == "calcium");
  REQUIRE(s.ions.size() == 2);
  CHECK(s.names[s.ions[1].name] == "dye");
  CHECK(s.ions[1].valence == -2);
  CHECK(s.ions[0].has_valence);
  CHECK(s.ion_variables.size() == 6);
  CHECK(s.ion_variables[3].is_written);
  CHECK(!s.ion_variables[2].is_written);
  CHECK(s.ion_variables[5].ion == 1);
  CHECK(s.unit_definitions.size() == 4);
  CHECK(s.unit_text(s.unit_definitions[1].meaning) == "millimolar");

  REQUIRE(find(s, "D") != nullptr);
  CHECK(find(s, "D")->kind == storage::parameter);
  CHECK(find(s, "D")->value == 0.6);
  CHECK(s.unit_text(find(s, "D")->unit) == "um2/ms");
  CHECK(find(s, "rates")->size == 3);
  CHECK(!find(s, "rates")->has_value);
  CHECK(find(s, "ca")->size == 4);
  CHECK(find(s, "bound")->value == 0.5);
  CHECK(find(s, "bound")->high == 1);
  CHECK(find(s, "volo")->kind == storage::constant);
  CHECK(find(s, "frat")->kind == storage::file_local);
  CHECK(find(s, "frat")->size == 4);
  CHECK(find(s, "SHELLS")->value == 4);
  CHECK(find(s, "PI")->kind == storage::factor);
  CHECK(s.unit_text(find(s, "FARADAY")->other) == "10000 coulomb");
  CHECK(find(s, "BURDEN")->value == 1.5);
  CHECK(s.sources.size() == 2);
  CHECK(s.source_of(find(s, "PI")->at) == 1);
}

TEST_CASE("limits are no comparison, and a parenthesis behind a number is a unit",
          "[nmodl][parse]") {
  nmodl::syntax const s =
      nmodl::parse({"x.mod", "PARAMETER { a = 1 (mV) <0,1e9> b = -2.5e-3 <-1,-0.5> c (/mM-ms) d }\n"
                             "STATE { m FROM 0 TO 1 n <1e-5> h[3] (mM) }"});
  REQUIRE(s.ok());
  CHECK(find(s, "a")->high == 1e9);
  CHECK(find(s, "b")->value == -2.5e-3);
  CHECK(find(s, "b")->low == -1);
  CHECK(s.unit_text(find(s, "c")->unit) == "/mM-ms");
  CHECK(find(s, "d")->unit == ir::none);
  CHECK(find(s, "m")->has_limits);
  CHECK(find(s, "h")->size == 3);
  // Whatever stands in a unit belongs to it.
  CHECK(mistake("PARAMETER { a = 1 (?) \n b = 2 (: \"x) : y\n}") == "");
}

TEST_CASE("the statements of blocks", "[nmodl][parse]") {
  mod_file const file("calcium.mod");
  nmodl::syntax const s = file.parse();
  REQUIRE(s.ok());
  CHECK(count(s, node_kind::reaction) == 2);
  CHECK(count(s, node_kind::influx) == 1);
  CHECK(count(s, node_kind::decay) == 1);
  CHECK(count(s, node_kind::compartment) == 2);
  CHECK(count(s, node_kind::diffusion) == 1);
  CHECK(count(s, node_kind::conserve) == 1);
  CHECK(count(s, node_kind::count) == 3);
  CHECK(count(s, node_kind::repeat) == 1);
  CHECK(count(s, node_kind::choice) == 2);
  CHECK(count(s, node_kind::solve) == 2);
  CHECK(count(s, node_kind::equation) == 2);
  nmodl::block const* const linear = find(s, keyword::linear, "shares");
  REQUIRE(linear != nullptr);
  CHECK(s.names[s.nodes[linear->solve_for].name] == "total");
  for (nmodl::node const& n : s.nodes)
    if (n.kind == node_kind::solve && n.value == 1) CHECK(s.names[s.nodes[n.a].name] == "sparse");

  mod_file const rare_file("rare.mod");
  nmodl::syntax const rare = rare_file.parse();
  REQUIRE(rare.ok());
  CHECK(rare.process == keyword::artificial_cell);
  CHECK(count(rare, node_kind::watch) == 2);
  CHECK(count(rare, node_kind::for_netcons) == 1);
  CHECK(count(rare, node_kind::protect) == 1);
  CHECK(count(rare, node_kind::mutex) == 2);
  CHECK(count(rare, node_kind::verbatim) == 1);
  CHECK(rare.outer_verbatims.size() == 1);
  CHECK(find(rare, keyword::before)->moment == keyword::step);
  CHECK(find(rare, keyword::function_table, "rate")->arguments == 1);
}

TEST_CASE("local variables hide others", "[nmodl][parse]") {
  nmodl::syntax const s =
      nmodl::parse({"x.mod", "ASSIGNED { a b }\n"
                             "FUNCTION f(a) { LOCAL b f = a + b { LOCAL a b = a } b = a }\n"
                             "INITIAL { a = b FROM a = 0 TO 3 { b = a } a = 1 }\n"
                             "NET_RECEIVE (w) { w = flag }"});
  REQUIRE(s.ok());
  std::string all;
  for (nmodl::node const& n : s.nodes)
    if (n.kind == node_kind::name)
      all += std::string(s.names[n.name]) + (n.b == ir::none ? "" : std::to_string(n.b)) + " ";
  // f itself is 0, its argument 1, b 2, the inner a 3; the counter is 4, w 5 and flag 6.
  CHECK(all == "f0 a1 b2 b2 a3 b2 a1 a b b a4 a w5 flag6 ");
}

TEST_CASE("every construct keeps its place", "[nmodl][parse]") {
  mod_file const file("squid.mod");
  nmodl::syntax const s = file.parse();
  REQUIRE(s.ok());
  std::string_view const text = file.source().text;
  for (nmodl::declaration const& d : s.declarations)
    CHECK(text.substr(static_cast<std::size_t>(d.at)).starts_with(s.names[d.name]));
  for (nmodl::node const& n : s.nodes)
    if (n.kind == node_kind::name || n.kind == node_kind::call || n.kind == node_kind::prime)
      CHECK(text.substr(static_cast<std::size_t>(n.at)).starts_with(s.names[n.name]));
  nmodl::finding place;
  place.at = s.blocks[1].at;
  CHECK(s.located(place).what.line == 52);
}

TEST_CASE("what was expected, and what was found", "[nmodl][parse]") {
  CHECK(mistake("") == "");
  CHECK(mistake("BREAKPOIN { }") ==
        "x.mod:1:1: cannot read 'BREAKPOIN { }': expected a block, PARAMETER, STATE ...");
  CHECK(mistake("NEURON {\n  SUFIX a\n}") ==
        "x.mod:2:3: cannot read 'SUFIX a': expected SUFFIX, RANGE, USEION ... or }");
  CHECK(mistake("NEURON { RANGE a, }") == "x.mod:1:19: cannot read '}': expected a name");
  CHECK(mistake("NEURON { RANGE STATE }") ==
        "x.mod:1:16: cannot read 'STATE }': expected a name that is no word of NMODL");
  CHECK(mistake("NEURON { USEION na }") == "x.mod:1:20: cannot read '}': expected READ or WRITE");
  CHECK(mistake("PARAMETER { a = (mV) }") == "x.mod:1:17: cannot read '(mV) }': expected a number");
  CHECK(mistake("PARAMETER { a = 1 <0 1> }") == "x.mod:1:22: cannot read '1> }': expected a comma");
  CHECK(mistake("STATE { m[0] }").find("expected a size from 1 on") != std::string::npos);
  CHECK(mistake("INITIAL {\n  a = 1") ==
        "x.mod:2:8: cannot read 'end of text': expected a statement or }");
  CHECK(mistake("INITIAL { a }") == "x.mod:1:13: cannot read '}': expected =, ( or [");
  CHECK(mistake("INITIAL { a = 1; b = 2 }") ==
        "x.mod:1:16: cannot read '; b = 2 }': expected a statement or }");
  CHECK(mistake("INITIAL { if a > 1 { } }").find("expected ( and a condition") !=
        std::string::npos);
  CHECK(mistake("INITIAL { ~ a <-> b (1, 2) }").find("expected KINETIC, LINEAR") !=
        std::string::npos);
  CHECK(mistake("KINETIC k { ~ a <-> b (1) }") ==
        "x.mod:1:25: cannot read ') }': expected a comma and the rate back");
  CHECK(mistake("KINETIC k { ~ a = b }") ==
        "x.mod:1:17: cannot read '= b }': expected +, <->, << or ->");
  CHECK(mistake("TABLE").find("expected a block") != std::string::npos);
  CHECK(mistake("BEFORE NOON { }").find("expected INITIAL, BREAKPOINT, SOLVE or STEP") !=
        std::string::npos);
  CHECK(mistake("PROCEDURE p() {\nVERBATIM\n return 0;\n}") ==
        "x.mod:2:1: cannot read 'VERBATIM': expected ENDVERBATIM");
  CHECK(mistake("a\nCOMMENT\nb").find("x.mod:1:1:") == 0);
  CHECK(mistake("\nCOMMENT\nb") == "x.mod:2:1: cannot read 'COMMENT': expected ENDCOMMENT");
  CHECK(mistake("UNITS { F = faraday }").find("expected a unit or a number") != std::string::npos);
  CHECK(mistake("UNITS { (mV) }") == "x.mod:1:14: cannot read '}': expected =");
  CHECK(mistake("NEURON \xef\xbb\xbf{") == "x.mod:1:8: cannot read 'a character': expected {");
  // Lines that end as on old Macs count, too.
  CHECK(mistake("NEURON {\r  SUFFIX a\r  x\r}").find("x.mod:3:3:") == 0);
}

TEST_CASE("included files", "[nmodl][parse]") {
  nmodl::source const files[] = {{"a.inc", "PARAMETER { a = 1 }\nINCLUDE \"b.inc\"\n"},
                                 {"b.inc", "PARAMETER {\n b = ? }\n}"},
                                 {"loop.inc", "INCLUDE \"loop.inc\""},
                                 {"bad.inc", "\nPARAMETER { b 3 }"}};
  auto read = [&](std::string_view text) {
    nmodl::syntax const s = nmodl::parse({"x.mod", text}, files);
    return s.ok() ? std::string("read") : std::string(to_text(s.mistake).view());
  };
  CHECK(read("INCLUDE \"a.inc\" STATE { x }") == "b.inc:3:1: cannot read '}': expected a number");
  CHECK(read("STATE { x } INCLUDE \"bad.inc\" STATE { y }").find("bad.inc:2:15:") == 0);
  CHECK(read("INCLUDE \"none.inc\"") ==
        "x.mod:1:1: cannot read 'INCLUDE': expected a file that is given, found none.inc");
  CHECK(read("INCLUDE \"loop.inc\"").find("expected no file that includes itself") !=
        std::string::npos);
  CHECK(read("INCLUDE a").find("expected \"file\"") != std::string::npos);
}

// The same code is constant evaluation.
static_assert(nmodl::parse({"x.mod", R"(
NEURON { SUFFIX x USEION k READ ek WRITE ik }
KINETIC k { ~ a + 2 b <-> c (f(v), 3 (/ms)) CONSERVE a + c = 1 }
)"})
                  .ok());
static_assert(nmodl::parse({"x.mod", "NEURON {\n SUFFIX 3\n}"}).mistake.what.line == 2);
