// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "two_populations.hpp"
#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace {

using namespace two_populations;
using error = std::invalid_argument;
constexpr auto k = parameter<"k">(integer);

pair_list sorted(pair_list all) {
  std::sort(all.begin(), all.end());
  return all;
}
indices targets_of(pair_list const& all, std::uint32_t source) {
  indices targets;
  for (auto const& [s, t] : all)
    if (s == source) targets.push_back(t);
  return targets;
}
/// Sources, of one target.
indices sources_of(pair_list const& all, std::uint32_t target) {
  indices sources;
  for (auto const& [s, t] : all)
    if (t == target) sources.push_back(s);
  return sources;
}
indices sizes(pair_list const& all, std::uint32_t sources) {
  indices n(sources, 0);
  for (auto const& [s, t] : all) ++n[s];
  return n;
}
std::string text_of(pair_list const& all) {
  std::string text;
  for (auto const& [s, t] : all)
    text += (text.empty() ? "" : " ") + std::to_string(s) + "," + std::to_string(t);
  return text;
}

}  // namespace

TEST_CASE("to_target: indices of targets, by source") {
  network_of const of(5, 5);
  CHECK(of.within_a(to_target(i)) == pair_list{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}});
  CHECK(of.within_a(to_target((i + 1) % post(N))) ==
        pair_list{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}});
  CHECK(of.within_a(to_target(2)).size() == 5);
  auto const near = to_target(i + k, for_each(k, range(-1, 2))).where(k != 0).skip_if_invalid();
  pair_list const expected{{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 2}, {3, 4}, {4, 3}};
  CHECK(of.within_a(near) == expected);
  CHECK(of.within_a(to_target("i + k for k in range(-1, 2) if k != 0").skip_if_invalid()) ==
        expected);
  CHECK(of.within_a(to_target("i for k in range(2)").number("i")).size() == 20);
  CHECK(of.within_a(to_target(i, for_each(k, range(2))).number(k + 1)).size() == 15);
  // The order of a range is kept.
  CHECK(targets_of(of.within_a(to_target(k, for_each(k, range(4, 0, -2)))), 3) == indices{4, 2});
  CHECK(targets_of(of.within_a(to_target("k for k in range(4, -1, -1)")), 0) ==
        indices{4, 3, 2, 1, 0});
}

TEST_CASE("from_source: indices of sources, in the order of targets") {
  network_of const of(5, 3);
  auto const rule = from_source("4 - j - k for k in range(2)");
  CHECK(of.a_to_b(rule) == pair_list{{4, 0}, {3, 0}, {3, 1}, {2, 1}, {2, 2}, {1, 2}});
  CHECK(of.a_to_b(from_source(4 - j - k, for_each(k, range(2)))) == of.a_to_b(rule));
  auto const list = rule.build(host, network_of::request(of.a, of.b));
  CHECK(list.row_begin == places{0, 0, 1, 3, 5, 6});
  CHECK(list.target == indices{2, 1, 2, 0, 1, 0});
  CHECK(list.creation == places{5, 3, 4, 1, 2, 0});
  CHECK(of.a_to_b(from_source(j)) == pair_list{{0, 0}, {1, 1}, {2, 2}});
  CHECK(of.a_to_b(from_source(j).where(post(cells::x) > 0).number(2)) ==
        pair_list{{1, 1}, {1, 1}, {2, 2}, {2, 2}});
}

TEST_CASE("generators: i and j count from the beginning of slices") {
  network_of const of(10, 4);
  auto const from = of.a(2, 6), to = of.a(5, 9);
  CHECK(network_of::connect(from, to, to_target(i)) == pair_list{{0, 0}, {1, 1}, {2, 2}, {3, 3}});
  CHECK(network_of::connect(from, to, to_target("i").where("x_pre == 3")) == pair_list{{1, 1}});
  CHECK(network_of::connect(from, to, from_source("j if x_post == 6")) == pair_list{{1, 1}});
}

