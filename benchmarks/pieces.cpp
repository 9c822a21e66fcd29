// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What the parts of a simulation cost, each by itself. `items_per_second` counts what a part is
// made of: neurons times steps, synaptic events, random numbers, function values, matrices,
// crossings, synapses, steps.
//   pieces [--benchmark_filter=REGEX] [Google Benchmark's other options]
#include <nernst/engine/barrier.hpp>
#include <nernst/engine/poisson_input.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/kernel/flush_denormals.hpp>
#include <nernst/nernst.hpp>

#include <benchmark/benchmark.h>

#include "../tests/network/cobahh_model.hpp"
#include "../tests/network/cuba_model.hpp"
#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

namespace {

using space = Kokkos::DefaultHostExecutionSpace;
using namespace nernst::dsl;
namespace kernel = nernst::kernel;

constexpr double dt_seconds = 1e-4;

nernst::executor const host = nernst::executor::of<space>();

/// The neurons of a model outside of a network.
template <class Model, class Real = double>
struct neurons_of : nernst::population_base<Real> {
  neurons_of(std::uint32_t size, int partitions)
      : nernst::population_base<Real>({nernst::detail::group_outline_of<Model, Real>("neurons"), size},
                                      host, partitions) {}
};

// ---- update: state, threshold and reset of every neuron

/// A population without inputs and its fused kernel. CUBA neurons then fire about 20 times a
/// second, as Poisson neurons do, COBAHH neurons about 14 times.
template <class Model, class Real>
struct updated_population {
  static constexpr int number = kernel::number_of<Model, kernel::trigger::update_and_reset>;
  neurons_of<Model, Real> neurons;
  kernel::functor<Model, number, Real> functor;
  std::vector<std::uint8_t> open;  ///< nobody is refractory

