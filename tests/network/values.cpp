// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What can be set and read of a population. The numbers of models are those of Brian 2's tests,
// except where a derivation stands beside them.
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "network/trace.hpp"
#include "precision.hpp"
#include "space.hpp"

using namespace nernst::dsl;

namespace {

using test::numbers, test::trace;

struct whole {
  static constexpr auto n = 10;
  static constexpr auto v = state<"v">(one);
  static constexpr auto j = subexpression<"j">(i % n);
  static constexpr auto k = subexpression<"k">(floor_div(i, n));
  static constexpr auto a = subexpression<"a">(v % (i + 1));
  static constexpr auto b = subexpression<"b">(v % (2 * v));
  static constexpr auto model = neuron(j, k, a, b, d(v) / dt = (a + b + j + k) / second);
};

struct truth {
  static constexpr auto flag = parameter<"bool_var">(boolean);
  static constexpr auto number = parameter<"float_var">(one);
  static constexpr auto first = subexpression<"intexpr1">(where(flag, 1, 0));
  static constexpr auto other = subexpression<"intexpr2">(where(number > 1.0, 1, 0));
  static constexpr auto model = neuron(first, other, every(dt, state<"sum">(one) = first + other));
};

struct powers {
  static constexpr auto k = parameter<"k">(integer) | constant;
  static constexpr auto first = state<"intval1">(integer);
  static constexpr auto other = state<"intval2">(integer);
  static constexpr auto model = neuron(every(dt, first = pow(2, k), other = pow(-1, k)));
};

struct steps_of_time {
  static constexpr auto ref = parameter<"ref_t">(second);
  static constexpr auto ts = subexpression<"ts">(timestep(ref, dt) + timestep(t, dt));
  static constexpr auto model = neuron(ts, every(dt, state<"copy">(one) = ts));
};

struct noisy {
  static constexpr auto v = state<"v">(one);
  static constexpr auto tau = 10 * ms;
  static constexpr auto model = neuron(d(v) / dt = -v / tau + xi * pow<-1, 2>(tau), method(euler));
};

struct decaying {
  static constexpr auto x = state<"x">(one);
  static constexpr auto tau = parameter<"tau">(second) | constant | above_0;
  static constexpr auto rate = shared<"rate">(hertz) | at_least_0;
  static constexpr auto model = neuron(d(x) / dt = rate - x / tau, method(exact));
};

struct typed {
  static constexpr auto x = parameter<"x">(one);
  static constexpr auto whole_number = parameter<"n">(integer);
  static constexpr auto flag = parameter<"flag">(boolean);
  static constexpr auto total = shared<"total">(integer);
  static constexpr auto sum = subexpression<"sum">(x + whole_number + total);
  static constexpr auto model = neuron(sum, every(dt, state<"y">(one) = where(flag, sum, 0)));
};

struct firing {
  static constexpr auto v = state<"v">(one);
  static constexpr auto since = subexpression<"since">(t - lastspike);
  static constexpr auto free = subexpression<"free">(not_refractory);
  static constexpr auto model = neuron(since, free, d(v) / dt = 1 / (0.1 * ms), threshold(v > 2.5),
                                       reset(v = 0), refractory(0.2 * ms), method(euler));
};

}  // namespace

TEST_CASE("whole numbers, floor division and remainders") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<whole>(100);
  cells[whole::v] = uniform();
  net.run(1 * ms);
  for (std::size_t n = 0; n < 100; ++n) {
    CHECK(cells["i"][n] == static_cast<double>(n));
    CHECK(cells["j"][n] == static_cast<double>(n % 10));
    CHECK(cells["k"][n] == static_cast<double>(n / 10));
    double const v = cells["v"][n];
    CHECK(cells["a"][n] ==
          v - static_cast<double>(n + 1) * std::floor(v / static_cast<double>(n + 1)));
  }
}

