// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// In which step spikes arrive, and in which order synapses act, where delays change, where pathways
// have another turn in the step, and where synapses act by themselves.
#include <nernst/engine/delivery_order.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"

using namespace nernst::dsl;

namespace {
using numbers = std::vector<double>;

struct sender {
  static constexpr auto first = parameter<"first">(second);
  static constexpr auto model = neuron(threshold(abs(t - first) < 0.01 * ms), first);
};
struct receiver {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * Hz * v, method(euler));
};
struct one_more {
  static constexpr auto model = synapse(on_pre(post(receiver::v) += 1));
};
struct halving {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(receiver::v) = post(receiver::v) * 0.5 + w));
};

/// The first step at whose end `v` of neuron 0 is not 0.
std::size_t arrival(nernst::state_record<double> const& v) {
  std::size_t step = 0;
  while (v.at(step, 0, 0) == 0) ++step;
  return step;
}
}  // namespace

TEST_CASE("a delay may become longer than those at first") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<sender>(1);
  auto to = net.population<receiver>(1);
  from[sender::first] = 0.3 * ms;
  auto p = net.connect<one_more>(from, to, all_to_all());
  p[delay] = 2 * ms;
  auto trace = net.record(to, {"v"}, {}, {slot::end, 0});
  net.run(5 * ms);
  CHECK(arrival(trace) == 23);
}

namespace {
struct traced {
  static constexpr auto pre_count = state<"pre_count">(one);
  static constexpr auto post_count = state<"post_count">(one);
  static constexpr auto model = synapse(on_pre(pre_count += 1), on_post(post_count += 1));
};
}  // namespace

TEST_CASE("one pathway finds its synapses where another one sorts them by delay") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<sender>(2);
  auto to = net.population<sender>(3);
  from[sender::first] = numbers{0, 1};
  to[sender::first] = numbers{1, 0, 1};
  auto p = net.connect<traced>(from, to, pairs({0, 0, 0, 1}, {0, 1, 2, 1}));
  p[delay] = numbers{0.3e-3, 0.1e-3, 0.2e-3, 0};
  net.run(1 * ms);
  CHECK(p[traced::pre_count].get() == numbers{1, 1, 1, 0});
  CHECK(p[traced::post_count].get() == numbers{0, 1, 0, 1});
}

TEST_CASE("steps that become too long for delays bring synapses back into their order") {
  // Brian 2.9 (cython) finds 4.25 where nothing arrived before.
  nernst::network<> net({.dt = 0.05 * ms});
  auto from = net.population<sender>(2);
  auto to = net.population<receiver>(1);
  from[sender::first] = numbers{0.4e-3, 0.4e-3};
  auto p = net.connect<halving>(from, to, pairs({0, 1, 0}, {0, 0, 0}));
  p[halving::w] = numbers{1, 2, 4};
  p[delay] = numbers{0.25e-3, 0.3e-3, 0.3e-3};
  net.run(0.2 * ms);
  net.set_dt(0.1 * ms);
  net.run(1 * ms);
  CHECK(to[receiver::v][0] == 4.25);
  net.set_dt(0.05 * ms);
  CHECK(p[delay].get()[0] == Approx(0.25e-3));
  CHECK(p[delay].get()[1] == Approx(0.3e-3));
}

TEST_CASE("delays that differ are rounded even where they become equal") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<sender>(1);
  auto to = net.population<receiver>(2);
  auto p = net.connect<one_more>(from, to, all_to_all());
  p[delay] = numbers{0.135e-3, 0.08e-3};
  CHECK(p[delay].get() == numbers{1e-4});
}

