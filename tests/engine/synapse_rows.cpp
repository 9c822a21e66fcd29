// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/synapse_rows.hpp>
#include <nernst/network/connect.hpp>

#include <Kokkos_Core.hpp>

#include "catch.hpp"
#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace nernst::dsl;
using nernst::connection_list, nernst::synapse_rows;
auto const host = nernst::executor::of<Kokkos::DefaultHostExecutionSpace>();
using indices = std::vector<std::uint32_t>;

indices targets_of(synapse_rows const& rows, std::uint32_t partition, std::uint32_t source) {
  auto const row = rows.range(partition, source);
  indices all;
  for (auto k = row.first; k < row.last; ++k) all.push_back(rows.target(partition, k));
  return all;
}

template <class Error, class Call>
std::string message(Call const& call) {
  try {
    call();
  } catch (Error const& error) {
    return error.what();
  }
  return "nothing was thrown";
}

indices numbers_of(synapse_rows const& rows) {
  auto const found = rows.find_numbers(host);
  indices all;
  for (std::uint32_t p = 0; p < rows.partitions(); ++p)
    for (auto k = rows.begin(p); k < rows.end(p); ++k) all.push_back(found[k]);
  return all;
}

/// Rows of one partition that stand elsewhere, and how often somebody has asked for them.
struct elsewhere final : nernst::engine::distant_rows {
  mutable int starts_asked = 0, targets_asked = 0;
  bool repeats_targets() const override { return false; }

 private:
  void fetch_offsets(std::uint32_t* to) const override {
    ++starts_asked;
    for (std::uint32_t const start : {0U, 2U, 3U}) *to++ = start;
  }
  void fetch_targets(void* to) const override {
    ++targets_asked;
    auto* next = static_cast<std::uint16_t*>(to);
    for (int const target : {1, 3, 2}) *next++ = static_cast<std::uint16_t>(target);
  }
};

// Every synapse of the list is stored once, under its owner, in the order of the list, and finds
// its place in the order of creation.
void check_complete(connection_list const& list, synapse_rows const& rows, indices const& bounds,
                    std::uint32_t source_offset, std::uint32_t target_offset) {
  REQUIRE(rows.size() == list.target.size());
  REQUIRE(rows.partitions() + 1 == bounds.size());
  std::size_t sum = 0;
  bool same = true;
  auto const number = rows.find_numbers(host);
  for (std::uint32_t p = 0; p < rows.partitions(); ++p) {
    std::size_t next = rows.begin(p);
    CHECK(next % 16 == 0);
    for (std::uint32_t s = 0; s + 1 < list.row_begin.size(); ++s) {
      auto const row = rows.range(p, s + source_offset);
      REQUIRE(row.first == next);
      for (auto k = list.row_begin[s]; k < list.row_begin[s + 1]; ++k) {
        std::uint32_t const element = list.target[k] + target_offset;
        if (element < bounds[p] || element >= bounds[p + 1]) {
          continue;
        }
        same = same && next != row.last;
        if (!same) {
          break;
        }
        same = same && rows.target(p, next) == element &&
               number[next] == (list.creation.empty() ? k : list.creation[k]);
        ++next;
      }
      REQUIRE(same);
      REQUIRE(next == row.last);
    }
    CHECK(rows.end(p) == next);
    sum += rows.end(p) - rows.begin(p);
  }
  CHECK(sum == list.target.size());
}

}  // namespace

TEST_CASE("rows are split by the owner of the target, in populations' indices") {
  auto const list = pairs({1, 0, 1, 1, 0, 1}, {3, 2, 0, 3, 1, 2}).build(host, {2, 4, 1, 0});
  synapse_rows const rows(host, list, {0, 12, 20}, 5, 10);
  CHECK(rows.narrow());
  CHECK(rows.source_begin() == 5);
  CHECK(rows.source_end() == 7);
  CHECK(targets_of(rows, 0, 5) == indices{11});
  CHECK(targets_of(rows, 0, 6) == indices{10});
  CHECK(targets_of(rows, 1, 5) == indices{12});
  CHECK(targets_of(rows, 1, 6) == indices{13, 13, 12});
  CHECK(numbers_of(rows) == indices{4, 2, 1, 0, 3, 5});
  CHECK_FALSE(rows.is_in_order());
  CHECK(rows.targets<std::uint16_t>()[rows.begin(1)] == 0);  // counted from 12
}

