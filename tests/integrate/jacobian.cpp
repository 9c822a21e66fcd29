// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/jacobian.hpp>

#include "catch.hpp"
#include "problems.hpp"

using namespace nernst;
using integrate::jacobian;

namespace {

/// The values of nodes of a model.
struct evaluation {
  ir::model const& m;
  ir::list<double> values = ir::list<double>(m.symbols.size());

  double& operator[](std::string_view id) { return values[m.find(id)]; }
  double symbol(int i) const { return values[i]; }
  double draw(ir::op, int) const { return NAN; }
  double of(int node) const {
    double result = 0;
    ir::interpreter<evaluation>(m.nodes, ir::list<int>{node})(*this, {&result, 1});
    return result;
  }
};

/// A system with a derivative that is a constant, one that depends on two states, one by time, and
/// four that are zero.
constexpr void example(test::draft& d) {
  auto const x = d.state("x"), y = d.state("y"), z = d.state("z");
  d.equation(x, x * y * d.t() - 3 * x);
  d.equation(y, exp(-x) + x - x);
  d.equation(z, 5.0 * z + sin(d.t()) + (y - y));
}

constexpr bool is_sparse() {
  test::draft d;
  example(d);
  integrate::system f(d.model);
  jacobian const j(f);
  auto const columns = [&j](int row) {
    int all = 0;
    for (auto const& e : j.row(row)) all = 10 * all + e.column + 1;
    return all;
  };
  return j.size() == 3 && columns(0) == 12 && columns(1) == 1 && columns(2) == 3 &&
         j.by_time(0) != ir::none && j.by_time(1) == ir::none && j.by_time(2) != ir::none &&
         !j.is_autonomous() && !j.is_linear(f) && d.model.nodes.is_literal(j.row(2)[0].node, 5);
}
static_assert(is_sparse());

constexpr bool sees_linearity(double factor) {
  test::draft d;
  auto const x = d.state("x"), y = d.state("y"), held = d.state("held");
  d.equation(x, d.t() * y - held * x);
  d.equation(y, x - factor * (x * x));
  integrate::system f(d.model);
  return jacobian(f).is_linear(f);
}
static_assert(sees_linearity(0) && !sees_linearity(2));

}  // namespace

TEST_CASE("The derivatives of slopes are those of calculus") {
  test::draft d;
  example(d);
  integrate::system f(d.model);
  jacobian const j(f);
  evaluation e{d.model};
  e["x"] = 0.7;
  e["y"] = -1.3;
  e["t"] = 2.5;
  CHECK(e.of(j.row(0)[0].node) == Approx(-1.3 * 2.5 - 3).epsilon(1e-15));
  CHECK(e.of(j.row(0)[1].node) == Approx(0.7 * 2.5).epsilon(1e-15));
  CHECK(e.of(j.by_time(0)) == Approx(0.7 * -1.3).epsilon(1e-15));
  CHECK(e.of(j.row(1)[0].node) == Approx(-std::exp(-0.7)).epsilon(1e-15));
  CHECK(e.of(j.by_time(2)) == Approx(std::cos(2.5)).epsilon(1e-15));
}

TEST_CASE("The derivatives of the Hodgkin-Huxley equations agree with differences") {
  test::draft d;
  test::hodgkin_huxley(d, true);
  integrate::system f(d.model);
  jacobian const j(f);
  CHECK(j.is_autonomous());
  evaluation e{d.model};
  test::start_hodgkin_huxley(e);
  e["v"] = -41.7;
  e["w"] = -60;
  for (int row = 0; row < j.size(); ++row) {
    int const rhs = d.model.equations[row].rhs;
    ir::list<double> found(j.size());
    for (auto const& entry : j.row(row)) found[entry.column] = e.of(entry.node);
    for (int column = 0; column < j.size(); ++column) {
      double& x = e.values[d.model.equations[column].symbol];
      double const at = x, h = 1e-4 * std::abs(at);
      auto const slope = [&](double there) {
        x = there;
        return e.of(rhs);
      };
      double const difference =
          (8 * (slope(at + h) - slope(at - h)) - slope(at + 2 * h) + slope(at - 2 * h)) / (12 * h);
      x = at;
      CHECK(found[column] == Approx(difference).epsilon(1e-7).margin(1e-7));
    }
  }
}

TEST_CASE("Derivatives at other states and another time") {
  test::draft d;
  example(d);
  integrate::system f(d.model);
  auto const x = f.state();
  auto const moved = jacobian(f).at(f, x + x, f.t() + f.dt());
  evaluation e{d.model};
  e["x"] = 0.7;
  e["y"] = -1.3;
  e["t"] = 2;
  e["dt"] = 0.5;
  CHECK(e.of(moved.row(0)[0].node) == Approx(-2.6 * 2.5 - 3).epsilon(1e-15));
  CHECK(e.of(moved.row(1)[0].node) == Approx(-std::exp(-1.4)).epsilon(1e-15));
}

TEST_CASE("Frozen equations have no derivatives while the neuron is refractory") {
  test::draft d;
  auto const x = d.state("x");
  d.equation(x, -2.0 * x, true);
  integrate::system f(d.model);
  jacobian const j(f);
  evaluation e{d.model};
  e["not_refractory"] = 1;
  CHECK(e.of(j.row(0)[0].node) == -2);
  e["not_refractory"] = 0;
  CHECK(e.of(j.row(0)[0].node) == 0);
}

TEST_CASE("States of equations outside the system are constants") {
  test::draft d;
  example(d);
  integrate::system f(d.model, {0});
  jacobian const j(f);
  CHECK(j.size() == 1);
  CHECK(j.row(0).size() == 1);
  CHECK(j.is_linear(f));
}

TEST_CASE("A user's function needs its derivative where a state goes in, and only there") {
  auto const reason = [](int derivative, bool of_state) {
    test::draft d;
    d.model.functions.push_back({ir::identifier("f"), 1, {}, {}, {derivative, -1, -1}, nullptr});
    d.model.functions.push_back({ir::identifier("g"), 1, {}, {}, {-1, -1, -1}, nullptr});
    auto const x = d.state("x"), y = d.state("y");
    d.equation(y, -y);
    d.equation(x, test::formula{&d.model, d.model.nodes.make(ir::op::call_1,
                                                             of_state ? x.node : d.t().node)} *
                      x);
    integrate::system f(d.model);
    auto const v = integrate::differentiable(f);
    CHECK(v.equation == (v.ok ? ir::none : 1));
    return v.ok ? std::string() : std::string(v.reason.view());
  };
  CHECK(reason(1, true).empty());
  CHECK(reason(-1, false).empty());
  CHECK(reason(-1, true) == "dx/dt: a function without derivative");
}
