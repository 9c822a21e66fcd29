// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/philox.hpp>
#include <nernst/network/connect.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace nernst::dsl;
using nernst::connection_list;
auto const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();
using indices = std::vector<std::uint32_t>;
using places = std::vector<std::uint64_t>;

template <class Error, class Call>
std::string message(Call const& call) {
  try {
    call();
  } catch (Error const& error) {
    return error.what();
  }
  return "nothing was thrown";
}

// The definition, pair by pair: a source's uniform numbers are U = 1 - u, two from each block of
// bits, in order.
connection_list serial(double probability, std::uint32_t sources, std::uint32_t targets,
                       std::uint64_t seed, std::uint32_t object) {
  connection_list list;
  list.row_begin = {0};
  for (std::uint32_t source = 0; source < sources; ++source) {
    double next = 0;
    for (std::uint32_t draw = 0;; ++draw) {
      auto const block =
          nernst::kernel::draw_bits({seed, object, 0xFFFF'FFFF'FFFFull}, source, draw / 2);
      std::uint64_t const word = draw % 2 == 0 ? (std::uint64_t{block.v[1]} << 32 | block.v[0])
                                               : (std::uint64_t{block.v[3]} << 32 | block.v[2]);
      double const u = 1 - static_cast<double>(word >> 11) / 9007199254740992.0;
      next += std::floor(std::log(u) / std::log1p(-probability));
      if (next >= targets) {
        break;
      }
      list.target.push_back(static_cast<std::uint32_t>(next));
      next += 1;
    }
    list.row_begin.push_back(list.target.size());
  }
  return list;
}

}  // namespace

TEST_CASE("all_to_all connects every pair, row by row") {
  auto const list = all_to_all().build(host, {2, 3, 1, 0});
  CHECK(list.row_begin == places{0, 3, 6});
  CHECK(list.target == indices{0, 1, 2, 0, 1, 2});
  CHECK(list.creation.empty());
  CHECK(all_to_all().build(host, {3, 0, 1, 0}).row_begin == places{0, 0, 0, 0});
  CHECK(all_to_all().build(host, {0, 3, 1, 0}).row_begin == places{0});
  CHECK(message<std::length_error>([] { all_to_all().build(host, {65536, 65536, 1, 0}); }) ==
        "all_to_all: expected at most 4294901760 synapses, as they are listed one by one, found "
        "4294967296");
}

TEST_CASE("one_to_one connects equal indices") {
  auto const list = one_to_one().build(host, {3, 3, 1, 0});
  CHECK(list.row_begin == places{0, 1, 2, 3});
  CHECK(list.target == indices{0, 1, 2});
  CHECK(list.creation.empty());
  CHECK(message<std::invalid_argument>([] { one_to_one().build(host, {3, 4, 1, 0}); }) ==
        "one_to_one: expected as many targets as sources, found 3 sources and 4 targets");
}

TEST_CASE("pairs keeps duplicates and the user's order within a row") {
  auto const list = pairs(std::vector<int>{2, 0, 2, 0, 2}, std::vector<std::int64_t>{1, 3, 0, 3, 1})
                        .build(host, {4, 4, 1, 0});
  CHECK(list.row_begin == places{0, 2, 2, 5, 5});
  CHECK(list.target == indices{3, 3, 1, 0, 1});
  CHECK(list.creation == places{1, 3, 0, 2, 4});
}

TEST_CASE("pairs that ascend by source need no order of creation") {
  auto const list = pairs({0, 0, 1}, {5, 4, 5}).build(host, {2, 6, 1, 0});
  CHECK(list.row_begin == places{0, 2, 3});
  CHECK(list.target == indices{5, 4, 5});
  CHECK(list.creation.empty());
  CHECK(pairs({}, {}).build(host, {2, 6, 1, 0}).row_begin == places{0, 0, 0});
}

TEST_CASE("pairs says which index is wrong") {
  CHECK(message<std::invalid_argument>([] { pairs({0, 1}, {0}); }) ==
        "pairs: expected two lists of the same length, found 2 sources and 1 targets");
  CHECK(message<std::out_of_range>([] { pairs({0, -1}, {0, 0}); }) ==
        "pairs: expected a source index from 0 to 4294967295 at position 1, found -1");
  CHECK(message<std::out_of_range>([] { pairs({0}, {4294967296}); }) ==
        "pairs: expected a target index from 0 to 4294967295 at position 0, found 4294967296");
  CHECK(message<std::out_of_range>([] { pairs({0, 1, 2}, {0, 0, 0}).build(host, {2, 1, 1, 0}); }) ==
        "pairs: expected a source index below 2 at position 2, found 2");
  CHECK(message<std::out_of_range>([] { pairs({0, 1, 2}, {0, 9, 0}).build(host, {3, 9, 1, 0}); }) ==
        "pairs: expected a target index below 9 at position 1, found 9");
  CHECK(message<std::out_of_range>([] { pairs({0}, {0}).build(host, {0, 1, 1, 0}); }) ==
        "pairs: expected a source index below 0 at position 0, found 0");
}

TEST_CASE("fixed_probability accepts probabilities only") {
  CHECK(message<std::invalid_argument>([] { fixed_probability(1.5); }) ==
        "fixed_probability: expected a probability in [0, 1], found 1.5");
  CHECK(message<std::invalid_argument>([] { fixed_probability(-0.02); }) ==
        "fixed_probability: expected a probability in [0, 1], found -0.02");
  CHECK(message<std::invalid_argument>([] {
          fixed_probability(std::numeric_limits<double>::quiet_NaN());
        }) == "fixed_probability: expected a probability in [0, 1], found nan");
  CHECK(fixed_probability(0.02).probability() == 0.02);
}

