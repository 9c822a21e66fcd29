// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_list.hpp>
#include <nernst/language/functions.hpp>
#include <nernst/language/written_expression.hpp>

#include <string>

namespace nernst::brian {
enum class generator_part : char;
}

namespace nernst::detail {

/// A part of a rule that may depend on source and target: an expression, a text that is read when
/// it is known what they are, or nothing.
class pair_formula {
 public:
  pair_formula() = default;
  explicit pair_formula(language::written_expression const& e) : written_(e) {}
  explicit pair_formula(std::string_view text) : text_(text), is_text_(true) {}

  bool is_given() const { return is_text_ || !written_.code.operations.empty(); }
  /// The expression. \throws std::invalid_argument for a mistake in the text.
  language::written_expression read(char const* rule, brian::generator_part part,
                                    connection_request const& request) const;

 private:
  language::written_expression written_;
  std::string text_;
  bool is_text_ = false;
};

template <class T>
concept Text = std::is_convertible_v<T const&, std::string_view>;

/// A formula for a number, or a mistake.
template <ir::fixed_string Where, class T>
auto number_formula(T const& x) {
  if constexpr (any_mistaken<T>) {
    return mistaken{};
  } else if constexpr (Text<T>) {
    return pair_formula(std::string_view(x));
  } else if constexpr (language::Operand<T>) {
    auto const e = language::detail::operand<Where, ir::dimension{}>(x);
    if constexpr (any_mistaken<std::remove_const_t<decltype(e)>>)
      return mistaken{};
    else
      return pair_formula(language::flatten(e));
  } else {
    raise<not_a_number<Where>>();
    return mistaken{};
  }
}
/// A formula for a condition, or a mistake.
template <ir::fixed_string Where, class T>
auto condition_formula(T const& x) {
  if constexpr (Text<T>) {
    return pair_formula(std::string_view(x));
  } else {
    auto const c = language::detail::truth<Where>(x);
    if constexpr (any_mistaken<std::remove_const_t<decltype(c)>>)
      return mistaken{};
    else
      return pair_formula(language::flatten(c));
  }
}
/// The rule with a formula as one of its parts, or a mistake.
template <class Rule, class Formula>
auto with_part(Rule rule, pair_formula Rule::* part, Formula const& formula) {
  if constexpr (any_mistaken<Formula>) {
    return mistaken{};
  } else {
    rule.*part = formula;
    return rule;
  }
}

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/pair_formula-inl.hpp>
#endif
