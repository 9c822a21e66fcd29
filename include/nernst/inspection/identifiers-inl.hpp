// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/identifiers.hpp>
#include <nernst/ir/print.hpp>

namespace nernst::inspection {

namespace detail {
inline constexpr std::string_view reserved_words[] = {
    "alignas", "alignof",  "and",       "asm",     "auto",     "bool",     "break",    "case",
    "catch",   "char",     "class",     "concept", "const",    "continue", "decltype", "default",
    "delete",  "do",       "double",    "else",    "enum",     "explicit", "export",   "extern",
    "false",   "float",    "for",       "friend",  "goto",     "if",       "inline",   "int",
    "long",    "mutable",  "namespace", "new",     "noexcept", "not",      "nullptr",  "operator",
    "or",      "private",  "protected", "public",  "register", "requires", "return",   "short",
    "signed",  "sizeof",   "static",    "struct",  "switch",   "template", "this",     "throw",
    "true",    "try",      "typedef",   "typeid",  "typename", "union",    "unsigned", "using",
    "virtual", "void",     "volatile",  "wchar_t", "while",    "xor",      "uniform",  "normal",
    "poisson", "binomial", "power",     "exprel",  "exprelr",  "exp",      "pow",      "INFINITY",
    "NAN"};
}  // namespace detail

NERNST_INLINE identifiers::identifiers(kernel::compiled_model const& m) {
  for (auto const& v : m.variables) {
    std::string const name = ir::spelling(v.symbol);
    bool const is_subexpression = v.symbol.kind == ir::role::subexpression;
    variables_.push_back(is_subexpression ? name : fresh(name));
  }
  for (auto const& f : m.functions)
    functions_.push_back(fresh(f.id.size > 0 ? std::string(f.id.view()) : "function"));
}

NERNST_INLINE std::string identifiers::fresh(std::string wanted) {
  while (is_taken(wanted)) wanted += '_';
  taken_.push_back(wanted);
  return wanted;
}

NERNST_INLINE std::string identifiers::numbered(std::string_view prefix, int& number) {
  std::string name;
  do {
    name = prefix;
    (name += '_') += std::to_string(++number);
  } while (is_taken(name));
  return name;
}

NERNST_INLINE bool identifiers::is_taken(std::string_view name) const {
  for (std::string_view const word : detail::reserved_words)
    if (word == name) return true;
  for (auto const& other : taken_)
    if (other == name) return true;
  return false;
}

}  // namespace nernst::inspection
