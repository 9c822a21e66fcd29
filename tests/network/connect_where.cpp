// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "two_populations.hpp"
#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace {

using namespace two_populations;
using error = std::invalid_argument;

}  // namespace

TEST_CASE("where: the pairs for which a condition holds, by source") {
  network_of const of(17, 4);
  auto const no_self = pairs_where(17, 17, [](int s, int t) { return s != t; });
  CHECK(of.within_a("i != j") == no_self);
  CHECK(of.within_a(where("i != j")) == no_self);
  CHECK(of.within_a(where(i != j)) == no_self);
  CHECK(of.within_a(where(pre(cells::v) != post(cells::v))) == no_self);
  CHECK(of.within_a(where(true)).size() == 289);
  CHECK(of.within_a(where(false)).empty());
  auto const some = pairs_where(17, 4, [](int s, int t) { return s % 4 == t && s < 16; });
  CHECK(of.a_to_b(where(i % post(N) == j && i < pre(N) - 1)) == some);
  CHECK(of.a_to_b("i % N_post == j and i < N_pre - 1") == some);
  CHECK(of.a_to_b(where(i > 5)) == pairs_where(17, 4, [](int s, int) { return s > 5; }));
}

TEST_CASE("where: a random number with a name is one for each pair") {
  network_of const of(40, 4);
  CHECK(of.within_a(where(uniform<"u">() - uniform<"u">() != 0)).empty());
  auto const some = of.within_a(where(uniform<"u">() > 0.25 and uniform<"u">() < 0.75));
  CHECK(static_cast<double>(some.size()) == Approx(800).margin(100));
}

TEST_CASE("where: i and j count from the beginning of slices, variables are theirs") {
  network_of const of(10, 4);
  auto const from = of.a(2, 6), to = of.a(5, 9);
  CHECK(network_of::connect(from, to, "i == j") == pair_list{{0, 0}, {1, 1}, {2, 2}, {3, 3}});
  CHECK(network_of::connect(from, to, "v_pre == v_post") == pair_list{{3, 0}});
  CHECK(network_of::connect(from, to, where(pre(cells::v) == post(cells::v))) == pair_list{{3, 0}});
  CHECK(network_of::connect(from, to, "x_pre + 2 == x and N_pre == 4") ==
        pair_list{{1, 0}, {2, 1}, {3, 2}});
}

TEST_CASE("where: subexpressions, shared variables, time, functions") {
  network_of const of(4, 2);
  CHECK(of.within_a("twice_pre == v_post") == pair_list{{0, 0}, {1, 2}});
  CHECK(of.within_a("t > 0*ms").empty());
  CHECK(of.within_a(where(pre(cells::place) > 2.5 * pre(cells::scale))).size() == 4);
  CHECK(of.within_a("abs(place_pre - place_post) < 1.5*scale_pre") ==
        pairs_where(4, 4, [](int s, int t) { return std::abs(s - t) < 2; }));
}

TEST_CASE("where: functions of the user, linked variables, times of spikes", "[double]") {
  network_of const of(4, 2);
  CHECK(of.within_a(where(cells::square(pre(cells::x)) == post(cells::x) + 2)) ==
        pair_list{{2, 2}});
  CHECK(of.a_to_b("place_pre == 2*leader_post") == pair_list{{2, 0}, {2, 1}});
  CHECK(of.a_to_b(where(pre(cells::leader) == 3 * post(cells::leader))) ==
        pair_list{{3, 0}, {3, 1}});
  CHECK(of.a_to_b("lastspike_pre > 0*second or not not_refractory").empty());
  static constexpr auto other = function<"other", squared>(one, one);
  CHECK(message<error>([&] { of.within_a(where(other(pre(cells::x)) > 1)); }) ==
        "where: expected a function of one of the models, found 'other'");
}

TEST_CASE("where: several synapses of a pair, side by side") {
  network_of const of(5, 3);
  CHECK(of.a_to_b(where(i == j).number(2)) ==
        pair_list{{0, 0}, {0, 0}, {1, 1}, {1, 1}, {2, 2}, {2, 2}});
  CHECK(of.a_to_b(where("i == j").number("j")) == pair_list{{1, 1}, {2, 2}, {2, 2}});
  CHECK(of.a_to_b(where(i == j).number(j / 2 + 0.6)) == pair_list{{1, 1}, {2, 2}});
  CHECK(message<error>([&] { of.a_to_b(where(i == j).number(1 - i)); }) ==
        "where: expected a number of synapses from 0 to 2147483647, found -1 for source 2 and "
        "target 2");
}

// Brian 2's tests of test_synapses.py.
TEST_CASE("brian 2: test_incoming_outgoing") {
  auto const list = pairs({0, 0, 0, 1, 1, 2}, {0, 1, 2, 1, 2, 3}).build(host, {5, 5, 1, 0});
  CHECK(out_degrees(list) == indices{3, 2, 1, 0, 0});
  CHECK(in_degrees(list, 5) == indices{1, 2, 2, 1, 0});
}

