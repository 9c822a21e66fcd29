// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/statements.hpp>
#include <nernst/ir/print.hpp>

#include <utility>

namespace nernst::inspection {

namespace detail {

using cpp_piece = ir::piece<precedence>;

/// With parentheses around everything that is not plainly arithmetic: compilers warn of less.
inline cpp_piece logical(cpp_piece const& a, std::string_view between, cpp_piece const& b,
                         precedence own) {
  bool const joins = own == precedence::either || own == precedence::both;
  precedence const least = joins ? precedence::equality : precedence::sum;
  std::string text = within(a, a.binds < least && a.binds != own);
  ((text += ' ') += between) += ' ';
  return {text + within(b, b.binds < least), own};
}
/// a + b, and a - b, where the sign of b may join that between them.
inline cpp_piece sum(cpp_piece const& a, cpp_piece const& b) {
  bool const negative = b.text[0] == '-' && b.binds >= precedence::product;
  if (!negative) return infix(a, " + ", b, precedence::sum);
  return infix(a, " - ", {b.text.substr(1), b.binds}, precedence::sum);
}
inline cpp_piece difference(cpp_piece const& a, cpp_piece const& b) {
  bool const negative = b.text[0] == '-' && b.binds == precedence::sign;
  if (!negative) return infix(a, " - ", b, precedence::sum);
  return infix(a, " + ", {b.text.substr(1), b.binds}, precedence::sum);
}
/// The name of an operation in C++.
inline std::string cpp_name(ir::op code) {
  ir::operation const& o = ir::properties(code);
  return std::string(o.cpp.empty() ? o.name : o.cpp);
}

}  // namespace detail

NERNST_INLINE std::string literal(double value) {
  if (value != value) return "NAN";
  if (value - value != 0) return value < 0 ? "-INFINITY" : "INFINITY";
  std::string const digits = ir::decimal(value);
  return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

NERNST_INLINE statements::statements(identifiers& names, std::string_view prefix,
                                     ir::span<instruction const> code,
                                     std::vector<std::string> leaves)
    : names_(names), prefix_(prefix), code_(code), leaves_(std::move(leaves)), uses_(code.size()),
      wanted_(code.size()), pieces_(code.size()) {}

NERNST_INLINE bool statements::is_computed(int value) const {
  kernel::origin const from = code_[value].from;
  return from == kernel::origin::computed || from == kernel::origin::draw;
}

NERNST_INLINE void statements::count_uses() {
  for (int k = code_.size(); k-- > 0;) {
    if (uses_[k] == 0 || code_[k].from != kernel::origin::computed) continue;
    for (int const operand : {code_[k].a, code_[k].b, code_[k].c})
      if (operand != ir::none) use(operand);
  }
}

NERNST_INLINE void statements::write(std::vector<std::string>& lines) {
  constexpr std::size_t longest = 72;
  count_uses();
  for (int k = 0; k < code_.size(); ++k) {
    if (uses_[k] == 0) continue;
    pieces_[k] = written(k);
    if (!is_computed(k)) continue;
    bool const stands_there = uses_[k] == 1 && pieces_[k].text.size() <= longest;
    if (!is_named(k) && stands_there) continue;
    std::string const own = is_named(k) ? wanted_[k] : names_.numbered(prefix_, number_);
    lines.push_back((code_[k].is_mask ? "bool const " : "double const ") + own + " = " +
                    pieces_[k].text + ";");
    pieces_[k] = {own};
  }
}

NERNST_INLINE statements::piece statements::written(int value) const {
  instruction const& s = code_[value];
  if (s.from == kernel::origin::computed) return computed(s);
  if (s.from != kernel::origin::literal) return {leaves_[static_cast<std::size_t>(value)]};
  return {literal(s.value), s.value < 0 ? precedence::sign : precedence::atom};
}

NERNST_INLINE statements::piece statements::condition(int value) const {
  piece const& p = pieces_[value];
  if (code_[value].is_mask) return p;
  return {within(p, p.binds < precedence::sum) + " != 0.0", precedence::equality};
}

NERNST_INLINE statements::piece statements::called(std::string const& function,
                                                   instruction const& s) const {
  int const n = ir::operands(s.code);
  piece const& a = pieces_[s.a];
  if (n == 1) return ir::call(function, {&a});
  if (n == 2) return ir::call(function, {&a, &pieces_[s.b]});
  return ir::call(function, {&a, &pieces_[s.b], &pieces_[s.c]});
}

NERNST_INLINE statements::piece statements::chosen(instruction const& s) const {
  piece const test = condition(s.a);
  piece const& yes = pieces_[s.b];
  piece const& no = pieces_[s.c];
  constexpr precedence least = precedence::both;
  return {within(test, test.binds < least) + " ? " + within(yes, yes.binds < least) + " : " +
              within(no, no.binds < least),
          precedence::choice};
}

NERNST_INLINE statements::piece statements::computed(instruction const& s) const {
  std::string const number = std::to_string(s.which);
  if (s.code == ir::op::select) return chosen(s);
  if (ir::is_lookup(s.code)) return called(names_.variable(s.which), s);
  if (ir::is_call(s.code)) return called(names_.function(s.which), s);
  if (ir::is_random(s.code)) {
    piece const draw{number};
    std::string const name(ir::properties(s.code).name);
    if (ir::operands(s.code) == 1) return ir::call(name, {&draw, &pieces_[s.a]});
    return ir::call(name, {&draw, &pieces_[s.a], &pieces_[s.b]});
  }
  if (kernel::is_whole_power(s))
    return ir::call("power<" + std::to_string(static_cast<int>(s.value)) + ">", {&pieces_[s.a]});
  return operation(s);
}

NERNST_INLINE statements::piece statements::operation(instruction const& s) const {
  using ir::op;
  piece const& a = pieces_[s.a];
  piece const& b = ir::operands(s.code) > 1 ? pieces_[s.b] : a;
  std::string const own = detail::cpp_name(s.code);
  switch (s.code) {
  case op::negate:
    return {"-" + within(a, a.binds < precedence::sign || a.text[0] == '-'), precedence::sign};
  case op::logical_not: {
    piece const inner = condition(s.a);
    return {"!" + within(inner, inner.binds < precedence::atom), precedence::sign};
  }
  case op::add:
    return detail::sum(a, b);
  case op::subtract:
    return detail::difference(a, b);
  case op::multiply:
  case op::divide:
    return infix(a, own, b, precedence::product);
  case op::floor_divide:
    return {"floor(" + infix(a, "/", b, precedence::product).text + ")"};
  case op::equal:
  case op::not_equal:
    return detail::logical(a, own, b, precedence::equality);
  case op::logical_and:
    return detail::logical(condition(s.a), own, condition(s.b), precedence::both);
  case op::logical_or:
    return detail::logical(condition(s.a), own, condition(s.b), precedence::either);
  case op::abs:
    return called("fabs", s);
  default:
    if (ir::is_condition(s.code)) return detail::logical(a, own, b, precedence::order);
    return called(own, s);
  }
}

}  // namespace nernst::inspection
