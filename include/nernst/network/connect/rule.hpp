// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/any_rule.hpp>
#include <nernst/network/connect/generator.hpp>
#include <nernst/network/connect/where.hpp>

#include <concepts>

namespace nernst::detail {

/// The rule that is meant: a text is a condition, `"i != j"`.
template <class T>
decltype(auto) rule_of(T const& given) {
  if constexpr (Text<T>)
    return where_rule(pair_formula(std::string_view(given)));
  else
    return (given);
}
template <class T>
using rule_type = std::remove_cvref_t<decltype(rule_of(std::declval<T const&>()))>;

/// How messages call what is no rule of connection.
template <class T>
constexpr auto rule_name() {
  using ir::fixed_string;
  if constexpr (std::is_function_v<T>)
    return fixed_string("a function that is not called");
  else if constexpr (language::Condition<T>)
    return fixed_string("a condition: where(condition)");
  else if constexpr (std::is_arithmetic_v<T>)
    return fixed_string("a number");
  else if constexpr (language::Operand<T>)
    return fixed_string("a formula: to_target(index)");
  else if constexpr (std::same_as<T, counter_values>)
    return fixed_string("range(...): for_each(k, range(...))");
  else if constexpr (std::same_as<T, unfinished_sample>)
    return fixed_string("sample(...) without size(n)");
  else if constexpr (std::same_as<T, counter_loop>)
    return fixed_string("for_each(...) alone");
  else if constexpr (requires { typename T::model_type; })
    return fixed_string("a population");
  else if constexpr (requires(T const& list) { list.begin() == list.end(); })
    return fixed_string("a list: pairs(sources, targets)");
  else
    return fixed_string("something else");
}

}  // namespace nernst::detail
