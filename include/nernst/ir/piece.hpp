// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace nernst::ir {

/// A part of a formula as text, and how tightly its outermost operator binds: what is greater binds
/// tighter.
template <class Binding>
struct piece {
  std::string text = {};
  Binding binds = Binding::atom;
};

/// The text, in parentheses or not.
template <class Binding>
std::string within(piece<Binding> const& p, bool parentheses) {
  return parentheses ? "(" + p.text + ")" : p.text;
}
/// `a` and `b` with a left-associative operator between them.
template <class Binding>
piece<Binding> infix(piece<Binding> const& a, std::string_view between, piece<Binding> const& b,
                     Binding own) {
  std::string all = within(a, a.binds < own);
  all += between;
  return {all + within(b, b.binds <= own), own};
}
/// `called(a, b)`
template <class Binding>
piece<Binding> call(std::string called, std::initializer_list<piece<Binding> const*> arguments) {
  char const* before = "(";
  for (auto const* a : arguments) {
    called += before + a->text;
    before = ", ";
  }
  return {called + ")", Binding::atom};
}

}  // namespace nernst::ir
