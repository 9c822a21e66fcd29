// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/print.hpp>

#include <string>

namespace nernst::inspection {

/// The names of a model's variables and functions in C++, and new names beside them.
class identifiers {
 public:
  explicit identifiers(ir::model const& m) {
    for (auto const& s : m.symbols)
      variables_.push_back(s.kind == ir::role::subexpression ? ir::spelling(s)
                                                             : fresh(ir::spelling(s)));
    for (auto const& f : m.functions)
      functions_.push_back(fresh(f.id.size > 0 ? std::string(f.id.view()) : "function"));
  }

  std::string const& variable(int symbol) const {
    return variables_[static_cast<std::size_t>(symbol)];
  }
  std::string const& function(int tag) const { return functions_[static_cast<std::size_t>(tag)]; }
  /// A name that nothing else has: `wanted`, if need be with underscores behind it.
  std::string fresh(std::string wanted) {
    while (is_taken(wanted)) wanted += '_';
    taken_.push_back(wanted);
    return wanted;
  }
  /// The first of x_1, x_2 ... that is free; `number` is the last that was given out.
  std::string numbered(std::string_view prefix, int& number) {
    std::string name;
    do {
      name = prefix;
      (name += '_') += std::to_string(++number);
    } while (is_taken(name));
    return name;
  }

 private:
  bool is_taken(std::string_view name) const {
    for (std::string_view const word : reserved)
      if (word == name) return true;
    for (auto const& other : taken_)
      if (other == name) return true;
    return false;
  }
  static constexpr std::string_view reserved[] = {
      "alignas", "alignof",  "and",       "asm",     "auto",     "bool",     "break",    "case",
      "catch",   "char",     "class",     "concept", "const",    "continue", "decltype", "default",
      "delete",  "do",       "double",    "else",    "enum",     "explicit", "export",   "extern",
      "false",   "float",    "for",       "friend",  "goto",     "if",       "inline",   "int",
      "long",    "mutable",  "namespace", "new",     "noexcept", "not",      "nullptr",  "operator",
      "or",      "private",  "protected", "public",  "register", "requires", "return",   "short",
      "signed",  "sizeof",   "static",    "struct",  "switch",   "template", "this",     "throw",
      "true",    "try",      "typedef",   "typeid",  "typename", "union",    "unsigned", "using",
      "virtual", "void",     "volatile",  "wchar_t", "while",    "xor",      "uniform",  "normal",
      "poisson", "binomial", "power",     "exprel",  "exp",      "pow",      "INFINITY", "NAN"};

  std::vector<std::string> taken_, variables_, functions_;
};

}  // namespace nernst::inspection
