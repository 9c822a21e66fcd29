// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/rewrite.hpp>

#include <charconv>
#include <initializer_list>
#include <string>
#include <utility>

namespace nernst::ir {

/// A number with as many digits as it takes to read back the same value, times ten to the power
/// `shift`: 3 writes 0.0162 as 16.2.
inline std::string decimal(double value, int shift = 0) {
  char buffer[40];
  auto const end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string_view const all(buffer, static_cast<std::size_t>(end - buffer));
  auto const e = all.find('e');
  if (e == std::string_view::npos) return std::string(all);
  std::string digits, sign;
  for (char const c : all.substr(0, e)) {
    if (c == '-') sign = "-";
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits == "0") return sign + "0";
  int const point = std::stoi(std::string(all.substr(e + 1))) + shift + 1,
            count = static_cast<int>(digits.size());
  if (point < -3 || point > 7 + (count > 7 ? count - 7 : 0)) {
    if (count > 1) digits.insert(1, ".");
    return sign + digits + "e" + std::to_string(point - 1);
  }
  if (point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count)
    return sign + digits + std::string(static_cast<std::size_t>(point - count), '0');
  return sign + digits.insert(static_cast<std::size_t>(point), ".");
}

/// A quantity such as `16.2*mV`: with the prefix that leaves one to three digits before the point
/// where the unit has a name of its own, and with the fewest digits that give the same value when
/// they are multiplied by the unit.
inline std::string quantity(double value, dimension unit) {
  if (unit.is_one()) return decimal(value);
  text const symbol = to_text(unit);
  bool simple = unit != units::kilogram;
  for (char const c : symbol.view())
    simple = simple && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  if (!simple) return decimal(value) + "*(" + std::string(symbol) + ")";
  struct prefix {
    char const* name;
    double factor;
    int shift;
  };
  constexpr prefix prefixes[] = {{"", 1, 0},     {"m", 1e-3, 3},   {"u", 1e-6, 6},
                                 {"n", 1e-9, 9}, {"p", 1e-12, 12}, {"f", 1e-15, 15}};
  double const size = value < 0 ? -value : value;
  for (auto const& p : prefixes) {
    if (size < p.factor) continue;
    std::string digits = decimal(value, p.shift);
    // 30*nS as the reader computes it, which may not be the number next to 30e-9.
    char shorter[40];
    auto const end = std::to_chars(shorter, shorter + sizeof shorter, value / p.factor,
                                   std::chars_format::scientific, 14)
                         .ptr;
    double multiple = 0;
    std::from_chars(shorter, end, multiple);
    if (multiple * p.factor == value && decimal(multiple).size() < digits.size())
      digits = decimal(multiple);
    return digits + "*" + p.name + std::string(symbol);
  }
  return decimal(value) + "*" + std::string(symbol);
}

/// The name of an operation: that of a function where it is one in Brian equations, else that in
/// `op`.
constexpr char const* name_of(op code) {
  constexpr char const* names[] = {
      "literal",    "variable",  "uniform",       "normal", "negate",    "not",      "abs",
      "sign",       "ceil",      "floor",         "sqrt",   "exp",       "expm1",    "exprel",
      "log",        "log10",     "log1p",         "sin",    "cos",       "tan",      "asin",
      "acos",       "atan",      "sinh",          "cosh",   "tanh",      "erf",      "int",
      "poisson",    "lookup",    "call",          "add",    "subtract",  "multiply", "divide",
      "power",      "floor_mod", "floor_divide",  "atan2",  "minimum",   "maximum",  "less",
      "less_equal", "greater",   "greater_equal", "equal",  "not_equal", "and",      "or",
      "binomial",   "lookup",    "call",          "select", "clip",      "call"};
  static_assert(sizeof names / sizeof *names == static_cast<int>(op::call_3) + 1);
  return names[static_cast<int>(code)];
}

/// Writes expressions in the notation of Brian equations (`x**2`, `not a and b`), with the
/// parentheses that keep the order of evaluation.
class printer {
 public:
  /// `variable(int symbol)` gives the name of a variable, `function(int tag)` that of a function of
  /// the user.
  template <class Variable, class Function>
  printer(graph const& g, int root, Variable variable, Function function) {
    std::vector<piece> pieces(static_cast<std::size_t>(g.size()));
    for (int const i : schedule(g, std::span<int const>(&root, 1))) {
      node const& n = g[i];
      piece const none_of;
      auto at = [&](int operand, int position) -> piece const& {
        return position < operands(n.code) ? pieces[static_cast<std::size_t>(operand)] : none_of;
      };
      piece p = n.code == op::symbol ? piece{std::string(std::string_view(variable(n.a))), atom}
                : is_lookup(n.code)  ? call(std::string(std::string_view(variable(n.tag))),
                                            at(n.a, 0), at(n.b, 1), at(n.c, 2), n.code)
                : is_call(n.code) ? call(std::string(std::string_view(function(n.tag))), at(n.a, 0),
                                         at(n.b, 1), at(n.c, 2), n.code)
                                  : write(n, at(n.a, 0), at(n.b, 1), at(n.c, 2));
      if (p.text.size() > longest) p = {"(...)", atom};
      pieces[static_cast<std::size_t>(i)] = std::move(p);
    }
    if (root != none) text_ = pieces[static_cast<std::size_t>(root)].text;
  }
  std::string const& text() const { return text_; }