TEST_CASE("a partition keeps every synapse once and in order") {
  auto const list = fixed_probability(0.05).build(host, {300, 900, 5, 1});
  indices const bounds =
      GENERATE(indices{0, 1000}, indices{0, 500, 1000}, indices{0, 0, 7, 7, 640, 999, 1000, 1000});
  check_complete(list, synapse_rows(host, list, bounds, 40, 100), bounds, 40, 100);

  indices sources, targets;
  for (std::uint32_t k = 0; k < 5000; ++k) {
    sources.push_back(k * 7919 % 300);
    targets.push_back(k * k % 900);
  }
  auto const shuffled = pairs(sources, targets).build(host, {300, 900, 5, 1});
  REQUIRE_FALSE(shuffled.creation.empty());
  check_complete(shuffled, synapse_rows(host, shuffled, bounds, 0, 0), bounds, 0, 0);
}

TEST_CASE("rows and columns are stored as the list of them is") {
  nernst::connection_request const request{.sources = 300, .targets = 900, .seed = 5, .object = 1};
  indices const bounds = GENERATE(indices{0, 1000}, indices{0, 500, 1000},
                                  indices{0, 0, 7, 7, 640, 999, 1000, 1000}, indices{0, 70000});
  auto const by_rows = fixed_probability(0.05);
  synapse_rows const rows(host, by_rows.make(host, request).rows, bounds, 40, 100);
  check_complete(by_rows.build(host, request), rows, bounds, 40, 100);
  auto const by_columns = fixed_in_degree(13);
  synapse_rows const columns(host, by_columns.make(host, request).columns, bounds, 40, 100);
  check_complete(by_columns.build(host, request), columns, bounds, 40, 100);
  CHECK(rows.memory_bytes() ==
        synapse_rows(host, by_rows.build(host, request), bounds, 40, 100).memory_bytes());
}

TEST_CASE("some numbers are those of all") {
  indices const bounds = GENERATE(indices{0, 900}, indices{0, 1, 500, 500, 900});
  auto const list = fixed_in_degree(5).build(host, {30, 900, 5, 1});
  indices key;
  for (std::uint32_t k = 0; k < list.target.size(); ++k) key.push_back(k * 2654435761u % 7);
  synapse_rows rows(host, list, bounds, 0, 0);
  for (int sorted = 0; sorted < 2; ++sorted) {
    auto const all = rows.find_numbers(host);
    bool fits = true;
    for (std::uint32_t p = 0; p < rows.partitions(); ++p)
      for (std::size_t begin = rows.begin(p); begin < rows.end(p); begin += 37) {
        std::vector<std::size_t> some(std::min(std::size_t{83}, rows.end(p) - begin));
        rows.read_numbers(begin, begin + some.size(), some.data());
        fits = fits && std::equal(some.begin(), some.end(), all.data() + begin);
      }
    CHECK(fits);
    rows.sort_rows(host, {key, 7}, [](std::uint32_t const*, std::size_t, std::size_t) {});
  }
}

TEST_CASE("the ends of some synapses are those of all") {
  indices const bounds = GENERATE(indices{0, 900}, indices{0, 1, 500, 500, 900});
  auto const list = pairs(indices{2, 2, 9, 30, 30, 30, 47}, indices{0, 899, 500, 1, 499, 3, 640})
                        .build(host, {60, 900, 5, 1});
  synapse_rows const rows(host, list, bounds, 17, 0);
  std::vector<std::int32_t> sources(rows.places()), targets(rows.places());
  rows.for_each_synapse([&](std::uint32_t source, std::uint32_t target, std::size_t place) {
    sources[place] = static_cast<std::int32_t>(source);
    targets[place] = static_cast<std::int32_t>(target);
  });
  for (std::uint32_t p = 0; p < rows.partitions(); ++p)
    for (std::size_t begin = rows.begin(p); begin <= rows.end(p); ++begin)
      for (std::size_t end = begin; end <= rows.end(p); ++end) {
        std::vector<std::int32_t> some(end - begin);
        rows.read_sources(begin, end, some.data());
        REQUIRE(std::equal(some.begin(), some.end(), sources.data() + begin));
        rows.read_targets(begin, end, some.data());
        REQUIRE(std::equal(some.begin(), some.end(), targets.data() + begin));
      }
}

