// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate.hpp>
#include <nernst/ir/interpreter.hpp>

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// A model written with operators, and the steps that a method derives for it, evaluated for one
/// element.
namespace nernst::test {

struct formula {
  ir::model* m = nullptr;
  int node = ir::none;

  constexpr formula number(double x) const { return {m, m->nodes.literal(x)}; }
  constexpr formula apply(ir::op code) const { return {m, m->nodes.make(code, node)}; }
  friend constexpr formula operator+(formula a, formula b) {
    return {a.m, a.m->nodes.add(a.node, b.node)};
  }
  friend constexpr formula operator-(formula a, formula b) {
    return {a.m, a.m->nodes.subtract(a.node, b.node)};
  }
  friend constexpr formula operator*(formula a, formula b) {
    return {a.m, a.m->nodes.multiply(a.node, b.node)};
  }
  friend constexpr formula operator/(formula a, formula b) {
    return {a.m, a.m->nodes.divide(a.node, b.node)};
  }
  friend constexpr formula operator-(formula a) { return {a.m, a.m->nodes.negate(a.node)}; }
  friend constexpr formula operator+(formula a, double b) { return a + a.number(b); }
  friend constexpr formula operator-(formula a, double b) { return a - a.number(b); }
  friend constexpr formula operator-(double a, formula b) { return b.number(a) - b; }
  friend constexpr formula operator+(double a, formula b) { return b.number(a) + b; }
  friend constexpr formula operator*(double a, formula b) { return b.number(a) * b; }
  friend constexpr formula operator/(formula a, double b) { return a / a.number(b); }
};
constexpr formula exp(formula a) {
  return a.apply(ir::op::exp);
}
constexpr formula sin(formula a) {
  return a.apply(ir::op::sin);
}
constexpr formula cos(formula a) {
  return a.apply(ir::op::cos);
}

/// Makes a model.
struct draft {
  ir::model model;

  constexpr formula variable(std::string_view id, ir::role kind, ir::dimension unit = {}) {
    return {&model,
            model.nodes.symbol(model.declare({ir::identifier(id), kind, ir::side::here, unit}))};
  }
  constexpr formula state(std::string_view id, ir::dimension unit = {}) {
    return variable(id, ir::role::state, unit);
  }
  constexpr formula number(double x, ir::dimension unit = {}) {
    return {&model, model.nodes.literal(x, unit)};
  }
  constexpr formula t() { return {&model, model.time()}; }
  /// White noise: xi, xi_a ...
  constexpr formula xi(std::string_view id = "xi") {
    return variable(id, ir::role::noise, power(ir::units::second, {-1, 2}));
  }
  /// A timed array at a time.
  constexpr formula lookup(std::string_view id, formula time) {
    int const table = model.declare({ir::identifier(id), ir::role::table, ir::side::here, {}});
    return {&model, model.nodes.make(ir::op::lookup, time.node, ir::none, ir::none, table)};
  }
  constexpr void equation(formula x, formula rhs, bool unless_refractory = false,
                          ir::method_id method = ir::method_id::automatic) {
    model.equations.push_back({.symbol = model.nodes[x.node].which,
                               .rhs = rhs.node,
                               .unless_refractory = unless_refractory,
                               .method = method});
  }
};

/// What a method says of a model.
template <class Method>
constexpr integrate::verdict accepts(ir::model& m) {
  integrate::system f(m);
  return Method::accepts(f);
}

/// One step of a method that is known to accept the model.
template <integrate::Method Method>
constexpr integrate::plan integrate_with(ir::model& m) {
  integrate::system f(m);
  return Method::advance(f);
}

/// Evaluates a plan, one step after the other.
class stepper {
 public:
  stepper(ir::model const& m, integrate::plan p, double dt)
      : m_(m), plan_(std::move(p)), dt_(dt), values_(m.symbols.size(), 0.0),
        update_(m.nodes, roots_of(plan_)), next_(plan_.update.size()) {
    (*this)["dt"] = dt;
    (*this)["t"] = 0;
    set_active(true);
  }

