// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/neurons.hpp>

#include <algorithm>

namespace nernst::detail {

/// Appends a list of operations (or the part of it that `result` needs) to another one; returns the
/// place of the result.
inline int append(std::span<ir::node const> program, int result, std::vector<ir::node>& to) {
  std::vector<char> needed(program.size(), 0);
  std::vector<int> place(program.size(), ir::none);
  auto each_operand = [](ir::node& n, auto const& f) {
    int const arity = ir::operands(n.code);
    if (arity > 0) f(n.a);
    if (arity > 1) f(n.b);
    if (arity > 2) f(n.c);
  };
  needed[static_cast<std::size_t>(result)] = 1;
  for (std::size_t k = program.size(); k-- > 0;) {
    ir::node n = program[k];
    if (needed[k] != 0) each_operand(n, [&](int& x) { needed[static_cast<std::size_t>(x)] = 1; });
  }
  for (std::size_t k = 0; k < program.size(); ++k) {
    if (needed[k] == 0) continue;
    ir::node n = program[k];
    each_operand(n, [&](int& x) { x = place[static_cast<std::size_t>(x)]; });
    place[k] = static_cast<int>(to.size());
    to.push_back(n);
  }
  return place[static_cast<std::size_t>(result)];
}

/// An expression of anything that has a name in a population, ready to be evaluated there.
template <class Real>
class expression_binder {
 public:
  explicit expression_binder(neurons<Real> const& of) : of_(of) {}

  /// Whether neurons have something of that name: a variable, a subexpression, `t dt i N`, or
  /// `not_refractory lastspike` where a model has a refractory period.
  static bool is_known(kernel::facts const& model, std::string_view id) {
    if (id.empty() || id.front() == '_') return false;
    builtin const b = builtin_of(id);
    if (b == at_not_refractory) return model.flag != ir::none || model.last_spike != ir::none;
    if (b == at_last_spike) return model.last_spike != ir::none;
    if (b != unknown) return true;
    int const s = model.find(id);
    if (s == ir::none) return false;
    ir::role const kind = model.variables[static_cast<std::size_t>(s)].symbol.kind;
    return kind != ir::role::coefficient && kind != ir::role::table && kind != ir::role::noise;
  }

  /// The place of the value of what has that name.
  int read(std::string_view id) {
    builtin const b = builtin_of(id);
    if (b != unknown) return leaf(b);
    kernel::facts const& model = of_.facts();
    int const s = model.find(id);
    for (std::size_t k = 0; k < model.subexpressions.size(); ++k) {
      if (model.subexpressions[k] != s) continue;
      std::size_t const periods = model.named.results.size() - model.subexpressions.size();
      return append(bind(model.named.program, model.variables), model.named.results[periods + k],
                    bound_.program);
    }
    return leaf(s);
  }
  /// The place of the value of an expression that names its variables and timed arrays by place in
  /// `variables`, its functions by place in `functions`. All of them have to be known. Each
  /// expression draws random numbers of its own.
  int read(ir::flat_expressions const& e, std::vector<ir::symbol> const& variables,
           std::vector<ir::name> const& functions) {
    std::vector<int> place;
    int const first_draw = draws_;
    auto at = [&](int k) { return place[static_cast<std::size_t>(k)]; };
    for (ir::node n : e.program) {
      if (n.code == ir::op::symbol) {
        place.push_back(read(variables[static_cast<std::size_t>(n.a)].id));
        continue;
      }
      int const arity = ir::operands(n.code);
      if (arity > 0) n.a = at(n.a);
      if (arity > 1) n.b = at(n.b);
      if (arity > 2) n.c = at(n.c);
      if (ir::is_random(n.code)) {
        int& number = arity == 0 ? n.a : n.tag;
        number += first_draw;
        draws_ = std::max(draws_, number + 1);
      }
      if (ir::is_lookup(n.code))
        n.tag = of_.facts().find(variables[static_cast<std::size_t>(n.tag)].id);
      if (ir::is_call(n.code)) n.tag = function(functions[static_cast<std::size_t>(n.tag)]);
      place.push_back(static_cast<int>(bound_.program.size()));
      bound_.program.push_back(n);
    }
    return at(e.results[0]);
  }
  /// What was read, with the places of some of its values as results.
  ir::flat_expressions with_results(std::vector<int> results) && {
    bound_.results = std::move(results);
    return std::move(bound_);
  }

  int function(std::string_view id) const {
    auto const& all = of_.facts().functions;
    for (std::size_t k = 0; k < all.size(); ++k)
      if (all[k].id == id) return static_cast<int>(k);
    return ir::none;
  }

 private:
  int leaf(int symbol) {
    ir::node n;
    n.code = ir::op::symbol;
    n.a = symbol;
    bound_.program.push_back(n);
    return static_cast<int>(bound_.program.size()) - 1;
  }

  neurons<Real> const& of_;
  ir::flat_expressions bound_;
  int draws_ = 0;
};

/// The value per neuron of anything in a population that has a name. Reading allocates nothing.
template <class Real>
class named_value {
 public:
  named_value(neurons<Real> const& of, std::string_view id, std::uint32_t first,
              std::uint32_t count)
      : evaluate_(expression(of, id)), here_(of.environment(0, 0)) {
    here_.first = first;
    here_.count = count;
  }

  /// Goes to a time: before the update of a step, or behind it.
  void at(double time, std::int64_t step, bool updated = false) {
    here_.time = time;
    here_.step = step;
    here_.settled = updated ? step : step - 1;
  }
  double operator()(std::uint32_t neuron) {
    double value = 0;
    here_.element = neuron;
    evaluate_(here_, std::span<double>(&value, 1));
    return value;
  }

 private:
  static ir::flat_expressions expression(neurons<Real> const& of, std::string_view id) {
    expression_binder<Real> e(of);
    int const place = e.read(id);
    return std::move(e).with_results({place});
  }

  ir::interpreter<element_environment<Real>> evaluate_;
  element_environment<Real> here_;
};

}  // namespace nernst::detail