TEST_CASE("truth values as numbers") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<truth>(2);
  cells[truth::flag] = numbers{1, 0};
  cells[truth::number] = numbers{2.0, 0.5};
  auto m = net.record(cells, {"intexpr1", "intexpr2"});
  net.run(0.1 * ms);
  CHECK(m.at(0, 0, 0) == 1);
  CHECK(m.at(0, 0, 1) == 0);
  CHECK(m.at(0, 1, 0) == 1);
  CHECK(m.at(0, 1, 1) == 0);
  CHECK(cells["sum"].get() == numbers{2, 0});
}

TEST_CASE("powers of whole numbers") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<powers>(3);
  cells["k"] = numbers{0, 1, 2};
  net.run(0.1 * ms);
  CHECK(cells["intval1"].get() == numbers{1, 2, 4});
  CHECK(cells["intval2"].get() == numbers{1, -1, 1});
}

TEST_CASE("steps of time during a run") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<steps_of_time>(2);
  cells["ref_t"] = numbers{-1e4, 5 * 1e-4};
  auto m = net.record(cells, {"ts"});
  net.run(0.5 * ms);
  for (double const x : trace(m, 0, 0)) CHECK(x <= -1e4);
  CHECK(trace(m, 0, 1) == numbers{5, 6, 7, 8, 9});
  CHECK(cells["copy"][1] == 9);
}

TEST_CASE("neurons draw numbers of their own") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<noisy>(100);
  auto variance = [&] {
    double sum = 0, squares = 0;
    for (double const x : cells["v"].get()) {
      sum += x;
      squares += x * x;
    }
    return squares / 100 - sum * sum / 1e4;
  };
  cells[noisy::v] = uniform();
  CHECK(variance() == Approx(1.0 / 12).epsilon(0.3));
  cells[noisy::v] = 0;
  net.run(0.1 * ms);
  // One step of white noise: dt / tau.
  CHECK(variance() == Approx(0.01).epsilon(0.4));
}

TEST_CASE("variables keep what their type can hold") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<typed>(5);
  cells[typed::whole_number] = i - 1.5;
  CHECK(cells["n"].get() == numbers{-1, 0, 0, 1, 2});
  cells["n"] = numbers{2.9, -2.9, 0, 1, 2};
  CHECK(cells["n"].get() == numbers{2, -2, 0, 1, 2});
  cells[typed::flag] = i > 2;
  CHECK(cells["flag"].get() == numbers{0, 0, 0, 1, 1});
  cells[typed::flag] = true;
  CHECK(cells["flag"].get() == numbers(5, 1));
  cells["flag"] = numbers{0, 0.1, 2, -1, 0};
  CHECK(cells["flag"].get() == numbers{0, 1, 1, 1, 0});
  cells[typed::total] = 7.5;
  CHECK(cells["total"].get() == numbers{7});
}

TEST_CASE("subexpressions are read, and used in what others are set to") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<typed>(5);
  cells[typed::x] = 0.5 * i;
  cells[typed::whole_number] = N;
  cells[typed::total] = 100;
  CHECK(cells[typed::sum].get() == numbers{105, 105.5, 106, 106.5, 107});
  cells["x"] = typed::sum - 100;
  CHECK(cells["x"].get() == numbers{5, 5.5, 6, 6.5, 7});
  auto slice = cells(3, 5);
  CHECK(slice["sum"].get() == numbers{111.5, 112});
  CHECK(slice["i"].get() == numbers{0, 1});
  CHECK(slice["N"].get() == numbers{2, 2});
  CHECK(slice["sum"][1] == 112);
  CHECK_THROWS_AS(cells["sum"] = 1, std::invalid_argument);
  CHECK_THROWS_AS(cells["i"] = 1, std::invalid_argument);
  CHECK_THROWS_AS(cells["total"] = typed::sum, std::invalid_argument);
  cells["total"] = N;
  CHECK(cells["total"].get() == numbers{5});
}