// What Brian 2.9 gives, in its order.
TEST_CASE("conditions and generators make Brian 2's synapses in its order") {
  network_of const of(6, 4);
  of.b[cells::x] = i * i;
  CHECK(text_of(network_of::connect(of.a, of.b, from_source("4-j-k for k in range(2)"))) ==
        "4,0 3,0 3,1 2,1 2,2 1,2 1,3 0,3");
  CHECK(text_of(network_of::connect(of.a, of.a, to_target("k for k in range(4,-1,-2) if k!=i"))) ==
        "0,4 0,2 1,4 1,2 1,0 2,4 2,0 3,4 3,2 3,0 4,2 4,0 5,4 5,2 5,0");
  CHECK(text_of(network_of::connect(of.a, of.b,
                                    to_target("i//2+k for k in range(-1,2)").skip_if_invalid())) ==
        "0,0 0,1 1,0 1,1 2,0 2,1 2,2 3,0 3,1 3,2 4,1 4,2 4,3 5,1 5,2 5,3");
  CHECK(text_of(network_of::connect(of.a, of.b,
                                    from_source("k for k in range(N_pre) if x_post<=x_pre"))) ==
        "0,0 1,0 2,0 3,0 4,0 5,0 1,1 2,1 3,1 4,1 5,1 4,2 5,2");
  CHECK(text_of(network_of::connect(of.a, of.b, to_target("i-1 if i>0 and i<=4"))) ==
        "1,0 2,1 3,2 4,3");
  CHECK(text_of(network_of::connect(of.a, of.b,
                                    to_target("i+k for k in range(3) if x_pre<2 and j<3"))) ==
        "0,0 0,1 0,2 1,1 1,2");
  CHECK(text_of(network_of::connect(of.a, of.b, to_target("i/3"))) == "0,0 1,0 2,0 3,1 4,1 5,1");
  CHECK(text_of(network_of::connect(
            of.a, of.b, to_target("k for k in range(i, N_post)").number("1 + i % 2"))) ==
        "0,0 0,1 0,2 0,3 1,1 1,1 1,2 1,2 1,3 1,3 2,2 2,3 3,3 3,3");
  CHECK(
      text_of(network_of::connect(of.a, of.b, from_source("j+k for k in range(2)").number("j"))) ==
      "1,1 2,1 2,2 2,2 3,2 3,2 3,3 3,3 3,3 4,3 4,3 4,3");
  CHECK(text_of(network_of::connect(of.a, of.b, where("x_pre > x").number("1 + int(i > 2)"))) ==
        "1,0 2,0 2,1 3,0 3,0 3,1 3,1 4,0 4,0 4,1 4,1 5,0 5,0 5,1 5,1 5,2 5,2");
  CHECK(text_of(network_of::connect(of.a(2, 5), of.a(1, 6), where("x_pre == x_post"))) ==
        "0,1 1,2 2,3");
  CHECK(text_of(network_of::connect(of.a(2, 5), of.a(1, 6),
                                    from_source("j-1 if x_post > 1 and x_post < 5"))) ==
        "0,1 1,2 2,3");
}

TEST_CASE("brian 2: test_synapse_generator_out_of_range") {
  network_of const of(16, 4);
  using range_error = std::out_of_range;
  CHECK(message<range_error>([&] { of.a_to_b(to_target("k for k in range(0, N_post*2)")); }) ==
        "to_target: expected a target index below 4 for source 0, found 4");
  auto const triangle =
      pairs_where(16, 16, [](int s, int t) { return t >= s && t < s + 5 && s <= 11; });
  CHECK(of.within_a(to_target("i+k for k in range(0, 5) if i <= N_post-5")) == triangle);
  CHECK(of.within_a(to_target("i+k for k in range(0, 5) if i <= N_post-5 and rand() <= 1")) ==
        triangle);
  CHECK(of.within_a(to_target(i + k, for_each(k, range(0, 5))).where(i <= post(N) - 5)) ==
        triangle);
  CHECK(message<range_error>([&] {
          of.within_a(to_target("i+k for k in range(0, 5) if i <= N_post-5 and v_post >= 0*volt"));
        }) == "to_target: expected a target index below 16 for source 12, found 16");
  CHECK(message<range_error>([&] { of.within_a(from_source(j - 1)); }) ==
        "from_source: expected a source index below 16 for target 0, found -1");
}

TEST_CASE("brian 2: test_synapse_generator_deterministic") {
  network_of const of(16, 4);
  CHECK(of.a_to_b(to_target("k for k in range(N_post)")) ==
        pairs_where(16, 4, [](int, int) { return true; }));
  auto const no_self = pairs_where(16, 16, [](int s, int t) { return s != t; });
  CHECK(of.within_a(to_target("k for k in range(N_post) if k != i")) == no_self);
  CHECK(of.within_a(to_target("k for k in range(N_post) if j != i")) == no_self);
  CHECK(of.within_a(to_target("k for k in range(N_post) if v_post != v_pre")) == no_self);
  auto const same = pairs_where(16, 16, [](int s, int t) { return s == t; });
  CHECK(of.within_a(to_target("k for k in range(N_post) if k == i")) == same);
  CHECK(of.within_a(to_target("k for k in range(N_post) if j == i")) == same);
  CHECK(of.within_a(to_target("k for k in range(N_post) if v_pre == v_post")) == same);
  CHECK(of.within_a(to_target("i for _ in range(1)")) == same);
  CHECK(of.within_a(to_target("i")) == same);
}

