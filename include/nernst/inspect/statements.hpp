// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/identifiers.hpp>
#include <nernst/kernel/program.hpp>

namespace nernst::inspection {

/// A number as a literal of type double that reads back as the same value.
inline std::string literal(double value) {
  if (value != value) return "NAN";
  if (value - value != 0) return value < 0 ? "-INFINITY" : "INFINITY";
  std::string const digits = ir::decimal(value);
  return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

/// Writes instructions as C++ statements: `double const x_1 = exp(v/0.005);`. What is used once
/// stands where it is used, what is used more often gets a name. The order of the operations stays.
/// Functions are those of kernel/math.hpp.
class statements {
 public:
  using instruction = kernel::instruction;
  /// `leaves` has the text of each instruction that is neither computed nor a literal. New names
  /// begin with `prefix`.
  statements(identifiers& names, std::string_view prefix, std::span<instruction const> code,
             std::vector<std::string> leaves)
      : names_(names), prefix_(prefix), code_(code), leaves_(std::move(leaves)), uses_(code.size()),
        wanted_(code.size()), pieces_(code.size()) {}

  /// Says that a value is needed by something other than the instructions.
  void use(int value) { ++uses_[index(value)]; }
  /// Gives a computed value a name of its own. The first one that is given stays.
  void name(int value, std::string const& wanted) {
    if (wanted_[index(value)].empty()) wanted_[index(value)] = wanted;
  }
  bool is_named(int value) const { return !wanted_[index(value)].empty(); }
  bool is_computed(int value) const {
    kernel::source const from = code_[index(value)].from;
    return from == kernel::source::computed || from == kernel::source::draw;
  }

  /// Writes what is needed for the values in use.
  void write(std::vector<std::string>& lines) {
    for (std::size_t k = code_.size(); k-- > 0;) {
      if (uses_[k] == 0 || code_[k].from != kernel::source::computed) continue;
      for (int const operand : {code_[k].a, code_[k].b, code_[k].c})
        if (operand != ir::none) use(operand);
    }
    for (std::size_t k = 0; k < code_.size(); ++k) {
      if (uses_[k] == 0) continue;
      instruction const& s = code_[k];
      if (!is_computed(static_cast<int>(k))) {
        pieces_[k] = s.from == kernel::source::literal
                         ? piece{literal(s.value), s.value < 0 ? sign : atom}
                         : piece{leaves_[k], atom};
        continue;
      }
      pieces_[k] = s.from == kernel::source::draw ? piece{leaves_[k], atom} : computed(s);
      if (wanted_[k].empty() && uses_[k] == 1 && pieces_[k].text.size() <= longest) continue;
      std::string const own = wanted_[k].empty() ? names_.numbered(prefix_, number_) : wanted_[k];
      lines.push_back((s.is_mask ? "bool const " : "double const ") + own + " = " +
                      pieces_[k].text + ";");
      pieces_[k] = {own, atom};
    }
  }
  /// The expression, or the name, of a value that was written.
  std::string const& text(int value) const { return pieces_[index(value)].text; }

 private:
  static constexpr std::size_t longest = 72;
  // What binds tighter is greater.
  enum level { choice, either, both, equality, order, sum, product, sign, atom };
  struct piece {
    std::string text;
    level binding = atom;
  };
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }

  static std::string within(piece const& p, bool parentheses) {
    return parentheses ? "(" + p.text + ")" : p.text;
  }
  static piece infix(piece const& a, char const* between, piece const& b, level own) {
    return {within(a, a.binding < own) + between + within(b, b.binding <= own), own};
  }
  /// With parentheses around everything that is not plainly arithmetic: compilers warn of less.
  static piece logical(piece const& a, char const* between, piece const& b, level own) {
    level const least = own == either || own == both ? equality : sum;
    return {within(a, a.binding < least && a.binding != own) + between +
                within(b, b.binding < least),
            own};
  }
  static piece call(std::string all, std::initializer_list<piece const*> arguments) {
    char const* before = "(";
    for (auto const* a : arguments) {
      all += before + a->text;
      before = ", ";
    }
    return {all + ")", atom};
  }
  piece const& at(int i) const { return pieces_[index(i)]; }
  piece condition(int i) const {
    if (code_[index(i)].is_mask) return at(i);
    return {within(at(i), at(i).binding < sum) + " != 0.0", equality};
  }
  static std::string tag(int n) { return std::to_string(n); }

  piece computed(instruction const& s) const {
    using ir::op;
    int const n = ir::operands(s.code);
    piece const& a = at(s.a);
    piece const& b = n > 1 ? at(s.b) : a;
    piece const& c = n > 2 ? at(s.c) : a;
    piece const draw{tag(s.tag), atom};
    switch (s.code) {
    case op::negate:
      return {"-" + within(a, a.binding < sign || a.text[0] == '-'), sign};
    case op::logical_not: {
      piece const inner = condition(s.a);
      return {"!" + within(inner, inner.binding < atom), sign};
    }
    case op::add:
      if (b.text[0] == '-' && b.binding >= product)
        return infix(a, " - ", {b.text.substr(1), b.binding}, sum);
      return infix(a, " + ", b, sum);
    case op::subtract:
      if (b.text[0] == '-' && b.binding == sign)
        return infix(a, " + ", {b.text.substr(1), b.binding}, sum);
      return infix(a, " - ", b, sum);
    case op::multiply:
      return infix(a, "*", b, product);
    case op::divide:
      return infix(a, "/", b, product);
    case op::floor_divide:
      return {"floor(" + infix(a, "/", b, product).text + ")", atom};
    case op::power:
      if (kernel::is_whole_power(s))
        return call("power<" + tag(static_cast<int>(s.value)) + ">", {&a});
      return call("pow", {&a, &b});
    case op::less:
      return logical(a, " < ", b, order);
    case op::less_equal:
      return logical(a, " <= ", b, order);
    case op::greater:
      return logical(a, " > ", b, order);
    case op::greater_equal:
      return logical(a, " >= ", b, order);
    case op::equal:
      return logical(a, " == ", b, equality);
    case op::not_equal:
      return logical(a, " != ", b, equality);
    case op::logical_and:
      return logical(condition(s.a), " && ", condition(s.b), both);
    case op::logical_or:
      return logical(condition(s.a), " || ", condition(s.b), either);
    case op::select: {
      piece const test = condition(s.a);
      return {within(test, test.binding < both) + " ? " + within(b, b.binding < both) + " : " +
                  within(c, c.binding < both),
              choice};
    }
    case op::poisson:
      return call("poisson", {&draw, &a});
    case op::binomial:
      return call("binomial", {&draw, &a, &b});
    case op::lookup:
      return call(names_.variable(s.tag), {&a});
    case op::lookup_2:
      return call(names_.variable(s.tag), {&a, &b});
    case op::call_1:
      return call(names_.function(s.tag), {&a});
    case op::call_2:
      return call(names_.function(s.tag), {&a, &b});
    case op::call_3:
      return call(names_.function(s.tag), {&a, &b, &c});
    case op::clip:
      return call("clip", {&a, &b, &c});
    default:
      return n == 2 ? call(ir::name_of(s.code), {&a, &b}) : call(function(s.code), {&a});
    }
  }
  static std::string function(ir::op code) {
    return code == ir::op::abs ? "fabs" : code == ir::op::truncate ? "trunc" : ir::name_of(code);
  }

  identifiers& names_;
  std::string_view prefix_;
  std::span<instruction const> code_;
  std::vector<std::string> leaves_;
  std::vector<int> uses_;
  std::vector<std::string> wanted_;
  std::vector<piece> pieces_;
  int number_ = 0;
};

}  // namespace nernst::inspection