TEST_CASE("fixed_probability is exact at 0, 1 and in empty slices") {
  CHECK(fixed_probability(0).build(host, {2, 100, 1, 0}).row_begin == places{0, 0, 0});
  auto const full = fixed_probability(1).build(host, {3, 5, 1, 0}),
             every = all_to_all().build(host, {3, 5, 1, 0});
  CHECK(full.row_begin == every.row_begin);
  CHECK(full.target == every.target);
  CHECK(fixed_probability(0.5).build(host, {0, 5, 1, 0}).row_begin == places{0});
  CHECK(fixed_probability(0.5).build(host, {1, 0, 1, 0}).row_begin == places{0, 0});
  CHECK(fixed_probability(std::numeric_limits<double>::denorm_min())
            .build(host, {100, 1000, 1, 0})
            .target.empty());
  double const most = std::nextafter(1.0, 0.0);
  CHECK(fixed_probability(most).build(host, {100, 1000, 1, 0}).target.size() == 100000);
}

TEST_CASE("fixed_probability refuses more synapses than the limit at once") {
  CHECK(message<std::length_error>(
            [] { fixed_probability(0.5).build(host, {1u << 31, 1u << 31, 1, 0}); }) ==
        "fixed_probability: expected at most 4294901760 synapses, as they are listed one by one, "
        "found 2305843009213693952");
  CHECK(
      message<std::length_error>([] { fixed_probability(1).build(host, {65536, 65536, 1, 0}); }) ==
      "fixed_probability: expected at most 4294901760 synapses, as they are listed one by one, "
      "found 4294967296");
}

TEST_CASE("fixed_probability gives what a serial loop gives, for any number of threads") {
  double const probability = GENERATE(0.001, 0.02, 0.5, 0.97);
  auto const list = fixed_probability(probability).build(host, {501, 1003, 42, 7});
  auto const expected = serial(probability, 501, 1003, 42, 7);
  CHECK(list.row_begin == expected.row_begin);
  CHECK(list.target == expected.target);
  CHECK(list.creation.empty());
#ifdef KOKKOS_ENABLE_SERIAL
  auto const alone = fixed_probability(probability)
                         .build(nernst::executor::of<Kokkos::Serial>(), {501, 1003, 42, 7});
  CHECK(list.row_begin == alone.row_begin);
  CHECK(list.target == alone.target);
#endif
}

TEST_CASE("fixed_probability depends on seed and object, and on nothing else") {
  auto const rule = fixed_probability(0.1);
  auto const list = rule.build(host, {50, 400, 1, 3}), again = rule.build(host, {50, 400, 1, 3});
  CHECK(list.target == again.target);
  CHECK(list.row_begin == again.row_begin);
  CHECK(list.target != rule.build(host, {50, 400, 2, 3}).target);
  CHECK(list.target != rule.build(host, {50, 400, 1, 4}).target);
  auto const fewer = rule.build(host, {20, 400, 1, 3});
  CHECK(fewer.target ==
        indices(list.target.begin(),
                list.target.begin() + static_cast<std::ptrdiff_t>(list.row_begin[20])));
}

TEST_CASE("fixed_probability makes independent trials") {
  std::uint32_t const sources = 4000, targets = 1000;
  double const p = GENERATE(0.004, 0.02, 0.3, 0.8);
  auto const list = fixed_probability(p).build(host, {sources, targets, 11, 2});
  REQUIRE(list.row_begin.size() == sources + 1);
  REQUIRE(list.row_begin.back() == list.target.size());

  double const mean = p * targets, variance = mean * (1 - p);
  double squares = 0, neighbours = 0;
  bool ascending = true, below = true;
  indices incoming(targets, 0);
  for (std::uint32_t s = 0; s < sources; ++s) {
    auto const n = static_cast<double>(list.row_begin[s + 1] - list.row_begin[s]);
    squares += (n - mean) * (n - mean);
    for (auto k = list.row_begin[s]; k < list.row_begin[s + 1]; ++k) {
      below = below && list.target[k] < targets;
      if (below) {
        ++incoming[list.target[k]];
      }
      if (k > list.row_begin[s]) {
        ascending = ascending && list.target[k - 1] < list.target[k];
        neighbours += list.target[k] == list.target[k - 1] + 1 ? 1 : 0;
      }
    }
  }
  CHECK(ascending);
  CHECK(below);
  double const trials = static_cast<double>(sources) * targets;
  CHECK(std::abs(static_cast<double>(list.target.size()) - p * trials) <
        4 * std::sqrt(p * (1 - p) * trials));
  CHECK(std::abs(squares / sources / variance - 1) < 4 * std::sqrt(2.0 / sources));

  double chi_squared = 0;
  for (std::uint32_t const n : incoming) {
    chi_squared += std::pow(n - p * sources, 2) / (p * (1 - p) * sources);
  }
  CHECK(std::abs(chi_squared - targets) < 4 * std::sqrt(2.0 * targets));
  // Overlapping pairs of neighbours: the variance of their number is at most three times that of
  // independent ones.
  double const expected = p * p * trials;
  CHECK(std::abs(neighbours - expected * (targets - 1.0) / targets) < 4 * std::sqrt(3 * expected));
}
