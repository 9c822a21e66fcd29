// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/text/scanner.hpp>

// What the texts of Brian are made of, which are Python's expressions.

namespace nernst::text {

inline constexpr mark python_marks[] = {
    {"+", token_kind::infix, ir::op::add},
    {"-", token_kind::infix, ir::op::subtract},
    {"*", token_kind::infix, ir::op::multiply},
    {"/", token_kind::infix, ir::op::divide},
    {"//", token_kind::infix, ir::op::floor_divide},
    {"%", token_kind::infix, ir::op::floor_mod},
    {"**", token_kind::infix, ir::op::power},
    {"<", token_kind::infix, ir::op::less},
    {"<=", token_kind::infix, ir::op::less_equal},
    {">", token_kind::infix, ir::op::greater},
    {">=", token_kind::infix, ir::op::greater_equal},
    {"==", token_kind::infix, ir::op::equal},
    {"!=", token_kind::infix, ir::op::not_equal},
    {"+=", token_kind::augment, ir::op::add},
    {"-=", token_kind::augment, ir::op::subtract},
    {"*=", token_kind::augment, ir::op::multiply},
    {"/=", token_kind::augment, ir::op::divide},
    {"//=", token_kind::augment, ir::op::floor_divide},
    {"%=", token_kind::augment, ir::op::floor_mod},
    {"**=", token_kind::augment, ir::op::power},
    {"=", token_kind::assign},
    {"(", token_kind::open},
    {")", token_kind::close},
    {",", token_kind::comma},
    {":", token_kind::colon},
    {";", token_kind::semicolon},
};

namespace detail {
inline constexpr alphabet::own_letter python_letters[] = {
    {'#', letter::comment}, {'\\', letter::backslash}, {'!', letter::mark}};
}

inline constexpr alphabet python{python_marks, detail::python_letters};

}  // namespace nernst::text
