// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/network/connect.hpp>
#include <nernst/network/connect/rising_order.hpp>

#include "connections.hpp"
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <stdexcept>

namespace {

using namespace nernst::dsl;
using namespace connections;
using nernst::connection_list;
using nernst::connection_request;

connection_request const both{.sources = 500, .targets = 400, .seed = 7, .object = 3};
/// Elements 100 ... 399 of a population with its elements 50 ... 249.
connection_request const slices{.sources = 300,
                                .targets = 200,
                                .seed = 7,
                                .object = 3,
                                .one_population = true,
                                .source_set = {100, 400},
                                .target_set = {50, 250}};

}  // namespace

TEST_CASE("connect: a request knows which elements are both source and target") {
  CHECK(slices.target_like(0) == 50);
  CHECK(slices.target_like(149) == 199);
  CHECK(slices.target_like(150) == connection_request::nobody);
  CHECK(slices.source_like(50) == 0);
  CHECK(slices.source_like(49) == connection_request::nobody);
  CHECK(both.target_like(0) == connection_request::nobody);
}

TEST_CASE("connect: rules are constants") {
  constexpr auto rule = fixed_in_degree(100).without_autapses().without_multapses();
  constexpr auto probability = fixed_probability(0.1).without_autapses();
  static_assert(probability.probability() == 0.1);
  CHECK(rule.build(host, {.sources = 1000, .targets = 0}).target.empty());
}

TEST_CASE("fixed_in_degree: each target has that many synapses, from sources at random") {
  auto const list = fixed_in_degree(1000).build(host, both);
  CHECK(in_degrees(list, both.targets) == indices(both.targets, 1000));
  CHECK(rows_ascend(list));
  CHECK(list.creation.empty());
  double const p = 1.0 / both.sources, draws = 1000.0 * both.targets;
  check_scatter(out_degrees(list), draws * p, draws * p, 1);
  // How often pairs occur is binomial.
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> multiplicity;
  for (auto const& pair : pairs_of(list)) ++multiplicity[pair];
  std::vector<int> of_pairs;
  for (auto const& [pair, n] : multiplicity) of_pairs.push_back(n);
  of_pairs.resize(std::size_t{both.sources} * both.targets, 0);
  check_scatter(of_pairs, 1000 * p, 1000 * p * (1 - p));
  check_alone(fixed_in_degree(1000), both);
}

TEST_CASE("fixed_in_degree without multapses draws different sources") {
  int const degree = GENERATE(0, 1, 40, 250, 251, 460, 500);
  auto const list = fixed_in_degree(degree).without_multapses().build(host, both);
  CHECK(in_degrees(list, both.targets) ==
        indices(both.targets, static_cast<std::uint32_t>(degree)));
  CHECK(rows_ascend(list));
  CHECK(largest_multiplicity(list) <= 1);
  double const p = degree / 500.0;
  if (degree > 0 && degree < 500)
    check_scatter(out_degrees(list), p * both.targets, p * (1 - p) * both.targets);
  check_alone(fixed_in_degree(degree).without_multapses(), both);
}

TEST_CASE("fixed_in_degree without autapses leaves out the element itself, and nothing else") {
  bool const multapses = GENERATE(true, false);
  auto const rule = fixed_in_degree(60).without_autapses();
  auto const list = (multapses ? rule : rule.without_multapses()).build(host, slices);
  CHECK(in_degrees(list, slices.targets) == indices(slices.targets, 60));
  CHECK_FALSE(has_autapse(list, slices));
  CHECK((largest_multiplicity(list) > 1) == multapses);
  // Sources 0 ... 149 are left out once.
  std::vector<double> deviations;
  indices const degrees = out_degrees(list);
  for (std::uint32_t s = 0; s < slices.sources; ++s) {
    bool const is_both = slices.target_like(s) < slices.targets;
    double const expected = 60.0 / 299 * (is_both ? 149 : 150) + 60.0 / 300 * 50;
    deviations.push_back(degrees[s] - expected);
  }
  check_scatter(deviations, 0, multapses ? 40.0 : 40.0 * 0.8, 1);
  CHECK(has_autapse(fixed_in_degree(60).build(host, slices), slices));
  connection_request apart = slices;
  apart.one_population = false;
  CHECK(rule.build(host, apart).target == fixed_in_degree(60).build(host, apart).target);
}

TEST_CASE("fixed_in_degree says what is impossible") {
  using error = std::invalid_argument;
  CHECK(message<error>([] { fixed_in_degree(-1); }) ==
        "fixed_in_degree: expected a degree from 0 to 2147483647, found -1");
  CHECK(message<error>([] { fixed_in_degree(501).without_multapses().build(host, both); }) ==
        "fixed_in_degree: expected at least 501 different sources, found 500");
  CHECK(message<error>([] {
          fixed_in_degree(300).without_multapses().without_autapses().build(host, slices);
        }) == "fixed_in_degree: expected at least 300 different sources beside the element itself, "
              "found 299");
  CHECK(message<error>([] { fixed_in_degree(2).build(host, {.sources = 0, .targets = 3}); }) ==
        "fixed_in_degree: expected sources to draw from, found none");
  CHECK(message<std::length_error>(
            [] { fixed_in_degree(1 << 20).build(host, {.sources = 3, .targets = 1 << 20}); }) ==
        "fixed_in_degree: expected at most 4294901760 synapses, as they are listed one by one, "
        "found 1099511627776");
  CHECK(fixed_in_degree(0).build(host, {.sources = 0, .targets = 3}).row_begin == places{0});
}