namespace {
template <slot Slot>
struct in_slot {
  static constexpr auto model = synapse(on_pre(post(receiver::v) += 1).when(Slot));
};
template <slot Slot>
void check_arrivals(std::size_t const (&steps)[3]) {
  for (int k = 0; k < 3; ++k) {
    nernst::network<> net({.dt = 0.1 * ms});
    auto from = net.population<sender>(1);
    auto to = net.population<receiver>(1);
    from[sender::first] = 0.3 * ms;
    net.connect<in_slot<Slot>>(from, to, all_to_all(), k * 0.1 * ms);
    auto trace = net.record(to, {"v"}, {}, {slot::after_end, 1});
    net.run(1 * ms);
    CHECK(arrival(trace) == steps[k]);
  }
}
}  // namespace

TEST_CASE("before the threshold, delays count from the step after the spike") {
  // Brian 2.9.
  check_arrivals<slot::start>({4, 5, 6});
  check_arrivals<slot::before_groups>({4, 5, 6});
  check_arrivals<slot::synapses>({3, 4, 5});
  check_arrivals<slot::end>({3, 4, 5});
}

TEST_CASE("no synapse that acts early sees a spike from before it was made") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<sender>(1);
  auto to = net.population<receiver>(1);
  from[sender::first] = 0.3 * ms;
  net.run(0.4 * ms);
  net.connect<in_slot<slot::start>>(from, to, all_to_all());
  net.run(1 * ms);
  CHECK(to[receiver::v][0] == 0);
}

namespace {
struct always {
  static constexpr auto model = neuron(threshold(i >= 0));
};
struct closing {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = 0 * Hz * v | unless_refractory,
                                       threshold(i == 0 and t < 0.05 * ms), refractory(0.3 * ms));
};
}  // namespace

TEST_CASE("before the state update a neuron is as refractory as the step before has left it") {
  // Brian 2.9.
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<always>(1);
  auto to = net.population<closing>(2);
  net.connect<in_slot<slot::start>>(from, to, all_to_all());
  auto trace = net.record(to, {"v"}, {}, {slot::end, 0});
  net.run(0.8 * ms);
  numbers const expected = {0, 0, 0, 0, 1, 2, 3, 4};
  for (std::size_t k = 0; k < expected.size(); ++k) CHECK(trace.at(k, 0, 0) == expected[k]);
  CHECK(trace.at(7, 0, 1) == 7);
}

namespace {
struct testing {
  static constexpr auto v = state<"v">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto model =
      neuron(d(v) / dt = (g - v) / ms, d(g) / dt = -g / ms, threshold(v > 1), reset(v = 0));
};
struct testing_apart : testing {
  static constexpr auto model =
      neuron(d(v) / dt = (g - v) / ms, d(g) / dt = -g / ms, threshold(v > 1), reset(v = 0),
             every(1 * second, g = 0).when(slot::after_groups));
};
struct between {
  static constexpr auto model = synapse(on_pre(post(testing::v) += 2).when(slot::after_groups));
};
struct between_harmless {
  static constexpr auto model = synapse(on_pre(post(testing::g) += 2).when(slot::after_groups));
};
}  // namespace

TEST_CASE("between state update and threshold synapses write what the threshold finds") {
  nernst::network<> net({.dt = 0.1 * ms});
  auto from = net.population<sender>(1);
  from[sender::first] = 0.3 * ms;
  auto cells = net.population<testing>(1, "cells");
  auto apart = net.population<testing_apart>(1);
  CHECK_THROWS_WITH(net.connect<between>(from, cells, all_to_all(), 0 * ms, "s"),
                    "s: expected statements with 'v' of 'cells' before its state update or behind "
                    "its threshold, found some between");
  net.connect<between_harmless>(from, cells, all_to_all());
  net.connect<between>(from, apart, all_to_all());
  auto spikes = net.record_spikes(apart);
  net.run(1 * ms);
  CHECK(spikes.steps() == std::vector<std::int64_t>{4});
}

namespace {
struct acting {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model =
      synapse(every(0.1 * ms, post(receiver::v) = post(receiver::v) * 0.5 + w));
};
}  // namespace