TEST_CASE("values of the neurons for which something holds") {
  nernst::network net({.dt = 0.1 * ms, .seed = 4});
  auto cells = net.population<typed>(6);
  cells[typed::x][i >= 4] = 3;
  CHECK(cells["x"].get() == numbers{0, 0, 0, 0, 3, 3});
  cells["x"][typed::x > 2] = i * 10;
  CHECK(cells["x"].get() == numbers{0, 0, 0, 0, 40, 50});
  CHECK(cells[typed::x][i > 3].get() == numbers{40, 50});
  CHECK(cells["sum"][i > 3].get() == numbers{40, 50});
  auto some = cells(1, 6);
  some["x"][i < 1] = 5;
  CHECK(cells["x"].get() == numbers{0, 5, 0, 0, 40, 50});
  // Condition and value draw different numbers; the value the same ones as without a condition.
  auto others = net.population<typed>(6);
  cells["x"] = 2;
  cells["x"][uniform() < 2] = uniform();
  for (double const x : cells["x"].get()) CHECK(x < 1);
  auto chosen = cells[typed::x][uniform() < -1];
  chosen = 7;
  CHECK(chosen.get().empty());
  static_cast<void>(others);
  CHECK_THROWS_WITH(cells["x"][i > 3][i < 5],
                    "population 0[x]: expected one condition, as in [a && b], found a second one");
  CHECK_THROWS_WITH((cells["x"][i > 3] = numbers(6)),
                    "population 0[x]: expected one value for all that a condition chooses, found a "
                    "list");
}

TEST_CASE("poisson and binomial numbers, erf and functions of two arguments in what a variable is "
          "set to") {
  nernst::network net({.dt = 0.1 * ms, .seed = 9});
  auto cells = net.population<typed>(20000);
  auto mean = [&] {
    double sum = 0;
    for (double const x : cells["x"].get()) sum += x;
    return sum / 20000;
  };
  // Means lie within four standard errors.
  cells["x"] = poisson(4.0);
  CHECK(mean() == Approx(4).margin(4 * std::sqrt(4 / 2e4)));
  cells["x"] = poisson(40.0);
  CHECK(mean() == Approx(40).margin(4 * std::sqrt(40 / 2e4)));
  cells["x"] = binomial(10, 0.25);
  CHECK(mean() == Approx(2.5).margin(4 * std::sqrt(10 * 0.25 * 0.75 / 2e4)));
  cells["x"] = erf(0.5 + 0 * i) + atan2(1.0 + 0 * i, 2.0);
  CHECK(cells["x"][7] == test::kept(std::erf(0.5) + std::atan2(1.0, 2.0)));
}

TEST_CASE("what a neuron remembers of its spikes") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<firing>(3);
  auto m = net.record(cells, {"not_refractory", "lastspike", "since", "free", "t"}, {1});
  auto late = net.record(cells, {"not_refractory", "lastspike"}, {1}, {slot::end, 0});
  CHECK(cells["lastspike"].get() == numbers(3, -1e4));
  CHECK(cells[not_refractory].get() == numbers(3, 1));
  net.run(0.7 * ms);
  // v = 1, 2, 3 fires in steps 2 and 5; what step 3 has left is recorded in step 4.
  CHECK(trace(m, 0) == numbers{1, 1, 1, 0, 0, 1, 0});
  CHECK(trace(m, 3) == trace(m, 0));
  CHECK(trace(late, 0) == numbers{1, 1, 0, 0, 1, 0, 0});
  CHECK(trace(late, 1)[2] == Approx(2e-4));
  numbers const last = trace(m, 1);
  CHECK(last[2] == -1e4);
  CHECK(last[3] == Approx(2e-4));
  CHECK(last[5] == Approx(2e-4));
  CHECK(last[6] == Approx(5e-4));
  CHECK(trace(m, 2)[5] == Approx(3e-4));
  CHECK(trace(m, 4)[5] == Approx(5e-4));
  CHECK(cells["lastspike"][2] == Approx(5e-4));
  CHECK(cells["since"][2] == Approx(2e-4));
  auto plain = net.population<noisy>(1);
  CHECK_THROWS_AS(plain["lastspike"], std::invalid_argument);
  CHECK_THROWS_AS(plain["not_refractory"], std::invalid_argument);
  CHECK_THROWS_AS(plain["tau"], std::invalid_argument);
}