TEST_CASE("brian 2: test_connection_string_deterministic, full, no_self, one_to_one, custom") {
  network_of const of(17, 4);
  auto const all = pairs_where(17, 4, [](int, int) { return true; });
  CHECK(of.a_to_b("True") == all);
  CHECK(of.a_to_b(all_to_all()) == all);
  auto const no_self = pairs_where(17, 17, [](int s, int t) { return s != t; });
  CHECK(of.within_a("i != j") == no_self);
  CHECK(of.within_a("v_pre != v_post") == no_self);
  CHECK(of.a_to_b("v_pre != v_post") == all);
  auto const same = pairs_where(17, 17, [](int s, int t) { return s == t; });
  CHECK(of.within_a("i == j") == same);
  CHECK(of.within_a("v_pre == v_post") == same);
  CHECK(of.within_a("twice_pre == twice_post") == same);
  CHECK(of.within_a(to_target("i")) == same);
  CHECK(of.within_a("(i >= 2) or (j >= 2)") ==
        pairs_where(17, 17, [](int s, int t) { return s >= 2 || t >= 2; }));
  CHECK(message<error>([&] { of.within_a("k for k in range(1)"); }) ==
        "where: cannot read 'condition: for k in range(1)' (line 1, column 3): expected no "
        "generator: see to_target(...)");
  CHECK(message<std::out_of_range>([&] { of.within_a(to_target("20")); }) ==
        "to_target: expected a target index below 17 for source 0, found 20");
}

TEST_CASE("brian 2: test_connection_string_deterministic_multiple_and") {
  CHECK(network_of(10, 1).within_a("i>=5 and i<10 and j>=5").size() == 25);
}

TEST_CASE("brian 2: test_connection_random_with_condition") {
  network_of const of(4, 4);
  CHECK(of.within_a(where("i!=j").probability(0.0)).empty());
  CHECK(of.within_a(where("i!=j").probability(1.0)) ==
        pairs_where(4, 4, [](int s, int t) { return s != t; }));
  CHECK(of.within_a(where("i>=2").probability(0)).empty());
  CHECK(of.within_a(where("i>=2").probability(1)) ==
        pairs_where(4, 4, [](int s, int) { return s >= 2; }));
  CHECK(of.within_a(where("j<2").probability(1.0)) ==
        pairs_where(4, 4, [](int, int t) { return t < 2; }));
  for (char const* const p : {"0.01", "0.03", "0.3", "i*0.1", "j*0.1"})
    for (auto const& [s, t] : of.within_a(where("i!=j").probability(p))) {
      CHECK(s != t);
      CHECK_FALSE((std::string_view(p) == "i*0.1" && s == 0));
      CHECK_FALSE((std::string_view(p) == "j*0.1" && t == 0));
    }
  network_of const big(10000, 1);
  auto const few = big.within_a(where("i != j").probability(0.001));
  CHECK(std::abs(static_cast<double>(few.size()) - 1e5) < 4 * std::sqrt(1e5));
  CHECK(std::none_of(few.begin(), few.end(), [](auto const& x) { return x.first == x.second; }));
  auto const half = big.within_a(where("i < int(N_post*0.5)").probability(0.001));
  CHECK(std::abs(static_cast<double>(half.size()) - 5e4) < 4 * std::sqrt(5e4));
  CHECK(std::all_of(half.begin(), half.end(), [](auto const& x) { return x.first < 5000; }));
}

TEST_CASE("brian 2: test_connection_multiple_synapses") {
  network_of const of(42, 17);
  auto const expected = [](auto const& number) {
    pair_list all;
    for (std::uint32_t s = 0; s < 42; ++s)
      for (std::uint32_t t = 0; t < 17; ++t) all.insert(all.end(), number(s, t), {s, t});
    return all;
  };
  CHECK(of.a_to_b(where(true).number(0)).empty());
  CHECK(of.a_to_b(where("True").number(2)) == expected([](auto, auto) { return 2U; }));
  CHECK(of.a_to_b(where(true).number("j")) == expected([](auto, auto t) { return t; }));
  CHECK(of.a_to_b(where(true).number("i")) == expected([](auto s, auto) { return s; }));
  auto const larger = expected([](auto s, auto t) { return s > t ? 2U : 0U; });
  CHECK(of.a_to_b(where(true).number("int(i>j)*2")) == larger);
  CHECK(of.a_to_b(where(true).number("int(x_pre>x_post)*2")) == larger);
  CHECK(of.a_to_b(where(true).number(trunc(i > j) * 2)) == larger);
}

TEST_CASE("brian 2: test_incorrect_connect_N_incoming_outgoing") {
  network_of const of(5, 3);
  CHECK(message<error>([&] { of.a_to_b("N_incoming < 5"); }).find("N_incoming") !=
        std::string::npos);
  CHECK(message<error>([&] { of.a_to_b("N_outgoing < 5"); }).find("N_outgoing") !=
        std::string::npos);
}