TEST_CASE("fixed_out_degree: each source has that many synapses, to targets at random") {
  auto const list = fixed_out_degree(1000).build(host, both);
  CHECK(out_degrees(list) == indices(both.sources, 1000));
  CHECK(rows_ascend(list));
  double const mean = 1000.0 * both.sources / both.targets;
  check_scatter(in_degrees(list, both.targets), mean, mean, 1);
  check_alone(fixed_out_degree(1000), both);
  CHECK(message<std::invalid_argument>([] {
          fixed_out_degree(401).without_multapses().build(host, both);
        }) == "fixed_out_degree: expected at least 401 different targets, found 400");
}

TEST_CASE("fixed_out_degree without autapses and multapses") {
  auto const list =
      fixed_out_degree(199).without_autapses().without_multapses().build(host, slices);
  CHECK(out_degrees(list) == indices(slices.sources, 199));
  CHECK(largest_multiplicity(list) == 1);
  CHECK_FALSE(has_autapse(list, slices));
  // Sources that are targets have all others.
  for (std::uint32_t s = 0; s < 150; ++s)
    for (std::uint32_t k = 0; k < 199; ++k)
      REQUIRE(list.target[list.row_begin[s] + k] == (k < s + 50 ? k : k + 1));
}

TEST_CASE("fixed_total_number: pairs are drawn independently") {
  auto const list = fixed_total_number(400000).build(host, both);
  CHECK(list.target.size() == 400000);
  CHECK(rows_ascend(list));
  check_scatter(out_degrees(list), 800, 800, 1);
  check_scatter(in_degrees(list, both.targets), 1000, 1000, 1);
  check_alone(fixed_total_number(400000), both);
  CHECK(fixed_total_number(0).build(host, both).target.empty());
  CHECK(fixed_total_number(1).build(host, both).target.size() == 1);
  CHECK(fixed_total_number(5).build(host, {.sources = 1, .targets = 1}).target == indices(5, 0));
}

TEST_CASE("fixed_total_number without autapses draws from the other pairs evenly") {
  connection_request const few{.sources = 4,
                               .targets = 5,
                               .seed = 1,
                               .one_population = true,
                               .source_set = {2, 6},
                               .target_set = {1, 6}};
  auto const list = fixed_total_number(160000).without_autapses().build(host, few);
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> multiplicity;
  for (auto const& pair : pairs_of(list)) ++multiplicity[pair];
  REQUIRE(multiplicity.size() == 16);
  std::vector<int> counts;
  for (auto const& [pair, n] : multiplicity) counts.push_back(n);
  CHECK_FALSE(has_autapse(list, few));
  check_scatter(counts, 10000, 10000, 1);
}

TEST_CASE("fixed_total_number without multapses draws sets of pairs evenly") {
  connection_request request{.sources = 3,
                             .targets = 3,
                             .seed = 5,
                             .one_population = true,
                             .source_set = {0, 3},
                             .target_set = {0, 3}};
  int const number = GENERATE(1, 2, 3, 5);  // of 6 pairs
  std::map<pair_list, int> sets;
  for (request.object = 0; request.object < 3000; ++request.object) {
    auto const list =
        fixed_total_number(number).without_multapses().without_autapses().build(host, request);
    REQUIRE(list.target.size() == static_cast<std::size_t>(number));
    REQUIRE_FALSE(has_autapse(list, request));
    ++sets[pairs_of(list)];
  }
  std::size_t const kinds[] = {1, 6, 15, 20, 15, 6};
  REQUIRE(sets.size() == kinds[number]);
  std::vector<int> counts;
  for (auto const& [set, n] : sets) counts.push_back(n);
  double const expected = 3000.0 / static_cast<double>(sets.size());
  check_scatter(counts, expected, expected, 1);
}

TEST_CASE("fixed_total_number without multapses: large numbers, and all pairs") {
  std::int64_t const number = GENERATE(2000, 100000, 199999, 200000);
  auto const rule = fixed_total_number(number).without_multapses();
  auto const list = rule.build(host, both);
  CHECK(list.target.size() == static_cast<std::size_t>(number));
  CHECK(list.row_begin.back() == static_cast<std::size_t>(number));
  CHECK(rows_ascend(list));
  CHECK(largest_multiplicity(list) == 1);
  check_alone(rule, both);
}

