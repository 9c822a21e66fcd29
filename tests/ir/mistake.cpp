// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/errors.hpp>
#include <nernst/ir/mistake.hpp>

#include "catch.hpp"
#include <algorithm>

using namespace nernst::ir;

namespace {

constexpr std::string_view sentences[] = {
#define NERNST_ROW(name, error, sentence, ...) sentence,
    NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW
};
constexpr mistake all[] = {
#define NERNST_ROW(name, ...) mistake::name,
    NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW
};

constexpr bool has_a_sentence_of_its_own() {
  for (std::size_t k = 0; k < std::size(all); ++k) {
    if (sentence_of(all[k]) != sentences[k] || all[k] == mistake::no_mistake) return false;
    if (std::ranges::count(sentences[k], '*') != 1) return false;
    if (std::ranges::count(sentences, sentences[k]) != 1) return false;
  }
  return true;
}
static_assert(has_a_sentence_of_its_own());
static_assert(sentence_of(mistake::no_mistake) == "no mistake");

// Every mistake is a type of compile-time error, which nothing instantiates as long as it is only
// named.
#define NERNST_ROW(name, ...) using error_##name = nernst::name<"somewhere">;
NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW

struct no_mistake {
  static constexpr diagnosis get() { return {}; }
};
struct somewhere {
  static constexpr diagnosis get() { return {mistake::syntax_error, "*2", "a number", "", 2, 7}; }
};

}  // namespace

TEST_CASE("the pieces of compile-time errors", "[ir][mistake]") {
  nernst::detail::report<no_mistake, int>();  // compiles
  CHECK(nernst::detail::place_text<somewhere>::get() == "*2 (line 2:7)");
  CHECK(nernst::detail::literal_of<nernst::detail::expected_text<somewhere>>.view() == "a number");
  CHECK(nernst::detail::literal_of<nernst::detail::found_text<somewhere>>.view().empty());
  CHECK(nernst::detail::unit_name<units::volt / units::second>.view() == "V/s");
  CHECK(nernst::detail::number_name<-12>.view() == "-12");
  CHECK(nernst::detail::model_name<no_mistake>.view().find("no_mistake") != std::string_view::npos);
}
