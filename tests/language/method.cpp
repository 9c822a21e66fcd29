// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/check.hpp>

#include "written.hpp"

using namespace written;

namespace {
struct my_method {};
constexpr auto dv = d(v) / dt = -v / ms;
constexpr auto dw = d(w) / dt = -w / ms;
constexpr auto dx = d(x) / dt = -x / ms;

std::string said(ir::model const& m) {
  return std::string(ir::to_text(ir::check(m)));
}
}  // namespace

TEST_CASE("methods are known by number or by type", "[language]") {
  auto const asked = [](auto const& m) { return lower(neuron(m)).method; };
  CHECK(lower(neuron()).method == ir::method_id::automatic);
  CHECK(asked(method(exact)) == ir::method_id::exact);
  CHECK(asked(method(exponential_euler)) == ir::method_id::exponential_euler);
  CHECK(asked(method(euler)) == ir::method_id::euler);
  CHECK(asked(method(rk2)) == ir::method_id::rk2);
  CHECK(asked(method(rk4)) == ir::method_id::rk4);
  CHECK(asked(method(heun)) == ir::method_id::heun);
  CHECK(asked(method(milstein)) == ir::method_id::milstein);
  CHECK(asked(method(backward_euler)) == ir::method_id::backward_euler);
  CHECK(asked(method(rosenbrock)) == ir::method_id::rosenbrock);
  CHECK(asked(method(rk45)) == ir::method_id::rk45);
  CHECK(asked(method(my_method{})) == ir::method_id::automatic);
  using own = decltype(neuron(threshold(v > 0 * mV), method(my_method{})))::own_method;
  STATIC_REQUIRE(std::same_as<own, my_method>);
  STATIC_REQUIRE(std::is_void_v<decltype(neuron(method(rk4)))::own_method>);
  STATIC_REQUIRE(std::is_void_v<decltype(neuron(method(rk4, v), dv))::own_method>);
  STATIC_REQUIRE(std::is_void_v<decltype(neuron())::own_method>);
}

TEST_CASE("equations have methods of their own", "[language]") {
  ir::model const m = lower(neuron(method(rk2, v, x), dv, dw, dx, method(exact, w), method(euler)));
  CHECK(m.method == ir::method_id::euler);
  CHECK(m.equations[0].method == ir::method_id::rk2);
  CHECK(m.equations[1].method == ir::method_id::exact);
  CHECK(m.equations[2].method == ir::method_id::rk2);
  CHECK(lower(neuron(dv, dw, method(rk4, v))).equations[1].method == ir::method_id::automatic);
}

TEST_CASE("a method is written down as text", "[language]") {
  ir::model const m = lower(neuron(dv, method(scheme("x_new = x + dt*f(x, t)"))));
  CHECK(m.method == ir::method_id::scheme);
  CHECK(m.scheme == "x_new = x + dt*f(x, t)");
  ir::model const partly = lower(neuron(dv, dw, method(scheme("x_new = x"), w)));
  CHECK(partly.method == ir::method_id::automatic);
  CHECK(partly.equations[1].method == ir::method_id::scheme);
  CHECK(partly.scheme == "x_new = x");
}

TEST_CASE("tolerances of methods with error control", "[language]") {
  ir::model const m =
      lower(neuron(dv, dw, dx,
                   method(rk45, relative_tolerance(1e-9), absolute_tolerance(v, 2 * uV),
                          absolute_tolerance(x, 0.5))));
  CHECK(m.method == ir::method_id::rk45);
  CHECK(m.relative_tolerance == 1e-9);
  CHECK(m.equations[0].absolute_tolerance == 2e-6);
  CHECK(m.equations[1].absolute_tolerance == 0);
  CHECK(m.equations[2].absolute_tolerance == 0.5);
  ir::model const some =
      lower(neuron(dv, dw, method(rk45, v, absolute_tolerance(v, 1 * mV)), method(exact, w)));
  CHECK(some.equations[0].method == ir::method_id::rk45);
  CHECK(some.equations[0].absolute_tolerance == 1e-3);
  CHECK(some.equations[1].method == ir::method_id::exact);
  CHECK(some.relative_tolerance == lower(neuron()).relative_tolerance);
  CHECK(said(lower(neuron(dv, method(rk45, absolute_tolerance(w, 1 * pA))))) ==
        "the variable 'w' is not defined here: expected an equation of it");
}

TEST_CASE("mistakes with methods", "[language]") {
  CHECK(said(lower(neuron(dv, method(rk2, w)))) ==
        "the variable 'w' is not defined here: expected an equation of it");
  CHECK(said(lower(neuron(dv, method(rk2, v), method(euler, v)))) ==
        "there is more than one 'method of v'");
  CHECK(said(lower(
            neuron(dv, dw, method(scheme("x_new = x"), v), method(scheme("x_new = x + x"), w)))) ==
        "there is more than one 'scheme'");
}