  double& operator[](std::string_view id) {
    int const i = m_.find(id);
    if (i == ir::none) throw std::out_of_range(std::string(id));
    return values_[i];
  }
  void set_active(bool active) {
    if (m_.find("not_refractory") != ir::none) (*this)["not_refractory"] = active ? 1 : 0;
  }

  /// The random numbers of the next step, by the number of the draw.
  std::vector<double> draws;
  /// The timed array.
  double (*table)(double time) = nullptr;

  /// Computes the coefficients, as at the beginning of a run, and then steps.
  void run(int steps) {
    prepare();
    for (int s = 0; s < steps; ++s) step();
  }
  void prepare() {
    for (auto const& block : plan_.exact) {
      ir::list<double> a(block.matrix.size());
      ir::interpreter<environment>(m_.nodes, block.matrix)({values_, draws, table}, a);
      for (double& x : a) x *= dt_;
      auto const p = integrate::matrix_exponential<double>(a, block.order);
      for (int i = 0; i < p.size(); ++i)
        if (block.coefficient[i] != ir::none) values_[block.coefficient[i]] = p[i];
    }
  }
  void step() { step_from(dt_ * step_++); }
  void step_from(double t) {
    (*this)["t"] = t;
    update_({values_, draws, table}, next_);
    for (int i = 0; i < next_.size(); ++i) values_[plan_.update[i].symbol] = next_[i];
  }

 private:
  struct environment {
    ir::list<double> const& values;
    std::vector<double> const& draws;
    double (*table)(double);
    double symbol(int i) const { return values[i]; }
    double draw(ir::op, int i) const { return draws.at(static_cast<std::size_t>(i)); }
    double lookup(int, double time, double) const { return table(time); }
  };
  static ir::list<int> roots_of(integrate::plan const& p) {
    ir::list<int> roots;
    for (auto const& a : p.update) roots.push_back(a.value);
    return roots;
  }

  ir::model const& m_;
  integrate::plan plan_;
  double dt_;
  int step_ = 0;
  ir::list<double> values_;
  ir::interpreter<environment> update_;
  ir::list<double> next_;
};

/// The order at which the error of a method shrinks from `steps` to twice as many; `error(steps)`
/// solves the problem.
template <class Error>
double observed_order(Error error, int steps) {
  return std::log2(error(steps) / error(2 * steps));
}

/// dx/dt = x sin(t), x(0) = 1: at t = 2 the solution is exp(1 - cos(2)). The slope at the right
/// times matters.
template <class Method>
double growth_error(int steps) {
  draft d;
  auto const x = d.state("x");
  d.equation(x, x * sin(d.t()));
  auto const p = test::integrate_with<Method>(d.model);
  stepper s(d.model, p, 2.0 / steps);
  s["x"] = 1;
  s.run(steps);
  return std::abs(s["x"] - std::exp(1 - std::cos(2.0)));
}

/// dx/dt = y, dy/dt = -x, from (1, 0): at t = 2 the solution is (cos 2, -sin 2).
template <class Method>
double oscillator_error(int steps) {
  draft d;
  auto const x = d.state("x"), y = d.state("y");
  d.equation(x, y);
  d.equation(y, -x);
  auto const p = test::integrate_with<Method>(d.model);
  stepper s(d.model, p, 2.0 / steps);
  s["x"] = 1;
  s.run(steps);
  return std::hypot(s["x"] - std::cos(2.0), s["y"] + std::sin(2.0));
}

/// dx/dt = -x^2 + t y, dy/dt = x y - y, against a fine solution by rk4: not linear, coupled and
/// dependent on t.
template <class Method>
double coupled_error(int steps) {
  auto solve = [](auto method, int n) {
    draft d;
    auto const x = d.state("x"), y = d.state("y");
    d.equation(x, d.t() * y - x * x);
    d.equation(y, x * y - y);
    auto const p = test::integrate_with<decltype(method)>(d.model);
    stepper s(d.model, p, 1.0 / n);
    s["x"] = 1;
    s["y"] = 0.5;
    s.run(n);
    return std::pair(s["x"], s["y"]);
  };
  static auto const fine = solve(integrate::rk4{}, 4000);
  auto const coarse = solve(Method{}, steps);
  return std::hypot(coarse.first - fine.first, coarse.second - fine.second);
}

}  // namespace nernst::test
