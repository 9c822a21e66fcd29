// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/text/scanner.hpp>

namespace nernst::nmodl {

/// The marks of NMODL. Arrows are made of several of them.
inline constexpr text::mark marks[] = {
    {"+", text::token_kind::infix, ir::op::add},
    {"-", text::token_kind::infix, ir::op::subtract},
    {"*", text::token_kind::infix, ir::op::multiply},
    {"/", text::token_kind::infix, ir::op::divide},
    {"^", text::token_kind::infix, ir::op::power},
    {"<", text::token_kind::infix, ir::op::less},
    {"<=", text::token_kind::infix, ir::op::less_equal},
    {">", text::token_kind::infix, ir::op::greater},
    {">=", text::token_kind::infix, ir::op::greater_equal},
    {"==", text::token_kind::infix, ir::op::equal},
    {"!=", text::token_kind::infix, ir::op::not_equal},
    {"!", text::token_kind::infix, ir::op::logical_not},
    {"&&", text::token_kind::infix, ir::op::logical_and},
    {"||", text::token_kind::infix, ir::op::logical_or},
    {"=", text::token_kind::assign},
    {"(", text::token_kind::open},
    {")", text::token_kind::close},
    {"{", text::token_kind::open_brace},
    {"}", text::token_kind::close_brace},
    {"[", text::token_kind::open_bracket},
    {"]", text::token_kind::close_bracket},
    {",", text::token_kind::comma},
    {"'", text::token_kind::prime},
    {"~", text::token_kind::tilde},
};

namespace detail {
// Editors of DOS end a file with ^Z.
inline constexpr text::alphabet::own_letter own_letters[] = {{':', text::letter::comment},
                                                             {'?', text::letter::comment},
                                                             {'"', text::letter::quote},
                                                             {'\x1a', text::letter::blank}};
inline constexpr text::raw_word raw_words[] = {{.name = "TITLE"},
                                               {.name = "COMMENT", .last = "ENDCOMMENT"},
                                               {.name = "VERBATIM", .last = "ENDVERBATIM"},
                                               {.name = "REPRESENTS", .is_one_word = true}};
}  // namespace detail

/// What the texts of NMODL are made of.
inline constexpr text::alphabet letters{marks, detail::own_letters, detail::raw_words};

}  // namespace nernst::nmodl
