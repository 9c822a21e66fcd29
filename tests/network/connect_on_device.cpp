// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Rows that kernels make in memory of their own, on spaces of the host: those of the host's rules,
// synapse by synapse.
#include <nernst/device/made_rows.hpp>
#include <nernst/network/connect.hpp>
#include <nernst/network/connect/any_rule.hpp>
#include <nernst/network/connect/row_lists.hpp>

#include "connections.hpp"
#include <array>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

namespace {

using namespace nernst::dsl;
using namespace connections;
using nernst::connection_request;
using nernst::element_set;
using nernst::synapse_rows;

/// Sources and targets of one population, and in how many parts these are.
struct elements {
  element_set sources, targets;
  std::uint32_t population;
  std::uint32_t parts;
  bool is_one = true;

  connection_request request() const {
    return {.sources = sources.size(),
            .targets = targets.size(),
            .seed = 7,
            .object = 3,
            .one_population = is_one,
            .source_set = sources,
            .target_set = targets};
  }
  std::vector<std::uint32_t> bounds() const {
    std::vector<std::uint32_t> all;
    for (std::uint64_t p = 0; p <= parts; ++p)
      all.push_back(static_cast<std::uint32_t>(p * population / parts));
    return all;
  }
};

/// Each third element of a range.
element_set thirds(std::uint32_t begin, std::uint32_t end) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t k = begin; k < end; k += 3) all.push_back(k);
  return element_set(all);
}

/// Of the last ones targets take 16 bits each, and 32.
std::vector<elements> all_elements() {
  return {{{0, 60}, {0, 60}, 60, 1},        {{20, 80}, {10, 90}, 100, 4},
          {{0, 8}, {60, 100}, 100, 3},      {{0, 60}, {0, 60}, 60, 5, false},
          {thirds(0, 60), {20, 80}, 80, 3}, {{20, 40}, thirds(1, 100), 100, 6},
          {{0, 0}, {3, 10}, 10, 2},         {{3, 10}, {5, 5}, 10, 2},
          {{0, 1}, {0, 1}, 1, 1},           {{0, 3}, {0, 3}, 3, 8},
          {{0, 2}, {5, 66000}, 66000, 2},   {{0, 2}, {5, 66000}, 66000, 1}};
}

/// As a network makes them on the host.
synapse_rows on_host(nernst::detail::any_rule const& rule, elements const& of) {
  nernst::connection_list list = nernst::detail::list_of(host, rule(host, of.request()));
  if (!of.sources.is_slice()) nernst::detail::spread_rows(list, of.sources);
  if (!of.targets.is_slice()) nernst::detail::spread_targets(list, of.targets);
  return {host, list, of.bounds(), of.sources.begin(), of.targets.begin()};
}
template <class Space>
synapse_rows on_device(nernst::detail::any_rule const& rule, elements const& of) {
  nernst::connections const made = rule(host, of.request());
  REQUIRE(made.law().is_known());
  return nernst::device::row_maker<Space>(made.law(), of.sources, of.targets,
                                          of.bounds())(made.rule());
}

/// Source, target and place of each synapse.
std::vector<std::array<std::size_t, 3>> synapses_of(synapse_rows const& rows) {
  std::vector<std::array<std::size_t, 3>> all;
  rows.for_each_synapse([&](std::uint32_t source, std::uint32_t target, std::size_t place) {
    all.push_back({source, target, place});
  });
  return all;
}
std::vector<std::uint32_t> numbers_of(synapse_rows const& rows) {
  auto const found = rows.find_numbers(host);
  return {found.data(), found.data() + found.size()};
}

template <class Space>
void check_same(nernst::detail::any_rule const& rule, elements const& of) {
  synapse_rows const expected = on_host(rule, of), found = on_device<Space>(rule, of);
  REQUIRE(found.size() == expected.size());
  CHECK(found.has_repeated_targets(host) == expected.has_repeated_targets(host));
  CHECK(found.places() == expected.places());
  CHECK(found.narrow() == expected.narrow());
  CHECK(synapses_of(found) == synapses_of(expected));
  CHECK(numbers_of(found) == numbers_of(expected));
}

template <class Rule>
void check_everywhere(Rule const& given) {
  nernst::detail::any_rule const rule(given);
  for (elements const& of : all_elements()) {
    check_same<Kokkos::Serial>(rule, of);
    check_same<Kokkos::DefaultHostExecutionSpace>(rule, of);
  }
}
/// With autapses and without.
template <class Rule>
void check_both(Rule const& rule) {
  check_everywhere(rule);
  check_everywhere(rule.without_autapses());
}

}  // namespace

TEST_CASE("a device makes the synapses of the host: independent trials") {
  for (double const p : {1e-3, 0.04, 0.5, 1.0}) check_both(fixed_probability(p));
}