TEST_CASE("where: pairs are independent trials") {
  network_of const of(600, 500);
  // A number, a formula of the source, one of both, one with a random number.
  auto const check = [&](auto const& rule, double p) {
    auto const list = rule.build(host, network_of::request(of.a, of.b));
    CHECK(rows_ascend(list));
    CHECK(largest_multiplicity(list) == 1);
    check_scatter(out_degrees(list), p * 500, p * (1 - p) * 500);
    check_scatter(in_degrees(list, 500), p * 600, p * (1 - p) * 600);
    check_alone(rule, network_of::request(of.a, of.b));
  };
  check(where(true).probability(0.03), 0.03);
  check(where(true).probability(0.4), 0.4);
  check(where("True").probability("0.2 + 0*i"), 0.2);
  check(where(true).probability(0.2 + 0 * j), 0.2);
  check(where(uniform() < 0.3), 0.3);
  check(where(uniform() < 0.5).probability(0.5), 0.25);
  check(where(true).probability(uniform()), 0.5);
  check(where("rand() < 0.5 and rand() < 0.5"), 0.25);
  auto const poissonian =
      where(true).number(poisson(0.7)).build(host, network_of::request(of.a, of.b));
  check_scatter(out_degrees(poissonian), 350, 350);
  check_scatter(in_degrees(poissonian, 500), 420, 420);
}

TEST_CASE("where: probabilities below 0 count as 0, above 1 as 1") {
  network_of const of(3, 3);
  for (auto const& [s, t] : of.within_a(where(true).probability(i - 0.5))) CHECK(s != 0);
  CHECK(of.within_a(where(true).probability(2 * (i - 1))) ==
        pairs_where(3, 3, [](int s, int) { return s == 2; }));
  CHECK(of.within_a(where(true).probability(2 * (j - 1))) ==
        pairs_where(3, 3, [](int, int t) { return t == 2; }));
}

TEST_CASE("where: a probability that falls with the distance") {
  network_of const of(2000, 1);
  auto const distance = pre(cells::place) - post(cells::place);
  auto const list = where(i != j)
                        .probability(0.8 * exp(-pow<2>(distance / (20 * um))))
                        .build(host, network_of::request(of.a, of.a));
  std::vector<double> counts(60, 0);
  for (auto const& [s, t] : pairs_of(list)) {
    auto const steps =
        static_cast<std::size_t>(std::abs(static_cast<int>(s) - static_cast<int>(t)));
    if (steps < counts.size()) counts[steps] += 1;
  }
  CHECK(counts[0] == 0);
  double chi_square = 0;
  for (std::size_t k = 1; k < counts.size(); ++k) {
    double const p = 0.8 * std::exp(-std::pow(static_cast<double>(k) / 20, 2));
    double const pairs = 2.0 * (2000 - static_cast<double>(k));
    chi_square += std::pow(counts[k] - p * pairs, 2) / (p * (1 - p) * pairs);
  }
  CHECK(std::abs(chi_square - 59) < 4 * std::sqrt(2 * 59.0));
}

TEST_CASE("where: what does not fit the neurons") {
  network_of const of(3, 3);
  static constexpr auto unknown = parameter<"unknown">(one);
  static constexpr auto v_of_other_unit = state<"v">(metre);
  CHECK(message<error>([&] { of.within_a(where(cells::v > 1 * volt)); }) ==
        "where: expected pre(v) or post(v), found v");
  CHECK(message<error>([&] { of.within_a(where(pre(unknown) > 1)); }) ==
        "where: expected variables of the source, found 'unknown' (1)");
  CHECK(message<error>([&] { of.within_a(where(post(v_of_other_unit) > 1 * metre)); }) ==
        "where: expected variables of the target, found 'v' (m)");
  CHECK(message<error>([&] { of.within_a(where(N > 1)); }) ==
        "where: expected pre(N) or post(N), found N");
  CHECK(message<error>([&] { of.within_a("v_pre > 1"); }) ==
        "where: the units do not fit in 'condition: v_pre > 1' (line 1, column 7): expected V, "
        "found 1");
  CHECK(message<error>([&] { of.within_a(where("i").probability("w")); }) ==
        "where: 'condition' is not a condition (line 1, column 1), found 1");
  CHECK(message<error>([&] { of.within_a(where(true).probability("w")); }) ==
        "where: the variable 'w' is not defined here (line 1, column 1)");
}

TEST_CASE("where: after a mistake the network is as it was") {
  network_of of(40, 40), other(40, 40);
  CHECK_THROWS_AS(of.net.connect<nothing>(of.a, of.b, "i = j"), error);
  CHECK_THROWS_AS(of.net.connect<nothing>(of.a, of.b, to_target(40)), std::out_of_range);
  CHECK(of.net.connect<nothing>(of.a, of.b, fixed_probability(0.3)).size() ==
        other.net.connect<nothing>(other.a, other.b, fixed_probability(0.3)).size());
}

TEST_CASE("where: the network connects by a text") {
  network_of of(10, 4);
  CHECK(of.net.connect<nothing>(of.a, of.b, "i % 4 == j").size() == 10);
  CHECK(of.net.connect<nothing>(of.a(0, 5), of.a(3, 8), all_to_all().without_autapses()).size() ==
        23);
}