TEST_CASE("texts set values and choose neurons, as expressions do") {
  nernst::network net({.dt = 0.1 * ms, .seed = 4}), same({.dt = 0.1 * ms, .seed = 4});
  auto cells = net.population<typed>(200), others = same.population<typed>(200);
  cells["x"] = "3 + randn()*5*exp(-i/10.0) + rand()";
  others["x"] = 3 + randn() * 5 * exp(-i / 10.0) + uniform();
  CHECK(cells["x"].get() == others["x"].get());
  cells[typed::x]["i > 10 and x > 3"] = "rand()";
  others[typed::x][i > 10 && typed::x > 3] = uniform();
  CHECK(cells["x"].get() == others["x"].get());
  cells["x"]["rand() < 0.5"] = "rand()";
  others["x"][uniform() < 0.5] = uniform();
  CHECK(cells["x"].get() == others["x"].get());
  CHECK(cells["x"]["i >= 198"].get() == numbers{cells["x"][198], cells["x"][199]});
  cells["n"] = "i / 2";
  CHECK(cells["n"][5] == 2);
  cells["flag"] = "i % 2 == 0";
  CHECK(cells["flag"][4] == 1);
  CHECK(cells["flag"][5] == 0);
  cells["total"] = "N // 3";
  CHECK(cells["total"].get() == numbers{66});
  cells["x"] = "sum*0 + pi";
  CHECK(cells["x"][0] == test::kept(3.14159265358979323846));
  auto part = cells(100, 110);
  part["x"] = "i";
  CHECK(cells["x"][109] == 9);
}

TEST_CASE("a random number with a name is the same wherever it stands in a formula") {
  nernst::network net({.dt = 0.1 * ms, .seed = 4});
  auto cells = net.population<typed>(2000);
  cells["x"] = randn<"z">() - randn<"z">() + uniform<"z">() - uniform<"z">();
  CHECK(cells["x"].get() == numbers(2000, 0));
  // A normal distribution without what is below -1.
  cells["x"] = where(randn<"z">() > -1, randn<"z">(), 2);
  auto const x = cells["x"].get();
  CHECK(*std::min_element(x.begin(), x.end()) > -1);
  CHECK(std::count(x.begin(), x.end(), 2) == Approx(0.159 * 2000).margin(50));
  // Each assignment draws anew.
  cells["x"] = randn<"z">();
  CHECK(cells["x"][0] != x[0]);
}

TEST_CASE("an expression of another unit is refused, under a name in a text too") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<typed>(5, "cells");
  auto steps = net.population<steps_of_time>(2, "steps");
  steps["ref_t"] = 3 * ms;
  CHECK_THROWS_WITH(steps["ref_t"] = -65 * mV, "steps[ref_t]: expected values in s, found V");
  CHECK_THROWS_AS(steps["ref_t"] = -65 * mV, std::invalid_argument);
  CHECK_THROWS_WITH(steps["ref_t"] = -65.0, "steps[ref_t]: expected values in s, found 1");
  CHECK_THROWS_WITH(steps["ref_t"] = 3, "steps[ref_t]: expected values in s, found 1");
  CHECK_THROWS_WITH(steps["ref_t"] = steps_of_time::ts, Catch::Matchers::Contains("found 1"));
  CHECK_THROWS_WITH(steps["ref_t"] = (i > 1), Catch::Matchers::Contains("found 1"));
  CHECK_THROWS_WITH(steps["ref_t"][i > 0] = steps_of_time::ref * steps_of_time::ref,
                    "steps[ref_t]: expected values in s, found s^2");
  CHECK(steps["ref_t"].get() == numbers{test::kept(3e-3), test::kept(3e-3)});
  steps["ref_t"] = std::vector<double>{1, 2};
  CHECK(steps["ref_t"].get() == numbers{1, 2});
  steps["ref_t"] = steps_of_time::ref / 2 + steps_of_time::ts * dt;

  CHECK_THROWS_WITH(cells["n"] = 3 * ms, "cells[n]: expected values in 1, found s");
  CHECK_THROWS_WITH(cells["flag"] = 3 * ms, "cells[flag]: expected values in 1, found s");
  CHECK_THROWS_WITH(cells["total"] = 3 * ms, "cells[total]: expected values in 1, found s");
  cells["n"] = 2.9;
  cells["flag"] = (i > 2);
  cells["x"] = (i > 2);
  cells["total"] = true;
  CHECK(cells["n"].get() == numbers(5, 2));
  CHECK(cells["flag"].get() == numbers{0, 0, 0, 1, 1});
  CHECK(cells["x"].get() == numbers{0, 0, 0, 1, 1});
  cells["flag"] = 7;
  CHECK(cells["flag"].get() == numbers(5, 1));
}