TEST_CASE("brian 2: test_synapse_generator_deterministic_over_postsynaptic") {
  network_of const of(16, 4);
  CHECK(sorted(of.a_to_b(from_source("k for k in range(N_pre)"))) ==
        pairs_where(16, 4, [](int, int) { return true; }));
  auto const no_self = pairs_where(16, 16, [](int s, int t) { return s != t; });
  CHECK(sorted(of.within_a(from_source("k for k in range(N_pre) if k != j"))) == no_self);
  CHECK(sorted(of.within_a(from_source("k for k in range(N_pre) if i != j"))) == no_self);
  CHECK(sorted(of.within_a(from_source("k for k in range(N_pre) if v_pre != v_post"))) == no_self);
  auto const same = pairs_where(16, 16, [](int s, int t) { return s == t; });
  CHECK(of.within_a(from_source("k for k in range(N_pre) if k == j")) == same);
  CHECK(of.within_a(from_source("k for k in range(N_pre) if i == j")) == same);
  CHECK(of.within_a(from_source("k for k in range(N_pre) if v_pre == v_post")) == same);
  CHECK(of.within_a(from_source("j for _ in range(1)")) == same);
  CHECK(of.within_a(from_source("j")) == same);
}

TEST_CASE("brian 2: test_synapse_generator_deterministic_2") {
  network_of const of(16, 4);
  CHECK(sorted(of.within_a(to_target("(i + (-1)**k) % N_post for k in range(2)"))) ==
        pairs_where(16, 16, [](int s, int t) { return (s + 1) % 16 == t || (t + 1) % 16 == s; }));
  CHECK(network_of::connect(of.b, of.a, to_target("i*4 + k for k in range(4)")) ==
        pairs_where(4, 16, [](int s, int t) { return t / 4 == s; }));
  CHECK(network_of::connect(of.b, of.b,
                            to_target("k for k in range(i-3, i+4) if i!=k").skip_if_invalid()) ==
        pairs_where(4, 4, [](int s, int t) { return s != t; }));
  CHECK(of.a_to_b(to_target("int(i/4)")) ==
        pairs_where(16, 4, [](int s, int t) { return s / 4 == t; }));
  CHECK(sorted(network_of::connect(of.b, of.b,
                                   to_target("i+(-1)**k for k in range(2)").skip_if_invalid())) ==
        pairs_where(4, 4, [](int s, int t) { return std::abs(s - t) == 1; }));
  CHECK(of.a_to_b(to_target("int(i/4) if i % 2 == 0")) ==
        pairs_where(16, 4, [](int s, int t) { return s / 4 == t && s % 2 == 0; }));
  auto const diagonal = pairs_where(16, 16, [](int s, int t) { return t >= s; });
  CHECK(of.within_a(to_target("i + k for k in range(0, N_post-i)")) == diagonal);
  CHECK(of.within_a(to_target("i + k for k in range(0, N_post)").skip_if_invalid()) == diagonal);
  CHECK(of.within_a(to_target("i + k for k in range(0, N_post) if j < N_post")) == diagonal);
  CHECK(of.within_a(to_target("i + k for k in range(0, N_post) if i + k < N_post")) == diagonal);
}

TEST_CASE("brian 2: test_synapse_generator_random, also over_postsynaptic") {
  network_of const of(4, 7);
  CHECK(of.a_to_b(to_target("k for k in sample(N_post, p=0)")).empty());
  CHECK(of.a_to_b(to_target("k for k in sample(N_post, p=1)")) ==
        pairs_where(4, 7, [](int, int) { return true; }));
  CHECK(of.a_to_b(to_target("k for k in sample(N_post, p=int(x_pre==2)*1.0)")) ==
        pairs_where(4, 7, [](int s, int) { return s == 2; }));
  CHECK(of.a_to_b(from_source("k for k in sample(N_pre, p=0)")).empty());
  CHECK(sorted(of.a_to_b(from_source("k for k in sample(N_pre, p=1)"))).size() == 28);
  CHECK(of.a_to_b(from_source("k for k in sample(N_pre, p=int(x_post==2)*1.0)")) ==
        pairs_where(4, 7, [](int, int t) { return t == 2; }));
}

