// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nernst.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

/// What the programs of the benchmarks share: their options, the clock, and what they report.
namespace benchmarks {
using namespace nernst::dsl;

#ifdef NERNST_BENCHMARK_SINGLE
using real = float;
#else
using real = double;
#endif
/// The network where Kokkos works by default, on the machine's cores or its GPU; in single
/// precision where NERNST_BENCHMARK_SINGLE is defined.
using network = nernst::network<Kokkos::DefaultExecutionSpace, real>;

/// What a network consists of, and the counts of its spikes.
struct contents {
  std::vector<nernst::spike_record> spikes;
  std::size_t neurons, synapses;
};

struct options {
  std::uint32_t size = 0;
  double seconds = 1;  // simulated
  std::uint64_t seed = 1;
  std::string json = {};
  bool profile = false;
  nernst::exactness exactness = nernst::exactness::fast;
};

/// \throws std::invalid_argument for what is none of the options, or has no value.
inline options read_options(int argc, char** argv, std::uint32_t size) {
  options result;
  result.size = size;
  for (int k = 1; k < argc; ++k) {
    std::string const name = argv[k];
    if (name == "--profile") {
      result.profile = true;
      continue;
    }
    if (name == "--same-as-brian") {
      result.exactness = nernst::exactness::same_as_brian;
      continue;
    }
    if (k + 1 == argc) throw std::invalid_argument("expected a value after " + name);
    std::string const value = argv[++k];
    if (name == "--size")
      result.size = static_cast<std::uint32_t>(std::stoul(value));
    else if (name == "--seconds")
      result.seconds = std::stod(value);
    else if (name == "--seed")
      result.seed = std::stoull(value);
    else if (name == "--json")
      result.json = value;
    else
      throw std::invalid_argument(
          "expected --size, --seconds, --seed, --json, --profile or --same-as-brian, found " +
          name);
  }
  return result;
}

/// Bytes of memory that this process has had resident at most, or 0 where /proc does not say it.
/// (What getrusage says is never below what the program had that launched this one.)
inline std::size_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  return 0;
}

/// Seconds that went by since `begin`.
inline double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What a run took.
struct measured {
  double connect_seconds,
      loop_seconds;  // wall time: until the first step was done, and of the others
};

/// Writes what a program reports, as JSON. \throws std::runtime_error if the file cannot be
/// written.
inline void write_report(std::string const& path, measured const& times, contents const& made,
                         network const& net) {
  std::size_t spikes = 0;
  for (nernst::spike_record const& record : made.spikes) spikes += record.count();
  std::map<std::string, double> tasks;  // only of networks that are profiled
  for (nernst::profile_entry const& entry : net.profile()) tasks[entry.task] += entry.seconds;

  std::ofstream out(path);
  out.precision(9);
  out << "{\"connect_seconds\": " << times.connect_seconds
      << ", \"loop_seconds\": " << times.loop_seconds << ", \"spikes\": " << spikes
      << ", \"neurons\": " << made.neurons << ", \"synapses\": " << made.synapses
      << ", \"threads\": " << net.threads() << ", \"bits\": " << 8 * sizeof(real)
      << ", \"peak_bytes\": " << peak_bytes() << ", \"profile\": {";
  char const* comma = "";
  for (auto const& [task, seconds] : tasks) {
    out << comma << '"' << task << "\": " << seconds;
    comma = ", ";
  }
  out << "}}\n";
  if (!out.flush()) throw std::runtime_error(path + ": expected a file that can be written");
}

/// The body of `main`: makes the network with `build(net, size)`, which returns its `contents`,
/// runs a step of it, and then, by the clock, the seconds that the options ask for. \returns what
/// main returns.
template <class Build>
int run(int argc, char** argv, std::uint32_t size, nernst::ir::quantity<"s"> dt,
        Build const& build) try {
  nernst::runtime const runtime(argc, argv);
  options const wanted = read_options(argc, argv, size);

  auto begin = std::chrono::steady_clock::now();
  network net(
      {.dt = dt, .seed = wanted.seed, .profile = wanted.profile, .exactness = wanted.exactness});
  contents const made = build(net, wanted.size);
  net.run(dt);
  double const connect_seconds = seconds_since(begin);
  begin = std::chrono::steady_clock::now();
  net.run(wanted.seconds * second);
  measured const times{connect_seconds, seconds_since(begin)};
  std::printf("%g s for %g s, %g s to connect\n", times.loop_seconds, wanted.seconds,
              times.connect_seconds);
  if (!wanted.json.empty()) write_report(wanted.json, times, made, net);
  return 0;
} catch (std::exception const& error) {
  std::cerr << argv[0] << ": " << error.what() << '\n';
  return 1;
}

}  // namespace benchmarks
