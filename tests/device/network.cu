// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What the device engine starts, as device code: updates, spike lists, spikes that act on plastic
// synapses, events that elements send to themselves, and rules that make synapses. (The Kokkos of the tests has no back end for CUDA, so
// plain kernels start it.)

#include <nernst/device/connecting.hpp>
#include <nernst/device/event_kernels.hpp>
#include <nernst/device/kernels.hpp>
#include <nernst/device/poisson.hpp>
#include <nernst/device/recording.hpp>
#include <nernst/device/spike_lists.hpp>
#include <nernst/kernel/connection_model.hpp>
#include <nernst/language.hpp>
#include <nernst/language/lower.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/nmodl/mechanism.hpp>

#include "../network/cobahh_model.hpp"
#include "../network/cuba_model.hpp"

namespace models {
using namespace nernst::dsl;

struct cell {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto sum = parameter<"sum">(one);
  static constexpr auto model = neuron(
      d(v) / dt = -v / (10 * ms) | unless_refractory, threshold(v > 15 * mV), reset(v = 0 * mV),
      refractory(2 * ms), event<"low">(v < -10 * mV), on_event<"low">(v = 0 * mV));
};
struct plastic {
  static constexpr auto w = state<"w">(volt);
  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);
  static constexpr auto model =
      synapse(d(a) / dt = -a / (20 * ms) | event_driven, d(b) / dt = -b / (20 * ms) | event_driven,
              on_pre(post(cell::v) += w, a += 0.01, w += b * mV), on_post(b -= 0.01, w += a * mV));
};
struct counting {
  static constexpr auto s = state<"s">(one);
  static constexpr auto model = synapse(d(s) / dt = -s / (10 * ms) | clock_driven, on_pre(s += 1),
                                        summed(post(cell::sum) = s * s));
};
// Of .mod files: a channel, and a synapse whose connections have variables.
struct channel {
  static constexpr auto model = nernst::nmodl::mechanism("kdr.mod", R"(
    NEURON { SUFFIX kdr USEION k READ ek WRITE ik RANGE gbar }
    PARAMETER { gbar = 0.036 (S/cm2) }
    STATE { n }
    ASSIGNED { v (mV) ek (mV) ik (mA/cm2) celsius (degC) ninf ntau (ms) }
    INITIAL { rates(v) n = ninf }
    BREAKPOINT { SOLVE gates METHOD cnexp ik = gbar*n^4*(v - ek) }
    DERIVATIVE gates { rates(v) n' = (ninf - n)/ntau }
    PROCEDURE rates(v (mV)) {
      LOCAL a, b, q
      q = 3^((celsius - 6.3)/10)
      a = 0.1*linoid(v + 55, 10)
      b = 0.125*exp(-(v + 65)/80)
      ntau = 1/(q*(a + b))
      ninf = a/(a + b)
    }
    FUNCTION linoid(x (mV), y (mV)) {
      if (fabs(x/y) < 1e-6) { linoid = 1 + x/y/2 } else { linoid = x/y/(1 - exp(-x/y)) }
    })");
};
struct depressing {
  static constexpr auto model = nernst::nmodl::mechanism("depressing.mod", R"(
    NEURON { POINT_PROCESS depressing NONSPECIFIC_CURRENT i RANGE tau, e, use, recovery }
    PARAMETER { tau = 4 (ms) e = 0 (mV) use = 0.4 recovery = 50 (ms) }
    STATE { g (uS) }
    ASSIGNED { v (mV) i (nA) }
    INITIAL { g = 0 }
    BREAKPOINT { SOLVE decay METHOD cnexp i = g*(v - e)/(1 + 0.3*exp(-0.06*v)) }
    DERIVATIVE decay { g' = -g/tau }
    NET_RECEIVE (weight (uS), left, before (ms)) {
      INITIAL { left = 1 before = 0 }
      left = 1 - (1 - left)*exp(-(t - before)/recovery)
      g = g + weight*use*left
      left = left - use*left
      before = t
    })");
};
// With events of their own: a cell without compartments, a synapse, and a channel.
struct rising {
  static constexpr auto model = nernst::nmodl::mechanism("rising.mod", R"(
    NEURON { ARTIFICIAL_CELL rising RANGE rate, m RANDOM wait }
    PARAMETER { rate = 0.07 (/ms) }
    ASSIGNED { m last (ms) }
    INITIAL { m = 0 last = 0 (ms) net_send(1/rate, 1) }
    NET_RECEIVE (w) {
      m = m + rate*(t - last)
      last = t
      if (flag == 0) {
        net_move(t + exp(-w)*(1 - m)/rate)
      } else {
        net_event(t)
        m = 0
        net_send(1/rate + random_negexp(wait, 5), 1)
      }
    })");
};
struct watching {
  static constexpr auto model = nernst::nmodl::mechanism("watching.mod", R"(
    NEURON { POINT_PROCESS watching NONSPECIFIC_CURRENT i RANGE tau, sum }
    PARAMETER { tau = 2 (ms) }
    STATE { g (uS) }
    ASSIGNED { v (mV) i (nA) after (ms) sum }
    INITIAL { g = 0 sum = 0 net_send(0, 1) }
    BREAKPOINT { SOLVE decay METHOD cnexp i = g*v }
    DERIVATIVE decay { g' = -g/tau }
    NET_RECEIVE (w (uS), a, before (ms)) {
      INITIAL { a = 1 before = -1e6 }
      if (flag == 0) {
        g = g + w*a
        before = t
        net_send(0.5, 3)
      } else if (flag == 1) {
        WATCH (v > -20) 2
      } else if (flag == 2) {
        after = t
        FOR_NETCONS(w1, a1, before1) {
          a1 = a1 + exp((before1 - t)/17)
          sum = sum + a1
        }
      } else {
        a = a*exp((after - t)/34)
        net_event(t)
      }
    })");
};
struct observing {
  static constexpr auto highs = state<"highs">(one);
  static constexpr auto model =
      density(initial(highs = 0, watch_for<"high">(voltage > -25 * mV)),
              on_event<"high">(highs += exp(-highs), send<"later">(1 * ms).where(highs < 3)),
              on_event<"later">(watch_for<"high">(voltage > -25 * mV)));
};
using plastic_synapses = nernst::kernel::between<plastic, cell, cell>;
using counting_synapses = nernst::kernel::between<counting, cell, cell>;
}  // namespace models

namespace {
using nernst::kernel::compiled;
using nernst::kernel::number_of;
using nernst::kernel::trigger;
namespace device = nernst::device;
using space = Kokkos::Serial;

struct block {
  __device__ int league_rank() const { return static_cast<int>(blockIdx.x); }
  __device__ int team_rank() const { return static_cast<int>(threadIdx.x); }
  __device__ int team_size() const { return static_cast<int>(blockDim.x); }
  __device__ void team_barrier() const { __syncthreads(); }
  __device__ std::uint32_t team_scan(std::uint32_t own) const {
    __shared__ std::uint32_t all[1024];
    all[threadIdx.x] = own;
    __syncthreads();
    std::uint32_t before = 0;
    for (unsigned k = 0; k < threadIdx.x; ++k) before += all[k];
    __syncthreads();
    return before;
  }
  __device__ void team_broadcast(std::uint32_t& value, int from) const {
    __shared__ std::uint32_t common;
    if (team_rank() == from) common = value;
    __syncthreads();
    value = common;
    __syncthreads();
  }
};

// Each kind of work has a kernel of its name, by which the compiler's reports tell them apart.
#define NERNST_KERNEL(name)                                                                        \
  template <class Work>                                                                            \
  __global__ void name(Work work) {                                                                \
    work(blockIdx.x* blockDim.x + threadIdx.x);                                                    \
  }
NERNST_KERNEL(update)
NERNST_KERNEL(check)
NERNST_KERNEL(act_on_event)
NERNST_KERNEL(reset)
NERNST_KERNEL(current)
NERNST_KERNEL(run)
NERNST_KERNEL(make_rows)
NERNST_KERNEL(act_on_due_events)
template <class Delivery>
__global__ void act(Delivery work) {
  work.act_on(block());
}
template <class Delivery>
__global__ void send_events(Delivery work) {
  work.act_on(blockIdx.x);
}
template <class Work>
__global__ void work_in_teams(Work work) {
  work(block());
}

template <class Work>
__global__ void add_up(Work work, std::uint64_t* to) {
  std::uint64_t sum = 0;
  if constexpr (std::is_invocable_v<Work, std::int64_t, std::uint64_t&, bool>)
    work(threadIdx.x, sum, true);
  else
    work(threadIdx.x, sum);
  to[threadIdx.x] = sum;
}
struct atomic {
  static __device__ std::uint32_t next(std::uint32_t* n) { return atomicAdd(n, 1U); }
};

using cuba_synapses = nernst::kernel::between<cuba::excitation, cuba::neurons, cuba::neurons>;
using cobahh_synapses =
    nernst::kernel::between<cobahh::excitation, cobahh::neurons, cobahh::neurons>;

using hh = nernst::mechanisms::hh;
using synapse = models::depressing;
using connections =
    nernst::kernel::between<nernst::kernel::connection<synapse>, models::cell, synapse>;

template <class Model, int Kernel, class Real>
using execution = device::execution<Model, Kernel, Real>;
template <class Model, int Pathway, class Real>
using delivery =
    device::spike_delivery<space, Model, compiled<Model>::value.find(trigger::pathway, Pathway),
                           Real>;
template <class Model, class Real>
using summation = device::summation<Model, number_of<Model, trigger::sum>, Real>;

#define NERNST_NEURONS(Model, Real)                                                                \
  template __global__ void update(execution<Model, number_of<Model, trigger::update>, Real>);      \
  template __global__ void reset(execution<Model, number_of<Model, trigger::reset>, Real>);
#define NERNST_MECHANISM(Model, Real)                                                              \
  template __global__ void update(execution<Model, number_of<Model, trigger::update>, Real>);      \
  template __global__ void current(execution<Model, number_of<Model, trigger::current>, Real>);
#define NERNST_EVENTS(Model, Real)                                                                 \
  NERNST_MECHANISM(Model, Real)                                                                    \
  template __global__ void act_on_due_events(device::due_events<Model, Real>);
#define NERNST_REAL(Real)                                                                          \
  NERNST_NEURONS(models::cell, Real)                                                               \
  template __global__ void act_on_event(                                                           \
      execution<models::cell, number_of<models::cell, trigger::act>, Real>);                       \
  template __global__ void check(                                                                  \
      execution<models::cell, number_of<models::cell, trigger::check>, Real>);                     \
  NERNST_NEURONS(cuba::neurons, Real)                                                              \
  NERNST_NEURONS(cobahh::neurons, Real)                                                            \
  NERNST_MECHANISM(hh, Real)                                                                       \
  NERNST_MECHANISM(synapse, Real)                                                                  \
  NERNST_MECHANISM(models::channel, Real)                                                          \
  template __global__ void act(delivery<connections, 0, Real>);                                    \
  NERNST_EVENTS(models::rising, Real)                                                              \
  NERNST_EVENTS(models::watching, Real)                                                            \
  NERNST_EVENTS(models::observing, Real)                                                           \
  template __global__ void send_events(device::event_delivery<space, models::rising, Real>);       \
  template __global__ void send_events(device::event_delivery<space, models::watching, Real>);     \
  template __global__ void run(summation<models::counting_synapses, Real>);                        \
  template __global__ void act(delivery<cuba_synapses, 0, Real>);                                  \
  template __global__ void act(delivery<cobahh_synapses, 0, Real>);                                \
  template __global__ void act(delivery<models::plastic_synapses, 0, Real>);                       \
  template __global__ void act(delivery<models::plastic_synapses, 1, Real>);                       \
  template __global__ void act(delivery<models::counting_synapses, 0, Real>);                      \
  template __global__ void run(device::poisson_arrivals<Real>);                                    \
  template __global__ void run(device::row_copy<Real>);
NERNST_REAL(float)
NERNST_REAL(double)
template __global__ void work_in_teams(device::spike_count<block>);
template __global__ void work_in_teams(device::listing<block>);
template __global__ void run(device::ticking);
template __global__ void run(device::opening);
template __global__ void run(device::silence);
template __global__ void run(device::firing_by_events);
template __global__ void make_rows(device::making_rows);
template __global__ void make_rows(device::making_columns<atomic>);
template __global__ void run(device::moving_parts);
template __global__ void add_up(device::adding_up, std::uint64_t*);
template __global__ void add_up(device::ordering_rows, std::uint64_t*);
}  // namespace