TEST_CASE("a device makes the synapses of the host: everything, and the same") {
  check_both(all_to_all());
  elements const of[] = {
      {{0, 30}, {10, 40}, 50, 3}, {thirds(0, 30), {7, 17}, 30, 4}, {{0, 0}, {0, 0}, 5, 2}};
  for (elements const& e : of)
    for (auto const rule : {one_to_one(), one_to_one().without_autapses()})
      check_same<Kokkos::DefaultHostExecutionSpace>(nernst::detail::any_rule(rule), e);
}

TEST_CASE("a device makes the synapses of the host: given degrees") {
  for (elements const& of : all_elements())
    for (int const degree : {0, 1, 9, 19, 50}) {
      auto const check = [&](auto const& given) {
        check_same<Kokkos::DefaultHostExecutionSpace>(nernst::detail::any_rule(given), of);
      };
      auto const check_all = [&](auto const& rule, std::uint32_t others) {
        if (others < 2) return;
        check(rule);
        check(rule.without_autapses());
        if (others > static_cast<std::uint32_t>(degree)) {
          check(rule.without_multapses());
          check(rule.without_multapses().without_autapses());
        }
      };
      if (of.targets.size() > 1000 && degree > 1) continue;
      check_all(fixed_in_degree(degree), of.sources.size());
      check_all(fixed_out_degree(degree), of.targets.size());
    }
}

TEST_CASE("a device makes the synapses of the host: a given number, and Poisson numbers") {
  for (elements const& of : all_elements()) {
    if (of.targets.size() < 2 || of.sources.size() == 0) continue;
    for (int const number : {0, 1, 500}) {
      check_same<Kokkos::Serial>(nernst::detail::any_rule(fixed_total_number(number)), of);
      check_same<Kokkos::Serial>(
          nernst::detail::any_rule(fixed_total_number(number).without_autapses()), of);
    }
    check_same<Kokkos::Serial>(nernst::detail::any_rule(pairwise_poisson(0.05)), of);
  }
}

TEST_CASE("a device refuses more synapses than the limit once it has counted them") {
  elements const of = all_elements()[1];
  connection_request request = of.request();
  request.limit = {.most = 1000, .of = "s", .why = ", as a device makes the steps"};
  auto const given = fixed_probability(0.25);
  nernst::detail::any_rule const rule(given);
  nernst::connections const made = rule(host, request);
  std::size_t const size = on_device<Kokkos::Serial>(rule, of).size();
  REQUIRE(size > 1000);
  using maker = nernst::device::row_maker<Kokkos::Serial>;
  CHECK(message<std::length_error>([&] {
          maker(made.law(), of.sources, of.targets, of.bounds())(made.rule());
        }) == "s, fixed_probability: expected at most 1000 synapses, as a device makes the steps, "
              "found " +
                  std::to_string(size));
}

TEST_CASE("thresholds decide about trials as logarithms do") {
  using nernst::kernel::draw_bits;
  for (double const p : {1e-9, 1e-3, 0.02, 0.5, 0.999, 1.0}) {
    nernst::detail::failures_before_success const expected(p);
    std::uint32_t const most = 5000;
    auto const least = nernst::device::trial_thresholds(expected, most);
    CHECK(std::is_sorted(least.begin(), least.end()));
    nernst::device::trial_table const found{expected.scale(), least.data(),
                                            static_cast<std::uint32_t>(least.size())};
    auto const check = [&](std::uint32_t low, std::uint32_t high) {
      double const n = expected(low, high);
      REQUIRE(found(low, high) == (n < most ? static_cast<std::uint32_t>(n) : most));
    };
    for (std::uint32_t k = 0; k < 20000; ++k) {
      auto const word = draw_bits({1, 2, 3}, k, 0);
      check(word.v[0], word.v[1]);
    }
    // Where the number changes.
    for (std::uint64_t const bits : least)
      for (std::uint64_t const b : {bits - (bits > 0 ? 1 : 0), bits})
        check(static_cast<std::uint32_t>(b << 11), static_cast<std::uint32_t>(b << 11 >> 32));
    check(0, 0);
    check(0xFFFF'FFFF, 0xFFFF'FFFF);
  }
}

TEST_CASE("a logarithm that is rounded otherwise makes no other synapses") {
  double const p = 0.02;
  nernst::detail::failures_before_success const expected(p);
  auto const least = nernst::device::trial_thresholds(expected, 2000);
  auto const size = static_cast<std::uint32_t>(least.size());
  for (double const error : {-1e-3, 1e-3}) {
    nernst::device::trial_table const found{expected.scale() * (1 + error), least.data(), size};
    for (std::uint32_t k = 0; k < 20000; ++k) {
      auto const word = nernst::kernel::draw_bits({1, 2, 3}, k, 0);
      REQUIRE(found(word.v[0], word.v[1]) ==
              static_cast<std::uint32_t>(expected(word.v[0], word.v[1])));
    }
  }
}
