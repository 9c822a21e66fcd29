// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/letters.hpp>

#include "catch.hpp"
#include <string>

using namespace nernst;
using text::token_kind;

namespace {
/// The tokens of a text, with a blank between them.
std::string cut(std::string_view text) {
  ir::name_table names;
  auto const all = text::scan(text, names, nmodl::letters);
  std::string s;
  for (text::token const* t = all.data(); t->kind != token_kind::end; ++t) {
    s += t->kind == token_kind::bad ? "!" : "";
    s += text.substr(static_cast<std::size_t>(t->at), static_cast<std::size_t>(t->size));
    s += "|";
  }
  return s;
}
}  // namespace

TEST_CASE("the marks of NMODL", "[nmodl][letters]") {
  for (text::mark const& m : nmodl::marks) {
    INFO(m.text);
    ir::name_table names;
    auto const all = text::scan(m.text, names, nmodl::letters);
    CHECK(all[0].kind == m.kind);
    CHECK(all[0].code == m.code);
    CHECK(all[1].kind == token_kind::end);
  }
  CHECK(cut("m' = (minf-m)/mtau") == "m|'|=|(|minf|-|m|)|/|mtau|");
  CHECK(cut("~ A <-> 2B (f,b)") == "~|A|<|-|>|2|B|(|f|,|b|)|");
  CHECK(cut("a<=b&&c!=d||!e^2") == "a|<=|b|&&|c|!=|d||||!|e|^|2|");
  CHECK(cut("x[3] {1e-3 .5 2. 1.5E+2}") == "x|[|3|]|{|1e-3|.5|2.|1.5E+2|}|");
}

TEST_CASE("comments, quotation marks and what editors leave", "[nmodl][letters]") {
  CHECK(cut("a : b 'c\nd ? e \" \r\nf") == "a|d|f|");
  CHECK(cut("printf(\"a : b ? %g\n\", x)") == "printf|(|\"a : b ? %g\n\"|,|x|)|");
  CHECK(cut("a\r: b\rc") == "a|c|");
  CHECK(cut("a\x1a") == "a|");
  CHECK(cut("a \"b") == "a|!\"|b|");
  CHECK(cut("a ; b # \\ c & d") == "a|!;|b|!#|!\\|c|!&|d|");
  CHECK(cut(": \xe9t\xe9\nx\xb5") == "x|!\xb5|");
}

TEST_CASE("texts that are no tokens", "[nmodl][letters]") {
  CHECK(cut("TITLE don't : \"x\nNEURON") == "TITLE don't : \"x|NEURON|");
  CHECK(cut("COMMENT it's \"x\n  ENDCOMMENT and so on\na") ==
        "COMMENT it's \"x\n  ENDCOMMENT and so on|a|");
  CHECK(cut("COMMENT a ENDCOMMENT\nb\nENDCOMMENT\nc") == "COMMENT a ENDCOMMENT\nb\nENDCOMMENT|c|");
  CHECK(cut("COMMENT ENDCOMMENT\nc") == "COMMENT ENDCOMMENT|c|");
  CHECK(cut("COMMENT\nENDCOMMENTS\nENDCOMMENT") == "COMMENT\nENDCOMMENTS\nENDCOMMENT|");
  CHECK(cut("VERBATIM\n x = 'a';\r\nENDVERBATIM\r\ny") == "VERBATIM\n x = 'a';\r\nENDVERBATIM|y|");
  CHECK(cut("a VERBATIM\n b") == "a|!VERBATIM\n b|");
  CHECK(cut("REPRESENTS [NCIT:C17008] }") == "REPRESENTS [NCIT:C17008]|}|");
  CHECK(cut("UNTITLED COMMENTS") == "UNTITLED|COMMENTS|");
}