TEST_CASE("a target has 16 bits up to 65536 elements of a partition") {
  auto const list = pairs({0, 0}, {65535, 0}).build(host, {1, 65536, 1, 0});
  synapse_rows const narrow(host, list, {0, 65536}, 0, 0), wide(host, list, {0, 65537}, 0, 1);
  CHECK(narrow.narrow());
  CHECK(targets_of(narrow, 0, 0) == indices{65535, 0});
  CHECK_FALSE(wide.narrow());
  CHECK(synapse_rows(host, list, {0, 65536, 131072}, 0, 0).narrow());
  CHECK(targets_of(wide, 0, 0) == indices{65536, 1});
  auto const random = fixed_probability(0.01).build(host, {50, 70000, 1, 0});
  check_complete(random, synapse_rows(host, random, {0, 35000, 70000}, 0, 0), {0, 35000, 70000}, 0,
                 0);
}

TEST_CASE("connection memory is what the arrays take") {
  auto const list = all_to_all().build(host, {10, 100, 1, 0});
  // The places are a multiple of 16 in each partition.
  CHECK(synapse_rows(host, list, {0, 100}, 0, 0).memory_bytes() == 11 * 4 + 1008 * 2);
  CHECK(synapse_rows(host, list, {0, 50, 100}, 0, 0).memory_bytes() == 22 * 4 + 1024 * 2);
  CHECK(synapse_rows(host, list, {0, 100000}, 0, 0).memory_bytes() == 11 * 4 + 1008 * 4);
}

TEST_CASE("rows are sorted by a key, in the order of creation where that is equal") {
  auto const list = all_to_all().build(host, {2, 4, 1, 0});
  synapse_rows rows(host, list, {0, 4}, 0, 0);
  CHECK(rows.is_in_order());
  indices before;
  auto const keep = [&](std::uint32_t const* from, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k)
      before.push_back(static_cast<std::uint32_t>(begin) + from[k - begin]);
  };
  auto const runs = rows.sort_rows(host, {indices{3, 1, 2, 1, 0, 0, 0, 0}, 4}, keep);
  CHECK_FALSE(rows.is_in_order());
  CHECK(targets_of(rows, 0, 0) == indices{1, 3, 2, 0});
  CHECK(targets_of(rows, 0, 1) == indices{0, 1, 2, 3});
  CHECK(before == indices{1, 3, 2, 0, 4, 5, 6, 7});
  CHECK(numbers_of(rows) == before);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].row_begin == indices{0, 3, 4});
  indices keys, ends;
  for (auto const& r : runs[0].runs) {
    keys.push_back(r.key);
    ends.push_back(r.last);
  }
  CHECK(keys == indices{1, 2, 3, 0});
  CHECK(ends == indices{2, 3, 4, 4});
  CHECK(rows.memory_bytes() == 3 * 4 + 16 * 2 + 8);
  // Another key starts from the order of creation again, and none is that order.
  before.clear();
  rows.sort_rows(host, {indices{0, 1, 0, 0, 0, 0, 0, 0}, 2}, keep);
  CHECK(targets_of(rows, 0, 0) == indices{0, 2, 3, 1});
  CHECK(before == indices{3, 2, 1, 0, 4, 5, 6, 7});
  rows.sort_rows(host, {}, keep);
  CHECK(targets_of(rows, 0, 0) == indices{0, 1, 2, 3});
  CHECK(rows.is_in_order());
}

TEST_CASE("numbers are those of creation however rows are divided and sorted") {
  indices sources, targets;
  for (std::uint32_t k = 0; k < 5000; ++k) {
    sources.push_back(k * 7919 % 30);
    targets.push_back(k * k % 900);
  }
  connection_list const lists[] = {fixed_in_degree(5).build(host, {30, 900, 5, 1}),
                                   pairs(sources, targets).build(host, {30, 900, 5, 1})};
  indices const bounds = GENERATE(indices{0, 900}, indices{0, 1, 500, 500, 900});
  std::uint32_t const bound = GENERATE(1u, 7u, 300u, 70000u);
  for (connection_list const& list : lists) {
    indices key, target_of_number(list.target.size());
    for (std::uint32_t k = 0; k < list.target.size(); ++k) {
      key.push_back(k * 2654435761u % bound);
      target_of_number[list.creation.empty() ? k : list.creation[k]] = list.target[k];
    }
    synapse_rows rows(host, list, bounds, 0, 0);
    rows.sort_rows(host, {key, bound}, [](std::uint32_t const*, std::size_t, std::size_t) {});
    auto const number = rows.find_numbers(host);
    bool fits = true, rises = true;
    for (std::uint32_t p = 0; p < rows.partitions(); ++p)
      for (std::uint32_t source = 0; source < 30; ++source) {
        auto const row = rows.range(p, source);
        for (auto k = row.first; k < row.last; ++k) {
          fits = fits && rows.target(p, k) == target_of_number[number[k]];
          if (k == row.first) continue;
          std::uint32_t const a = number[k - 1], b = number[k];
          rises = rises && (key[a] != key[b] ? key[a] < key[b] : a < b);
        }
      }
    CHECK(fits);
    CHECK(rises);
  }
}

