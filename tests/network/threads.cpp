// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Simulates a network with something random in every part of it and writes what came out to a
// folder: threads FOLDER SEED. threads.cmake runs it with several numbers of threads and compares
// the files.
#include <nernst/cable.hpp>
#include <nernst/io.hpp>
#include <nernst/network.hpp>

#include "cuba_model.hpp"
#include <algorithm>
#include <fstream>
#include <mod/leaky.hpp>
#include <mod/noisy.hpp>
#include <mod/plastic.hpp>
#include <mod/sodium.hpp>
#include <stdexcept>
#include <string>

namespace {
using namespace nernst::dsl;

/// Neurons with a random threshold and a random reset, which has to wait for synapses, since they
/// write v too.
struct others {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto tau = parameter<"tau">(second);
  static constexpr auto model =
      neuron(d(v) / dt = (20 * mV - v) / tau | unless_refractory,
             threshold(v > 15 * mV + 3 * mV * uniform()),
             reset(v = v - 15 * mV - 5 * mV * uniform()), refractory(tau / 5), method(euler));
};
/// Weights of their own, which wear off and recover at random.
struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto model =
      synapse(on_pre(post(others::v) += w, w = where(uniform() < 0.1, 0.5 * mV, w * 0.9)));
};
/// Reads in its source what it writes in its target.
struct coupling {
  static constexpr auto model =
      synapse(on_pre(post(others::v) = post(others::v) * 0.99 + 0.01 * pre(others::v)));
};
struct outgoing {
  static constexpr auto model = synapse(on_pre(post(others::v) += 0.1 * mV));
};
struct feedback {
  static constexpr auto w = parameter<"w">(volt);
  static constexpr auto model = synapse(on_pre(post(cuba::neurons::g_e) += w));
};
/// Everything else that a step can hold: noise, events, actions, shared and linked variables, a
/// timed array, numbers of events.
struct busy {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto w = state<"w">(one);
  static constexpr auto count = shared<"count">(one);
  static constexpr auto other = linked<"other">(volt);
  static constexpr auto input = timed_array<"input">(volt);
  static constexpr auto drive =
      subexpression<"drive">(input(t, i % 7) + other / 4 - v + count * mV);
  static constexpr auto model = neuron(
      drive, d(v) / dt = (drive / (5 * ms) + 2 * mV * xi / pow<1, 2>(5 * ms)) | unless_refractory,
      threshold(v > 20 * mV + 0 * mV * w), reset(v = 0 * mV, other -= 1 * mV), refractory(0.3 * ms),
      method(euler), event<"low">(v < -1 * mV + 2 * mV * uniform()),
      on_event<"low">(w += poisson(2.5), v += 1 * mV),
      every(0.7 * ms, w = w / 2, count = where(count > 5, 0, count + 1)),
      every(dt, v += 1e-3 * mV * uniform()).when(slot::after_groups));
};

/// Traces of neurons at both ends.
struct timed {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto before = state<"before">(volt);
  static constexpr auto after = state<"after">(volt);
  static constexpr auto model = synapse(
      d(before) / dt = -before / (5 * ms) | event_driven,
      d(after) / dt = -after / (7 * ms) | event_driven,
      on_pre(post(others::v) += w, before += 0.01 * mV, w = clip(w + after, 0 * mV, 1 * mV)),
      on_post(after -= 0.01 * mV, w = clip(w + before, 0 * mV, 1 * mV)));
};
/// Totals of what arrives.
struct summing {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(one);
  static constexpr auto model = neuron(d(v) / dt = (I * mV - v) / (20 * ms), method(euler));
};
struct slow {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto g = state<"g">(one);
  static constexpr auto model = synapse(d(g) / dt = -g / (30 * ms) | clock_driven, on_pre(g += w),
                                        summed(post(summing::I) = g * (1 - post(summing::v) / mV)));
};

/// Cells with branches, whose channels are noisy, between neurons.
struct noisy_leak {
  static constexpr auto g = parameter<"g">(siemens / metre2);
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      density(d(x) / dt = (1 - x) / (5 * ms) + 0.5 * xi / pow<1, 2>(5 * ms),
              current(g* x*(voltage + 65 * mV)), initial(x = 1 + 0.1 * randn()), method(euler));
};
struct receptor {
  static constexpr auto g = state<"g">(siemens);
  static constexpr auto w = connection<"w">(siemens);
  static constexpr auto model =
      point(d(g) / dt = -g / (3 * ms), current(g* voltage), on_spike(g += w * uniform()));
};
auto add_neurons_with_branches(auto& net, auto const& from, auto const& to) {
  nernst::morphology shape(cylinder(20 * um, 20 * um));
  for (char const* const name : {"a", "b", "c"})
    shape.attach(0, 1, cylinder(150 * um, 2 * um), name);
  auto const cells = net.cells(37, shape, nernst::fixed_per_branch(3));
  cells.template paint<noisy_leak>(whole,
                                   noisy_leak::g = (1 + distance / (100 * um)) * siemens / metre2);
  std::vector<std::int32_t> const ends = cells.numbers(at(1, 0.5));
  std::vector<std::int32_t> next = ends;
  std::rotate(next.begin(), next.begin() + 1, next.end());
  cells.join(ends, next, 2 * nS);
  auto const synapses = cells(3, 37).template place<receptor>(terminals);
  net.connect(from, synapses, fixed_in_degree(20), 0.9 * ms)[receptor::w] = 2 * nS * uniform();
  auto const detectors = cells.detect(at(0, 0.5), -55 * mV);
  net.template connect<outgoing>(detectors, to, fixed_in_degree(3), 1.1 * ms);
  return cells;
}

