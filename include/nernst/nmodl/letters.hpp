// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/text/scanner.hpp>

namespace nernst::nmodl {

/// The marks of NMODL. Arrows are made of several of them.
inline constexpr text::mark marks[] = {
    {"+"sv, text::token_kind::infix, ir::op::add},
    {"-"sv, text::token_kind::infix, ir::op::subtract},
    {"*"sv, text::token_kind::infix, ir::op::multiply},
    {"/"sv, text::token_kind::infix, ir::op::divide},
    {"^"sv, text::token_kind::infix, ir::op::power},
    {"<"sv, text::token_kind::infix, ir::op::less},
    {"<="sv, text::token_kind::infix, ir::op::less_equal},
    {">"sv, text::token_kind::infix, ir::op::greater},
    {">="sv, text::token_kind::infix, ir::op::greater_equal},
    {"=="sv, text::token_kind::infix, ir::op::equal},
    {"!="sv, text::token_kind::infix, ir::op::not_equal},
    {"!"sv, text::token_kind::infix, ir::op::logical_not},
    {"&&"sv, text::token_kind::infix, ir::op::logical_and},
    {"||"sv, text::token_kind::infix, ir::op::logical_or},
    {"="sv, text::token_kind::assign},
    {"("sv, text::token_kind::open},
    {")"sv, text::token_kind::close},
    {"{"sv, text::token_kind::open_brace},
    {"}"sv, text::token_kind::close_brace},
    {"["sv, text::token_kind::open_bracket},
    {"]"sv, text::token_kind::close_bracket},
    {","sv, text::token_kind::comma},
    {"'"sv, text::token_kind::prime},
    {"~"sv, text::token_kind::tilde},
};

namespace detail {
// Editors of DOS end a file with ^Z.
inline constexpr text::alphabet::own_letter own_letters[] = {{':', text::letter::comment},
                                                             {'?', text::letter::comment},
                                                             {'"', text::letter::quote},
                                                             {'\x1a', text::letter::blank}};
inline constexpr text::raw_word raw_words[] = {{.name = "TITLE"sv},
                                               {.name = "COMMENT"sv, .last = "ENDCOMMENT"sv},
                                               {.name = "VERBATIM"sv, .last = "ENDVERBATIM"sv},
                                               {.name = "REPRESENTS"sv, .is_one_word = true}};
}  // namespace detail

/// What the texts of NMODL are made of.
inline constexpr text::alphabet letters{marks, detail::own_letters, detail::raw_words};

}  // namespace nernst::nmodl
