// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Events that elements send to themselves, on the device engine: the spikes and values of the
// host's engine, bit by bit.

#include <nernst/cable.hpp>
#include <nernst/device.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>

#include "catch.hpp"
#include "cells/event_files.hpp"
#include "cells/event_network.hpp"
#include <mod/noisy.hpp>

using namespace nernst::dsl;

namespace {

using host = Kokkos::DefaultHostExecutionSpace;
using device = nernst::device_space<host>;

using findings = std::vector<std::vector<double>>;

void append(findings& to, nernst::spike_record const& spikes) {
  to.emplace_back(spikes.neurons().begin(), spikes.neurons().end());
  to.emplace_back(spikes.steps().begin(), spikes.steps().end());
}

/// The mechanisms that are compared with NEURON.
template <class Space>
struct run_of_files : test::event_network<test::event_files, Space> {
  nernst::values<double> changed[4];

  run_of_files()
      : changed{this->connect_both(this->plastic, 0.03)["a"],
                this->connect_both(this->pulse, 0.01)["weight"],
                this->connect_both(this->depressing, 0.08)["y"], this->leaky["m"]} {}
  findings find() const {
    findings all;
    for (auto const* const s : {&this->ticked, &this->leaked, &this->risen, &this->watched})
      append(all, *s);
    for (std::uint32_t cell = 0; cell < 4; ++cell) all.push_back(this->v.trace(cell, 0));
    for (auto const& one : changed) all.push_back(one.get());
    all.push_back(this->rising["m"].get());
    all.push_back(this->plastic["raised"].get());
    all.push_back(this->pulse["on"].get());
    return all;
  }
};

/// Each spike comes back for each connection a while later, or makes the element fire, and events
/// draw random numbers.
struct echo {
  static constexpr auto heard = state<"heard">(one);
  static constexpr auto drawn = state<"drawn">(one);
  static constexpr auto sum = state<"sum">(one);
  static constexpr auto back = connection<"back">(second);
  static constexpr auto times = connection<"times">(one);
  static constexpr auto model = artificial(
      subexpression<"twice">(2 * heard),
      on_spike(heard += 1, times += 1, send<"again">(back),
               fire().where(heard - 7 * floor(heard / 7) < 1)),
      on_event<"again">(heard += 0.01 * times, drawn += uniform(), sum = sum / 2 + heard * drawn,
                        send<"again">(back + 0.3 * ms).where(times < 3), times += 1));
};

/// Many sources whose spikes come back to few elements: more events than an element had before.
template <class Space, class Real>
findings run_echoes(bool host_looks, bool many = true) {
  nernst::network<Space, Real> net({.dt = 0.1 * ms, .seed = 3});
  auto const sources = net.template population<mod::noisy>(many ? 150 : 3, "sources");
  sources["mean"] = 2 * ms;
  auto const echoes = net.template population<echo>(3, "echoes");
  auto const made = net.connect(sources, echoes, all_to_all(), 0.2 * ms);
  made["back"] = (5 + 0.01 * i) * ms;
  auto const spikes = net.record_spikes(echoes), of_sources = net.record_spikes(sources);
  int calls = 0;
  std::vector<double> seen;
  if (host_looks)
    net.every(1 * ms, [&] {
      ++calls;
      for (double const x : echoes["heard"].get()) seen.push_back(x);
    });
  auto const record = net.record(echoes, {host_looks ? "twice" : "sum"});
  net.run(3 * ms);
  net.run(12 * ms);
  findings all{made["times"].get(), echoes["heard"].get(), echoes["drawn"].get(), seen};
  for (std::uint32_t k = 0; k < 3; ++k)
    all.push_back(record.trace(host_looks ? "twice" : "sum", k));
  append(all, spikes);
  append(all, of_sources);
  CHECK(calls == (host_looks ? 15 : 0));
  CHECK(spikes.count() > (many ? 100 : 1));
  return all;
}

}  // namespace

TEST_CASE("events of .mod files on a device are those of the host", "[cells][nmodl]") {
  run_of_files<host> there;
  run_of_files<device> here;
  for (double const part : {0.5, 3.775, 15.725}) {
    there.net.run(part * ms);
    here.net.run(part * ms);
    CHECK(here.find() == there.find());
  }
  CHECK(there.leaked.count() > 3);
  CHECK(there.plastic["raised"].get()[0] > 0);
}

TEST_CASE("pending events go from the host to a device and back", "[cells][nmodl]") {
  run_of_files<host> before;
  before.net.run(7.3 * ms);
  nernst::snapshot const then = before.net.store();
  before.net.run(6.1 * ms);
  run_of_files<device> here;
  here.net.restore(then);
  here.net.run(6.1 * ms);
  nernst::snapshot const later = here.net.store();
  run_of_files<host> behind;
  behind.net.restore(later);
  for (auto* const net : {&before.net, &behind.net}) net->run(6.6 * ms);
  here.net.run(6.6 * ms);
  CHECK(behind.find() == before.find());
  CHECK(here.find() == before.find());
}

TEMPLATE_TEST_CASE("steps are made again where events need more room", "[cells]", double, float) {
  for (bool const host_looks : {false, true}) {
    CAPTURE(host_looks);
    CHECK(run_echoes<device, TestType>(host_looks) == run_echoes<host, TestType>(host_looks));
  }
}

TEST_CASE("a step with events is one graph", "[cells]") {
  namespace tools = Kokkos::Tools::Experimental;
  static int started;
  tools::set_profile_event_callback([](char const*) { ++started; });
  started = 0;
  run_echoes<device, double>(false, false);
  int const few = started;
  started = 0;
  run_echoes<device, double>(false);
  tools::set_profile_event_callback(nullptr);
  CHECK(few == 150);
  CHECK(started > 150);  // some are made again
  CHECK(started < 450);
}