/// A cell so large that threads share it.
auto add_large_cell(auto& net, auto const& from) {
  nernst::morphology shape(cylinder(20 * um, 20 * um));
  for (int k = 0; k < 255; ++k)
    shape.attach(k == 0 ? 0 : (k + 1) / 2, 1, cylinder(90 * um, 1 * um), "b" + std::to_string(k));
  auto const cell = net.cells(1, shape, nernst::fixed_per_branch(9));
  cell.template paint<noisy_leak>(distance < 600 * um, noisy_leak::g = siemens / metre2);
  auto const synapses = cell.template place<receptor>(terminals || at(7, 0.5));
  net.connect(from, synapses, fixed_in_degree(20), 0.9 * ms)[receptor::w] = 2 * nS * uniform();
  return cell;
}

/// What the rules connect, one after the other.
struct graphs {
  nernst::executor run = nernst::executor::of<Kokkos::DefaultExecutionSpace>();
  nernst::connection_request request{.sources = 1003,
                                     .targets = 797,
                                     .one_population = true,
                                     .source_set = {0, 1003},
                                     .target_set = {300, 1097}};
  std::vector<std::uint32_t> targets;

  template <class Rule>
  void add(Rule const& rule) {
    auto const list = rule.build(run, request);
    targets.insert(targets.end(), list.target.begin(), list.target.end());
    for (auto const* places : {&list.row_begin, &list.creation})
      for (std::uint64_t const k : *places) targets.push_back(static_cast<std::uint32_t>(k));
    ++request.object;
  }
};
void write_graphs(std::string const& file, std::uint64_t seed) {
  graphs all;
  all.request.seed = seed;
  all.add(fixed_probability(0.1).without_autapses());
  all.add(fixed_in_degree(50));
  all.add(fixed_in_degree(50).without_multapses().without_autapses());
  all.add(fixed_out_degree(70));
  all.add(fixed_total_number(30000));
  all.add(fixed_total_number(30000).without_multapses());
  all.add(pairwise_poisson(0.05));
  all.add(where(i != j).probability(0.05).number(1 + poisson(0.5)));
  all.add(where("rand() < 0.1 and i % 3 != j % 3"));
  all.add(to_target("k for k in sample(N_post, size=20)"));
  all.add(from_source("k for k in sample(N_pre, p=0.05) if randn() > 0"));
  nernst::io::write_npy(file, all.targets, {all.targets.size()});
}
}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::string const folder = argv[1];
  nernst::runtime const runtime(argc, argv);
  write_graphs(folder + "/graphs.npy", std::stoull(argv[2]));
  nernst::network net({.dt = 0.1 * ms, .seed = std::stoull(argv[2])});

  auto cells = net.population<cuba::neurons>(1000);
  cells[cuba::neurons::v] =
      cuba::neurons::V_r + uniform() * (cuba::neurons::V_t - cuba::neurons::V_r);
  auto excitatory = cells(0, 800), inhibitory = cells(800, 1000);
  net.connect<cuba::excitation>(excitatory, cells, fixed_probability(0.08));
  net.connect<cuba::inhibition>(inhibitory, cells, fixed_probability(0.08));

  auto more = net.population<others>(333);
  more[others::tau] = 5 * ms + 10 * ms * uniform();
  more[others::v] = 10 * mV + 2 * mV * randn();
  more(0, 250)[others::v] = 19 * mV;  // fire at once
  net.connect<plastic>(excitatory, more, fixed_probability(0.05), 1.5 * ms)[plastic::w] = 0.5 * mV;
  net.connect<coupling>(more, more(0, 200), fixed_probability(0.1),
                        4 * ms);  // longer than any refractory period
  auto back = net.connect<feedback>(more, cells, fixed_probability(0.02), 2 * ms);
  std::vector<double> w;
  for (std::uint64_t k = 0; k < back.size(); ++k) w.push_back(1e-3 * static_cast<double>(k % 11));
  back[feedback::w] = w;

  auto in_time = net.connect<timed>(excitatory, more, fixed_probability(0.05), 0.7 * ms);
  in_time[timed::w] = 0.2 * mV * uniform();
  auto sums = net.population<summing>(101);
  net.connect<slow>(excitatory, sums, fixed_in_degree(80), 1 * ms)[slow::w] = 0.01 * uniform();

  auto const branched = add_neurons_with_branches(net, excitatory, more);
  auto const branches = branched.record(voltage, at(0, 0.5) || at(3, 1), 1 * ms);

  // What diffuses along branches.
  auto const sodium = branched(4, 31).paint<mod::sodium>(whole);
  sodium["g"] = 0.01 * siemens / metre2 * uniform();
  auto const large = add_large_cell(net, excitatory), watched = add_large_cell(net, excitatory);
  auto const spread = large.paint<mod::sodium>(distance > 50 * um);
  spread["g"] = 0.01 * siemens / metre2 * uniform();
  auto const currents = watched.record(membrane_current, whole, 5 * ms);
  auto const outside = watched.record_potential({{.y = 50 * um}}, 0.3 * siemens / metre);

  // Events that .mod files send.
  auto const noisy = net.population<mod::noisy>(211);
  auto const leaky = net.population<mod::leaky>(97);
  net.connect(noisy, leaky, fixed_in_degree(20), 1 * ms)["w"] = 0.2;
  net.connect(leaky, leaky, fixed_in_degree(5), 0.5 * ms)["w"] = -0.1;
  auto const plastic_synapses = branched(5, 37).place<mod::plastic>(terminals);
  auto const events_to = net.connect(noisy, plastic_synapses, fixed_in_degree(10), 1 * ms);
  events_to["w"] = 1 * nS;
  events_to[delay] = 0.3 * ms + 2 * ms * uniform();
  net.connect(leaky, plastic_synapses, fixed_in_degree(3), 1.1 * ms)["w"] = 2 * nS;
  auto const sent = net.record_spikes(noisy), leaked = net.record_spikes(leaky);

  auto rest = net.population<busy>(217);
  std::vector<std::int32_t> partner;
  for (std::int32_t k = 0; k < 217; ++k) partner.push_back((k * 31 + 7) % 333);
  rest.link(busy::other, more, others::v, partner);
  std::vector<double> input;
  for (int k = 0; k < 70 * 7; ++k) input.push_back(18 + k % 11);
  rest[busy::input] = nernst::timed_values(input, mV, 1.3 * ms, 7);
  rest["v"]["i % 2 == 0"] = "10*mV*rand()";

  net.poisson_input(cells(37, 1000), cuba::neurons::v, 1000, 20 * Hz, 0.02 * mV);
  net.poisson_input(more, others::v, 100000, 10 * Hz, 1e-3 * mV * uniform());

  auto spikes = net.record_spikes(cells), more_spikes = net.record_spikes(more),
       rest_spikes = net.record_spikes(rest);
  auto events = net.record_events(rest, "low");
  auto drives = net.record(rest, {"drive", "other", "w"}, {0, 1, 100, 216});
  auto traces = net.record(more, {"v"}, {0, 100, 332});
  net.run(30 * ms);
  net.set_dt(0.05 * ms);
  net.run(20 * ms);
  net.set_dt(0.1 * ms);
  net.run(50 * ms);
  spikes.save(folder + "/cells.npy");
  more_spikes.save(folder + "/others.npy");
  traces.save(folder + "/traces.npy");
  rest_spikes.save(folder + "/rest.npy");
  events.save(folder + "/events.npy");
  drives.save(folder + "/drives.npy");
  sent.save(folder + "/sent.npy");
  leaked.save(folder + "/leaked.npy");
  events_to["a"].save(folder + "/a.npy");
  plastic_synapses["raised"].save(folder + "/raised.npy");
  sodium["nai"].save(folder + "/sodium.npy");
  branches.all().save(folder + "/branches.npy");
  branched["v"].save(folder + "/branched.npy");
  large["v"].save(folder + "/large.npy");
  spread["nai"].save(folder + "/spread.npy");
  currents.all().save(folder + "/currents.npy");
  nernst::io::write_npy(folder + "/outside.npy", outside.trace(), {outside.steps()});
  nernst::io::write_npy(folder + "/v.npy", cells[cuba::neurons::v].get(), {cells.size()});
  in_time.save(timed::w, folder + "/w.npy");
  in_time.save("before", folder + "/before.npy");
  sums[summing::v].save(folder + "/sums.npy");
  more(300, 333)[others::v] = 1e306 * volt;  // grows in each step
  more(310, 320)[others::tau] = 0.04 * ms;
  try {
    net.run(10 * ms, nernst::watch::finite);
    return 1;
  } catch (std::runtime_error const& e) {
    std::ofstream(folder + "/watch.txt") << e.what();
  }
  return spikes.count() > 100 && more_spikes.count() > 100 && rest_spikes.count() > 100 &&
                 events.count() > 100 && leaked.count() > 100
             ? 0
             : 1;
}
