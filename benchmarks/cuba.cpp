// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The CUBA network, timed: benchmarks/compare.py runs it beside its peers.
//   cuba [--data FOLDER | --size N] [--seconds S] [--repeats R] [--seed K] [--json FILE]
// FOLDER holds connections and start values (tests/data/cuba); --size draws them at random, with 80
// synapses onto each neuron.
#include <nernst/nernst.hpp>

#include <chrono>
#include <fstream>
#include <iostream>

namespace cuba {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);

  static constexpr auto tau_m = 20 * ms, tau_e = 5 * ms, tau_i = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -60 * mV, E_L = -49 * mV;

  static constexpr auto model = neuron(
      d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory, d(g_e) / dt = -g_e / tau_e,
      d(g_i) / dt = -g_i / tau_i, threshold(v > V_t), reset(v = V_r), refractory(5 * ms));
};
struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 1.62 * mV));
};
struct inhibition {
  static constexpr auto model = synapse(on_pre(post(neurons::g_i) -= 9 * mV));
};
}  // namespace cuba

namespace {

struct arguments {
  std::string data, json;
  std::uint32_t size = 4000;
  double seconds = 10;
  int repeats = 5;
  std::uint64_t seed = 1;
};

arguments parse(int argc, char** argv) {
  arguments a;
  for (int k = 1; k < argc; ++k) {
    std::string const name = argv[k];
    if (k + 1 == argc) throw std::invalid_argument("expected a value after " + name);
    std::string const value = argv[++k];
    if (name == "--data")
      a.data = value;
    else if (name == "--json")
      a.json = value;
    else if (name == "--size")
      a.size = static_cast<std::uint32_t>(std::stoul(value));
    else if (name == "--seconds")
      a.seconds = std::stod(value);
    else if (name == "--repeats")
      a.repeats = std::stoi(value);
    else if (name == "--seed")
      a.seed = std::stoull(value);
    else
      throw std::invalid_argument(
          "expected --data, --size, --seconds, --repeats, --seed or --json, found " + name);
  }
  return a;
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct result {
  double setup, loop;
  std::size_t spikes;
  int threads;
};

result simulate(arguments const& a) {
  using namespace cuba;
  double const start = now();
  nernst::network net({.dt = 0.1 * ms, .seed = a.seed});
  std::uint32_t const size = a.data.empty() ? a.size : 4000, excitatory = size / 5 * 4;
  auto cells = net.population<neurons>(size);
  auto connect = [&](auto excite, auto inhibit) {
    net.connect<excitation>(cells(0, excitatory), cells, excite);
    net.connect<inhibition>(cells(excitatory, size), cells, inhibit);
  };
  if (a.data.empty()) {
    cells[neurons::v] = neurons::V_r + uniform() * (neurons::V_t - neurons::V_r);
    connect(fixed_probability(80.0 / size), fixed_probability(80.0 / size));
  } else {
    auto list = [&](char const* file) {
      return nernst::io::read_npy<std::uint16_t>(a.data + "/" + file).data;
    };
    cells[neurons::v] = nernst::io::read_npy<double>(a.data + "/v0.npy").data;
    connect(pairs(list("exc_pre.npy"), list("exc_post.npy")),
            pairs(list("inh_pre.npy"), list("inh_post.npy")));
  }
  auto const spikes = net.record_spikes(cells);
  double const ready = now();
  net.run(a.seconds * second);
  return {ready - start, now() - ready, spikes.count(), net.threads()};
}

}  // namespace

int main(int argc, char** argv) try {
  nernst::runtime const runtime(argc, argv);
  arguments const a = parse(argc, argv);
  std::uint32_t const size = a.data.empty() ? a.size : 4000;
  std::string loops;
  result last{};
  for (int r = 0; r < a.repeats; ++r) {
    last = simulate(a);
    loops += (r == 0 ? "" : ", ") + std::to_string(last.loop);
    std::cout << last.loop << " s for " << a.seconds << " s, " << last.spikes << " spikes\n";
  }
  if (!a.json.empty()) {
    std::ofstream out(a.json);
    out << "{\"loop_seconds\": [" << loops << "], \"spikes\": " << last.spikes
        << ", \"rate_hz\": " << static_cast<double>(last.spikes) / size / a.seconds
        << ", \"threads\": " << last.threads << ", \"setup_seconds\": " << last.setup << "}\n";
    if (!out) throw std::runtime_error(a.json + ": expected a file that can be written");
  }
} catch (std::exception const& error) {
  std::cerr << "cuba: " << error.what() << '\n';
  return 1;
}