 private:
  static constexpr std::size_t longest = 100000;
  // What binds tighter is greater.
  enum level { either = 1, both, inverse, comparison, sum, product, sign, exponent, atom };
  struct piece {
    std::string text;
    level binding = atom;
  };

  static std::string within(piece const& p, bool parentheses) {
    return parentheses ? "(" + p.text + ")" : p.text;
  }
  static piece infix(piece const& a, char const* between, piece const& b, level own) {
    return {within(a, a.binding < own) + between + within(b, b.binding <= own), own};
  }
  static piece call(std::string all, std::initializer_list<piece const*> arguments) {
    char const* before = "(";
    for (auto const* a : arguments) {
      all += before + a->text;
      before = ", ";
    }
    return {all + ")", atom};
  }
  static piece call(std::string all, piece const& a, piece const& b, piece const& c, op code) {
    return operands(code) == 1   ? call(all, {&a})
           : operands(code) == 2 ? call(all, {&a, &b})
                                 : call(all, {&a, &b, &c});
  }
  static piece added(piece const& a, piece const& b) {
    bool const negative = b.text[0] == '-' && b.binding >= product;
    return negative ? infix(a, " - ", {b.text.substr(1), b.binding}, sum) : infix(a, " + ", b, sum);
  }
  static piece number(node const& n) {
    return {quantity(n.value, n.unit), !n.unit.is_one() ? product : n.value < 0 ? sign : atom};
  }

