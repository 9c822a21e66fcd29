// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/keyword.hpp>

#include <string_view>

using namespace nernst::nmodl;

static_assert(keyword_of("BREAKPOINT") == keyword::breakpoint);
static_assert(keyword_of("Breakpoint") == keyword::none && keyword_of("") == keyword::none);
static_assert(keyword_of("ASSIGN") == keyword::none && keyword_of("x") == keyword::none);
// Three words may be written in small letters.
static_assert(keyword_of("if") == keyword::if_ && keyword_of("IF") == keyword::if_);
static_assert(keyword_of("while") == keyword_of("WHILE") &&
              keyword_of("else") == keyword_of("ELSE"));
static_assert(keyword_of("from") == keyword::none && keyword_of("If") == keyword::none);

constexpr bool all_are_found() {
  for (std::string_view const text : detail::keyword_texts)
    if (to_text(keyword_of(text)) != text) return false;
  return true;
}
static_assert(all_are_found());
static_assert(to_text(keyword::longitudinal_diffusion) == "LONGITUDINAL_DIFFUSION");
