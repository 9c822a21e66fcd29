// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/tape.hpp>
#include <nernst/language/expression.hpp>

namespace nernst::language {

namespace detail {
/// The place of an item in a list, to which it is added when it is new.
template <class T>
int place_in(ir::list<T>& all, T const& item) {
  for (int k = 0; k < all.size(); ++k)
    if (all[k] == item) return k;
  all.push_back(item);
  return all.size() - 1;
}
}  // namespace detail

/// A single expression, for initial values: its operations in order, its variables and timed
/// arrays, and its functions of the user. Leaves, lookups and calls name these by their place in
/// the lists.
struct written_expression {
  ir::tape code;
  ir::list<ir::symbol> variables;
  ir::list<ir::identifier> functions;
  ir::dimension unit = {};  ///< of the value; a truth value has none

  /// Whether it is one number, which `value` computes.
  bool is_constant() const;
  double value() const;
};

/// Takes an expression out of a model, with the variables that it uses.
written_expression part_of(ir::model const& of, int root);

written_expression flatten(term const* terms, int size, ir::dimension unit);

template <class T>
  requires(Operand<T> || Condition<T> || std::same_as<T, bool>)
written_expression flatten(T const& written) {
  auto const& e = detail::lift(written);
  return flatten(e.terms, detail::length<detail::lifted<T>>, detail::traits<T>::unit);
}

}  // namespace nernst::language

#if NERNST_HEADER_ONLY
#include <nernst/language/written_expression-inl.hpp>
#endif
