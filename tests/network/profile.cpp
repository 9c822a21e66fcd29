// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

using namespace nernst::dsl;

namespace {

struct cell {
  static constexpr auto v = state<"v">(one);
  static constexpr auto model = neuron(d(v) / dt = -v / (10 * ms), threshold(v > 1), reset(v = 0));
};
struct kick {
  static constexpr auto model = synapse(on_pre(post(cell::v) += 0.1));
};

}  // namespace

TEST_CASE("a profile says what a network spends its time on", "[profile]") {
  nernst::network net({.dt = 0.1 * ms, .profile = true});
  auto cells = net.population<cell>(1000, "cells");
  net.connect<kick>(cells, cells, fixed_probability(0.01), 0 * ms, "kicks");
  net.every(1 * ms, [] { std::this_thread::sleep_for(std::chrono::milliseconds(5)); });
  CHECK(net.profile().empty());
  net.run(3 * ms);
  auto const all = net.profile();
  auto const find = [&](std::string const& object, std::string const& task) {
    auto const e = std::find_if(all.begin(), all.end(), [&](nernst::profile_entry const& x) {
      return x.object == object && x.task == task;
    });
    REQUIRE(e != all.end());
    return *e;
  };
  CHECK(find("cells", "update").seconds > 0);
  CHECK(find("kicks", "deliver pre").seconds > 0);
  CHECK(find("", "call").seconds >= 15e-3);
  double sum = 0;
  for (auto const& e : all) sum += e.fraction;
  CHECK(sum == Approx(1));
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](auto const& x, auto const& y) { return x.seconds > y.seconds; }));
  net.run(3 * ms);
  CHECK(net.profile().size() == all.size());
  CHECK(net.profile()[0].seconds > all[0].seconds);

  nernst::network quiet({.dt = 0.1 * ms});
  quiet.run(1 * ms);
  CHECK(quiet.profile().empty());
}

TEST_CASE("a profile is printed as a table", "[profile]") {
  std::ostringstream out;
  nernst::print_profile(out, {{"cells", "update", 1.5, 0.75}, {"", "meet", 0.5, 0.25}});
  CHECK(out.str() == "   1.500 s   75.0 %  cells: update\n"
                     "   0.500 s   25.0 %  meet\n");
}