TEST_CASE("synapses act by themselves in the order in which they were made") {
  // Brian 2.9 (cython).
  nernst::network<> net({.dt = 0.1 * ms});
  auto cells = net.population<receiver>(3);
  auto p = net.connect<acting>(cells, cells, pairs({2, 0, 1}, {0, 0, 0}));
  p[acting::w] = numbers{1, 2, 4};
  net.run(0.1 * ms);
  CHECK(cells[receiver::v].get() == numbers{5.25, 0, 0});
}

namespace {
struct key_run {
  std::uint32_t key, last;
};
struct partition_runs {
  std::vector<std::uint32_t> row_begin{0};
  std::vector<key_run> runs;
};

/// Rows of partitions, as if each synapse had its delay by `delay_of(place)`, sorted in its row.
struct sorted_rows {
  std::vector<partition_runs> partitions;
  std::vector<std::size_t> first, last;                          ///< by slot
  std::vector<std::vector<nernst::engine::synapse_part>> parts;  ///< by slot and delay

  template <class CountOf>
  sorted_rows(std::uint32_t rows, std::uint32_t delays, CountOf const& count_of) {
    std::size_t place = (std::size_t{1} << 32) - 1000;  // some are beyond 32 bits
    for (int p = 0; p < 2; ++p, place += 3) {
      partition_runs here;
      for (std::uint32_t row = 0; row < rows; ++row) {
        first.push_back(place);
        parts.emplace_back();
        for (std::uint32_t d = 0; d < delays; ++d) {
          std::uint32_t const count = count_of(static_cast<std::uint32_t>(first.size()), d);
          parts.back().push_back({nullptr, place, place + count});
          place += count;
          if (count > 0) {
            auto const behind = static_cast<std::uint32_t>(place - first.back());
            here.runs.push_back({d, behind});
          }
        }
        last.push_back(place);
        here.row_begin.push_back(static_cast<std::uint32_t>(here.runs.size()));
      }
      partitions.push_back(here);
    }
  }
  void require_found(nernst::engine::delay_runs const& runs) const {
    for (std::uint32_t slot = 0; slot < first.size(); ++slot)
      for (std::uint32_t d = 0; d < parts[slot].size(); ++d) {
        auto const found = runs.of(slot, d, {nullptr, first[slot], last[slot]});
        auto const& expected = parts[slot][d];
        REQUIRE(found.last - found.first == expected.last - expected.first);
        if (found.first != found.last) REQUIRE(found.first == expected.first);
      }
  }
};
std::size_t bytes_of(sorted_rows const& rows, std::uint32_t delays) {
  nernst::engine::delay_runs runs;
  runs.add(rows.partitions, delays);
  runs.finish();
  CHECK_FALSE(runs.empty());
  rows.require_found(runs);
  std::size_t const bytes = runs.memory_bytes();
  runs.clear();
  CHECK(runs.empty());
  return bytes;
}
}  // namespace

TEST_CASE("runs of equal delay are found, be they many and short, or few and long", "[engine]") {
  // 40 delays: half of them once or twice in each row, or three of them 1000 times.
  auto const many = [](std::uint32_t slot, std::uint32_t d) { return (slot * 7 + d * 13) % 4 / 2; };
  auto const few = [](std::uint32_t slot, std::uint32_t d) {
    return (slot + d) % 17 == 0 ? 1000 : 0;
  };
  CHECK(bytes_of(sorted_rows(50, 40, many), 40) == 100 * 41 * sizeof(std::uint16_t));
  CHECK(bytes_of(sorted_rows(50, 40, few), 40) < 100 * (3 * 8 + 4) + 8);
  // An offset has 16 bits.
  auto const long_rows = [](std::uint32_t, std::uint32_t d) { return d < 39 ? 1 : 70000; };
  CHECK(bytes_of(sorted_rows(50, 40, long_rows), 40) > 100 * 40 * 8);
}
