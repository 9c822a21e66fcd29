// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include <csignal>

using namespace nernst::dsl;

#if defined(__unix__)
namespace {

struct counter {
  static constexpr auto n = state<"n">(one);
  static constexpr auto model = neuron(every(dt, n += 1), threshold(i >= 0), method(euler));
};

int caught = 0;

}  // namespace

TEST_CASE("Ctrl-C ends a run at the end of a step, and everything is kept", "[interrupt]") {
  auto const before = std::signal(SIGINT, [](int) { ++caught; });
  nernst::network net({.dt = 0.1 * ms});
  auto cells = net.population<counter>(20);
  auto spikes = net.record_spikes(cells);
  bool presses = true;
  net.every(1 * ms, [&] {
    if (presses && net.time() > 4.5e-3) std::raise(SIGINT);
  });
  double completed = 0;
  net.run(100 * ms, [&](nernst::report::progress_info const& i) { completed = i.completed; });
  CHECK(net.interrupted());
  CHECK(net.time() == Approx(5.1e-3));
  CHECK(completed == Approx(0.051));
  CHECK(spikes.count() == 20 * 51);
  CHECK(cells[counter::n].get()[0] == 51);
  CHECK(caught == 0);

  presses = false;
  net.run(1 * ms);  // goes on
  CHECK_FALSE(net.interrupted());
  CHECK(net.time() == Approx(6.1e-3));
  std::raise(SIGINT);  // outside of runs everything is as it was
  CHECK(caught == 1);
  net.run(1 * ms);
  CHECK_FALSE(net.interrupted());

  std::signal(SIGINT, SIG_IGN);  // as in the background
  presses = true;
  net.run(2 * ms);
  CHECK_FALSE(net.interrupted());
  std::signal(SIGINT, before);
}

TEST_CASE("Ctrl-C ends a run and the run that has called it", "[interrupt]") {
  auto const before = std::signal(SIGINT, [](int) { ++caught; });
  caught = 0;
  nernst::network outer({.dt = 0.1 * ms}), inner({.dt = 0.1 * ms});
  inner.every(1 * ms, [] { std::raise(SIGINT); });
  outer.every(1 * ms, [&] { inner.run(10 * ms); });
  outer.run(10 * ms);
  CHECK(inner.interrupted());
  CHECK(outer.interrupted());
  CHECK(inner.time() == Approx(0.1e-3));
  CHECK(outer.time() == Approx(0.1e-3));
  CHECK(caught == 0);
  std::signal(SIGINT, before);
}
#endif
