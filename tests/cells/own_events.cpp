// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Events of mechanisms in C++: those of tests/nmodl/events once more, beside NEURON.

#include <nernst/cable.hpp>
#include <nernst/language.hpp>
#include <nernst/network.hpp>
#include <nernst/nmodl/mechanism.hpp>

#include "catch.hpp"
#include "cells/event_network.hpp"
#include <mod/leaky.hpp>

using namespace nernst::dsl;

namespace written_here {

/// Fires at regular times.
struct ticker {
  static constexpr auto start = parameter<"start">(second);
  static constexpr auto interval = parameter<"interval">(second);
  static constexpr auto number = parameter<"number">(one);
  static constexpr auto fired = state<"fired">(one);
  static constexpr auto model =
      artificial(initial(fired = 0, send<"tick">(start).where(number > 0)),
                 on_event<"tick">(fired += 1, fire(), send<"tick">(interval).where(fired < number)),
                 defaults(start = 2 * ms, interval = 1.5 * ms, number = 10));
};

/// Rises to 1 with a rate that what arrives changes, fires there, and begins anew.
struct rising {
  static constexpr auto rate = parameter<"rate">(hertz);
  static constexpr auto m = state<"m">(one);
  static constexpr auto last = state<"last">(second);
  static constexpr auto slope = state<"slope">(hertz);
  static constexpr auto w = connection<"w">(one);
  static constexpr auto model =
      artificial(initial(m = 0, last = 0 * ms, slope = rate, send<"top">(1 / slope)),
                 on_spike(m += slope * (t - last), last = t, slope *= where(m >= 1, 1, 1 + w),
                          move<"top">(where(m >= 1, t, t + (1 - m) / slope))),
                 on_event<"top">(m = 0, slope = rate, last = t, fire(), send<"top">(1 / slope)),
                 defaults(rate = 70 * hertz));
};

/// Transmitter is there for a time behind each spike; the last one of a connection ends it.
struct pulse {
  static constexpr auto length = parameter<"length">(second);
  static constexpr auto alpha = parameter<"alpha">(hertz / siemens);
  static constexpr auto beta = parameter<"beta">(hertz);
  static constexpr auto on = state<"on">(siemens);
  static constexpr auto r = state<"r">(one);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto open = connection<"open">(one);
  static constexpr auto spikes = connection<"spikes">(one);
  static constexpr auto ended = connection<"ended">(one);
  static constexpr auto model = point(
      d(r) / dt = alpha * on * (1 - r) - beta * r, current(2 * nS * r * (voltage - 0 * mV)),
      on_spike(spikes += 1, on += where(open == 0, weight, 0 * nS), open = 1, send<"end">(length)),
      on_event<"end">(ended += 1, on -= where(ended == spikes, weight, 0 * nS),
                      open = where(ended == spikes, 0, open)),
      defaults(length = 1.13 * ms, alpha = 94 / ms / uS, beta = 0.18 / ms));
};

/// Spikes of the source lower a weight, those of the compartment raise all of them.
struct plastic {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto after = state<"after">(second);
  static constexpr auto raised = state<"raised">(one);
  static constexpr auto fallen = state<"fallen">(one);
  static constexpr auto sum = state<"sum">(one);
  static constexpr auto w = connection<"w">(siemens);
  static constexpr auto a = connection<"a">(one);
  static constexpr auto before = connection<"before">(second);
  static constexpr auto model =
      point(d(g) / dt = -g / (2 * ms), current(g*(voltage - 0 * mV)),
            initial(g = 0 * nS, after = -1e6 * second, watch_for<"high">(voltage > -19 * mV),
                    watch_for<"low">(voltage < -19.5 * mV)),
            on_spike(g += w * (1 + a), before = t, a *= 1 - 0.1 * exp((after - t) / (34 * ms))),
            on_event<"high">(after = t, sum = 0,
                             for_each_connection(a += (1 - a) * (0.3 + 0.01 * raised) *
                                                      exp((before - t) / (17 * ms)),
                                                 sum += a),
                             raised += 1),
            on_event<"low">(fallen += 1), defaults(before = -1e6 * second));
};

/// Fires where the voltage rises above a level, a while behind that.
struct watcher {
  static constexpr auto level = parameter<"level">(volt);
  static constexpr auto latency = parameter<"latency">(second);
  static constexpr auto seen = state<"seen">(second);
  static constexpr auto model =
      point(initial(seen = -1 * ms, send<"begin">(0 * ms)),
            on_event<"begin">(watch_for<"high">(voltage > level)),
            on_event<"high">(seen = t, send<"fire">(latency)), on_event<"fire">(fire()),
            defaults(level = -25 * mV, latency = 0.51 * ms));
};

/// Uses resources up, and fills them again.
struct depressing {
  static constexpr auto u0 = parameter<"u0">(one);
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto x = state<"x">(one);
  static constexpr auto weight = connection<"weight">(siemens);
  static constexpr auto y = connection<"y">(one);
  static constexpr auto z = connection<"z">(one);
  static constexpr auto u = connection<"u">(one);
  static constexpr auto last = connection<"last">(second);
  static constexpr auto tau = 3 * ms, tau_rec = 100 * ms;
  static constexpr auto model = point(
      d(g) / dt = -g / tau, current(g*(voltage - 0 * mV)),
      on_spike(z = z * exp(-(t - last) / tau_rec),
               z += y * (exp(-(t - last) / tau) - exp(-(t - last) / tau_rec)) / (tau / tau_rec - 1),
               y *= exp(-(t - last) / tau), x = 1 - y - z, u *= exp(-(t - last) / (50 * ms)),
               u += u0 * (1 - u), g += weight * x * u, y += x * u, last = t),
      defaults(u0 = 0.1, y = 0.1, u = 0.3));
};

}  // namespace written_here

