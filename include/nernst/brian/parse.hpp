// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/model.hpp>
#include <nernst/ir/check.hpp>
#include <nernst/ir/resolve.hpp>

namespace nernst::brian {

/// An expression that has been read: node `root` of `model.nodes`, in terms of `model.symbols`, or
/// `model.mistake`.
struct parsed_expression {
  ir::model model;
  int root = ir::none;

  constexpr ir::diagnosis const& mistake() const { return model.mistake; }
};

namespace detail {
constexpr parsed_expression parse(std::string_view text, std::string_view label,
                                  std::span<ir::symbol const> variables,
                                  std::span<constant const> constants) {
  lowering into(false);
  reader& r = into.names();
  r.has_refractory = true;
  for (ir::symbol const& s : variables) {
    if (s.owner != ir::side::here || s.id.size == 0 ||
        letters.of(s.id.data[0]) != letter::alphabetic || s.id.data[0] == '_')
      continue;
    known_name& n = r.names[r.names.intern(s.id)];
    n.what = s.kind == ir::role::table ? meaning::table : meaning::variable;
    int const symbol = r.add_symbol(s);
    if (s.kind != ir::role::table)
      r.become_variable(n, symbol);
    else
      n.index = symbol;
  }
  into.enter_constants(constants);
  source const all{text, label, tokenize(text, r.names)};
  parsed_expression e;
  e.root = read_expression(r, all);
  e.model = std::move(into.result());
  return e;
}

/// Checks an expression as the value of a variable called `label`, and brings it into the form that
/// can be evaluated.
constexpr void finish(parsed_expression& e, std::string_view label, ir::symbol value) {
  ir::model& m = e.model;
  if (!m.mistake.ok()) return;
  value.id = ir::name(label);
  value.kind = ir::role::subexpression;
  m.symbols.push_back(value);
  // A value that is held: it may draw random numbers.
  m.subexpressions.push_back({static_cast<int>(m.symbols.size()) - 1, e.root, true, false});
  ir::checker c(m);
  c.run();
  if (c.found().ok())
    ir::resolve_types(m, c);
  else
    m.mistake = c.found();
  e.root = m.subexpressions[0].value;
  m.subexpressions.clear();
  m.symbols.pop_back();
}
}  // namespace detail

/// Reads the value for a variable, such as `El + randn()*5*mV`. Names are those of `variables` (of
/// a population) and `constants`, and what every model has: `t dt i N`, functions and units. The
/// unit must be that of `target`, and what is assigned to an integer is truncated. `label` names
/// the text in messages.
constexpr parsed_expression parse_expression(std::string_view text, ir::symbol const& target,
                                             std::span<ir::symbol const> variables,
                                             std::span<constant const> constants = {},
                                             std::string_view label = {}) {
  parsed_expression e = detail::parse(text, label, variables, constants);
  detail::finish(e, label.empty() ? target.id.view() : label, target);
  return e;
}
/// Reads a condition, such as `i > 10`.
constexpr parsed_expression parse_condition(std::string_view text,
                                            std::span<ir::symbol const> variables,
                                            std::span<constant const> constants = {},
                                            std::string_view label = {}) {
  parsed_expression e = detail::parse(text, label, variables, constants);
  detail::finish(e, label.empty() ? "condition" : label, {{}, {}, {}, {}, ir::value_type::boolean});
  return e;
}
/// Reads the value of a constant: a number with or without a unit that needs no variables (`10*mV`,
/// `1/(5*ms)`). The mistake tells if there is none.
constexpr parsed_expression parse_value(std::string_view text,
                                        std::span<constant const> constants = {}) {
  parsed_expression e = detail::parse(text, "value", {}, constants);
  if (e.model.mistake.ok() && !e.model.nodes.is_literal(e.root))
    e.model.mistake = {ir::mistake::syntax_error, "value", "a number or a quantity", {}};
  return e;
}

}  // namespace nernst::brian
