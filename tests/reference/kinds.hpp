// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network.hpp>
#ifdef NERNST_REFERENCE_DEVICE
#include <nernst/device.hpp>
#endif

#include "models.hpp"
#include "real.hpp"

namespace reference {

/// Where the engine works.
#ifdef NERNST_REFERENCE_DEVICE
using space = nernst::device_space<Kokkos::DefaultHostExecutionSpace>;
#else
using space = Kokkos::DefaultExecutionSpace;
#endif
using real_network = nernst::network<space, Real>;
using real_slice = nernst::detail::population_slice<Real>;

/// A model of neurons, and how the engine makes a population of it.
struct neuron_kind {
  nernst::kernel::compiled_model const* model;
  real_slice (*make)(real_network&, std::uint32_t size);
};

/// Synapses as the engine made them.
struct real_projection {
  nernst::detail::handle<nernst::projection_base<Real>> all;
  nernst::detail::group_slice<Real> elements;
};
/// A model of synapses between neurons of two kinds, which are numbers in `neuron_kinds`.
struct synapse_kind {
  char const* name;
  nernst::kernel::compiled_model const* model;
  int source, target;
  real_projection (*connect)(real_network&, real_slice const&, real_slice const&,
                             nernst::pairs_rule const&, double delay);
};

namespace detail {

template <class Model>
using handle = nernst::population<Model, space, Real>;

template <class Model>
real_slice make(real_network& net, std::uint32_t size) {
  return net.population<Model>(size).slice();
}
template <class Synapse, class Source, class Target>
real_projection connect(real_network& net, real_slice const& source, real_slice const& target,
                        nernst::pairs_rule const& rule, double delay) {
  auto made = net.connect<Synapse>(handle<Source>(source), handle<Target>(target), rule,
                                   nernst::ir::quantity<"s">{delay});
  return {made.synapses().handle(), made.elements()};
}

}  // namespace detail

enum neurons : int { leaky, bare, resting, each, moody, busy, early, noisy, following, counted };
inline neuron_kind const neuron_kinds[] = {
#define NERNST_ROW(name)                                                                           \
  {&nernst::kernel::compiled<models::name>::value, &detail::make<models::name>},
    NERNST_ROW(leaky) NERNST_ROW(bare) NERNST_ROW(resting) NERNST_ROW(each) NERNST_ROW(moody)
        NERNST_ROW(busy) NERNST_ROW(early) NERNST_ROW(noisy) NERNST_ROW(following)
            NERNST_ROW(counted)
#undef NERNST_ROW
};

inline synapse_kind const synapse_kinds[] = {
#define NERNST_ROW(synapse, source, target)                                                        \
  {#synapse, &nernst::kernel::compiled<models::synapse, models::source, models::target>::value,    \
   source, target, &detail::connect<models::synapse, models::source, models::target>},
    NERNST_ROW(adding, leaky, leaky) NERNST_ROW(adding, bare, resting) NERNST_ROW(
        adding, each, moody) NERNST_ROW(fixed, busy, leaky) NERNST_ROW(fixed, resting, resting)
        NERNST_ROW(blending, each, bare) NERNST_ROW(blending, early, moody) NERNST_ROW(
            pulling, resting, resting) NERNST_ROW(pulling, bare, bare)
            NERNST_ROW(pulling, leaky, busy) NERNST_ROW(into_source, leaky, busy) NERNST_ROW(
                into_source, each, each) NERNST_ROW(depressing, leaky, each)
                NERNST_ROW(depressing, noisy, noisy) NERNST_ROW(plastic, noisy, noisy) NERNST_ROW(
                    plastic, leaky, moody) NERNST_ROW(plastic, resting, resting)
                    NERNST_ROW(clocked, busy, early) NERNST_ROW(clocked, leaky, leaky) NERNST_ROW(
                        reporting, moody, noisy) NERNST_ROW(reporting, bare,
                                                            bare) NERNST_ROW(several, early, leaky)
                        NERNST_ROW(several, resting, resting) NERNST_ROW(by_event, busy, early)
                            NERNST_ROW(by_event, busy, noisy) NERNST_ROW(acting, noisy, bare)
                                NERNST_ROW(acting, moody, each)
                                    NERNST_ROW(watching, resting, each) NERNST_ROW(
                                        watching, moody, moody) NERNST_ROW(elsewhere, moody, leaky)
                                        NERNST_ROW(elsewhere, resting, resting) NERNST_ROW(
                                            amid, early, leaky) NERNST_ROW(amid, resting, resting)
                                            NERNST_ROW(amid_apart, leaky,
                                                       early) NERNST_ROW(counting, bare, early)
                                                NERNST_ROW(adding, leaky, following) NERNST_ROW(
                                                    pulling, following,
                                                    following) NERNST_ROW(plastic, following, bare)
                                                    NERNST_ROW(tiring, bare, leaky) NERNST_ROW(
                                                        tiring, resting,
                                                        resting) NERNST_ROW(mixed, noisy, noisy)
                                                        NERNST_ROW(mixed, early, leaky) NERNST_ROW(
                                                            rising, leaky,
                                                            each) NERNST_ROW(rising, moody, moody)
                                                            NERNST_ROW(gathering, each, leaky)
                                                                NERNST_ROW(gathering, noisy, noisy)
                                                                    NERNST_ROW(releasing, counted,
                                                                               counted)
                                                                        NERNST_ROW(releasing, leaky,
                                                                                   counted)
#undef NERNST_ROW
};

}  // namespace reference