TEST_CASE("no synapses, no sources, no elements") {
  auto const none = fixed_probability(0).build(host, {3, 4, 1, 0});
  synapse_rows const rows(host, none, {0, 2, 4}, 0, 0);
  CHECK(rows.size() == 0);
  CHECK(targets_of(rows, 1, 2).empty());
  CHECK(rows.memory_bytes() == 8 * 4);
  synapse_rows const empty(host, all_to_all().build(host, {0, 4, 1, 0}), {0, 2, 4}, 0, 0);
  CHECK(empty.size() == 0);
  CHECK(empty.places() == 0);
  CHECK(synapse_rows(host, all_to_all().build(host, {3, 0, 1, 0}), {0, 0}, 0, 0).size() == 0);
}

TEST_CASE("rows that stand elsewhere are asked for once, by those who see more than partitions") {
  auto const there = std::make_shared<elsewhere>();
  synapse_rows rows({3}, {0, 4}, 7, 2);
  rows.stand_in(there);
  CHECK(rows.size() == 3);
  CHECK(rows.end(0) == 3);
  CHECK(rows.begin(1) == rows.places());
  CHECK_FALSE(rows.has_repeated_targets(host));
  CHECK(rows.memory_bytes() == 0);
  CHECK(there->starts_asked == 0);
  CHECK(rows.range(0, 8).first == 2);
  CHECK(numbers_of(rows) == indices{0, 1, 2});
  CHECK(there->starts_asked == 1);
  CHECK(there->targets_asked == 0);
  CHECK(rows.memory_bytes() == 3 * 4);
  CHECK(targets_of(rows, 0, 7) == indices{1, 3});
  CHECK(targets_of(rows, 0, 8) == indices{2});
  CHECK(rows.memory_bytes() == 3 * 4 + 16 * 2);
  CHECK(there->starts_asked + there->targets_asked == 2);
}

TEST_CASE("what does not fit together is refused") {
  auto const list = all_to_all().build(host, {2, 4, 1, 0});
  CHECK(message<std::out_of_range>([&] { synapse_rows(host, list, {0, 5}, 0, 2); }) ==
        "synapse_rows: expected a target element below 5, found 5");
  std::string const ascending =
      "synapse_rows: expected bounds that ascend from 0 to the size of the target population";
  CHECK(message<std::invalid_argument>([&] { synapse_rows(host, list, {}, 0, 0); }) == ascending);
  CHECK(message<std::invalid_argument>([&] { synapse_rows(host, list, {1, 4}, 0, 0); }) ==
        ascending);
  CHECK(message<std::invalid_argument>([&] { synapse_rows(host, list, {0, 3, 2, 4}, 0, 0); }) ==
        ascending);
  std::string const rows =
      "synapse_rows: expected rows that ascend from 0 to the number of targets";
  CHECK(message<std::invalid_argument>(
            [&] { synapse_rows(host, connection_list{}, {0, 4}, 0, 0); }) == rows);
  CHECK(message<std::invalid_argument>(
            [&] { synapse_rows(host, connection_list{{0, 2}, {1}, {}}, {0, 4}, 0, 0); }) == rows);
  CHECK(
      message<std::invalid_argument>(
          [&] { synapse_rows(host, connection_list{{0, 1}, {1}, {0, 1}}, {0, 4}, 0, 0); }) ==
      "synapse_rows: expected one place in the order of creation for each of 1 synapses, found 2");
}

TEST_CASE("it is known whether a source has several synapses with one target", "[engine]") {
  connection_list list;
  list.row_begin = {0, 3, 6};
  list.target = {0, 2, 3, 3, 1, 0};
  for (indices const& bounds : {indices{0, 4}, indices{0, 2, 4}}) {
    CHECK_FALSE(synapse_rows(host, list, bounds, 0, 0).has_repeated_targets(host));
    connection_list again = list;
    again.target[5] = 3;
    CHECK(synapse_rows(host, again, bounds, 0, 0).has_repeated_targets(host));
  }
}
