// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/interpreter.hpp>
#include <nernst/language/draw_numbers.hpp>
#include <nernst/language/written_expression.hpp>

namespace nernst::language {

namespace detail {}  // namespace detail

namespace detail {
/// Where nothing has a name, and nothing is drawn.
struct empty_environment {
  double symbol(int) const { return NAN; }
  double draw(ir::op, int) const { return NAN; }
};
}  // namespace detail

NERNST_INLINE bool written_expression::is_constant() const {
  bool draws = false;
  for (ir::node const& n : code.operations) draws = draws || ir::is_random(n.code);
  return variables.empty() && functions.empty() && !draws;
}

NERNST_INLINE double written_expression::value() const {
  double v = 0;
  ir::interpreter<detail::empty_environment> evaluate(code);
  evaluate({}, ir::span<double>(&v, 1));
  return v;
}

NERNST_INLINE written_expression part_of(ir::model const& of, int root) {
  written_expression e;
  e.code = ir::record(of.nodes, ir::span<int const>(&root, 1));
  ir::list<int> place(of.symbols.size(), ir::none);
  for (ir::node& n : e.code.operations) {
    if (n.code != ir::op::symbol && !ir::is_lookup(n.code)) continue;
    int& known = place[n.which];
    if (known == ir::none) {
      known = e.variables.size();
      e.variables.push_back(of.at(n.which));
    }
    n.which = known;
  }
  return e;
}

NERNST_INLINE written_expression flatten(term const* terms, int size, ir::dimension unit) {
  written_expression e;
  e.unit = unit;
  int draws = 0;
  detail::draw_numbers number;
  for (term const* x = terms; x != terms + size; ++x) {
    ir::identifier const id(x->id);
    ir::node n;
    n.code = x->code;
    n.a = x->a;
    n.b = x->b;
    n.c = x->c;
    n.value = x->value;
    n.unit = x->unit;
    if (x->code == ir::op::symbol)
      n.which = detail::place_in(e.variables, symbol_of(*x));
    else if (ir::is_lookup(x->code))
      n.which = detail::place_in(e.variables, {.id = id, .kind = ir::role::table, .unit = x->unit});
    else if (ir::is_call(x->code))
      n.which = detail::place_in(e.functions, id);
    else if (ir::is_random(x->code))
      n.which = number(*x, draws);
    e.code.operations.push_back(n);
  }
  e.code.results.push_back(size - 1);
  return e;
}

}  // namespace nernst::language