TEST_CASE("brian 2: test_synapse_generator_random, positive and negative steps") {
  network_of const of(4, 7);
  auto const even = pairs_where(4, 7, [](int, int t) { return t % 2 == 0 && t >= 2; });
  CHECK(of.a_to_b(to_target("k for k in sample(2, N_post, 2, p=0)")).empty());
  CHECK(of.a_to_b(to_target("k for k in sample(2, N_post, 2, p=1)")) == even);
  CHECK(sorted(of.a_to_b(to_target("k for k in sample(N_post-1, 0, -2, p=1)"))) == even);
  for (char const* const text :
       {"k for k in sample(2, N_post, 2, p=0.2)", "k for k in sample(2, N_post, 2, p=0.3)",
        "k for k in sample(N_post-1, 0, -2, p=0.2)", "k for k in sample(N_post-1, 0, -2, p=0.3)"})
    for (auto const& [s, t] : of.a_to_b(to_target(text))) CHECK((t % 2 == 0 && t >= 2));
  CHECK(targets_of(of.a_to_b(to_target("k for k in sample(2, N_post, 2, p=int(x_pre==2)*1.0)")),
                   2) == indices{2, 4, 6});
  CHECK(targets_of(of.a_to_b(to_target("k for k in sample(N_post-1, 0, -2, p=int(x_pre==2)*1.0)")),
                   2) == indices{6, 4, 2});
}

TEST_CASE("brian 2: test_synapse_generator_fixed_random, also over_postsynaptic") {
  network_of const of(4, 7);
  CHECK(of.a_to_b(to_target("k for k in sample(N_post, size=0)")).empty());
  CHECK(of.a_to_b(to_target("k for k in sample(N_post, size=N_post)")).size() == 28);
  auto const three = of.a_to_b(to_target("k for k in sample(N_post, size=3)"));
  CHECK(sizes(three, 4) == indices{3, 3, 3, 3});
  for (std::uint32_t s = 0; s < 4; ++s) {
    indices const targets = targets_of(three, s);
    CHECK(std::is_sorted(targets.begin(), targets.end()));
    CHECK(std::set(targets.begin(), targets.end()).size() == 3);
  }
  CHECK(of.a_to_b(to_target("k for k in sample(N_post, size=int(x_pre==2)*N_post)")) ==
        pairs_where(4, 7, [](int s, int) { return s == 2; }));
  auto const over_post = of.a_to_b(from_source("k for k in sample(N_pre, size=3)"));
  for (std::uint32_t t = 0; t < 7; ++t) {
    indices const sources = sources_of(over_post, t);
    CHECK(sources.size() == 3);
    CHECK(std::is_sorted(sources.begin(), sources.end()));
    CHECK(std::set(sources.begin(), sources.end()).size() == 3);
  }
  CHECK(of.a_to_b(from_source("k for k in sample(N_pre, size=int(x_post==2)*N_pre)")) ==
        pairs_where(4, 7, [](int, int t) { return t == 2; }));
}

TEST_CASE("brian 2: test_synapse_generator_fixed_random, positive and negative steps") {
  network_of const of(4, 7);
  auto const even = pairs_where(4, 7, [](int, int t) { return t % 2 == 0 && t >= 2; });
  CHECK(of.a_to_b(to_target("k for k in sample(2, N_post, 2, size=3)")) == even);
  CHECK(sorted(of.a_to_b(to_target("k for k in sample(N_post-1, 0, -2, size=3)"))) == even);
  auto const two = of.a_to_b(to_target("k for k in sample(N_post-1, 0, -2, size=2)"));
  CHECK(sizes(two, 4) == indices{2, 2, 2, 2});
  for (auto const& [s, t] : two) CHECK((t % 2 == 0 && t >= 2));
  CHECK(targets_of(of.a_to_b(to_target("k for k in sample(N_post-1, 0, -2, size=int(x_pre==2)*3)")),
                   2) == indices{6, 4, 2});
}