TEST_CASE("fixed_total_number says what is impossible") {
  using error = std::invalid_argument;
  CHECK(
      message<error>([] { fixed_total_number(-5); }) ==
      "fixed_total_number: expected a number of synapses from 0 to 4611686018427387904, found -5");
  CHECK(message<error>([] { fixed_total_number(200001).without_multapses().build(host, both); }) ==
        "fixed_total_number: expected at least 200001 pairs of elements, found 200000");
  CHECK(message<error>([] {
          fixed_total_number(3).without_autapses().build(host, {.sources = 1,
                                                                .targets = 1,
                                                                .one_population = true,
                                                                .source_set = {0, 1},
                                                                .target_set = {0, 1}});
        }) == "fixed_total_number: expected at least 1 pair of elements that are not the same, "
              "found 0");
}

TEST_CASE("pairwise_poisson: each pair has a Poisson number of synapses") {
  double const mean = GENERATE(0.02, 0.7, 3.0);
  auto const list = nernst::dsl::pairwise_poisson(mean).build(host, both);
  CHECK(rows_ascend(list));
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> multiplicity;
  for (auto const& pair : pairs_of(list)) ++multiplicity[pair];
  std::vector<double> found(20, 0);
  for (auto const& [pair, n] : multiplicity) found[static_cast<std::size_t>(n)] += 1;
  double const pairs = 1.0 * both.sources * both.targets;
  found[0] = pairs - static_cast<double>(multiplicity.size());
  double expected = pairs * std::exp(-mean), chi_square = 0;
  int classes = 0;
  for (std::size_t n = 0; expected > 5; ++n) {
    chi_square += std::pow(found[n] - expected, 2) / expected;
    expected *= mean / static_cast<double>(n + 1);
    ++classes;
  }
  CHECK(std::abs(chi_square - classes) < 4 * std::sqrt(2.0 * classes));
  check_scatter(out_degrees(list), mean * both.targets, mean * both.targets);
  check_scatter(in_degrees(list, both.targets), mean * both.sources, mean * both.sources);
  check_alone(pairwise_poisson(mean), both);
}

TEST_CASE("pairwise_poisson without autapses, and what is no mean") {
  auto const list = pairwise_poisson(2).without_autapses().build(host, slices);
  CHECK_FALSE(has_autapse(list, slices));
  CHECK(has_autapse(pairwise_poisson(2).build(host, slices), slices));
  CHECK(pairwise_poisson(0).build(host, both).target.empty());
  CHECK(message<std::invalid_argument>([] { pairwise_poisson(-0.5); }) ==
        "pairwise_poisson: expected a mean that is not negative, found -0.5");
  CHECK(message<std::invalid_argument>([] {
          pairwise_poisson(std::numeric_limits<double>::infinity());
        }) == "pairwise_poisson: expected a mean that is not negative, found inf");
  CHECK(message<std::length_error>([] { pairwise_poisson(1e5).build(host, both); }) ==
        "pairwise_poisson: expected at most 4294901760 synapses, as they are listed one by one, "
        "found 20000000000");
}

TEST_CASE("fixed_probability, all_to_all and one_to_one without autapses") {
  auto const list = fixed_probability(0.3).without_autapses().build(host, slices);
  CHECK_FALSE(has_autapse(list, slices));
  CHECK(rows_ascend(list));
  CHECK(largest_multiplicity(list) == 1);
  std::vector<double> deviations;
  indices const degrees = out_degrees(list);
  for (std::uint32_t s = 0; s < slices.sources; ++s)
    deviations.push_back(degrees[s] - 0.3 * (slices.target_like(s) < slices.targets ? 199 : 200));
  check_scatter(deviations, 0, 0.3 * 0.7 * 199.5);
  check_alone(fixed_probability(0.3).without_autapses(), slices);

  connection_request const few{.sources = 3,
                               .targets = 3,
                               .seed = 1,
                               .one_population = true,
                               .source_set = {1, 4},
                               .target_set = {0, 3}};
  CHECK(pairs_of(all_to_all().without_autapses().build(host, few)) ==
        pair_list{{0, 0}, {0, 2}, {1, 0}, {1, 1}, {2, 0}, {2, 1}, {2, 2}});
  CHECK(one_to_one().without_autapses().build(host, few).target == indices{0, 1, 2});
  connection_request same = few;
  same.target_set = {1, 4};
  CHECK(one_to_one().without_autapses().build(host, same).row_begin == places{0, 0, 0, 0});
}

TEST_CASE("many numbers are sorted by their digits, few by comparison") {
  nernst::detail::rising_order sort;
  std::size_t const size = GENERATE(0, 1, 63, 64, 2047, 2048, 5000);
  std::uint32_t const bound = GENERATE(1u, 2u, 255u, 257u, 65536u, 70001u, 0xFFFFFFFFu);
  indices numbers;
  for (std::uint32_t k = 0; k < size; ++k)
    numbers.push_back(static_cast<std::uint32_t>(k * 2654435761u % bound));
  indices sorted = numbers;
  std::sort(sorted.begin(), sorted.end());
  sort(numbers.data(), numbers.data() + size, bound);
  CHECK(numbers == sorted);
}
