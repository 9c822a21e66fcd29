// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Random networks, each in the engine and in the plain implementation beside this file, which have
// to agree bit by bit:
//
//   nernst.test.reference.double [--seeds A:B] [--seconds S] [--story] [--stepwise] [--fast]
//
// tries the networks with the seeds A to B - 1, for S seconds at most. The first that differs is
// told, with everything that was done to it; `--stepwise` compares after each step. OMP_NUM_THREADS
// says how many threads the engine has; with `--fast` it may round otherwise, and has to find the
// same spikes. `nernst.test.reference.float` is the same in single
// precision, `nernst.test.reference.device` on a device.
#include <nernst/network.hpp>

#include "generator.hpp"
#include <ctime>
#include <iostream>
#include <string>

namespace {
using namespace reference;

struct options {
  std::uint64_t first = 0, last = 100;
  double seconds = 1e9;
  bool story = false, stepwise = false;
  nernst::exactness exactness = nernst::exactness::same_as_brian;
};
options read(int argc, char** argv) {
  options o;
  for (int k = 1; k < argc; ++k) {
    std::string const name = argv[k];
    if (name == "--story") o.story = true;
    if (name == "--stepwise") o.stepwise = true;
    if (name == "--fast") o.exactness = nernst::exactness::fast;
    if (k + 1 == argc) continue;
    std::string const value = argv[k + 1];
    if (name == "--seconds") o.seconds = std::stod(value);
    if (name != "--seeds") continue;
    o.first = std::stoull(value);
    o.last = std::stoull(value.substr(value.find(':') + 1));
  }
  return o;
}

/// Packs of neurons and single neurons make the same bits of these models.
bool models_are_exact() {
  bool all = true;
  auto const check = [&](kernel::compiled_model const& m) {
    for (kernel::scheduled_kernel const& k : m.kernels) {
      bool const single = k.when_executed == kernel::trigger::pathway ||
                          k.when_executed == kernel::trigger::trace ||
                          k.when_executed == kernel::trigger::advance ||
                          k.when_executed == kernel::trigger::total ||
                          k.when_executed == kernel::trigger::sum;
      for (kernel::instruction const& s : m.code(k)) all = all && (single || is_exact(s));
    }
  };
  for (neuron_kind const& k : neuron_kinds) check(*k.model);
  for (synapse_kind const& k : synapse_kinds) check(*k.model);
  return all;
}

double processor_time() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  options const o = read(argc, argv);
  if (!models_are_exact()) {
    std::cerr << "the models have operations whose last bits depend on the width of packs\n";
    return 1;
  }
  auto const begin = std::time(nullptr);
  std::uint64_t networks = 0, spikes = 0;
  for (std::uint64_t seed = o.first; seed < o.last; ++seed) {
    if (std::difftime(std::time(nullptr), begin) > o.seconds) break;
    random_network net(seed, o.stepwise, o.exactness);
    bool agrees = false;
    try {
      agrees = net.run();
    } catch (std::exception const& e) {
      std::cerr << "exception: " << e.what() << "\n";
    }
    if (o.story || !agrees) std::cerr << net.both().story.str();
    if (!agrees) {
      std::cerr << net.both().schedule() << "seed " << seed << ": " << net.both().difference
                << "\n";
      return 1;
    }
    ++networks;
    spikes += net.both().spike_count();
  }
  std::cout << networks << " networks with " << spikes << " spikes and events agree; "
            << processor_time() << " s of processor time\n";
}