TEST_CASE("brian 2: test_synapse_generator_fixed_random, errors and skip_if_invalid") {
  network_of const of(5, 7);
  auto const more = to_target("k for k in sample(N_post, size=i+4)");
  auto const fewer = to_target("k for k in sample(N_post, size=3-i)");
  CHECK(message<std::out_of_range>([&] { of.a_to_b(more); }) ==
        "to_target: expected a sample of at most 7 numbers for source 4, found 8");
  CHECK(message<std::out_of_range>([&] { of.a_to_b(fewer); }) ==
        "to_target: expected a sample of at most 7 numbers for source 4, found -1");
  CHECK(sizes(of.a_to_b(more.skip_if_invalid()), 5) == indices{4, 5, 6, 7, 7});
  CHECK(sizes(of.a_to_b(fewer.skip_if_invalid()), 5) == indices{3, 2, 1, 0, 0});
  CHECK(of.a_to_b(to_target(k, for_each(k, sample(post(N)).size(i + 4))).skip_if_invalid()) ==
        of.a_to_b(more.skip_if_invalid()));
}

TEST_CASE("brian 2: test_synapse_generator_random_with_condition") {
  network_of const of(4, 4);
  CHECK(of.within_a(to_target("k for k in sample(N_post, p=0) if i != k")).empty());
  CHECK(of.within_a(to_target("k for k in sample(N_post, p=1) if i != k")) ==
        pairs_where(4, 4, [](int s, int t) { return s != t; }));
  CHECK(of.within_a(to_target("k for k in sample(N_post, p=1.0) if i >= 2")) ==
        pairs_where(4, 4, [](int s, int) { return s >= 2; }));
  auto const first = pairs_where(4, 4, [](int, int t) { return t < 2; });
  CHECK(of.within_a(to_target("k for k in sample(N_post, p=1.0) if j < 2")) == first);
  CHECK(of.within_a(to_target("k for k in sample(2, p=1.0)")) == first);
  for (auto const& [s, t] : of.within_a(to_target("i+1 for _ in sample(1, p=0.5) if i < N_post-1")))
    CHECK(t == s + 1);
  for (auto const& [s, t] : of.within_a(to_target("i+k for k in sample(N_post-i, p=0.5)")))
    CHECK(t >= s);
}

TEST_CASE("brian 2: test_synapse_generator_range_noint") {
  network_of const of(42, 1);
  CHECK(message<error>([&] { of.within_a(to_target("k for k in range(42.5)")); }) ==
        "to_target: expected whole numbers in range(...), found 42.5 for source 0");
  CHECK(message<error>([&] { of.within_a(to_target(k, for_each(k, range(0, i / 2)))); }) ==
        "to_target: expected whole numbers in range(...), found 0.5 for source 1");
  CHECK(message<error>([&] { of.within_a(to_target("k for k in range(0, 5, 0)")); }) ==
        "to_target: expected a step that is not 0 for source 0");
}

TEST_CASE("generators draw independently, or sets evenly") {
  network_of const of(600, 500);
  auto const request = network_of::request(of.a, of.b);
  auto const bernoulli = to_target(k, for_each(k, sample(post(N)).probability(0.2)));
  auto const list = bernoulli.build(host, request);
  check_scatter(out_degrees(list), 100, 80);
  check_scatter(in_degrees(list, 500), 120, 96);
  check_alone(bernoulli, request);

  auto const some = to_target("k for k in sample(N_post, size=100)");
  auto const sets = some.build(host, request);
  CHECK(out_degrees(sets) == indices(600, 100));
  CHECK(largest_multiplicity(sets) == 1);
  check_scatter(in_degrees(sets, 500), 120, 96, 1);
  check_alone(some, request);

  auto const reverse = from_source(k, for_each(k, sample(pre(N)).size(60)));
  auto const sources = reverse.build(host, request);
  CHECK(in_degrees(sources, 500) == indices(500, 60));
  check_scatter(out_degrees(sources), 50, 50 * 0.9, 1);
  check_alone(reverse, request);

  auto const anywhere = to_target(floor(uniform() * post(N)), for_each(k, range(50)));
  auto const draws = anywhere.build(host, request);
  check_scatter(in_degrees(draws, 500), 60, 60, 1);
  check_alone(anywhere, request);
}

