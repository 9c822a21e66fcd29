// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/identifiers.hpp>
#include <nernst/ir/piece.hpp>

namespace nernst::inspection {

/// A number as a literal of type double that reads back as the same value.
std::string literal(double value);

/// How tightly an operator of C++ binds; what binds tighter is greater.
enum class precedence { choice, either, both, equality, order, sum, product, sign, atom };

/// Writes instructions as C++ statements: `double const x_1 = exp(v/0.005);`. What is used once
/// stands where it is used, what is used more often gets a name. The order of the operations stays.
/// Functions have the names of <cmath>, or of `ir::op`; `power<3>(x)` is `ir::whole_power`.
class statements {
 public:
  using instruction = kernel::instruction;
  /// `leaves` has the text of each instruction that is neither computed nor a literal. New names
  /// begin with `prefix`.
  statements(identifiers& names, std::string_view prefix, ir::span<instruction const> code,
             std::vector<std::string> leaves);

  /// Says that a value is needed by something other than the instructions.
  void use(int value) { ++uses_[value]; }
  /// Gives a computed value a name of its own. The first one that is given stays.
  void name(int value, std::string const& wanted) {
    if (!is_named(value)) wanted_[value] = wanted;
  }
  bool is_named(int value) const { return !wanted_[value].empty(); }
  bool is_computed(int value) const;

  /// Writes what is needed for the values in use.
  void write(std::vector<std::string>& lines);
  /// The expression, or the name, of a value that was written.
  std::string const& text(int value) const { return pieces_[value].text; }

 private:
  using piece = ir::piece<precedence>;

  void count_uses();
  piece condition(int value) const;
  piece written(int value) const;
  piece computed(instruction const& s) const;
  piece chosen(instruction const& s) const;
  piece called(std::string const& function, instruction const& s) const;
  piece operation(instruction const& s) const;

  identifiers& names_;
  std::string_view prefix_;
  ir::span<instruction const> code_;
  std::vector<std::string> leaves_;
  ir::list<int> uses_;
  ir::list<std::string> wanted_;
  ir::list<piece> pieces_;
  int number_ = 0;
};

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/statements-inl.hpp>
#endif
