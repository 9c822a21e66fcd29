// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Izhikevich (2003), as in the program printed there: steps of 1 ms, v in two halves, then u. 1000
// synapses onto each neuron, which are those of all others where there are 1000 neurons. Numbers
// are in mV and ms.
#include "../program.hpp"

namespace izhikevich {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(one);
  static constexpr auto u = state<"u">(one);
  static constexpr auto I = state<"I">(one);
  static constexpr auto a = parameter<"a">(one);
  static constexpr auto b = parameter<"b">(one);
  static constexpr auto c = parameter<"c">(one);
  static constexpr auto jump = parameter<"jump">(one);
  static constexpr auto noise = parameter<"noise">(one);
  static constexpr auto r = parameter<"r">(one);

  static constexpr auto model =
      neuron(every(1 * ms, v += 0.5 * (0.04 * v * v + 5 * v + 140 - u + I),
                   v += 0.5 * (0.04 * v * v + 5 * v + 140 - u + I), u += a * (b * v - u),
                   I = noise * randn())
                 .when(slot::groups),
             threshold(v >= 30), reset(v = c, u += jump), r);
};
struct coupling {
  static constexpr auto w = parameter<"w">(one);
  static constexpr auto model = synapse(on_pre(post(neurons::I) += w));
};

benchmarks::contents build(benchmarks::network& net, std::uint32_t size) {
  auto const cells = net.population<neurons>(size);
  auto const excitatory = cells(0, size / 5 * 4), inhibitory = cells(size / 5 * 4, size);
  cells[neurons::r] = uniform();
  excitatory[neurons::a] = 0.02;
  excitatory[neurons::b] = 0.2;
  excitatory[neurons::c] = -65 + 15 * neurons::r * neurons::r;
  excitatory[neurons::jump] = 8 - 6 * neurons::r * neurons::r;
  excitatory[neurons::noise] = 5;
  inhibitory[neurons::a] = 0.02 + 0.08 * neurons::r;
  inhibitory[neurons::b] = 0.25 - 0.05 * neurons::r;
  inhibitory[neurons::c] = -65;
  inhibitory[neurons::jump] = 2;
  inhibitory[neurons::noise] = 2;
  cells[neurons::v] = -65;
  cells[neurons::u] = neurons::b * neurons::v;

  auto const connect = [&](auto const& source, auto const& weight) {
    auto const synapses =
        size > 1000 ? net.connect<coupling>(source, cells, fixed_probability(1000.0 / size))
                    : net.connect<coupling>(source, cells, all_to_all());
    synapses[coupling::w] = weight;
    return synapses.size();
  };
  std::size_t const synapses =
      connect(excitatory, 0.5 * uniform()) + connect(inhibitory, -uniform());
  return {{net.record_spikes(cells, nernst::keep::counts)}, size, synapses};
}
}  // namespace izhikevich

int main(int argc, char** argv) {
  using namespace nernst::dsl;
  return benchmarks::run(argc, argv, 1000, 1 * ms, izhikevich::build);
}