  static piece write(node const& n, piece const& a, piece const& b, piece const& c) {
    switch (n.code) {
    case op::literal:
      return number(n);
    case op::uniform:
      return {"uniform(" + std::to_string(n.a) + ")", atom};
    case op::normal:
      return {"normal(" + std::to_string(n.a) + ")", atom};
    case op::negate:
      return {"-" + within(a, a.binding < sign || a.text[0] == '-'), sign};
    case op::logical_not:
      return {"not " + within(a, a.binding < inverse), inverse};
    case op::add:
      return added(a, b);
    case op::subtract:
      return infix(a, " - ", b, sum);
    case op::multiply:
      return infix(a, "*", b, product);
    case op::divide:
      return infix(a, "/", b, product);
    case op::floor_mod:
      return infix(a, " % ", b, product);
    case op::floor_divide:
      return infix(a, "//", b, product);
    case op::power:
      return {within(a, a.binding <= exponent) + "**" + within(b, b.binding < exponent), exponent};
    case op::less:
      return compared(a, " < ", b);
    case op::less_equal:
      return compared(a, " <= ", b);
    case op::greater:
      return compared(a, " > ", b);
    case op::greater_equal:
      return compared(a, " >= ", b);
    case op::equal:
      return compared(a, " == ", b);
    case op::not_equal:
      return compared(a, " != ", b);
    case op::logical_and:
      return infix(a, " and ", b, both);
    case op::logical_or:
      return infix(a, " or ", b, either);
    default:
      return call(name_of(n.code), a, b, c, n.code);
    }
  }
  static piece compared(piece const& a, char const* between, piece const& b) {
    return {within(a, a.binding <= comparison) + between + within(b, b.binding <= comparison),
            comparison};
  }
  std::string text_;
};

/// The name of a variable as equations spell it: those of a synapse's neurons end in `_pre` and
/// `_post`.
inline std::string spelling(symbol const& s) {
  std::string const id(s.id.view());
  return s.owner == side::pre ? id + "_pre" : s.owner == side::post ? id + "_post" : id;
}

/// An expression of a model as text. A part with more than 100 000 characters is written `(...)`.
inline std::string to_string(model const& m, int root) {
  auto function = [&m](int tag) {
    return std::string(m.functions[static_cast<std::size_t>(tag)].id.view());
  };
  return printer(m.nodes, root, [&m](int s) { return spelling(m.at(s)); }, function).text();
}
/// An expression as text, with x0, x1, ... for the variables and f0, f1, ... for functions of the
/// user.
inline std::string to_string(graph const& g, int root) {
  auto numbered = [](char letter) {
    return [letter](int k) { return letter + std::to_string(k); };
  };
  return printer(g, root, numbered('x'), numbered('f')).text();
}

/// A statement as text: `g_post += w` where its value starts with the old one.
inline std::string to_string(model const& m, assignment const& s) {
  std::string const x = spelling(m.at(s.symbol));
  node const& n = m.nodes[s.value];
  auto is_old = [&](int i) { return m.nodes[i].code == op::symbol && m.nodes[i].a == s.symbol; };
  if (n.code == op::subtract && is_old(n.a)) return x + " -= " + to_string(m, n.b);
  if (n.code == op::add && (is_old(n.a) || is_old(n.b)))
    return x + " += " + to_string(m, is_old(n.a) ? n.b : n.a);
  return x + " = " + to_string(m, s.value);
}

namespace detail {
inline std::string flags_of(std::initializer_list<std::pair<bool, char const*>> flags) {
  std::string all;
  for (auto const& [is_set, flag] : flags)
    if (is_set) (all += all.empty() ? " (" : ", ") += flag;
  return all.empty() ? all : all + ")";
}
inline std::string type_or_unit(symbol const& s) {
  return s.type == value_type::integer   ? "integer"
         : s.type == value_type::boolean ? "boolean"
                                         : std::string(to_text(s.unit));
}
inline std::string moment_of(timed_action const& a, model const& m) {
  if (a.period != none) return "every " + to_string(m, a.period);
  std::string all = "at";
  for (double const t : a.times) (all += all == "at" ? " " : ", ") += quantity(t, units::second);
  return all;
}
}  // namespace detail

/// An equation as text: `dv/dt = (E - v)/tau : V (unless refractory)`.
inline std::string to_string(model const& m, equation const& e) {
  return "d" + spelling(m.at(e.symbol)) + "/dt = " + to_string(m, e.rhs) + " : " +
         detail::type_or_unit(m.at(e.symbol)) +
         detail::flags_of({{e.unless_refractory, "unless refractory"}});
}
/// A subexpression as text: `I = g*(E - v) : A`.
inline std::string to_string(model const& m, subexpression const& s) {
  return spelling(m.at(s.symbol)) + " = " + to_string(m, s.value) + " : " +
         detail::type_or_unit(m.at(s.symbol)) +
         detail::flags_of({{s.constant_over_dt, "constant over dt"}, {s.is_shared, "shared"}});
}

/// A model as text, one equation, subexpression, condition or statement per line.
inline std::string to_string(model const& m) {
  std::string all;
  auto line = [&all](auto const&... parts) { ((all += parts), ...) += "\n"; };
  for (auto const& e : m.equations) line(to_string(m, e));
  for (auto const& s : m.subexpressions) line(to_string(m, s));
  if (m.threshold != none) line("threshold: ", to_string(m, m.threshold));
  for (auto const& s : m.reset) line("reset: ", to_string(m, s));
  if (m.refractory_time != none) line("refractory: ", to_string(m, m.refractory_time));
  if (m.refractory_while != none) line("refractory while: ", to_string(m, m.refractory_while));
  for (auto const& e : m.events) {
    line("event ", e.id.view(), ": ", to_string(m, e.condition));
    for (auto const& s : e.action) line("on ", e.id.view(), ": ", to_string(m, s));
  }
  for (auto const& a : m.actions)
    for (auto const& s : a.statements) line(detail::moment_of(a, m), ": ", to_string(m, s));
  for (auto const& p : m.pathways)
    for (auto const& s : p.statements)
      line(p.trigger == side::pre ? "on_pre: " : "on_post: ", to_string(m, s));
  return all;
}

}  // namespace nernst::ir
