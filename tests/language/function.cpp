// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"
#include <cmath>

using namespace written;

namespace {
struct sigmoid {
  template <class T>
  constexpr T operator()(T y) const {
    using std::exp;
    return T(1) / (T(1) + exp(-y));
  }
  struct derivative {
    template <class T>
    constexpr T operator()(T y) const {
      return sigmoid{}(y) * (T(1) - sigmoid{}(y));
    }
  };
};
/// a b^2, of which the second partial derivative is known in turn.
struct product {
  double operator()(double a, double c) const { return a * c * c; }
  struct by_c;
  struct derivative_1 {
    double operator()(double, double c) const { return c * c; }
  };
  using derivative_2 = by_c;
};
struct product::by_c {
  double operator()(double a, double c) const { return 2 * a * c; }
  struct derivative_1 {
    double operator()(double, double c) const { return 2 * c; }
  };
};
struct cosine;
struct sine {
  double operator()(double y) const { return std::sin(y); }
  using derivative = cosine;
};
struct minus_sine {
  double operator()(double y) const { return -std::sin(y); }
};
struct cosine {
  double operator()(double y) const { return std::cos(y); }
  using derivative = minus_sine;
};
struct fused {
  double operator()(double a, double c, double e) const { return a * c + e; }
};

constexpr auto f = function<"f", sigmoid>(one, one);
constexpr auto g = function<"g", product>(volt, one, volt);
constexpr auto h = function<"h", fused>(volt, one, volt, volt);

template <class F, class... T>
concept Calls = requires(F call, T... y) { call(y...); };
}  // namespace

TEST_CASE("a function of the user's own", "[language]") {
  CHECK(text(where(x > 0, x, -x)) == "select(x > 0, x, -x)");
  STATIC_REQUIRE(unit_of<decltype(f(v / mV))> == ir::units::one);
  STATIC_REQUIRE(unit_of<decltype(g(2, v))> == ir::units::volt);
  CHECK(value(f(v / mV), {{"v", 1e-3}}, functions(f)) == Approx(0.7310585786300049));
  CHECK(value(2 * g(3, v), {{"v", 0.5}}, functions(f, g)) == 1.5);
  CHECK(value(h(x, v, 1 * volt) + g(x, v), {{"x", 3}, {"v", 2}}, functions(g, h)) == 19);
  STATIC_REQUIRE(Calls<decltype(f), decltype(x)>);
  STATIC_REQUIRE(!Calls<decltype(f), decltype(on)>);
}

TEST_CASE("functions are listed, behind them their derivatives", "[language]") {
  constexpr auto written =
      neuron(d(v) / dt = g(f(x), v) / ms, functions(f, g), d(x) / dt = f(x) / ms);
  using listed = decltype(written)::functions;
  STATIC_REQUIRE(
      std::same_as<listed,
                   ir::type_list<sigmoid, product, sigmoid::derivative, product::derivative_1,
                                 product::by_c, product::by_c::derivative_1>>);
  ir::model const m = lower(written);
  REQUIRE(m.functions.size() == listed::size);
  char const* const names[] = {"f", "g", "f'", "g'1", "g'2", "g'2'1"};
  for (int k = 0; k < m.functions.size(); ++k) CHECK(m.functions[k].id == names[k]);
  CHECK(m.functions[0].derivative[0] == 2);
  CHECK(m.functions[1].derivative[0] == 3);
  CHECK(m.functions[1].derivative[1] == 4);
  CHECK(m.functions[4].derivative[0] == 5);
  CHECK(m.functions[4].derivative[1] == -1);
  CHECK(m.functions[1].arity == 2);
  CHECK(m.functions[1].argument[0] == ir::units::one);
  CHECK(m.functions[1].argument[1] == ir::units::volt);
  CHECK(m.functions[1].result == ir::units::volt);
  CHECK(m.functions[4].result == ir::units::one);
  double const at[] = {3, 0.5};
  CHECK(m.functions[4].evaluate(at) == 3);
  CHECK(m.functions[5].evaluate(at) == 1);
  CHECK(ir::check(m).ok());
  CHECK(ir::to_string(m, m.equations[0].rhs) == "g(f(x), v)/(1*ms)");
}

TEST_CASE("a functor that is there already is not listed again", "[language]") {
  constexpr auto s = function<"s", sine>(one, one);
  constexpr auto c = function<"c", cosine>(one, one);
  constexpr auto written = neuron(functions(s, c));
  STATIC_REQUIRE(
      std::same_as<decltype(written)::functions, ir::type_list<sine, cosine, minus_sine>>);
  ir::model const m = lower(written);
  CHECK(m.functions[0].derivative[0] == 1);
  CHECK(m.functions[1].derivative[0] == 2);
  CHECK(m.functions[2].derivative[0] == -1);
  STATIC_REQUIRE(decltype(neuron())::functions::size == 0);
}

TEST_CASE("synapses call functions", "[language]") {
  constexpr auto written = synapse(functions(f), on_pre(post(x) += f(x)));
  STATIC_REQUIRE(
      std::same_as<decltype(written)::functions, ir::type_list<sigmoid, sigmoid::derivative>>);
  CHECK(ir::to_string(lower(written)) == "on_pre: x_post += f(x)\n");
}

TEST_CASE("mistakes with functions", "[language]") {
  auto const said = [](ir::model const& m) { return std::string(ir::to_text(ir::check(m))); };
  CHECK(said(lower(neuron(reset(x = f(x))))) ==
        "the function 'f' is not defined here: expected functions(...) with it");
  auto const other = function<"f", sine>(one, one);
  CHECK(said(lower(neuron(functions(f, other)))) == "there is more than one 'function f'");
}
