// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/pair_formula.hpp>

namespace nernst {

/// Connects the pairs for which a condition holds, with a probability, by a number of synapses.
/// Formulas are about i, j, and variables of source and target.
class where_rule {
 public:
  explicit where_rule(detail::pair_formula const& condition) : condition_(condition) {}

  /// Each of these pairs is connected with a probability, independently of the others: an
  /// expression or a text; below 0 counts as 0, above 1 as 1.
  template <class P>
  auto probability(P const& p) const {
    return detail::with_part(*this, &where_rule::probability_,
                             detail::number_formula<"where(...).probability(p)">(p));
  }
  /// A pair that is connected has that many synapses: an expression or a text, of which the whole
  /// part counts.
  template <class N>
  auto number(N const& n) const {
    return detail::with_part(*this, &where_rule::number_,
                             detail::number_formula<"where(...).number(n)">(n));
  }

  /// \throws std::invalid_argument for formulas that do not fit the populations, and negative
  /// numbers, std::length_error above the limit.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  detail::pair_formula condition_, probability_, number_;
};

namespace dsl {
using language::where;
/// Connects the pairs for which a condition holds: `where(i != j)`, `where(abs(pre(x) - post(x)) <
/// 100 * um)`, or as a text of Brian 2, `where("i != j")`.
template <class C>
auto where(C const& condition) {
  auto const formula = nernst::detail::condition_formula<"where(condition)">(condition);
  if constexpr (nernst::detail::any_mistaken<std::remove_const_t<decltype(formula)>>)
    return nernst::detail::mistaken{};
  else
    return where_rule(formula);
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/where-inl.hpp>
#endif