  explicit updated_population(std::uint32_t size) : neurons(size, 1), open(size / 8 + 8, 0xFF) {
    neurons.prepare(dt_seconds);
    kernel::compiled_model const& model = neurons.model();
    nernst::ir::list<Real*> arrays(model.arrays);
    for (int s = 0; s < model.variables.size(); ++s)
      if (int const k = model.variables[s].array; k != nernst::ir::none)
        arrays[k] = neurons.arrays()[s];
    auto const scalar =
        nernst::engine::evaluate_once(model.tape(model.scalars), neurons.at(0, 0));
    nernst::ir::list<Real> scalars;
    for (double const x : scalar) scalars.push_back(static_cast<Real>(x));
    nernst::detail::kernel_arguments<Real> const given{arrays.data(), scalars.data(), {}, {}};
    functor = nernst::detail::functor_of<Model, number>(given);
    functor.around.open = open.data();
    Real* const v = neurons.array("v");
    for (std::uint32_t n = 0; n < size && v != nullptr; ++n)
      v[n] = static_cast<Real>(-0.06 + 0.01 * kernel::uniform({1, 0, 0}, n, 0));
    if (Real* const rate = neurons.array("rate")) std::fill(rate, rate + size, Real(20));
  }
};

template <class Model, class Real, bool Packs>
void update(benchmark::State& state) {
  kernel::flush_denormals const flushing;
  auto const size = static_cast<std::size_t>(state.range(0));
  updated_population<Model, Real> all(static_cast<std::uint32_t>(size));
  auto& f = all.functor;
  std::uint64_t spikes = 0;
  for (auto _ : state) {
    ++f.now.step;
    f.now.time = static_cast<double>(f.now.step) * dt_seconds;
    f.now.key.step = static_cast<std::uint64_t>(f.now.step);
    if constexpr (Packs)
      f(0, size, [&](std::size_t, std::uint64_t firing) {
        spikes += static_cast<unsigned>(std::popcount(firing));
      });
    else
      for (std::size_t n = 0; n < size; ++n) f(n);
    benchmark::ClobberMemory();
  }
  benchmark::DoNotOptimize(spikes);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
// Populations that fit into the first cache, the second one, and none.
constexpr int small = 512, medium = 1 << 14, large = 1 << 22;
BENCHMARK(update<cuba::neurons, double, true>)
    ->Name("update/cuba/double")
    ->Arg(small)
    ->Arg(medium)
    ->Arg(large);
BENCHMARK(update<cuba::neurons, float, true>)
    ->Name("update/cuba/float")
    ->Arg(small)
    ->Arg(medium)
    ->Arg(large);
BENCHMARK(update<cuba::neurons, double, false>)->Name("update/cuba/double, one by one")->Arg(small);
BENCHMARK(update<cobahh::neurons, double, true>)
    ->Name("update/cobahh/double")
    ->Arg(small)
    ->Arg(medium)
    ->Arg(large);
BENCHMARK(update<cobahh::neurons, float, true>)
    ->Name("update/cobahh/float")
    ->Arg(small)
    ->Arg(medium)
    ->Arg(large);
BENCHMARK(update<cobahh::neurons, double, false>)
    ->Name("update/cobahh/double, one by one")
    ->Arg(small);
BENCHMARK(update<nernst::poisson_neurons, double, true>)
    ->Name("update/poisson_neurons/double")
    ->Arg(medium);

// ---- delivery

/// About 80 synapses onto each of `size` neurons.
nernst::connection_list random_list(std::uint32_t size) {
  nernst::fixed_probability_rule const rule(80. / size);
  return rule.build(host, {.sources = size, .targets = size, .seed = 3, .object = 1});
}

/// A thousand steps of deliveries on one thread, with three spikes in each step and 80 synapses
/// onto each neuron.
void deliver(benchmark::State& state) {
  auto const size = static_cast<std::uint32_t>(state.range(0));
  constexpr std::int64_t steps = 1000;
  constexpr std::uint32_t spikes = 3;
  neurons_of<cuba::neurons> neurons(size, 1);
  nernst::spike_log& log = neurons.logs()[0];
  log.start(0, 1, steps, size);
  std::vector<std::uint32_t> fired;
  for (std::int64_t step = 0; step < steps; ++step) {
    for (std::uint32_t k = 0; k < spikes; ++k) {
      double const u = kernel::uniform({2, 0, static_cast<std::uint64_t>(step)}, k, 0);
      log.next()[k] = static_cast<std::uint32_t>((u + k) / spikes * size);
      fired.push_back(log.next()[k]);
    }
    log.commit(spikes);
  }
  auto const list = random_list(size);
  std::int64_t events = 0;
  for (std::uint32_t const n : fired)
    events += static_cast<std::int64_t>(list.row_begin[n + 1] - list.row_begin[n]);
  nernst::synapse_rows rows(host, list, neurons.bounds(), 0, 0);
  using model = kernel::between<cuba::excitation, cuba::neurons, cuba::neurons>;
  nernst::engine::connected_elements<double> const end{&neurons, &neurons, {0, size}, size};
  nernst::projection_base<double> synapses(
      {nernst::detail::group_outline_of<model, double>("synapses"),
       &nernst::detail::compiled_pathways<cuba::excitation, cuba::neurons, cuba::neurons,
                                          double>::deliver},
      host, end, end, std::move(rows), dt_seconds);
  synapses.prepare(dt_seconds);
  for (auto _ : state) {
    synapses.start(0);
    for (std::int64_t step = 0; step < steps; ++step)
      synapses.pathway(0).deliver(0, {static_cast<double>(step) * dt_seconds, step, {}});
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * events);
}
BENCHMARK(deliver)->Arg(4000)->Arg(40000)->Arg(400000);

// ---- functions and random numbers

template <class Value, class Function>
void fill(benchmark::State& state, Function const& function) {
  using real = kernel::real_of<Value>;
  constexpr std::size_t size = 1024, width = kernel::width_of<Value>;
  alignas(64) real x[size], y[size];
  for (std::size_t k = 0; k < size; ++k)
    x[k] = static_cast<real>(-4 + 8 * kernel::uniform({4, 0, 0}, static_cast<std::uint32_t>(k), 0));
  for (auto _ : state) {
    for (std::size_t k = 0; k < size; k += width)
      kernel::store<Value>(y + k, function(kernel::load<Value>(x + k), k));
    benchmark::DoNotOptimize(y);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(size));
}
template <class Value>
void exp(benchmark::State& state) {
  fill<Value>(state, [](Value x, std::size_t) { return nernst::ir::mathematics<Value>::exp(x); });
}
template <class Value>
void exprel(benchmark::State& state) {
  using exprel_of = nernst::ir::evaluation<nernst::ir::op::exprel>;
  fill<Value>(state, [](Value x, std::size_t) { return exprel_of::of(x); });
}
template <class Value>
void uniform_numbers(benchmark::State& state) {
  std::uint64_t step = 0;
  fill<Value>(state, [&](Value, std::size_t k) {
    step += k == 0 ? 1 : 0;
    return kernel::uniform<Value>({5, 0, step}, static_cast<std::uint32_t>(k), 0);
  });
}
template <class Value>
void normal_numbers(benchmark::State& state) {
  std::uint64_t step = 0;
  fill<Value>(state, [&](Value, std::size_t k) {
    step += k == 0 ? 1 : 0;
    return kernel::normal<Value>({5, 0, step}, static_cast<std::uint32_t>(k), 0);
  });
}
#define NERNST_BENCHMARK_VALUES(function, name)                                                    \
  BENCHMARK(function<kernel::pack<double>>)->Name(name "/double");                                 \
  BENCHMARK(function<kernel::pack<float>>)->Name(name "/float");                                   \
  BENCHMARK(function<double>)->Name(name "/double, one by one")
NERNST_BENCHMARK_VALUES(exp, "exp");
NERNST_BENCHMARK_VALUES(exprel, "exprel");
NERNST_BENCHMARK_VALUES(uniform_numbers, "uniform");
NERNST_BENCHMARK_VALUES(normal_numbers, "normal");

/// Poisson or binomial numbers, from a table and without.
template <class Value>
void table_numbers(benchmark::State& state, nernst::engine::inversion const& made) {
  std::uint64_t step = 0;
  kernel::inversion_table const table = made.table();
  fill<Value>(state, [&](Value, std::size_t k) {
    step += k == 0 ? 1 : 0;
    return kernel::draw_from<Value>(table, {5, 0, step}, static_cast<std::uint32_t>(k), 0);
  });
}
template <class Value>
void poisson_numbers(benchmark::State& state) {
  table_numbers<Value>(state,
                       nernst::engine::inversion::poisson(static_cast<double>(state.range(0))));
}
template <class Value>
void binomial_numbers(benchmark::State& state) {
  table_numbers<Value>(
      state, nernst::engine::inversion::binomial(static_cast<double>(state.range(0)), 0.3));
}
void varying_poisson(benchmark::State& state) {
  std::uint64_t step = 0;
  auto const mean = static_cast<double>(state.range(0));
  fill<double>(state, [&](double, std::size_t k) {
    step += k == 0 ? 1 : 0;
    return kernel::poisson({5, 0, step}, static_cast<std::uint32_t>(k), 0, mean);
  });
}
void varying_binomial(benchmark::State& state) {
  std::uint64_t step = 0;
  auto const trials = static_cast<double>(state.range(0));
  fill<double>(state, [&](double, std::size_t k) {
    step += k == 0 ? 1 : 0;
    return kernel::binomial({5, 0, step}, static_cast<std::uint32_t>(k), 0, trials, 0.3);
  });
}
#define NERNST_BENCHMARK_COUNTS(function, name)                                                    \
  BENCHMARK(function<kernel::pack<double>>)->Name(name "/double")->Arg(2)->Arg(200);               \
  BENCHMARK(function<kernel::pack<float>>)->Name(name "/float")->Arg(2)->Arg(200);                 \
  BENCHMARK(function<double>)->Name(name "/double, one by one")->Arg(2)->Arg(200)
NERNST_BENCHMARK_COUNTS(poisson_numbers, "poisson");
NERNST_BENCHMARK_COUNTS(binomial_numbers, "binomial");
BENCHMARK(varying_poisson)->Name("poisson/double, each its own mean")->Arg(2)->Arg(200);
BENCHMARK(varying_binomial)->Name("binomial/double, each its own n")->Arg(2)->Arg(200);

/// Input from 1000 Poisson neurons to each of 16384, whose numbers have that mean.
template <class Model>
void poisson_input(benchmark::State& state) {
  neurons_of<Model> neurons(medium, 1);
  neurons.prepare(dt_seconds);
  nernst::engine::poisson_input<double> input({.target = &neurons,
                                               .set = {0, medium},
                                               .symbol = neurons.model().find("v"),
                                               .expression = {},
                                               .object = 1},
                                              {.number = 1000,
                                               .rate = static_cast<double>(state.range(0)) * 10,
                                               .weight = 1e-9});
  input.prepare();
  std::int64_t step = 0;
  for (auto _ : state) {
    input.act(0, {0, step, {1, 1, static_cast<std::uint64_t>(step)}});
    ++step;
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * medium);
}
BENCHMARK(poisson_input<cuba::neurons>)->Name("poisson_input")->Arg(2)->Arg(20)->Arg(200);

// ---- what happens once per run, and once per step

void matrix_exponential(benchmark::State& state) {
  // CUBA's: v, g_e, g_i with time constants of 20, 5 and 10 ms in a step of 0.1 ms.
  nernst::ir::list<double> const a = {-0.005, 0.005, 0.005, 0, -0.02, 0, 0, 0, -0.01};
  for (auto _ : state)
    benchmark::DoNotOptimize(nernst::integrate::matrix_exponential<double>(a, 3));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(matrix_exponential)->Name("matrix_exponential/3x3");

void barrier_crossing(benchmark::State& state) {
  constexpr int threads = 2, crossings = 10000;
  if (host.threads() < threads) return state.SkipWithError("two threads are needed");
  for (auto _ : state) {
    nernst::barrier gate(threads);
    host.run_team(threads, [&gate](int rank) {
      for (int k = 0; k < crossings; ++k) gate.arrive_and_wait(rank);
    });
  }
  state.SetItemsProcessed(state.iterations() * crossings);
}
BENCHMARK(barrier_crossing)->Name("barrier/2 threads")->UseRealTime();

void connect(benchmark::State& state) {
  auto const size = static_cast<std::uint32_t>(state.range(0));
  nernst::fixed_probability_rule const rule(80. / size);
  std::int64_t synapses = 0;
  std::uint64_t seed = 0;
  for (auto _ : state) {
    auto const list =
        rule.build(host, {.sources = size, .targets = size, .seed = ++seed, .object = 1});
    synapses += static_cast<std::int64_t>(list.target.size());
  }
  state.SetItemsProcessed(synapses);
}
BENCHMARK(connect)->Name("connect/fixed_probability")->Arg(4000)->Arg(40000)->UseRealTime();

void synapse_storage(benchmark::State& state) {
  auto const size = static_cast<std::uint32_t>(state.range(0));
  neurons_of<cuba::neurons> const neurons(size, host.threads());
  auto const list = random_list(size);
  for (auto _ : state) {
    nernst::synapse_rows const rows(host, list, neurons.bounds(), 0, 0);
    benchmark::DoNotOptimize(rows.size());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(list.target.size()));
}
BENCHMARK(synapse_storage)->Name("connect/storage")->Arg(4000)->Arg(40000)->UseRealTime();

/// A network whose only neuron is there for the step to have something to do.
void empty_step(benchmark::State& state) {
  nernst::network<space> net({.dt = 0.1 * ms, .seed = 1});
  auto const cell = net.population<cuba::neurons>(1);
  benchmark::DoNotOptimize(cell.size());
  constexpr int steps = 10000;
  for (auto _ : state) net.run(1 * second);
  state.SetItemsProcessed(state.iterations() * steps);
}
BENCHMARK(empty_step)->Name("step/1 neuron")->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  nernst::runtime const runtime(argc, argv);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