namespace {

struct models {
  using ticker = written_here::ticker;
  using leaky = mod::leaky;
  using rising = written_here::rising;
  using pulse = written_here::pulse;
  using plastic = written_here::plastic;
  using depressing = written_here::depressing;
  using watcher = written_here::watcher;
};
using network = test::event_network<models>;

/// Counts what comes how often, in numbers alone, so that a file computes the same bits.
struct counting {
  static constexpr auto spikes = state<"spikes">(one);
  static constexpr auto ends = state<"ends">(one);
  static constexpr auto highs = state<"highs">(one);
  static constexpr auto trace = state<"trace">(one);
  static constexpr auto w = connection<"w">(one);
  static constexpr auto a = connection<"a">(one);
  static constexpr auto model =
      point(initial(spikes = 0, ends = 0, highs = 0, trace = 0, send<"begin">(0 * ms)),
            on_spike(spikes += 1, trace += w * (1 + a), a += exp(-trace / 3),
                     send<"end">(0.51 * ms * spikes).where(spikes < 9), fire().where(a > 2)),
            on_event<"begin">(watch_for<"high">(voltage > -25 * mV)),
            on_event<"end">(ends += a, trace /= 1 + w * ends),
            on_event<"high">(highs += 1, for_each_connection(a += highs / (2 + a), ends += a),
                             highs += exp(-ends), send<"begin">(0.2 * ms)));
};
struct counting_file {
  static constexpr auto model = nernst::nmodl::mechanism("counting.mod", R"(
    NEURON { POINT_PROCESS counting_file RANGE spikes, ends, highs, trace }
    ASSIGNED { v (mV) spikes ends highs trace }
    INITIAL { spikes = 0 ends = 0 highs = 0 trace = 0 net_send(0, 1) }
    NET_RECEIVE(w, a) {
      INITIAL { a = 0 }
      if (flag == 0) {
        spikes = spikes + 1
        trace = trace + w*(1 + a)
        a = a + exp(-trace/3)
        if (spikes < 9) { net_send(0.51*spikes, 2) }
        if (a > 2) { net_event(t) }
      } else if (flag == 1) {
        WATCH (v > -25) 3
      } else if (flag == 2) {
        ends = ends + a
        trace = trace/(1 + w*ends)
      } else {
        highs = highs + 1
        FOR_NETCONS(w1, a1) {
          a1 = a1 + highs/(2 + a1)
          ends = ends + a1
        }
        highs = highs + exp(-ends)
        net_send(0.2, 1)
      }
    }
  )");
};

/// Sees where its compartment is excited.
struct observer {
  static constexpr auto highs = state<"highs">(one);
  static constexpr auto steps = state<"steps">(one);
  static constexpr auto spent = state<"spent">(one);
  static constexpr auto limit = parameter<"limit">(one);
  static constexpr auto model = density(
      initial(highs = 0, watch_for<"high">(voltage > -25 * mV)),
      on_event<"high">(highs += 1, send<"later">(1 * ms).where(highs < limit)),
      on_event<"later">(spent += 1, watch_for<"high">(voltage > -25 * mV)),
      event<"above">(voltage > -25 * mV), on_event<"above">(steps += 1), defaults(limit = 3));
};

template <class Mechanism>
std::vector<std::vector<double>> count() {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells =
      net.cells(3, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  using nernst::mechanisms::exp_synapse, nernst::mechanisms::passive;
  cells.paint<passive>(whole, passive::g = 0.003 * siemens / cm2, passive::e = -65 * mV);
  auto const source = net.population<written_here::ticker>(2);
  auto const counted = cells.place<Mechanism>(at(0, 0.5));
  auto const drive = cells.place<exp_synapse>(at(0, 0.5), exp_synapse::tau = 1 * ms);
  net.connect(source(0), drive, all_to_all(), 1 * ms)[exp_synapse::weight] = 0.1 * uS;
  auto const first = net.connect(source, counted, all_to_all(), 1 * ms);
  first["w"] = 0.3;
  auto const fired = net.record_spikes(counted);
  net.run(20 * ms);
  std::vector<double> const times = fired.times();
  return {first["a"].get(),       counted["spikes"].get(), counted["ends"].get(),
          counted["highs"].get(), counted["trace"].get(),  times};
}

}  // namespace

TEST_CASE("events of mechanisms act as in NEURON", "[cells]") {
  network here;
  here.connect_both(here.pulse, 0.01);
  auto const plastic = here.connect_both(here.plastic, 0.03);
  auto const depressing = here.connect_both(here.depressing, 0.08);
  here.net.run(29.75 * ms);
  test::compare_with_neuron(here, plastic, depressing);
}

TEST_CASE("events of mechanisms have the bits of a file's", "[cells][nmodl]") {
  auto const found = count<counting>();
  CHECK(found == count<counting_file>());
  CHECK(found[1] == std::vector<double>(3, 20));
  for (double const highs : found[3]) CHECK(highs > 9);
}

TEST_CASE("a watch looks at connections, not behind what they change", "[cells]") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto const source = net.population<written_here::ticker>(3000);
  source["start"] = 100 * ms;
  auto const target = net.population<written_here::rising>(1);
  net.connect(source, target, all_to_all())["w"] = 0.01;
  CHECK_NOTHROW(net.run(1 * ms, nernst::watch::finite));
}

