// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/closed_neurons.hpp>

#include "catch.hpp"
#include <random>

using nernst::engine::closed_neurons;

namespace {
using neurons = std::vector<std::uint32_t>;

/// Neurons of one partition, and their mask.
struct partition {
  std::vector<double> fired_at;
  std::vector<std::uint8_t> mask;
  closed_neurons closed{};

  explicit partition(std::size_t size) : fired_at(size, -1), mask(size / 8 + 1, 0) {}
  void start(double steps, double step) {
    closed.start(mask.data(), 0, static_cast<std::uint32_t>(fired_at.size()), fired_at.data(),
                 steps, step);
  }
  void fire(double step, neurons const& fired) {
    for (std::uint32_t const n : fired) fired_at[n] = step;
    closed.close(fired);
  }
  bool is_open(std::uint32_t n) const { return (mask[n / 8] >> n % 8 & 1) != 0; }
  /// Those that the mask says are refractory, ascending.
  neurons shut() const {
    neurons all;
    for (std::uint32_t n = 0; n < fired_at.size(); ++n)
      if (!is_open(n)) all.push_back(n);
    return all;
  }
  neurons queue() const { return {closed.now().begin(), closed.now().end()}; }
  /// What is closed in each of the steps [first, end), in which nobody fires.
  std::vector<neurons> in_steps(double first, double end) {
    std::vector<neurons> all;
    for (double step = first; step < end; ++step) {
      closed.open(step);
      all.push_back(shut());
    }
    return all;
  }
};
}  // namespace

TEST_CASE("who has never fired is open") {
  partition p(21);
  p.start(5, 0);
  CHECK(p.shut().empty());
  CHECK(p.queue().empty());
  CHECK(p.in_steps(0, 3) == std::vector<neurons>(3));
}

TEST_CASE("a spike closes for the period, which the step of the spike is the first of") {
  partition p(21);
  p.start(3, 0);
  p.closed.open(0);
  p.fire(0, {7, 8, 20});
  CHECK(p.shut() == neurons{7, 8, 20});
  neurons const fired{7, 8, 20};
  CHECK(p.in_steps(1, 5) == std::vector<neurons>{fired, fired, {}, {}});
  CHECK(p.queue().empty());
}

TEST_CASE("after a period of one step a neuron may fire in each") {
  partition p(3);
  p.start(1, 0);
  for (int step = 0; step < 4; ++step) {
    p.closed.open(step);
    CHECK(p.shut().empty());
    p.fire(step, {1});
    CHECK(p.shut() == neurons{1});
    CHECK(p.queue() == neurons{1});
  }
}

TEST_CASE("neurons open in the order in which they have fired") {
  partition p(16);
  p.start(4, 10);
  p.closed.open(10);
  p.fire(10, {9});
  p.closed.open(11);
  p.fire(11, {2, 12});
  p.closed.open(12);
  p.fire(12, {0});
  CHECK(p.queue() == neurons{9, 2, 12, 0});
  CHECK(p.in_steps(13, 17) == std::vector<neurons>{{0, 2, 9, 12}, {0, 2, 12}, {0}, {}});
}

TEST_CASE("a start in the middle of a period leaves what the step before has left") {
  partition p(6);
  p.fired_at = {7, -1, 5, 6, 4, 7};
  p.start(3, 8);
  // In step 7 the period of the spike of step 4 was over.
  CHECK(p.shut() == neurons{0, 2, 3, 5});
  CHECK(p.queue() == neurons{2, 3, 0, 5});
  CHECK(p.in_steps(8, 11) == std::vector<neurons>{{0, 3, 5}, {0, 5}, {}});
}

TEST_CASE("a start with another period closes and opens, also who was open before") {
  partition p(3);
  p.fired_at = {2, 6, -1};
  p.start(2, 8);
  CHECK(p.shut() == neurons{1});
  p.start(100, 8);
  CHECK(p.shut() == neurons{0, 1});
  p.start(1, 8);
  CHECK(p.shut().empty());
}

TEST_CASE("where steps have another length, last spikes lie between steps") {
  partition p(5);
  p.fired_at = {6.5, 4.75, -1, 6.25, 4.5};
  p.start(2.0, 7);
  // 4.5 + 2 and 4.75 + 2 are later than step 6 and are over in step 7.
  CHECK(p.shut() == neurons{0, 1, 3, 4});
  CHECK(p.queue() == neurons{4, 1, 3, 0});
  p.closed.open(7);
  CHECK(p.shut() == neurons{0, 3});
  p.fire(7, {2});
  CHECK(p.queue() == neurons{3, 0, 2});
  CHECK(p.in_steps(8, 11) == std::vector<neurons>{{0, 2, 3}, {}, {}});
}

TEST_CASE("bits of other partitions stay what they are") {
  std::vector<double> const fired_at(48, 3);
  std::vector<std::uint8_t> mask(6, 0xFF);
  closed_neurons middle;
  middle.start(mask.data(), 16, 32, fired_at.data(), 2, 4);
  CHECK(mask == std::vector<std::uint8_t>{0xFF, 0xFF, 0, 0, 0xFF, 0xFF});
  middle.open(5);
  CHECK(mask == std::vector<std::uint8_t>(6, 0xFF));
}

TEST_CASE("the mask tells who has fired within the period, whoever fires when") {
  double const period = GENERATE(1., 2., 7., 40.);
  partition p(100);
  std::mt19937 random(3);
  std::bernoulli_distribution fires(0.1);
  p.start(period, 0);
  std::size_t closed = 0;
  for (int step = 0; step < 300; ++step) {
    if (step % 50 == 20) p.start(period, step);
    p.closed.open(step);
    neurons rests, fired;
    for (std::uint32_t n = 0; n < 100; ++n)
      if (p.fired_at[n] >= 0 && step - p.fired_at[n] < period) rests.push_back(n);
    REQUIRE(p.shut() == rests);
    REQUIRE(p.closed.now().size() == static_cast<int>(rests.size()));
    closed += rests.size();
    for (std::uint32_t n = 0; n < 100; ++n)
      if (p.is_open(n) && fires(random)) fired.push_back(n);
    p.fire(step, fired);
  }
  CHECK((closed > 0) == (period > 1));
}