TEST_CASE("generators: what does not fit") {
  network_of const of(4, 4);
  CHECK(message<error>([&] { of.within_a(to_target(post(cells::x))); }) ==
        "to_target: expected the index and its range to depend on the source only, found them to "
        "depend on the target");
  CHECK(message<error>([&] { of.within_a(from_source("k for k in range(i)")); }) ==
        "from_source: expected the index and its range to depend on the target only, found them "
        "to depend on the source");
  CHECK(message<error>([&] { of.within_a(to_target("k for k in range(k)")); }) ==
        "to_target: expected a range that does not depend on 'k', which runs through it");
  CHECK(message<error>([&] { of.within_a(to_target("i if i > 2").where("i > 2")); }) ==
        "to_target: expected one condition, found 'if' and where(...)");
  CHECK(message<error>([&] { of.within_a(to_target(k)); }) ==
        "to_target: expected pre(k) or post(k), found k");
  CHECK(message<error>([&] { of.within_a(to_target("k for k in x")); }) ==
        "to_target: cannot read 'x' (line 1, column 12): expected range(...) or sample(...)");
  CHECK(message<std::length_error>([&] { of.within_a(to_target(0, for_each(k, range(1e10)))); }) ==
        "to_target: expected at most 2147483647 numbers to run through for source 0, found 1e+10");
}

namespace {
/// Connects each source with the first targets, as many as its own number.
struct staircase {
  nernst::connection_list build(nernst::executor const&,
                                nernst::connection_request const& request) const {
    nernst::connection_list list;
    list.row_begin = {0};
    for (std::uint32_t source = 0; source < request.sources; ++source) {
      for (std::uint32_t target = 0; target < source && target < request.targets; ++target)
        list.target.push_back(target);
      list.row_begin.push_back(list.target.size());
    }
    return list;
  }
};
}  // namespace

// What docs/connect.md shows.
TEST_CASE("a rule of one's own") {
  network_of of(5, 3);
  CHECK(of.a_to_b(staircase()) == pairs_where(5, 3, [](int s, int t) { return t < s; }));
  CHECK(of.net.connect<nothing>(of.a, of.b, staircase()).size() == 9);
}

TEST_CASE("the network connects by conditions and generators") {
  network_of of(40, 40);
  auto& net = of.net;
  auto cells = of.a;
  using synapses = nothing;
  using cell = two_populations::cells;
  {
    auto apart = net.connect<synapses>(cells, cells, where(i != j));
    auto random = net.connect<synapses>(cells, cells, where(i != j).probability(0.1));
    auto twice = net.connect<synapses>(cells, cells, where(i / 10 == j).number(2));
    CHECK(apart.size() == 40 * 39);
    CHECK(random.size() < 300);
    CHECK(twice.size() == 8);
  }
  {
    auto apart = net.connect<synapses>(cells, cells, "i != j");
    auto random = net.connect<synapses>(cells, cells, where("i != j").probability("0.1"));
    auto larger = net.connect<synapses>(cells, cells, "v_pre > v_post and x_pre < N_pre - 1");
    CHECK(apart.size() == 40 * 39);
    CHECK(random.size() < 300);
    CHECK(larger.size() == 39 * 38 / 2);
  }
  {
    auto const distance = pre(cell::place) - post(cell::place);
    auto nearby = net.connect<synapses>(
        cells, cells, where(i != j).probability(0.8 * exp(-pow<2>(distance / (5 * um)))));
    CHECK(nearby.size() > 200);
  }
  {
    auto ring = net.connect<synapses>(cells, cells, to_target((i + 1) % post(N)));
    auto near = to_target(i + k, for_each(k, range(-3, 4))).where(k != 0).skip_if_invalid();
    auto neighbours = net.connect<synapses>(cells, cells, near);
    auto some = to_target(k, for_each(k, sample(post(N)).probability(0.02 * (i % 5))));
    auto inputs = from_source(k, for_each(k, sample(pre(N)).size(3)));
    CHECK(ring.size() == 40);
    CHECK(neighbours.size() == 40 * 6 - 12);
    CHECK(net.connect<synapses>(cells, cells, some).size() < 200);
    CHECK(net.connect<synapses>(cells, cells, inputs).size() == 120);
  }
  {
    auto ring = net.connect<synapses>(cells, cells, to_target("(i + 1) % N_post"));
    auto near = to_target("i + k for k in range(-3, 4) if k != 0").skip_if_invalid();
    auto some = to_target("k for k in sample(N_post, p=0.02*(i % 5))");
    auto inputs = from_source("k for k in sample(N_pre, size=3)");
    CHECK(ring.size() == 40);
    CHECK(net.connect<synapses>(cells, cells, near).size() == 40 * 6 - 12);
    CHECK(net.connect<synapses>(cells, cells, some).size() < 200);
    CHECK(net.connect<synapses>(cells, cells, inputs).size() == 120);
  }
}
