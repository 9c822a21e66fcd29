// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/decimal.hpp>
#include <nernst/ir/model.hpp>
#include <nernst/ir/piece.hpp>
#include <nernst/ir/schedule.hpp>

#include <utility>

namespace nernst::ir {

/// The name of an operation as texts have it: Brian's, where it has one.
constexpr string_view name_of(op code) {
  operation const& o = properties(code);
  return o.brian.empty() ? o.name : o.brian;
}

/// Writes expressions in the notation of Brian equations (`x**2`, `not a and b`), with the
/// parentheses that keep the order of evaluation.
class printer {
 public:
  /// `variable(int symbol)` gives the name of a variable, `function(int which)` that of a function
  /// of the user.
  template <class Variable, class Function>
  printer(graph const& g, int root, Variable variable, Function function) {
    list<part> parts(g.size());
    list<int> const order = schedule(g, root);
    for (int const i : order) {
      node const& n = g[i];
      part const nothing;
      int const arity = operands(n.code);
      part const& a = arity > 0 ? parts[n.a] : nothing;
      part const& b = arity > 1 ? parts[n.b] : nothing;
      part const& c = arity > 2 ? parts[n.c] : nothing;
      part p;
      if (n.code == op::symbol)
        p.text = variable(n.which);
      else if (is_lookup(n.code))
        p = called(std::string(variable(n.which)), arity, a, b, c);
      else if (is_call(n.code))
        p = called(std::string(function(n.which)), arity, a, b, c);
      else
        p = write(n, a, b, c);
      if (p.text.size() > longest) p = {"(...)"};
      parts[i] = p;
    }
    if (root != none) text_ = parts[root].text;
  }
  std::string const& text() const { return text_; }

 private:
  static constexpr std::size_t longest = 100000;
  using part = piece<binding>;

  static part called(std::string const& function, int arity, part const& a, part const& b,
                     part const& c) {
    if (arity == 1) return call(function, {&a});
    return arity == 2 ? call(function, {&a, &b}) : call(function, {&a, &b, &c});
  }
  static part added(part const& a, part const& b) {
    bool const negative = b.text[0] == '-' && b.binds >= binding::product;
    if (!negative) return infix(a, " + ", b, binding::sum);
    return infix(a, " - ", {b.text.substr(1), b.binds}, binding::sum);
  }
  static part number(node const& n) {
    std::string const text = written(n.value, n.unit);
    if (!n.unit.is_one()) return {text, binding::product};
    return {text, n.value < 0 ? binding::sign : binding::atom};
  }
  static part compared(part const& a, std::string const& between, part const& b) {
    constexpr binding own = binding::comparison;
    return {within(a, a.binds <= own) + between + within(b, b.binds <= own), own};
  }

  static part write(node const& n, part const& a, part const& b, part const& c) {
    operation const& o = properties(n.code);
    std::string const own(name_of(n.code));
    if (n.code == op::literal) return number(n);
    if (o.operands == 0) return {own + "(" + std::to_string(n.which) + ")"};
    if (n.code == op::add) return added(a, b);
    switch (o.binds) {
    case binding::atom:
    case binding::loosest:
      return called(own, o.operands, a, b, c);
    case binding::sign:
      return {own + within(a, a.binds < binding::sign || a.text[0] == '-'), binding::sign};
    case binding::inversion:
      return {own + " " + within(a, a.binds < binding::inversion), binding::inversion};
    case binding::comparison:
      return compared(a, " " + own + " ", b);
    case binding::exponent: {
      std::string const base = within(a, a.binds <= binding::exponent);
      return {base + own + within(b, b.binds < binding::exponent), binding::exponent};
    }
    case binding::product:
      if (n.code != op::floor_mod) return infix(a, own, b, binding::product);
      [[fallthrough]];
    default:
      return infix(a, " " + own + " ", b, o.binds);
    }
  }

  std::string text_;
};

/// `spelled` as a text.
inline std::string spelling(symbol const& s) {
  return std::string(spelled(s).view());
}

/// An expression of a model as text. A part with more than 100 000 characters is written `(...)`.
inline std::string to_string(model const& m, int root) {
  auto function = [&m](int which) { return std::string(m.functions[which].id.view()); };
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
  auto is_old = [&](int i) {
    return m.nodes[i].code == op::symbol && m.nodes[i].which == s.symbol;
  };
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
  for (double const t : a.times) (all += all == "at" ? " " : ", ") += written(t, units::second);
  return all;
}
}  // namespace detail

/// An equation as text: `dv/dt = (E - v)/tau : V (unless refractory)`.
inline std::string to_string(model const& m, equation const& e) {
  return "d" + spelling(m.at(e.symbol)) + "/dt = " + to_string(m, e.rhs) + " : " +
         detail::type_or_unit(m.at(e.symbol)) +
         detail::flags_of(
             {{e.unless_refractory, "unless refractory"}, {e.event_driven, "event-driven"}});
}
/// A subexpression as text: `I = g*(E - v) : A`.
inline std::string to_string(model const& m, subexpression const& s) {
  return spelling(m.at(s.symbol)) + " = " + to_string(m, s.value) + " : " +
         detail::type_or_unit(m.at(s.symbol)) +
         detail::flags_of({{s.constant_over_dt, "constant over dt"}, {s.is_shared, "shared"}});
}
/// A sum as text: `g_post = w*s : S (summed)`.
inline std::string to_string(model const& m, summation const& s) {
  return spelling(m.at(s.symbol)) + " = " + to_string(m, s.value) + " : " +
         detail::type_or_unit(m.at(s.symbol)) + " (summed)";
}

/// A model as text, one equation, subexpression, sum, condition or statement per line.
inline std::string to_string(model const& m) {
  std::string all;
  auto line = [&all](auto const&... parts) { ((all += parts), ...) += "\n"; };
  for (auto const& e : m.equations) line(to_string(m, e));
  for (auto const& s : m.subexpressions) line(to_string(m, s));
  for (auto const& s : m.sums) line(to_string(m, s));
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
    for (auto const& s : p.statements) line(occasion_of(p).view(), ": ", to_string(m, s));
  for (auto const& c : m.currents)
    line("current", c.ion.size > 0 ? " of " + std::string(c.ion.view()) : "", ": ",
         to_string(m, c.value));
  for (auto const& s : m.initial) line("initial: ", to_string(m, s));
  for (auto const& s : m.written) line("write: ", to_string(m, s));
  for (auto const& d : m.diffusions)
    line("diffuses: ", spelling(m.at(d.symbol)), " in ", spelling(m.at(d.volume)), " by ",
         spelling(m.at(d.transport)));
  for (auto const& s : m.on_spike) line("on_spike: ", to_string(m, s));
  for (auto const& e : m.event_blocks)
    for (auto const& s : e.statements) line("event: ", to_string(m, s));
  if (m.multisynaptic_index != none)
    line("multisynaptic index: ", spelling(m.at(m.multisynaptic_index)));
  if (m.per_synapse) line("state: ", "per synapse");
  return all;
}

}  // namespace nernst::ir