TEST_CASE("density mechanisms have events, too", "[cells]") {
  nernst::network<> net({.dt = 0.025 * ms});
  auto cells =
      net.cells(2, nernst::morphology(cylinder(20 * um, 20 * um)), nernst::fixed_per_branch(1));
  using nernst::mechanisms::exp_synapse, nernst::mechanisms::passive;
  cells.paint<passive>(whole, passive::g = 0.003 * siemens / cm2, passive::e = -65 * mV);
  auto const observers = cells.paint<observer>(whole);
  auto const drive = cells(1).place<exp_synapse>(at(0, 0.5), exp_synapse::tau = 1 * ms);
  auto const source = net.spikes(1, std::vector<std::uint32_t>(5, 0),
                                 std::vector<double>{0.01, 0.02, 0.03, 0.04, 0.05});
  net.connect(source, drive, one_to_one())[exp_synapse::weight] = 0.1 * uS;
  auto const v = cells.record(voltage, at(0, 0.5));
  auto const above = net.record_events(observers, "above");
  net.run(60 * ms);
  double steps = 0;
  for (double const x : v.trace(1, 0)) steps += x > -0.025 ? 1 : 0;
  CHECK(steps > 5);
  CHECK(observers["steps"].get() == std::vector<double>{0, steps});
  CHECK(above.count() == static_cast<std::size_t>(steps));
  // From the third on nothing is sent; what is watched for is so until an event watches anew.
  CHECK(observers["highs"].get()[1] == 5);
  CHECK(observers["spent"].get() == std::vector<double>{0, 2});
}