TEST_CASE("mistakes in texts are told") {
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<typed>(5, "cells");
  auto steps = net.population<steps_of_time>(2, "steps");
  CHECK_THROWS_AS(cells["x"] = "3*mV", std::invalid_argument);
  CHECK_THROWS_AS(cells["x"] = "3*", std::invalid_argument);
  CHECK_THROWS_AS(cells["x"] = "nothing", std::invalid_argument);
  CHECK_THROWS_AS(cells["x"]["i"] = 3, std::invalid_argument);
  CHECK_THROWS_AS(cells["x"]["lastspike > 0*ms"].get(), std::invalid_argument);
  CHECK_THROWS_AS(cells["total"] = "x", std::invalid_argument);
  CHECK_THROWS_WITH(steps["ref_t"] = "3*mV",
                    Catch::Matchers::Contains("steps[ref_t]: the units do not fit") &&
                        Catch::Matchers::Contains("expected s") &&
                        Catch::Matchers::Contains("found V"));
  steps["ref_t"] = "3*ms + dt*i";
  CHECK(steps["ref_t"][1] == Approx(3.1e-3));
}

TEST_CASE("values that a model does not allow are refused") {
  using Catch::Matchers::Contains;
  nernst::network net({.dt = 1 * ms});
  auto const cells = net.population<decaying>(4, "cells");
  CHECK_THROWS_WITH(net.run(1 * ms), "cells[tau]: expected a value above 0 for neuron 0, found 0");
  // Others may still be what they must not be in a run.
  cells(0, 3)[decaying::tau] = 1 * ms;
  CHECK_THROWS_WITH(net.run(1 * ms), Contains("above 0 for neuron 3, found 0"));
  cells[decaying::tau] = 1 * ms + i * ms;
  CHECK_THROWS_WITH(cells(1, 3)["tau"] = "-i*ms", Contains("above 0 for neuron 1, found -0"));
  CHECK_THROWS_WITH(cells["tau"]["i == 2"] = -3 * ms, Contains("for neuron 2, found -0.003"));
  CHECK_THROWS_AS(cells["tau"] = (numbers{1, 2, std::nan(""), 4}), std::invalid_argument);
  CHECK(cells["tau"].get() == numbers{1e-3, 2e-3, 3e-3, 4e-3});
  CHECK_THROWS_WITH(cells[decaying::rate] = -2 * Hz,
                    "cells[rate]: expected a value of at least 0, found -2");
  CHECK_THROWS_AS(cells["rate"] = numbers{-2}, std::invalid_argument);
  CHECK(cells["rate"][0] == 0);
  cells["x"] = 1.0;
  net.run(1 * ms);
  CHECK(cells["x"][1] == Approx(std::exp(-0.5)));
}

TEST_CASE("single precision remembers the same spikes, also after millions of steps", "[host]") {
  nernst::network<test::space, float> net({.dt = 0.1 * ms});
  auto cells = net.population<firing>(2);
  net.run(0.7 * ms);
  CHECK(cells["lastspike"][1] == Approx(5e-4));
  CHECK(cells["not_refractory"][1] == 0);
  CHECK(cells["since"][1] == Approx(2e-4).epsilon(1e-3));
  net.run(500 * second);
  // Spikes in steps 2, 5, 8 ...: the last of 5000007 steps is 5000006, which leaves the rest 2.
  CHECK(cells["lastspike"][1] == Approx(500.0006).epsilon(1e-9));
  CHECK(cells["not_refractory"][1] == 0);
}
