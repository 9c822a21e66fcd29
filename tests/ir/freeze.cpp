// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/freeze.hpp>
#include <nernst/ir/simplify.hpp>

#include "notation.hpp"

using namespace notation;

namespace {

constexpr ir::model make_model() {
  maker m;
  auto const v = m.variable("v", ir::units::volt), w = m.variable("w");
  m.equation(v, -v / m.number(0.01, ir::units::second), true);
  m.equation(w, w - w);
  m.model.subexpressions.push_back({m.symbol(w), v.node, true, false});
  m.model.threshold = v > m.number(1, ir::units::volt);
  m.model.reset = {m.set(v, v + v)};
  m.model.refractory_time = m.number(0.002, ir::units::second);
  m.model.events.push_back({"bang",
                            w > 2.0,
                            {ir::slot::start, 3},
                            {m.set(w, w * 2.0), m.set(v, v)},
                            {ir::slot::end, -1}});
  m.model.actions.push_back({ir::none, {0.5, 0.75}, {m.set(w, w + 1.0)}, {ir::slot::groups, 2}});
  m.model.actions.push_back({m.number(0.1, ir::units::second), {}, {m.set(w, w + 2.0)}, {}});
  m.model.pathways.push_back({ir::side::post, {m.set(w, w * w)}});
  m.model.functions.push_back({"f", 2, {}, ir::units::volt});
  m.model.method = ir::method_id::rk4;
  m.model.scheme = "x_new = x";
  m.model.draws = 7;
  m.model.mistake.what = ir::mistake::unknown_variable;
  return m.model;
}

constexpr ir::model_size size = ir::size_of(make_model());
static_assert(size.nodes == make_model().nodes.size() && size.symbols == 2 &&
              size.statements == 6 && size.times == 2);
constexpr ir::frozen_of<size> frozen(make_model());

constexpr bool same(std::vector<ir::assignment> const& a, std::vector<ir::assignment> const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k)
    if (a[k].symbol != b[k].symbol || a[k].value != b[k].value) return false;
  return true;
}
constexpr bool is_kept() {
  ir::model const a = make_model(), b = frozen.thaw();
  if (a.nodes.size() != b.nodes.size() || ir::roots(a) != ir::roots(b) || a.symbols != b.symbols)
    return false;
  for (int i = 0; i < a.nodes.size(); ++i)
    if (!(a.nodes[i] == b.nodes[i])) return false;
  bool const events = b.events.size() == 1 && b.events[0].id == a.events[0].id &&
                      b.events[0].check == a.events[0].check &&
                      b.events[0].act == a.events[0].act &&
                      same(a.events[0].action, b.events[0].action);
  bool const actions = b.actions.size() == 2 && b.actions[0].times == a.actions[0].times &&
                       b.actions[1].times.empty() && b.actions[0].when == a.actions[0].when &&
                       same(a.actions[0].statements, b.actions[0].statements) &&
                       same(a.actions[1].statements, b.actions[1].statements) &&
                       b.actions[1].period == a.actions[1].period;
  bool const others = b.equations[0].unless_refractory && b.subexpressions[0].constant_over_dt &&
                      same(a.reset, b.reset) && b.pathways[0].trigger == ir::side::post &&
                      same(a.pathways[0].statements, b.pathways[0].statements) &&
                      b.functions[0].id == "f" && b.functions[0].arity == 2 &&
                      b.method == ir::method_id::rk4 && b.scheme == a.scheme && b.draws == 7 &&
                      b.mistake.what == ir::mistake::unknown_variable &&
                      b.refractory_while == ir::none;
  return events && actions && others;
}
static_assert(is_kept());

// A thawed graph finds the nodes it has, and takes new ones.
constexpr bool grows() {
  ir::model m = frozen.thaw();
  int const before = m.nodes.size(), v = m.nodes.symbol(0);
  if (m.nodes.size() != before) return false;
  int const fresh = m.nodes.make(op::sin, v);
  return fresh == before && m.nodes.make(op::sin, v) == fresh;
}
static_assert(grows());

// Nothing is read of lists that were emptied.
constexpr ir::frozen_of<ir::model_size{}> nothing = [] {
  ir::model m;
  m.equations.resize(2);
  m.equations.clear();
  return ir::frozen_of<ir::model_size{}>(m);
}();
static_assert(nothing.thaw().nodes.size() == 0 && nothing.thaw().symbols.empty() &&
              nothing.thaw().threshold == ir::none);

}  // namespace
